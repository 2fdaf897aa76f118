// The query editor: colours, completion from the ontology, Ctrl+Enter. Without it, a plain text field.
const area = document.querySelector("#query");
const editor = area.closest(".editor");
const english = document.documentElement.lang === "en";

// ── colours: a copy of the text behind the field ──
const TOKENS = [
  ["com", /#[^\n]*/y], ["iri", /<[^<>\s"{}|^`\\]*>/y], ["str", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y], ["var", /[?$][\w·]+/y],
  ["key", /(?:PREFIX|BASE|SELECT|DISTINCT|REDUCED|CONSTRUCT|DESCRIBE|ASK|WHERE|FROM|NAMED|GRAPH|OPTIONAL|UNION|MINUS|FILTER|NOT|EXISTS|BIND|AS|VALUES|SERVICE|GROUP|BY|HAVING|ORDER|ASC|DESC|LIMIT|OFFSET|COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT|IN|IF|BOUND|COALESCE|CONTAINS|STRSTARTS|REGEX|STR|LANG|ABS|ROUND|YEAR|a)(?![\w:-])/iy],
  ["iri", /[A-Za-z][\w-]*:[\w.-]*|search:[\w]*/y], ["num", /\d+(?:\.\d+)?/y], ["", /[A-Za-z_]\w*|[\s\S]/y],
];
const behind = document.createElement("pre");
behind.setAttribute("aria-hidden", "true");
editor.prepend(behind);
editor.classList.add("lit");

function paint() {
  const text = area.value, pieces = [];
  for (let at = 0; at < text.length; ) {
    for (const [name, pattern] of TOKENS) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) continue;
      const piece = document.createElement("span");
      if (name) piece.className = `tok-${name}`;
      piece.textContent = found[0];
      pieces.push(piece);
      at = pattern.lastIndex;
      break;
    }
  }
  behind.replaceChildren(...pieces, "\n");
  behind.scrollTop = area.scrollTop;
}
area.addEventListener("input", paint);
area.addEventListener("scroll", () => { behind.scrollTop = area.scrollTop; });
new ResizeObserver(() => { behind.style.height = ""; }).observe(area);
paint();

// ── completion ──
const KEYWORDS = ["SELECT", "WHERE", "OPTIONAL", "FILTER", "GRAPH", "ORDER BY", "GROUP BY", "LIMIT", "DISTINCT", "COUNT", "DESC", "VALUES", "UNION", "MINUS", "BIND", "CONTAINS", "search:query"];
const terms = fetch("/query/terms.json").then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
const list = document.createElement("ul");
Object.assign(list, { className: "offers", id: "offers", hidden: true });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", editor.dataset.offers);
editor.append(list);
area.setAttribute("aria-autocomplete", "list");
area.setAttribute("aria-controls", "offers");
let chosen = -1, offers = [];

const word = () => /[\w:?$·\u4e00-\u9fff]*$/.exec(area.value.slice(0, area.selectionStart))[0];

async function offer() {
  const begun = word(), wanted = begun.toLowerCase();
  if (begun.length < 2) return close();
  const names = [...new Set(area.value.match(/[?$][\w·]+/g) ?? [])].filter((name) => name !== begun).map((name) => ({ term: name, zh: "", en: "" }));
  const words = KEYWORDS.map((name) => ({ term: name, zh: "", en: "" }));
  const all = [...(await terms), ...names, ...words];
  if (word() !== begun) return;
  const bare = wanted.replace(/^jx:/, "");
  const begins = (o) => o.term.toLowerCase().startsWith(wanted) || o.term.toLowerCase().startsWith(`jx:${wanted}`);
  const holds = (o) => bare.length > 1 && [o.term.replace("jx:", ""), o.zh, o.en].some((text) => text.toLowerCase().includes(bare));
  offers = [...all.filter(begins), ...all.filter((o) => !begins(o) && holds(o)).sort((a, b) => a.term.length - b.term.length)].slice(0, 12);
  if (!offers.length || (offers.length === 1 && offers[0].term === begun)) return close();
  list.replaceChildren(...offers.map((o, at) => {
    const item = document.createElement("li"), says = document.createElement("span");
    item.setAttribute("role", "option");
    item.id = `offer-${at}`;
    item.textContent = o.term;
    says.textContent = english ? o.en : o.zh;
    item.append(says);
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(at); });
    return item;
  }));
  place();
  list.hidden = false;
  choose(0);
}

function place() {
  const before = area.value.slice(0, area.selectionStart), range = document.createRange();
  let left = before.length;
  for (const piece of behind.childNodes) {
    const size = piece.textContent.length;
    if (left <= size) {
      range.setStart(piece.firstChild ?? piece, Math.min(left, size));
      break;
    }
    left -= size;
  }
  const caret = range.getBoundingClientRect(), frame = editor.getBoundingClientRect();
  list.style.setProperty("top", `${(caret.bottom || frame.top + 30) - frame.top + 4}px`);
  list.style.setProperty("left", `${Math.max(0, Math.min((caret.left || frame.left) - frame.left, frame.width - 270))}px`);
}

function choose(at) {
  chosen = at;
  [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
  list.children[at]?.scrollIntoView({ block: "nearest" });
  area.setAttribute("aria-activedescendant", `offer-${at}`);
}

function take(at) {
  const begun = word(), end = area.selectionStart;
  area.setRangeText(offers[at].term, end - begun.length, end, "end");
  close();
  paint();
}

function close() {
  list.hidden = true;
  chosen = -1;
  area.removeAttribute("aria-activedescendant");
}

area.addEventListener("input", offer);
area.addEventListener("blur", close);
area.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); area.form.requestSubmit(); }
  if (list.hidden) return;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) { event.preventDefault(); choose((chosen + moves[event.key] + offers.length) % offers.length); }
  else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(chosen); }
  else if (event.key === "Escape") { event.preventDefault(); close(); }
});
