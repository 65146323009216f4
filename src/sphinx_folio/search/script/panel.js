// Field, facets and results: one panel, in the dialog and on the search page.

const format = (text, value) => text.replace(/%[sd]/, () => value);
const FACETS = ["kind", "skill", "period"];
const PATIENCE = 200; // milliseconds in which a letter that follows is part of the same question
let panels = 0;

class Panel {
  constructor({ whole }) {
    this.whole = whole; // on the search page: more results, and the state in the address
    this.shown = whole ? 60 : 12;
    this.facets = {};
    const number = ++panels;
    const id = (name) => `folio-search-${name}-${number}`;
    this.input = element("input", {
      type: "search", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: false, enterKeyHint: "search",
      placeholder: WORDS.placeholder, "aria-label": WORDS.search, className: "folio-search-input", "aria-describedby": id("hint"),
    });
    this.status = element("p", { role: "status", className: "folio-search-status" });
    this.narrow = element("div", { className: "folio-search-facets" });
    this.list = element("ol", { className: "folio-search-results", id: whole ? "search-results" : id("results"), "aria-label": WORDS.results });
    this.hint = element("p", { className: "folio-search-hint", id: id("hint") }, WORDS.hint);
    this.form = element("form", { role: "search", className: "folio-search-form", action: new URL("search.html", ROOT).href }, this.input);
    this.bar = element("div", { className: "folio-search-bar" }, this.status, this.narrow);
    this.element = element("div", { className: "folio-search-panel" }, this.form, this.bar, this.list, this.hint);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = this.list.querySelector("a");
      if (!whole && first) first.click();
    });
    // What an input method composes is no query yet.
    this.input.addEventListener("input", (event) => event.isComposing || this.answer());
    this.input.addEventListener("compositionend", () => this.answer());
    this.element.addEventListener("keydown", (event) => this.move(event));
  }

  // The arrows walk through field and results; Home and End keep their meaning in the field; letters go on with the query.
  move(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && !this.whole) {
      event.preventDefault(); // a search field would only be emptied
      this.element.closest("dialog").close();
      return;
    }
    if (event.target.tagName === "SELECT") return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.target !== this.input && plain && /^(\S|Backspace)$/u.test(event.key)) this.input.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [this.input, ...this.list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!stops[next]) return;
    event.preventDefault();
    stops[next].focus();
  }

  async answer(chosen = false) {
    const query = this.input.value.trim();
    const turn = (this.turn = {});
    if (this.whole) this.remember(query, chosen);
    this.element.classList.toggle("folio-search-asked", query !== "");
    if (!query) {
      this.list.replaceChildren();
      this.narrow.replaceChildren();
      this.say("");
      return;
    }
    const last = () => this.turn === turn;
    const still = () => new Promise((resolve) => setTimeout(() => resolve(last()), PATIENCE));
    const late = setTimeout(() => last() && this.say(WORDS.loading), 2 * PATIENCE);
    const ask = () => answerTo(query, this.facets, this.shown, still);
    try {
      const answer = await ask();
      clearTimeout(late);
      if (last()) this.show(query, answer);
      if (!answer.more || !(await still())) return;
      const gone = () => [this.list, this.narrow].some((part) => part.contains(document.activeElement));
      await answer.ready.later().then(ask).then((more) => last() && !gone() && this.show(query, more), console.warn);
    } catch (error) {
      if (last()) this.say(WORDS.failed);
      console.warn(error);
    } finally {
      clearTimeout(late);
    }
  }

  say(text) {
    this.status.textContent = text;
  }

  show(query, { ready, asked, used, found, facets, number }) {
    this.showFacets(ready, facets);
    if (!found.length && number) {
      this.list.replaceChildren();
      this.say(format(WORDS.many, 0)); // something was found, and narrowing has left nothing of it
      return;
    }
    if (!found.length) {
      this.showNothing(query, ready, asked);
      return;
    }
    const few = found.slice(0, this.shown);
    this.list.replaceChildren(...few.map(({ record, number }) => this.result(ready, asked, used, record, number)));
    this.list.scrollTop = 0;
    this.say(found.length === 1 ? WORDS.one : format(WORDS.many, found.length));
    if (this.whole || found.length === few.length) return;
    const more = new URL("search.html", ROOT);
    for (const [name, value] of Object.entries({ q: query, ...this.facets })) if (value) more.searchParams.set(name, value);
    this.list.append(element("li", { className: "folio-search-more" }, element("a", { href: more.href }, WORDS.all_results)));
  }

  // What was tried, a way to take narrowing back if that left nothing, and the nearest skills.
  showNothing(query, ready, asked) {
    const tried = [...new Set(asked.units.flatMap(({ forms }) => forms))].join(" · ");
    const near = ready.nearest(query);
    const parts = [format(WORDS.none, `“${query}”`), tried && tried !== query ? format(WORDS.tried, tried) : "", near.length ? WORDS.nearest : ""];
    this.say(parts.filter(Boolean).join(" "));
    this.list.replaceChildren(...near.map((record) => {
      const link = element("a", { href: ready.address(record) }, element("span", { className: "folio-search-title" }, record[TITLE]));
      return element("li", { className: "folio-search-near" }, link);
    }));
  }

  result(ready, asked, used, record, number) {
    const [, page] = ready.core.pages[record[PAGE]];
    const path = [page, ...record[TRAIL]].filter((part, place, parts) => part !== record[TITLE] && parts.indexOf(part) === place);
    const others = (ready.more.get(number) || []).filter((name) => runs(name, asked, used).length);
    const names = [...record[ALIASES], ...others].join(" · ");
    const text = ready.textOf(number);
    const part = (name, ...content) => element("span", { className: `folio-search-${name}` }, ...content);
    const link = element("a", { href: ready.address(record, foldForMarks(asked)) }, part("title", marked(record[TITLE], asked, used)));
    link.append(" ", part("kind", ready.label("kind", record[KIND])));
    if (names) link.append(" ", part("names", marked(names, asked, used)));
    if (text && text !== record[TITLE]) link.append(" ", part("snippet", snippet(text, asked, used)));
    if (path.length) link.append(" ", part("path", path.join(" › ")));
    return element("li", {}, link);
  }

  showFacets(ready, facets) {
    const open = document.activeElement?.name;
    this.narrow.replaceChildren();
    for (const facet of FACETS) {
      const chosen = this.facets[facet];
      const values = [...facets[facet]].sort(([one, many], [other, more]) => facet === "period" ? other.localeCompare(one) : more - many || one.localeCompare(other));
      if (!chosen && values.length < 2) continue;
      if (chosen && !facets[facet].has(chosen)) values.unshift([chosen, 0]);
      const choice = element("select", { name: facet }, element("option", { value: "" }, WORDS.all));
      for (const [value, count] of values) choice.append(element("option", { value }, `${ready.label(facet, value)} (${count})`));
      choice.value = chosen || "";
      choice.addEventListener("change", () => {
        this.facets[facet] = choice.value;
        this.answer(true);
      });
      this.narrow.append(element("label", chosen ? { className: "folio-search-chosen" } : {}, WORDS[facet], " ", choice));
      if (open === facet) choice.focus();
    }
  }

  // What is typed changes the address; what is chosen is a step, which the browser's back button takes back.
  remember(query, chosen) {
    const state = new URL(location.href);
    for (const [name, value] of Object.entries({ q: query, ...this.facets })) {
      if (value) state.searchParams.set(name, value);
      else state.searchParams.delete(name);
    }
    if (state.href !== location.href) history[chosen ? "pushState" : "replaceState"](null, "", state);
  }

  recall() {
    const state = new URLSearchParams(location.search);
    this.input.value = state.get("q") || "";
    for (const facet of FACETS) this.facets[facet] = state.get(facet) || "";
    this.answer();
  }
}

// The query's words as typed, in the characters of the index, without what was excluded.
const foldForMarks = (asked) => asked.units.map(({ forms }) => forms[0]).join(" ");
