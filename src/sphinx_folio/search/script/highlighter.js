// The highlighter: where the words of a query are in a text, marks for them, and a snippet that shows most of them.

// The ranges [start, end] of a text that match a parsed query, sorted and merged. Without usedTerms, only the words as typed
// match; with usedTerms, their synonyms and these terms do, too. Runs of Han characters in parsed.wholeRuns match as a
// whole, others by pairs of characters.
function matchingRanges(text, parsed, usedTerms) {
  const folded = fold(text);
  const words = parsed.units.flatMap(({ forms }) => (usedTerms ? forms : forms.slice(0, 1)).flatMap((form) => [...form.matchAll(TOKEN)]));
  const latin = words.filter(([, han]) => !han).map(([word]) => word);
  const partsOf = (run) => (run.length > 1 && !(parsed.wholeRuns && parsed.wholeRuns.includes(run)) ? adjacentPairs([...run]) : [run]);
  const han = new Set(words.filter(([, run]) => run).flatMap(([, run]) => partsOf(run)));
  const found = [];
  for (const { 0: token, 1: isHan, index } of folded.matchAll(TOKEN)) {
    if (!isHan) {
      const prefix = latin.find((word) => token.startsWith(word) && (word.length > 1 || token === word));
      const inner = prefix ? null : latin.find((word) => word.length > 3 && token.includes(word));
      if (prefix) found.push([index, index + prefix.length]);
      else if (inner) found.push([index + token.indexOf(inner), index + token.indexOf(inner) + inner.length]);
      else if (usedTerms && usedTerms.has(token)) found.push([index, index + token.length]);
      continue;
    }
    for (const part of han) {
      for (let at = token.indexOf(part); at >= 0; at = token.indexOf(part, at + 1)) found.push([index + at, index + at + part.length]);
    }
  }
  found.sort(([one], [other]) => one - other);
  const merged = [];
  for (const range of found) {
    const last = merged[merged.length - 1];
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push(range);
  }
  return merged;
}

// A document fragment with the text, in which matching ranges are <mark> elements.
function highlighted(text, parsed, usedTerms) {
  const made = document.createDocumentFragment();
  let done = 0;
  for (const [start, end] of matchingRanges(text, parsed, usedTerms)) {
    made.append(text.slice(done, start), element("mark", {}, text.slice(start, end)));
    done = end;
  }
  made.append(text.slice(done));
  return made;
}

// The part of a text with the most distinct matches, highlighted; it begins after a space or punctuation if one is near.
function snippet(text, parsed, usedTerms) {
  const WIDTH = 110; // characters
  const ranges = matchingRanges(text, parsed, usedTerms);
  let best = 0, most = -1;
  for (const [start] of ranges) {
    const shown = new Set(ranges.filter(([at]) => at >= start && at < start + WIDTH).map(([from, to]) => fold(text.slice(from, to))));
    const length = [...shown].reduce((sum, match) => sum + match.length + 1, 0);
    if (length > most) [best, most] = [start, length];
  }
  let start = Math.max(0, best - 24);
  if (start) {
    const gap = text.slice(start, best).search(/[\s，。；、,.;:]/);
    if (gap >= 0) start += gap + 1;
  }
  const end = Math.min(text.length, start + WIDTH);
  const made = document.createDocumentFragment();
  made.append(start ? "…" : "", highlighted(text.slice(start, end).trim(), parsed, usedTerms), end < text.length ? "…" : "");
  return made;
}
