// Port of vocabulary/finding.py.

const GAPS = new Set(["", " ", "-", "_", ".", "/", "&", "'", "·", " / ", " & "]);
const NEARBY = 24;
const MIN_MISSPELLED = 8;

function readConcepts(text) {
  return text.split("\n").map((line, key) => {
    const [names, broader, carries, marks] = line.split("\t");
    const [first, ...others] = names.split("|");
    const isPlain = first[0] !== "!";
    const concept = { key, name: isPlain ? first : first.slice(1), marks: marks ?? "" };
    concept.names = (isPlain ? [first, ...others] : others).map((name) =>
      name[0] === "=" ? ["exact", name.slice(1)] : name[0] === "?" ? ["context", name.slice(1)] : ["plain", name],
    );
    concept.broader = numbers(broader);
    concept.above = new Set(concept.broader.map((number) => (number < 0 ? -1 - number : number)));
    concept.carries = numbers(carries);
    return concept;
  });
}
const numbers = (text) => (text ? text.split(",").map(Number) : []);

const deletions = (word) => [...word].map((_, index) => word.slice(0, index) + word.slice(index + 1));

class Finder {
  constructor(concepts) {
    this.concepts = concepts;
    this.names = new Map();
    this.longest = new Map();
    this.deletions = new Map();
    this.keys = new Map();
    for (const { key, name, names } of concepts) {
      for (const [, other] of [["", name], ...names]) this.keys.set(squashed(other), key);
    }
    for (const { key, names } of concepts) for (const [mode, name] of names) this.add(key, name, mode);
  }

  add(key, name, mode) {
    const tokens = tokensOf(normalized(name));
    const first = tokens[0].toLowerCase();
    const text = tokens.join("");
    const folded = text.toLowerCase();
    this.longest.set(first, Math.max(this.longest.get(first) ?? 0, tokens.length));
    if (!this.names.has(folded)) this.names.set(folded, []);
    this.names.get(folded).push({ key, text, hasSlash: name.includes("/"), mode });
    if (mode === "plain" && folded.length >= MIN_MISSPELLED && /^[a-z]+$/.test(folded)) {
      for (const variant of [folded, ...deletions(folded)]) {
        if (!this.deletions.has(variant)) this.deletions.set(variant, folded);
      }
    }
  }

  // Whether a category includes a concept.
  includes(category, key) {
    return category === key || Boolean(this.concepts[key]?.above.has(category));
  }

  alternatives(key) {
    return (this.concepts[key]?.broader ?? []).filter((other) => this.concepts[other]?.marks.includes("p"));
  }

  find(text) {
    const tokens = [...text.matchAll(TOKEN)].map((match) => ({
      text: match[0],
      folded: match[0].toLowerCase(),
      start: match.index,
      end: end(match),
    }));
    const found = [];
    for (let place = 0; place < tokens.length; ) {
      const [name, count] = this.longestName(text, tokens, place) ?? [];
      if (!name) {
        place += 1;
        continue;
      }
      const run = tokens.slice(place, place + count);
      const written = run.map((token) => token.text).join("");
      const sure =
        name.mode === "plain" || (name.mode === "exact" && [name.text, `${name.text}s`].includes(written));
      found.push({ key: name.key, start: run[0].start, end: last(run).end, name, sure });
      place += count;
    }
    return this.accepted(text, found).flatMap((mention) => this.withCarried(text, mention));
  }

  longestName(text, tokens, place) {
    const first = tokens[place];
    if (isAscii(first.text[0]) && first.start && /[0-9A-Za-z]/.test(text[first.start - 1])) return null;
    const longest = Math.max(this.longest.get(first.folded) ?? 0, 1);
    let [joined, gaps, best] = ["", "", null];
    for (const [index, token] of tokens.slice(place, place + longest + 1).entries()) {
      if (index) {
        const gap = text.slice(tokens[place + index - 1].end, token.start);
        if (!GAPS.has(gap)) break;
        gaps += gap;
      }
      joined += token.folded;
      const name = this.name(joined, text, first.start, token.end, gaps.includes("/"));
      if (name) best = [name, index + 1];
    }
    return best;
  }

  name(joined, text, start, stop, hasSlash) {
    let names = this.names.get(joined);
    if (!names && joined.length < 4 && !joined.endsWith("s")) return null;
    const following = text[stop] ?? "";
    if (/[A-Za-z]/.test(following)) return null;
    if (!names && joined.endsWith("s") && joined.length > 3) names = this.names.get(joined.slice(0, -1));
    const part = text.slice(start, stop);
    if (!names && isLetters(part)) names = this.names.get(this.corrected(joined));
    const written = tokensOf(part).join("");
    const isOther = (name) => Number(name.text !== written);
    for (const name of [...(names ?? [])].sort((one, other) => isOther(one) - isOther(other))) {
      if (hasSlash && !name.hasSlash) continue;
      if (name.mode !== "plain" && part.includes(" ") && name.text !== written) continue; // “C is” is not CIS
      if (name.text.length === 1 && /[+#&\-\p{Nd}]/u.test(following)) continue;
      return name;
    }
    return null;
  }

  corrected(word) {
    if (word.length < MIN_MISSPELLED || !isAscii(word) || P.INFLECTED.search(word)) return "";
    for (const variant of [word, ...new Set(deletions(word))].map((part) => this.deletions.get(part))) {
      if (variant && variant[0] === word[0] && Math.abs(variant.length - word.length) < 2) return variant;
    }
    return "";
  }

  accepted(text, found) {
    const written = (item) => text.slice(item.start, item.end) === item.name.text;
    const states = found.map((item) => {
      if (item.sure) return true;
      if (item.name.mode === "context" && written(item)) return hasSkillWord(text, item);
      const before = text.slice(0, item.start);
      return P.HAN.match(last([...before]) ?? "") !== null && P.SKILL_WORD_BEFORE.search(before.slice(-NEARBY)) !== null;
    });
    for (let changed = true; changed; ) {
      changed = false;
      found.forEach((item, index) => {
        const gap = written(item) ? P.LIST_GAP : P.TIGHT_GAP;
        const [before, after] = [found[index - 1], found[index + 1]];
        const isListed =
          (states[index - 1] && gap.whole(text.slice(before.end, item.start))) ||
          (states[index + 1] && gap.whole(text.slice(item.end, after.start)));
        if (!states[index] && isListed) states[index] = changed = true;
      });
    }
    return found.filter((_, index) => states[index]);
  }

  withCarried(text, mention) {
    const inside = squashed(text.slice(mention.start, mention.end));
    const carried = this.concepts[mention.key].carries.filter((key) =>
      [["", this.concepts[key].name], ...this.concepts[key].names].some(([, name]) => inside.includes(squashed(name))),
    );
    return [mention, ...carried.map((key) => ({ key, start: mention.start, end: mention.end }))];
  }

  unknownWords(text, known) {
    const isKnown = (match) => known.some((mention) => mention.start < end(match) && match.index < mention.end);
    return P.NAME_LIKE.all(text)
      .filter((match) => !P.NO_SKILL.whole(match[0].trim()) && !isKnown(match))
      .map((match) => match[0].trim());
  }
}

function hasSkillWord(text, mention) {
  const after = text.slice(mention.end, mention.end + NEARBY);
  const before = text.slice(0, mention.start).slice(-NEARBY);
  if (P.HAN.match(after) && "端轮位级类型".includes(after[0])) return false;
  const follows = P.SKILL_WORD_BEFORE.search(before) !== null;
  if (P.SKILL_WORD_AFTER.match(after) && (stripped(after, " ,;.") || follows || !before.trim())) return true;
  return follows && (!P.FOLLOWING_WORD.match(after) || P.FUNCTION_WORD.match(after) !== null);
}
