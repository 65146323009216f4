// Opens the dialog with "/", Ctrl+K or the theme's search box. Every page loads only this until its reader starts to search.

const MESSAGES = FOLIO_MESSAGES;
const page = document.getElementById("search-page");
let loading = null; // a promise
let dialog = null; // made when it is opened for the first time

// What opens the dialog: boxes and buttons of Sphinx and of themes, and elements of the site.
const OPENERS = [
  "[role=search] input[name=q]:not(.folio-search-input)", // furo, sphinx_rtd_theme and the box of Sphinx
  "form.search input[name=q]", // the box of Sphinx in older templates
  ".search-button__button", // pydata_sphinx_theme and sphinx_book_theme
  ".bd-search:not(.bd-search-container *) input", // their box, except for that of their search page
  "[data-folio-search]",
].join();

// Resolves to the script of the engine, which replaces the global folioSearch of this one.
function loadSearch() {
  loading ??= new Promise((resolve, reject) => {
    const tag = element("script", { src: ENGINE, onload: () => resolve(folioSearch), onerror: reject });
    document.head.append(tag);
  });
  loading.catch(() => (loading = null));
  return loading;
}

function isTextInput(target) {
  return target.isContentEditable || target.matches?.("input, textarea, select");
}

// Makes a panel with a form and its input, which are enough to type. The engine adds the rest.
function makePanel() {
  const input = element("input", { type: "search", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: false, enterKeyHint: "search", "aria-label": MESSAGES.search, className: "folio-search-input" });
  const form = element("form", { role: "search", "aria-label": MESSAGES.search, action: new URL(MESSAGES.search_page, ROOT), className: "folio-search-form" }, input);
  return element("div", { className: "folio-search-panel" }, form);
}

// Escape closes the dialog; browsers would clear its input first. While an input method uses the key, its code is 229.
function closeOnEscape(event) {
  if (event.keyCode !== 27) return;
  event.preventDefault();
  dialog.close();
  event.target.blur(); // the browser does that only with the next frame
}

// Shows the dialog and returns it. What is typed while the engine is loading is in its input.
function showDialog(query) {
  if (!dialog) document.body.append((dialog = element("dialog", { "aria-label": MESSAGES.search, className: "folio-search-dialog", onkeydown: closeOnEscape }, makePanel())));
  if (dialog.open) return dialog;
  const input = dialog.querySelector("input");
  dialog.showModal();
  input.focus();
  if (query) input.value = query;
  else input.select();
  return dialog;
}

// Opens the dialog, or goes to the input of the search page. What has been typed into the theme's box is moved.
function open(box) {
  if (page) return page.querySelector("input").focus();
  showDialog(box?.value);
  if (box?.value) box.value = "";
  loadSearch().then(
    (search) => dialog.open && search.open(),
    () => dialog.open && dialog.querySelector("form").submit(), // the search page reports the error
  );
}

addEventListener(
  "keydown",
  (event) => {
    const isControl = event.ctrlKey || event.metaKey;
    const isInThemeBox = !page && event.target.matches?.(OPENERS); // there, the key opens the dialog, too
    // A Chinese input method turns the key into 、 or reports only that it is processing it.
    const isSlashKey = /^[/／、]$/.test(event.key) || (event.key === "Process" && event.code === "Slash");
    const isSlash = !isControl && !event.altKey && (isInThemeBox || !isTextInput(event.target)) && isSlashKey;
    // A keyboard of another script has another letter on the key.
    const isControlK = (/^k$/i.test(event.key) || (event.code === "KeyK" && event.key > "~")) && isControl && !event.altKey && !event.shiftKey;
    if (!isSlash && !isControlK) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Sphinx's own shortcut would focus the theme's box
    open();
  },
  true,
);

// The theme's boxes and buttons open the dialog, before the theme sees the event; without this script, they are the theme's.
function openFromBox(event) {
  const box = event.target.closest?.(OPENERS);
  if (!box || event.isComposing || (page && box.form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  open(box);
}
for (const name of ["click", "input", "compositionend"]) addEventListener(name, openFromBox, true);
// On a narrow screen, furo has its box in the drawer: a button in the header does without it.
const header = document.querySelector(".mobile-header .header-right");
if (header && !header.querySelector("[data-folio-search]")) header.prepend(element("button", { type: "button", "data-folio-search": "", "aria-label": MESSAGES.search, className: "folio-search-button" }));
for (const box of document.querySelectorAll(OPENERS)) box.setAttribute("aria-keyshortcuts", "/ Control+K");

// On the search page, what is typed while the engine is loading is in the input, too.
if (page) {
  page.prepend(makePanel());
  if (!/[?&]q=/.test(location.search)) open();
}
// The theme may scroll smoothly, which takes a second to a result at the end of a page.
if (/[?&]marks=/.test(location.search)) document.documentElement.style.scrollBehavior = "auto";
if (page || history.state?.folioSearch || /[?&]marks=/.test(location.search)) loadSearch();
