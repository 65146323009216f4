// The search dialog, and the panel on the search page. The launcher opens the dialog with folioSearch.open.

let dialog = null; // made when it is opened for the first time
const page = document.getElementById("search-page");

// Opens the dialog; afterwards, the focus returns to the element given. left: what the reader searched for before following a
// result of the dialog on this page, { query, filters, place }.
function openDialog(query = "", focusedBefore = document.activeElement, left = null) {
  if (document.querySelector("dialog[open].folio-search-dialog")) return;
  dialog ??= makeDialog();
  dialog.focusedBefore ??= focusedBefore;
  dialog.isLeaving = false;
  dialog.box.showModal();
  const { input } = dialog.panel;
  if (left) Object.assign(dialog.panel, { filters: left.filters, place: left.place });
  if (query) input.value = query;
  input.focus();
  if (query) input.setSelectionRange(query.length, query.length);
  else input.select();
  dialog.panel.update();
}

// Called when the dialog has been closed. The browser reports that with a delay: the dialog may be open again.
function restoreFocus() {
  if (dialog.box.open) return;
  if (!dialog.isLeaving) forgetLeft();
  const { focusedBefore } = dialog;
  dialog.focusedBefore = null;
  if (focusedBefore && focusedBefore !== document.body) focusedBefore.focus({ preventScroll: true });
  else document.activeElement?.blur(); // otherwise the browser focuses the theme's search box, where the key press went first
}

function makeDialog() {
  const panel = new Panel({ isPage: false });
  const close = element("button", { type: "button", className: "folio-search-close", "aria-label": MESSAGES.close }, element("kbd", {}, "Esc"), element("span", {}, "✕"));
  const box = element("dialog", { className: "folio-search-dialog", "aria-label": MESSAGES.search }, panel.element);
  panel.form.append(close);
  const keys = [["↑↓", MESSAGES.choose], ["↵", MESSAGES.open]].flatMap(([key, action]) => [element("kbd", {}, key), ` ${action} `]);
  panel.hint.append(element("span", { className: "folio-search-keys", ariaHidden: "true" }, ...keys));
  box.addEventListener("close", restoreFocus);
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => {
    const opensHere = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const isBackdrop = event.target === box;
    dialog.isLeaving = Boolean(opensHere);
    if (isBackdrop || opensHere) box.close();
  });
  document.body.append(box);
  return { box, panel, focusedBefore: null, isLeaving: false };
}

// Opens the dialog again when the reader comes back from a result on another page.
function openLeft() {
  const left = history.state?.folioSearch;
  if (left && !page) openDialog(left.query, document.activeElement, left);
}

function forgetLeft() {
  if (history.state?.folioSearch) history.replaceState({ ...history.state, folioSearch: null }, "");
}

if (page) {
  const panel = new Panel({ isPage: true });
  page.replaceChildren(panel.element);
  panel.restoreFromAddress();
  addEventListener("popstate", () => panel.restoreFromAddress());
  if (!panel.input.value) panel.input.focus();
} else {
  openLeft();
  addEventListener("pageshow", (event) => event.persisted && openLeft());
}
