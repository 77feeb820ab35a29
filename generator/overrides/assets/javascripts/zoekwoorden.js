// Words of a question: which concepts, laws and articles they name, and which known word a wrong one is near to.
// Pure functions. The codes are those of codes.py.

import { Terms, add, fold } from "./begrippen.js";

const TOKEN = /\d[0-9a-z]*(?:[.:][0-9a-z]+)*|[a-z0-9]+/g;
const ARTICLE = new Set(["artikel", "artikelen", "art"]);
const PARAGRAPH = new Set(["lid", "leden"]);
const SHORT = 4;

const code = (text) => text.replace(/[^0-9a-z]+/g, "x");
export const lawCode = (law) => `qw${code(law)}q`;
export const articleCode = (law, number) => `qa${code(law)}y${code(number)}q`;
export const numberCode = (number) => `qn${code(number)}q`;
export const conceptCode = (place) => `qb${place}q`;

// All words that the table knows, ready to be looked up.
export class Lexicon {
  constructor(table) {
    this.labels = table.begrippen.map(([label]) => label);
    this.broader = table.begrippen.map((row) => row[4]);
    this.silent = new Set(table.stil.split(" "));
    this.words = table.woorden ? table.woorden.split(" ") : [];
    this.known = new Set(this.words);
    this.sorted = [...this.words].sort();
    const concepts = table.begrippen.map(([, phrases, stems, parts]) => ({
      phrases: split(phrases),
      stems: split(stems),
      parts: split(parts),
    }));
    this.terms = new Terms(concepts);
    this.conceptWords = new Set(concepts.flatMap(({ phrases }) => phrases.filter((phrase) => !phrase.includes(" "))));
    this.laws = new Map();
    for (const [id, ...names] of table.wetten) {
      for (const name of names) add(this.laws, name.split(" ")[0], { row: name.split(" "), id });
    }
  }

  // The longest row of words from `start` that names concepts: how many words, and which concepts.
  conceptsAt(row, start) {
    const found = this.terms.at(row, start);
    const length = Math.max(0, ...found.map((entry) => entry.length));
    return { length, places: [...new Set(found.filter((entry) => entry.length === length).map((entry) => entry.place))] };
  }

  lawAt(row, start) {
    const met = (this.laws.get(row[start]) ?? []).filter((law) => law.row.every((word, i) => row[start + i] === word));
    return met.sort((one, other) => other.row.length - one.row.length)[0];
  }

  isWord(word) {
    return this.known.has(word) || this.conceptWords.has(word);
  }

  // Whether a known word begins so: what is being typed may still become that word.
  begins(word) {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < word) low = middle + 1;
      else high = middle;
    }
    return this.sorted[low]?.startsWith(word) ?? false;
  }

  // The question with its last word as it will likely end: as it is if that is a word, and as a longer word of a concept
  // that begins so; else as the known words that begin so, those that most pages have first. None if that is a guess too
  // many: the word is short, or no word begins so.
  complete(question, most = 2) {
    const last = fold(question).match(/[a-z0-9]+$/)?.[0] ?? "";
    const ended = (word) => question.slice(0, question.length - last.length) + word;
    const longer = (words) => words.filter((word) => word.startsWith(last) && word !== last);
    if (/\d/.test(last)) return [question];
    if (this.isWord(last)) return last.length < SHORT - 1 ? [] : [question, ...longer([...this.conceptWords]).slice(0, 1).map(ended)];
    return last.length < SHORT ? [] : longer([...this.words, ...this.conceptWords]).slice(0, most).map(ended);
  }

  // Known compounds that end or begin with the word, and known words that it ends or begins with itself.
  relatives(word, most = 3) {
    if (word.length < SHORT + 1) return [];
    const inside = this.words.filter((known) => known !== word && (known.endsWith(word) || known.startsWith(word)));
    const around = this.words.filter((known) => known.length > SHORT && known !== word && (word.endsWith(known) || word.startsWith(known)));
    const longest = around.sort((one, other) => other.length - one.length);
    return [...inside, ...longest].slice(0, most);
  }

  // The known word that is least wrong; none if no word is near enough.
  nearest(word) {
    if (word.length < SHORT || /\d/.test(word)) return undefined;
    let best;
    let least = word.length < 10 ? 1 : 2;
    for (const list of [this.words, this.conceptWords]) {
      for (const known of list) {
        if (Math.abs(known.length - word.length) > least) continue;
        const steps = distance(word, known, least);
        const better = steps < least || (steps === least && best === undefined) || (steps === least && best[0] !== word[0] && known[0] === word[0]);
        if (steps > 0 && steps <= least && better) {
          best = known;
          least = steps;
        }
      }
    }
    return best;
  }
}

// The question in units: each is one thing that is asked for. `words` are searched as they are, `codes` as they are
// meant; `instead` is searched if the codes give nothing.
export function analyse(question, lexicon) {
  const items = readItems(fold(question).match(TOKEN) ?? [], lexicon);
  const units = [];
  let run = [];
  const flush = () => {
    units.push(...readWords(run, lexicon));
    run = [];
  };
  for (let place = 0; place < items.length; place++) {
    const item = items[place];
    const next = items[place + 1];
    if (item.law && next?.number) {
      flush();
      units.push(article(item, next));
      place++;
    } else if (item.number && next?.law) {
      flush();
      units.push(article(next, item));
      place++;
    } else if (item.law) {
      flush();
      units.push({ text: item.text, words: [], codes: [lawCode(item.law)], instead: item.text });
    } else if (item.number && item.sure) {
      flush();
      units.push({ text: item.number, words: [], codes: [numberCode(item.number)], instead: item.number });
    } else {
      run.push(item.text);
    }
  }
  flush();
  return units;
}

function article(law, item) {
  return {
    text: `${law.text} ${item.number}`,
    words: [],
    codes: [articleCode(law.law, item.number)],
    faint: [lawCode(law.law)],
    instead: law.text,
  };
}

function readItems(row, lexicon) {
  const items = [];
  let sure = false;
  for (let place = 0; place < row.length; place++) {
    const word = row[place];
    const law = lexicon.lawAt(row, place);
    if (ARTICLE.has(word) && /^\d/.test(row[place + 1] ?? "")) {
      sure = true;
    } else if (PARAGRAPH.has(word) && /^\d/.test(row[place + 1] ?? "")) {
      place++;
    } else if (law) {
      items.push({ law: law.id, text: law.row.join(" ") });
      place += law.row.length - 1;
    } else if (/^\d/.test(word)) {
      items.push({ number: word, text: word, sure: sure || /[.:a-z]/.test(word) });
      sure = false;
    } else {
      items.push({ text: word });
    }
  }
  return items;
}

// A row of words in units: a phrase that names a concept, two words that are one compound, or a word.
function readWords(row, lexicon) {
  const units = [];
  for (let place = 0; place < row.length; place++) {
    const { length, places } = lexicon.conceptsAt(row, place);
    const joined = place + 1 < row.length && row[place].length > 2 ? row[place] + row[place + 1] : "";
    if (length < 2 && joined && lexicon.isWord(joined)) {
      units.push(wordUnit(joined, lexicon));
      place++;
    } else if (length > 1) {
      const words = row.slice(place, place + length);
      units.push({ text: words.join(" "), words: words.filter((word) => !lexicon.silent.has(word)), codes: places.map(conceptCode), places });
      place += length - 1;
    } else if (places.length > 0 || !lexicon.silent.has(row[place])) {
      units.push({ text: row[place], words: [row[place]], codes: places.map(conceptCode), places });
    }
  }
  return units.length > 0 || row.length === 0 ? units : row.map((word) => ({ text: word, words: [word], codes: [] }));
}

export function wordUnit(word, lexicon) {
  const { length, places } = lexicon.conceptsAt([word], 0);
  return { text: word, words: [word], codes: length ? places.map(conceptCode) : [], places: length ? places : [] };
}

// Steps from one word to another: a letter more, less, other, or two that changed places. Stops above `most`.
export function distance(one, other, most) {
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      line[column] = Math.min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) line[column] = Math.min(line[column], before[column - 2] + 1);
    }
    if (Math.min(...line) > most) return most + 1;
    before = last;
    last = line;
  }
  return last[other.length];
}

function split(text) {
  return text ? text.split("|") : [];
}
