// What a text is like: the same as `generator/plaintext.py`, from the index that the build writes. Pure: no page, no
// network, no storage. Sums run in the order of the columns, so that every number is the same as there.

import { Terms, add, fold } from "./begrippen.js";

const SIMPLE = /[a-z0-9]+/g;
const LETTERS_ONLY = /^[a-z]+$/;
const YEARS_FIRST = /^[0-9]/;

// All words in lower case without accents; a hyphen counts as a space.
export function foldedWords(text) {
  return fold(text).match(SIMPLE) ?? [];
}

// The index ready for use.
export function open(index) {
  const small = new Set(index.kleine_woorden);
  const start = (word) =>
    word.length >= index.maten.kortst && LETTERS_ONLY.test(word) && !small.has(word)
      ? word.slice(0, index.maten.begin)
      : "";
  const starts = new Map(index.woorden.map(([word], place) => [foldedWords(word)[0].slice(0, index.maten.begin), place]));
  const numbers = new Map();
  index.artikelen.forEach(({ nummer }, place) => add(numbers, nummer, place));
  const book = {
    index,
    start,
    starts,
    numbers,
    terms: new Terms(index.begrippen.map(({ woorden, stammen, delen }) => ({ phrases: woorden, stems: stammen, parts: delen }))),
    lawNames: new Map(index.wetsnamen),
    longestLaw: longest(index.wetsnamen.map(([name]) => name)),
    longestNumber: longest([...numbers.keys()]),
  };
  book.known = index.casussen.map((row) => vectors(book, pairs(row.begrippen), row.woorden, row.wetten));
  return book;
}

function longest(phrases) {
  return Math.max(0, ...phrases.map((phrase) => phrase.split(" ").length));
}

// How many words name each concept: concept → count, in the order of the concepts.
export function countConcepts(book, row) {
  const found = new Map();
  row.forEach((_, at) => {
    for (const place of new Set(book.terms.at(row, at).map((entry) => entry.place))) {
      found.set(place, (found.get(place) ?? 0) + 1);
    }
  });
  return sorted(found);
}

function sorted(map) {
  return new Map([...map].sort(([one], [other]) => one - other));
}

function pairs(flat) {
  const found = new Map();
  for (let at = 0; at < flat.length; at += 2) found.set(flat[at], flat[at + 1]);
  return found;
}

// The laws and articles that a row of words names, as places in their lists.
export function cite(book, row) {
  const named = [];
  row.forEach((_, at) => {
    for (let size = Math.min(book.longestLaw, row.length - at); size > 0; size -= 1) {
      const law = book.lawNames.get(row.slice(at, at + size).join(" "));
      if (law !== undefined) {
        named.push([at, law]);
        break;
      }
    }
  });
  const articles = new Set();
  row.forEach((word, at) => {
    if (!book.index.maten.artikelwoorden.includes(word)) return;
    const number = numberAt(book, row, at + 1);
    const end = at + 1 + number.length;
    const after = named.find(([place]) => end <= place && place < end + book.index.maten.na);
    const before = named.findLast(([place]) => at - book.index.maten.voor <= place && place < at);
    const law = (after ?? before)?.[1];
    for (const place of book.numbers.get(number.join(" ")) ?? []) {
      if (book.index.artikelen[place].wet === law) articles.add(place);
    }
  });
  return { laws: new Set(named.map(([, law]) => law)), articles };
}

function numberAt(book, row, at) {
  for (let size = Math.min(book.longestNumber, row.length - at); size > 0; size -= 1) {
    const number = row.slice(at, at + size);
    if (book.numbers.has(number.join(" ")) && !YEARS_FIRST.test(row[at + size] ?? "")) return number;
  }
  return [];
}

// What a text tells.
export function read(book, text) {
  const row = foldedWords(text);
  const starts = row.map((word) => book.starts.get(book.start(word))).filter((place) => place !== undefined);
  return { concepts: countConcepts(book, row), starts: new Set(starts), ...cite(book, row) };
}

function vectors(book, concepts, starts, laws) {
  const { begrippen, woorden, maten } = book.index;
  const counted = new Map([...concepts].map(([place, count]) => [place, (2 * count) / (count + 1)]));
  const told = new Map([...laws].map((law) => [law, 1]));
  for (const place of concepts.keys()) {
    const { ruimer, wetten } = begrippen[place];
    if (ruimer !== null && !counted.has(ruimer)) counted.set(ruimer, maten.ruimer);
    for (const law of wetten) told.set(law, (told.get(law) ?? 0) + maten.wet_van_begrip / wetten.length);
  }
  const rare = [...counted].filter(([place]) => begrippen[place].zeldzaam !== null);
  return [
    unit(new Map(rare.map(([place, value]) => [place, value * begrippen[place].zeldzaam]))),
    unit(new Map([...starts].map((place) => [place, woorden[place][1]]))),
    unit(told),
  ];
}

function unit(vector) {
  const rows = [...vector].sort(([one], [other]) => one - other);
  let length = 0;
  for (const [, value] of rows) length += value * value;
  return new Map(rows.map(([place, value]) => [place, value / Math.sqrt(length)]));
}

function cosine(one, other) {
  let total = 0;
  for (const [place, value] of one) total += value * (other.get(place) ?? 0);
  return total;
}

// Every case, the likeliest first, equals in the order of the index: { row, strength, reasons }.
export function rank(book, text) {
  const told = read(book, text);
  const query = vectors(book, told.concepts, told.starts, told.laws);
  const scored = book.index.casussen.map((row, place) => [sum(book, query, told, place), place]);
  scored.sort(([one, at], [other, to]) => (one === other ? at - to : other - one));
  return scored.map(([total, place]) => ({
    row: place,
    strength: likelihood(total),
    reasons: reasons(book, told, book.index.casussen[place]),
  }));
}

function sum(book, query, told, place) {
  const { gewichten, artikelen, casussen } = book.index;
  const parts = query.map((vector, part) => cosine(vector, book.known[place][part]));
  const shared = casussen[place].artikelen.filter((article) => told.articles.has(article));
  parts.push(Math.max(0, ...shared.map((article) => artikelen[article].zeldzaam)));
  if (parts.every((value) => value === 0)) return -Infinity;
  return parts.reduce((total, value, part) => total + gewichten.delen[part] * value, gewichten.constante);
}

function likelihood(total) {
  return Math.floor(1000 / (1 + Math.exp(-Math.max(total, -700))) + 0.5) / 1000;
}

// The patterns that share something with the text, the likeliest first: { row, strength, nearest }, `nearest` a match.
export function rankPatterns(book, ranked) {
  const members = book.index.patronen.map(() => []);
  for (const match of ranked) for (const row of book.index.casussen[match.row].patronen) members[row].push(match);
  return members
    .map((known, row) => {
      const thousandths = known.reduce((total, match) => total + Math.round(match.strength * 1000), 0);
      return { row, strength: Math.floor(thousandths / known.length + 0.5) / 1000, nearest: known[0], thousandths };
    })
    .filter(({ thousandths }) => thousandths > 0)
    .sort((one, other) => other.strength - one.strength || one.row - other.row);
}

// Why a text and a case are alike, the strongest kind of ground first: [{ kind, places }].
export function reasons(book, told, row) {
  const { artikelen, begrippen, woorden, maten } = book.index;
  const articles = row.artikelen.filter((place) => told.articles.has(place));
  const cited = new Set(articles.map((place) => artikelen[place].wet));
  const rarest = (places, rarity) =>
    places.sort((one, other) => rarity(other) - rarity(one) || one - other).slice(0, maten.getoond);
  const shared = [...pairs(row.begrippen).keys()].filter((place) => told.concepts.has(place));
  return [
    { kind: "artikel", places: articles },
    { kind: "wet", places: row.wetten.filter((law) => told.laws.has(law) && !cited.has(law)) },
    { kind: "begrip", places: rarest(shared, (place) => begrippen[place].zeldzaam) },
    { kind: "woordbegin", places: rarest(row.woorden.filter((place) => told.starts.has(place)), (place) => woorden[place][1]) },
  ].filter(({ places }) => places.length > 0);
}

// Why two cases of the index are alike, by what both records say.
export function shared(book, one, other) {
  const { artikelen, begrippen, maten } = book.index;
  const both = (name) => one[name].filter((place) => other[name].includes(place));
  const articles = both("artikelen");
  const cited = new Set(articles.map((place) => artikelen[place].wet));
  const concepts = [...pairs(one.begrippen).keys()].filter((place) => pairs(other.begrippen).has(place));
  const main = one.soorten[0] === other.soorten[0] ? [one.soorten[0]] : [];
  return [
    { kind: "artikel", places: articles },
    { kind: "wet", places: both("wetten").filter((law) => !cited.has(law)) },
    { kind: "knelpuntsoort", places: main },
    { kind: "knelpuntsoorten", places: both("soorten").filter((kind) => !main.includes(kind)).sort((a, b) => a - b) },
    { kind: "begrip", places: concepts.sort((a, b) => begrippen[b].zeldzaam - begrippen[a].zeldzaam || a - b).slice(0, maten.getoond) },
    { kind: "leefgebied", places: both("leefgebieden") },
  ].filter(({ places }) => places.length > 0);
}

// A reason in Dutch, as the command line words it.
export function word(book, { kind, places }) {
  const { index } = book;
  const names = {
    artikel: (place) => index.artikelen[place].naam,
    wet: (place) => index.wetten[place],
    begrip: (place) => index.begrippen[place].naam,
    woordbegin: (place) => index.woorden[place][0],
    knelpuntsoort: (place) => index.soorten[place],
    knelpuntsoorten: (place) => index.soorten[place],
    leefgebied: (place) => index.leefgebieden[place],
  };
  return index.redenen[kind].split("{waarden}").join(places.map(names[kind]).join(", "));
}
