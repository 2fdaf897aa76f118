// What pages do better with scripts; all of it works without.

// Facts and their words light up together.
const beside = document.querySelector(".beside");
if (beside) {
  const words = new Map();
  for (const said of document.querySelectorAll(".said"))
    for (const fact of said.dataset.facts.split(" ")) words.set(fact, [...(words.get(fact) ?? []), said]);
  const light = (fact, on) => {
    for (const said of words.get(fact) ?? []) said.classList.toggle("lit", on);
    document.getElementById(`f${fact}`)?.classList.toggle("lit", on);
  };
  const reveal = (item) => {
    if (!item || getComputedStyle(beside).position !== "sticky") return;
    const view = beside.getBoundingClientRect(), at = item.getBoundingClientRect();
    if (at.top < view.top || at.bottom > view.bottom) beside.scrollTop += at.top - view.top - view.height / 3;
  };
  for (const [fact, all] of words)
    for (const said of all) {
      said.addEventListener("pointerenter", () => { light(fact, true); reveal(document.getElementById(`f${fact}`)); });
      said.addEventListener("pointerleave", () => light(fact, false));
    }
  for (const item of beside.querySelectorAll("[id^=f]")) {
    const fact = item.id.slice(1);
    for (const [begin, end] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
      item.addEventListener(begin, () => light(fact, true));
      item.addEventListener(end, () => light(fact, false));
    }
  }
}

// A link to share goes to the clipboard.
for (const link of document.querySelectorAll("[data-copy]"))
  link.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    link.classList.add("done");
  });

// Names complete what is typed into a search box.
for (const field of document.querySelectorAll("input[type=search]")) {
  const names = document.createElement("datalist");
  names.id = `names-of-${field.id}`;
  field.after(names);
  field.setAttribute("list", names.id);
  let asked = "";
  field.addEventListener("input", async () => {
    const words = field.value.trim();
    asked = words;
    if (!words || words.length > 30) return;
    const answer = await fetch(`/api/v1/suggest?limit=8&q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || asked !== words) return;
    const { items } = await answer.json();
    names.replaceChildren(...items.map((item) => Object.assign(document.createElement("option"), { value: item.name })));
  });
}
