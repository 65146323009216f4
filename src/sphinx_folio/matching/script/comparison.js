// Port of matching/comparison.py; the shards say what the portfolio has of each concept.

const STATUSES = ["proven", "shown", "named", "near", "missing"];
const VALUES = [1, 0.8, 0.5, 0.25, 0];
const [MET, NOT_MET, TO_CHECK] = ["met", "not met", "to check"];

// A skill that is only known by a part of its name is at most near.
function heldOfPart(part) {
  const [status, , ...held] = finder.concept(part)?.held ?? [4];
  return status < 2 ? [3, 0, ...held.map((index) => (index < 0 ? -1 - index : index))] : [4, 0];
}

function rowOf(ask) {
  const concept = finder.concept(ask.key);
  const [status, months, ...held] = concept?.held ?? heldOfPart(ask.part);
  const ofYears = months >= ask.years * 12 ? MET : months ? NOT_MET : TO_CHECK;
  const yearsStatus = ask.years && status < 3 ? ofYears : "";
  return {
    name: ask.title ?? concept?.name,
    status: STATUSES[status],
    value: VALUES[status] / (yearsStatus && yearsStatus !== MET ? 2 : 1),
    yearsStatus,
    points: ask.strength === MAY ? 1 : ask.strength ? 2 : 0,
    ...{ chinese: ask.chinese, strength: ask.strength, group: ask.group, years: ask.years, sentence: ask.sentence, months },
    held: held.map((index) => ({ ...DATA.skills[index < 0 ? -1 - index : index], isPart: index < 0 })),
  };
}

function conditionsOf(asked) {
  const { person } = DATA;
  const found = [];
  const add = (kind, wanted, text, status, sentence, strength = MUST) =>
    found.push({ kind, asked: wanted, found: text, status, strength, sentence });
  if (asked.years) {
    const months = asked.years * 12;
    const status = person.months >= months ? MET : person.most < months ? NOT_MET : TO_CHECK;
    add("years", String(asked.years), person.years, status, asked.yearsSentence);
  }
  const [rank, text] = person.degree;
  for (const [place, [wanted, sentence]] of asked.degrees.entries()) {
    const status = rank < 0 || (rank >= wanted && P.SELECTED_SCHOOLS.search(sentence)) ? TO_CHECK : rank >= wanted ? MET : NOT_MET;
    if (sentence) add("degree", DEGREES[wanted], text, status, sentence, place ? MAY : MUST);
  }
  for (const { name, level, strength, sentence } of asked.languages) {
    const [found = "", states = ""] = person.languages[name] ?? [];
    const isMore = P.ONLY_WRITTEN.match(found) && !P.ONLY_WRITTEN.match(sentence) && level !== "reading";
    const status = [isMore ? TO_CHECK : MET, NOT_MET][states[ORDER.indexOf(level)]] ?? TO_CHECK;
    add("language", level ? `${name}, ${level}` : name, found, status, sentence, strength);
  }
  const { text: permit, kind } = asked.permit ?? {};
  const isWelcome = kind === OPTIONAL || P.WELCOME.search(permit);
  if (permit) add("permit", permit, "", TO_CHECK, permit, isWelcome ? MAY : MUST);
  if (asked.seniority) add("seniority", asked.seniority, person.titles, TO_CHECK, asked.title);
  const remote = asked.remote === null ? "" : asked.remote ? "remote" : "on-site or hybrid";
  const place = [asked.place, remote].filter(Boolean).join(" · ");
  if (place) add("place", place, person.places, TO_CHECK, asked.title);
  return found;
}

function pointsOf(rows) {
  const groups = new Map();
  for (const [index, row] of rows.entries()) {
    const unit = row.group || `row ${index}`;
    groups.set(unit, [...(groups.get(unit) ?? []), row]);
  }
  const best = [...groups.values()].map((unit) => unit.reduce((one, other) => (other.value > one.value ? other : one)));
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  return {
    earned: sum(best.map((row) => row.value * row.points)),
    total: sum(best.map((row) => row.points)),
    counts: STATUSES.map((name) => best.filter((row) => row.status === name).length),
  };
}

function inOrder(rows) {
  const placeOf = (row) => rows.findIndex((other) => other === row || (row.group && other.group === row.group));
  const places = new Map(rows.map((row) => [row, placeOf(row)]));
  const isMay = (row) => Number(row.strength === MAY);
  return [...rows].sort((one, other) => isMay(one) - isMay(other) || places.get(one) - places.get(other));
}

const finder = new Finder();
// The shards of the vocabulary that a posting needs next; matchOf() is right as soon as there are none.
function missingFor(text, htmlText) {
  const written = plainText(text, htmlText);
  if (!conversions[0] && isTraditional(written)) return [DATA.conversions];
  const plain = simplified(written);
  const asking = new Splitter(plain).found.filter((statement, ...place) => statement.asks || isDuty(statement, ...place));
  const lines = isRead(plain) ? asking.map((statement) => statement.text) : linesOf(plain);
  const missing = finder.missingFor(lines.map(normalized));
  if (missing.length) return missing;
  finder.unresolved.clear();
  matchOf(text, htmlText);
  return finder.missingHomes();
}

function matchOf(text, htmlText) {
  const asked = requirementsOf(plainText(text, htmlText), finder);
  const rows = inOrder(asked.skills.map(rowOf));
  const duties = asked.duties.map((ask) => ({ ...rowOf(ask), points: 0 }));
  const points = pointsOf(rows);
  const percent = points.total > 2 ? Math.floor((points.earned * 100) / points.total + 1e-9) : null;
  const { title, unknown } = asked;
  return { title, rows, duties, conditions: conditionsOf(asked), unknown, percent, ...points };
}
