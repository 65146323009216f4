// The index in the browser: the records, and an inverted index of their terms. Names are indexed first, texts when their file
// has been loaded. If the index is split, lists of terms replace the texts, and of the names only those are indexed that have
// a word of a query: "learn" does that, before its terms are looked up. The format of the files is documented in index.py.

// The columns of a record; LENGTH, the number of terms in its text, exists only if the index is split.
const PAGE = 0, ANCHOR = 1, TITLE = 2, TRAIL = 3, KIND = 4, KEYWORDS = 5, SKILLS = 6, DATES = 7, LENGTH = 8;

// The fields in which occurrences of a term are counted. The four counts are digits of one number, to the base of 128, which
// takes a tenth of the time and memory of arrays: IN_TITLE etc. is the value of a digit.
const IN_TITLE = 1, IN_KEYWORDS = 2 ** 7, IN_CONTEXT = 2 ** 14, IN_TEXT = 2 ** 21;
const isInName = (counts) => (counts & 0x3fff) !== 0; // in a title or keyword

// Kind → the field as which its label is indexed; "project" finds all projects, but counts less than a name.
const KIND_LABEL_FIELD = { person: IN_KEYWORDS, education: IN_KEYWORDS, position: IN_KEYWORDS, project: IN_CONTEXT, skill: IN_CONTEXT };

// The endings by which an object of a programming language is also known: frob.core.Frobber, core.Frobber and Frobber.
const qualifiedEndings = (name) => name.split(/(?<=\.|::)/).map((part, position, parts) => parts.slice(position).join(""));

const isObject = (record) => record[KIND].includes(":");

// Appends an item to the list that a map has for a key.
function append(lists, key, item) {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

class SearchIndex {
  // core: the content of index.js; loadFile: from the name of a file to a promise of its content.
  constructor(core, loadFile) {
    this.core = core;
    const [pages = [], anchors, titles, trails, kinds, keywords, skills, dates, lengths = []] = core.records;
    this.records = core.records = pages.map((page, n) => [page, anchors[n], titles[n], trails[n], kinds[n], keywords[n], skills[n], dates[n], lengths[n]]);
    this.loadFile = loadFile;
    this.postings = new Map(); // term → Map of record number → counts; callers outside this class use recordsWith
    this.lists = new Map(); // term → its postings list, empty once recordsWith has read it; if the index is split
    this.termsByFirstLetter = new Map(); // to look for prefixes and misspellings
    this.loadedFiles = new Map(); // name → promise
    this.texts = []; // those that have been loaded, by record number
    this.isSplit = Boolean(core.terms);
    this.hasTexts = this.isSplit; // whether queries find what is in texts
    this.syllables = new Map(); // Han character → its pronunciations in pinyin
    this.mayBeRare = Boolean(core.rare); // whether withRare knows more terms
    this.useQueryWords(["", "", "", ...Array(14).fill("(?!)")]);
    this.relatedWords = []; // [kind, words that the entries of this kind come closest to]
    this.otherWords = new Set(); // words that the site does not have and that are no misspellings of others
    this.unlistedNames = new Map(); // record number → its names that are shown only if they match
    this.indexWords = new Set(); // those that are words of index entries
    kinds?.forEach((kind, number) => kind === "skill" && (core.skills[skills[number][0]] = titles[number]));
    this.groups = []; // of strings in which "learn" looks, if the index is split
    this.filesOfLists = new Map(); // the name of a loaded file with postings lists → its lists
    this.learned = new Set(); // the parts of words that "learn" has been called with
    this.titles = new Map(); // compact title → the numbers of the records that have it
    this.otherNames = new Map(); // the same for their other names
    this.indexNames = new Map(); // the same for the words of index entries
    this.addRecords();
    this.textLengths = lengths.length ? lengths : pages.map(() => 0); // in terms
    this.setAverageLength();
    this.synonyms = new Map(); // form → its synonyms
    kinds?.forEach((kind, number) => kind === "skill" && this.addSynonyms([titles[number], ...keywords[number]]));
    this.indexedGroups = [...core.aliases]; // groups of synonyms of which the site has at least two
    this.addGroups(core.aliases);
  }

  // ---- Building the inverted index ----

  // Indexes everything but the texts.
  addRecords() {
    const { core, records } = this;
    const titles = new Map(), keywords = new Map(), anchors = new Map(), contexts = new Map();
    const onPages = core.pages.map(() => []);
    records.forEach((record, number) => {
      append(titles, record[TITLE], number);
      for (const keyword of record[KEYWORDS]) append(keywords, keyword, number);
      // Authors choose anchors, such as #spiderpool-feature-dual-stack; numbered ones are generated.
      if (record[ANCHOR] && !/^(id)?\d+$/.test(record[ANCHOR])) append(anchors, record[ANCHOR].replace(/^[a-z]+_/, ""), number);
      onPages[record[PAGE]].push(number);
      for (const text of record[TRAIL]) append(contexts, text, number);
    });
    onPages.forEach((numbers, page) => contexts.set(core.pages[page][1], (contexts.get(core.pages[page][1]) || []).concat(numbers)));
    this.addNames(titles, IN_TITLE);
    this.addNames(keywords, IN_KEYWORDS);
    records.forEach((record, number) => {
      if (isObject(record)) for (const name of this.namesOf(number)) this.addName(name, [number], IN_KEYWORDS);
    });
    this.addStrings(anchors, IN_CONTEXT, true);
    this.addStrings(contexts, IN_CONTEXT);
    // Few queries have the name of a skill or a kind; only these need to know which records have it.
    const usesOf = (skill) => {
      if (!this.usesOfSkills) {
        this.usesOfSkills = new Map();
        records.forEach((record, number) => record[KIND] !== "skill" && record[SKILLS].forEach((key) => append(this.usesOfSkills, key, number)));
      }
      return this.usesOfSkills.get(skill) || [];
    };
    this.addStrings(new Map(Object.entries(core.skills).map(([key, name]) => [name, () => usesOf(key)])), IN_CONTEXT);
    for (const [kind, field] of Object.entries(KIND_LABEL_FIELD)) {
      if (core.kinds[kind]) this.addStrings(new Map([[core.kinds[kind], () => [...records.keys()].filter((number) => records[number][KIND] === kind)]]), field);
    }
    if (!this.isSplit) this.addDates();
  }

  // Indexes names: name → the numbers of the records that have it.
  addNames(owners, field) {
    const compacted = this.addStrings(owners, field, true);
    let position = 0;
    for (const numbers of owners.values()) this.addName(compacted[position++], numbers, field);
    this.joinedNames = this.runsOfNames = this.wordsOfNames = this.compactContents = null; // caches of subclasses
  }

  addName(name, numbers, field) {
    const names = field === IN_TITLE ? this.titles : field === IN_CONTEXT ? this.indexNames : this.otherNames;
    names.set(name, names.has(name) ? names.get(name).concat(numbers) : numbers);
  }

  isName(name) {
    return this.titles.has(name) || this.otherNames.has(name) || this.indexNames.has(name);
  }

  allNames() {
    return [...this.titles.keys(), ...this.otherNames.keys(), ...this.indexNames.keys()];
  }

  // The compact names of a record, and the endings of the names of an object of a programming language.
  namesOf(number) {
    const record = this.records[number];
    const names = [record[TITLE], ...record[KEYWORDS], ...(this.unlistedNames.get(number) || [])];
    return (isObject(record) ? names.flatMap(qualifiedEndings) : names).map(compact);
  }

  addDates() {
    const dates = new Map();
    this.records.forEach((record, number) => {
      for (const date of record[DATES]) append(dates, date, number);
      for (const year of this.years(record)) append(dates, String(year), number);
    });
    this.addStrings(dates, IN_CONTEXT);
  }

  // Indexes strings, or, if the index is split, notes them for "learn"; returns them compact.
  //   owners: string → the numbers of the records that have it, or a function that returns them;
  //   isName: whether each two neighboring words are also indexed run together: dualstack, gotesting.
  addStrings(owners, field, isName = false) {
    const BREAK = String.fromCharCode(1); // no character of a text
    const texts = [...owners.keys()];
    const group = { texts, field, isName, numbers: [...owners.values()], joined: compact(texts.join(BREAK)), terms: [] };
    const compacted = group.joined.split(BREAK);
    this.addGroup(group, compacted);
    return compacted;
  }

  addGroup(group) {
    group.texts.forEach((_, position) => this.addTermsOf(group, position, () => true));
  }

  // Counts the terms of a string of a group that are wanted. A single Han character counts in names only.
  addTermsOf(group, position, isWanted) {
    const { isName, terms } = group;
    const text = group.texts[position];
    if (!terms[position]) {
      terms[position] = tokenize(text);
      if (isName) for (const pair of adjacentPairs(fold(text).match(/[a-z0-9]+/g) || [])) if (!text.includes(pair)) terms[position].push(pair);
    }
    for (const term of terms[position]) if (isWanted(term)) this.addTo(group, position, term, 1);
  }

  // The numbers of the records that have a string of a group.
  ownersAt({ numbers }, position) {
    if (typeof numbers[position] === "function") numbers[position] = numbers[position]();
    return numbers[position];
  }

  addTo(group, position, term, occurrences) {
    const { field } = group;
    if (field === IN_CONTEXT && term.length === 1 && term >= "\u3000") return;
    const records = this.recordsOf(term);
    for (const number of this.ownersAt(group, position)) records.set(number, (records.get(number) || 0) + occurrences * field);
  }

  // Indexes the names that have a part of a word, if the index is split.
  learn() {}

  // The records with a term, with its counts; undefined if there are none.
  recordsWith(term) {
    return this.postings.get(term);
  }

  // The terms that begin with some letters.
  termsFrom(start) {
    return (this.termsByFirstLetter.get(start[0]) || []).filter((term) => term.startsWith(start));
  }

  // Indexes the texts of all records. A term that a text has by accident (it crosses the borders of words) counts 0; one that
  // is negated wherever the text has it counts -1.
  addTexts([texts, accidents]) {
    this.texts = texts;
    texts.forEach((text, number) => {
      const accidental = new Set((accidents[number] || "").split(" "));
      const terms = tokenize(text);
      for (const term of terms) this.count(term, number, IN_TEXT, accidental.has(term) ? 0 : accidental.has(`-${term}`) ? -1 : 1);
      this.textLengths[number] = terms.length;
    });
    this.setAverageLength();
    this.hasTexts = true;
    this.compactContents = this.joinedTexts = null; // caches of subclasses
  }

  setAverageLength() {
    this.averageLength = this.textLengths.reduce((sum, length) => sum + length, 0) / this.records.length || 1;
  }

  // Whether a text has a term by accident only.
  isAccident(term, number) {
    return this.postings.get(term)?.get(number) === 0;
  }

  count(term, number, field, occurrences) {
    const records = this.recordsOf(term);
    records.set(number, (records.get(number) || 0) + occurrences * field);
  }

  // The map from the number of each record with a term to its counts; a new one if the term is new.
  recordsOf(written) {
    const term = this.simplified(written);
    let records = this.postings.get(term);
    if (!records) {
      this.postings.set(term, (records = new Map()));
      if (!this.lists.has(term)) append(this.termsByFirstLetter, term[0], term);
    }
    return records;
  }

  // Adds names that no page shows: titles in other languages, and the words of index entries, which count less than others.
  //   rows: [record number, name, …].
  addUnlistedNames(rows, field = IN_KEYWORDS) {
    const owners = new Map();
    for (const [number, ...names] of rows) {
      for (const name of names) append(owners, name, number);
      this.unlistedNames.set(number, [...(this.unlistedNames.get(number) || []), ...names]);
    }
    this.addNames(owners, field);
  }

  addSynonyms(group) {
    const forms = group.map((form) => fold(form).trim());
    for (const form of forms) {
      const others = [...new Set([...(this.synonyms.get(form) || []), ...forms.filter((other) => other !== form)])];
      if (others.length) this.synonyms.set(form, others).set(compact(form), others).set(toTerm(form), others);
    }
  }

  addGroups(groups) {
    groups.forEach((group) => this.addSynonyms(group));
    this.sortSynonyms();
  }

  sortSynonyms() {
    this.runsOfNames = null; // a cache of subclasses, which has synonyms, too
    this.synonymsByLength = [...this.synonyms].filter(([form]) => form).sort(([one], [other]) => other.length - one.length);
  }

  // The first and the last year of a record; until now if it is ongoing.
  firstAndLastYear(record) {
    const [from, to] = [parseInt(record[DATES][0], 10), parseInt(record[DATES][1], 10)];
    return from && [from, Math.max(from, to || (this.thisYear ??= new Date().getFullYear()))];
  }

  years(record) {
    const [first, last] = this.firstAndLastYear(record) || [1, 0];
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  }

  // Converts Traditional characters, and words of Taiwan to those of the site (专案 to 项目), once addRare has replaced these
  // methods.
  simplified(text) {
    return text;
  }

  toLocalWords(text) {
    return text;
  }

  // Whether the text of a record has been loaded.
  hasText(number) {
    return this.texts[number] !== undefined;
  }

  textOf(number) {
    return this.texts[number] || "";
  }

  // ---- Loading files on demand ----

  // Loads a file once and passes its content on; after a failure, the next call tries again.
  loadOnce(name, use) {
    if (!this.loadedFiles.has(name)) {
      const loading = this.loadFile(name).then(use);
      loading.catch(() => this.loadedFiles.delete(name));
      this.loadedFiles.set(name, loading);
    }
    return this.loadedFiles.get(name);
  }

  // Loads what only queries with unknown terms need; resolves to a copy of this index that has it, too. This index does not
  // change: otherwise, the results of other queries would depend on what has been searched for before.
  withRare() {
    return this.loadOnce(this.core.rare, (content) => {
      const copy = this.copy();
      copy.addRare(content);
      return copy;
    });
  }

  // A copy to which names and synonyms can be added. Loaded files and texts are shared: a text may still arrive.
  copy() {
    const { texts, loadedFiles } = this;
    const copied = (value) => (value instanceof Map ? new Map([...value].map((entry) => entry.map(copied))) : Array.isArray(value) ? [...value] : value);
    return Object.assign(Object.create(this), Object.fromEntries(Object.entries(this).map((entry) => entry.map(copied))), { texts, loadedFiles });
  }

  // Adds Traditional characters, titles in other languages, more synonyms, and pinyin.
  addRare([traditional, simplified, titles, groups, regional, pinyin, related, others]) {
    this.mayBeRare = false;
    for (const [, syllable, characters] of pinyin.matchAll(/([a-z]+)([^a-z]+)/g)) {
      for (const character of characters) this.syllables.set(character, [...(this.syllables.get(character) || []), syllable]);
    }
    this.allSyllables = null; // a cache of a subclass
    this.relatedWords = related;
    this.otherWords = new Set(others);
    const forms = [...simplified];
    const variants = new Map([...traditional].map((character, position) => [character, forms[position]]));
    const convertible = new RegExp(`[${traditional}]`, "gu");
    this.simplified = (text) => text.replace(convertible, (character) => variants.get(character));
    // What is indexed under Traditional characters is also found under the Simplified ones, to which queries are converted.
    for (const [term, records] of [...this.postings]) {
      if (this.simplified(term) === term) continue;
      for (const [number, counts] of records) this.recordsOf(term).set(number, (this.recordsOf(term).get(number) || 0) + counts);
    }
    const localWords = new Map(regional);
    const words = new RegExp([...localWords.keys()].sort((one, other) => other.length - one.length).join("|"), "g");
    if (localWords.size) this.toLocalWords = (text) => text.replace(words, (word) => localWords.get(word));
    this.addUnlistedNames(this.core.titles || titles);
    this.addGroups(groups);
  }

  // Loads the words of index entries, and the texts if the index is not split.
  async loadAllTexts() {
    const { words, texts } = this.core;
    const loading = this.hasTexts ? null : this.loadOnce(texts[0][1], (content) => this.addTexts(content));
    await Promise.all([loading, this.loadOnce(words, async ([names, groups, queryWords]) => {
      await loading; // in this order, so that that of their arrival changes nothing
      this.addUnlistedNames(this.core.names || names, IN_CONTEXT);
      this.indexWords = new Set(names.flatMap(([, ...others]) => others));
      this.addGroups(groups);
      this.indexedGroups.push(...groups);
      this.useQueryWords(queryWords);
    })]);
  }

  // Uses words of query_words.py: lists of words, and the sources of regular expressions.
  useQueryWords([stopWords, generalWords, irregularWords, hanStopWords, hanGeneralWords, chineseQuestion, japaneseWord, functionWord, measureWord, months, date, day, duration, ...questions]) {
    this.stopWords = new Set(stopWords.split(" "));
    this.irregularWords = irregularWords.split("|").map((forms) => forms.split(" "));
    this.generalWords = new Set(generalWords.split(" "));
    this.hanStopWords = new RegExp(hanStopWords, "g");
    this.hanGeneralWords = new RegExp(hanGeneralWords, "g");
    this.chineseQuestion = new RegExp(chineseQuestion, "g");
    this.japaneseWord = new RegExp(japaneseWord, "g");
    this.functionWord = new RegExp(functionWord);
    this.measureWord = new RegExp(measureWord);
    this.months = months.split(" ");
    this.date = new RegExp(date, "g");
    this.day = new RegExp(day, "g");
    this.duration = new RegExp(duration, "g");
    this.durationQuestions = questions.map((pattern) => new RegExp(pattern));
    this.englishQuestion = new RegExp(`^(?:(?:${stopWords.replaceAll(" ", "|")})(?![\\w+#-]) ?)+|[?!.]+$`, "g");
  }

  // Whether a text has nothing but general words.
  isGeneral(text) {
    return tokensOf(text).every(({ term, han }) => (han ? !term.replace(this.hanGeneralWords, "") : this.generalWords.has(term)));
  }

  // Loads the pages of second rank: an index of its own, whose results come after those of this one.
  async loadSecondRank() {
    await this.loadAllTexts();
    if (this.core.later) await this.loadOnce(this.core.later, async ({ texts, ...content }) => {
      const second = new this.constructor({ ...this.core, later: null, ...content }, this.loadFile);
      second.addTexts(texts);
      await second.loadAllTexts();
      this.second = await second.withRare();
    });
  }

  // Loads the postings lists of a parsed query, if the index is split.
  async loadPostings() {}

  // Loads the texts of records, if they are not loaded yet.
  loadTextsOf() {
    return this.loadAllTexts();
  }
}
