// Opens the dialog with "/", Ctrl+K or the theme's search box. Every page loads only this until its reader starts to search.

const page = document.getElementById("search-page");
let loading = null; // a promise

// Resolves to the script of the engine, which replaces the global folioSearch of this one.
function loadSearch() {
  loading ??= new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.src = ENGINE;
    tag.onload = () => resolve(window.folioSearch);
    tag.onerror = () => reject(new Error(ENGINE));
    document.head.append(tag);
  });
  loading.catch(() => (loading = null));
  return loading;
}

function isTextInput(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

// The search boxes of the theme, and other elements that open the dialog.
const boxes = document.querySelectorAll("form[role=search] input[name=q], form.search input[name=q], .sidebar-search, [data-folio-search]");

// Opens the dialog. What is typed while the engine is loading goes into the theme's box first, and is then moved to the dialog.
function open(box) {
  const focusedBefore = document.activeElement;
  if (focusedBefore !== box) box?.focus();
  loadSearch()
    .then((search) => {
      const query = box?.value || "";
      if (query) box.value = "";
      search.open(query, focusedBefore);
    })
    .catch(() => (box?.href ? location.assign(box.href) : box?.form?.submit?.())); // the search page reports the error
}

addEventListener(
  "keydown",
  (event) => {
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    const isInThemeBox = !page && [...boxes].includes(event.target); // there, the key opens the dialog, too
    // A Chinese input method turns the key into 、 or reports only that it is processing it.
    const isSlashKey = /^[/／、]$/.test(event.key) || (event.key === "Process" && event.code === "Slash");
    const isSlash = !isModified && (isInThemeBox || !isTextInput(event.target)) && isSlashKey;
    // A keyboard of another script has another letter on the key.
    const isControlK = (/^k$/i.test(event.key) || (event.code === "KeyK" && event.key > "~")) && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isSlash && !isControlK) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Sphinx's own shortcut would focus the theme's box
    if (page) page.querySelector("input")?.focus();
    else if (window.folioSearch.open) window.folioSearch.open();
    else open([...boxes].find((box) => box.form) ?? boxes[0]);
  },
  true,
);

// The theme's boxes open the dialog; without this script, they lead to the search page.
for (const box of boxes) {
  box.setAttribute("aria-keyshortcuts", "/ Control+K");
  if (page) continue;
  const openFromBox = (event) => {
    if (event.isComposing) return;
    event.preventDefault();
    open(box);
  };
  for (const name of ["click", "input", "compositionend"]) box.addEventListener(name, openFromBox);
}

if (page || history.state?.folioSearch || /[?&]marks=/.test(location.search)) loadSearch();
