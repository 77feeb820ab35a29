// Tables that can be sorted: every column head becomes a button, and on a phone, where rows stand one below the other,
// a list of the columns stands above the table. Without script the table stays as it is.

for (const table of document.querySelectorAll("table[data-sorteer]")) {
  const heads = [...table.tHead.rows[0].cells];
  const choice = chooser(table, heads);
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "atlas-sorteer";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      sort(table, head, head.getAttribute("aria-sort") !== first(head) ? first(head) : other(first(head)));
      if (choice) choice.value = String(head.cellIndex);
    });
    const name = document.createElement("span");
    name.className = "atlas-sorteerkop";
    name.textContent = button.textContent;
    head.replaceChildren(button, name);
  }
}

function chooser(table, heads) {
  if (!table.dataset.sorteer) return null;
  const select = document.createElement("select");
  for (const head of heads) select.append(new Option(head.textContent, String(head.cellIndex)));
  select.selectedIndex = heads.length - 1;
  select.addEventListener("change", () => {
    const head = heads[Number(select.value)];
    sort(table, head, first(head));
  });
  const label = document.createElement("label");
  label.className = "atlas-sorteerkeuze";
  label.append(table.dataset.sorteer, " ", select);
  table.parentElement.before(label);
  return select;
}

function first(head) {
  return "sorteerGetal" in head.dataset ? "descending" : "ascending";
}

function other(order) {
  return order === "descending" ? "ascending" : "descending";
}

function sort(table, head, order) {
  for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", order);
  const body = table.tBodies[0];
  const value = (row) => row.cells[head.cellIndex].textContent.trim();
  const number = (text) => Number.parseFloat(text.replace(",", "."));
  const compare = "sorteerGetal" in head.dataset
    ? (a, b) => number(value(a)) - number(value(b))
    : (a, b) => value(a).localeCompare(value(b), "nl");
  const rows = [...body.rows].sort(compare);
  body.append(...(order === "descending" ? rows.reverse() : rows));
}
