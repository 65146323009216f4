// Tables of class folio-sortable are sorted by a press on a heading; a third press brings groups back.
"use strict";

// The rules of the page's language, or those of the browser if its tag is unknown or invalid.
const collator = () => {
  try {
    return new Intl.Collator(document.documentElement.lang, { numeric: true });
  } catch {
    return new Intl.Collator(undefined, { numeric: true });
  }
};

for (const table of document.querySelectorAll("table.folio-sortable")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const members = new Map(); // the text of a row → the row, and the titles of all groups that have it
  let title;
  for (const row of rows) {
    if (row.matches(".folio-group")) title = row.querySelector("p");
    else members.set(row.textContent, [row, [...(members.get(row.textContent)?.[1] ?? []), title]]);
  }
  // While there are no groups, a row shows their titles: a label, which only screen readers hear elsewhere, and links.
  const lines = [...(title ? members.values() : [])].map(([row, titles]) => {
    const line = document.createElement("p");
    line.className = "folio-line";
    line.append(...titles.flatMap(({ children }, place) => [...children].slice(place ? -1 : 0)).map((part) => part.cloneNode(true)));
    line.firstChild?.removeAttribute("class");
    return [row, line];
  });
  const compare = collator().compare;
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const time = cell.querySelector("time")?.dateTime ?? cell.querySelector("data")?.value ?? "";
    const duration = time.match(/^P(\d+)Y(\d+)M$/);
    return duration ? String(duration[1] * 12 + Number(duration[2])) : time || cell.textContent.trim();
  };
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const content = heading.querySelector("p") ?? heading;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "folio-sort";
    if (content.querySelector("a")) {
      button.setAttribute("aria-label", content.textContent.trim()); // a link cannot stand in a button
    } else {
      button.append(...content.childNodes);
    }
    content.append(button);
    button.addEventListener("click", () => {
      const before = heading.getAttribute("aria-sort");
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      const isBack = title && before === "descending";
      for (const [row, line] of lines) isBack ? line.remove() : row.cells[0].append(line);
      if (isBack) return body.replaceChildren(...rows);
      const ascending = before !== "ascending";
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const sorted = title ? lines.map(([row]) => row) : [...rows];
      sorted.sort((a, b) => compare(valueOf(a, column), valueOf(b, column)));
      body.replaceChildren(...(ascending ? sorted : sorted.reverse()));
    });
  });
}
