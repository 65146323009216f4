// The search engine: finds and ranks the records for a query, filters them, and describes them for the panel.
//
// A result must cover enough of the query. Its score is the sum of the scores of all units, times the square of the coverage,
// plus a bonus for a name that the query is equal or similar to, times a weight for its kind. All weights were tuned on
// the queries in tests/browser/search/*.tsv; test_golden.py measures the effect of a change.

const KIND_WEIGHTS = { skill: 1.25, project: 1.2, page: 1.1, position: 1, evidence: 0.8, person: 0.9 };
const MIN_COVERAGE = 0.42; // the share of the query that a result must match
const MIN_COVERAGE_OF_BEST = 0.45; // ... and relative to the best result
const FEW_RESULTS = 3; // with fewer, pages of second rank are searched, too
const SECOND_RANK_WEIGHTS = { score: 0.1, bonus: 0.6 };
const MAX_TEXTS = 60; // results whose texts are loaded to look for phrases

class SearchEngine extends Scorer {
  // Answers a query. If nothing is found, and isStillWanted resolves to true, pages of second rank are searched, too.
  //   filters: { kind, skill, period }, each empty for all; shown: the number of results whose texts are needed.
  // The answer:
  //   parsed: the parsed query; usedTerms: a Set of terms that matched;
  //   found: the results that pass the filters, best first, each { number, record, score };
  //   number: the number of results without filters; facets: facet → Map of value → number of results;
  //   isComplete: whether a result matches the whole query; more: whether pages of second rank may have better results.
  async search(query, filters = {}, shown = 12, isStillWanted = async () => true) {
    const answer = await this.answer(query, filters, shown);
    const isSecondRankLeft = this.core.later && this.records.length === this.firstRankCount;
    answer.more = isSecondRankLeft && !(answer.isComplete && answer.number >= FEW_RESULTS);
    if (!answer.more || answer.number || !(await isStillWanted())) return answer;
    await this.loadSecondRank();
    return this.answer(query, filters, shown);
  }

  async answer(query, filters, shown) {
    const parsed = await this.prepare(query);
    const usedTerms = new Set();
    parsed.units = parsed.units.flatMap((unit) => this.splitUnmatched(unit));
    const { totals, hasUnmatchedUnit } = this.sumUnits(parsed.units, usedTerms);
    const bestCoverage = () => {
      let best = 0;
      for (const [, coverage] of totals.values()) best = Math.max(best, coverage);
      return best;
    };
    const bonuses = this.nameBonuses(parsed.compact, bestCoverage() < 0.99);
    for (const [number, { isEnough }] of bonuses) if (isEnough && !totals.has(number)) totals.set(number, [0, 0.8, IN_THE_TEXT]);
    const best = bestCoverage();
    let found = [];
    for (const [number, [score, coverage, prominence]] of totals) {
      if (coverage < Math.max(MIN_COVERAGE, best * MIN_COVERAGE_OF_BEST)) continue;
      const isFirstRank = number < this.firstRankCount;
      // If the site has no "learning", "machine" is no match for "machine learning", unless it is prominent.
      if (hasUnmatchedUnit && coverage <= 0.5 && prominence < (isFirstRank ? IN_THE_TEXT : IN_A_NAME)) continue;
      const record = this.records[number];
      const weights = isFirstRank ? { score: 1, bonus: 1 } : SECOND_RANK_WEIGHTS;
      const total = score * coverage * coverage * weights.score + (bonuses.get(number)?.bonus || 0) * weights.bonus;
      found.push({ number, record, score: total * (KIND_WEIGHTS[record[KIND]] || 1) });
    }
    const byScore = (one, other) => other.score - one.score || one.number - other.number;
    found.sort(byScore);
    const hasPhrases = parsed.phrases.length || parsed.excluded.length;
    const examined = this.hasAllTexts ? found : hasPhrases ? found.slice(0, MAX_TEXTS) : found.filter(({ record }) => this.passes(record, filters)).slice(0, shown);
    await this.loadTexts(examined.map(({ number }) => number));
    if (hasPhrases) {
      found = examined.filter(({ number }) => {
        const contains = (phrase) => this.containsPhrase(this.contentOf(number), phrase);
        return parsed.phrases.every(contains) && !parsed.excluded.some(contains);
      });
    }
    // A result that has the words of the query next to each other ranks higher.
    if (parsed.units.length > 1 || parsed.units.some(({ forms }) => forms[0].length > 2)) {
      for (const result of found.slice(0, MAX_TEXTS)) if (this.compactContentOf(result.number).includes(parsed.compact)) result.score *= 1.35;
    }
    found.sort(byScore);
    const passing = found.filter(({ record }) => this.passes(record, filters));
    return { parsed, usedTerms, isComplete: best > 0.99 && !hasUnmatchedUnit, number: found.length, found: passing, facets: this.facets(found, filters) };
  }

  // Splits a unit of several words that has synonyms into its words if nothing matches it as a whole.
  splitUnmatched(unit) {
    const words = unit.forms.length > 1 && unit.forms[0].includes(" ") ? [...unit.forms[0].matchAll(TOKEN)] : [];
    return words.length < 2 || this.scoreUnit(unit, new Set()).size ? [unit] : words.map(([word]) => ({ at: unit.at, forms: [word] }));
  }

  // Sums up the scores and the coverage of all units for each record; the prominence is the highest.
  sumUnits(units, usedTerms) {
    const totals = new Map();
    let hasUnmatchedUnit = false;
    for (const unit of units) {
      const scores = this.scoreUnit(unit, usedTerms, unit === units.at(-1));
      hasUnmatchedUnit ||= !scores.size;
      for (const [number, [score, coverage, prominence]] of scores) {
        const sum = totals.get(number);
        if (!sum) totals.set(number, [score, coverage / units.length, prominence]);
        else [sum[0], sum[1], sum[2]] = [sum[0] + score, sum[1] + coverage / units.length, Math.max(sum[2], prominence)];
      }
    }
    return { totals, hasUnmatchedUnit };
  }

  // A bonus for records whose title (more) or other name (less) the query equals, begins, is part of, or misspells.
  // Number → { bonus, isEnough: whether the record is a result even if no term of it matches }.
  nameBonuses(query, allowMisspelling) {
    const bonuses = new Map();
    if (!query) return bonuses;
    const synonyms = (this.synonyms.get(query) || []).map(compact);
    const isName = this.names.some((names) => names.includes(query));
    const misspelled = allowMisspelling && !isName && query.length > (ONE_HAN.test(query) ? 2 : 3);
    const bonusFor = (name, position) => { // position 0: the title
      if (name === query) return position ? 11 : 14;
      if (synonyms.length) return synonyms.includes(name) ? 8 : 0;
      if (query.length > 1 && name.startsWith(query)) return position ? 2.5 : 4;
      if (query.length > 2 && name.includes(query)) return 2.5;
      return misspelled && singleEdit(query, name) ? (position ? 5 : 6) : 0;
    };
    this.names.forEach((names, number) => {
      let bonus = 0;
      names.forEach((name, position) => (bonus = Math.max(bonus, bonusFor(name, position))));
      if (!bonus) return;
      const kind = this.records[number][KIND];
      bonuses.set(number, { bonus: bonus * (kind === "skill" || kind === "project" ? 1.4 : 1), isEnough: bonus >= 5 });
    });
    return bonuses;
  }

  // ---- Phrases ----

  // Everything that phrases are looked for in: names, trail, title of the page, and text, folded.
  contentOf(number) {
    const record = this.records[number];
    const names = [record[TITLE], ...record[KEYWORDS], ...(this.translatedTitles.get(number) || []), ...record[TRAIL], this.core.pages[record[PAGE]][1]];
    return fold([...names, this.textOf(number)].join(" \n "));
  }

  compactContentOf(number) {
    const text = this.textOf(number);
    const cached = (this.compactContents ??= [])[number];
    if (cached?.text === text) return cached.content;
    const content = compact(this.contentOf(number));
    this.compactContents[number] = { text, content };
    return content;
  }

  // Latin words match from their beginning: -java excludes "Java" and "JavaScript", but not "mojava".
  containsPhrase(text, phrase) {
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      if (!/[a-z0-9]/.test(phrase[0]) || !/[a-z0-9]/.test(text[at - 1] || "")) return true;
    }
    return false;
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
    const add = (facet, value) => counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
    for (const { record } of found) {
      if (this.passes(record, filters, "kind")) add("kind", record[KIND]);
      if (this.passes(record, filters, "skill")) for (const skill of record[SKILLS]) add("skill", skill);
      if (this.passes(record, filters, "period")) for (const year of this.years(record)) add("period", String(year));
    }
    return counts;
  }

  label(facet, value) {
    return (facet === "kind" ? this.core.kinds[value] : facet === "skill" && this.core.skills[value]) || value;
  }

  // ---- Results ----

  // The three skills whose names have most pairs of characters in common with a query (Dice coefficient, halved).
  nearestSkills(query) {
    const pairsOf = (text) => new Set(adjacentPairs([...` ${compact(text)} `]));
    const wanted = pairsOf(query);
    const similarity = (record) => Math.max(...[record[TITLE], ...record[KEYWORDS]].map((name) => {
      const own = pairsOf(name);
      return [...own].filter((pair) => wanted.has(pair)).length / (own.size + wanted.size);
    }));
    const skills = this.records.filter((record) => record[KIND] === "skill").map((record) => ({ record, similarity: similarity(record) }));
    return skills.sort((one, other) => other.similarity - one.similarity).slice(0, 3).map(({ record }) => record);
  }

  // The URL of a record; highlight: words to highlight on the page.
  address(record, highlight) {
    const url = new URL(this.core.pages[record[PAGE]][0] || "./", ROOT);
    if (highlight) url.searchParams.set("marks", highlight);
    url.hash = record[ANCHOR];
    return url.href;
  }
}
