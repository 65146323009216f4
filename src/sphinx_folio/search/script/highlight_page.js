// Highlights the words and phrases of a query on the page that a result leads to (?marks=…&marks=…), with buttons to step from
// mark to mark and to remove them. Words are marked as a whole; if the page has only parts of a run of Han characters, those in the target are.

function highlightPage() {
  const forms = new URLSearchParams(location.search).getAll("marks");
  const body = document.querySelector("[role=main], main, article");
  if (!body) return;
  const parsed = { units: forms.map((form) => ({ forms: [fold(form)] })) };
  const bodyText = fold(body.textContent);
  const bodyTerms = new Set(tokenize(bodyText));
  const areWhole = (word) => bodyTerms.has(word) || bodyText.includes(word);
  const match = matcherFor(parsed, { areWhole });
  const matchParts = matcherFor(parsed, {});
  const target = body.querySelector(":target");
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("script, style, svg, textarea, .headerlink, .math, .mermaid") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const textNodes = [];
  while (walker.nextNode()) textNodes.push(walker.currentNode);
  for (const node of textNodes) {
    const matchHere = match(node.data).length ? match : target?.contains(node) && parsed.units.length === 1 ? matchParts : match;
    if (!matchHere(node.data).length) continue;
    const made = highlighted(node.data, matchHere);
    for (const mark of made.querySelectorAll("mark")) mark.className = "folio-search-mark";
    node.replaceWith(made);
  }
  const marks = [...document.querySelectorAll("mark.folio-search-mark")];
  if (marks.length) addNotice(forms.join(" · "), marks, target);
}

// Opens an element that may be closed: details, or a tab, whose label precedes it.
function reveal(element) {
  const label = element.previousElementSibling;
  if (element.localName === "details") element.open = true;
  else if (label?.control?.type === "radio") label.click();
}

function addNotice(query, marks, target) {
  const notice = element("div", { className: "folio-search-marked", role: "region", "aria-label": format(MESSAGES.marked, query) });
  // The marks before the target are behind the reader.
  let current = target ? marks.findIndex((mark) => target.contains(mark) || target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) - 1 : -1;
  const place = element("span", { role: "status" }, `${query} (${marks.length})`);
  const step = (by) => {
    marks[current]?.classList.remove("folio-search-current");
    current = (current + by + marks.length) % marks.length;
    marks[current].classList.add("folio-search-current");
    for (let around = marks[current]; around; around = around.parentElement) reveal(around);
    marks[current].scrollIntoView({ block: "center" });
    place.textContent = `${query} (${current + 1} / ${marks.length})`;
  };
  const removeHighlights = () => {
    for (const mark of marks) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    notice.remove();
    removeEventListener("keydown", onEscape);
    const address = new URL(location.href);
    address.searchParams.delete("marks");
    history.replaceState(history.state, "", address);
  };
  const onEscape = (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) removeHighlights();
  };
  const button = (label, text, action) => {
    const made = element("button", { type: "button", "aria-label": label, title: label }, text);
    made.addEventListener("click", action);
    return made;
  };
  const steps = marks.length > 1 ? [button(MESSAGES.previous_mark, "↑", () => step(-1)), button(MESSAGES.next_mark, "↓", () => step(1))] : [];
  notice.append(place, ...steps, button(MESSAGES.unmark, "✕", removeHighlights));
  document.body.append(notice);
  addEventListener("keydown", onEscape);
}

highlightPage();
