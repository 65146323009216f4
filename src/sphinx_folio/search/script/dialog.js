// The dialog on every page, and the keys and boxes that open it.

let dialog = null;
const page = document.getElementById("search-page");

function openDialog(query = "") {
  if (document.querySelector("dialog[open].folio-search-dialog")) return;
  dialog ??= makeDialog();
  const before = document.activeElement;
  dialog.box.addEventListener("close", () => before?.focus?.({ preventScroll: true }), { once: true });
  dialog.box.showModal();
  if (query) dialog.panel.input.value = query;
  dialog.panel.input.focus();
  dialog.panel.input.select();
  turnToSearch().catch(() => {});
  dialog.panel.answer();
}

function makeDialog() {
  const panel = new Panel({ whole: false });
  const close = element("button", { type: "button", className: "folio-search-close", "aria-label": WORDS.close }, element("kbd", {}, "Esc"));
  const box = element("dialog", { className: "folio-search-dialog", "aria-label": WORDS.search }, panel.element);
  panel.form.append(close);
  const keys = [["↑↓", WORDS.choose], ["↵", WORDS.open]].flatMap(([key, does]) => [element("kbd", {}, key), ` ${does} `]);
  panel.hint.append(element("span", { className: "folio-search-keys", ariaHidden: "true" }, ...keys));
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => {
    const followed = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (event.target === box || followed) box.close();
  });
  document.body.append(box);
  return { box, panel };
}

function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

addEventListener(
  "keydown",
  (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    // A Chinese input method makes 、 of the key, or says only that it is at work.
    const slash = !modified && !typing(event.target) && (/^[/／、]$/.test(event.key) || (event.key === "Process" && event.code === "Slash"));
    const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !chord) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Sphinx's own shortcut would lead to the box of the theme
    if (page) page.querySelector("input").focus();
    else openDialog();
  },
  true,
);

// The theme's own box opens the dialog; without this script it leads to the search page.
for (const box of document.querySelectorAll("form[role=search] input[name=q], .sidebar-search, [data-folio-search]")) {
  box.setAttribute("aria-keyshortcuts", "/ Control+K");
  if (page) continue;
  const open = (event) => {
    if (event.isComposing) return;
    event.preventDefault();
    const query = box.value || "";
    if (query) box.value = "";
    openDialog(query);
  };
  for (const name of ["click", "input", "compositionend"]) box.addEventListener(name, open);
}

if (page) {
  const panel = new Panel({ whole: true });
  page.replaceChildren(panel.element);
  panel.recall();
  addEventListener("popstate", () => panel.recall());
  if (!panel.input.value) panel.input.focus();
}
