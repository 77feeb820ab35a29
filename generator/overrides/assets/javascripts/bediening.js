// What every page needs to be used by keyboard: the menu on narrow screens, boxes that scroll, and
// which colours are chosen.

const menu = document.querySelector("[data-menu]");

menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// A box takes the focus as long as there is something to scroll, and is called after what it holds.
const boxes = new ResizeObserver((entries) => {
  for (const { target } of entries) reach(target, target.scrollWidth > target.clientWidth + 1);
});

function reach(box, scrolls) {
  if (!scrolls) {
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    return;
  }
  box.tabIndex = 0;
  const name = box.querySelector("caption")?.textContent ?? headingAbove(box)?.textContent;
  if (!name) return;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", name.trim());
}

function headingAbove(box) {
  const headings = [...document.querySelectorAll("article :is(h1, h2, h3)")];
  return headings.findLast((heading) => heading.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING);
}

// The theme lays its boxes around tables when the page is there, after this script; only then it knows its colours.
addEventListener("load", () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .atlas-tabel")) boxes.observe(box);
  for (const choice of document.querySelectorAll(".md-option")) choice.checked = !choice.nextElementSibling.hidden;
});
