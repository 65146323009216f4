// The keys and boxes that open the dialog: all that a page needs until its reader turns to search.

const page = document.getElementById("search-page");
let loading = null;

// Resolves to the whole of search, which takes the place of this.
function load() {
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

function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

const boxes = document.querySelectorAll("form[role=search] input[name=q], .sidebar-search, [data-folio-search]");

// What is typed while search is on its way goes to the theme's own box, and from there to the dialog.
function open(box) {
  const before = document.activeElement;
  if (before !== box) box?.focus();
  load()
    .then((search) => {
      const query = box?.value || "";
      if (query) box.value = "";
      search.open(query, before);
    })
    .catch(() => (box?.href ? location.assign(box.href) : box?.form?.submit?.())); // the search page says what is wrong
}

addEventListener(
  "keydown",
  (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    // A Chinese input method makes 、 of the key, or says only that it is at work.
    const doorway = !page && [...boxes].includes(event.target); // in the theme's own box, the key is no text either
    const slash = !modified && (doorway || !typing(event.target)) && (/^[/／、]$/.test(event.key) || (event.key === "Process" && event.code === "Slash"));
    const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !chord) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Sphinx's own shortcut would lead to the box of the theme
    if (page) page.querySelector("input")?.focus();
    else if (window.folioSearch.open) window.folioSearch.open();
    else open([...boxes].find((box) => box.form) ?? boxes[0]);
  },
  true,
);

// The theme's own box opens the dialog; without this script it leads to the search page.
for (const box of boxes) {
  box.setAttribute("aria-keyshortcuts", "/ Control+K");
  if (page) continue;
  const turn = (event) => {
    if (event.isComposing) return;
    event.preventDefault();
    open(box);
  };
  for (const name of ["click", "input", "compositionend"]) box.addEventListener(name, turn);
}

if (page || /[?&]marks=/.test(location.search)) load();
