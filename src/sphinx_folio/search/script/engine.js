// Ranking: rare terms, titles, more of what was asked and what is called exactly so come first.

const WEIGHTS = [7, 5, 1.2, 1]; // title, aliases, surroundings, text
const KIND_WEIGHTS = { skill: 1.25, project: 1.2, page: 1.1, position: 1, evidence: 0.8, person: 0.9 };
const ENOUGH = 0.42; // the share of the query that a result must cover
const OTHER_FORM = 0.85, ALIKE = 0.6; // what another word for the same, and one with a slip, is worth
const FEW = 3; // results, with which pages of second rank are looked at as well
const SECOND = [0.1, 0.6]; // what text and name of a page of second rank are worth
const NAMED = 1 << 30;

function bitsOf(places) {
  let count = 0;
  for (let rest = places; rest; rest &= rest - 1) count += 1;
  return count;
}

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

  // Every record for one way to say a unit: number → [score, share covered, 2 in a name, 1 in a text, 0 in passing].
  form(form, used, last) {
    const parts = [...form.matchAll(TOKEN)].map(([run, han]) => (han ? this.han(han, used) : this.word(run, used, last)));
    if (parts.length === 1) return parts[0];
    const result = new Map();
    for (const part of parts) {
      for (const [number, value] of part) {
        const sum = result.get(number);
        if (!sum) result.set(number, value);
        else value.forEach((more, place) => (sum[place] += more));
      }
    }
    for (const [number, value] of result) {
      value[1] /= parts.length;
      if (value[1] < 0.6) result.delete(number); // of client-go, go alone says little
    }
    return result;
  }

  // The last word may be on its way to a longer one, earlier ones seldom are, and another form (undefined) never is.
  word(run, used, last) {
    const best = new Map();
    for (const [term, likeness] of last === undefined ? [[run, 1]] : this.meant(run)) {
      const records = this.postings.get(term);
      if (!records) continue;
      used.add(term);
      const worth = likeness * this.rarity(term) * (last || likeness === 1 ? 1 : 0.5);
      const begun = term.startsWith(run);
      const cover = begun ? 1 : likeness < 0.6 ? 0.8 : 0.95;
      for (const [number, counts] of records) {
        const score = worth * this.weigh(counts, number);
        const about = counts[0] + counts[1] ? 2 * begun : Number(term === run || (begun && records.size > 1));
        const known = best.get(number);
        if (!known) best.set(number, [score, cover, about]);
        else if (score > known[0]) [known[0], known[1], known[2]] = [score, cover, Math.max(known[2], about)];
      }
    }
    return best;
  }

  // Sums and places by record, kept apart from any result: a place is a bit, and the highest says that a name has it.
  han(run, used) {
    const characters = [...run].slice(0, 30);
    const terms = characters.length > 1 ? pairs(characters) : characters;
    const sums = (this.sums ??= new Float64Array(this.records.length));
    const places = (this.places ??= new Int32Array(this.records.length));
    const touched = [];
    let known = 0;
    terms.forEach((term, place) => {
      const records = this.postings.get(term);
      if (!records) return;
      used.add(term);
      const worth = this.rarity(term) / Math.sqrt(terms.length);
      const bits = characters.length > 1 ? 3 << place : 1;
      known |= bits;
      for (const [number, counts] of records) {
        if (!places[number]) touched.push(number);
        sums[number] += worth * this.weigh(counts, number);
        places[number] |= bits | (counts[0] + counts[1] ? NAMED : 0);
      }
    });
    const result = new Map();
    const enough = bitsOf(known) > characters.length / 2 ? 0.5 : 0.6; // 网络 says little of 神经网络 if nothing here is 神经, unless it is a name
    for (const number of touched) {
      const named = places[number] & NAMED ? 1 : 0;
      const held = places[number] & ~NAMED;
      const score = sums[number];
      sums[number] = places[number] = 0;
      const share = bitsOf(held) / characters.length;
      if (share < 0.7 && bitsOf(held) < 4 && !named) continue; // 人工 within 本人工作 says nothing of 人工智能
      if (share < enough && !this.names[number].includes(characters.filter((_, place) => held & (1 << place)).join(""))) continue;
      result.set(number, [score * share, share, named ? 2 : 1]);
    }
    return result;
  }

  // The best of all ways to say a unit; if none is held whole, what is alike but for one character as well.
  unit({ forms }, used, last) {
    const best = new Map();
    let whole = false;
    const take = (form, worth, last) => {
      for (const [number, [score, cover, said]] of this.form(form, used, last)) {
        const value = score * worth * cover;
        const about = worth < 1 && said < 2 ? 0 : said; // another word for it counts in names alone
        whole ||= cover === 1;
        const known = best.get(number);
        if (!known) best.set(number, [value, cover, about]);
        else if (value > known[0]) [known[0], known[1], known[2]] = [value, cover, Math.max(known[2], about)];
      }
    };
    // PR is no beginning; go, by which something is called, may be that of gomock.
    const abbreviation = forms.length > 1 && /^[a-z]{1,4}$/.test(forms[0]) && !this.names.some((names) => names.includes(forms[0]));
    forms.forEach((form, place) => take(form, place ? OTHER_FORM : 1, place || abbreviation ? undefined : last));
    if (ALL_HAN.test(forms[0]) && !whole) for (const form of this.alike(forms[0])) take(form, ALIKE);
    return best;
  }

  // Answer a query: results best first, what was looked for, and how many there are of each facet.
  // Where little is found, pages of second rank may say more; where nothing is, they are looked at before that is said.
  async search(query, facets = {}, shown = 12, still = async () => true) {
    const answer = await this.answer(query, facets, shown);
    answer.more = this.core.later && this.records.length === this.first && !(answer.whole && answer.number >= FEW);
    if (!answer.more || answer.number || !(await still())) return answer;
    await this.later();
    return this.answer(query, facets, shown);
  }

  async answer(query, facets, shown) {
    const asked = await this.ready(query);
    const used = new Set();
    const total = new Map();
    let unsaid = false; // whether the site says nothing at all of a part of the query
    // Words that mean the same as others, and are said nowhere together, are asked for one by one.
    asked.units = asked.units.flatMap((unit) => {
      const words = unit.forms.length > 1 && unit.forms[0].includes(" ") ? [...unit.forms[0].matchAll(TOKEN)] : [];
      return words.length < 2 || this.unit(unit, new Set()).size ? [unit] : words.map(([word]) => ({ at: unit.at, forms: [word] }));
    });
    for (const unit of asked.units) {
      const answers = this.unit(unit, used, unit === asked.units.at(-1));
      unsaid ||= !answers.size;
      for (const [number, [score, cover, about]] of answers) {
        const sum = total.get(number);
        if (!sum) total.set(number, [score, cover / asked.units.length, about]);
        else [sum[0], sum[1], sum[2]] = [sum[0] + score, sum[1] + cover / asked.units.length, Math.max(sum[2], about)];
      }
    }
    const share = () => {
      let most = 0;
      for (const [, cover] of total.values()) most = Math.max(most, cover);
      return most;
    };
    const called = this.called(asked.plain, share() < 0.99);
    for (const [number, { alone }] of called) if (alone && !total.has(number)) total.set(number, [0, 0.8, 1]);
    const most = share();
    let found = [];
    for (const [number, [score, cover, about]] of total) {
      if (cover < Math.max(ENOUGH, most * 0.45)) continue;
      // Machines in passing say nothing of machine learning; on pages of second rank, machines at all.
      if (unsaid && cover <= 0.5 && about < (number < this.first ? 1 : 2)) continue;
      const record = this.records[number];
      const [said, named] = number < this.first ? [1, 1] : SECOND;
      const worth = score * cover * cover * said + (called.get(number)?.worth || 0) * named;
      found.push({ number, record, score: worth * (KIND_WEIGHTS[record[KIND]] || 1) });
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
      for (const result of found.slice(0, 60)) if (this.squeezed(result.number).includes(asked.plain)) result.score *= 1.35;
    }
    found.sort(order);
    const fitting = found.filter(({ record }) => this.fits(record, facets));
    return { asked, used, whole: most > 0.99 && !unsaid, number: found.length, found: fitting, facets: this.facets(found, facets) };
  }

  all(number) {
    const record = this.records[number];
    const names = [record[TITLE], ...record[ALIASES], ...(this.more.get(number) || []), ...record[TRAIL], this.core.pages[record[PAGE]][1]];
    return fold([...names, this.textOf(number)].join(" \n "));
  }

  squeezed(number) {
    const text = this.textOf(number);
    const kept = (this.runTogether ??= [])[number];
    if (kept?.text === text) return kept.squeezed;
    const made = squeeze(this.all(number));
    this.runTogether[number] = { text, squeezed: made };
    return made;
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
      let worth = 0;
      names.forEach((name, place) => (worth = Math.max(worth, worthOf(name, place))));
      if (!worth) return;
      const kind = this.records[number][KIND];
      // From 5 on, it is found even if the index holds no term of the query.
      bonus.set(number, { worth: worth * (kind === "skill" || kind === "project" ? 1.4 : 1), alone: worth >= 5 });
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
