// The search page: form, facets, results and the address. What is found is shown as text; nothing is ever set as HTML.

import { Engine } from "./zoekmachine.js";
import { fold } from "./begrippen.js";

const FIRST = 10;
const MORE = 30;
const PAUSE = 250;

const part = (name) => document.querySelector(`[data-${name}]`);
const form = part("zoeken");
const input = form.elements.namedItem("q");
const status = part("zoekstand");
const results = part("zoekresultaten");
const refine = part("zoekverfijn");
const groups = part("zoekkenmerken");
const chips = part("zoekkeuzes");
const bar = part("zoekbalk");
const sorting = part("zoekvolgorde");
const help = part("zoekhulp");
const more = part("zoekmeer");
const browse = part("zoekblader");
const texts = part("zoektekst").dataset;

let loading;
let turn = 0;
let timer;
let typing = false;
let answer;
let shown = FIRST;
let boxes = new Map();

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const facetName = (name) => texts[`kenmerk${name[0].toUpperCase()}${name.slice(1)}`] ?? name;

function readState() {
  const found = new URL(location.href).searchParams;
  const chosen = new Map();
  for (const name of texts.kenmerken.split(" ")) {
    if (found.has(name)) chosen.set(name, new Set(found.getAll(name)));
  }
  return { q: found.get("q") ?? "", chosen, order: found.get("volgorde") ?? "" };
}

function addressOf({ q, chosen, order }) {
  const address = new URL(location.pathname, location.href);
  if (q.trim()) address.searchParams.set("q", q);
  for (const [name, values] of chosen) for (const value of values) address.searchParams.append(name, value);
  if (order) address.searchParams.set("volgorde", order);
  return address;
}

let state = readState();
// With a question in the address the overviews wait for the answer, which stands above them.
browse.hidden = location.search !== "";

// A choice makes a new step for the back button; while typing, the step that the first letter made is rewritten.
function go(next, { typed = false } = {}) {
  state = next;
  const address = addressOf(state);
  if (address.href !== location.href) history[typed && typing ? "replaceState" : "pushState"](null, "", address);
  typing = typed;
  shown = FIRST;
  return update();
}

function choose(name, value, on) {
  const chosen = new Map([...state.chosen].map(([key, values]) => [key, new Set(values)]));
  const values = chosen.get(name) ?? new Set();
  if (on) values.add(value);
  else values.delete(value);
  if (values.size > 0) chosen.set(name, values);
  else chosen.delete(name);
  return go({ ...state, q: input.value, chosen });
}

async function update() {
  const mine = ++turn;
  input.value = state.q;
  sorting.value = state.order;
  try {
    loading ??= Engine.load(form.dataset.index);
    if (state.q.trim() || state.chosen.size) status.textContent = texts.bezig;
    const engine = await loading;
    const found = await engine.find(state.q);
    if (mine !== turn) return;
    const asked = state.q.trim() !== "" || state.chosen.size > 0;
    const narrowed = engine.narrow(found.ranked, state.chosen);
    answer = { engine, found, rows: asked ? engine.sort(narrowed, state.order) : [] };
    showFacets(engine, found);
    showChips();
    bar.hidden = answer.rows.length < 2;
    await showResults(mine);
    if (mine !== turn) return;
    showHelp(engine, found);
    status.textContent = asked ? summary(found) : "";
    browse.hidden = false;
  } catch {
    loading = undefined;
    browse.hidden = false;
    if (mine === turn) status.textContent = texts.fout;
  }
}

function summary(found) {
  const all = answer.rows.length;
  const said = found.changed.map(({ from, to }) => fill(texts.verbeterd, { fout: from, goed: to }));
  if (all === 0) return [texts.geen, ...said].join(" ");
  const count = all === 1 ? texts.een : fill(texts.meer, { aantal: all });
  const whole = state.chosen.size === 0 && found.whole < all ? [found.whole ? fill(texts.deels, { aantal: found.whole }) : texts.geenheel] : [];
  return [count, ...whole, ...said].join(" ");
}

async function showResults(mine) {
  const { engine, rows } = answer;
  const read = await Promise.all(rows.slice(0, shown).map((row) => engine.read(row)));
  if (mine !== turn) return;
  const stems = fold(state.q).match(/[a-z0-9]{3,}/g) ?? [];
  const known = [...stems, ...answer.found.changed.map(({ to }) => to)].filter((word) => !engine.lexicon.silent.has(word));
  results.replaceChildren(...read.map((data) => card(data, known)));
  more.hidden = rows.length <= shown;
  more.textContent = fill(texts.toonmeer, { aantal: Math.min(MORE, rows.length - shown) });
}

function card({ url, meta }, stems) {
  const row = element("li", "atlas-vondst");
  const title = element("h3", "atlas-vondst__titel");
  const anchor = element("a");
  anchor.href = url;
  anchor.append(...marked(meta.title, stems));
  title.append(anchor);
  const kind = element("p", "atlas-vondst__soort", [meta.soort, meta.plek].filter(Boolean).join(" · "));
  row.append(title, kind);
  if (meta.kern) {
    const gist = element("p");
    gist.append(...marked(meta.kern, stems));
    row.append(gist);
  }
  for (const name of ["knelpunt", "doorbraak"]) {
    if (!meta[name]) continue;
    const line = element("p");
    line.append(element("span", "atlas-redenen__soort", `${texts[name]}: `), ...marked(meta[name], stems));
    row.append(line);
  }
  return row;
}

// The text in pieces, with the words that were asked for marked.
function marked(text, stems) {
  return text.split(/([\p{L}\p{N}]+)/u).map((piece, place) => {
    const folded = place % 2 ? fold(piece) : "";
    const hit = folded && stems.some((stem) => folded.startsWith(stem.slice(0, Math.max(4, stem.length - 2))));
    return hit ? element("mark", "", piece) : document.createTextNode(piece);
  });
}

function showFacets(engine, found) {
  if (boxes.size === 0) makeFacets(engine);
  const counts = engine.count(found.ranked, state.chosen);
  engine.facets.forEach((facet, place) => {
    const group = boxes.get(facet.name);
    const chosen = state.chosen.get(facet.name) ?? new Set();
    facet.values.forEach((value, number) => {
      const { item, box, count } = group.values[number];
      box.checked = chosen.has(value);
      count.textContent = String(counts[place][number]);
      item.hidden = counts[place][number] === 0 && !box.checked;
    });
    group.details.hidden = group.values.every(({ item }) => item.hidden);
    group.count.textContent = chosen.size ? fill(texts.gekozen, { aantal: chosen.size }) : "";
  });
  refine.hidden = false;
}

function makeFacets(engine) {
  for (const facet of engine.facets) {
    const details = element("details", "atlas-kenmerk");
    details.open = state.chosen.has(facet.name);
    const summaryLine = element("summary", "", facetName(facet.name));
    const count = element("span", "atlas-kenmerk__gekozen");
    summaryLine.append(" ", count);
    const list = element("ul", "atlas-kenmerk__waarden");
    list.setAttribute("aria-label", facetName(facet.name));
    const values = facet.values.map((value) => {
      const item = element("li");
      const label = element("label");
      const box = element("input");
      box.type = "checkbox";
      box.addEventListener("change", () => choose(facet.name, value, box.checked));
      const number = element("span", "atlas-kenmerk__aantal");
      label.append(box, element("span", "atlas-kenmerk__naam", value), number);
      item.append(label);
      return { item, box, count: number };
    });
    list.append(...values.map(({ item }) => item));
    details.append(summaryLine, list);
    groups.append(details);
    boxes.set(facet.name, { details, count, values });
  }
}

function showChips() {
  const pairs = [...state.chosen].flatMap(([name, values]) => [...values].map((value) => [name, value]));
  const had = chips.contains(document.activeElement);
  chips.replaceChildren(...pairs.map(([name, value]) => wrapped(chip(name, value))));
  if (pairs.length > 1) chips.append(wrapped(button(texts.wisalles, () => go({ ...state, chosen: new Map() }))));
  chips.hidden = pairs.length === 0;
  if (had) (chips.querySelector("button") ?? input).focus();
}

function chip(name, value) {
  const made = button(`${facetName(name)}: ${value}`, () => choose(name, value, false));
  made.setAttribute("aria-label", fill(texts.haalweg, { kenmerk: facetName(name), waarde: value }));
  made.classList.add("atlas-keuze");
  return made;
}

// What to do when nothing, or only a part, was found: other words, fewer choices, the nearest concept.
function showHelp(engine, found) {
  const rows = [];
  for (const { from, to } of found.changed) {
    const letterly = fill(texts.bedoelde, { goed: to });
    rows.push(button(letterly, () => go({ ...state, q: replaceWord(state.q, from, to) })));
  }
  if (answer.rows.length === 0) {
    for (const [name, values] of state.chosen) {
      for (const value of values) {
        const rest = new Map([...state.chosen].map(([key, all]) => [key, new Set([...all].filter((one) => key !== name || one !== value))]));
        const count = engine.narrow(found.ranked, rest).length;
        if (count) rows.push(button(fill(texts.zonder, { kenmerk: facetName(name), waarde: value, aantal: count }), () => choose(name, value, false)));
      }
    }
    const wider = found.concepts.map((place) => engine.lexicon.broader[place]).filter((place) => place >= 0);
    const near = [...wider, ...nearConcepts(engine.lexicon, found.lost)];
    for (const place of [...new Set(near)].slice(0, 4)) {
      const label = engine.lexicon.labels[place];
      rows.push(button(fill(texts.begrip, { begrip: label }), () => go({ ...state, q: label })));
    }
  }
  help.querySelector("ul").replaceChildren(...rows.map(wrapped));
  help.hidden = rows.length === 0;
}

// Concepts with a word that begins like a word that was not found.
function nearConcepts(lexicon, lost) {
  const found = [];
  for (const word of lost) {
    for (let size = word.length; size >= 4 && found.length === 0; size--) {
      for (const [known, places] of lexicon.conceptWords) if (known.startsWith(word.slice(0, size))) found.push(...places);
    }
  }
  return found;
}

function replaceWord(question, from, to) {
  return question.split(/([\p{L}\p{N}]+)/u).map((piece) => (fold(piece) === from ? to : piece)).join("");
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function button(text, act) {
  const made = element("button", "atlas-knop atlas-knop--rustig", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function wrapped(inner) {
  const item = element("li");
  item.append(inner);
  return item;
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => go({ ...state, q: input.value }, { typed: true }), PAUSE);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  go({ ...state, q: input.value });
});

sorting.addEventListener("change", () => go({ ...state, q: input.value, order: sorting.value }));

more.addEventListener("click", async () => {
  const from = shown;
  shown += MORE;
  await showResults(turn);
  results.children[from]?.querySelector("a").focus();
});

addEventListener("popstate", () => {
  clearTimeout(timer);
  typing = false;
  shown = FIRST;
  state = readState();
  update();
});

part("zoekverfijnen").open = matchMedia("(min-width: 60em)").matches;
// What was typed before this script was there is a question like any other.
if (input.value.trim() && !state.q) go({ ...state, q: input.value }, { typed: true });
else update();
