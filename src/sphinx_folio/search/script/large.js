// The engine of a large index. Lists of terms replace the texts, and of the names only those are indexed that have a word of a
// query: "learn" does that, before its terms are looked up. Where phrases and whole sentences are is told by lists of
// neighboring words; a few texts are loaded to make sure. See shards.py.

const MAX_UNITS = 5; // of a query that are looked up in a large index
const MIN_SENTENCE = 10; // a query is looked for as a sentence if it has so many pairs of Han characters, or half as many of words
const FIRST_TEXT_FILES = 3; // that a quoted phrase loads; then as many as have been loaded, until there are enough results
const FEW_PLACES = 3; // where a phrase may be: then texts are loaded rather than more lists

// Each two neighboring Latin words of a folded text, with a space between them; see neighbors in tokenizer.py.
function neighbors(folded) {
  const words = Array.from(folded.matchAll(/[a-z0-9]+|[\p{L}\p{N}]/gu), ([word]) => (/[a-z0-9]/.test(word) ? word : ""));
  return words.slice(1).map((word, position) => words[position] && word && `${words[position]} ${word}`).filter(Boolean);
}

// The words of a text in their order, without what is between them.
const wordsOf = (text) => tokensOf(fold(text)).map(({ term }) => term).join(" ");

// The numbers of the records in a postings list.
function numbersIn(list) {
  let number = 0;
  return list.split(" ").map((entry) => (number += parseInt(entry, 36)));
}

// Items in another order: the first and the last one, that in the middle, those in the middle between these, and so on.
function spread(items) {
  const order = new Set();
  for (let steps = 1; order.size < items.length; steps *= 2) {
    for (let step = 0; step <= steps; step += 1) order.add(items[Math.round((step * (items.length - 1)) / steps)]);
    if (steps > items.length) break; // an item may occur twice
  }
  return [...order];
}

class LargeSearchEngine extends SearchEngine {
  parsed(query) {
    return this.withoutExcess(parse(query, this));
  }

  // Lists of terms are Simplified. If the site is not, only withRare converts its names and the query.
  async answer(query, filters) {
    const isConverted = this.core.isTraditional && this.mayBeRare && ONE_HAN.test(query);
    return isConverted ? (await this.withRare()).answer(query, filters) : super.answer(query, filters);
  }

  async ownAnswer(query, filters) {
    const engine = this.forOneQuery();
    return (await engine.sentenceAnswer(query, filters)) || super.ownAnswer.call(engine, query, filters);
  }

  // A copy without terms, so that those that other queries have loaded or learned change no result.
  forOneQuery() {
    const [postings, termsByFirstLetter, lists, filesOfLists, knownTerms] = Array.from({ length: 5 }, () => new Map());
    return Object.assign(Object.create(this), { postings, termsByFirstLetter, lists, filesOfLists, knownTerms, learned: new Set(), groups: [...this.groups] });
  }

  // The lists of pairs of stop words are not loaded.
  hasUnknownPair() {
    return false;
  }

  // A query of many words is answered by those that say most, in a large index: those that have synonyms, and the longest.
  withoutExcess(parsed) {
    const importance = ({ forms: [form, ...others], isPhrase, weight = 1 }) => (isPhrase ? Infinity : weight * (form.length + (others.length ? 10 : 0)));
    const best = [...parsed.units].sort((one, other) => importance(other) - importance(one)).slice(0, MAX_UNITS);
    return this.isSplit ? { ...parsed, units: parsed.units.filter((unit) => best.includes(unit)) } : parsed;
  }

  // Answers a query that is a sentence of a text: most of its words are in many texts, but the lists of
  // some neighboring ones tell where it is. Null if it is not such a query.
  async sentenceAnswer(query, filters) {
    const sentence = fold(this.simplified(query.normalize("NFKC")));
    const length = this.cluesOf(sentence).reduce((sum, clue) => sum + (clue.includes(" ") ? 2 : 1), 0);
    if (length < MIN_SENTENCE) return null;
    const parsed = parse(query, this);
    if (parsed.phrases.length) return null; // a sentence may have what looks like an exclusion: pip -m
    await this.loadClues(sentence);
    const answer = this.rank({ ...parsed, units: [{ at: 0, forms: [sentence], isPhrase: true }] }, filters);
    const words = wordsOf(sentence);
    const checked = await this.withPhrases(answer, { phrases: [sentence], excluded: [] }, filters, (text) => wordsOf(text).includes(words));
    return checked.number || checked.unchecked ? { ...checked, parsed } : null;
  }

  // ---- Names ----

  // Notes strings for "learn".
  addGroup(group, compacted) {
    let end = -1;
    group.ends = compacted.map((text) => (end += text.length + 1)); // of each string in "joined"
    this.groups.push(group);
    for (const part of this.learned) this.learnFrom(group, part);
  }

  // Indexes all terms of names that have a part of a word, so that they can be looked up.
  learn(word) {
    const part = compact(word);
    if (!part || this.learned.has(part)) return;
    if (/^\d+$/.test(part) && !this.hasDates) this.addDates((this.hasDates = true));
    // All terms with a part are known already if those with a part of that are.
    const isKnown = [...this.learned].some((other) => part.includes(other) && /^[\w-]{3,}$/.test(other));
    this.learned.add(part);
    if (!isKnown) for (const group of this.groups) this.learnFrom(group, part);
  }

  learnFrom(group, part) {
    const { texts } = group;
    const known = this.knownTerms.get(group) || new Set(); // terms of the group that are indexed
    this.knownTerms.set(group, known);
    const found = new Set();
    if (/^[a-z0-9]$/.test(part)) { // only as a word of its own
      const word = new RegExp(`(?<![a-z0-9])${part}(?![a-z0-9])`, "i");
      texts.forEach((text, position) => word.test(text) && this.addTermsOf(group, position, (term) => term === part && !known.has(part)));
      known.add(part);
      return;
    }
    const isHan = ALL_HAN.test(part) && part.length < 3; // a term itself, which only names in single characters have
    if (isHan && known.has(part)) return;
    const isWanted = (term) => {
      const isNew = !known.has(term) && (term.includes(part) || (/[._]/.test(term) && compact(term).includes(part)));
      if (isNew) found.add(term);
      return isNew;
    };
    for (const position of this.positionsOf(group, part)) {
      if (isHan) this.addOccurrences(group, position, part);
      else this.addTermsOf(group, position, isWanted);
    }
    if (isHan) known.add(part);
    for (const term of found) known.add(term);
  }

  // Counts a term of Han characters, which need no tokenizer.
  addOccurrences(group, position, term) {
    const occurrences = fold(group.texts[position]).split(term).length - 1;
    if (occurrences) this.addTo(group, position, term, occurrences);
  }

  // The positions of the strings of a group that have a compact text.
  positionsOf({ joined, ends }, part) {
    const found = [];
    let position = 0;
    for (let at = joined.indexOf(part); at >= 0; at = joined.indexOf(part, ends[position])) {
      while (ends[position] <= at) position += 1;
      found.push(position);
    }
    return found;
  }

  // Converts all names and synonyms, too, as queries are converted.
  addRare(content) {
    super.addRare(content);
    const converted = (text) => this.simplified(text);
    this.groups = this.groups.map((group) => ({ ...group, texts: group.texts.map(converted), joined: converted(group.joined), terms: [] }));
    // Keys that become equal share their items.
    const withConvertedKeys = (lists) => [...lists].reduce((all, [key, items]) => all.set(converted(key), [...new Set([...(all.get(converted(key)) || []), ...items])]), new Map());
    for (const names of ["titles", "otherNames", "indexNames", "synonyms"]) this[names] = withConvertedKeys(this[names]);
    this.synonyms.forEach((others, form) => this.synonyms.set(form, [...new Set(others.map(converted))].filter((other) => other !== form)));
    this.sortSynonyms();
  }

  mayBeNamed(phrase) {
    return this.recordsNamed(compact(phrase));
  }

  // The records that have a compact text in a name or around it; number → value of the field.
  recordsNamed(part) {
    const found = new Map();
    for (const group of part ? this.groups : []) {
      for (const position of this.positionsOf(group, part)) {
        for (const number of this.ownersAt(group, position)) if (!found.has(number)) found.set(number, group.field);
      }
    }
    return found;
  }

  // ---- Texts: they are only loaded for phrases and to be shown, and must not change the ranking ----

  contentOf(number) {
    return this.namesContentOf(number);
  }

  compactContentOf(number) {
    return compactFigures(this.simplified(this.namesOf(number).join(" ")));
  }

  // Exact at any size: lists of terms and of neighboring words tell which records may have a phrase; their texts are loaded,
  // those of the best first. Each call loads as many files as were loaded before; the answer ends where the first text is
  // missing, and has the number of results that are unchecked: none if nothing more arrives, so that callers come to an end.
  async withPhrases(answer, parsed, filters, contains) {
    const hasPhrases = this.phraseTest(parsed, contains);
    const found = answer.all.filter(({ record }) => this.passes(record, filters)).map(({ number }) => number);
    const withoutText = () => found.filter((number) => hasPhrases(number) === undefined);
    const loaded = this.core.texts.filter(([, name]) => this.loadedFiles.has(name)).length;
    const missing = withoutText();
    await this.loadTextsOf(missing, Math.max(FIRST_TEXT_FILES, loaded));
    const unchecked = withoutText();
    const end = answer.all.findIndex(({ number }) => number === unchecked[0]);
    const all = answer.all.slice(0, end < 0 ? undefined : end).filter(({ number }) => hasPhrases(number));
    return { ...this.only(answer, all, filters), unchecked: unchecked.length < missing.length ? unchecked.length : 0 };
  }

  // Loads the texts of records, the first ones first, from a number of files at most.
  async loadTextsOf(numbers, most = Infinity) {
    const chunks = new Set(numbers.map((number) => this.core.texts.findLastIndex(([first]) => first <= number)));
    await Promise.all([...chunks].slice(0, most).map((chunk) => {
      const [first, name] = this.core.texts[chunk];
      return this.loadOnce(name, ([texts]) => texts.forEach((text, position) => (this.texts[first + position] = text)));
    }));
  }

  // ---- Postings lists ----

  recordsWith(term) {
    this.learn(term);
    const list = this.lists.get(term);
    if (list) {
      const records = this.recordsOf(term);
      let number = 0;
      for (const entry of list.split(" ")) {
        number += parseInt(entry, 36); // the digits before the star
        const star = entry.indexOf("*");
        records.set(number, (records.get(number) || 0) + (star < 0 ? 1 : Number(entry.slice(star + 1))) * IN_TEXT);
      }
      this.lists.set(term, "");
    }
    return super.recordsWith(term);
  }

  termsFrom(start) {
    this.learn(start);
    return super.termsFrom(start);
  }

  // Loads the postings lists of the terms that a parsed query has as typed, or of its synonyms, too.
  async loadPostings(parsed, withSynonyms = false) {
    const units = parsed.units.filter(({ isPhrase }) => !isPhrase);
    const terms = units.flatMap(({ forms }) => (withSynonyms ? forms : forms.slice(0, 1))).flatMap(termsOf);
    await this.loadLists(terms.map((term) => this.fileOf(term)));
    for (const phrase of [...parsed.phrases, ...parsed.excluded]) await this.loadClues(phrase);
  }

  // Loads files with postings lists, and uses them in this order, whatever that of their arrival.
  async loadLists(names) {
    const missing = [...new Set(names)].filter((name) => !this.filesOfLists.has(name));
    const loaded = await Promise.all(missing.map((name) => this.loadOnce(name, (lists) => lists)));
    loaded.forEach((lists, position) => {
      this.filesOfLists.set(missing[position], lists);
      for (const term in lists) {
        if (term.includes(" ")) return; // pairs of neighbors
        if (!this.postings.has(term)) append(this.termsByFirstLetter, term[0], term);
        this.lists.set(term, lists[term]);
      }
    });
  }

  // The name of the file with the postings list of a term, or of two neighboring words.
  fileOf(term) {
    const [first, second] = term.split(" ");
    const { pairs, terms, characters } = this.core;
    if (second === undefined) {
      const files = ONE_HAN.test(term) && [...term].length === 1 ? characters : terms;
      return files[term.codePointAt(0) % files.length];
    }
    const hash = [...`${first} ${second.slice(0, 2)}`].reduce((number, character) => (Math.imul(number, 31) + character.charCodeAt(0)) >>> 0, 0);
    return pairs[hash % pairs.length];
  }

  // ---- Where a phrase may be ----

  // The terms and pairs of neighbors that each text with a phrase has; the last word may be the beginning of a longer one.
  cluesOf(phrase) {
    const terms = termsOf(phrase.replaceAll("_", " "));
    const pairs = neighbors(phrase).filter((pair) => pair.split(" ")[1].length > 1); // fewer letters do not tell the file
    const clues = [...pairs, ...terms.filter((term) => ONE_HAN.test(term) && term.length > 1)];
    return clues.length ? clues : terms;
  }

  // Loads one of the files that tell where a phrase may be, then two, three … more while that may be in many places. Pairs of
  // long words come first, then rare pairs of Han characters that are far from each other.
  async loadClues(phrase) {
    const common = new Set(this.core.common.match(/../gu)); // pairs of Han characters that do not tell where a phrase is
    const clues = this.cluesOf(phrase);
    const words = clues.filter((clue) => clue.includes(" ")).sort((one, other) => other.length - one.length);
    const others = clues.filter((clue) => !clue.includes(" "));
    const order = [...words, ...spread(others.filter((clue) => !common.has(clue))), ...others.filter((clue) => common.has(clue))];
    for (let most = 1; ; most += 1) {
      const missing = [...new Set(order.map((clue) => this.fileOf(clue)))].filter((name) => !this.filesOfLists.has(name));
      if (!missing.length || (missing.length < clues.length && this.mayContain(phrase).size <= FEW_PLACES)) return;
      await this.loadLists(missing.slice(0, most));
    }
  }

  // The numbers of the records whose text may have a phrase, by all postings lists that have been loaded.
  mayContain(phrase) {
    let found = null;
    for (const clue of this.cluesOf(phrase)) {
      if (!this.filesOfLists.has(this.fileOf(clue))) continue;
      const records = this.recordsOfClue(clue);
      found = found ? new Set([...found].filter((number) => records.has(number))) : records;
    }
    return found || new Set(this.records.keys());
  }

  recordsOfClue(clue) {
    if (!clue.includes(" ")) return new Set((ONE_HAN.test(clue) ? [clue] : this.termsFrom(clue)).flatMap((term) => [...(this.recordsWith(term) || new Map()).keys()]));
    const lists = this.filesOfLists.get(this.fileOf(clue));
    const found = new Set();
    for (const pair in lists) if (pair.startsWith(clue)) for (const number of numbersIn(lists[pair])) found.add(number);
    return found;
  }

  // Scores a phrase: all records that may have it in their text, and those that have it in a name.
  scorePhrase(phrase, usedTerms = new Set()) {
    const result = new Map();
    const score = (number, counts) => result.set(number, [this.saturatedFrequency(counts, number), 1, isInName(counts) ? IN_A_NAME : IN_THE_TEXT]);
    for (const [number, field] of this.recordsNamed(compact(phrase))) if (containsPhrase(this.namesContentOf(number), phrase)) score(number, field);
    for (const number of this.mayContain(phrase)) score(number, IN_TEXT + (result.has(number) ? IN_TITLE : 0));
    const weight = Math.log(1 + (this.records.length + 1) / (result.size + 0.5));
    for (const value of result.values()) value[0] *= weight;
    for (const term of termsOf(phrase)) usedTerms.add(term);
    return result;
  }
}
