// Comforts for readers; without this script everything can be read all the same.
"use strict";

// The text of a heading without the link to it, which themes add.
const textOf = (heading) => {
  const words = [...(heading?.childNodes ?? [])].filter((node) => !node.classList?.contains("headerlink"));
  return words.map((node) => node.textContent).join("");
};

// A table whose rows are stacked on a narrow screen stays a table to those who hear it.
const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
for (const part of document.querySelectorAll("table.folio-stacked, table.folio-stacked :is(thead, tbody, tr, th, td)")) {
  part.setAttribute("role", roles[part.tagName] ?? (part.closest("thead") ? "columnheader" : "rowheader"));
}

// What scrolls sideways can be reached and moved with the keyboard, and is named after the heading above it.
const scrolling = [...document.querySelectorAll(".folio-scroll, .table-wrapper, .folio-diagram-box, .highlight pre")];
const nameOf = (box) => {
  const name = textOf(box.closest("section")?.querySelector("h1, h2, h3, h4, h5, h6"));
  const earlier = scrolling.filter((other) => other.getAttribute("aria-label")?.startsWith(name)).length;
  return earlier ? `${name} (${earlier + 1})` : name;
};
const overflows = (box) => box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX !== "visible";
const hint = (box) => box.classList.toggle("folio-more", Math.abs(box.scrollLeft) + box.clientWidth < box.scrollWidth - 1);
const settle = (box, scrolls) => {
  if (scrolls) hint(box);
  else box.classList.remove("folio-more");
  if (scrolls && !box.hasAttribute("tabindex")) {
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", nameOf(box));
  } else if (!scrolls) {
    for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
  }
};
const look = (boxes) => {
  const found = boxes.map((box) => [box, overflows(box)]); // all read before the first is written
  for (const [box, scrolls] of found) settle(box, scrolls);
};
// In the next frame: an observer that changes sizes itself is an error in some browsers.
const observer = new ResizeObserver((entries) => requestAnimationFrame(() => look(entries.map(({ target }) => target))));
for (const box of scrolling) {
  observer.observe(box);
  box.addEventListener("scroll", () => hint(box), { passive: true });
}

// What is known of a skill, shown beside a link to it that is pointed at or focused; Escape puts it away.
const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href).href;
const preview = document.createElement("div");
preview.id = "folio-preview";
preview.className = "folio-preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;
let described = null;
let waiting = 0;

const known = () =>
  (known.loading ??= new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = `${root}_static/folio-skills.js`;
    script.addEventListener("load", () => resolve(globalThis.folioSkills ?? {}));
    script.addEventListener("error", () => resolve({}));
    document.head.append(script);
  }));
const hide = () => {
  clearTimeout(waiting);
  preview.hidden = true;
  described?.removeAttribute("aria-describedby");
  described = null;
};
// A link within the page has its address, which may lack index.html or have a query.
const linesOf = (skills, link) => {
  if (link.origin + link.pathname !== location.origin + location.pathname) return skills[link.href.slice(root.length)];
  return Object.entries(skills).find(([address]) => address.endsWith(link.hash))?.[1];
};
const show = async (link) => {
  const lines = linesOf(await known(), link);
  if (!lines || described !== link) return;
  preview.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  preview.hidden = false;
  link.setAttribute("aria-describedby", preview.id);
  const place = link.getBoundingClientRect();
  const below = place.bottom + preview.offsetHeight + 12 < innerHeight;
  const left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - preview.offsetWidth - 8));
  preview.style.left = `${left + scrollX}px`;
  preview.style.top = `${(below ? place.bottom : place.top - preview.offsetHeight) + scrollY}px`;
};
const ask = (link, delay) => {
  if (described === link) return clearTimeout(waiting);
  hide();
  described = link;
  waiting = setTimeout(show, delay, link);
};
const main = document.querySelector("[role=main]");
main?.append(preview);
for (const link of main?.querySelectorAll('a[href*="#skill_"]') ?? []) {
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && ask(link, 250));
  link.addEventListener("pointerleave", () => (waiting = setTimeout(hide, 200)));
  link.addEventListener("focus", () => link.matches(":focus-visible") && ask(link, 0));
  link.addEventListener("blur", hide);
}
preview.addEventListener("pointerenter", () => clearTimeout(waiting));
preview.addEventListener("pointerleave", hide);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

// Who follows a link to a place on another page gets a way back to the page that it stood on.
const BACK = "folio-back";
const storage = (() => {
  try {
    return sessionStorage; // refused where a browser is set so
  } catch {
    return null;
  }
})();
main?.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.internal[href*='#']");
  if (!link || link.pathname === location.pathname) return;
  const title = textOf(document.querySelector("h1")) || document.title;
  storage?.setItem(BACK, JSON.stringify({ to: link.href, from: location.href, title }));
});
const back = JSON.parse(storage?.getItem(BACK) ?? "null");
if (back && back.to === location.href && main) {
  const link = Object.assign(document.createElement("a"), { href: back.from, className: "folio-back" });
  link.textContent = `← ${back.title}`;
  link.addEventListener("click", (event) => {
    if (document.referrer !== back.from.split("#")[0]) return;
    event.preventDefault();
    history.back(); // to the very line
  });
  main.append(link);
}
