// The tokenizer: from text to terms, by the same rules as tokenizer.py. Change both together; a test compares them.

const HAN = "\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const ONE_HAN = new RegExp(`[${HAN}]`, "u");
const ALL_HAN = new RegExp(`^[${HAN}]+$`, "u");
const HIRAGANA = "\\u3041-\\u309f", KATAKANA = "\\u30a1-\\u30fa\\u30fc-\\u30ff";
const IS_KANA = new RegExp(`^[${HIRAGANA}${KATAKANA}]`);
// A run of Han characters (group 1), a version or decimal (group 2, without the v), or a word, maybe C++ or C#.
const TOKEN = new RegExp(`([${HAN}]+)|(?<![0-9a-z_.])v?([0-9]+(?:\\.[0-9]+)+)(?![0-9a-z_])|[${HIRAGANA}][${HIRAGANA}ー]*|[${KATAKANA}]+|(?:(?![${HAN}${HIRAGANA}${KATAKANA}])[\\p{L}\\p{N}_]\\p{M}*)+(?:\\+\\+|#)?`, "gu");
const MARKS = /(?![\u3099\u309a])\p{M}/gu; // vowel points, for example; が and ぱ are other letters than か and は
const PART_BOUNDARY = /_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/; // in CamelCase and snake_case
const HYPHENATED = /[a-z0-9]+(?:[-._][a-z0-9]+)+/g;
const VERSION = /^v?[0-9.]+$/;
const FOLDABLE = /[^\0-\x7f\u3400-\u9fff]/gu; // what folding may change
const foldedParts = new Map(); // cache of foldPart; at first what Unicode does not decompose, see tokenizer.py
[..."ıłŁøØđĐς’‐‑−"].forEach((character, position) => foldedParts.set(character, "illooddσ'---"[position]));

function foldPart(part) {
  let folded = foldedParts.get(part);
  if (folded === undefined) {
    folded = part.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase();
    if (folded.length !== part.length) folded = part;
    foldedParts.set(part, folded);
  }
  return folded;
}

// Normalizes a text for comparison: lower case, half width, no accents. The length and all offsets stay the same.
const fold = (text) => text.replace(FOLDABLE, foldPart).toLowerCase();

// A word as it is looked up: without marks, with ss for ß, and Hiragana for Katakana.
const toTerm = (word) => (/[^\0-\x7f]/.test(word) ? word.replace(MARKS, "").replace(/ß/g, "ss").replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60)) : word);

// The tokens of a folded text: { term, han: whether it is a run of Han characters, at, end: offsets in the text }.
const tokensOf = (folded) => Array.from(folded.matchAll(TOKEN), ({ 0: token, 1: han, 2: number, index: at }) => ({ term: toTerm(number ?? token), han: Boolean(han), isNumber: Boolean(number), at, end: at + token.length }));

// Overlapping pairs of neighbors, joined: [a, b, c] gives [ab, bc].
const adjacentPairs = (items) => items.slice(1).map((item, position) => items[position] + item);

// The terms that a form is looked up by: words, a single Han character, or pairs of these.
const termsOf = (form) => tokensOf(form).flatMap(({ term, han }) => (han && [...term].length > 1 ? adjacentPairs([...term]) : [term]));

// The terms of a text with repetitions; see tokenize in tokenizer.py.
function tokenize(text) {
  const folded = fold(text);
  const terms = [];
  for (const { term, han, isNumber, at, end } of tokensOf(folded)) {
    if (han) {
      const characters = [...term];
      terms.push(...characters, ...adjacentPairs(characters));
      continue;
    }
    terms.push(term);
    const parts = isNumber ? [] : text.slice(at, end).split(PART_BOUNDARY).filter(Boolean);
    if (parts.length > 1) terms.push(...parts.map(fold));
  }
  for (const [word] of folded.matchAll(HYPHENATED)) if (!VERSION.test(word)) terms.push(word.replace(/[-._]/g, ""));
  return terms;
}

// A folded text without spaces, hyphens and other separators, to compare names: IPv4/IPv6 = ipv4 ipv6, client-go = clientgo.
const compact = (text) => fold(text.normalize("NFKC")).replace(/[\s\-\u2012-\u2015._/·、，\p{M}]+/gu, "");

// The same with borders between lines, cells and figures: 2022-12 and 10 in the next cell are no date.
const BORDER = "|";
const compactFigures = (text) => compact(text.replace(/[\n\t]|(?<=\d)[\s·、，/]+(?=\d)/g, BORDER));

// Whether a long word is two edits away from another; both begin and end alike.
function hasTwoEdits(word, other) {
  if (word.length < 8 || other.length < 7 || Math.abs(word.length - other.length) > 2 || word[0] !== other[0] || word.at(-1) !== other.at(-1)) return false;
  let start = 0;
  while (start < word.length && word[start] === other[start]) start += 1;
  const [left, right] = [word.slice(start), other.slice(start)];
  const firstEdits = [[left.slice(1), right.slice(1)], [left.slice(1), right], [left, right.slice(1)], [left[1] + left[0] + left.slice(2), right]];
  return firstEdits.some(([one, two]) => one === two || singleEdit(one, two));
}

// The one edit (Damerau–Levenshtein) that turns a word into another; NO_SINGLE_EDIT if that takes more. Equal words have
// SUBSTITUTION: callers exclude them.
const NO_SINGLE_EDIT = 0, TRANSPOSITION = 1, INSERTION_OR_DELETION = 2, SUBSTITUTION = 3;

function singleEdit(word, other) {
  const surplus = word.length - other.length;
  if (Math.abs(surplus) > 1) return NO_SINGLE_EDIT;
  let start = 0;
  while (start < word.length && word[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(word.length, other.length) - start && word.at(-1 - end) === other.at(-1 - end)) end += 1;
  const left = word.slice(start, word.length - end);
  const right = other.slice(start, other.length - end);
  if (left.length <= 1 && right.length <= 1) return surplus ? INSERTION_OR_DELETION : SUBSTITUTION;
  const isSwapped = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  return isSwapped ? TRANSPOSITION : NO_SINGLE_EDIT;
}
