// The panel with input, filters and results, used in the dialog and on the search page.

const FACETS = ["kind", "skill", "period"];
const TYPING_PAUSE = 200; // milliseconds; a letter typed within this time belongs to the same query
let panelCount = 0;

class Panel {
  // isPage: whether it is on the search page, which shows more results and keeps query and filters in the address.
  constructor({ isPage }) {
    this.isPage = isPage;
    this.maxShown = isPage ? 60 : 12;
    this.filters = {}; // facet → chosen value
    const number = ++panelCount;
    const id = (name) => `folio-search-${name}-${number}`;
    this.input = element("input", {
      type: "search", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: false, enterKeyHint: "search",
      placeholder: MESSAGES.placeholder, "aria-label": MESSAGES.search, className: "folio-search-input", "aria-describedby": id("hint"),
    });
    this.status = element("p", { role: "status", className: "folio-search-status" });
    this.filterBar = element("div", { className: "folio-search-facets" });
    this.list = element("ol", { className: "folio-search-results", id: isPage ? "search-results" : id("results"), "aria-label": MESSAGES.results });
    this.hint = element("p", { className: "folio-search-hint", id: id("hint") }, MESSAGES.hint);
    this.form = element("form", { role: "search", className: "folio-search-form", action: new URL("search.html", ROOT).href }, this.input);
    this.bar = element("div", { className: "folio-search-bar" }, this.status, this.filterBar);
    this.element = element("div", { className: "folio-search-panel" }, this.form, this.bar, this.list, this.hint);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = this.list.querySelector("a");
      if (!isPage && first) first.click();
    });
    // Text that an input method is still composing is not searched for.
    this.input.addEventListener("input", (event) => event.isComposing || this.update());
    this.input.addEventListener("compositionend", () => this.update());
    this.element.addEventListener("keydown", (event) => this.handleKey(event));
  }

  // Arrow keys move between input and results; letters typed on a result go to the input; Escape closes the dialog.
  handleKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && !this.isPage) {
      event.preventDefault(); // browsers clear a search input first
      this.element.closest("dialog").close();
      return;
    }
    if (event.target.tagName === "SELECT") return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.target !== this.input && isPlain && /^(\S|Backspace)$/u.test(event.key)) this.input.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [this.input, ...this.list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!stops[next]) return;
    event.preventDefault();
    stops[next].focus();
  }

  // Searches for the current query and shows the results, unless a later call has started meanwhile. If pages of second rank may
  // have better results, it searches again with them after a pause, unless the reader has moved on to a result.
  async update(filterChanged = false) {
    const query = this.input.value.trim();
    const call = (this.lastCall = {});
    if (this.isPage) this.saveToAddress(query, filterChanged);
    this.element.classList.toggle("folio-search-asked", query !== "");
    if (!query) {
      this.list.replaceChildren();
      this.filterBar.replaceChildren();
      this.showStatus("");
      return;
    }
    const isLatest = () => this.lastCall === call;
    const isLatestAfterPause = () => new Promise((resolve) => setTimeout(() => resolve(isLatest()), TYPING_PAUSE));
    const loadingTimer = setTimeout(() => isLatest() && this.showStatus(MESSAGES.loading), 2 * TYPING_PAUSE);
    const ask = () => search(query, this.filters, this.maxShown, isLatestAfterPause);
    try {
      const answer = await ask();
      clearTimeout(loadingTimer);
      if (isLatest()) this.show(query, answer);
      if (!answer.more || !(await isLatestAfterPause())) return;
      const hasMovedOn = () => [this.list, this.filterBar].some((part) => part.contains(document.activeElement));
      await answer.engine.loadSecondRank().then(ask).then((more) => isLatest() && !hasMovedOn() && this.show(query, more), console.warn);
    } catch (error) {
      if (isLatest()) this.showStatus(MESSAGES.failed);
      console.warn(error);
    } finally {
      clearTimeout(loadingTimer);
    }
  }

  showStatus(text) {
    this.status.textContent = text;
  }

  show(query, answer) {
    const { engine, parsed, found, facets, number } = answer;
    this.showFilters(engine, facets);
    if (!found.length && number) { // the filters leave nothing
      this.list.replaceChildren();
      this.showStatus(format(MESSAGES.many, 0));
      return;
    }
    if (!found.length) {
      this.showNothingFound(query, engine, parsed);
      return;
    }
    const shown = found.slice(0, this.maxShown);
    this.list.replaceChildren(...shown.map((result) => this.resultItem(answer, result)));
    this.list.scrollTop = 0;
    this.showStatus(found.length === 1 ? MESSAGES.one : format(MESSAGES.many, found.length));
    if (this.isPage || found.length === shown.length) return;
    const searchPage = new URL("search.html", ROOT);
    for (const [name, value] of Object.entries({ q: query, ...this.filters })) if (value) searchPage.searchParams.set(name, value);
    this.list.append(element("li", { className: "folio-search-more" }, element("a", { href: searchPage.href }, MESSAGES.all_results)));
  }

  // Shows what was searched for, and the skills with similar names.
  showNothingFound(query, engine, parsed) {
    const forms = [...new Set(parsed.units.flatMap((unit) => unit.forms))].join(" · ");
    const skills = engine.nearestSkills(query);
    const parts = [format(MESSAGES.none, query), forms && forms !== query ? format(MESSAGES.tried, forms) : "", skills.length ? MESSAGES.nearest : ""];
    this.showStatus(parts.filter(Boolean).join(" "));
    this.list.replaceChildren(...skills.map((record) => {
      const link = element("a", { href: engine.address(record) }, element("span", { className: "folio-search-title" }, record[TITLE]));
      return element("li", { className: "folio-search-near" }, link);
    }));
  }

  // A list item that links to a result: title, kind, other names, snippet, and the titles above it.
  resultItem({ engine, parsed, usedTerms }, { record, number }) {
    const [, pageTitle] = engine.core.pages[record[PAGE]];
    const path = [pageTitle, ...record[TRAIL]].filter((title, position, all) => title !== record[TITLE] && all.indexOf(title) === position);
    const translated = (engine.translatedTitles.get(number) || []).filter((name) => matchingRanges(name, parsed).length);
    const names = [...record[KEYWORDS], ...translated].join(" · ");
    const text = engine.textOf(number);
    const part = (name, ...content) => element("span", { className: `folio-search-${name}` }, ...content);
    const link = element("a", { href: engine.address(record, wordsToHighlight(parsed)) }, part("title", highlighted(record[TITLE], parsed, usedTerms)));
    link.append(" ", part("kind", engine.label("kind", record[KIND])));
    if (names) link.append(" ", part("names", highlighted(names, parsed, usedTerms)));
    if (text && text !== record[TITLE]) link.append(" ", part("snippet", snippet(text, parsed, usedTerms)));
    if (path.length) link.append(" ", part("path", path.join(" › ")));
    return element("li", {}, link);
  }

  // Shows a select element for each facet with at least two values, or with a chosen one; focus stays on the same.
  showFilters(engine, facets) {
    const focused = document.activeElement?.name;
    this.filterBar.replaceChildren();
    for (const facet of FACETS) {
      const chosen = this.filters[facet];
      const values = [...facets[facet]].sort(([one, count], [other, otherCount]) => facet === "period" ? other.localeCompare(one) : otherCount - count || one.localeCompare(other));
      if (!chosen && values.length < 2) continue;
      if (chosen && !facets[facet].has(chosen)) values.unshift([chosen, 0]);
      const choice = element("select", { name: facet }, element("option", { value: "" }, MESSAGES.all));
      for (const [value, count] of values) choice.append(element("option", { value }, `${engine.label(facet, value)} (${count})`));
      choice.value = chosen || "";
      choice.addEventListener("change", () => {
        this.filters[facet] = choice.value;
        this.update(true);
      });
      this.filterBar.append(element("label", chosen ? { className: "folio-search-chosen" } : {}, MESSAGES[facet], " ", choice));
      if (focused === facet) choice.focus();
    }
  }

  // Only a changed filter adds a step to the browser's history.
  saveToAddress(query, filterChanged) {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries({ q: query, ...this.filters })) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history[filterChanged ? "pushState" : "replaceState"](null, "", address);
  }

  restoreFromAddress() {
    const parameters = new URLSearchParams(location.search);
    this.input.value = parameters.get("q") || "";
    for (const facet of FACETS) this.filters[facet] = parameters.get(facet) || "";
    this.update();
  }
}

// The words of a query as typed, folded, without those it excludes.
const wordsToHighlight = (parsed) => parsed.units.map(({ forms }) => forms[0]).join(" ");
