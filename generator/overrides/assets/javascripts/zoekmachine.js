// The search itself: asks Pagefind for every unit of a question and puts the answers together. Knows no page elements.

import { analyse, Lexicon, wordUnit } from "./zoekwoorden.js";

const FEW = 5; // Below so many whole answers, pages that answer a part come after them.
const LEAST = 0.3; // How much of a question a page must answer to be named at all,
const NEAR_BEST = 0.7; // and beside the page that answers most of it.
const MOST_PARTLY = 20; // Pages that answer a part, at most.
const OF_LAW = 0.5; // A page with the law of an article answers so much of a question for the article.
const MEANT = 0.6; // A page that means a word counts less than one that says it.
const KIN = 0.5; // So does a page with a compound of it.
const FAINT = 0.15; // Of an article, the law alone.

export class Engine {
  #pagefind;
  #base;
  #version;
  #kinds;
  #weights;
  #terms = new Map();
  #answers = new Map();
  #entries = new Map();
  #narrowing;
  #ahead = 0;

  constructor(pagefind, table, base) {
    this.#pagefind = pagefind;
    this.#base = base;
    this.#version = table.versie;
    this.#kinds = readColumn(table.soort);
    this.#weights = table.gewichten;
    this.lexicon = new Lexicon(table);
    this.facets = []; // None before `loadFacets`.
  }

  static async load(base) {
    const address = new URL(base, document.baseURI);
    const [pagefind, table] = await Promise.all([startProgram(address), readTable(address)]);
    return new Engine(pagefind, table, address);
  }

  // What belongs to which facet; `count`, a choice and the order of titles or years need it.
  async loadFacets() {
    this.#narrowing ??= this.#readFacets();
    try {
      this.facets = await this.#narrowing;
    } catch (fault) {
      this.#narrowing = undefined; // With no connection now there may be one later.
      throw fault;
    }
  }

  async #readFacets() {
    const columns = JSON.parse(await readPacked(new URL(`kenmerken.pf_tabel?v=${this.#version}`, this.#base)));
    return [this.#kinds, ...columns.map(readColumn)];
  }

  // Fetches what the answer to a question that is still being typed will likely need: of what may become another question
  // `few` results, of a whole one `many`. A newer call ends an older one.
  async prepare(question, few, many) {
    const mine = ++this.#ahead;
    const [likely, other] = this.lexicon.complete(question);
    if (!likely) return;
    const asked = this.find(likely);
    const { words = [], codes = [] } = other ? (analyse(other, this.lexicon).at(-1) ?? {}) : {};
    this.#fetchParts([...words, ...codes]);
    const { ranked } = await asked;
    const first = likely === question ? many : few;
    if (mine === this.#ahead) await Promise.all(ranked.slice(0, first).map((row) => this.read(row)));
  }

  // What answers a question: pages by how well (best first), how many of them answer all of it, and what was made of it.
  find(question) {
    const units = analyse(question, this.lexicon);
    const key = JSON.stringify(units);
    if (!this.#answers.has(key)) this.#answers.set(key, this.#answerAll(units));
    return this.#answers.get(key);
  }

  async #answerAll(units) {
    const count = this.#kinds.rows.length;
    if (units.length === 0) return { ranked: this.#kinds.rows.map((_, row) => row), whole: count, changed: [], lost: [], concepts: [] };
    const answers = await Promise.all(units.map((unit) => this.#answer(unit)));
    const scores = new Map();
    let total = 0;
    for (const { found, faint } of answers) {
      const rarity = found.size + faint.size ? Math.log(1 + count / (1 + found.size)) : 0;
      total += rarity;
      const note = (row, score, part, met) => {
        const entry = scores.get(row) ?? { score: 0, part: 0, units: 0 };
        entry.score += rarity * score;
        entry.part += rarity * part;
        entry.units += met;
        scores.set(row, entry);
      };
      for (const [row, score] of found) note(row, score, 1, 1);
      for (const [row, score] of faint) if (!found.has(row)) note(row, score, OF_LAW, 0);
    }
    const order = [...scores].map(([row, { score, part, units: met }]) => ({
      row,
      all: met === answers.length,
      part: part / total,
      score: score * (part / total) ** 2 * (this.#weights[this.#kinds.rows[row][0]] ?? 1),
    }));
    order.sort((one, other) => other.all - one.all || other.score - one.score || one.row - other.row);
    const whole = order.filter((entry) => entry.all).length;
    const least = Math.max(LEAST, NEAR_BEST * Math.max(0, ...order.slice(whole).map((entry) => entry.part)));
    const rest = order.slice(whole).filter((entry) => entry.part >= least);
    const kept = whole >= FEW ? order.slice(0, whole) : [...order.slice(0, whole), ...rest.slice(0, MOST_PARTLY)];
    return {
      ranked: kept.map((entry) => entry.row),
      whole,
      changed: answers.flatMap((answer) => answer.changed ?? []),
      lost: answers.filter((answer) => answer.found.size === 0).map((answer) => answer.text),
      concepts: [...new Set(answers.flatMap((answer) => answer.places ?? []))],
    };
  }

  // Per facet and value: how many of these pages have it, given what is chosen in the other facets.
  count(rows, chosen) {
    return this.facets.map((facet) => {
      const others = this.narrow(rows, chosen, facet.name);
      const counts = new Array(facet.values.length).fill(0);
      for (const row of others) for (const value of facet.rows[row]) counts[value] += 1;
      return counts;
    });
  }

  // The pages that have one of the chosen values of every facet in which something is chosen, `except` one.
  narrow(rows, chosen, except = "") {
    const tests = this.facets
      .filter((facet) => facet.name !== except && chosen.get(facet.name)?.size)
      .map((facet) => {
        const numbers = new Set([...chosen.get(facet.name)].map((value) => facet.values.indexOf(value)));
        return (row) => facet.rows[row].some((value) => numbers.has(value));
      });
    return rows.filter((row) => tests.every((test) => test(row)));
  }

  // The same pages: `titel` by title, `nieuwste` by their last year, the unknown last.
  sort(rows, order) {
    if (order === "titel") return [...rows].sort((one, other) => one - other);
    if (order !== "nieuwste") return rows;
    const facet = this.facets.find(({ name }) => name === "periode");
    const year = (row) => Math.max(0, ...facet.rows[row].map((value) => Number(facet.values[value])));
    return [...rows].sort((one, other) => year(other) - year(one));
  }

  // What a result shows.
  async read(row) {
    if (!this.#entries.has(row)) this.#entries.set(row, this.#readEntry(row));
    return this.#entries.get(row);
  }

  // An entry of the index by itself: a search for it would load the whole index if nothing is asked.
  async #readEntry(row) {
    const text = await readPacked(new URL(`fragment/${row.toString(36)}.pf_fragment?v=${this.#version}`, this.#base));
    const { url, meta, filters } = JSON.parse(text.slice(text.indexOf("{")));
    const shown = Object.fromEntries(Object.entries(filters).map(([name, [value]]) => [name, value]));
    return { ...shown, url: new URL(`..${url}`, this.#base).href, title: meta.title };
  }

  async #answer(unit) {
    const found = new Map();
    const faint = new Map();
    // Parts of the index that are needed whatever comes of it are asked for at once, not one after the other.
    this.#fetchParts([...unit.codes, ...(unit.faint ?? []), ...unit.words]);
    await this.#add(found, unit.codes, MEANT);
    await this.#add(faint, unit.faint ?? [], FAINT);
    if (unit.words.length > 0 && (await this.#isSaid(unit.words))) await this.#add(found, [unit.words.join(" ")], 1);
    if (found.size === 0 && unit.instead) await this.#add(found, [unit.instead], 1);
    if (unit.words.length !== 1 || unit.codes.length > 0) return { ...unit, found, faint };
    const [word] = unit.words;
    if (found.size === 0) {
      const near = this.lexicon.nearest(word);
      if (near) return { ...(await this.#answer(wordUnit(near, this.lexicon))), changed: [{ from: word, to: near }] };
    }
    if (found.size < FEW) await this.#add(found, this.lexicon.relatives(word), KIN);
    return { ...unit, found, faint };
  }

  // The parts of the index with these words, so that a search finds them there.
  #fetchParts(terms) {
    for (const term of terms) this.#pagefind.preload(term).catch(() => {}); // The search itself will tell.
  }

  // Pagefind falls back on the longest beginning that it knows, which for a typing error is any word at all.
  async #isSaid(words) {
    if (words.every((word) => this.lexicon.begins(word))) return true;
    return (await this.#scores(`"${words.join(" ")}"`)).size > 0;
  }

  async #add(found, terms, weight) {
    for (const scores of await Promise.all(terms.map((term) => this.#scores(term)))) {
      for (const [row, score] of scores) found.set(row, Math.min(1.3, (found.get(row) ?? 0) + weight * score));
    }
  }

  // The pages with a term, the best 1.
  #scores(term) {
    if (!this.#terms.has(term)) this.#terms.set(term, this.#measure(term));
    return this.#terms.get(term);
  }

  async #measure(term) {
    const { results } = await this.#pagefind.search(term);
    const most = Math.max(0, ...results.map((result) => result.score)) || 1;
    return new Map(results.map((result) => [parseInt(result.id, 36), result.score / most]));
  }
}

async function startProgram(address) {
  const pagefind = await import(new URL("pagefind.js", address));
  await pagefind.options({ noWorker: true });
  await pagefind.init();
  return pagefind;
}

// The table of this index. A browser may have kept the table of an older site, which numbers its pages otherwise.
async function readTable(address) {
  const place = new URL("tabel.pf_tabel", address);
  const entry = fetch(new URL("pagefind-entry.json", address), { cache: "no-cache" }).then((answer) => answer.json());
  const [{ tabel }, text] = await Promise.all([entry, readPacked(place)]);
  const table = JSON.parse(text);
  if (table.versie === tabel) return table;
  const fresh = JSON.parse(await readPacked(place, { cache: "reload" }));
  if (fresh.versie !== tabel) throw new Error("The table is not of this index.");
  return fresh;
}

function readColumn({ naam, waarden, rijen }) {
  return { name: naam, values: waarden, rows: rijen.split(",").map((row) => (row ? row.split(".").map(Number) : [])) };
}

// The text of a packed file; a server may have unpacked it on the way.
async function readPacked(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const unpacking = new DecompressionStream("gzip");
  const writer = unpacking.writable.getWriter();
  const text = new Response(unpacking.readable).text();
  return (await Promise.all([text, writer.write(bytes), writer.close()]))[0];
}
