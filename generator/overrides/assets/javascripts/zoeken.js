// The search page: asks Pagefind's index in the browser and shows results as text. Nothing is ever set as HTML.

const MOST = 30;

const form = document.querySelector("[data-zoeken]");
const status = document.querySelector("[data-zoekstand]");
const results = document.querySelector("[data-zoekresultaten]");
const texts = document.querySelector("[data-zoektekst]").dataset;
const input = form.elements.namedItem("q");

let pagefind;
let latest = 0;

async function search(query) {
  const turn = ++latest;
  if (!query.trim()) {
    status.textContent = "";
    results.replaceChildren();
    return;
  }
  status.textContent = texts.bezig;
  try {
    pagefind ??= await import(new URL(form.dataset.index, document.baseURI));
    const found = await pagefind.search(query);
    const shown = await Promise.all(found.results.slice(0, MOST).map((result) => result.data()));
    if (turn !== latest) return;
    results.replaceChildren(...shown.map(item));
    status.textContent = summary(found.results.length, shown.length);
  } catch {
    status.textContent = texts.fout;
  }
}

function summary(all, shown) {
  if (all === 0) return texts.geen;
  if (all === 1) return texts.een;
  const text = all > shown ? texts.eerste : texts.meer;
  return text.replace("{aantal}", String(all)).replace("{getoond}", String(shown));
}

function item(data) {
  const row = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = data.url;
  anchor.textContent = data.meta.title;
  row.append(anchor, part("span", "atlas-label", data.meta.soort ?? ""));
  const facts = ["knelpunt", "doorbraak"].filter((name) => data.meta[name]);
  for (const name of facts) row.append(fact(texts[name], data.meta[name]));
  if (facts.length === 0) row.append(part("p", "", excerpt(data)));
  return row;
}

// The piece around the words that were found, without the title that stands above it already.
function excerpt(data) {
  const text = data.plain_excerpt.trim();
  return text.startsWith(data.meta.title) ? text.slice(data.meta.title.length).replace(/^[.\s]+/, "") : text;
}

function fact(name, text) {
  const line = part("p", "", text);
  line.prepend(part("span", "atlas-redenen__soort", `${name}: `));
  return line;
}

function part(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = new URL(location.href);
  address.searchParams.set("q", input.value);
  history.pushState(null, "", address);
  search(input.value);
});

function fromAddress() {
  input.value = new URL(location.href).searchParams.get("q") ?? "";
  search(input.value);
}

addEventListener("popstate", fromAddress);
fromAddress();
