// The page that lays a text beside the cases. The index is fetched once, when the page opens; what is typed is never
// sent, stored or put in the address, and is shown as text only.

import { open, rank, rankPatterns, shared, word } from "./lijken.js";
import { find } from "./persoonsgegevens.js";

const MOST_CASES = 10;
const MOST_PATTERNS = 5;
const PAUSE = 350;
const AROUND = 24;

const tool = document.querySelector("[data-ernaast]");
const texts = document.querySelector("[data-ernaasttekst]").dataset;
const field = tool.querySelector("textarea");
const part = (name) => tool.querySelector(`[data-${name}]`);

let book;
let place;
let waiting;
let warned = 0;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function fill(text, values) {
  return Object.entries(values).reduce((filled, [name, value]) => filled.split(`{${name}}`).join(value), text);
}

function count(number, one, many) {
  return number === 1 ? one : fill(many, { aantal: number });
}

// A likeness of 0 to 1 in a word and a number, as on the other pages.
function sureness(strength) {
  const shown = Math.floor(strength * 100 + 0.5) / 100;
  const [name] = book.index.sterktes.find(([, least]) => shown >= least);
  return fill(texts.sterkte, { woord: name, getal: shown.toFixed(2).replace(".", ",") });
}

function reasonList(found) {
  const list = element("ul", "atlas-redenen");
  list.setAttribute("aria-label", texts.redenen);
  for (const reason of found) {
    const [kind, ...rest] = word(book, reason).split(": ");
    const item = element("li");
    item.append(element("span", "atlas-redenen__soort", `${kind[0].toUpperCase()}${kind.slice(1)}:`), ` ${rest.join(": ")}`);
    list.append(item);
  }
  return list;
}

function caseLink(row) {
  const { id, titel } = book.index.casussen[row];
  return anchor(`casussen/${id}/`, titel);
}

function patternLink(row) {
  const { id, naam } = book.index.patronen[row];
  return anchor(`patronen/${id}/`, naam);
}

function anchor(address, name) {
  const made = element("a", "", name);
  made.href = tool.dataset.wortel + address;
  return made;
}

function card(link, strength, found, above) {
  const made = element("li", "atlas-kaart");
  const title = element("h3", "atlas-kaart__titel");
  title.append(link);
  made.append(title);
  if (above) made.append(element("p", "atlas-bijschrift", above));
  if (found.length > 0) made.append(reasonList(found));
  made.append(element("p", "atlas-bijschrift", sureness(strength)));
  return made;
}

// A heading with cards below it in a part of the page; nothing if there are no cards.
function show(where, heading, cards, level = "h2") {
  const list = element("ul", "atlas-kaarten");
  list.append(...cards);
  where.replaceChildren(...(cards.length > 0 ? [element(level, "", heading), list] : []));
}

function caseCard(match) {
  return card(caseLink(match.row), match.strength, match.reasons);
}

function patternCard({ row, strength, nearest }) {
  const above = fill(texts.vooral, { titel: book.index.casussen[nearest.row].titel });
  return card(patternLink(row), strength, nearest.reasons, above);
}

function compare() {
  const ranked = rank(book, field.value);
  const near = ({ strength }) => strength >= book.index.maten.ondergrens;
  const cases = ranked.slice(0, MOST_CASES).filter(near);
  const patterns = rankPatterns(book, ranked).slice(0, MOST_PATTERNS).filter(near);
  show(part("patronen"), texts.patronenkop, patterns.map(patternCard));
  show(part("casussen"), texts.casussenkop, cases.map(caseCard));
  showSelf(ranked);
  const told = cases.length > 0
    ? fill(texts.gevonden, {
        patronen: count(patterns.length, texts.patroon, texts.patronen),
        casussen: count(cases.length, texts.casus, texts.casussen),
      })
    : texts.geen;
  part("ernaaststand").textContent = field.value.trim() ? told : texts.leeg;
}

// The text beside the case or pattern of the address.
function showSelf(ranked) {
  const where = part("zelf");
  where.replaceChildren();
  if (!place || !field.value.trim()) return;
  const heading = element("h2", "", place.kind === "casus" ? texts.zelfkop : texts.zelfkoppatroon);
  const match = place.kind === "casus"
    ? ranked.find(({ row }) => row === place.row)
    : rankPatterns(book, ranked).find(({ row }) => row === place.row);
  const found = match ? (match.nearest ?? match).reasons : [];
  const none = !match || found.length === 0;
  where.append(heading);
  if (none) where.append(element("p", "", texts.zelfgeen));
  else where.append(reasonList(found), element("p", "", sureness(match.strength)));
}

function warn() {
  const found = find(field.value);
  part("let-op").hidden = found.length === 0;
  part("vondsten").replaceChildren(...found.map(findingItem));
  if (found.length === warned) return;
  part("letopstand").textContent = found.length > 0 ? count(found.length, texts.eenplek, texts.plekken) : texts.geenplek;
  warned = found.length;
}

// One finding with some words around it; its button selects it in the text.
function findingItem({ kind, start, end }) {
  const text = field.value;
  const item = element("li");
  const piece = element("span", "atlas-ernaast__stuk");
  piece.append(
    `${start > AROUND ? "…" : ""}${text.slice(Math.max(0, start - AROUND), start)}`,
    element("mark", "", text.slice(start, end)),
    `${text.slice(end, end + AROUND)}${end + AROUND < text.length ? "…" : ""}`,
  );
  const button = element("button", "atlas-ernaast__plek", texts.plek);
  button.type = "button";
  button.addEventListener("click", () => {
    field.focus();
    field.setSelectionRange(start, end);
  });
  item.append(element("strong", "", `${texts[kind]}: `), piece, " ", button);
  return item;
}

// What is like the case or pattern that the address names.
function showPlace() {
  const asked = new URL(location.href).searchParams;
  const kind = ["casus", "patroon"].find((name) => asked.has(name));
  if (!kind) return;
  part("van").hidden = false;
  const rows = kind === "casus" ? book.index.casussen : book.index.patronen;
  const row = rows.findIndex(({ id }) => id === asked.get(kind));
  const heading = part("van").querySelector("h2");
  heading.textContent = kind === "casus" ? texts.vancasus : texts.vanpatroon;
  if (row < 0) {
    part("vanlink").textContent = texts.onbekend;
    return;
  }
  place = { kind, row };
  part("vanlink").replaceChildren(kind === "casus" ? caseLink(row) : patternLink(row));
  if (kind === "casus") showLikeCase(rows[row]);
  else showLikePattern(rows[row]);
}

function showLikeCase(own) {
  const near = own.buren.map(([row, sure]) => card(caseLink(row), sure, shared(book, own, book.index.casussen[row])));
  show(part("vancasussen"), texts.vancasussen, near, "h3");
  const list = element("ul");
  list.append(...own.patronen.map((row) => {
    const item = element("li");
    item.append(patternLink(row));
    return item;
  }));
  if (own.patronen.length > 0) part("vanpatronen").append(element("h3", "", texts.vanpatronen), list);
  if (near.length + own.patronen.length === 0) part("vancasussen").append(element("p", "", texts.vanniets));
}

function showLikePattern(own) {
  const related = own.verwant.map(([row, sure]) => card(patternLink(row), sure, []));
  show(part("vanpatronen"), texts.verwant, related, "h3");
  const members = element("div");
  const near = element("div");
  show(members, texts.leden, own.leden.map(([row, sure]) => card(caseLink(row), sure, [])), "h3");
  show(near, texts.buren, own.buren.map(([row, sure]) => card(caseLink(row), sure, [])), "h3");
  part("vancasussen").append(members, near);
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    warn();
    compare();
  }, PAUSE);
}

async function start() {
  try {
    const answer = await fetch(new URL(tool.dataset.index, document.baseURI));
    book = open(await answer.json());
  } catch {
    document.querySelector("[data-ernaastfout]").hidden = false;
    return;
  }
  tool.hidden = false;
  part("ernaaststand").textContent = texts.leeg;
  showPlace();
  field.addEventListener("input", later);
  part("wis").addEventListener("click", () => {
    field.value = "";
    field.focus();
    later();
  });
  if (field.value) later();
}

start();
