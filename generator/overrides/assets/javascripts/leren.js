// Training kits: a button that prints this page, with everything that is folded in. Without script the page says how.

for (const place of document.querySelectorAll("[data-les-printknop]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "atlas-knop";
  button.textContent = place.dataset.lesPrintknop;
  button.addEventListener("click", () => print());
  place.replaceWith(button);
}

let opened = [];

addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".les details:not([open])")];
  for (const part of opened) part.open = true;
});

addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
  opened = [];
});
