// Port of vocabulary/finding.py.

const GAPS = new Set(["", " ", "-", "_", ".", "/", "&", "'", "·", " / ", " & ", " – "]);
const NEARBY = 24;
const MIN_MISSPELLED = 8;
const [LATIN_START, HAN_START] = [4, 3];
const MOST_TOKENS = 8;
const ALPHABET = "Btnsrouelcib0fad1CpSAhmwgExNPLMkvyODIzRT2HFjUGKW4ZqJ369V_YQ587X-~";
const numbers = (text) => (text ? text.split(",").map(Number) : []);
const startOf = (folded) => [...folded].slice(0, P.HAN.match(folded) ? HAN_START : LATIN_START).join("");
const deletions = (word) =>
  [...word.slice(LATIN_START)].map((_, index) => word.slice(0, LATIN_START + index) + word.slice(LATIN_START + index + 1));

function hash(text) {
  let number = 2166136261;
  for (const character of text) number = Math.imul(number ^ character.codePointAt(0), 16777619) >>> 0;
  return number;
}

// Whether a start of a name may be in the vocabulary, by the hashes of all starts.
function mayStart(start) {
  let place = 0;
  hashes ??= new Set(
    [...DATA.filter].map((sign) => {
      place += ALPHABET.indexOf(sign);
      return sign === "~" ? -1 : place;
    }),
  );
  return hashes.has(hash(start) % DATA.size);
}

let hashes;
const SHARED = " ,;:.";
let above = "";
// What separates the shards; each begins with the sign of how many characters it shares with the one before.
const STARTS = DATA.starts.split(/(?=[ ,;:.])/).map((part) => (above = above.slice(0, SHARED.indexOf(part[0])) + part.slice(1)));
// The shard of a start, by what separates it from those before.
const shardOf = (start) => {
  const next = STARTS.findIndex((first) => first > start);
  return next < 0 ? STARTS.length : next;
};

class Finder {
  constructor() {
    this.concepts = new Map();
    this.names = new Map();
    this.starts = new Set();
    this.deletions = new Map();
    this.keys = new Map();
    this.shards = new Set();
    this.unresolved = new Set();
  }

  concept(key) {
    if (typeof key === "number" && !this.concepts.has(key)) this.unresolved.add(key);
    return this.concepts.get(key);
  }

  hasMark(key, mark) {
    return Boolean(this.concept(key)?.marks.includes(mark));
  }

  // The shards that have the names in some texts, and are not loaded yet.
  missingFor(texts) {
    const starts = new Set();
    for (const text of texts) {
      const tokens = [...text.matchAll(TOKEN)];
      for (const place of tokens.keys()) {
        let joined = "";
        for (let next = place; next < tokens.length; next += 1) {
          if (next > place && !GAPS.has(text.slice(end(tokens[next - 1]), tokens[next].index))) break;
          joined += tokens[next][0].toLowerCase();
          starts.add(startOf(joined));
          if (joined.endsWith("s")) starts.add(startOf(joined.slice(0, -1)));
          if (startOf(joined) !== joined) break;
        }
      }
    }
    return this.notLoaded([...starts].filter(mayStart).map((start) => shardOf(start)));
  }

  // The shards with the concepts that are known by other names so far.
  missingHomes() {
    return this.notLoaded([...this.unresolved].map((key) => Math.floor(key / DATA.inShard)));
  }

  notLoaded(numbers) {
    return [...new Set(numbers)].filter((number) => !this.shards.has(number));
  }

  // Adds the names of a shard; shards.py explains its lines.
  load(number, text) {
    if (this.shards.has(number)) return;
    this.shards.add(number);
    if (number === DATA.conversions) {
      conversions = JSON.parse(text).map((pair) => pair.map((part) => part.split("|")));
      return;
    }
    const [home, others] = text.split("\n\n");
    let key = number * DATA.inShard;
    for (const line of home ? home.split("\n") : []) {
      const [names, marks = "", broader, held] = line.split("\t");
      const above = numbers(broader);
      this.concepts.set(key, {
        name: names.split(/[|^]/)[0].replace(/^[=?]/, ""),
        marks,
        broader: above,
        wider: new Set(above.map((other) => (other < 0 ? -1 - other : other))),
        held: held ? numbers(held) : null,
      });
      for (const name of names.split("|")) this.add(key, name);
      key += 1;
    }
    key = 0;
    for (const line of others ? others.split("\n") : []) {
      const [distance, names] = line.split("\t");
      key += Number(distance);
      for (const name of names.split("|")) this.add(key, name);
    }
  }

  add(key, written) {
    const mode = { "=": "exact", "?": "context" }[written[0]] ?? "plain";
    const [name, carried] = (mode === "plain" ? written : written.slice(1)).split("^");
    const text = tokensOf(normalized(name)).join("");
    const folded = text.toLowerCase();
    this.keys.set(folded, key);
    this.starts.add(startOf(folded));
    if (!this.names.has(folded)) this.names.set(folded, []);
    this.names.get(folded).push({ key, text, hasSlash: name.includes("/"), mode, carried: numbers(carried) });
    if (mode === "plain" && folded.length >= MIN_MISSPELLED && /^[a-z]+$/.test(folded)) {
      for (const variant of [folded, ...deletions(folded)]) {
        const known = this.deletions.get(variant);
        if (!known || folded < known) this.deletions.set(variant, folded);
      }
    }
  }

  // Whether a category includes a concept.
  includes(category, key) {
    return category === key || Boolean(this.concept(key)?.wider.has(category));
  }

  alternatives(key) {
    return (this.concept(key)?.broader ?? []).filter((other) => other >= 0 && this.hasMark(other, "p"));
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
    return this.accepted(text, found).flatMap((mention) => [
      mention,
      ...mention.name.carried.map((key) => ({ key, start: mention.start, end: mention.end })),
    ]);
  }

  longestName(text, tokens, place) {
    const first = tokens[place];
    if (isAscii(first.text[0]) && first.start && /[0-9A-Za-z]/.test(text[first.start - 1])) return null;
    let [joined, gaps, best] = ["", "", null];
    for (const [index, token] of tokens.slice(place, place + MOST_TOKENS).entries()) {
      if (index) {
        const gap = text.slice(tokens[place + index - 1].end, token.start);
        if (!GAPS.has(gap)) break;
        gaps += gap;
      }
      joined += token.folded;
      const start = startOf(joined);
      if (start !== joined && !this.starts.has(start)) break;
      const name = this.name(joined, text, first.start, token.end, gaps.includes("/"));
      if (name) best = [name, index + 1];
    }
    return best;
  }

  name(joined, text, start, stop, hasSlash) {
    let names = this.names.get(joined);
    if (!names && joined.length < 4 && !joined.endsWith("s")) return null;
    const following = text[stop] ?? "";
    const part = text.slice(start, stop);
    if ((/[A-Za-z]/.test(following) && isAscii(last(part))) || P.FUNCTION_END.search(part)) return null;
    const isPlural = /[ -~]s$/.test(joined) && joined.length > 3 && !P.TWO_LETTERS.search(part);
    if (!names && isPlural) names = this.names.get(joined.slice(0, -1));
    if (!names && isLetters(part)) names = this.names.get(this.corrected(joined));
    const written = tokensOf(part).join("");
    const isOther = (name) => Number(name.text !== written);
    for (const name of [...(names ?? [])].sort((one, other) => isOther(one) - isOther(other))) {
      if (hasSlash && !name.hasSlash) continue;
      if (isUpper(name.text) && P.FUNCTION_START.match(part)) continue;
      if (name.mode !== "plain" && part.includes(" ") && name.text !== written) continue; // “C is” is not CIS
      if (name.text.length === 1 && /[+#&\-\p{Nd}]/u.test(following)) continue;
      return name;
    }
    return null;
  }

  corrected(word) {
    if (word.length < MIN_MISSPELLED || !isAscii(word) || P.INFLECTED.search(word)) return "";
    for (const variant of [word, ...new Set(deletions(word))].map((part) => this.deletions.get(part))) {
      if (variant && Math.abs(variant.length - word.length) < 2) return variant;
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
        const isListed = [index - 1, index + 1].some((near) => {
          if (!states[near]) return false;
          const other = found[near];
          const gap = near < index ? text.slice(other.end, item.start) : text.slice(item.end, other.start);
          const isLowerCase = isLower(text.slice(other.start, other.end)) && !isLower(other.name.text);
          return (written(item) || isLowerCase ? P.LIST_GAP : P.TIGHT_GAP).whole(gap);
        });
        if (!states[index] && isListed) states[index] = changed = true;
      });
    }
    return found.filter((_, index) => states[index]);
  }

  unknownWords(text, known) {
    const isKnown = (match) => known.some((mention) => mention.start < end(match) && match.index < mention.end);
    return P.NAME_LIKE.all(text)
      .filter((match) => !P.NO_NAME.whole(match[0].trim()) && !isKnown(match))
      .map((match) => match[0].trim());
  }
}

function hasSkillWord(text, mention) {
  const after = text.slice(mention.end, mention.end + NEARBY);
  const before = text.slice(0, mention.start).slice(-NEARBY);
  if (P.HAN.match(after) && "端轮位级类型".includes(after[0])) return false;
  if (before.endsWith("有") && after[0] === "的" && P.HAN.match(text.slice(mention.start))) return false;
  if (P.FOREIGN_WORD_BEFORE.search(before)) return true;
  const follows = P.SKILL_WORD_BEFORE.search(before) !== null;
  if (P.SKILL_WORD_AFTER.match(after) && (stripped(after, " ,;.") || follows || !before.trim())) return true;
  return follows && (!P.FOLLOWING_WORD.match(after) || P.FUNCTION_WORD.match(after) !== null);
}
