// The query parser. A parsed query has
//   units: parts of the query whose scores are added, each { at: offset in the query, forms: [as typed, ...synonyms] };
//   phrases: quoted texts, which a result must contain; excluded: texts after "-", which it must not contain;
//   compact: the query without separators, to compare it with names.

const STOP_WORDS = new Set(
  "a an and are at been by can did do does for from good had has have he her his how i in is it me of on or she there the their they to used uses using was what when where which who with about any".split(" "),
);
// Chinese stop words; longer ones first, because the first alternative that matches wins.
const HAN_STOP_WORDS = /有没有|会不会|能不能|怎么样|水平$|怎么写|写得|他会|他有|他的|他在|做过|几年|多少|是什么|为什么|什么是|是否|怎么|怎样|如何|什么|哪些|哪个|哪里|请问|关于|以及|的|^有(?=.{2,}吗$)|了|吗|呢|吧|和|与|及|是|他/g;

// A month of a year in figures (2022-04), in Chinese (2022 年 4 月) or in English (April 2022).
const MONTHS = "january february march april may june july august september october november december".split(" ");
const DATE = /(?<!\d)(?<year>(?:19|20)\d\d)(?: ?年 ?|[-./])(?<month>0?[1-9]|1[0-2])(?![-.\d])(?: ?月)?|\b(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,? (?<yearAfter>(?:19|20)\d\d)\b/g;

// Parses a query; the index provides synonyms and regional words.
function parse(query, index) {
  const parsed = { units: [], phrases: [], excluded: [] };
  let rest = query.normalize("NFKC").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[“”„«»「」『』]/g, '"');
  rest = rest.replace(/(^|\s)-("([^"]+)"|[^\s-]\S*)/gu, (all, space, word, quoted) => {
    parsed.excluded.push(fold(quoted || word).trim());
    return " ";
  });
  rest = rest.replace(/"([^"]+)"/g, (all, phrase) => {
    parsed.phrases.push(fold(phrase).trim().replace(/\s+/g, " "));
    return ` ${phrase} `;
  });
  let folded = index.toLocalWords(fold(rest));
  if (folded !== fold(rest)) rest = folded;
  parsed.compact = compact(rest);
  // Adds a unit and blanks it out of the text, so that it is not parsed again.
  const addUnit = (at, length, synonyms) => {
    parsed.units.push({ at, forms: [folded.slice(at, at + length), ...synonyms] });
    folded = folded.slice(0, at) + "\0".repeat(length) + folded.slice(at + length);
  };
  for (const { 0: date, index: at, groups: { year, month, name, yearAfter } } of [...folded.matchAll(DATE)]) {
    const number = Number(month) || 1 + MONTHS.findIndex((known) => known.startsWith(name));
    const forms = [`${year || yearAfter}-${String(number).padStart(2, "0")}`, `${year || yearAfter} 年 ${number} 月`, `${MONTHS[number - 1]} ${year || yearAfter}`];
    if (MONTHS[number - 1]) addUnit(at, date.length, forms);
  }
  addSynonymUnits(() => folded, addUnit, index, parsed.compact);
  for (const { 0: word, index: at } of [...folded.matchAll(HYPHENATED)]) addUnit(at, word.length, [word.replace(/[-._]/g, "")]);
  const tokens = [...folded.matchAll(TOKEN)];
  for (const match of tokens) {
    const [token, han] = match;
    const at = match.index;
    if (!han) {
      const parts = rest.slice(at, at + token.length).split(CAMEL_CASE_BOUNDARY);
      if (!STOP_WORDS.has(token)) parsed.units.push({ at, forms: parts.length > 1 ? [token, fold(parts.join(" "))] : [token] });
      continue;
    }
    const hasMore = han.length > 2 || tokens.length > 1 || parsed.units.length;
    const parts = hasMore ? han.replace(HAN_STOP_WORDS, (word) => " ".repeat(word.length)) : han;
    for (const part of parts.matchAll(/\S+/g)) {
      if (part[0].length > 1 || han.length === 1) parsed.units.push({ at: at + part.index, forms: [part[0]] });
    }
  }
  // A query of nothing but stop words is searched for as it is.
  if (!parsed.units.length) parsed.units = tokens.map((match) => ({ at: match.index, forms: [match[0]] }));
  parsed.units.sort((one, other) => one.at - other.at);
  return parsed;
}

// Adds a unit with its synonyms if the whole query has some; otherwise for each part of it that has some, the longest first.
function addSynonymUnits(currentText, addUnit, index, compactQuery) {
  const misspelled = () => index.synonymsByLength.find(([word]) => compactQuery.length > 5 && singleEdit(compactQuery, word));
  const forWhole = index.synonyms.get(compactQuery) || misspelled()?.flat();
  const text = currentText();
  if (forWhole && text.trim()) {
    addUnit(text.search(/\S/), text.trim().length, forWhole);
    return;
  }
  const isInWord = (left, right) => /[a-z0-9]/.test(left) && /[a-z0-9]/.test(right);
  for (const [word, synonyms] of index.synonymsByLength) {
    for (let at = currentText().indexOf(word); at >= 0; at = currentText().indexOf(word, at + 1)) {
      const [before, after] = [currentText()[at - 1] || "", currentText()[at + word.length] || ""];
      if (!isInWord(before, word[0]) && !isInWord(word.at(-1), after) && !/[+#]/.test(after)) addUnit(at, word.length, synonyms);
    }
  }
}
