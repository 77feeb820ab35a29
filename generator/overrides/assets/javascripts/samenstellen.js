// Put a session together from training kits, in the browser alone. Parts come from the pages of the kits on this same
// site; only the parts that are asked for enter this page, so a print of the worksheets holds no ending.

const SHEET = 8;
const PAUSE = 50;
const PARTS = {
  werkblad: ["werkblad", "waarden"],
  alles: ["werkblad", "waarden", "afloop", "leiding", "begeleiding", "rollenspel"],
  kaarten: ["kaart-voor", "kaart-achter"],
};
const ONCE = new Set(["waarden", "leiding", "rollenspel"]);

const root = document.querySelector("[data-les-samenstellen]");
const paper = document.querySelector("[data-les-blad]");
const find = (name) => root.querySelector(`[data-les-${name}]`);
const said = root.dataset;
const offered = new Map([...root.querySelectorAll("[data-les-casus]")].map((item) => [item.dataset.lesCasus, item]));
const fetched = new Map();
const address = new URL(location.href);
const asked = (address.searchParams.get("c") ?? "").split(",").filter(Boolean);
let chosen = [...new Set(asked)].filter((id) => offered.has(id));
let turn = 0;

if (Object.hasOwn(PARTS, address.searchParams.get("vel") ?? "")) find("vel").value = address.searchParams.get("vel");
for (const [id, item] of offered) {
  const button = press(said.voeg, name(id), () => {
    chosen.push(id);
    show();
    say(said.erbij, id);
  });
  item.append(button);
}
for (const filter of root.querySelectorAll("[data-les-filter]")) filter.addEventListener("change", sift);
find("vel").addEventListener("change", show);
find("druk").addEventListener("click", () => print());
find("deelknop").addEventListener("click", share);
addEventListener("beforeprint", () => {
  for (const part of paper.querySelectorAll("details")) part.open = true;
  // Browsers print the address, and the names of cases tell how they end.
  if (find("vel").value !== "alles") history.replaceState(null, "", location.pathname);
});
addEventListener("afterprint", remember);
show();
if (asked.some((id) => !offered.has(id))) say(said.onbekend);

function name(id) {
  return offered.get(id).querySelector("a").textContent;
}

function press(text, about, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "atlas-knop atlas-knop--rustig";
  button.textContent = text;
  button.setAttribute("aria-label", `${text}: ${about}`);
  button.addEventListener("click", action);
  return button;
}

function sift() {
  const [domain, kind] = ["gebied", "knelpunt"].map((key) => root.querySelector(`[data-les-filter="${key}"]`).value);
  for (const [id, item] of offered) {
    const fits = (!domain || item.dataset.gebied.split(" ").includes(domain)) && (!kind || item.dataset.knelpunt === kind);
    item.hidden = chosen.includes(id) || !fits;
  }
}

function show() {
  find("gekozen").replaceChildren(...chosen.map(line));
  find("leeg").hidden = chosen.length > 0;
  find("klaar").hidden = chosen.length === 0;
  sift();
  remember();
  fill();
}

function remember() {
  const query = chosen.length ? `?c=${chosen.join(",")}&vel=${find("vel").value}` : location.pathname;
  history.replaceState(null, "", query);
}

function line(id, place) {
  const item = document.createElement("li");
  const title = document.createElement("span");
  title.textContent = `${place + 1}. ${name(id)}`;
  const up = press(said.omhoog, name(id), () => move(id, -1));
  const down = press(said.omlaag, name(id), () => move(id, 1));
  up.disabled = place === 0;
  down.disabled = place === chosen.length - 1;
  const away = press(said.weg, name(id), () => {
    chosen = chosen.filter((other) => other !== id);
    show();
    (find("gekozen").querySelector("button:not([disabled])") ?? find("aanbod")).focus();
    say(said.eraf, id);
  });
  item.append(title, document.createElement("br"), up, down, away);
  return item;
}

function move(id, step) {
  const place = chosen.indexOf(id);
  chosen.splice(place, 1);
  chosen.splice(place + step, 0, id);
  show();
  const buttons = [...find("gekozen").children[place + step].querySelectorAll("button")];
  const same = buttons[step < 0 ? 0 : 1];
  (same.disabled ? buttons[step < 0 ? 1 : 0] : same).focus();
  say(said.verplaatst, id);
}

// The same words are read out again only if the region was empty in between.
function say(text, id = "") {
  const words = id ? text.replace("{naam}", () => name(id)) : text;
  const told = words.replace("{plaats}", chosen.indexOf(id) + 1).replace("{totaal}", chosen.length);
  find("stand").textContent = "";
  setTimeout(() => { find("stand").textContent = told; }, PAUSE);
}

async function share() {
  try {
    await navigator.clipboard.writeText(location.href);
    say(said.gekopieerd);
  } catch {
    say(said.nietGekopieerd);
  }
}

// A page of a kit on this site, as a document that is never shown.
async function kit(id) {
  if (!fetched.has(id)) {
    const place = offered.get(id).querySelector("a").href;
    const answer = await fetch(place);
    if (!answer.ok) throw new Error(String(answer.status));
    fetched.set(id, [new DOMParser().parseFromString(await answer.text(), "text/html"), place]);
  }
  return fetched.get(id);
}

function part([page, place], kind, number) {
  return [...page.querySelectorAll(`[data-les-deel="${kind}"]`)].map((found) => {
    const copy = document.importNode(found, true);
    for (const piece of [copy, ...copy.querySelectorAll("*")]) piece.removeAttribute("id");
    for (const link of copy.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), place);
    for (const count of copy.querySelectorAll("[data-les-nummer]")) count.textContent = ` ${number}`;
    return copy;
  });
}

async function fill() {
  const mine = ++turn;
  const view = find("vel").value;
  const pages = [];
  for (const id of chosen) {
    try {
      pages.push(await kit(id));
    } catch {
      if (mine === turn) say(said.mislukt, id);
    }
  }
  if (mine !== turn) return;
  const made = PARTS[view].map((kind) =>
    (ONCE.has(kind) ? pages.slice(0, 1) : pages).flatMap((page, place) => part(page, kind, place + 1)));
  paper.classList.toggle("les--kaarten", view === "kaarten");
  paper.replaceChildren(...(view === "kaarten" ? sheets(...made) : made.flat()));
}

// Fronts and backs in turn, eight on a sheet.
function sheets(fronts, backs) {
  const made = [];
  for (let from = 0; from < fronts.length; from += SHEET) {
    for (const [cards, side] of [[fronts, ""], [backs, " les-vel--achter"]]) {
      const sheet = document.createElement("section");
      sheet.className = `les-vel${side}`;
      sheet.append(...cards.slice(from, from + SHEET));
      made.push(sheet);
    }
  }
  return made;
}
