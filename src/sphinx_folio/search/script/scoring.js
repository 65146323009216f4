// Scoring: how well each record matches a unit of a query. All methods return a Map of record number → [score, coverage,
// prominence]:
//   score: the sum of BM25F scores of the matching terms;
//   coverage: the share of the unit that matches, from 0 to 1;
//   prominence: IN_A_NAME, IN_THE_TEXT, or IN_PASSING if only a loose match occurs in the text.

const IN_PASSING = 0, IN_THE_TEXT = 1, IN_A_NAME = 2;

const TITLE_WEIGHT = 7, KEYWORDS_WEIGHT = 5, CONTEXT_WEIGHT = 1.2; // that of the text is 1
const SYNONYM_WEIGHT = 0.85;
const ADJACENT_WEIGHT = 1.35; // of a result that has the words of a query next to each other
const SIMILAR_WEIGHT = 0.6; // for runs of Han characters with one edit
const MAX_RUN_LENGTH = 30; // Han characters of a run that are looked at; each pair of them has one bit of a number
const NAME_BIT = 1 << 30; // above the bits of pairs: one of the pairs is in a name

function bitCount(bits) {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count += 1;
  return count;
}

class Scorer extends TermMatcher {
  // Inverse document frequency as in BM25 (Robertson and Zaragoza 2009, with Lucene's "1 +", which keeps it positive).
  idf(term) {
    const records = this.recordsWith(term);
    const frequency = records ? records.size : 0;
    return Math.log(1 + (this.records.length - frequency + 0.5) / (frequency + 0.5));
  }

  // The saturated term frequency of BM25F, with k1 = 2; only the field of texts is normalized by length, with b = 0.5.
  saturatedFrequency(counts, number) {
    const lengthFactor = 0.5 + (0.5 * this.textLengths[number]) / this.averageLength;
    const inNames = (counts & 127) * TITLE_WEIGHT + ((counts >>> 7) & 127) * KEYWORDS_WEIGHT + ((counts >>> 14) & 127) * CONTEXT_WEIGHT;
    const inText = Math.floor(counts / IN_TEXT);
    const frequency = inNames + (inText < 0 ? 0.01 : inText / lengthFactor); // what is negated comes after all others
    return frequency / (frequency + 2);
  }

  // Scores a unit: the best of its forms counts for each record. If no record has all of it and it is a run of Han characters,
  // similar runs count, too. usedTerms collects the terms that matched, to highlight them.
  scoreUnit({ forms, isJoined, isPhrase }, usedTerms, isLast) {
    if (isPhrase) return this.scorePhrase(forms[0], usedTerms);
    let best = new Map();
    let isCovered = false;
    const add = (form, weight, last) => {
      const scores = this.scoreForm(form, usedTerms, last);
      if (weight === 1 && !best.size) {
        for (const value of scores.values()) {
          isCovered ||= value[1] === 1;
          value[0] *= value[1];
        }
        best = scores;
        return;
      }
      for (const [number, [score, coverage, prominence]] of scores) {
        if (weight === SYNONYM_WEIGHT && !(coverage === 1 && this.mayHaveForm(number, form))) continue; // 做什么 is no match for 做什么的, which stands for the person
        const value = score * weight * coverage;
        const counted = weight < 1 && prominence < IN_A_NAME ? IN_PASSING : prominence; // a synonym is prominent in names only
        isCovered ||= coverage === 1;
        const known = best.get(number);
        if (!known) best.set(number, [value, coverage, counted]);
        else if (value > known[0]) [known[0], known[1], known[2]] = [value, coverage, Math.max(known[2], counted)];
      }
    };
    // An abbreviation with synonyms (PR) is no prefix of other words, unless it is a name itself (go, which may become gomock).
    const isAbbreviation = forms.length > 1 && /^[a-z]{1,4}$/.test(forms[0]) && !this.isName(forms[0]);
    // A hyphenated word is one word; its parts count less, and only if a result has all of them.
    if (isJoined) add(forms[1], 1, /[._]/.test(forms[0]) ? undefined : isLast), add(forms[0], SIMILAR_WEIGHT);
    else forms.forEach((form, position) => add(form, position ? SYNONYM_WEIGHT : 1, position || isAbbreviation ? undefined : isLast));
    if (ALL_HAN.test(forms[0]) && !isCovered) for (const form of [...this.homophones(forms[0]), ...this.abbreviated(forms[0]), ...this.similarRuns(forms[0])]) add(form, SIMILAR_WEIGHT);
    return best;
  }

  // Whether a record may have a synonym of several words as a phrase: the words of "how old" are everywhere.
  mayHaveForm(number, form) {
    const words = form.split(" ");
    if (this.isSplit || !words.some((word) => this.stopWords.has(word)) || this.compactContentOf(number).includes(compact(form))) return true;
    const names = this.namesContentOf(number);
    return words.every((word) => names.includes(word));
  }

  // Scores a phrase, which a record must have as it is.
  scorePhrase(phrase, usedTerms = new Set()) {
    return new Map([...this.scoreForm(phrase, usedTerms)].filter(([number]) => this.contentOf(number).includes(phrase)));
  }

  // Scores one form of a unit: for each record, the sum over its tokens, of prominence, too; coverage is averaged.
  scoreForm(form, usedTerms, isLast) {
    const tokens = tokensOf(form);
    if (tokens.length > 1 && tokens.every(({ term }) => term === tokens[0].term)) return this.scoreWord(compact(form), usedTerms, isLast); // "active" is no match for "active-active"
    const score = ({ term, han }, used) => (han ? this.scoreRun(term, used) : this.scoreWord(term, used, isLast));
    if (tokens.length === 1) return score(tokens[0], usedTerms);
    const parts = tokens.map((token) => {
      const used = new Set();
      const scores = score(token, used);
      // The words of a phrase are not highlighted one by one, except for those that the reader has typed and that say something.
      if (isLast !== undefined && !this.stopWords.has(token.term)) for (const term of used) if (stemOf(term) === stemOf(token.term)) usedTerms.add(term);
      return scores;
    });
    const result = new Map();
    for (const part of parts) {
      for (const [number, value] of part) {
        const sum = result.get(number);
        if (!sum) result.set(number, value);
        else value.forEach((more, position) => (sum[position] += more));
      }
    }
    for (const [number, value] of result) {
      value[1] /= parts.length;
      if (value[1] < (isLast === undefined ? 1 : 0.6)) result.delete(number); // "go" alone is no match for "client-go"
    }
    return result;
  }

  // Scores a Latin word with all terms that match it. isLast is true for the last word of a query, which the reader may still
  // be typing, so that longer words count fully; false for others; undefined for synonyms, which match exactly only.
  scoreWord(word, usedTerms, isLast) {
    const best = new Map();
    for (const [term, similarity] of isLast === undefined ? [[word, 1]] : this.matchingTerms(word)) {
      const records = this.recordsWith(term);
      if (!records) continue;
      usedTerms.add(term);
      const weight = similarity * this.idf(term) * (isLast || similarity === 1 ? 1 : 0.5);
      const isPrefix = term.startsWith(word);
      const coverage = isPrefix ? 1 : similarity < 0.5 ? 0.8 : similarity < 0.6 ? 0.85 : 0.95;
      records.forEach((counts, number) => {
        const score = weight * this.saturatedFrequency(counts, number);
        const isInText = term === word || (isPrefix && records.size > 1);
        const prominence = isInName(counts) ? (isPrefix ? IN_A_NAME : IN_PASSING) : isInText ? IN_THE_TEXT : IN_PASSING;
        const known = best.get(number);
        if (!known) best.set(number, [score, coverage, prominence]);
        else if (score > known[0]) [known[0], known[1], known[2]] = [score, coverage, Math.max(known[2], prominence)];
      });
    }
    return best;
  }

  // Scores a run of Han characters by its overlapping pairs. Coverage is the share of its characters that matching pairs have.
  // The two arrays by record number are reused between calls: all entries are 0 at the beginning and at the end.
  scoreRun(run, usedTerms) {
    const characters = [...run].slice(0, MAX_RUN_LENGTH);
    const terms = characters.length > 1 ? adjacentPairs(characters) : characters;
    const scores = (this.runScores ??= new Float64Array(this.records.length));
    const positions = (this.runPositions ??= new Int32Array(this.records.length)); // bit n: pair n matches
    const accidents = (this.runAccidents ??= new Int32Array(this.records.length)); // bit n: pair n matches by accident
    const touched = [];
    let known = 0; // bits of the characters in any pair that the index has
    terms.forEach((term, position) => {
      const records = this.recordsWith(term);
      if (!records) return;
      usedTerms.add(term);
      const weight = this.idf(term) / Math.sqrt(terms.length);
      known |= 1 << position;
      records.forEach((counts, number) => {
        if (!positions[number] && !accidents[number]) touched.push(number);
        scores[number] += weight * this.saturatedFrequency(counts, number);
        if (counts) positions[number] |= (1 << position) | (isInName(counts) ? NAME_BIT : 0);
        else accidents[number] |= 1 << position;
      });
    });
    const result = new Map();
    // If the site has no 神经, 网络 alone matches too little of 神经网络; except if it is the name of the record.
    const charactersOf = (pairs) => (characters.length > 1 ? pairs | (pairs << 1) : pairs);
    const minCoverage = bitCount(charactersOf(known)) > characters.length / 2 ? 0.5 : 0.6;
    for (const number of touched) {
      const isInSomeName = positions[number] & NAME_BIT;
      let pairs = positions[number] & ~NAME_BIT;
      // An accidental pair counts next to one that is none: 开源 in 公开源码 if the query has 公开, too.
      for (let more; (more = accidents[number] & ((pairs << 1) | (pairs >> 1)) & ~pairs); ) pairs |= more;
      const matching = charactersOf(pairs);
      const score = scores[number];
      scores[number] = positions[number] = accidents[number] = 0;
      const coverage = bitCount(matching) / characters.length;
      if (coverage < 0.7 && bitCount(matching) < 4 && !isInSomeName) continue; // 人工 in 本人工作 is no match for 人工智能
      const matchingText = () => characters.filter((_, position) => matching & (1 << position)).join("");
      if (coverage < minCoverage && !this.namesOf(number).includes(matchingText())) continue;
      // In a large index, whose texts are not loaded, all pairs stand for the run as a whole.
      const isWhole = this.isSplit && terms.length > 1 && pairs === 2 ** terms.length - 1;
      result.set(number, [score * coverage * (isWhole ? ADJACENT_WEIGHT : 1), coverage, isInSomeName ? IN_A_NAME : IN_THE_TEXT]);
    }
    return result;
  }
}
