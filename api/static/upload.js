// Files can be dropped, and the page of a job follows it. Without scripts: a file field, and a page that comes again.
const form = document.querySelector(".drop");
if (form) {
  const field = form.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"])
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
  const list = document.createElement("ul"), button = form.querySelector("button");
  list.className = "plain chosen-files";
  field.parentElement.after(list);
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const show = () =>
    list.replaceChildren(...[...field.files].map((file) => {
      const item = document.createElement("li"), bytes = document.createElement("small");
      bytes.textContent = size(file.size);
      item.append(file.name, " ", bytes);
      return item;
    }));
  field.addEventListener("change", show);
  form.addEventListener("submit", () => {
    show();
    button.textContent = form.dataset.sending;
    setTimeout(() => { button.disabled = true; });
  });
  addEventListener("pageshow", () => { button.disabled = false; });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

const section = document.querySelector("#job[data-job]");
if (section) {
  const events = new EventSource(`/api/v1/jobs/${section.dataset.job}/events`);
  const refresh = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#job");
    section.replaceChildren(...fresh.childNodes);
  };
  events.addEventListener("progress", refresh);
  events.addEventListener("end", () => { events.close(); refresh(); });
}
