// The query parser. A parsed query has
//   units: parts of the query whose scores are added, each { at: offset in the query, forms: [as typed, ...synonyms],
//     weight: how much it counts if the query is about another unit, otherwise undefined };
//   phrases: quoted texts, which a result must contain; excluded: texts after "-", which it must not contain;
//   isQuoted: whether there is nothing but a phrase;
//   exact: compact texts with figures, which mean little when their parts are scattered (1 年 4 个月);
//   question: the query without words of questions; compact: the same without separators, to compare it with names;
//   subject: its units that count fully;
//   asks: what a duration that the question asks for looks like, if it does;
//   version: what a version of the product looks like whose version is asked for;
//   joined: the same with borders between figures, to look for it in texts; words: how many words that are, two Han characters
//   being one.

const blank = (word) => " ".repeat(word.length);

const GENERAL_WEIGHT = 0.3; // of "change" in "change the font"

// What a question asks about: "spiderpool" of "what is spiderpool?" and of "spiderpool是什么".
function subjectOf(folded, { chineseQuestion, englishQuestion }) {
  return folded.trim().replace(chineseQuestion, "").trim().replace(englishQuestion, "").trim() || folded;
}

// Whether a phrase is more than one term.
const isLongPhrase = (phrase) => /[^\p{L}\p{N}]/u.test(phrase) || tokensOf(phrase).length > 1 || (ONE_HAN.test(phrase) && phrase.length > 2);

// Parses a query; the index provides synonyms, Traditional characters, regional words, and words of questions.
function parse(query, index) {
  const parsed = { units: [], phrases: [], excluded: [], exact: [] };
  let rest = index.simplified(query.normalize("NFKC")).replace(/\p{Cf}/gu, "").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[“”„«»「」『』]/g, '"').replace(/’/g, "'");
  rest = rest.replace(/(^|\s)-("([^"]*[^\s"][^"]*)"|"?[^\s\->"]*[\p{L}\p{N}]\S*)/gu, (all, space, word, quoted) => {
    parsed.excluded.push(fold(quoted || word).trim());
    return " ";
  });
  parsed.isQuoted = /^\s*"[^"]+"\s*$/.test(rest);
  rest = rest.replace(/"([^"]*[^\s"][^"]*)"/g, (all, phrase) => {
    parsed.phrases.push(fold(phrase).trim().replace(/\s+/g, " "));
    return ` ${phrase} `;
  });
  rest = rest.replace(/(?:\b(?:ca|wo)|(?<=[a-z]))n't(?![a-z])|(?<=[a-z])'(?:s|d|m|ll|re|ve)(?![a-z])/gi, blank);
  rest = rest.replace(/((?![会懂能有是可要])[\u4e00-\u9fff])[不没]\1/g, "$1"); // 快不快
  let folded = index.toLocalWords(fold(rest));
  if (folded !== fold(rest)) rest = folded;
  parsed.question = subjectOf(folded, index);
  parsed.compact = compact(parsed.question);
  parsed.joined = compactFigures(parsed.question);
  parsed.words = tokensOf(parsed.question).reduce((sum, { term, han }) => sum + (han ? term.length / 2 : 1), 0);
  const product = parsed.compact.match(/^(\D+?)(?:versions?|(?:的?什么)?版本)$/)?.[1];
  if (product) parsed.version = new RegExp(`${product.replace(/[^\p{L}\p{N}]/gu, "\\$&")}v?\\d`);
  const [asksYears, years, asksDuration, time] = index.durationQuestions;
  if (asksYears.test(folded)) parsed.asks = years;
  else if (asksDuration.test(folded)) parsed.asks = time;
  if (parsed.compact.length > 2 && /\d/.test(parsed.compact)) parsed.exact.push(parsed.joined);
  // Adds a unit and blanks it out of the text, so that it is not parsed again.
  const addUnit = (at, length, synonyms) => {
    parsed.units.push({ at, forms: [folded.slice(at, at + length), ...synonyms] });
    folded = folded.slice(0, at) + "\0".repeat(length) + folded.slice(at + length);
  };
  // A large index has no lists of the words of a phrase, only of what tells where it may be.
  for (const phrase of index.isSplit ? parsed.phrases.filter(isLongPhrase) : []) {
    const at = folded.indexOf(phrase);
    if (at < 0) continue;
    addUnit(at, phrase.length, []);
    parsed.units.at(-1).isPhrase = true;
  }
  const { months } = index;
  for (const { 0: date, index: at, groups: { year, month, day, name, dayAfter, yearAfter } } of [...folded.matchAll(index.day)]) {
    const number = Number(month) || 1 + months.findIndex((known) => known.startsWith(name.slice(0, 3)));
    const [wholeYear, dayNumber, english] = [year || yearAfter, Number(day || dayAfter), months[number - 1]];
    const joined = [wholeYear, number, dayNumber].map((part) => String(part).padStart(2, "0")).join("");
    const forms = [`${wholeYear} 年 ${number} 月 ${dayNumber} 日`, `${english} ${dayNumber}, ${wholeYear}`, `${english.slice(0, 3)} ${dayNumber}, ${wholeYear}`];
    addUnit(at, date.length, forms);
    parsed.units.at(-1).forms[0] = joined;
    parsed.exact.push(...[joined, ...forms].map(compact));
  }
  for (const { 0: date, index: at, groups: { year, month, name, yearAfter } } of [...folded.matchAll(index.date)]) {
    const number = Number(month) || 1 + months.findIndex((known) => known.startsWith(name));
    const forms = [`${year || yearAfter}-${String(number).padStart(2, "0")}`, `${year || yearAfter} 年 ${number} 月`, `${months[number - 1]} ${year || yearAfter}`];
    if (months[number - 1]) addUnit(at, date.length, forms);
  }
  for (const { 0: duration, index: at, groups: { years, months: rest } } of [...folded.matchAll(index.duration)]) {
    const spelled = (year, month) => `${years} ${year}${years === "1" ? "" : "s"} ${rest} ${month}${rest === "1" ? "" : "s"}`;
    const forms = [spelled("yr", "mo"), `${years} 年 ${rest} 个月`, spelled("year", "month")];
    addUnit(at, duration.length, forms);
    parsed.exact.push(...forms.map(compact));
  }
  // Thousands may be separated: 8632 and 8,632.
  for (const { 0: number, index: at } of [...folded.matchAll(/(?<![\w.,-])(?:\d{4,6}|\d{1,3}(?:,\d{3})+)(?![\w.,-])/g)]) {
    const plain = number.replaceAll(",", "");
    const separated = plain.replace(/\B(?=(?:\d{3})+$)/g, ",");
    addUnit(at, number.length, [number === plain ? separated : plain]);
    parsed.exact.push(plain, separated);
  }
  const joinedOf = (word) => word.replace(/[-._]/g, "");
  // The name of a file or of something in code is one word, though parts of it may have synonyms.
  const addHyphenated = (isOne) => {
    for (const { 0: word, index: at } of [...folded.matchAll(HYPHENATED)]) {
      if (VERSION.test(word) || !isOne(word)) continue;
      addUnit(at, word.length, [joinedOf(word)]);
      Object.assign(parsed.units.at(-1), { isJoined: true, typed: word, forms: [word.replaceAll("_", " "), joinedOf(word)] });
    }
  };
  addHyphenated((word) => /[._]/.test(word) && index.recordsWith(joinedOf(word)));
  addSynonymUnits(() => folded, addUnit, index, parsed);
  addHyphenated(() => true);
  // The characters of a Japanese word such as 振り返り mean little where they are scattered; 振り返 is in all its forms.
  for (const { 0: word, 1: stem, index: at } of index.isSplit ? [] : [...folded.matchAll(index.japaneseWord)]) {
    addUnit(at, word.length, []);
    Object.assign(parsed.units.at(-1), { forms: [stem], isPhrase: true });
  }
  const tokens = tokensOf(folded);
  for (const { term, han, isNumber, at, end } of tokens) {
    if (!han) {
      const parts = isNumber ? [] : rest.slice(at, end).split(PART_BOUNDARY).filter(Boolean);
      if (!index.stopWords.has(term) || (term === "long" && !/how long/.test(query.toLowerCase()))) parsed.units.push({ at, forms: parts.length > 1 ? [term, fold(parts.join(" "))] : [IS_KANA.test(term) ? folded.slice(at, end) : term] });
      continue;
    }
    const hasMore = term.length > 2 || tokens.length > 1 || parsed.units.length;
    const words = /\d ?$/.test(folded.slice(0, at)) ? term.replace(index.measureWord, blank) : term;
    let parts = hasMore ? words.replace(index.hanStopWords, blank) : words;
    if (hasMore) parts = parts.replace(index.hanGeneralWords, (word, position) => (parsed.units.push({ at: at + position, forms: [word] }), blank(word)));
    for (const part of parts.matchAll(/\S+/g)) {
      if (part[0].length > 1 || (term.length === 1 && !(hasMore && index.functionWord.test(term)))) parsed.units.push({ at: at + part.index, forms: [part[0]] });
    }
  }
  // A query of nothing but stop words and single characters is about these: 怎么装.
  const rests = parsed.units.length ? "" : folded.replace(index.hanStopWords, blank);
  for (const { 0: character, index: at } of rests.matchAll(new RegExp(ONE_HAN, "gu"))) parsed.units.push({ at, forms: [character] });
  // One of nothing but stop words is searched for as it is.
  if (!parsed.units.length) parsed.units = tokens.map(({ at, term }) => ({ at, forms: [term] }));
  parsed.units.sort((one, other) => one.at - other.at);
  const specific = parsed.units.filter(({ forms: [typed] }) => !index.isGeneral(typed));
  if (specific.length) for (const unit of parsed.units) if (!specific.includes(unit)) unit.weight = GENERAL_WEIGHT;
  parsed.subject = compact(specific.map(({ forms: [typed] }) => typed).join(""));
  // A quantity may have another word for its unit: 10 milliseconds is 10 ms.
  parsed.units.forEach(({ forms: [typed, ...others] }, position) => {
    if (!position || !/^\d+$/.test(parsed.units[position - 1].forms[0])) return;
    for (const other of others) parsed.exact.push(parsed.joined.replace(compact(typed), compact(other)));
  });
  return parsed;
}

// Adds a unit with its synonyms if the whole query has some; otherwise for each part of it that has some, the longest first.
function addSynonymUnits(currentText, addUnit, index, parsed) {
  const text = currentText();
  const typed = parsed.compact;
  const mayBeMisspelled = /^[^._]{6,}$/.test(text.trim()) && !index.synonyms.has(typed) && !index.recordsWith(typed) && !index.otherWords.has(typed);
  const meant = mayBeMisspelled && index.synonymsByLength.find(([word]) => word.length > 5 && singleEdit(typed, word));
  if (meant) parsed.compact = compact(meant[0]);
  const forWhole = meant ? meant.flat() : index.synonyms.get(typed) || index.synonyms.get(toTerm(typed));
  if (forWhole && /[^\0\s]/.test(text)) {
    const subject = subjectOf(text, index);
    addUnit(text.indexOf(subject), subject.length, forWhole);
    return;
  }
  const isInWord = (left, right) => /[a-z0-9]/.test(left) && /^[a-z0-9]/.test(right);
  for (const [word, synonyms] of index.synonymsByLength) {
    for (let at = currentText().indexOf(word); at >= 0; at = currentText().indexOf(word, at + 1)) {
      const [before, after] = [currentText()[at - 1] || "", currentText().slice(at + word.length)];
      const isPart = /^(?:[+#]|\.\w)/.test(after); // c of c++, node of node.js, python 3 of python 3.11
      if (!isInWord(before, word[0]) && !isInWord(word.at(-1), after) && !isPart) addUnit(at, word.length, synonyms);
    }
  }
}
