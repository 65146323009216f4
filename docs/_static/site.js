// The link to the page in another language keeps the place on the page, and on the search page the query; without this script it leads to its top.
"use strict";

for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", () => {
    link.search = location.search;
    link.hash = location.hash;
  });
}

// What is open beside the page closes on Escape.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const toggle of document.querySelectorAll(".sidebar-toggle:checked")) toggle.checked = false;
});
