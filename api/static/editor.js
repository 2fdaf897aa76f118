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

let tokens = []; // what is painted: each with its text, its place and its element

function paint() {
  const text = area.value;
  tokens = [];
  for (let at = 0; at < text.length; ) {
    for (const [name, pattern] of TOKENS) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) continue;
      const piece = document.createElement("span");
      if (name) piece.className = `tok-${name}`;
      piece.textContent = found[0];
      tokens.push({ text: found[0], at, name, piece });
      at = pattern.lastIndex;
      break;
    }
  }
  behind.replaceChildren(...tokens.map((token) => token.piece), "\n");
  behind.scrollTop = area.scrollTop;
  pair();
}
area.addEventListener("input", () => { delete editor.dataset.spot; paint(); });
area.addEventListener("scroll", () => { behind.scrollTop = area.scrollTop; });
new ResizeObserver(() => { behind.style.height = ""; }).observe(area);

// ── the bracket beside the caret and its partner; brackets in strings and comments are none ──
const OPEN = { "{": "}", "(": ")", "[": "]" }, CLOSE = { "}": "{", ")": "(", "]": "[" };

function pair() {
  for (const { piece } of tokens) piece.classList.remove("tok-pair", "tok-alone");
  if (area.selectionStart !== area.selectionEnd) return;
  const brackets = tokens.filter((token) => !token.name && (token.text in OPEN || token.text in CLOSE));
  const caret = area.selectionStart;
  const begin = brackets.findIndex((token) => token.at === caret - 1 || token.at === caret);
  if (begin < 0) return;
  const step = brackets[begin].text in OPEN ? 1 : -1;
  const waiting = [];
  for (let i = begin; i >= 0 && i < brackets.length; i += step) {
    const { text, piece } = brackets[i], partner = step > 0 ? OPEN[text] : CLOSE[text];
    if (partner) { waiting.push(partner); continue; }
    if (waiting.pop() !== text) break;
    if (waiting.length) continue;
    for (const one of [piece, brackets[begin].piece]) one.classList.add("tok-pair");
    return;
  }
  brackets[begin].piece.classList.add("tok-alone");
}
document.addEventListener("selectionchange", () => { if (document.activeElement === area) pair(); });

// ── where the engine stopped ──
function mark(spot) {
  const [line, column] = spot.split(":").map(Number);
  if (!column) return;
  const before = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const at = before + [...area.value.slice(before)].slice(0, column - 1).join("").length;
  const wrong = tokens.find((token) => token.at + token.text.length > at && token.text.trim()) ?? tokens.at(-1);
  wrong?.piece.classList.add("tok-wrong");
  area.focus();
  area.setSelectionRange(Math.min(at, area.value.length), Math.min(at, area.value.length));
}
paint();
if (editor.dataset.spot) mark(editor.dataset.spot);

// Text goes in as if it was typed, so that the browser can undo it.
function type(text) {
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

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
let chosen = -1, offers = [], taken = false;

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
  const end = area.selectionStart, term = offers[at].term;
  area.setSelectionRange(end - word().length, end);
  close();
  taken = true;
  type(term);
  taken = false;
  paint();
}

function close() {
  list.hidden = true;
  chosen = -1;
  area.removeAttribute("aria-activedescendant");
}

// A new line begins where the last one began, two further in after an open bracket.
function indent(event) {
  const before = area.value.slice(0, area.selectionStart), line = before.slice(before.lastIndexOf("\n") + 1);
  const blanks = /^[ \t]*/.exec(line)[0] + (/[{(]\s*$/.test(line) ? "  " : "");
  if (!blanks) return;
  event.preventDefault();
  type(`\n${blanks}`);
}

area.addEventListener("input", (event) => { if (!taken && !event.isComposing) offer(); });
area.addEventListener("compositionend", offer);
area.addEventListener("blur", close);
area.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); area.form.requestSubmit(); }
  if (list.hidden) return event.key === "Enter" && !event.ctrlKey && !event.metaKey ? indent(event) : undefined;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) { event.preventDefault(); choose((chosen + moves[event.key] + offers.length) % offers.length); }
  else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(chosen); }
  else if (event.key === "Escape") { event.preventDefault(); close(); }
});

// ── queries that this browser keeps ──
const KEPT = "jixiao.queries";

function kept() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? []; } catch { return []; }
}

const template = document.querySelector("#saving");
const saved = template.content.firstElementChild.cloneNode(true);
const saving = saved.querySelector("form"), shelf = saved.querySelector("ul");
template.replaceWith(saved);

function shelve(queries) {
  try { localStorage.setItem(KEPT, JSON.stringify(queries)); } catch { /* a browser that keeps nothing */ }
  show();
}

function show() {
  shelf.replaceChildren(...kept().map(({ name, query }) => {
    const item = document.createElement("li"), link = document.createElement("a"), drop = document.createElement("button");
    link.href = `/query?query=${encodeURIComponent(query)}`;
    link.textContent = name;
    Object.assign(drop, { type: "button", className: "quiet", textContent: "×", ariaLabel: shelf.dataset.drop.replace("{name}", name) });
    drop.addEventListener("click", () => shelve(kept().filter((one) => one.name !== name)));
    item.append(link, " ", drop);
    return item;
  }));
}

saving.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = saving.querySelector("input"), name = field.value.trim();
  if (!name || !area.value.trim()) return;
  shelve([{ name, query: area.value }, ...kept().filter((one) => one.name !== name)]);
  field.value = "";
});
show();
