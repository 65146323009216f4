// What is known of the site: records, the terms that they hold, and what a word of a query may mean among them.

const PAGE = 0, ANCHOR = 1, TITLE = 2, TRAIL = 3, KIND = 4, TEXT = 5, ALIASES = 6, SKILLS = 7, DATES = 8;
const CALLED = { person: 1, education: 1, position: 1, project: 2, skill: 2 }; // where the name of the kind counts: few have the first

// An object of a programming language is also called by the ends of its name: frob.core.Frobber is core.Frobber and Frobber.
const endsOf = (name) => name.split(/(?<=\.|::)/).map((part, place, parts) => parts.slice(place).join(""));

class Store {
  constructor(core, load) {
    this.core = core;
    const [numbers = [], ...columns] = core.records; // by column, which packs better
    this.records = core.records = numbers.map((page, number) => [page, ...columns.map((column) => column[number])]);
    this.load = load;
    this.postings = new Map(); // term → Map of record → counts by field: title, aliases, surroundings, text
    this.words = new Map(); // first letter → words, for prefixes and slips
    this.fetched = new Map();
    this.loaded = [];
    this.lengths = [];
    this.whole = !core.terms;
    this.more = new Map(); // record → its titles in the site's other languages
    for (const record of this.records) if (record[KIND] === "skill") core.skills[record[SKILLS][0]] = record[TITLE];
    this.names = [];
    this.records.forEach((record, number) => this.take(record, number));
    this.first = this.records.length; // those after it come later, and rank lower
    this.average = this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, this.first) || 1;
    this.synonyms = new Map();
    for (const record of this.records) if (record[KIND] === "skill") this.addSynonyms([record[TITLE], ...record[ALIASES]]);
    core.aliases.forEach((group) => this.addSynonyms(group));
    this.sortSynonyms();
  }

  take(record, number) {
    const { core } = this;
    const names = [record[TITLE], ...record[ALIASES]];
    this.names[number] = (record[KIND].includes(":") ? names.flatMap(endsOf) : names).map(squeeze);
    this.addName(record[TITLE], number, 0);
    for (const alias of record[ALIASES]) this.addName(alias, number, 1);
    const shown = record[KIND] === "skill" ? [] : record[SKILLS].map((skill) => core.skills[skill] || skill);
    const called = CALLED[record[KIND]];
    if (called) this.add(core.kinds[record[KIND]], number, called);
    this.add([...record[TRAIL], core.pages[record[PAGE]][1], ...shown, ...record[DATES], ...this.years(record)].join(" \n "), number, 2);
    // Anchors are words that the author chose, in the letters of addresses: #spiderpool-feature-dual-stack.
    if (!/^(id)?\d+$/.test(record[ANCHOR])) this.addName(record[ANCHOR].replace(/^[a-z]+_/, ""), number, 2);
    this.lengths[number] = this.whole ? this.add(record[TEXT], number, 3) : record[TEXT];
  }

  add(text, number, field) {
    const terms = termsOf(text);
    for (const term of terms) this.count(term, number, field, 1);
    return terms.length;
  }

  // From the first year of a record to its last; without an end, it goes on.
  years(record) {
    const [from, to] = record[DATES].map((date) => parseInt(date, 10));
    if (!from) return [];
    const last = to || Math.max(from, new Date().getFullYear());
    return Array.from({ length: last - from + 1 }, (_, place) => from + place);
  }

  // A name is found by its words run together, too: dualstack, gotesting.
  addName(name, number, field) {
    this.add(name, number, field);
    const words = fold(name).match(/[a-z0-9]+/g) || [];
    for (const joined of pairs(words)) if (!name.includes(joined)) this.count(joined, number, field, 1);
  }

  count(term, number, field, times) {
    let records = this.postings.get(term);
    if (!records) {
      this.postings.set(term, (records = new Map()));
      if (!this.words.has(term[0])) this.words.set(term[0], []);
      this.words.get(term[0]).push(term);
    }
    let counts = records.get(number);
    if (!counts) records.set(number, (counts = [0, 0, 0, 0]));
    counts[field] += times;
  }

  // What only a query needs that has words which the site does not say.
  rare() {
    return this.fetch(this.core.rare, ([traditional, simplified, titles, aliases, regional]) => {
      learnVariants(traditional, simplified);
      const elsewhere = new Map(regional);
      const words = new RegExp([...elsewhere.keys()].sort((one, other) => other.length - one.length).join("|"), "g");
      if (elsewhere.size) this.regional = (text) => text.replace(words, (word) => elsewhere.get(word));
      this.callElsewhere(titles);
      aliases.forEach((group) => this.addSynonyms(group));
      this.sortSynonyms();
    });
  }

  callElsewhere(titles) {
    for (const [number, ...names] of titles) {
      this.more.set(number, names);
      for (const name of names) this.addName(name, number, 1);
      this.names[number].push(...names.map(squeeze));
    }
    this.everyName = this.runTogether = null;
  }

  // Pages of second rank, which come once a query asks for more than the first say; they may say what is rare among those.
  async later() {
    if (!this.core.later) return;
    await this.rare();
    await this.fetch(this.core.later, ([pages, records, titles]) => {
      this.core.pages.push(...pages);
      for (const record of records) this.take(record, this.records.push(record) - 1);
      this.callElsewhere(titles);
      this.sums = this.places = this.everyText = null;
    });
  }

  addSynonyms(group) {
    const forms = group.map((form) => fold(form).trim());
    for (const form of forms) {
      const others = [...new Set([...(this.synonyms.get(form) || []), ...forms.filter((other) => other !== form)])];
      if (others.length) this.synonyms.set(form, others).set(squeeze(form), others);
    }
  }

  sortSynonyms() {
    this.synonymsByLength = [...this.synonyms].filter(([form]) => form).sort(([one], [other]) => other.length - one.length);
  }

  // ---- What is loaded when a query asks for it ----

  fetch(name, take) {
    if (!this.fetched.has(name)) {
      const asked = this.load(name).then(take);
      asked.catch(() => this.fetched.delete(name)); // it may be there when it is asked for again
      this.fetched.set(name, asked);
    }
    return this.fetched.get(name);
  }

  // The terms that a query may touch, and, if it has words that the site does not say, what rarely matters.
  async ready(query) {
    let asked = parse(query, this);
    await this.shards(asked);
    if (this.core.rare && !this.fetched.has(this.core.rare) && this.unknown(asked)) {
      await this.rare();
      asked = parse(query, this);
      await this.shards(asked);
    }
    asked.units = asked.units.flatMap((unit) => this.compound(unit));
    return asked;
  }

  // A run of Han characters that is said nowhere, but is words of the site put together, becomes those words: 内核|版本.
  compound(unit) {
    const [form] = unit.forms;
    if (unit.forms.length > 1 || form.length < 4 || !ALL_HAN.test(form)) return [unit];
    const words = [""];
    const characters = [...form];
    characters.forEach((character, place) => {
      if (place && !this.postings.has(characters[place - 1] + character)) words.push("");
      words[words.length - 1] += character;
    });
    return words.every((word) => word.length > 1) ? words.map((word, place) => ({ at: unit.at + place, forms: [word] })) : [unit];
  }

  // A text in the words of this site's region, once those of another are loaded: 专案 is 项目.
  regional(text) {
    return text;
  }

  unknown(asked) {
    return asked.units.some(({ forms: [form] }) => [...form.matchAll(TOKEN)].some(([run, han]) => {
      const characters = [...run];
      const terms = han && characters.length > 1 ? pairs(characters) : [run];
      return terms.some((term) => !this.postings.has(term) && (han || !this.words.get(term[0])?.some((word) => word.startsWith(term))));
    }));
  }

  async shards(asked) {
    if (this.whole) return;
    const names = new Set();
    for (const unit of [...asked.units, ...asked.phrases.map((form) => ({ forms: [form] }))]) {
      for (const form of unit.forms) {
        for (const [run, han] of form.matchAll(TOKEN)) {
          const characters = [...run];
          const kind = this.core[han && characters.length === 1 ? "characters" : "terms"];
          for (const first of han ? characters : [run]) names.add(kind[first.codePointAt(0) % kind.length]);
        }
      }
    }
    await Promise.all([...names].map((name) => this.fetch(name, (terms) => {
      for (const [term, packed] of Object.entries(terms)) {
        let number = 0;
        for (const part of packed.split(" ")) {
          const [distance, times] = part.split("*");
          number += parseInt(distance, 36);
          this.count(term, number, 3, Number(times || 1));
        }
      }
    })));
  }

  // Load the texts of some records; without shards they are there.
  async texts(numbers) {
    if (this.whole) return;
    const chunks = new Set(numbers.map((number) => this.core.texts.findLastIndex(([first]) => first <= number)));
    await Promise.all([...chunks].map((chunk) => {
      const [first, name] = this.core.texts[chunk];
      return this.fetch(name, (texts) => texts.forEach((text, place) => (this.loaded[first + place] = text)));
    }));
  }

  textOf(number) {
    return this.whole ? this.records[number][TEXT] : this.loaded[number] || "";
  }

  // ---- What a word may mean ----

  // The terms of the index that a Latin word means, each with how well: itself, its beginnings, its slips.
  meant(word) {
    const found = new Map();
    const near = this.words.get(word[0]) || [];
    if (this.postings.has(word)) found.set(word, 1);
    for (const term of near) {
      if (term.length > word.length && word.length > 1 && term.startsWith(word)) found.set(term, 0.75 * (0.4 + (0.6 * word.length) / term.length));
    }
    const known = found.size;
    const root = word.length > 5 ? word.replace(/(?:ings?|ers?|ed|es|s)$/, "") : word.replace(/(?<=\w{3})s$/, "");
    if (root.length > 2 && root !== word) {
      for (const term of near) if (!found.has(term) && (term === root || (root.length > 3 && term.startsWith(root) && term.length - root.length < Math.min(4, root.length - 1)))) found.set(term, 0.6);
    }
    if (known || word.length < 4 || !/^[a-z]/.test(word)) return found;
    this.slips(word, near, found);
    if (!found.size && word.length > 4) this.slips(word, [...this.postings.keys()], found);
    return found;
  }

  // The shorter a word, the more others are one slip away: short ones, and first letters, count among names only.
  slips(word, near, found) {
    for (const term of near) {
      if (found.has(term) || term.length < 3) continue;
      const slip = oneSlip(word, term);
      const begun = !slip && word.length > 6 && term.length > word.length && oneSlip(word, term.slice(0, word.length));
      const kind = slip || begun;
      const first = word[0] !== term[0];
      if (!kind || (first && (kind === 3 || (kind === 2 && word.length > term.length && word.length < 7)))) continue; // bread is not read
      if (word.length < 6 && (kind === 3 || (kind === 2 && word.length > term.length && !/(.)\1/.test(word)))) continue; // nor stock stack, nor movie move
      if ((first || word.length < 5 || (word.length < 6 && slip > 1) || (word.length < 7 && slip > 2)) && !this.named(term)) continue;
      found.set(term, slip ? 0.5 : 0.35);
    }
  }

  named(term) {
    return [...this.postings.get(term).values()].some(([title, alias]) => title + alias);
  }

  // What the site says that differs from a run of Han characters by one of them: of short runs among names only. One half of
  // the run is as it should be, unless the two characters in the middle are swapped.
  alike(run) {
    const characters = [...run];
    const size = characters.length;
    if (size < 3 || size > 12 || run.length > size) return [];
    this.everyName ??= this.names.flat().join("\n");
    if (this.whole && size > 3) this.everyText ??= this.records.map((record) => fold(record[TEXT])).join("\n");
    const middle = size >> 1;
    const halves = [run.slice(0, middle), run.slice(middle)];
    const swapped = run.slice(0, middle - 1) + run[middle] + run[middle - 1] + run.slice(middle + 1);
    const found = new Set();
    for (const text of [this.everyName, (size > 3 && this.everyText) || ""]) {
      if (text.includes(swapped)) found.add(swapped);
      halves.forEach((half, second) => {
        for (let at = text.indexOf(half); at >= 0 && found.size < 6; at = text.indexOf(half, at + 1)) {
          for (const more of size > 3 ? [0, -1, 1] : [0]) {
            const from = second ? at + half.length - size - more : at;
            const form = text.slice(Math.max(0, from), from + size + more);
            if (!form.includes(run) && oneSlip(run, form) && ALL_HAN.test(form)) found.add(form);
          }
        }
      });
    }
    return [...found].slice(0, 6);
  }
}
