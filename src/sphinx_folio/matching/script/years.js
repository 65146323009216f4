// Port of matching/years.py.

const numberOf = (word) => (/^\d/.test(word) ? Math.floor(word) : DATA.numbers[word.toLowerCase()]);

const yearsIn = (part, header = false) => allYears(normalized(part), header)[0]?.number ?? 0;

// All years of experience in a part of a sentence; goesOn: whether there are years before it in the sentence.
function allYears(part, header = false, goesOn = false) {
  const text = P.A_DECADE.replace(P.A_YEAR.replace(part, "1"), (match) => `10${"years".padStart(match.length - 2)}`);
  const yearsAt = (match) => ({ number: numberOf(match.groups.n), start: match.index, end: end(match) });
  const found = P.YEARS.all(text).filter((match) => counts(text, match, header)).map(yearsAt);
  const other = found.length ? null : (P.OF_THEM.search(text) ?? P.LABELED.search(text));
  if (other) found.push(yearsAt(other));
  const from = found.length ? found[0].end : goesOn ? 0 : Infinity;
  found.push(...P.FEWER.all(text).map(yearsAt).filter((years) => years.end > from));
  return found.sort((one, two) => one.start - two.start);
}

function counts(text, match, header) {
  const number = numberOf(match.groups.n);
  const before = text.slice(0, match.index).slice(-40);
  const after = text.slice(end(match));
  const isOther = P.OTHER_BEFORE.search(before) && !P.REQUIRED_MINIMUM.search(before);
  if (isOther || P.OTHER_AFTER.match(after) || number < 1 || number > 30) return false;
  return P.ABOUT_EXPERIENCE.search(text) || (header ? isFact(text, match, before, after) : isAskedFor(match, before, after));
}

function isAskedFor(match, before, after) {
  if (match.groups.more || match.groups.above || P.BEFORE.search(before)) return true;
  const follows = P.IS_CHINESE_UNIT.search(match[0]) ? P.AFTER : P.AFTER_UNIT;
  return follows.match(after) || P.NAME_BEHIND.match(after) || (match.index < 15 && P.END.whole(after));
}

function isFact(text, match, before, after) {
  const { more, above, range } = match.groups;
  return (more || above || range || P.FACTS.search(text)) && P.EDGE_BEFORE.search(before) && P.EDGE_AFTER.match(after);
}
