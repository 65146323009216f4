// Ranking: rare terms, titles, more of what was asked and what is called exactly so come first.

const WEIGHTS = [7, 5, 1.2, 1]; // title, aliases, surroundings, text
const KIND_WEIGHTS = { skill: 1.25, project: 1.2, page: 1.1, position: 1, evidence: 0.8, person: 0.9 };
const ENOUGH = 0.42; // the share of the query that a result must cover
const OTHER_FORM = 0.85, ALIKE = 0.6; // what another word for the same, and one with a slip, is worth

class Engine extends Store {
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

  // Every record for one way to say a unit: number → [score, share covered].
  form(form, used, last) {
    const result = new Map();
    const tokens = [...form.matchAll(token())];
    for (const [run, han] of tokens) {
      for (const [number, [score, cover]] of han ? this.han(han, used) : this.word(run, used, last)) {
        const before = result.get(number) || [0, 0];
        result.set(number, [before[0] + score, before[1] + cover]);
      }
    }
    for (const [number, value] of result) {
      value[1] /= tokens.length;
      if (tokens.length > 1 && value[1] < 0.6) result.delete(number); // of client-go, go alone says little
    }
    return result;
  }

  // The last word may be on its way to a longer one, earlier ones seldom are, and another form (undefined) never is.
  word(run, used, last) {
    const best = new Map();
    for (const [term, likeness] of last === undefined ? [[run, 1]] : this.meant(run)) {
      if (!this.postings.has(term)) continue;
      used.add(term);
      const worth = likeness * this.rarity(term) * (last || likeness === 1 ? 1 : 0.5);
      const cover = term.startsWith(run) ? 1 : likeness < 0.6 ? 0.8 : 0.95;
      for (const [number, counts] of this.postings.get(term)) {
        const score = worth * this.weigh(counts, number);
        if (score > (best.get(number) || [0])[0]) best.set(number, [score, cover]);
      }
    }
    return best;
  }

  han(run, used) {
    const characters = [...run];
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
    const result = new Map();
    const known = new Set(terms.flatMap((term, place) => (this.postings.has(term) ? [place, place + 1] : [])));
    const enough = known.size > characters.length / 2 ? 0.5 : 0.6; // 网络 says little of 神经网络 if nothing here is 神经, unless it is a name
    for (const [number, { score, places, named }] of covered) {
      const share = places.size / characters.length;
      if (share < enough && !this.names[number].includes([...places].sort().map((place) => characters[place]).join(""))) continue;
      if (share < 0.7 && places.size < 4 && !named) continue; // 人工 within 本人工作 says nothing of 人工智能
      result.set(number, [score * share, share]);
    }
    return result;
  }

  // The best of all ways to say a unit; if none is held whole, what is alike but for one character as well.
  unit({ forms }, used, last) {
    const best = new Map();
    const take = (form, worth, last) => {
      for (const [number, [score, cover]] of this.form(form, used, last)) {
        if (score * worth * cover > (best.get(number) || [0])[0]) best.set(number, [score * worth * cover, cover]);
      }
    };
    const abbreviation = forms.length > 1 && /^[a-z]+$/.test(forms[0]) && !this.postings.has(forms[0]); // PR is no beginning
    forms.forEach((form, place) => take(form, place ? OTHER_FORM : abbreviation ? 0.3 : 1, place ? undefined : last));
    if (ALL_HAN.test(forms[0]) && ![...best.values()].some(([, cover]) => cover === 1)) {
      for (const form of this.alike(forms[0])) take(form, ALIKE);
    }
    return best;
  }

  // Answer a query: results best first, what was looked for, and how many there are of each facet.
  async search(query, facets = {}, shown = 12) {
    const asked = await this.ready(query);
    const used = new Set();
    const total = new Map();
    for (const unit of asked.units) {
      for (const [number, [score, cover]] of this.unit(unit, used, unit === asked.units.at(-1))) {
        const before = total.get(number) || [0, 0];
        total.set(number, [before[0] + score, before[1] + cover / asked.units.length]);
      }
    }
    const share = () => Math.max(0, ...[...total.values()].map(([, cover]) => cover));
    const called = this.called(asked.plain, share() < 0.99);
    for (const [number, { alone }] of called) if (alone && !total.has(number)) total.set(number, [0, 0.8]);
    const most = share();
    let found = [];
    for (const [number, [score, cover]] of total) {
      if (cover < Math.max(ENOUGH, most * 0.45)) continue;
      const record = this.records[number];
      found.push({ number, record, score: (score * cover * cover + (called.get(number)?.worth || 0)) * (KIND_WEIGHTS[record[KIND]] || 1) });
    }
    const order = (one, other) => other.score - one.score || one.number - other.number;
    found.sort(order);
    // Phrases need texts; of many results, only the best can be looked at.
    const strict = asked.phrases.length || asked.without.length;
    const looked = this.whole ? found : strict ? found.slice(0, 60) : found.filter(({ record }) => this.fits(record, facets)).slice(0, shown);
    await this.texts(looked.map(({ number }) => number));
    if (strict) {
      found = looked.filter(({ number }) => {
        const holds = (phrase) => this.holds(this.all(number), phrase);
        return asked.phrases.every(holds) && !asked.without.some(holds);
      });
    }
    if (asked.units.length > 1 || asked.units.some(({ forms }) => forms[0].length > 2)) {
      for (const result of found.slice(0, 60)) if (squeeze(this.all(result.number)).includes(asked.plain)) result.score *= 1.35;
    }
    found.sort(order);
    return { asked, used, found: found.filter(({ record }) => this.fits(record, facets)), facets: this.facets(found, facets) };
  }

  all(number) {
    const record = this.records[number];
    const names = [record[TITLE], ...record[ALIASES], ...(this.more.get(number) || []), ...record[TRAIL], this.core.pages[record[PAGE]][1]];
    return fold([...names, this.textOf(number)].join(" \n "));
  }

  // Latin words are whole at their beginning: -java leaves out Java, not what ends in it.
  holds(text, phrase) {
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      if (!/[a-z0-9]/.test(phrase[0]) || !/[a-z0-9]/.test(text[at - 1] || "")) return true;
    }
    return false;
  }

  // What is called as the query says comes first: exactly, by its beginning, by a part, or but for one slip.
  called(plain, slips) {
    const bonus = new Map();
    if (!plain) return bonus;
    const others = (this.synonyms.get(plain) || []).map(squeeze);
    const exact = this.names.some((names) => names.includes(plain));
    const slip = slips && !exact && plain.length > (ONE_HAN.test(plain) ? 2 : 3);
    const worthOf = (name, place) => {
      if (name === plain) return place ? 11 : 14;
      if (others.length) return others.includes(name) ? 8 : 0;
      if (plain.length > 1 && name.startsWith(plain)) return place ? 2.5 : 4;
      if (plain.length > 2 && name.includes(plain)) return 2.5;
      return slip && oneSlip(plain, name) ? (place ? 5 : 6) : 0;
    };
    this.names.forEach((names, number) => {
      const worth = Math.max(...names.map(worthOf));
      const kind = this.records[number][KIND];
      // From 5 on, it is found even if the index holds no term of the query.
      if (worth) bonus.set(number, { worth: worth * (kind === "skill" || kind === "project" ? 1.4 : 1), alone: worth >= 5 });
    });
    return bonus;
  }

  // ---- Facets ----

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
    return (facet === "kind" ? this.core.kinds[value] : facet === "skill" && this.core.skills[value]) || value;
  }

  // The skills whose names share most with a query that found nothing.
  nearest(query) {
    const cut = (text) => new Set(pairs([...` ${squeeze(text)} `]));
    const wanted = cut(query);
    const likeness = (record) => Math.max(...[record[TITLE], ...record[ALIASES]].map((name) => {
      const own = cut(name);
      return [...own].filter((pair) => wanted.has(pair)).length / (own.size + wanted.size);
    }));
    const skills = this.records.filter((record) => record[KIND] === "skill").map((record) => ({ record, shared: likeness(record) }));
    return skills.sort((one, other) => other.shared - one.shared).slice(0, 3).map(({ record }) => record);
  }

  address(record, query) {
    const url = new URL(this.core.pages[record[PAGE]][0] || "./", ROOT);
    if (query) url.searchParams.set("marks", query);
    url.hash = record[ANCHOR];
    return url.href;
  }
}
