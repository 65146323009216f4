// Comforts for readers; without this script everything can be read all the same.
"use strict";

// Tables of class folio-sortable are sorted by a press on a heading.
for (const table of document.querySelectorAll("table.folio-sortable")) {
  const body = table.tBodies[0];
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const steps = cell.querySelector(".folio-steps");
    if (steps) return String([...steps.textContent].filter((step) => step === "●").length);
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
      const ascending = heading.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const rows = [...body.rows].sort((a, b) => compare(valueOf(a, column), valueOf(b, column)));
      body.append(...(ascending ? rows : rows.reverse()));
    });
  });
}

// What scrolls sideways can be reached and moved with the keyboard, and is named after the heading above it.
const scrolling = [...document.querySelectorAll(".folio-scroll, .table-wrapper, .highlight pre")];
const nameOf = (box) => {
  const heading = box.closest("section")?.querySelector("h1, h2, h3, h4, h5, h6");
  const words = [...(heading?.childNodes ?? [])].filter((node) => !node.classList?.contains("headerlink"));
  const name = words.map((node) => node.textContent).join("");
  const earlier = scrolling.filter((other) => other.getAttribute("aria-label")?.startsWith(name)).length;
  return earlier ? `${name} (${earlier + 1})` : name;
};
const settle = (box) => {
  const scrolls = box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX !== "visible";
  if (scrolls && !box.hasAttribute("tabindex")) {
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", nameOf(box));
  } else if (!scrolls) {
    for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
  }
};
const observer = new ResizeObserver((entries) => entries.forEach((entry) => settle(entry.target)));
for (const box of scrolling) observer.observe(box);
