// The link to the page in another language keeps the place on the page; without this script it leads to its top.
"use strict";

for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
