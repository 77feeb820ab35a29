// Which concepts a row of words names: the matching of concepts.py. Pure functions.

// Lower case without accents: the letters in which words are compared.
export function fold(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[^\0-\x7f]/g, "");
}

// The phrases, stems and parts of compounds of all concepts, ready to be met.
export class Terms {
  #phrases = new Map();
  #stems = new Map();
  #parts = new Map();

  // `concepts`: of each concept { phrases, stems, parts }, lists of folded texts; its place in the list is its number.
  constructor(concepts) {
    concepts.forEach(({ phrases, stems, parts }, place) => {
      for (const phrase of phrases) {
        const row = phrase.split(" ");
        // A whole word in a phrase is a stem that must be met in full, so its end is marked.
        add(this.#phrases, row[0], { row: row.map((word) => `${word}$`), place });
      }
      for (const stem of stems) add(this.#stems, stem.split(" ")[0], { row: stem.split(" "), place });
      for (const part of parts) add(this.#parts, part.replaceAll(" ", ""), place);
    });
  }

  // What begins at word `start` of the row: [{ place, length }], a concept more than once if more of its words do.
  at(row, start) {
    const word = row[start];
    const begun = [...(this.#phrases.get(word) ?? [])];
    const found = [];
    for (let cut = 1; cut <= word.length; cut++) {
      begun.push(...(this.#stems.get(word.slice(0, cut)) ?? []));
      for (const place of this.#parts.get(word.slice(0, cut)) ?? []) found.push({ place, length: 1 });
      for (const place of this.#parts.get(word.slice(-cut)) ?? []) found.push({ place, length: 1 });
    }
    for (const entry of begun) {
      if (meets(row, start, entry.row)) found.push({ place: entry.place, length: entry.row.length });
    }
    return found;
  }
}

// Puts a value behind those that a map of lists has under a key.
export function add(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

function meets(row, start, stems) {
  return stems.every((stem, step) => start + step < row.length && `${row[start + step]}$`.startsWith(stem));
}
