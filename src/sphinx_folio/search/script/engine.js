// The search engine: finds and ranks the records for a query, filters them, and describes them for the panel.
//
// A result must cover enough of the query. Its score is the sum of the scores of all units, times the square of the coverage,
// plus a bonus for a name that the query is equal or similar to, times a weight for its kind. All weights were tuned on
// the queries in tests/browser/search/*.tsv; test_golden.py measures the effect of a change.

const KIND_WEIGHTS = { skill: 1.25, project: 1.2, page: 1.1, position: 1, evidence: 0.8, person: 0.9 };
const MIN_COVERAGE = 0.42; // the share of the query that a result must match
const MIN_COVERAGE_OF_BEST = 0.45; // ... and relative to the best result
const FEW_RESULTS = 3; // with fewer, pages of second rank are searched, too
const MAX_ADJACENT_WORDS = 4; // up to which a longer sentence weighs more if a result has it literally
const MAX_ADJACENT = 60; // results that rank higher if they have the words of the query next to each other
const SUBJECT_WEIGHT = 0.8; // of a name that only the specific words of a query have
const SUBJECT_BONUS = 0.6; // of a skill or project in whose name one of two words is: on a small site, sentences with both would come first
const SHARE_OF_PAGE = 0.3; // how much a unit counts that only another part of the page has
const WITH_FIGURES = 5; // how much more a result counts that has figures as in the query
const FIRST_RESULTS = 12; // as many as the dialog shows
const WITH_DURATION = 3; // how much more a result counts that has a duration, if the question asks for one
const MIN_RARITY = 0.55; // the share of a query of English words, weighted by rarity, that a result must match in its text
const PARTIAL = 0.75; // the share of the query below which a result is called a partial match
const MAX_SUGGESTIONS = 6;
const MIN_SIMILARITY = 0.25; // of the name of a skill that is offered when nothing is found

class SearchEngine extends Scorer {
  // Answers a query.
  //   filters: { kind, skill, period }, each empty for all.
  // The answer:
  //   parsed: the parsed query; usedTerms: a Set of terms that matched;
  //   found: the results that pass the filters, best first, each { engine, number, record, score }; those of pages of second
  //   rank come last, with the index of that rank as engine;
  //   number: the number of results without filters; facets: facet → Map of value → number of results;
  //   unchecked: how many more results there may be, whose texts are not loaded, for a query with a phrase in a large index;
  //   isComplete: whether a result matches the whole query; isPartial: whether all miss a part of it; more: whether pages of second rank may have better results.
  // If nothing matches the whole query, and isStillWanted resolves to true, pages of second rank are searched, too; if there
  // are some results, only for a final answer. Texts are loaded for phrases until the answer has the number of results that
  // are wanted, or all. These are the same whatever has been loaded for other queries.
  async search(query, filters = {}, isStillWanted = async () => true, wanted = FIRST_RESULTS, isFinal = true) {
    await this.loadAllTexts();
    if (!query) return this.browse(filters);
    let answer = await this.answer(query, filters);
    while (answer.unchecked && answer.found.length < wanted && (await isStillWanted())) answer = await this.answer(query, filters);
    const needsMore = !answer.isComplete || answer.number < FEW_RESULTS;
    if (!needsMore || !this.core.later) return answer;
    const canWait = answer.number && !answer.hasUnmatchedUnit && !isFinal;
    if (canWait || !(this.second || (await isStillWanted()))) return { ...answer, more: true };
    await this.loadSecondRank();
    return this.joined(answer, await this.second.answer(query, filters), filters);
  }

  // All records that pass the filters, the newest first: what a reader sees who chooses a filter without a query.
  browse(filters) {
    const all = this.records.map((record, number) => ({ engine: this, number, record, score: 0 }));
    const found = all.filter(({ record }) => this.passes(record, filters)).sort((one, other) => lastDate(other.record).localeCompare(lastDate(one.record)));
    return { engine: this, parsed: parse("", this), usedTerms: new Set(), isComplete: true, number: all.length, all, found, facets: this.facets(all, filters) };
  }

  // What the site is about: the newest projects, and the skills that most results show; or else pages.
  suggestions() {
    const ofKind = (kind) => this.records.filter((record) => record[KIND] === kind);
    const uses = new Map();
    for (const record of this.records) for (const skill of record[SKILLS]) uses.set(skill, (uses.get(skill) || 0) + 1);
    const projects = ofKind("project").sort((one, other) => lastDate(other).localeCompare(lastDate(one)));
    const skills = ofKind("skill").sort((one, other) => (uses.get(other[SKILLS][0]) || 0) - (uses.get(one[SKILLS][0]) || 0));
    const subjects = projects.slice(0, MAX_SUGGESTIONS / 2).concat(skills).slice(0, MAX_SUGGESTIONS);
    return subjects.length ? subjects : ofKind("page").slice(0, MAX_SUGGESTIONS);
  }

  // The entries that come closest to what the site does not say: the person, for a phone number.
  related({ compact: query, subject }) {
    const kinds = this.relatedWords.filter(([, words]) => words.map(compact).some((word) => word === query || word === subject)).map(([kind]) => kind);
    return this.records.filter((record) => kinds.includes(record[KIND])).slice(0, 3);
  }

  // The results whose names match a query, before the texts have been loaded; null if there are none, or this takes more.
  namesAnswer(query, filters) {
    if (this.hasTexts || !query) return null;
    const parsed = parse(query, this);
    if (parsed.phrases.length || parsed.excluded.length) return null;
    const answer = this.rank(parsed, filters);
    const isCertain = ({ bonus, coverage, prominence }) => bonus > 2 || (coverage > 0.99 && prominence === IN_A_NAME);
    const certain = answer.isComplete ? answer.found.filter(isCertain) : [];
    return certain.length ? { ...answer, found: certain } : null;
  }

  // An answer with some of its results.
  only(answer, all, filters) {
    return { ...answer, all, found: all.filter(({ record }) => this.passes(record, filters)), number: all.length, facets: this.facets(all, filters) };
  }

  // The answer of this index; of that of withRare if a term is unknown or nothing is found.
  async answer(query, filters) {
    const answer = await this.ownAnswer(query, filters);
    return answer?.number || answer?.unchecked || !this.mayBeRare ? answer : (await this.withRare()).answer(query, filters);
  }

  // The answer of this index; null if a term is unknown that withRare may know.
  async ownAnswer(query, filters) {
    const parsed = await this.prepare(query);
    if (!parsed) return null;
    const ranked = async () => {
      const query = { ...parsed, units: parsed.units.flatMap((unit) => this.splitUnmatched(unit)) };
      const answer = this.rank(query, filters);
      if (!parsed.phrases.length && !parsed.excluded.length) return answer;
      // The words of a phrase may be too short or too common to be results by themselves.
      const known = new Set(answer.all.map(({ number }) => number));
      const others = parsed.isQuoted ? [...this.mayContain(parsed.phrases[0])].filter((number) => !known.has(number)) : [];
      for (const number of others) answer.all.push({ engine: this, number, record: this.records[number], score: 0 });
      return this.withPhrases(answer, parsed, filters);
    };
    const answer = await ranked();
    if (!this.isSplit || answer.number >= FEW_RESULTS) return answer;
    await this.loadPostings(parsed, true); // a large index has synonyms in other files, which most queries do not need
    return ranked();
  }

  // Joins the answer of another index to one: its results come last, unless only they match the whole query.
  joined(answer, other, filters) {
    const isBetter = answer.hasUnmatchedUnit && other.number > 0 && !other.hasUnmatchedUnit;
    const [first, last] = isBetter ? [other, answer] : [answer, other];
    const all = [...first.all, ...last.all];
    const isPartial = answer.isPartial && (other.isPartial || !other.number);
    return { ...answer, all, isPartial, number: all.length, found: [...first.found, ...last.found], facets: this.facets(all, filters), usedTerms: new Set([...answer.usedTerms, ...other.usedTerms]) };
  }

  // Ranks the records for a parsed query by what has been loaded.
  rank(parsed, filters) {
    const usedTerms = new Set();
    const { totals, scoresOfUnits, shares } = this.sumUnits(parsed.units, usedTerms);
    const isMatched = (unit, position) => scoresOfUnits[position].size;
    const matched = parsed.units.filter(isMatched).map(({ forms }) => compact(forms[0]));
    const hasUnmatchedUnit = parsed.units.some((unit, position) => !unit.weight && !isMatched(unit, position));
    const bestCoverage = () => {
      let best = 0;
      for (const [, coverage] of totals.values()) best = Math.max(best, coverage);
      return best;
    };
    const bonuses = this.nameBonuses(parsed, bestCoverage() < 0.99);
    for (const [number, { isEnough }] of bonuses) if (isEnough && !totals.has(number)) totals.set(number, [0, 0.8, IN_THE_TEXT]);
    const best = bestCoverage();
    const isWeak = !parsed.version && this.isWeak(parsed.units, scoresOfUnits, totals);
    const all = [];
    const coverageOf = this.coverageWithPages(totals, scoresOfUnits, shares);
    totals.forEach(({ 0: score, 1: coverage, 2: prominence }, number) => {
      if (coverage < Math.max(MIN_COVERAGE, best * MIN_COVERAGE_OF_BEST)) return;
      // If the site has no "learning", "machine" is no match for "machine learning", unless it is prominent.
      if (hasUnmatchedUnit && coverage <= 0.5 && (prominence < IN_THE_TEXT || this.isPartOfWord(matched, number))) return;
      const record = this.records[number];
      let bonus = bonuses.get(number)?.bonus || 0;
      if (bonus && parsed.asks && !parsed.asks.test(this.contentOf(number))) bonus = 0; // “How it works” is no answer to how many years
      if (isWeak && !bonus && !(prominence >= IN_A_NAME && this.isNamed(number, usedTerms))) return;
      const isSubject = parsed.words <= 2 && prominence >= IN_A_NAME && (record[KIND] === "skill" || record[KIND] === "project");
      const total = score * coverageOf(number) ** 2 + bonus + (isSubject ? SUBJECT_BONUS : 0);
      all.push({ engine: this, number, record, bonus, coverage, prominence, score: total * (KIND_WEIGHTS[record[KIND]] || 1) });
    });
    const byScore = (one, other) => other.score - one.score || one.number - other.number;
    const isLong = parsed.units.length > 1 || parsed.units.some(({ forms }) => forms[0].length > 2);
    all.sort(byScore);
    // A result that has the words of the query next to each other ranks higher; texts of a split index are not loaded for that.
    const adjacentWeight = ADJACENT_WEIGHT ** Math.min(MAX_ADJACENT_WORDS, Math.max(1, parsed.words - 1));
    if (isLong || parsed.asks) {
      for (const result of all.slice(0, MAX_ADJACENT)) {
        const content = this.compactContentOf(result.number);
        const places = parsed.exact.map((text) => placeOfFigures(content, text)).filter((place) => place >= 0);
        if (places.length) result.score *= WITH_FIGURES * (1 + 1 / (1 + Math.min(...places))); // the earlier, the better
        else if (content.includes(parsed.joined)) result.score *= adjacentWeight;
        if (parsed.version?.test(content)) result.score *= WITH_FIGURES;
        if (parsed.asks && parsed.asks.test(this.contentOf(result.number))) result.score *= WITH_DURATION;
      }
      all.sort(byScore); // a list in order but for its beginning, which takes little
    }
    const found = all.filter(({ record }) => this.passes(record, filters));
    const isPartial = hasUnmatchedUnit || best < PARTIAL;
    return { engine: this, parsed, usedTerms, isPartial, hasUnmatchedUnit, isComplete: best > 0.99 && !hasUnmatchedUnit, number: all.length, all, found, facets: this.facets(all, filters) };
  }

  // Whether all results miss what an English query is about: the site has no "wordpress", and "plugin" is no match.
  isWeak(all, scoresOfAll, totals) {
    const units = all.filter(({ weight }) => !weight);
    const scoresOfUnits = scoresOfAll.filter((_, position) => !all[position].weight);
    if (units.length < 2 || units.length > 3 || !units.every(({ forms: [form] }) => /^[a-z ]+$/.test(form))) return false;
    const rarities = scoresOfUnits.map(({ size }) => Math.log(1 + (this.records.length - size + 0.5) / (size + 0.5)));
    const enough = MIN_RARITY * rarities.reduce((sum, rarity) => sum + rarity, 0);
    return ![...totals.keys()].some((number) => scoresOfUnits.reduce((sum, scores, position) => sum + (scores.get(number)?.[1] || 0) * rarities[position], 0) >= enough);
  }

  // Whether one of the terms is in a name of a record that is more than a word of an index entry.
  isNamed(number, terms) {
    const names = [this.records[number][TITLE], ...this.records[number][KEYWORDS], ...(this.unlistedNames.get(number) || [])];
    return tokenize(names.filter((name) => !this.indexWords.has(name)).join("\n")).some((term) => terms.has(term));
  }

  // Whether a record has words only as a later part of terms: "native" of "cloud native" is no match for "react native".
  isPartOfWord(words, number) {
    const content = this.contentOf(number);
    return words.every((word) => {
      if (!/^[a-z]+$/.test(word)) return false;
      const terms = this.synonymsByLength.map(([form]) => form).filter((form) => form.endsWith(` ${word}`));
      const rest = terms.reduce((text, term) => text.replaceAll(term, ""), content).replaceAll(new RegExp(`[a-z0-9]-${word}`, "g"), "");
      return rest !== content && !rest.includes(word);
    });
  }

  // Splits a unit of several words that has synonyms into its words if nothing matches it as a whole, and a name from its version.
  splitUnmatched(unit) {
    const typed = unit.typed ?? unit.forms[0];
    const words = unit.forms.length > 1 && /[ -]/.test(unit.forms[0]) ? tokensOf(unit.forms[0]) : [];
    const isShort = unit.isJoined && words.some(({ term }) => term.length < 3); // "no" and "op" are no match for "no-op"
    const name = this.withoutVersion(typed);
    if ((!name && (words.length < 2 || isShort)) || this.scoreUnit(unit, new Set()).size) return [unit];
    return name ? [{ at: unit.at, forms: [name] }, unit] : words.map(({ term }) => ({ at: unit.at, forms: [term] }));
  }

  // The name before a version, or with a shorter one, that the site has: java of java8, and python3 or python of python3.11.
  withoutVersion(word) {
    const shorter = word.replace(/[-.]?\d+$/, "");
    if (shorter === word || !/^[a-z]{2}/.test(shorter)) return "";
    return this.recordsWith(shorter) ? shorter : this.withoutVersion(shorter);
  }

  // Returns a function from the number of a record to its coverage, in which units count a little that another record of its
  // page covers: of two sections with one word of a query, that on the page with the other word is the better match.
  coverageWithPages(totals, scoresOfUnits, shares) {
    const size = scoresOfUnits.length;
    const pages = new Map(); // page → for each unit, its best coverage
    if (size > 1) scoresOfUnits.forEach((scores, position) => {
      scores.forEach(({ 1: coverage }, number) => {
        const page = this.records[number][PAGE];
        let ofPage = pages.get(page);
        if (!ofPage) pages.set(page, (ofPage = new Array(size).fill(0)));
        if (coverage > ofPage[position]) ofPage[position] = coverage;
      });
    });
    return (number) => {
      const own = totals.get(number)[1];
      const ofPage = pages.get(this.records[number][PAGE]);
      return ofPage ? own + SHARE_OF_PAGE * Math.max(0, ofPage.reduce((sum, coverage, position) => sum + coverage * shares[position], 0) - own) : own;
    };
  }

  // Sums up the scores and the coverage of all units for each record; the prominence is the highest. The shares of the units
  // in the query add up to 1.
  sumUnits(units, usedTerms) {
    let totals = new Map();
    const scoresOfUnits = [];
    const weights = units.map(({ weight = 1 }) => weight);
    const shares = weights.map((weight) => weight / weights.reduce((sum, other) => sum + other, 0));
    units.forEach((unit, position) => {
      const scores = this.scoreUnit(unit, usedTerms, unit === units.at(-1));
      scoresOfUnits.push(scores);
      if (units.length === 1) totals = scores;
      else scores.forEach((value, number) => {
        const sum = totals.get(number);
        const weighted = value[0] * weights[position], share = value[1] * shares[position];
        const prominence = weights[position] < 1 ? IN_PASSING : value[2];
        if (!sum) totals.set(number, [weighted, share, prominence]);
        else {
          sum[0] += weighted;
          sum[1] += share;
          if (prominence > sum[2]) sum[2] = prominence;
        }
      });
    });
    return { totals, scoresOfUnits, shares };
  }

  // A bonus for records whose title (more) or other name (less) the query equals, begins, is part of, or misspells.
  // Number → { bonus, isEnough: whether the record is a result even if no term of it matches }.
  nameBonuses({ compact: query, subject, spoken = [] }, allowMisspelling) {
    const bonuses = new Map();
    if (!query) return bonuses;
    const bySubject = subject && subject !== query && !this.isName(query) ? this.nameBonuses({ compact: subject }) : bonuses;
    for (const [number, { bonus, isEnough }] of bySubject) bonuses.set(number, { bonus: bonus * SUBJECT_WEIGHT, isEnough });
    const synonyms = [...(this.synonyms.get(query) || []).map(compact), ...spoken];
    const misspelled = allowMisspelling && !this.isName(query) && !this.otherWords.has(query) && query.length > (ONE_HAN.test(query) ? 2 : 3);
    const bonusFor = (name, position) => { // position 0: the title
      if (name === query) return [14, 11, 6][position];
      if (synonyms.length) return synonyms.includes(name) ? [8, 8, 5][position] : 0;
      if (!name.includes(query)) return misspelled && singleEdit(query, name) ? [6, 5, 3][position] : 0;
      if (position === 2) return 0;
      if (query.length > 1 && name.startsWith(query)) return position ? 2.5 : 4;
      return query.length > 2 ? 1 + (3 * query.length) / name.length : 0;
    };
    [this.titles, this.otherNames, this.indexNames].forEach((names, position) => {
      for (const name of synonyms.length ? new Set([query, ...synonyms]) : names.keys()) {
        const bonus = bonusFor(name, position);
        if (!bonus) continue;
        for (const number of names.get(name) || []) {
          const kind = this.records[number][KIND];
          const weighted = bonus * (position < 2 && (kind === "skill" || kind === "project") ? 1.4 : 1);
          if (!(bonuses.get(number)?.bonus >= weighted)) bonuses.set(number, { bonus: weighted, isEnough: bonus >= 5 });
        }
      }
    });
    return bonuses;
  }

  // ---- Phrases ----

  // Returns an answer with the results that have all phrases of a query and none that it excludes.
  withPhrases(answer, parsed, filters) {
    const hasPhrases = this.phraseTest(parsed);
    return this.only(answer, answer.all.filter(({ number }) => hasPhrases(number)), filters);
  }

  // Returns a function from the number of a record to whether it has all phrases and none of the excluded ones; its value is
  // undefined if the text of the record has to be loaded first.
  //   contains: whether a text has a phrase.
  phraseTest({ phrases, excluded }, contains = (text, phrase) => containsPhrase(fold(text).replace(/[\u2012-\u2015]/g, "-"), phrase)) {
    const [required, forbidden] = [phrases, excluded].map((all) => all.map((phrase) => ({
      phrase, places: this.mayContain(phrase), names: this.mayBeNamed(phrase), inTexts: isLongPhrase(phrase) ? null : this.recordsWithWord(phrase),
    })));
    const has = (number, { phrase, places, names, inTexts }) => {
      if (inTexts?.has(number) || (names.has(number) && contains(this.namesContentOf(number), phrase))) return true;
      if (!places.has(number) || (inTexts && this.isSplit)) return false;
      return this.hasText(number) ? contains(this.simplified(this.textOf(number)), phrase) : undefined;
    };
    return (number) => {
      const [missing, unwanted] = [required.map((one) => has(number, one)), forbidden.map((one) => has(number, one))];
      if (missing.includes(false) || unwanted.includes(true)) return false;
      return missing.includes(undefined) || unwanted.includes(undefined) ? undefined : true;
    };
  }

  // The numbers of the records that may have a phrase in their text, and in their names: all, if all texts are loaded.
  mayContain() {
    return new Set(this.records.keys());
  }

  mayBeNamed() {
    return this.mayContain();
  }

  // The numbers of the records that have a word, or the beginning of a longer one, in their text, by the lists of terms.
  recordsWithWord(word) {
    const terms = tokensOf(word).flatMap(({ term }) => (ONE_HAN.test(term) ? [term] : this.termsFrom(term)));
    return new Set(terms.flatMap((term) => [...(this.recordsWith(term) || [])].filter(([, counts]) => counts < 1 || counts >= IN_TEXT).map(([number]) => number)));
  }

  // Everything that phrases are looked for in: names, trail, title of the page, and text, folded.
  contentOf(number) {
    return `${this.namesContentOf(number)} \n ${this.simplified(fold(this.textOf(number)))}`;
  }

  namesContentOf(number) {
    const record = this.records[number];
    return this.simplified(fold([record[TITLE], ...record[KEYWORDS], ...(this.unlistedNames.get(number) || []), ...record[TRAIL], this.core.pages[record[PAGE]][1]].join(" \n ")));
  }

  compactContentOf(number) {
    return ((this.compactContents ??= [])[number] ??= compactFigures(this.contentOf(number)));
  }

  // ---- Filters and their facets ----

  passes(record, { kind, skill, period }, ignored) {
    return (
      (!kind || ignored === "kind" || record[KIND] === kind) &&
      (!skill || ignored === "skill" || record[SKILLS].includes(skill)) &&
      (!period || ignored === "period" || this.years(record).includes(Number(period)))
    );
  }

  // Counts results by value of each facet; a facet is not filtered by itself, so that other values can be chosen.
  facets(found, filters) {
    const counts = { kind: new Map(), skill: new Map(), period: new Map() };
    const add = (values, value) => values.set(value, (values.get(value) || 0) + 1);
    const isFiltered = Object.values(filters).some(Boolean);
    const passes = (record, facet) => !isFiltered || this.passes(record, filters, facet);
    const changes = []; // year → how many results more than in the year before
    for (const { record } of found) {
      if (passes(record, "kind")) add(counts.kind, record[KIND]);
      if (passes(record, "skill")) for (const skill of record[SKILLS]) add(counts.skill, skill);
      const years = record[DATES][0] && passes(record, "period") && this.firstAndLastYear(record);
      if (years) {
        changes[years[0]] = (changes[years[0]] || 0) + 1;
        changes[years[1] + 1] = (changes[years[1] + 1] || 0) - 1;
      }
    }
    let number = 0;
    for (let year = Number(Object.keys(changes)[0]); year < changes.length; year += 1) {
      number += changes[year] || 0;
      if (number) counts.period.set(String(year), number);
    }
    return counts;
  }

  label(facet, value) {
    return (facet === "kind" ? this.core.kinds[value] : facet === "skill" && this.core.skills[value]) || value;
  }

  // ---- Results ----

  // Up to three skills whose names have most pairs of characters in common with a query (Dice coefficient, halved).
  nearestSkills(query) {
    const pairsOf = (text) => new Set(adjacentPairs([...` ${compact(text)} `]));
    const wanted = pairsOf(this.simplified(query));
    const similarity = (record) => Math.max(...[record[TITLE], ...record[KEYWORDS]].map((name) => {
      const own = pairsOf(name);
      return [...own].filter((pair) => wanted.has(pair)).length / (own.size + wanted.size);
    }));
    const skills = this.records.filter((record) => record[KIND] === "skill").map((record) => ({ record, similarity: similarity(record) }));
    return skills.filter((skill) => skill.similarity > MIN_SIMILARITY).sort((one, other) => other.similarity - one.similarity).slice(0, 3).map(({ record }) => record);
  }

  // The URL of a record; highlight: words and phrases to highlight on the page.
  address(record, highlight = []) {
    const url = new URL(this.core.pages[record[PAGE]][0] || "./", ROOT);
    for (const form of highlight) url.searchParams.append("marks", form);
    url.hash = record[ANCHOR] || url.hash; // of the builder singlehtml, whose pages are parts of one
    return url.href;
  }
}

const lastDate = (record) => record[DATES][1] || record[DATES][0] || "";

// Where in a line or cell a compact text has another that is not a part of a longer figure: 1年4个月 is not in 11年4个月; -1
// if nowhere.
function placeOfFigures(content, text) {
  for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
    if (!(/\d/.test(text[0]) && /\d/.test(content[at - 1] || "")) && !(/\d/.test(text.at(-1)) && /\d/.test(content[at + text.length] || ""))) return at - content.lastIndexOf(BORDER, at) - 1;
  }
  return -1;
}

// Whether a text has a phrase. Latin words match from their beginning: -java excludes "Java" and "JavaScript", but not "mojava".
function containsPhrase(text, phrase) {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (!/[a-z0-9]/.test(phrase[0]) || !/[a-z0-9]/.test(text[at - 1] || "")) return true;
  }
  return false;
}
