// From text to terms: the same rules as in terms.py, and a test compares them.

const HAN = "\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const ONE_HAN = new RegExp(`[${HAN}]`, "u");
const ALL_HAN = new RegExp(`^[${HAN}]+$`, "u");
const TOKEN = new RegExp(`([${HAN}]+)|(?:(?![${HAN}])[\\p{L}\\p{N}_])+(?:\\+\\+|#)?`, "gu");
const CAMEL = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
const JOINED = /[a-z0-9]+(?:[-._][a-z0-9]+)+/g;
const folded = new Map();
let FOLDED = /[A-Z]+|[^\0-\x7f\u3400-\u9fff]/gu; // all that folding may change; Traditional characters once they are known

// One character for one, so that places in the folded text are places in the text.
function foldPart(part) {
  let plain = folded.get(part);
  if (plain === undefined) {
    plain = part.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    if (plain.length !== part.length) plain = part;
    folded.set(part, plain);
  }
  return plain;
}

const fold = (text) => text.replace(FOLDED, foldPart);

function learnVariants(traditional, simplified) {
  const forms = [...simplified];
  [...traditional].forEach((character, place) => folded.set(character, forms[place]));
  if (traditional) FOLDED = new RegExp(`${FOLDED.source}|[${traditional}]`, "gu");
}

const pairs = (characters) => characters.slice(1).map((character, place) => characters[place] + character);

function termsOf(text) {
  const plain = fold(text);
  const terms = [];
  for (const match of plain.matchAll(TOKEN)) {
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

// Without spaces and joints: IPv4/IPv6 = ipv4 ipv6, client-go = clientgo.
const squeeze = (text) => fold(text.normalize("NFKC")).replace(/[\s\-\u2010-\u2015._/·、，]+/gu, "");

// Whether two words are one slip apart: 1 for two characters swapped, 2 for one too many or too few, 3 for another one.
function oneSlip(word, other) {
  const longer = word.length - other.length;
  if (Math.abs(longer) > 1) return 0;
  let from = 0;
  while (from < word.length && word[from] === other[from]) from += 1;
  let end = 0;
  while (end < Math.min(word.length, other.length) - from && word.at(-1 - end) === other.at(-1 - end)) end += 1;
  const left = word.slice(from, word.length - end);
  const right = other.slice(from, other.length - end);
  if (left.length <= 1 && right.length <= 1) return longer ? 2 : 3;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0] ? 1 : 0;
}
