// Port of matching/requirements.py.

const [MUST, ONE_OF, MAY] = ["must", "one of", "may"];
const STRENGTHS = ["", MAY, ONE_OF, MUST];

const blank = (text) => P.BRACKETS.replace(text, (_, inside) => `(${" ".repeat(inside.length)})`);

function segmentsOf(text) {
  const ends = P.SEGMENT.all(blank(text)).map(end);
  return [0, ...ends].map((start, index) => [start, ends[index] ?? text.length]);
}

// Like segmentsOf, with whether what each names is not asked.
function clausesOf(text) {
  const plain = blank(text);
  let negative = false;
  return segmentsOf(text).map(([start, stop]) => {
    const part = plain.slice(start, stop);
    const isOnlyWelcome = P.ONLY_NOT.whole(part) && P.MAY_CUE.search(plain.slice(0, start));
    const isRefusal = P.NOT_CUE.search(part) && !P.NOT_BUT.search(part) && !isOnlyWelcome;
    const isNegative = isRefusal || P.PUBLISHES.search(part) || P.PERMIT.search(part);
    negative = Boolean(isNegative || (negative && !P.ASKS_AGAIN.search(part)));
    return [start, stop, negative];
  });
}

const gapsOf = (text, run) => pairs(run).map(([one, other]) => text.slice(one.end, other.start));

function runsOf(text, found) {
  const runs = [];
  let run = [];
  for (const item of found) {
    if (run.length && item.start >= last(run).end) {
      const gap = text.slice(last(run).end, item.start);
      if (P.EITHER.search(gap) || ![P.JOINT, P.OR_SUCH_AS, P.OR_IN_BRACKETS].some((pattern) => pattern.whole(gap))) {
        runs.push(run);
        run = [];
      }
    } else if (run.length && item.start < last(run).end) continue;
    run.push(item);
  }
  return run.length ? [...runs, run] : runs;
}

function isStudied(text, { start, end: stop }) {
  const after = P.STUDIED_AFTER.match(text.slice(stop));
  return (after && !P.ASKS_AGAIN.search(after[0])) || P.STUDIED_BEFORE.search(text.slice(0, start));
}

function dropIntroductions(text, found, labelEnd) {
  for (const [place, [one, other]] of pairs(found).entries()) {
    const gap = text.slice(one.end, other.start);
    if (P.AND_SUCH.whole(gap)) {
      let final = place + 1;
      while (final + 1 < found.length && found[final + 1].start <= found[final].end) final += 1;
      const isEnd = P.AND_SUCH_END.match(text.slice(found[final].end));
      for (const item of isEnd ? found.slice(place + 1, final + 1) : []) item.isAsked = false;
    }
    const isAny = P.ANY_ONE.search(text.slice(0, one.start)) !== null;
    if (P.SUCH_AS.whole(gap) ? isAny || one.isAlone || P.OPEN_PLURAL.whole(String(one.key)) : isAny && P.OPENS.whole(gap)) one.isAsked = false;
  }
  const hasSentence = P.HAS_SENTENCE.search(text.slice(labelEnd));
  for (const item of last(found).start >= labelEnd ? found : []) {
    if (item.start < labelEnd && (hasSentence || item.isAlone)) item.isAsked = false;
  }
}

function isProfession(text, item) {
  return item.isAlone || P.PROFESSION.search(String(item.key)) || text.startsWith(" engineering", item.end);
}

// Sets the years of each skill: those in its part of the sentence, or those next to it if there are more.
function bindYears(text, found) {
  let goesOn = false;
  let before = [];
  for (const [start, stop] of segmentsOf(text)) {
    let inside = found.filter((item) => item.isAsked && start <= item.start && item.start < stop);
    const years = allYears(text.slice(start, stop), false, goesOn);
    goesOn ||= years.length > 0;
    if (years.length && !inside.length && P.ONLY_YEARS.whole(text.slice(start, stop))) inside = before;
    before = inside;
    const isAfter = inside.length && years.length && inside[0].start < start + years[0].start;
    for (const item of years.length ? inside : []) {
      const near = isAfter
        ? (years.find((one) => start + one.start >= item.end) ?? last(years))
        : (years.findLast((one) => start + one.start <= item.start) ?? years[0]);
      item.years = near.number;
      item.isAsked = !isProfession(text, item);
    }
  }
  for (const match of P.FIELDS.all(text)) {
    const isInside = (item) => match.index < item.start && item.start < end(match);
    for (const item of found) if (isInside(item) && isProfession(text, item)) item.isAsked = false;
  }
  for (const item of found.filter(({ group }) => group)) {
    item.years ||= found.find((other) => other.group === item.group && other.years)?.years ?? 0;
  }
}

const upToNextAsk = (text) => P.NEXT_ASK.split(text, 1)[0];

function isRemark(part) {
  const cue = P.MAY_CUE.search(part);
  return cue && P.REMARK.whole(part.slice(0, cue.index)) && P.REMARK_END.whole(part.slice(end(cue)));
}

function makeWelcome(before, condition = Infinity) {
  for (const item of before) if (item.start === last(before).start || item.start >= condition) item.strength = MAY;
}

class Reader {
  constructor(text, finder) {
    this.finder = finder;
    this.statements = new Splitter(text).found;
    this.groups = 0;
    this.unknown = new Set();
  }

  skills() {
    const isRefusal = (statement) => P.ONLY_NOT.whole(statement.text);
    const refused = new Set(this.statements.filter(isRefusal).map((statement) => statement.line));
    return this.skillsOf((statement) => statement.asks && !refused.has(statement.line));
  }

  skillsOf(isChosen) {
    return this.statements.filter(isChosen).flatMap((statement) => this.skillsIn(statement));
  }

  skillsIn(statement) {
    const text = normalized(statement.asks ? statement.text : P.IN_USE.replace(statement.text, " "));
    const mentions = this.finder.find(text);
    const named = (statement.isUnsure || !statement.asks ? [] : openNames(text, mentions)).filter(({ name }) => !isLanguageOrCity(name));
    const opened = named.map((name) => this.open(name));
    const isInside = (start, name) => start > name.start && start < name.end && /[a-z]/.test(text[start]);
    const isShorter = ({ key, start }) =>
      opened.some((name) => name.part === key && (start === name.start || isInside(start, name)));
    const all = [...mentions.filter((mention) => !isShorter(mention)), ...opened].sort((a, b) => a.start - b.start);
    for (const word of statement.asks ? this.finder.unknownWords(text, all) : []) this.unknown.add(word);
    const found = all.map((mention) => ({
      ...mention,
      isAlone: this.finder.hasMark(mention.key, "a"),
      strength: MUST,
      group: 0,
      years: 0,
      isAsked: true,
      sentence: statement.text,
      chinese: this.chineseName(text.slice(mention.start, mention.end), mention.key),
    }));
    if (!found.length) return [];
    this.weigh(text, found, statement.kind === OPTIONAL);
    this.dropCategories(text, found);
    dropIntroductions(text, found, statement.labelEnd);
    this.numberGroups(text, found);
    bindYears(text, found);
    return found.filter((item) => item.isAsked);
  }

  chineseName(word, key) {
    return /\p{sc=Han}/u.test(word) && this.finder.keys.get(squashed(word)) === key ? word : "";
  }

  // A skill by the name that the posting gives it, or one whose name the vocabulary knows after all.
  open({ name, start, end: stop, part }) {
    const plain = P.VERSION.replace(name, "");
    const key = this.finder.keys.get(squashed(name)) ?? this.finder.keys.get(squashed(plain));
    if (key !== undefined) return { key, start, end: stop, title: undefined };
    return { key: `open-${squashed(plain)}`, title: plain, start, end: stop, part };
  }

  // A company and the name beside it are one skill.
  joinProduct(one, other) {
    one.isAsked = false;
    const name = `${this.finder.concept(one.key)?.name} ${other.title}`;
    if (other.title) Object.assign(other, this.open({ name, start: one.start, end: other.end, part: one.key }));
  }

  weigh(text, found, optional) {
    const plain = blank(text);
    const whole = P.MAY_CUE.search(plain);
    const opens = P.OPENS_WELCOME.match(plain) && whole && whole.index < Math.min(found[0].start, 30);
    const isOptional = optional || opens;
    let before = [];
    for (const [start, stop, negative] of clausesOf(text)) {
      const part = plain.slice(start, stop);
      const inside = found.filter((item) => start <= item.start && item.start < stop);
      const welcome = P.MAY_CUE.search(part);
      if (welcome && inside.length && P.GOES_ON_WITH_OR.match(part)) for (const item of before) item.strength = MAY;
      before = inside;
      for (const item of inside) {
        const lead = plain.slice(start, item.start);
        const excluded =
          negative || P.REASON.match(part) || P.TO_LEARN.search(lead) || P.NOT_AFTER.search(lead) || isStudied(text, item);
        item.isAsked = !excluded && !this.finder.hasMark(item.key, "n");
        item.strength = isOptional || welcome ? MAY : MUST;
      }
      if (welcome && !inside.length && !negative && isRemark(part)) {
        const condition = P.IF.search(text.slice(0, start));
        makeWelcome(found.filter((item) => item.start < start), condition ? end(condition) : start);
      }
    }
    for (const bracket of P.BRACKETS.all(text)) {
      const inside = found.filter((item) => bracket.index < item.start && item.start < end(bracket));
      const isCurrent = P.CURRENTLY.match(bracket[1]);
      const isWelcome = P.MAY_CUE.search(bracket[1]);
      const clauses = clausesOf(bracket[0].slice(0, -1));
      for (const item of inside) {
        const [start, stop, negative] = clauses.findLast(([from]) => from <= item.start - bracket.index);
        const clause = bracket[0].slice(start, stop);
        if (isCurrent || negative) item.isAsked = false;
        if (isWelcome && (P.MAY_CUE.search(clause) || !P.ASKS_AGAIN.search(clause))) item.strength = MAY;
      }
      const outside = found.filter((item) => item.start < bracket.index);
      if (outside.length && P.ONLY_NOT.whole(bracket[1])) last(outside).isAsked = false;
      if (isWelcome && !inside.length && isRemark(bracket[1])) makeWelcome(outside);
    }
    for (const run of runsOf(text, found)) {
      const gaps = gapsOf(text, run);
      const joined = gaps.some((gap) => P.AND_OR.search(gap)) && (gaps.length > 1 || !gaps[0].startsWith(","));
      if (last(run).strength === MAY && run[0].strength !== MAY && joined) for (const item of run) item.strength = MAY;
    }
  }

  dropCategories(text, found) {
    for (const [one, other] of pairs(found)) {
      const gap = text.slice(one.end, other.start);
      const isNoun = gap === " " && /[a-z]/.test(text[other.start]);
      const isEither = P.EITHER_OF.whole(gap) && P.ANY_ONE.search(text.slice(0, one.start));
      if (P.TOOLS.whole(gap) || (isEither && this.finder.includes(one.key, other.key))) one.isAsked = false;
      const isToolNoun = !gap.trim() && P.TOOL_NOUN.search(text.slice(other.start, other.end + 2));
      if (isToolNoun || P.SERIES.whole(gap) || (other.isAlone && P.ABOUT.whole(gap))) other.isAsked = false;
      if (this.finder.hasMark(one.key, "m") && !gap.trim() && /[A-Z]/.test(text[other.start])) this.joinProduct(one, other);
      if (P.OR_SIMILAR.search(gap) || (isNoun && this.finder.includes(other.key, one.key))) other.isAsked = false;
    }
    for (const item of found) {
      const contains = (other) => other.isAsked && other.key !== item.key && this.finder.includes(item.key, other.key);
      if (item.isAlone && !P.PREFERABLY.match(text.slice(item.end)) && found.some(contains)) item.isAsked = false;
    }
  }

  numberGroups(text, found) {
    const runs = runsOf(text, found.filter((item) => item.isAsked));
    for (const [index, whole] of runs.entries()) {
      const start = runs[index + 1]?.[0].start ?? text.length;
      const until = P.NEXT_CLAUSE.search(text.slice(last(whole).end, start)) ? start : text.length;
      for (const run of [...this.joinedByOr(text, whole), ...this.joinedOtherwise(text, whole)]) {
        if (run.length > 2 && run.every((item) => this.finder.includes(run[0].key, item.key))) run.shift();
        const [{ strength, group: known }, final] = [run[0], last(run)];
        if (strength !== final.strength || known || final.group) continue;
        if (!this.areAlternatives(text.slice(0, until), run)) continue;
        const isOne = new Set(run.map((item) => item.key)).size === 1;
        this.groups += isOne ? 0 : 1;
        const group = isOne ? 0 : this.groups;
        for (const item of run) Object.assign(item, { strength: isOne || strength === MAY ? MAY : ONE_OF, group });
      }
    }
  }

  joinedByOr(text, run) {
    const gaps = gapsOf(text, run);
    const joints = gaps.flatMap((gap, place) => (P.OR.search(gap) ? [place] : []));
    if (!joints.length || P.ONE_OF_AFTER.match(upToNextAsk(text.slice(last(run).end)))) return [run];
    let start = 0;
    return [...gaps, "and"].flatMap((gap, place) => {
      if (!P.AND.search(gap) || joints.includes(place)) return [];
      const inside = joints.filter((joint) => start <= joint && joint < place);
      const pair = run.slice(inside[0], inside[0] + 2);
      const isApart = (item, other) => other >= start && other < inside[0] && !this.kinds([item, ...pair]).length;
      const from = inside.length && this.kinds(pair).length ? Math.max(start, run.findLastIndex(isApart) + 1) : start;
      start = place + 1;
      let until = last(inside) + 2;
      while (gaps[until - 1]?.trim() === "/") until += 1;
      return inside.length ? [run.slice(from, until)] : [];
    });
  }

  joinedOtherwise(text, whole) {
    const gaps = gapsOf(text, whole);
    const runs = pairs(whole).filter(
      ([one, other]) => P.OR_IN_BRACKETS.whole(text.slice(one.end, other.start)) && text[other.end] === ")",
    );
    let start = 0;
    for (const [place, gap] of [...gaps, ""].entries()) {
      if (gap.trim() === "/") continue;
      if (place > start && place - start < gaps.length) runs.push(whole.slice(start, place + 1));
      start = place + 1;
    }
    return runs;
  }

  kinds(items) {
    const [first, ...others] = items.map((item) => this.finder.alternatives(item.key));
    return first.filter((kind) => others.every((other) => other.includes(kind)));
  }

  areAlternatives(text, run) {
    const before = text.slice(0, run[0].start);
    const after = text.slice(Math.max(...run.map((item) => item.end)));
    const gaps = gapsOf(text, run);
    if (P.SIMILAR_AFTER.match(after) || P.EXAMPLE_BEFORE.search(before)) return true;
    if (P.IN_BRACKETS.search(before) && P.ETC_IN_BRACKETS.match(after)) return true;
    if (new Set(run.map((item) => item.key)).size === 1 || P.ALL_AFTER.match(after)) return false;
    if (P.ONE_OF_AFTER.match(upToNextAsk(after)) || P.ONE_OF_BEFORE.search(before)) return true;
    if (gaps.some((gap) => P.OR.search(gap))) return true;
    const [first, second] = run.map((item) => text.slice(item.start, item.end));
    const areKinds = gaps.length > 0 && gaps.every((gap) => gap.trim() === "/") && this.kinds(run).length > 0;
    return areKinds && !second.startsWith(first);
  }
}

const rank = ({ strength }) => STRENGTHS.indexOf(strength);
const stronger = (one, other) => (rank(other) > rank(one) ? other : one);

function strongest(asks) {
  const best = new Map();
  for (const ask of asks) {
    const known = best.get(ask.key);
    best.set(ask.key, { ...stronger(known ?? ask, ask), years: Math.max(known?.years ?? 0, ask.years) });
  }
  const groups = [...new Set([...best.values()].map((ask) => ask.group).filter(Boolean))];
  return [...best.values()].map((ask) => ({ ...ask, group: groups.indexOf(ask.group) + 1 }));
}

function generalYears(statements, asks) {
  const isBound = ([years, sentence]) => asks.some((ask) => ask.years === years && ask.sentence === sentence);
  const candidates = statements.filter((statement) => statement.kind === REQUIRED).flatMap((statement) => {
    const text = normalized(statement.text);
    const parts = segmentsOf(text).map(([start, stop]) => text.slice(start, stop));
    const asking = parts.filter((part) => yearsIn(part) && !P.MAY_CUE.search(blank(part)));
    return asking.map((part) => [yearsIn(part), statement.text]);
  });
  const headers = statements
    .filter((statement) => statement.kind === UNKNOWN || statement.line < 4)
    .map((statement) => [yearsIn(statement.text, true), statement.text]);
  return [...candidates, ...headers].find((item) => item[0] && !isBound(item)) ?? [0, ""];
}

const isDuty = ({ kind, text }, index, all) =>
  kind === DUTIES ||
  ((kind === UNKNOWN || kind === "other") && P.IN_USE.search(text)) ||
  (kind === UNKNOWN && all.slice(0, index).some((statement) => statement.asks));

// Whether a text is in English or Chinese, as far as its letters and its frequent words tell: a port of language.py.
function isRead(text) {
  if (P.OTHER_SCRIPT.all(text).length > 0.06 * P.LETTER.all(text).length) return false;
  const [foreign, english] = [P.FOREIGN.all(text).length, P.ENGLISH.all(text).length];
  return foreign < Math.max(english ? 3 : 2, 0.06 * P.WORD_IN_LATIN.all(text).length) || foreign <= english;
}

// The skills that a text in another language names, without what is asked of them.
const namesIn = (text, finder) =>
  linesOf(text).flatMap((line) => {
    const plain = normalized(line);
    const mentions = finder.find(plain);
    const named = openNames(plain, mentions).map(({ name, start }) => ({ key: finder.keys.get(squashed(name)), start }));
    const found = [...mentions, ...named.filter(({ key }) => key !== undefined)].sort((a, b) => a.start - b.start);
    return found.map(({ key }) => ({ key, strength: "", group: 0, years: 0, sentence: line.trim(), chinese: "" }));
  });

function requirementsOf(text, finder) {
  const plain = simplified(text);
  return plain === text ? plainRequirements(text, finder) : asWritten(plainRequirements(plain, finder), text, plain);
}

function plainRequirements(text, finder) {
  if (!isRead(text)) {
    const nothing = { duties: [], years: 0, degrees: [], languages: [], seniority: "", place: "", remote: null };
    return { ...nothing, title: titleOf(text), skills: strongest(namesIn(text, finder)), unknown: [] };
  }
  const reader = new Reader(text, finder);
  const asks = reader.skills();
  const skills = strongest(asks);
  const isNew = ({ key }) => asks.every((ask) => ask.key !== key);
  const duties = strongest(reader.skillsOf(isDuty).filter(isNew));
  const [years, yearsSentence] = generalYears(reader.statements, asks);
  const languages = languagesAsked(reader.statements);
  return {
    title: titleOf(text),
    ...{ skills, duties, years, yearsSentence, degrees: degreesAsked(reader.statements), languages },
    permit: reader.statements.find(({ asks, text: line }) => asks && P.PERMIT.search(line) && !P.NOT.search(line)),
    ...{ seniority: seniorityOf(text), place: placeOf(text), remote: isRemote(text), unknown: [...reader.unknown] },
  };
}
