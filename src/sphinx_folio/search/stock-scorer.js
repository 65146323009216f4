
// Ranking on Sphinx's own index: rare terms count more, a title more than a text, more of the query more than less of
// it; a word that is not held is taken as a beginning, then as one slip of the pen.
(() => {
  const list = (files) => (files === undefined ? [] : files.length === undefined ? [files] : files);
  const own = (terms, word) => (Object.hasOwn(terms, word) ? list(terms[word]) : []);

  const oneSlip = (word, other) => {
    if (word.length < 4 || Math.abs(word.length - other.length) > 1 || word[0] !== other[0]) return false;
    let from = 0;
    while (from < word.length && word[from] === other[from]) from += 1;
    const [left, right] = [word.slice(from), other.slice(from)];
    const swapped = left.length > 1 && left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
    return swapped || left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1);
  };

  const performTermsSearch = (searchTerms, excludedTerms) => {
    const { terms, titleterms, filenames, docnames, titles } = Search._index;
    const found = new Map();
    const known = (test) => [...new Set([...Object.keys(terms), ...Object.keys(titleterms)])].filter(test);
    for (const word of searchTerms) {
      let meant = [word];
      let worth = 1;
      if (/^[\x21-\x7e]+$/.test(word) && !Object.hasOwn(terms, word) && !Object.hasOwn(titleterms, word)) {
        meant = known((term) => word.length > 1 && term.startsWith(word));
        worth = 0.6;
        if (!meant.length) [meant, worth] = [known((term) => oneSlip(word, term)), 0.4];
      }
      const best = new Map();
      for (const term of meant) {
        const inText = own(terms, term);
        const inTitle = own(titleterms, term);
        const rarity = Math.log(1 + docnames.length / (new Set([...inText, ...inTitle]).size || 1)) * worth;
        for (const file of inText) best.set(file, Math.max(best.get(file) || 0, rarity));
        for (const file of inTitle) best.set(file, Math.max(best.get(file) || 0, 3 * rarity));
      }
      for (const [file, score] of best) {
        const [before, held] = found.get(file) || [0, 0];
        found.set(file, [before + score, held + 1]);
      }
    }
    const results = [];
    for (const [file, [score, held]] of found) {
      const share = held / searchTerms.size;
      if (share < 0.5) continue;
      if ([...excludedTerms].some((term) => [...own(terms, term), ...own(titleterms, term)].includes(file))) continue;
      const kind = typeof SearchResultKind === "undefined" ? undefined : SearchResultKind.text;
      results.push([docnames[file], titles[file], "", null, Math.round(100 * score * share * share) / 20, filenames[file], kind]);
    }
    return results;
  };

  const install = () => {
    if (typeof Search !== "undefined") Search.performTermsSearch = performTermsSearch;
  };
  install();
  document.addEventListener("DOMContentLoaded", install);
})();
