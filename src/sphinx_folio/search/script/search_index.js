// The index in the browser: the records, and an inverted index of their terms. Names are indexed first, texts when their file
// has been loaded; if the index is split, lists of terms replace the texts. The format of the files is documented in index.py.

// The columns of a record; LENGTH, the number of terms in its text, exists only if the index is split.
const PAGE = 0, ANCHOR = 1, TITLE = 2, TRAIL = 3, KIND = 4, KEYWORDS = 5, SKILLS = 6, DATES = 7, LENGTH = 8;

// The fields in which occurrences of a term are counted. The four counts are digits of one number, to the base of 256, which
// takes a tenth of the time and memory of arrays: IN_TITLE etc. is the value of a digit.
const IN_TITLE = 1, IN_KEYWORDS = 2 ** 8, IN_CONTEXT = 2 ** 16, IN_TEXT = 2 ** 24;
const isInName = (counts) => (counts & 0xffff) !== 0; // in a title or keyword

// Kind → the field as which its label is indexed; "project" finds all projects, but counts less than a name.
const KIND_LABEL_FIELD = { person: IN_KEYWORDS, education: IN_KEYWORDS, position: IN_KEYWORDS, project: IN_CONTEXT, skill: IN_CONTEXT };

// The endings by which an object of a programming language is also known: frob.core.Frobber, core.Frobber and Frobber.
const qualifiedEndings = (name) => name.split(/(?<=\.|::)/).map((part, position, parts) => parts.slice(position).join(""));

class SearchIndex {
  // core: the content of index.js; loadFile: from the name of a file to a promise of its content.
  constructor(core, loadFile) {
    this.core = core;
    const [pageNumbers = [], ...columns] = core.records;
    this.records = core.records = pageNumbers.map((page, number) => [page, ...columns.map((column) => column[number])]);
    this.loadFile = loadFile;
    this.postings = new Map(); // term → Map of record number → counts
    this.knownYears = new Map(); // record → its years
    this.termsOf = new Map(); // text → its terms, for titles of pages and names of skills, which many records share
    this.termsByFirstLetter = new Map(); // to look for prefixes and misspellings
    this.loadedFiles = new Map(); // name → promise
    this.texts = []; // those that have been loaded, by record number
    this.textLengths = []; // in terms
    this.isSplit = Boolean(core.terms);
    this.hasTexts = this.isSplit; // whether queries find what is in texts
    this.syllables = new Map(); // Han character → its pronunciations in pinyin
    this.hasRare = false; // whether what loadRare loads has arrived
    this.relatedWords = []; // [kind, words that the entries of this kind come closest to]
    this.translatedTitles = new Map(); // record number → its titles in other languages
    for (const record of this.records) if (record[KIND] === "skill") core.skills[record[SKILLS][0]] = record[TITLE];
    this.names = []; // for each record: title, keywords and translated titles, compact
    this.records.forEach((record, number) => this.addRecord(record, number));
    this.termsOf.clear();
    this.setAverageLength();
    this.synonyms = new Map(); // form → its synonyms
    for (const record of this.records) if (record[KIND] === "skill") this.addSynonyms([record[TITLE], ...record[KEYWORDS]]);
    core.aliases.forEach((group) => this.addSynonyms(group));
    this.sortSynonyms();
  }

  // ---- Building the inverted index ----

  addRecord(record, number) {
    const { core } = this;
    const names = [record[TITLE], ...record[KEYWORDS]];
    this.names[number] = (record[KIND].includes(":") ? names.flatMap(qualifiedEndings) : names).map(compact);
    this.addName(record[TITLE], number, IN_TITLE);
    for (const keyword of record[KEYWORDS]) this.addName(keyword, number, IN_KEYWORDS);
    const skills = record[KIND] === "skill" ? [] : record[SKILLS].map((skill) => core.skills[skill] || skill);
    const labelField = KIND_LABEL_FIELD[record[KIND]];
    if (labelField) this.addText(core.kinds[record[KIND]], number, labelField);
    for (const text of [...record[TRAIL], core.pages[record[PAGE]][1], ...skills, ...record[DATES]]) this.addText(text, number, IN_CONTEXT);
    for (const year of this.years(record)) this.count(String(year), number, IN_CONTEXT, 1);
    // Authors choose anchors, such as #spiderpool-feature-dual-stack; numbered ones are generated.
    if (!/^(id)?\d+$/.test(record[ANCHOR])) this.addName(record[ANCHOR].replace(/^[a-z]+_/, ""), number, IN_CONTEXT);
    this.textLengths[number] = record[LENGTH] || 0;
  }

  // Indexes the texts of all records. A term that a text has by accident (it crosses the borders of words) counts 0.
  addTexts([texts, accidents]) {
    this.texts = texts;
    texts.forEach((text, number) => {
      const accidental = new Set((accidents[number] || "").split(" "));
      const terms = tokenize(text);
      for (const term of terms) this.count(term, number, IN_TEXT, accidental.has(term) ? 0 : 1);
      this.textLengths[number] = terms.length;
    });
    this.setAverageLength();
    this.hasTexts = true;
    this.compactContents = null; // caches of subclasses
  }

  setAverageLength() {
    this.averageLength = this.textLengths.reduce((sum, length) => sum + length, 0) / this.records.length || 1;
  }

  // Whether a text has a term by accident only.
  isAccident(term, number) {
    return this.postings.get(term)?.get(number) === 0;
  }

  // Adds a text; of one that many records share, such as the title of their page, single Han characters are left out.
  addText(text, number, field) {
    let terms = this.termsOf.get(text);
    if (!terms) this.termsOf.set(text, (terms = tokenize(text)));
    for (const term of terms) if (field !== IN_CONTEXT || term.length > 1 || term < "\u3000") this.count(term, number, field, 1);
  }

  // Adds a name, and each two neighboring words of it run together: dualstack, gotesting.
  addName(name, number, field) {
    this.addText(name, number, field);
    const words = fold(name).match(/[a-z0-9]+/g) || [];
    for (const joined of adjacentPairs(words)) if (!name.includes(joined)) this.count(joined, number, field, 1);
  }

  count(term, number, field, occurrences) {
    let records = this.postings.get(term);
    if (!records) {
      this.postings.set(term, (records = new Map()));
      if (!this.termsByFirstLetter.has(term[0])) this.termsByFirstLetter.set(term[0], []);
      this.termsByFirstLetter.get(term[0]).push(term);
    }
    records.set(number, (records.get(number) || 0) + occurrences * field);
  }

  addTranslatedTitles(titles) {
    for (const [number, ...names] of titles) {
      this.translatedTitles.set(number, names);
      for (const name of names) this.addName(name, number, IN_KEYWORDS);
      this.names[number].push(...names.map(compact));
    }
    this.joinedNames = this.runsOfNames = this.compactContents = null; // caches of subclasses
  }

  addSynonyms(group) {
    const forms = group.map((form) => fold(form).trim());
    for (const form of forms) {
      const others = [...new Set([...(this.synonyms.get(form) || []), ...forms.filter((other) => other !== form)])];
      if (others.length) this.synonyms.set(form, others).set(compact(form), others);
    }
  }

  sortSynonyms() {
    this.runsOfNames = null; // a cache of subclasses, which has synonyms, too
    this.synonymsByLength = [...this.synonyms].filter(([form]) => form).sort(([one], [other]) => other.length - one.length);
  }

  // The years from the first to the last of a record; until now if it is ongoing.
  years(record) {
    if (!this.knownYears.has(record)) {
      const [from, to] = record[DATES].map((date) => parseInt(date, 10));
      const last = to || Math.max(from, new Date().getFullYear());
      this.knownYears.set(record, from ? Array.from({ length: last - from + 1 }, (_, offset) => from + offset) : []);
    }
    return this.knownYears.get(record);
  }

  // Converts words of Taiwan to those of the site (专案 to 项目), once loadRare has replaced this method.
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

  // Loads what only queries with unknown terms need: Traditional characters, titles in other languages, more synonyms.
  loadRare() {
    return this.loadOnce(this.core.rare, ([traditional, simplified, titles, groups, regional, pinyin, related]) => {
      for (const [, syllable, characters] of pinyin.matchAll(/([a-z]+)([^a-z]+)/g)) {
        for (const character of characters) this.syllables.set(character, [...(this.syllables.get(character) || []), syllable]);
      }
      this.relatedWords = related;
      learnVariants(traditional, simplified);
      const localWords = new Map(regional);
      const words = new RegExp([...localWords.keys()].sort((one, other) => other.length - one.length).join("|"), "g");
      if (localWords.size) this.toLocalWords = (text) => text.replace(words, (word) => localWords.get(word));
      this.addTranslatedTitles(this.core.titles || titles);
      groups.forEach((group) => this.addSynonyms(group));
      this.sortSynonyms();
      this.hasRare = true;
    });
  }

  // Loads the texts if the index is not split.
  async loadAllTexts() {
    if (!this.hasTexts) await this.loadOnce(this.core.texts[0][1], (content) => this.addTexts(content));
  }

  // Loads the pages of second rank: an index of its own, whose results come after those of this one.
  async loadSecondRank() {
    await this.loadAllTexts();
    if (!this.core.later) return;
    await this.loadRare();
    await this.loadOnce(this.core.later, async ({ texts, ...content }) => {
      const second = new this.constructor({ ...this.core, later: null, ...content }, this.loadFile);
      second.addTexts(texts);
      await second.loadRare();
      this.second = second;
    });
  }

  // Loads the postings lists of the terms that a parsed query has as typed, or of its synonyms, too.
  async loadPostings(parsed, withSynonyms = false) {
    if (!this.isSplit) return;
    const names = new Set();
    const typed = parsed.units.flatMap(({ forms }) => (withSynonyms ? forms : forms.slice(0, 1)));
    for (const form of [...typed, ...parsed.phrases, ...parsed.excluded]) {
      for (const { term, han } of tokensOf(form)) {
        const characters = [...term];
        const files = this.core[han && characters.length === 1 ? "characters" : "terms"];
        for (const first of han ? characters.slice(0, Math.max(1, characters.length - 1)) : [term]) names.add(files[first.codePointAt(0) % files.length]);
      }
    }
    await Promise.all([...names].map((name) => this.loadOnce(name, (lists) => {
      for (const [term, list] of Object.entries(lists)) {
        let number = 0;
        for (const entry of list.split(" ")) {
          const [distance, occurrences] = entry.split("*");
          number += parseInt(distance, 36);
          this.count(term, number, IN_TEXT, Number(occurrences || 1));
        }
      }
    })));
  }

  // Loads the texts of records.
  async loadTextsOf(numbers) {
    if (!this.isSplit) {
      await this.loadAllTexts();
      return;
    }
    const chunks = new Set(numbers.map((number) => this.core.texts.findLastIndex(([first]) => first <= number)));
    await Promise.all([...chunks].map((chunk) => {
      const [first, name] = this.core.texts[chunk];
      return this.loadOnce(name, ([texts]) => texts.forEach((text, position) => (this.texts[first + position] = text)));
    }));
  }
}
