// Texts to reuse: gives every block a copy button. Without script there are none, and the texts can be selected.

const PAUSE = 50;
const DONE = "atlas-motivering__knop--klaar";

for (const part of document.querySelectorAll("[data-kopieren]")) {
  const said = part.dataset;
  const status = part.querySelector("[data-kopieerstand]");
  const all = part.querySelector("[data-kopieerblokken]");
  const blocks = [...part.querySelectorAll("[data-kopieerblok]")];
  all.before(button(said.alles, blocks, all, said.geluktAlles));
  for (const block of blocks) {
    if (!block.querySelector("[data-kopieertekst='']")) continue;
    const name = heading(block).toLowerCase();
    block.append(button(said.knop.replace("{naam}", name), [block], block, said.gelukt.replace("{naam}", name)));
  }

  function button(text, chosen, place, done) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "atlas-knop atlas-knop--rustig atlas-motivering__knop";
    made.textContent = text;
    made.addEventListener("click", () => copy(made, chosen, place, done));
    return made;
  }

  async function copy(pressed, chosen, place, done) {
    status.textContent = "";
    for (const other of part.querySelectorAll("button")) other.classList.remove(DONE);
    try {
      await navigator.clipboard.writeText([...chosen.map(plain), source(said)].join("\n\n"));
      pressed.classList.add(DONE);
      say(done);
    } catch {
      getSelection().selectAllChildren(place);
      say(said.mislukt);
    }
  }

  // The same words are read out again only if the region was empty in between.
  function say(text) {
    setTimeout(() => { status.textContent = text; }, PAUSE);
  }
}

function heading(block) {
  return block.querySelector("h3").textContent.trim();
}

function plain(block) {
  const texts = [...block.querySelectorAll("[data-kopieertekst]")].map((text) => {
    const words = text.textContent.replace(/\s+/g, " ").trim();
    return text.dataset.kopieertekst === "mist" ? `[${words}]` : words;
  });
  return [heading(block), ...texts].join("\n\n");
}

// A site that was built without its own address names the one at which it is read.
function source(said) {
  const title = document.querySelector("h1").textContent.replace(/\s+/g, " ").trim();
  const address = said.adres.startsWith("http") ? said.adres : location.origin + location.pathname;
  return `${said.bron} "${title}", ${address}`;
}
