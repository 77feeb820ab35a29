// The search page: form, facets, results and the address. What is found is shown as text; nothing is ever set as HTML.

import { Engine } from "./zoekmachine.js";
import { fold } from "./begrippen.js";

const FIRST = 10;
const MORE = 30;
const SCREEN = 5; // Results that surely fill a screen: the others may come a moment later.
const SHOW = 100; // Milliseconds after the last key in which results come,
const SAY = 250; // and in which they are announced and the address tells of them.

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
const refining = part("zoekverfijnen");
const texts = part("zoektekst").dataset;

let loading;
let turn = 0;
let timer;
let typing = false;
let answer;
let shown = FIRST;
let drawn = "";
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

// With `quiet` the results come without a word: while one types, nobody wants to be told of every letter.
async function update({ quiet = false } = {}) {
  const mine = ++turn;
  input.value = state.q;
  sorting.value = state.order;
  const asked = state.q.trim() !== "" || state.chosen.size > 0;
  const stands = drawn === nameOf(state);
  try {
    if (asked && !stands && !quiet) status.textContent = texts.bezig;
    if (!stands) await draw(mine, asked);
    if (mine !== turn) return;
    if (!quiet) status.textContent = asked ? summary(answer.found) : "";
    browse.hidden = false;
  } catch {
    loading = undefined;
    drawn = "";
    browse.hidden = false;
    if (mine === turn) status.textContent = texts.fout;
  }
}

async function draw(mine, asked) {
  const engine = await load();
  const [found] = await Promise.all([engine.find(state.q), needsFacets() ? engine.loadFacets() : undefined]);
  if (mine !== turn) return;
  const narrowed = engine.narrow(found.ranked, state.chosen);
  answer = { engine, found, rows: asked ? engine.sort(narrowed, state.order) : [] };
  showChips();
  bar.hidden = answer.rows.length < 2;
  await showResults(mine);
  if (mine !== turn) return;
  showHelp(engine, found);
  refine.hidden = false;
  showFacets(mine).catch(() => {});
}

function load() {
  loading ??= Engine.load(form.dataset.index);
  return loading;
}

// What is shown: the state, and how much of it.
function nameOf(wanted) {
  return `${shown} ${addressOf(wanted).href}`;
}

function needsFacets() {
  return state.chosen.size > 0 || state.order !== "";
}

function summary(found) {
  const all = answer.rows.length;
  const said = found.changed.map(({ from, to }) => fill(texts.verbeterd, { fout: from, goed: to }));
  if (all === 0) return [texts.geen, ...said].join(" ");
  const count = all === 1 ? texts.een : fill(texts.meer, { aantal: all });
  const whole = state.chosen.size === 0 && found.whole < all ? [found.whole ? fill(texts.deels, { aantal: found.whole }) : texts.geenheel] : [];
  return [count, ...whole, ...said].join(" ");
}

// The first screen does not wait for what stands below it.
async function showResults(mine) {
  const { engine, rows, found } = answer;
  const stems = fold(state.q).match(/[a-z0-9]{3,}/g) ?? [];
  const known = [...stems, ...found.changed.map(({ to }) => to)].filter((word) => !engine.lexicon.silent.has(word));
  const read = rows.slice(0, shown).map((row) => engine.read(row));
  const cards = async (asked) => (await Promise.all(asked)).map((data) => card(data, known));
  const rest = cards(read.slice(SCREEN));
  rest.catch(() => {}); // Told below, if it is still of interest by then.
  const top = await cards(read.slice(0, SCREEN));
  if (mine !== turn) return;
  results.replaceChildren(...top);
  more.hidden = true;
  const below = await rest;
  if (mine !== turn) return;
  results.append(...below);
  more.hidden = rows.length <= shown;
  more.textContent = fill(texts.toonmeer, { aantal: Math.min(MORE, rows.length - shown) });
  drawn = nameOf(state);
}

function card(found, stems) {
  const row = element("li", "atlas-vondst");
  const title = element("h3", "atlas-vondst__titel");
  const anchor = element("a");
  anchor.href = found.url;
  anchor.append(...marked(found.title, stems));
  title.append(anchor);
  const kind = element("p", "atlas-vondst__soort", [found.soort, found.plek].filter(Boolean).join(" · "));
  row.append(title, kind);
  if (found.kern) {
    const gist = element("p");
    gist.append(...marked(found.kern, stems));
    row.append(gist);
  }
  for (const name of ["vastgelopen", "gedaan"]) {
    if (!found[name]) continue;
    const line = element("p");
    line.append(element("span", "atlas-redenen__soort", `${texts[name]}: `), ...marked(found[name], stems));
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

// Facets are fetched when somebody sees them, and a facet is filled when it is open.
async function showFacets(mine) {
  if (!refining.open) return;
  const { engine, found } = answer;
  await engine.loadFacets();
  if (mine !== turn) return;
  if (boxes.size === 0) makeFacets(engine);
  const counts = engine.count(found.ranked, state.chosen);
  engine.facets.forEach((facet, place) => {
    const group = boxes.get(facet.name);
    const chosen = state.chosen.get(facet.name) ?? new Set();
    group.counts = counts[place];
    group.details.hidden = !counts[place].some(Boolean) && chosen.size === 0;
    group.count.textContent = chosen.size ? fill(texts.gekozen, { aantal: chosen.size }) : "";
    showValues(facet, group);
  });
}

function showValues(facet, group, open = group.details.open) {
  if (!open) return;
  if (group.values.length === 0) makeValues(facet, group);
  const chosen = state.chosen.get(facet.name) ?? new Set();
  facet.values.forEach((value, number) => {
    const { item, box, count } = group.values[number];
    box.checked = chosen.has(value);
    count.textContent = String(group.counts[number]);
    item.hidden = group.counts[number] === 0 && !box.checked;
  });
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
    details.append(summaryLine, list);
    groups.append(details);
    const group = { details, count, list, values: [], counts: [] };
    details.addEventListener("toggle", () => showValues(facet, group));
    summaryLine.addEventListener("click", () => showValues(facet, group, true)); // The toggle may come after the next key.
    boxes.set(facet.name, group);
  }
}

function makeValues(facet, group) {
  group.values = facet.values.map((value) => {
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
  group.list.append(...group.values.map(({ item }) => item));
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

// While one types, what will likely be asked is fetched; who wants to save data waits for it.
const thrifty = navigator.connection?.saveData ?? false;

input.addEventListener("input", () => {
  clearTimeout(timer);
  if (!thrifty) load().then((engine) => engine.prepare(input.value, SCREEN, FIRST)).catch(() => { loading = undefined; });
  timer = setTimeout(() => {
    state = { ...state, q: input.value };
    shown = FIRST;
    update({ quiet: true });
    timer = setTimeout(() => go({ ...state, q: input.value }, { typed: true }), SAY - SHOW);
  }, SHOW);
});

refining.addEventListener("toggle", () => {
  if (answer) showFacets(turn).catch(() => {});
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

refining.open = matchMedia("(min-width: 60em)").matches;
// What was typed before this script was there is a question like any other.
if (input.value.trim() && !state.q) go({ ...state, q: input.value }, { typed: true });
else update();
