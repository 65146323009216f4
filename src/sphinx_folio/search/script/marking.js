// Marks on the page that a result leads to; they can be taken away.

function markPage() {
  const query = new URLSearchParams(location.search).get("marks");
  const body = document.querySelector("[role=main], main, article");
  if (!query || !body) return;
  const asked = { units: query.split(/\s+/).map((form) => ({ forms: [fold(form)] })) };
  const said = fold(body.textContent);
  asked.whole = asked.units.flatMap(({ forms }) => [...forms[0].matchAll(TOKEN)].map(([run]) => run)).filter((run) => said.includes(run));
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("script, style, svg, .headerlink") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  let marks = 0;
  for (const text of texts) {
    if (!runs(text.data, asked).length) continue;
    const made = marked(text.data, asked);
    for (const mark of made.querySelectorAll("mark")) mark.className = "folio-search-mark";
    text.replaceWith(made);
    marks += 1;
  }
  if (!marks) return;
  const note = element("div", { className: "folio-search-marked", role: "region", "aria-label": format(WORDS.marked, query) });
  const dismiss = () => {
    for (const mark of document.querySelectorAll("mark.folio-search-mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    note.remove();
    removeEventListener("keydown", escape);
    const address = new URL(location.href);
    address.searchParams.delete("marks");
    history.replaceState(null, "", address);
  };
  const escape = (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) dismiss();
  };
  const button = element("button", { type: "button" }, WORDS.unmark);
  button.addEventListener("click", dismiss);
  note.append(element("span", {}, format(WORDS.marked, query)), " ", button);
  document.body.append(note);
  addEventListener("keydown", escape);
}

markPage();
