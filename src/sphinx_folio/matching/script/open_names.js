// Port of matching/open_names.py.

function openNames(text, mentions) {
  const overlaps = (one, other) => one.start < other.end && other.start < one.end;
  const found = [];
  for (const candidate of candidatesIn(text)) {
    const over = mentions.filter((mention) => overlaps(mention, candidate));
    if (over.length && extendsMention(text, candidate, over)) candidate.part = over[0].key;
    else if ([...mentions, ...found].some((other) => overlaps(other, candidate))) continue;
    found.push(candidate);
  }
  return found.sort((one, other) => one.start - other.start);
}

function extendsMention(text, name, over) {
  if (over.length > 1) return false;
  const [{ start, end: stop }] = over;
  if (start === name.start) return P.GOES_ON.whole(text.slice(stop, name.end)) !== null;
  if (!P.ENDS_LOW.search(name.name)) return false;
  return stop === name.end && name.start < start && P.BEGINS.whole(text.slice(name.start, start)) !== null;
}

function candidatesIn(text) {
  const found = [];
  const add = (start, stop) => found.push({ name: text.slice(start, stop), start, end: stop });
  for (const match of P.PRACTICE.all(text)) if (!P.VAGUE.whole(match[0])) add(match.index, end(match));
  if (P.PUBLISHES.search(text)) return found;
  const isHan = P.HAN_SENTENCE.search(text) !== null;
  const isElsewhere = (before, after) => P.NOT_BEFORE.search(before) || P.NOT_BEHIND.match(after);
  for (const match of P.PROPER.all(text)) {
    const leading = P.LEADING.match(match[0]);
    const start = match.index + (leading ? leading[0].length : 0);
    const name = text.slice(start, end(match));
    const words = name.split(" ");
    if (words.length > 4 || words.some((word) => (isHan ? P.COMMON_HAN : P.NO_NAME).whole(word)) || squashed(name).length < 2) continue;
    const [before, after] = [text.slice(0, start), text.slice(end(match))];
    if (isElsewhere(before, after)) continue;
    const isFirst = P.STARTS.search(before);
    const isListed = P.LISTED.match(after) && !P.ABSTRACT.search(name);
    if (!isFirst || P.SHAPED.whole(name) || isListed) add(start, end(match));
  }
  for (const match of isHan ? P.IN_HAN.all(text) : []) {
    const [before, after] = [text.slice(0, match.index), text.slice(end(match))];
    const isOrdinary = match[0] === match[0].toLowerCase() && !P.NAMED_IN_HAN.search(before);
    const isNamed = !isOrdinary && P.BEFORE_IN_HAN.search(before) && P.AFTER_IN_HAN.match(after) && !P.COMMON_HAN.whole(match[0]);
    if (isNamed && !isElsewhere(before, after)) add(match.index, end(match));
  }
  return found;
}
