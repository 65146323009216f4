// The panel with input, filters and results, used in the dialog and on the search page.

const FACETS = ["kind", "skill", "period"];
const TYPING_PAUSE = 200; // milliseconds; a letter typed within this time belongs to the same query
const MAX_TRIED = 8; // words that are named if nothing is found
const MAX_MARKED = 4; // words of a text that are highlighted for one of a query
const IDENTIFIER_OF_ARCHIVE = /swh:1:(\S+) ?/; // of a source, which nobody reads in a snippet
let panelCount = 0;

// Replaces the first %s or %d of a text.
const format = (text, value) => text.replace(/%[sd]/, () => value);

class Panel {
  // panel: the element of the launcher, with a form and its input. isPage: whether it is on the search page, which shows more
  // results and keeps query and filters in the address.
  constructor(panel, isPage) {
    this.element = panel;
    this.isPage = isPage;
    this.maxShown = isPage ? 60 : 12;
    this.filters = {}; // facet → chosen value
    const number = ++panelCount;
    const id = (name) => `folio-search-${name}-${number}`;
    this.form = panel.firstChild;
    this.input = this.form.firstChild; // it is not moved: it may have the focus, and a text that an input method is composing
    this.input.placeholder = MESSAGES.placeholder;
    this.input.setAttribute("aria-describedby", id("hint"));
    this.status = element("p", { role: "status", className: "folio-search-status" });
    this.filterBar = element("div", { className: "folio-search-facets" });
    this.list = element("ol", { className: "folio-search-results", id: isPage ? "search-results" : id("results"), "aria-label": MESSAGES.results });
    this.suggestions = element("ul", { className: "folio-search-results" });
    this.hint = element("p", { className: "folio-search-hint", id: id("hint") }, MESSAGES.hint);
    this.bar = element("div", { className: "folio-search-bar" }, this.status, this.filterBar);
    panel.append(this.bar, this.suggestions, this.list, this.hint);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = this.list.querySelector("a");
      if (!isPage && first) first.click();
    });
    this.list.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link) this.leaveTo(link);
    });
    // Text that an input method is still composing is searched for after a pause: some keyboards compose all words.
    this.input.addEventListener("input", (event) => this.update(false, event.isComposing));
    this.input.addEventListener("compositionend", () => this.update());
    this.element.addEventListener("keydown", (event) => this.handleKey(event));
  }

  // Arrow keys move between input and results; letters typed on a result go to the input.
  handleKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.target.tagName === "SELECT") return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.target !== this.input && isPlain && /^(\S|Backspace)$/u.test(event.key)) this.input.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [this.input, ...this.element.querySelectorAll("ul a, ul button, ol a")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!stops[next]) return;
    event.preventDefault();
    stops[next].focus();
  }

  // Searches for the current query and shows the results, unless a later call has started meanwhile. Names are searched first,
  // texts when their file has been loaded, pages of second rank after a pause if they may have better results. What is shown
  // stays where it is; more is only appended, and what the texts say about a result is added to it.
  async update(filterChanged, isComposing) {
    const query = this.input.value.trim();
    const call = (this.lastCall = {});
    const isLatest = () => this.lastCall === call;
    const isLatestAfterPause = (pauses = 1) => new Promise((resolve) => setTimeout(() => resolve(isLatest()), pauses * TYPING_PAUSE));
    if (isComposing && !(await isLatestAfterPause(3))) return;
    if (this.isPage) this.saveToAddress(query, filterChanged);
    const isAsked = Boolean(query || Object.values(this.filters).some(Boolean));
    this.element.classList.toggle("folio-search-asked", isAsked);
    this.shown = null;
    this.suggestions.replaceChildren();
    if (!isAsked) {
      this.filterBar.replaceChildren();
      this.showStatus("");
      this.list.replaceChildren();
      await loadEngine().then((engine) => isLatest() && this.showSuggestions(engine), () => {}); // a search reports the error
      return;
    }
    const loadingTimer = setTimeout(() => isLatest() && !this.shown && this.showStatus(MESSAGES.loading), 2 * TYPING_PAUSE);
    try {
      const engine = await loadEngine().catch(() => null);
      if (!isLatest()) return;
      const byName = this.isPage ? null : engine?.namesAnswer(query, this.filters);
      if (byName) this.append(byName);
      const mayStillType = byName || (query.length === 1 && engine && !engine.hasTexts);
      if (mayStillType && !(await isLatestAfterPause())) return;
      let answer = await search(query, this.filters, isLatestAfterPause, 1, false);
      clearTimeout(loadingTimer);
      if (isLatest()) this.show(query, answer);
      while (answer.unchecked && answer.found.length < this.maxShown && (await isLatestAfterPause())) {
        answer = await search(query, this.filters, isLatestAfterPause, answer.found.length + 1);
        if (isLatest()) this.show(query, answer);
      }
      if (!answer.more || !(await isLatestAfterPause())) return;
      await search(query, this.filters).then((more) => isLatest() && this.show(query, more), console.warn);
    } catch (error) {
      if (isLatest()) {
        if (!this.shown) this.list.replaceChildren();
        this.showStatus(MESSAGES.failed);
      }
      console.warn(error);
    } finally {
      clearTimeout(loadingTimer);
    }
  }

  showStatus(text) {
    this.status.textContent = text;
  }

  show(query, answer) {
    const { engine, parsed, found, facets, number, isPartial, unchecked } = answer;
    this.showFilters(engine, facets);
    const isUnanswered = isPartial && !this.shown && engine.related(parsed).length;
    if (!found.length || isUnanswered) {
      this.list.replaceChildren();
      if (number && !isUnanswered) this.showStatus(format(MESSAGES.many, 0)); // the filters leave nothing
      else this.showNothingFound(query, answer);
      return;
    }
    this.append(answer);
    const waiting = this.pending.splice(0);
    for (const { engine: owner, number: record, fill } of waiting) owner.loadTextsOf([record]).then(fill, console.warn);
    const count = unchecked ? `${found.length}+` : found.length;
    this.showStatus(format(isPartial ? MESSAGES.partial : count === 1 ? MESSAGES.one : MESSAGES.many, count));
    if (this.isPage || found.length <= this.shown.size || !MESSAGES.search_page) return;
    const searchPage = new URL(this.form.action);
    for (const [name, value] of Object.entries({ q: query, ...this.filters })) if (value) searchPage.searchParams.set(name, value);
    this.list.append(element("li", { className: "folio-search-more" }, element("a", { href: searchPage.href }, MESSAGES.all_results)));
  }

  // Appends the results that are not shown yet; the first call after a change of the query replaces all.
  append(answer) {
    if (!this.shown) {
      this.list.replaceChildren();
      this.list.scrollTop = 0;
      this.shown = new Map(); // result → its link
      this.pending = []; // results whose texts are not loaded yet
    }
    this.list.querySelector(".folio-search-more")?.remove();
    for (const result of answer.found) {
      const isSecond = result.engine !== answer.engine;
      const key = `${isSecond} ${result.number}`;
      const shown = this.shown.get(key);
      if (!shown && this.shown.size >= this.maxShown) break;
      const link = this.resultLink(answer, result);
      shown?.replaceChildren(...link.childNodes); // more synonyms may match than before the texts were loaded
      if (shown) continue;
      this.shown.set(key, link);
      if (isSecond && this.shown.size > 1 && !this.list.querySelector(".folio-search-divider")) this.list.append(element("li", { className: "folio-search-divider" }, MESSAGES.second));
      this.list.append(element("li", {}, link));
    }
    this.restorePlace();
  }

  // After the reader has come back from a result, its link gets the focus again.
  restorePlace() {
    const links = this.list.querySelectorAll("a");
    if (!(this.place < links.length)) return;
    links[this.place].focus();
    this.place = undefined;
  }

  // Keeps the query and the place of the result that the reader follows: going back brings both back.
  leaveTo(link) {
    const query = this.input.value.trim();
    const place = [...this.list.querySelectorAll("a")].indexOf(link);
    history.replaceState({ ...history.state, folioSearch: { query, place, filters: this.filters } }, "");
    if (query) remember(query);
  }

  // Shows what is close: the entry that the query is about, or skills with similar names; and what was searched for.
  showNothingFound(query, { engine, parsed }) {
    const forms = [...new Set(parsed.units.flatMap((unit) => unit.forms))].filter(isReadable(parsed)).slice(0, MAX_TRIED).join(" · ");
    const related = engine.related(parsed);
    const near = related.length ? related : engine.nearestSkills(query);
    const parts = [format(MESSAGES.none, query), forms && forms !== query ? format(MESSAGES.tried, forms) : "", near.length ? (related.length ? MESSAGES.related : MESSAGES.nearest) : ""];
    this.showStatus(parts.filter(Boolean).join(" "));
    this.list.replaceChildren(...near.map((record) => this.nearItem(engine, record)));
  }

  nearItem(engine, record) {
    const kind = element("span", { className: "folio-search-kind" }, engine.label("kind", record[KIND]));
    const link = element("a", { href: engine.address(record) }, element("span", { className: "folio-search-title" }, record[TITLE]), " ", kind);
    return element("li", { className: "folio-search-near" }, link);
  }

  // Before the reader types: earlier queries, and what the site is about.
  showSuggestions(engine) {
    const queries = recentQueries();
    const items = queries.map((query) => {
      const button = element("button", { type: "button" }, query);
      button.addEventListener("click", () => {
        this.input.value = query;
        this.input.focus();
        this.update();
      });
      return element("li", { className: "folio-search-recent" }, button);
    });
    const choice = element("button", { type: "button" }, isRemembering() ? MESSAGES.forget : MESSAGES.remember);
    choice.addEventListener("click", () => {
      setRemembering(!isRemembering());
      this.input.focus();
      this.update();
    });
    const heading = (...content) => element("li", { className: "folio-search-divider" }, ...content);
    const remembered = queries.length || !isRemembering() ? [heading(MESSAGES.recent, " ", choice), ...items] : [];
    this.suggestions.replaceChildren(...remembered, heading(MESSAGES.suggested), ...engine.suggestions().map((record) => this.nearItem(engine, record)));
    if (this.isPage) this.showFilters(engine, engine.browse({}).facets);
  }

  // A link to a result: title, kind, other names, snippet, and the titles above it.
  resultLink({ parsed, usedTerms }, { engine, record, number }) {
    const [, pageTitle] = engine.core.pages[record[PAGE]];
    const path = [pageTitle, ...record[TRAIL]].filter((title, position, all) => title !== record[TITLE] && all.indexOf(title) === position);
    const match = matcherFor(parsed, { usedTerms, isAccident: (term) => engine.isAccident(term, number) });
    const matchTyped = matcherFor(parsed, {});
    // A word of an index entry explains a result if the reader has typed it; questions such as "how old" look odd as names.
    const isShown = (name) => (engine.indexWords.has(name) ? matchTyped(name).length && subjectOf(fold(name), engine) === fold(name) : match(name).length);
    const matching = (engine.unlistedNames.get(number) || []).filter(isShown);
    const names = [...record[KEYWORDS], ...matching].filter(isReadable(parsed)).join(" · ");
    const part = (name, ...content) => element("span", { className: `folio-search-${name}` }, ...content);
    const link = element("a", {}, part("title", highlighted(record[TITLE], match)));
    link.append(" ", part("kind", engine.label("kind", record[KIND])));
    if (names) link.append(" ", part("names", highlighted(names, match)));
    const shownText = part("snippet");
    const fill = () => {
      link.href = engine.address(record, wordsToHighlight(parsed, usedTerms, `${record[TITLE]}\n${engine.textOf(number)}`));
      const text = engine.textOf(number).replace(IDENTIFIER_OF_ARCHIVE, (all, identifier) => (match(identifier).length ? all : ""));
      if (text && text !== record[TITLE]) shownText.replaceChildren(snippet(text, match));
      else if (engine.hasText(number)) shownText.remove();
      shownText.classList.toggle("folio-search-pending", !engine.hasText(number));
    };
    link.append(" ", shownText);
    if (path.length) link.append(" ", part("path", path.join(" › ")));
    fill();
    if (!engine.hasText(number)) this.pending.push({ engine, number, fill });
    return link;
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

  // Only a changed filter adds a step to the browser's history. Safari refuses more than 100 changes in ten seconds.
  saveToAddress(query, filterChanged) {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries({ q: query, ...this.filters })) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try {
      if (address.href !== location.href) history[filterChanged ? "pushState" : "replaceState"](null, "", address);
    } catch {}
  }

  // Reads query and filters from the address, and searches. typed: what is in the input already, which stays.
  restoreFromAddress(typed) {
    const parameters = new URLSearchParams(location.search);
    if (!typed) this.input.value = parameters.get("q") || "";
    for (const facet of FACETS) this.filters[facet] = parameters.get(facet) || "";
    this.place = history.state?.folioSearch?.place;
    this.update();
  }
}

// The words and phrases to highlight on the page of a result: those of the query, folded, or what its text has instead.
function wordsToHighlight(parsed, usedTerms, text) {
  const foundBy = (unit, options) => [...new Set(matcherFor({ units: [unit] }, options)(text).map(([start, end]) => fold(text.slice(start, end))))];
  return new Set(parsed.units.flatMap((unit) => {
    const typed = unit.typed ?? unit.forms[0];
    const found = foundBy({ forms: [typed] }, {}).length ? [] : foundBy(unit, { usedTerms });
    const phrases = found.filter((form) => form.includes(" "));
    return found.length ? (phrases.length ? phrases : found).slice(0, MAX_MARKED) : typed;
  }));
}

// Returns a function that says whether a reader can read a name: Han characters, if the query has some or the page may.
function isReadable(parsed) {
  const isOther = parsed.units.every(({ forms: [typed] }) => !ONE_HAN.test(typed)) && !/^(?:zh|ja|ko)/.test(document.documentElement.lang);
  return (name) => !(isOther && ONE_HAN.test(name));
}

// ---- Earlier queries, on the reader's device ----

const RECENT = "folio-search-recent"; // a list of queries, or "off"
const MAX_RECENT = 5;

// Calls a function with the storage of the browser, which may be forbidden.
function withStorage(use) {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}

const isRemembering = () => withStorage((storage) => storage.getItem(RECENT)) !== "off";
const setRemembering = (wanted) => withStorage((storage) => (wanted ? storage.removeItem(RECENT) : storage.setItem(RECENT, "off")));
const recentQueries = () => (isRemembering() && withStorage((storage) => JSON.parse(storage.getItem(RECENT)))) || [];

function remember(query) {
  if (isRemembering()) withStorage((storage) => storage.setItem(RECENT, JSON.stringify([query, ...recentQueries().filter((other) => other !== query)].slice(0, MAX_RECENT))));
}
