// Search: an engine over sections and objects, a dialog on every page, the search page, and marks on the page found.
// Plain script, no dependency; everything is loaded by script tags, so that it works from a file and under a strict
// policy. The index comes when the reader first turns to search.
"use strict";

var folioSearch = (() => {
  const WORDS = "@WORDS@";
  const here = new URL(document.currentScript.src);
  const ROOT = new URL("..", here); // the site's root: this script lies in _static
  const FOLDER = new URL("folio-search/", here);

  // ---- From text to terms: the same rules as in terms.py ----

  const HAN = "\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const token = () => new RegExp(`([${HAN}]+)|(?:(?![${HAN}])[\\p{L}\\p{N}_])+(?:\\+\\+|#)?`, "gu");
  const CAMEL = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
  const JOINED = /[a-z0-9]+(?:[-._][a-z0-9]+)+/g;
  const folded = new Map();

  // One character for one, so that places in the folded text are places in the text.
  function foldCharacter(character) {
    let plain = folded.get(character);
    if (plain === undefined) {
      plain = character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      if (plain.length !== character.length) plain = character;
      folded.set(character, plain);
    }
    return plain;
  }

  function fold(text) {
    let result = "";
    for (const character of text) result += foldCharacter(character);
    return result;
  }

  const pairs = (characters) => characters.slice(1).map((character, index) => characters[index] + character);

  function termsOf(text) {
    const plain = fold(text);
    const terms = [];
    for (const match of plain.matchAll(token())) {
      const [run, han] = match;
      if (han) {
        const characters = [...han];
        terms.push(...characters, ...pairs(characters));
        continue;
      }
      terms.push(run);
      const parts = text.slice(match.index, match.index + run.length).split(CAMEL);
      if (parts.length > 1) terms.push(...parts.map(fold));
    }
    for (const [joined] of plain.matchAll(JOINED)) terms.push(joined.replace(/[-._]/g, ""));
    return terms;
  }

  // ---- From what is typed to what is asked ----

  const IDLE = new Set(
    "a an and are at by can did do does for from he his how i in is it me of on or she the to used uses using was what when where which who with about any".split(" "),
  );
  // Words that only hold a Chinese question together; longer ones first.
  const IDLE_HAN = /有没有|会不会|能不能|他会|他有|他的|他在|是什么|为什么|什么是|是否|怎么|怎样|如何|什么|哪些|哪个|哪里|请问|关于|以及|的|了|吗|呢|吧|和|与|及|是|他/g;

  // A query: units that add up, phrases that must be there, and what must not be there.
  function parse(query, index) {
    const asked = { units: [], phrases: [], without: [], plain: squeeze(query) };
    let rest = query.normalize("NFKC").replace(/(^|\s)-(["“]([^"”]+)["”]|[^\s-]\S*)/gu, (all, space, word, quoted) => {
      asked.without.push(fold(quoted || word).trim());
      return " ";
    });
    rest = rest.replace(/["“]([^"”]+)["”]/gu, (all, phrase) => {
      asked.phrases.push(fold(phrase).trim().replace(/\s+/g, " "));
      return ` ${phrase} `;
    });
    asked.plain = squeeze(rest);
    let plain = fold(rest);
    const units = [];
    const whole = index && index.synonyms.get(squeeze(plain));
    const take = (from, to, forms) => {
      units.push({ at: from, forms: [plain.slice(from, to), ...forms] });
      plain = plain.slice(0, from) + "\u0000".repeat(to - from) + plain.slice(to);
    };
    if (whole && plain.trim()) {
      const at = plain.search(/\S/);
      take(at, at + plain.trim().length, whole);
    } else if (index) {
      for (const [word, forms] of index.synonymsByLength) {
        for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
          const joins = (left, right) => /[a-z0-9]/.test(left) && /[a-z0-9]/.test(right);
          const end = at + word.length;
          if (joins(plain[at - 1] || "", word[0]) || joins(word[word.length - 1], plain[end] || "")) continue;
          if (/[+#]/.test(plain[end] || "")) continue;
          take(at, end, forms);
        }
      }
    }
    const tokens = [...plain.matchAll(token())];
    for (const match of tokens) {
      const [run, han] = match;
      if (!han) {
        if (!IDLE.has(run)) units.push({ at: match.index, forms: [run] });
        continue;
      }
      const parts = han.length > 2 || tokens.length > 1 ? han.replace(IDLE_HAN, (idle) => " ".repeat(idle.length)) : han;
      for (const part of parts.matchAll(/\S+/g)) {
        if (part[0].length > 1 || parts.trim().length === 1) units.push({ at: match.index + part.index, forms: [part[0]] });
      }
    }
    if (!units.length) for (const match of tokens) units.push({ at: match.index, forms: [match[0]] });
    asked.units = units.sort((one, other) => one.at - other.at);
    return asked;
  }

  // Without spaces and joints: IPv4/IPv6 = ipv4 ipv6, client-go = clientgo.
  const squeeze = (text) => fold(text.normalize("NFKC")).replace(/[\s\-._/·、，]+/gu, "");

  // Whether two words are one slip apart: a letter too many, too few, another one, or two swapped.
  function oneSlip(word, other) {
    if (Math.abs(word.length - other.length) > 1) return false;
    let from = 0;
    while (from < word.length && word[from] === other[from]) from += 1;
    let end = 0;
    while (end < Math.min(word.length, other.length) - from && word[word.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    const left = word.slice(from, word.length - end);
    const right = other.slice(from, other.length - end);
    if (left.length <= 1 && right.length <= 1) return true;
    return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  }

  // ---- The engine ----

  const PAGE = 0, ANCHOR = 1, TITLE = 2, TRAIL = 3, KIND = 4, TEXT = 5, ALIASES = 6, SKILLS = 7, YEARS = 8;
  const WEIGHTS = [7, 5, 1.2, 1]; // title, aliases, headings above, body
  const KIND_WEIGHTS = { skill: 1.25, project: 1.2, page: 1.1, position: 1, evidence: 0.8, person: 0.9 };
  const ENOUGH = 0.42; // the share of the query that a result must cover

  class Engine {
    constructor(core, load) {
      this.core = core;
      this.records = core.records;
      this.load = load;
      const [traditional, simplified] = core.fold;
      [...traditional].forEach((character, place) => folded.set(character, [...simplified][place]));
      this.postings = new Map(); // term → Map of record → counts by field
      this.words = new Map(); // first letter → words, for prefixes and slips
      this.fetched = new Map();
      this.lengths = [];
      this.whole = !core.terms;
      this.records.forEach((record, number) => {
        this.add(record[TITLE], number, 0);
        this.add(record[ALIASES].join(" \n "), number, 1);
        const shown = record[KIND] === "skill" ? [] : record[SKILLS].map((skill) => core.skills[skill] || skill);
        const called = record[KIND] === "project" || record[KIND] === "skill" ? [core.kinds[record[KIND]]] : [];
        this.add([...record[TRAIL], core.pages[record[PAGE]][1], ...shown, ...called].join(" \n "), number, 2);
        if (this.whole) this.lengths[number] = this.add(record[TEXT], number, 3);
        else this.lengths[number] = record[TEXT];
      });
      this.names = this.records.map((record) => [record[TITLE], ...record[ALIASES]].map(squeeze));
      this.average = this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, this.lengths.length) || 1;
      this.synonyms = new Map();
      for (const group of core.aliases) {
        const forms = group.map((form) => fold(form).trim());
        for (const form of forms) {
          const others = forms.filter((other) => other !== form);
          this.synonyms.set(form, [...(this.synonyms.get(form) || []), ...others]);
          this.synonyms.set(squeeze(form), this.synonyms.get(form));
        }
      }
      this.synonymsByLength = [...this.synonyms].filter(([form]) => form).sort(([one], [other]) => other.length - one.length);
    }

    add(text, number, field) {
      const terms = termsOf(text);
      for (const term of terms) this.count(term, number, field, 1);
      return terms.length;
    }

    count(term, number, field, times) {
      let records = this.postings.get(term);
      if (!records) {
        this.postings.set(term, (records = new Map()));
        const first = term[0];
        if (!this.words.has(first)) this.words.set(first, []);
        this.words.get(first).push(term);
      }
      let counts = records.get(number);
      if (!counts) records.set(number, (counts = [0, 0, 0, 0]));
      counts[field] += times;
    }

    // Load the shards of terms that a query may touch.
    async ready(asked) {
      if (this.whole) return;
      const shards = new Set();
      for (const unit of [...asked.units, ...asked.phrases.map((form) => ({ forms: [form] }))]) {
        for (const form of unit.forms) {
          for (const [run, han] of form.matchAll(token())) {
            const characters = [...run];
            const kind = this.core[han && characters.length === 1 ? "characters" : "terms"];
            for (const first of han ? characters : [run]) shards.add(kind[first.codePointAt(0) % kind.length]);
          }
        }
      }
      await Promise.all([...shards].map((name) => this.fetch(name, (terms) => {
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
      const chunks = new Set();
      for (const number of numbers) {
        let chunk = this.core.texts.length - 1;
        while (this.core.texts[chunk][0] > number) chunk -= 1;
        chunks.add(chunk);
      }
      await Promise.all([...chunks].map((chunk) => {
        const [first, name] = this.core.texts[chunk];
        return this.fetch(name, (texts) => texts.forEach((text, place) => (this.loaded[first + place] = text)));
      }));
    }

    loaded = [];

    fetch(name, take) {
      if (!this.fetched.has(name)) this.fetched.set(name, this.load(name).then(take));
      return this.fetched.get(name);
    }

    textOf(number) {
      return this.whole ? this.records[number][TEXT] : this.loaded[number] || "";
    }

    // The terms of the index that a Latin word means, each with how well: itself, its beginnings, its slips.
    meant(word) {
      const found = new Map();
      if (this.postings.has(word)) found.set(word, 1);
      const near = this.words.get(word[0]) || [];
      const root = word.length > 5 ? word.replace(/(?:ings?|ers?|ed|es|s)$/, "") : word.replace(/(?<=\w{3})s$/, "");
      for (const term of near) {
        if (found.has(term) || term.length < 2) continue;
        if (term.startsWith(word) && word.length > 1) found.set(term, 0.75 * (0.4 + (0.6 * word.length) / term.length));
        else if (root.length > 2 && root !== word && (term === root || (root.length > 3 && term.startsWith(root)))) found.set(term, 0.6);
      }
      if (!found.size && word.length > 3 && /^[a-z]/.test(word)) {
        for (const term of near) {
          const exact = oneSlip(word, term);
          const begun = !exact && word.length > 5 && term.length > word.length && oneSlip(word, term.slice(0, word.length));
          if (!exact && !begun) continue;
          if (word.length < 5 && ![...this.postings.get(term).values()].some(([title, alias]) => title + alias)) continue;
          found.set(term, exact ? 0.5 : 0.35);
        }
      }
      return found;
    }

    rarity(term) {
      const records = this.postings.get(term);
      const held = records ? records.size : 0;
      return Math.log(1 + (this.records.length - held + 0.5) / (held + 0.5));
    }

    weigh(counts, number) {
      const length = 0.5 + (0.5 * this.lengths[number]) / this.average;
      const times = counts[0] * WEIGHTS[0] + counts[1] * WEIGHTS[1] + counts[2] * WEIGHTS[2] + (counts[3] * WEIGHTS[3]) / length;
      return times / (times + 2);
    }

    // Score of every record for one way to say a unit: number → [score, share covered].
    form(form, used) {
      const result = new Map();
      let size = 0;
      for (const [run, han] of form.matchAll(token())) {
        size += 1;
        if (!han) {
          const best = new Map();
          for (const [term, likeness] of this.meant(run)) {
            used.add(term);
            const worth = likeness * this.rarity(term);
            for (const [number, counts] of this.postings.get(term)) {
              const score = worth * this.weigh(counts, number);
              if (score > (best.get(number) || [0])[0]) best.set(number, [score, likeness < 0.5 ? 0.8 : 1]);
            }
          }
          for (const [number, [score, cover]] of best) {
            const before = result.get(number) || [0, 0];
            result.set(number, [before[0] + score, before[1] + cover]);
          }
          continue;
        }
        const characters = [...han];
        const terms = characters.length > 1 ? pairs(characters) : characters;
        const covered = new Map();
        terms.forEach((term, place) => {
          const records = this.postings.get(term);
          if (!records) return;
          used.add(term);
          const worth = this.rarity(term) / Math.sqrt(terms.length);
          for (const [number, counts] of records) {
            let seen = covered.get(number);
            if (!seen) covered.set(number, (seen = { score: 0, places: new Set(), named: false }));
            seen.named = seen.named || counts[0] + counts[1] > 0;
            seen.score += worth * this.weigh(counts, number);
            seen.places.add(place).add(Math.min(place + 1, characters.length - 1));
          }
        });
        for (const [number, { score, places, named }] of covered) {
          const share = places.size / characters.length;
          if (share < 0.5) continue;
          if (share < 0.7 && places.size < 4 && !named) continue; // 人工 within 本人工作 says nothing of 人工智能
          const before = result.get(number) || [0, 0];
          result.set(number, [before[0] + score * share, before[1] + share]);
        }
      }
      for (const value of result.values()) value[1] /= Math.max(1, size);
      return result;
    }

    // Answer a query: results best first, what was looked for, and how many there are of each facet.
    async search(query, facets = {}, shown = 12) {
      const asked = parse(query, this);
      await this.ready(asked);
      const used = new Set();
      const total = new Map();
      for (const unit of asked.units) {
        const best = new Map();
        unit.forms.forEach((form, place) => {
          for (const [number, [score, cover]] of this.form(form, used)) {
            const worth = place ? score * 0.85 : score;
            if (worth * cover > (best.get(number) || [0, 0])[0]) best.set(number, [worth * cover, cover]);
          }
        });
        for (const [number, [score, cover]] of best) {
          const before = total.get(number) || [0, 0];
          total.set(number, [before[0] + score, before[1] + cover]);
        }
      }
      let found = [];
      const most = Math.max(0, ...[...total.values()].map(([, cover]) => cover)) / asked.units.length;
      for (const [number, [score, covered]] of total) {
        const cover = covered / asked.units.length;
        if (cover < ENOUGH || cover < most * 0.45) continue;
        const record = this.records[number];
        found.push({ number, record, score: (score * cover * cover + this.exact(asked, number)) * (KIND_WEIGHTS[record[KIND]] || 1) });
      }
      const order = (one, other) => other.score - one.score || one.number - other.number;
      found.sort(order);
      // Phrases need texts; of many results, only the best can be looked at.
      const strict = asked.phrases.length || asked.without.length;
      const looked = this.whole ? found : strict ? found.slice(0, 60) : found.filter(({ record }) => this.fits(record, facets)).slice(0, shown);
      await this.texts(looked.map(({ number }) => number));
      if (strict) {
        found = looked.filter(({ number }) => {
          const text = this.all(number);
          const holds = (phrase) => this.holds(text, phrase);
          return asked.phrases.every(holds) && !asked.without.some(holds);
        });
      }
      if (asked.units.length > 1 || asked.units.some(({ forms }) => forms[0].length > 2)) {
        for (const result of found.slice(0, 60)) if (squeeze(this.all(result.number)).includes(asked.plain)) result.score *= 1.35;
      }
      found.sort(order);
      const kept = found.filter(({ record }) => this.fits(record, facets));
      return { asked, used, found: kept, facets: this.facets(found, facets) };
    }

    all(number) {
      const record = this.records[number];
      return fold([record[TITLE], ...record[ALIASES], ...record[TRAIL], this.core.pages[record[PAGE]][1], this.textOf(number)].join(" \n "));
    }

    // Latin words are whole at their beginning: -java leaves out Java, not what ends in it.
    holds(text, phrase) {
      for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
        if (!/[a-z0-9]/.test(phrase[0]) || !/[a-z0-9]/.test(text[at - 1] || "")) return true;
      }
      return false;
    }

    // What is called exactly as the query comes first.
    exact(asked, number) {
      const names = this.names[number];
      const record = this.records[number];
      const object = record[KIND] === "skill" || record[KIND] === "project" ? 1.4 : 1;
      const place = names.indexOf(asked.plain);
      if (place === 0) return 14 * object;
      if (place > 0) return 11 * object;
      if (asked.plain.length > 1 && names.some((name) => name.startsWith(asked.plain))) return 4 * object;
      if (asked.plain.length > 2 && names.some((name) => name.includes(asked.plain))) return 2.5 * object;
      return 0;
    }

    fits(record, { kind, skill, period }, but) {
      return (
        (!kind || but === "kind" || record[KIND] === kind) &&
        (!skill || but === "skill" || record[SKILLS].includes(skill)) &&
        (!period || but === "period" || this.years(record).includes(Number(period)))
      );
    }

    years(record) {
      const [from, to] = record[YEARS];
      if (!from) return [];
      const last = to || Math.max(from, new Date().getFullYear());
      return Array.from({ length: last - from + 1 }, (_, place) => from + place);
    }

    facets(found, chosen) {
      const counts = { kind: new Map(), skill: new Map(), period: new Map() };
      const more = (facet, value) => counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
      for (const { record } of found) {
        if (this.fits(record, chosen, "kind")) more("kind", record[KIND]);
        if (this.fits(record, chosen, "skill")) for (const skill of record[SKILLS]) more("skill", skill);
        if (this.fits(record, chosen, "period")) for (const year of this.years(record)) more("period", String(year));
      }
      return counts;
    }

    label(facet, value) {
      if (facet === "kind") return this.core.kinds[value] || value;
      return facet === "skill" ? this.core.skills[value] || value : value;
    }

    // The skills whose names share most with a query that found nothing.
    nearest(query) {
      const cut = (text) => new Set(pairs([...` ${squeeze(text)} `]));
      const wanted = cut(query);
      return this.records
        .filter((record) => record[KIND] === "skill")
        .map((record) => {
          const shared = Math.max(...[record[TITLE], ...record[ALIASES]].map((name) => {
            const own = cut(name);
            return [...own].filter((pair) => wanted.has(pair)).length / (own.size + wanted.size);
          }));
          return { record, shared };
        })
        .sort((one, other) => other.shared - one.shared)
        .slice(0, 3)
        .map(({ record }) => record);
    }

    address(record, query) {
      const url = new URL(this.core.pages[record[PAGE]][0] || "./", ROOT);
      if (query) url.searchParams.set("marks", query);
      url.hash = record[ANCHOR];
      return url.href;
    }
  }

  // ---- Marks ----

  // Where a text holds what a query says: pairs of places, in order.
  function runs(text, asked, used) {
    const plain = fold(text);
    const words = asked.units.flatMap(({ forms }) => (used ? forms : forms.slice(0, 1)).flatMap((form) => [...form.matchAll(token())]));
    const latin = words.filter(([, han]) => !han).map(([word]) => word);
    const cut = (run) => (run.length > 1 && !(asked.whole && asked.whole.includes(run)) ? pairs([...run]) : [run]);
    const han = new Set(words.filter(([, run]) => run).flatMap(([, run]) => cut(run)));
    const found = [];
    for (const match of plain.matchAll(token())) {
      if (!match[1]) {
        const begun = latin.find((word) => match[0].startsWith(word) && (word.length > 1 || match[0] === word));
        const inside = begun ? null : latin.find((word) => word.length > 3 && match[0].includes(word));
        if (begun) found.push([match.index, match.index + begun.length]);
        else if (inside) found.push([match.index + match[0].indexOf(inside), match.index + match[0].indexOf(inside) + inside.length]);
        else if (used && used.has(match[0])) found.push([match.index, match.index + match[0].length]);
        continue;
      }
      for (const pair of han) {
        for (let at = match[0].indexOf(pair); at >= 0; at = match[0].indexOf(pair, at + 1)) {
          found.push([match.index + at, match.index + at + pair.length]);
        }
      }
    }
    found.sort(([one], [other]) => one - other);
    const merged = [];
    for (const run of found) {
      const last = merged[merged.length - 1];
      if (last && run[0] <= last[1]) last[1] = Math.max(last[1], run[1]);
      else merged.push(run);
    }
    return merged;
  }

  function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in made && key !== "list") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function marked(text, asked, used) {
    const made = document.createDocumentFragment();
    let done = 0;
    for (const [from, to] of runs(text, asked, used)) {
      made.append(text.slice(done, from), element("mark", {}, text.slice(from, to)));
      done = to;
    }
    made.append(text.slice(done));
    return made;
  }

  // The part of a text that holds most of what was asked.
  function snippet(text, asked, used) {
    const WIDTH = 110;
    const places = runs(text, asked, used);
    let best = 0, most = -1;
    for (const [from] of places) {
      const held = new Set(places.filter(([at]) => at >= from && at < from + WIDTH).map(([at, to]) => fold(text.slice(at, to))));
      const worth = [...held].reduce((sum, run) => sum + run.length + 1, 0);
      if (worth > most) [best, most] = [from, worth];
    }
    let from = Math.max(0, best - 24);
    if (from) {
      const gap = text.slice(from, best).search(/[\s，。；、,.;:]/);
      if (gap >= 0) from += gap + 1;
    }
    const to = Math.min(text.length, from + WIDTH);
    const made = document.createDocumentFragment();
    made.append(from ? "…" : "", marked(text.slice(from, to).trim(), asked, used), to < text.length ? "…" : "");
    return made;
  }

  // ---- Loading ----

  const waiting = new Map();
  let engine = null;

  function script(name, take) {
    return new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const tag = element("script", { src: new URL(name, FOLDER).href });
      tag.onerror = () => reject(new Error(name));
      document.head.append(tag);
    });
  }

  function turnToSearch() {
    engine = engine || script("index.js").then((core) => new Engine(core, script));
    engine.catch(() => (engine = null));
    return engine;
  }

  // ---- One panel, in the dialog and on the search page ----

  const format = (text, value) => text.replace(/%[sd]/, () => value);
  let panels = 0;

  class Panel {
    constructor({ whole }) {
      this.whole = whole; // on the search page: all results, and the state in the address
      this.facets = {};
      this.number = ++panels;
      const id = (name) => `folio-search-${name}-${this.number}`;
      this.input = element("input", {
        type: "search", name: "q", autocomplete: "off", spellcheck: false, placeholder: WORDS.placeholder,
        "aria-label": WORDS.search, className: "folio-search-input", "aria-describedby": id("hint"),
      });
      this.status = element("p", { role: "status", className: "folio-search-status" });
      this.narrow = element("div", { className: "folio-search-facets" });
      this.list = element("ol", { className: "folio-search-results", id: whole ? "search-results" : id("results"), "aria-label": WORDS.results });
      this.hint = element("p", { className: "folio-search-hint", id: id("hint") }, WORDS.hint);
      this.form = element("form", { role: "search", action: new URL("search.html", ROOT).href }, this.input);
      this.element = element("div", { className: "folio-search-panel" }, this.form, this.status, this.narrow, this.list, this.hint);
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        const first = this.list.querySelector("a");
        if (!whole && first) first.click();
      });
      this.input.addEventListener("input", () => this.answer());
      this.element.addEventListener("keydown", (event) => this.move(event));
    }

    // The arrows walk through field and results; Home and End keep their meaning in the field.
    move(event) {
      if (event.key === "Escape" && !this.whole && !event.isComposing) {
        event.preventDefault(); // a search field would only be emptied
        this.element.closest("dialog").close();
        return;
      }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      if (event.isComposing || event.target.tagName === "SELECT") return;
      const stops = [this.input, ...this.list.querySelectorAll("a")];
      const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      if (!stops[next]) return;
      event.preventDefault();
      stops[next].focus();
    }

    async answer() {
      const query = this.input.value.trim();
      const turn = (this.turn = {});
      if (this.whole) this.remember(query);
      if (!query) {
        this.list.replaceChildren();
        this.narrow.replaceChildren();
        this.say("");
        return;
      }
      const late = setTimeout(() => this.turn === turn && this.say(WORDS.loading), 150);
      try {
        const ready = await turnToSearch();
        const answer = await ready.search(query, this.facets, this.whole ? 60 : 12);
        if (this.turn === turn) this.show(ready, query, answer);
      } catch (error) {
        if (this.turn === turn) this.say(WORDS.failed);
        console.warn(error);
      } finally {
        clearTimeout(late);
      }
    }

    say(text) {
      this.status.textContent = text;
    }

    show(ready, query, { asked, used, found, facets }) {
      this.list.replaceChildren();
      this.showFacets(ready, facets);
      const few = found.slice(0, this.whole ? 60 : 12);
      for (const { record, number } of few) this.list.append(this.result(ready, query, asked, used, record, number));
      if (found.length) {
        this.say(found.length === 1 ? WORDS.one : format(WORDS.many, found.length));
        if (!this.whole && found.length > few.length) {
          const more = new URL("search.html", ROOT);
          more.searchParams.set("q", query);
          for (const [facet, value] of Object.entries(this.facets)) if (value) more.searchParams.set(facet, value);
          this.list.append(element("li", { className: "folio-search-more" }, element("a", { href: more.href }, WORDS.all_results)));
        }
        return;
      }
      const tried = [...new Set(asked.units.flatMap(({ forms }) => forms))].join(", ");
      const near = ready.nearest(query);
      this.say(`${format(WORDS.none, `“${query}”`)} ${tried ? format(WORDS.tried, tried) : ""} ${near.length ? WORDS.nearest : ""}`);
      for (const record of near) {
        const link = element("a", { href: ready.address(record) }, element("span", { className: "folio-search-title" }, record[TITLE]));
        this.list.append(element("li", { className: "folio-search-near" }, link));
      }
    }

    result(ready, query, asked, used, record, number) {
      const [, page] = ready.core.pages[record[PAGE]];
      const path = [page, ...record[TRAIL]].filter((part, place, parts) => part !== record[TITLE] && parts.indexOf(part) === place);
      const text = ready.textOf(number);
      const link = element(
        "a",
        { href: ready.address(record, foldForMarks(asked)) },
        element("span", { className: "folio-search-title" }, marked(record[TITLE], asked, used)),
        " ",
        element("span", { className: "folio-search-kind" }, ready.label("kind", record[KIND])),
      );
      if (path.length) link.append(" ", element("span", { className: "folio-search-path" }, path.join(" › ")));
      if (record[ALIASES].length) link.append(" ", element("span", { className: "folio-search-path" }, marked(record[ALIASES].join(" · "), asked, used)));
      if (text && text !== record[TITLE]) link.append(" ", element("span", { className: "folio-search-snippet" }, snippet(text, asked, used)));
      return element("li", {}, link);
    }

    showFacets(ready, facets) {
      const open = document.activeElement && document.activeElement.name;
      this.narrow.replaceChildren();
      for (const facet of ["kind", "skill", "period"]) {
        const values = [...facets[facet]].sort(([one, many], [other, more]) => facet === "period" ? other.localeCompare(one) : more - many || one.localeCompare(other));
        if (!this.facets[facet] && values.length < 2) continue;
        if (this.facets[facet] && !facets[facet].has(this.facets[facet])) values.unshift([this.facets[facet], 0]);
        const choice = element("select", { name: facet }, element("option", { value: "" }, WORDS.all));
        for (const [value, count] of values) choice.append(element("option", { value }, `${ready.label(facet, value)} (${count})`));
        choice.value = this.facets[facet] || "";
        choice.addEventListener("change", () => {
          this.facets[facet] = choice.value;
          this.answer();
        });
        this.narrow.append(element("label", {}, WORDS[facet], " ", choice));
        if (open === facet) choice.focus();
      }
    }

    remember(query) {
      const state = new URL(location.href);
      for (const [name, value] of Object.entries({ q: query, ...this.facets })) {
        if (value) state.searchParams.set(name, value);
        else state.searchParams.delete(name);
      }
      if (state.href !== location.href) history.replaceState(null, "", state);
    }

    recall() {
      const state = new URLSearchParams(location.search);
      this.input.value = state.get("q") || "";
      for (const facet of ["kind", "skill", "period"]) this.facets[facet] = state.get(facet) || "";
      this.answer();
    }
  }

  // The query's words as typed, in the characters of the index, without what was excluded.
  const foldForMarks = (asked) => asked.units.map(({ forms }) => forms[0]).join(" ");

  // ---- The dialog ----

  let dialog = null;

  function openDialog(query = "") {
    if (document.querySelector("dialog[open].folio-search-dialog")) return;
    if (!dialog) {
      const panel = new Panel({ whole: false });
      const close = element("button", { type: "button", className: "folio-search-close", "aria-label": WORDS.close }, "×");
      const box = element("dialog", { className: "folio-search-dialog", "aria-label": WORDS.search }, close, panel.element);
      close.addEventListener("click", () => box.close());
      box.addEventListener("click", (event) => event.target === box && box.close());
      box.addEventListener("click", (event) => event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey && box.close());
      document.body.append(box);
      dialog = { box, panel };
    }
    const before = document.activeElement;
    dialog.box.addEventListener("close", () => before && before.focus && before.focus({ preventScroll: true }), { once: true });
    dialog.box.showModal();
    if (query) dialog.panel.input.value = query;
    dialog.panel.input.focus();
    dialog.panel.input.select();
    turnToSearch().catch(() => {});
    dialog.panel.answer();
  }

  const page = document.getElementById("search-page");

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  addEventListener(
    "keydown",
    (event) => {
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
      const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!slash && !chord) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // Sphinx's own shortcut would lead to the box of the theme
      if (page) page.querySelector("input").focus();
      else openDialog();
    },
    true,
  );

  // The theme's own box opens the dialog; without this script it leads to the search page.
  for (const box of document.querySelectorAll("form[role=search] input[name=q], .sidebar-search")) {
    if (page && page.contains(box)) continue;
    box.setAttribute("aria-keyshortcuts", "/ Control+K");
    const open = (event) => {
      if (page) return;
      event.preventDefault();
      const query = box.value;
      box.value = "";
      openDialog(query);
    };
    box.addEventListener("click", open);
    box.addEventListener("input", open);
  }

  if (page) {
    const panel = new Panel({ whole: true });
    page.append(panel.element);
    panel.recall();
    addEventListener("popstate", () => panel.recall());
    if (!panel.input.value) panel.input.focus();
  }

  // ---- Marks on the page that a result leads to ----

  function markPage() {
    const query = new URLSearchParams(location.search).get("marks");
    const body = document.querySelector("[role=main], main, article");
    if (!query || page || !body) return;
    const asked = { units: query.split(/\s+/).map((form) => ({ forms: [fold(form)] })) };
    const said = fold(body.textContent);
    asked.whole = asked.units.flatMap(({ forms }) => [...forms[0].matchAll(token())].map(([run]) => run)).filter((run) => said.includes(run));
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

  return {
    index: (core) => waiting.get("index.js")(core),
    shard: (name, content) => waiting.get(name)(content),
    open: openDialog,
    engine: turnToSearch,
  };
})();
