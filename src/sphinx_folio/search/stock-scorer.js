
// Replaces the ranking of Sphinx's own search page (Search.performTermsSearch in searchtools.js). A term counts by its
// inverse document frequency, three times as much in a title, and results are weighted by the square of the share of the
// query that they match. A word that is not in the index matches as a prefix, or else with one edit.
(() => {
  const asList = (files) => (files === undefined ? [] : files.length === undefined ? [files] : files);
  const filesWith = (terms, word) => (Object.hasOwn(terms, word) ? asList(terms[word]) : []);

  const isOneEdit = (word, other) => {
    if (word.length < 4 || Math.abs(word.length - other.length) > 1 || word[0] !== other[0]) return false;
    let start = 0;
    while (start < word.length && word[start] === other[start]) start += 1;
    const [left, right] = [word.slice(start), other.slice(start)];
    const isSwapped = left.length > 1 && left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
    return isSwapped || left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1);
  };

  const performTermsSearch = (searchTerms, excludedTerms) => {
    const { terms, titleterms, filenames, docnames, titles } = Search._index;
    const found = new Map();
    const termsThat = (test) => [...new Set([...Object.keys(terms), ...Object.keys(titleterms)])].filter(test);
    for (const word of searchTerms) {
      let matching = [word];
      let weight = 1;
      if (/^[\x21-\x7e]+$/.test(word) && !Object.hasOwn(terms, word) && !Object.hasOwn(titleterms, word)) {
        matching = termsThat((term) => word.length > 1 && term.startsWith(word));
        weight = 0.6;
        if (!matching.length) [matching, weight] = [termsThat((term) => isOneEdit(word, term)), 0.4];
      }
      const best = new Map();
      for (const term of matching) {
        const inText = filesWith(terms, term);
        const inTitle = filesWith(titleterms, term);
        const idf = Math.log(1 + docnames.length / (new Set([...inText, ...inTitle]).size || 1)) * weight;
        for (const file of inText) best.set(file, Math.max(best.get(file) || 0, idf));
        for (const file of inTitle) best.set(file, Math.max(best.get(file) || 0, 3 * idf));
      }
      for (const [file, score] of best) {
        const [scoreBefore, countBefore] = found.get(file) || [0, 0];
        found.set(file, [scoreBefore + score, countBefore + 1]);
      }
    }
    const results = [];
    for (const [file, [score, count]] of found) {
      const share = count / searchTerms.size;
      if (share < 0.5) continue;
      if ([...excludedTerms].some((term) => [...filesWith(terms, term), ...filesWith(titleterms, term)].includes(file))) continue;
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
