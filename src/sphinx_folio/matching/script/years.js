// Port of matching/years.py.

const numberOf = (word) => (/^\d/.test(word) ? Math.floor(word) : DATA.numbers[word.toLowerCase()]);

function yearsIn(part, header = false) {
  const text = P.A_DECADE.replace(P.A_YEAR.replace(normalized(part), "1 year"), "10 years");
  for (const match of P.YEARS.all(text)) {
    const number = numberOf(match.groups.n);
    const before = text.slice(0, match.index).slice(-40);
    const after = text.slice(end(match));
    const isOther = P.OTHER_BEFORE.search(before) && !P.REQUIRED_MINIMUM.search(before);
    if (isOther || P.OTHER_AFTER.match(after) || number < 1 || number > 30) continue;
    const counts = header ? isFact(text, match, before, after) : isAskedFor(match, before, after);
    if (P.ABOUT_EXPERIENCE.search(text) || counts) return number;
  }
  const found = P.OF_THEM.search(text) ?? P.LABELED.search(text);
  return found ? numberOf(found.groups.n) : 0;
}

function isAskedFor(match, before, after) {
  if (match.groups.more || match.groups.above || P.BEFORE.search(before)) return true;
  const follows = P.IS_CHINESE_UNIT.search(match[0]) ? P.AFTER : P.AFTER_UNIT;
  return follows.match(after) || (match.index < 15 && P.END.whole(after));
}

function isFact(text, match, before, after) {
  const { more, above, range } = match.groups;
  return (more || above || range || P.FACTS.search(text)) && P.EDGE_BEFORE.search(before) && P.EDGE_AFTER.match(after);
}
