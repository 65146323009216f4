// Highlights the words of a query on the page that a result leads to (?marks=…), with a button to remove the highlights.

function highlightPage() {
  const query = new URLSearchParams(location.search).get("marks");
  const body = document.querySelector("[role=main], main, article");
  if (!query || !body) return;
  const parsed = { units: query.split(/\s+/).map((form) => ({ forms: [fold(form)] })) };
  const bodyText = fold(body.textContent);
  parsed.wholeRuns = parsed.units.flatMap(({ forms }) => [...forms[0].matchAll(TOKEN)].map(([run]) => run)).filter((run) => bodyText.includes(run));
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("script, style, svg, .headerlink") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const textNodes = [];
  while (walker.nextNode()) textNodes.push(walker.currentNode);
  let count = 0;
  for (const node of textNodes) {
    if (!matchingRanges(node.data, parsed).length) continue;
    const made = highlighted(node.data, parsed);
    for (const mark of made.querySelectorAll("mark")) mark.className = "folio-search-mark";
    node.replaceWith(made);
    count += 1;
  }
  if (count) addRemoveButton(query);
}

function addRemoveButton(query) {
  const notice = element("div", { className: "folio-search-marked", role: "region", "aria-label": format(MESSAGES.marked, query) });
  const removeHighlights = () => {
    for (const mark of document.querySelectorAll("mark.folio-search-mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    notice.remove();
    removeEventListener("keydown", onEscape);
    const address = new URL(location.href);
    address.searchParams.delete("marks");
    history.replaceState(null, "", address);
  };
  const onEscape = (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) removeHighlights();
  };
  const button = element("button", { type: "button" }, MESSAGES.unmark);
  button.addEventListener("click", removeHighlights);
  notice.append(element("span", {}, format(MESSAGES.marked, query)), " ", button);
  document.body.append(notice);
  addEventListener("keydown", onEscape);
}

highlightPage();
