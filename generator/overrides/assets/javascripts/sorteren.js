// Tables that can be sorted: every column head becomes a button. Without script the table stays as it is.

for (const table of document.querySelectorAll("table[data-sorteer]")) {
  const body = table.tBodies[0];
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "atlas-sorteer";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(table, body, head));
    head.replaceChildren(button);
  }
}

function sort(table, body, head) {
  const down = head.getAttribute("aria-sort") !== "descending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const value = (row) => row.cells[head.cellIndex].textContent.trim();
  const number = (text) => Number.parseFloat(text.replace(",", "."));
  const compare = "sorteerGetal" in head.dataset
    ? (a, b) => number(value(a)) - number(value(b))
    : (a, b) => value(a).localeCompare(value(b), "nl");
  const rows = [...body.rows].sort(compare);
  body.append(...(down ? rows.reverse() : rows));
}
