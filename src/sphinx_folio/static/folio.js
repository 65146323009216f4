// Tables of class folio-sortable are sorted by a press on a heading; without this script they are plain tables.
"use strict";

for (const table of document.querySelectorAll("table.folio-sortable")) {
  const body = table.tBodies[0];
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const steps = cell.querySelector(".folio-steps");
    if (steps) return String([...steps.textContent].filter((step) => step === "●").length);
    const time = cell.querySelector("time")?.dateTime ?? "";
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
      const ascending = heading.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const rows = [...body.rows].sort((a, b) => compare(valueOf(a, column), valueOf(b, column)));
      body.append(...(ascending ? rows : rows.reverse()));
    });
  });
}
