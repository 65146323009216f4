// Where a text holds what a query says, and the part of it that says most.

// Where a text holds what a query says: pairs of places, in order.
function runs(text, asked, used) {
  const plain = fold(text);
  const words = asked.units.flatMap(({ forms }) => (used ? forms : forms.slice(0, 1)).flatMap((form) => [...form.matchAll(TOKEN)]));
  const latin = words.filter(([, han]) => !han).map(([word]) => word);
  const cut = (run) => (run.length > 1 && !(asked.whole && asked.whole.includes(run)) ? pairs([...run]) : [run]);
  const han = new Set(words.filter(([, run]) => run).flatMap(([, run]) => cut(run)));
  const found = [];
  for (const match of plain.matchAll(TOKEN)) {
    if (!match[1]) {
      const begun = latin.find((word) => match[0].startsWith(word) && (word.length > 1 || match[0] === word));
      const inside = begun ? null : latin.find((word) => word.length > 3 && match[0].includes(word));
      if (begun) found.push([match.index, match.index + begun.length]);
      else if (inside) found.push([match.index + match[0].indexOf(inside), match.index + match[0].indexOf(inside) + inside.length]);
      else if (used && used.has(match[0])) found.push([match.index, match.index + match[0].length]);
      continue;
    }
    for (const pair of han) {
      for (let at = match[0].indexOf(pair); at >= 0; at = match[0].indexOf(pair, at + 1)) {
        found.push([match.index + at, match.index + at + pair.length]);
      }
    }
  }
  found.sort(([one], [other]) => one - other);
  const merged = [];
  for (const run of found) {
    const last = merged[merged.length - 1];
    if (last && run[0] <= last[1]) last[1] = Math.max(last[1], run[1]);
    else merged.push(run);
  }
  return merged;
}

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function marked(text, asked, used) {
  const made = document.createDocumentFragment();
  let done = 0;
  for (const [from, to] of runs(text, asked, used)) {
    made.append(text.slice(done, from), element("mark", {}, text.slice(from, to)));
    done = to;
  }
  made.append(text.slice(done));
  return made;
}

// The part of a text that holds most of what was asked.
function snippet(text, asked, used) {
  const WIDTH = 110;
  const places = runs(text, asked, used);
  let best = 0, most = -1;
  for (const [from] of places) {
    const held = new Set(places.filter(([at]) => at >= from && at < from + WIDTH).map(([at, to]) => fold(text.slice(at, to))));
    const worth = [...held].reduce((sum, run) => sum + run.length + 1, 0);
    if (worth > most) [best, most] = [from, worth];
  }
  let from = Math.max(0, best - 24);
  if (from) {
    const gap = text.slice(from, best).search(/[\s，。；、,.;:]/);
    if (gap >= 0) from += gap + 1;
  }
  const to = Math.min(text.length, from + WIDTH);
  const made = document.createDocumentFragment();
  made.append(from ? "…" : "", marked(text.slice(from, to).trim(), asked, used), to < text.length ? "…" : "");
  return made;
}
