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
  #cache = new Map();
  #entries = new Map();
  #base;

  constructor(pagefind, table, base) {
    this.#pagefind = pagefind;
    this.#base = base;
    this.lexicon = new Lexicon(table);
    this.ids = table.paginas ? table.paginas.split(" ") : [];
    this.rowOf = new Map(this.ids.map((id, row) => [id, row]));
    this.facets = table.kenmerken.map(({ naam, waarden, rijen }) => ({
      name: naam,
      values: waarden,
      rows: rijen.split(",").map((row) => (row ? row.split(".").map(Number) : [])),
    }));
    this.weights = table.gewichten;
  }

  static async load(base) {
    const address = new URL(base, document.baseURI);
    const [pagefind, table] = await Promise.all([
      import(new URL("pagefind.js", address)),
      readPacked(new URL("tabel.pf_tabel", address)),
    ]);
    await pagefind.options({ noWorker: true });
    await pagefind.init();
    return new Engine(pagefind, JSON.parse(table), address);
  }

  // What answers a question: pages by how well (best first), how many of them answer all of it, and what was made of it.
  async find(question) {
    const units = analyse(question, this.lexicon);
    if (units.length === 0) return { ranked: this.ids.map((_, row) => row), whole: this.ids.length, changed: [], lost: [], concepts: [] };
    const answers = await Promise.all(units.map((unit) => this.#answer(unit)));
    const scores = new Map();
    const count = this.ids.length;
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
    const kinds = this.facets.find((facet) => facet.name === "soort").rows;
    const order = [...scores].map(([row, { score, part, units: met }]) => ({
      row,
      all: met === answers.length,
      part: part / total,
      score: score * (part / total) ** 2 * (this.weights[kinds[row][0]] ?? 1),
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
    if (!this.#entries.has(row)) this.#entries.set(row, this.#readEntry(this.ids[row]));
    return this.#entries.get(row);
  }

  // An entry of the index by itself: a search for it would load the whole index if nothing is asked.
  async #readEntry(id) {
    const text = await readPacked(new URL(`fragment/${id}.pf_fragment`, this.#base));
    const { url, meta } = JSON.parse(text.slice(text.indexOf("{")));
    return { url: new URL(`..${url}`, this.#base).href, meta };
  }

  async #answer(unit) {
    const found = new Map();
    const faint = new Map();
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

  // Pagefind falls back on the longest beginning that it knows, which for a typing error is any word at all.
  async #isSaid(words) {
    const exact = await this.#scores(`"${words.join(" ")}"`);
    return exact.size > 0 || words.every((word) => this.lexicon.begins(word));
  }

  async #add(found, terms, weight) {
    for (const scores of await Promise.all(terms.map((term) => this.#scores(term)))) {
      for (const [row, score] of scores) found.set(row, Math.min(1.3, (found.get(row) ?? 0) + weight * score));
    }
  }

  // The pages with a term, the best 1.
  #scores(term) {
    if (!this.#cache.has(term)) this.#cache.set(term, this.#measure(term));
    return this.#cache.get(term);
  }

  async #measure(term) {
    const { results } = await this.#pagefind.search(term);
    const most = Math.max(0, ...results.map((result) => result.score)) || 1;
    return new Map(results.map((result) => [this.rowOf.get(result.id), result.score / most]));
  }
}

// The text of a packed file; a server may have unpacked it on the way.
async function readPacked(address) {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const stream = new Blob([bytes]).stream();
  return new Response(packed ? stream.pipeThrough(new DecompressionStream("gzip")) : stream).text();
}
