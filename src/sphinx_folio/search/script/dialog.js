// The dialog, and the panel on the search page.

let dialog = null; // made when it is opened for the first time
const page = document.getElementById("search-page");

// Opens the dialog; afterwards, the focus returns to the element given.
function openDialog(query = "", focusedBefore = document.activeElement) {
  if (document.querySelector("dialog[open].folio-search-dialog")) return;
  dialog ??= makeDialog();
  dialog.focusedBefore ??= focusedBefore;
  dialog.box.showModal();
  const { input } = dialog.panel;
  if (query) input.value = query;
  input.focus();
  if (query) input.setSelectionRange(query.length, query.length);
  else input.select();
  loadEngine().catch(() => {}); // a search reports the error
  dialog.panel.update();
}

// Called when the dialog has been closed. The browser reports that with a delay: the dialog may be open again.
function restoreFocus() {
  if (dialog.box.open) return;
  const { focusedBefore } = dialog;
  dialog.focusedBefore = null;
  if (focusedBefore && focusedBefore !== document.body) focusedBefore.focus({ preventScroll: true });
  else document.activeElement?.blur(); // otherwise the browser focuses the theme's search box, where the key press went first
}

function makeDialog() {
  const panel = new Panel({ isPage: false });
  const close = element("button", { type: "button", className: "folio-search-close", "aria-label": MESSAGES.close }, element("kbd", {}, "Esc"));
  const box = element("dialog", { className: "folio-search-dialog", "aria-label": MESSAGES.search }, panel.element);
  panel.form.append(close);
  const keys = [["↑↓", MESSAGES.choose], ["↵", MESSAGES.open]].flatMap(([key, action]) => [element("kbd", {}, key), ` ${action} `]);
  panel.hint.append(element("span", { className: "folio-search-keys", ariaHidden: "true" }, ...keys));
  box.addEventListener("close", restoreFocus);
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => {
    const opensHere = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const isBackdrop = event.target === box;
    if (isBackdrop || opensHere) box.close();
  });
  document.body.append(box);
  return { box, panel, focusedBefore: null };
}

if (page) {
  const panel = new Panel({ isPage: true });
  page.replaceChildren(panel.element);
  panel.restoreFromAddress();
  addEventListener("popstate", () => panel.restoreFromAddress());
  if (!panel.input.value) panel.input.focus();
}
