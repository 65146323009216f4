// The search dialog, and the panel on the search page. The launcher shows the dialog, and opens it with folioSearch.open.

let dialogPanel = null; // made when the dialog is opened for the first time
let isLeaving = false; // whether a result closes the dialog

// Opens the dialog, unless the launcher has done so, and searches for what is in its input. left: what the reader searched for
// before following a result of the dialog on this page, { query, filters, place }.
function openDialog(left) {
  const dialog = showDialog(left?.query);
  dialogPanel ??= completePanel(dialog);
  isLeaving = false;
  if (left) Object.assign(dialogPanel, { filters: left.filters, place: left.place });
  dialogPanel.update();
}

// Adds to the dialog of the launcher, which has only a form, what belongs to a panel.
function completePanel(dialog) {
  const panel = new Panel(dialog.firstChild);
  const close = () => dialog.close();
  panel.form.append(element("button", { type: "button", className: "folio-search-close", "aria-label": MESSAGES.close, onclick: close }, element("kbd", {}, "Esc"), element("span", {}, "✕")));
  const keys = [["↑↓", MESSAGES.choose], ["↵", MESSAGES.open]].flatMap(([key, action]) => [element("kbd", {}, key), ` ${action} `]);
  panel.hint.append(element("span", { className: "folio-search-keys", ariaHidden: "true" }, ...keys));
  // The browser reports a closed dialog with a delay: it may be open again.
  dialog.addEventListener("close", () => !dialog.open && !isLeaving && forgetLeft());
  dialog.addEventListener("click", (event) => {
    const opensHere = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    isLeaving = Boolean(opensHere);
    if (opensHere || event.target === dialog) close();
  });
  return panel;
}

// Opens the dialog again when the reader comes back from a result on another page.
function openLeft() {
  const left = history.state?.folioSearch;
  if (left && !page) openDialog(left);
}

function forgetLeft() {
  if (history.state?.folioSearch) history.replaceState({ ...history.state, folioSearch: null }, "");
}

if (page) {
  const panel = new Panel(page.firstChild, true); // the launcher has put it there
  page.lastChild.remove(); // the notice that search requires JavaScript
  panel.restoreFromAddress(panel.input.value);
  addEventListener("popstate", () => panel.restoreFromAddress());
} else {
  openLeft();
  addEventListener("pageshow", (event) => event.persisted && openLeft());
}
