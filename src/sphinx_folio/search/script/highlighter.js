// The highlighter: where the words of a query are in a text, marks for them, and a snippet that shows most of them.

const CHUNK = /[a-z0-9_]+(?:(?:[-.@]|:?\/+|::)[a-z0-9_]+)*/g; // a word with everything that is joined to it
const IDENTIFIER = /[_@]|::|:\/\/|\.[a-z]|\/.*\//; // a name of code, a path or an address: marked as a whole or not at all
const IN_WORD = /^[^\s\p{sc=Han}]/u;
const LAST_WORD = /[^\s\p{sc=Han}]+$/u;

// Returns a function from a text to its ranges [start, end] that match a parsed query, sorted. Ranges end where words end.
// A form of several words matches as a phrase.
//   usedTerms: terms that matched, too; without it, only the words as typed match, not their synonyms.
//   isAccident: whether a pair of Han characters in this text crosses the borders of words.
//   areWhole: words match as a whole only, not by their beginning; runs of Han characters, too, if a page has the whole run.
function matcherFor(parsed, { usedTerms, isAccident = () => false, areWhole = () => false }) {
  const typed = parsed.units.map(({ forms }) => tokensOf(forms[0]));
  const latin = typed.filter(({ length, 0: token }) => length === 1 && !token.han).map(([{ term }]) => term);
  const typedRuns = typed.flat().filter(({ han }) => han).map(({ term }) => term);
  const forms = parsed.units.flatMap((unit) => (usedTerms ? unit.forms : unit.forms.slice(0, 1)));
  const runs = [...typedRuns, ...forms.filter((form) => ALL_HAN.test(form))];
  const phrases = forms.map(phrasePattern).filter(Boolean);
  const joined = new Set(forms.map(compact));
  const parts = parsed.units.filter(({ isJoined }) => isJoined).map(({ forms }) => forms[1]); // of names of code: fail_under
  const matches = (term) => usedTerms?.has(term) || latin.some((word) => term === word || (!areWhole(word) && (word.length > 3 ? term.includes(word) : word.length > 1 && term.startsWith(word))));
  return (text) => {
    const folded = fold(text);
    const found = [];
    for (const { 0: chunk, index } of folded.matchAll(CHUNK)) {
      const words = tokensOf(chunk);
      const isPart = () => words.every(({ term }) => matches(term)) || parts.some((part) => compact(chunk).includes(part));
      if (joined.has(compact(chunk)) || (IDENTIFIER.test(chunk) && isPart())) found.push([index, index + chunk.length]);
      else if (!IDENTIFIER.test(chunk)) for (const { term, at, end } of words) if (matches(term)) found.push([index + at, index + end]);
    }
    for (const { term: token, han, at: start, end } of tokensOf(folded)) {
      if (!han) {
        if (/[^\0-\x7f]/.test(folded.slice(start, end)) && matches(token)) found.push([start, end]);
        continue;
      }
      for (let at = 0; at < token.length; at += 1) {
        let length = 0;
        for (const run of runs) {
          let size = 0;
          while (at + size < token.length && run.includes(token.slice(at, at + size + 1))) size += 1;
          const isWhole = size === run.length;
          // A part of what was typed counts if the text does not have it as a whole.
          const counts = isWhole || (size > 1 && typedRuns.includes(run) && !areWhole(run) && !folded.includes(run));
          if (counts && !(size === 2 && isAccident(token.slice(at, at + 2)))) length = Math.max(length, size);
        }
        if (length) found.push([start + at, start + at + length]);
        at += Math.max(0, length - 1);
      }
    }
    for (const phrase of phrases) for (const { 0: all, index } of folded.matchAll(phrase)) found.push([index, index + all.length]);
    found.sort(([one], [other]) => one - other);
    // Matches next to each other get one mark.
    return found.reduce((merged, range) => {
      const last = merged.at(-1);
      if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
      else merged.push(range);
      return merged;
    }, []);
  };
}

// A pattern for a form of several words; null for one word.
function phrasePattern(form) {
  const words = tokensOf(form).map(({ at, end }) => form.slice(at, end).replace(/[+.]/g, "\\$&"));
  const isOutside = "(?<!\\w(?=\\w))"; // not within a Latin word
  return words.length > 1 ? new RegExp(`${isOutside}${words.join("[^\\p{L}\\p{N}]{0,3}")}${isOutside}`, "gu") : null;
}

// A document fragment with the text, in which matching ranges are <mark> elements.
function highlighted(text, match) {
  const made = document.createDocumentFragment();
  let done = 0;
  for (const [start, end] of match(text)) {
    made.append(text.slice(done, start), element("mark", {}, text.slice(start, end)));
    done = end;
  }
  made.append(text.slice(done));
  return made;
}

// The line of a text with the most distinct matches: a part of a paragraph, or a row of a table with the headers of its columns.
function snippet(text, match) {
  const WIDTH = 110; // characters
  const matchLength = (part) => [...new Set(match(part).map(([from, to]) => fold(part.slice(from, to))))].reduce((sum, found) => sum + found.length + 1, 0);
  let best = "", most = -1, headers = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("\t")) {
      headers = line.slice(1).split("\t");
      continue;
    }
    let shown = line;
    if (line.includes("\t")) {
      const [name, ...cells] = line.split("\t").map((cell, column) => (cell && column && headers[column] ? `${headers[column]}: ${cell}` : cell.trim()));
      const matching = cells.filter((cell) => match(cell).length);
      shown = [name, ...(matching.length ? matching : cells)].filter(Boolean).join(" · ");
    } else {
      headers = [];
      if (line.length > WIDTH) shown = densestPart(line, match(line), WIDTH);
    }
    const length = matchLength(shown);
    if (length > most) [best, most] = [shown, length];
  }
  return highlighted(cut(best, 0, 2 * WIDTH), match);
}

// The part of a long text with the most distinct matches; it begins after a space or punctuation if one is near.
function densestPart(text, ranges, width) {
  let best = 0, most = -1;
  for (const [start] of ranges) {
    const shown = new Set(ranges.filter(([at]) => at >= start && at < start + width).map(([from, to]) => fold(text.slice(from, to))));
    const length = [...shown].reduce((sum, found) => sum + found.length + 1, 0);
    if (length > most) [best, most] = [start, length];
  }
  let start = Math.max(0, best - 24);
  if (start) {
    const gap = text.slice(start, best).search(/[\s，。；、,.;:]/);
    if (gap >= 0) start += gap + 1;
  }
  return (start ? "…" : "") + cut(text, start, start + width);
}

// A part of a text, with an ellipsis in place of its last signs if more follows; no word is divided except between Han characters.
function cut(text, start, end) {
  const part = text.slice(start, end);
  const rest = text.slice(end);
  return rest ? `${((IN_WORD.test(rest) && part.replace(LAST_WORD, "").trim()) || part).replace(/[\s.,:;，。：；、]+$/, "")}…` : part.trim();
}
