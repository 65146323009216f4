// The dialog, and the search page.

let dialog = null;
const page = document.getElementById("search-page");

function openDialog(query = "", before = document.activeElement) {
  if (document.querySelector("dialog[open].folio-search-dialog")) return;
  dialog ??= makeDialog();
  const back = () => {
    if (before && before !== document.body) before.focus({ preventScroll: true });
    else document.activeElement?.blur(); // the browser would go back to the theme's box, where the key has led first
  };
  dialog.box.addEventListener("close", back, { once: true });
  dialog.box.showModal();
  const { input } = dialog.panel;
  if (query) input.value = query;
  input.focus();
  if (query) input.setSelectionRange(query.length, query.length);
  else input.select();
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

if (page) {
  const panel = new Panel({ whole: true });
  page.replaceChildren(panel.element);
  panel.recall();
  addEventListener("popstate", () => panel.recall());
  if (!panel.input.value) panel.input.focus();
}
