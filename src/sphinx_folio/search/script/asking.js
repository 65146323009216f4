// From what is typed to what is asked: units that add up, phrases that must be there, and what must not be there.

const IDLE = new Set(
  "a an and are at been by can did do does for from good had has have he her his how i in is it me of on or she there the their they to used uses using was what when where which who with about any".split(" "),
);
// Words that only hold a Chinese question together; longer ones first.
const IDLE_HAN = /有没有|会不会|能不能|怎么样|水平$|怎么写|写得|他会|他有|他的|他在|做过|几年|多少|是什么|为什么|什么是|是否|怎么|怎样|如何|什么|哪些|哪个|哪里|请问|关于|以及|的|^有(?=.{2,}吗$)|了|吗|呢|吧|和|与|及|是|他/g;

// A month of a year, as it is written in numbers, in Chinese or in English.
const MONTHS = "january february march april may june july august september october november december".split(" ");
const DATE = /(?<!\d)(?<year>(?:19|20)\d\d)(?: ?年 ?|[-./])(?<month>0?[1-9]|1[0-2])(?![-.\d])(?: ?月)?|\b(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,? (?<after>(?:19|20)\d\d)\b/g;

function parse(query, index) {
  const asked = { units: [], phrases: [], without: [] };
  let rest = query.normalize("NFKC").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[“”„«»「」『』]/g, '"');
  rest = rest.replace(/(^|\s)-("([^"]+)"|[^\s-]\S*)/gu, (all, space, word, quoted) => {
    asked.without.push(fold(quoted || word).trim());
    return " ";
  });
  rest = rest.replace(/"([^"]+)"/g, (all, phrase) => {
    asked.phrases.push(fold(phrase).trim().replace(/\s+/g, " "));
    return ` ${phrase} `;
  });
  let plain = index.regional(fold(rest));
  if (plain !== fold(rest)) rest = plain;
  asked.plain = squeeze(rest);
  const take = (at, length, forms) => {
    asked.units.push({ at, forms: [plain.slice(at, at + length), ...forms] });
    plain = plain.slice(0, at) + "\0".repeat(length) + plain.slice(at + length);
  };
  for (const { 0: date, index: at, groups: { year, month, name, after } } of [...plain.matchAll(DATE)]) {
    const number = Number(month) || 1 + MONTHS.findIndex((known) => known.startsWith(name));
    const forms = [`${year || after}-${String(number).padStart(2, "0")}`, `${year || after} 年 ${number} 月`, `${MONTHS[number - 1]} ${year || after}`];
    if (MONTHS[number - 1]) take(at, date.length, forms);
  }
  takeSynonyms(() => plain, take, index, asked.plain);
  for (const { 0: joined, index: at } of [...plain.matchAll(JOINED)]) take(at, joined.length, [joined.replace(/[-._]/g, "")]);
  const tokens = [...plain.matchAll(TOKEN)];
  for (const match of tokens) {
    const [run, han] = match;
    const at = match.index;
    if (!han) {
      const parts = rest.slice(at, at + run.length).split(CAMEL);
      if (!IDLE.has(run)) asked.units.push({ at, forms: parts.length > 1 ? [run, fold(parts.join(" "))] : [run] });
      continue;
    }
    const parts = han.length > 2 || tokens.length > 1 || asked.units.length ? han.replace(IDLE_HAN, (idle) => " ".repeat(idle.length)) : han;
    for (const part of parts.matchAll(/\S+/g)) {
      if (part[0].length > 1 || han.length === 1) asked.units.push({ at: at + part.index, forms: [part[0]] });
    }
  }
  if (!asked.units.length) asked.units = tokens.map((match) => ({ at: match.index, forms: [match[0]] }));
  asked.units.sort((one, other) => one.at - other.at);
  return asked;
}

// Words that mean the same as others become one unit with several forms: the whole query, else parts of it, long ones first.
function takeSynonyms(plain, take, index, squeezed) {
  const near = () => index.synonymsByLength.find(([word]) => squeezed.length > 5 && oneSlip(squeezed, word));
  const whole = index.synonyms.get(squeezed) || near()?.flat();
  const text = plain();
  if (whole && text.trim()) {
    take(text.search(/\S/), text.trim().length, whole);
    return;
  }
  const joins = (left, right) => /[a-z0-9]/.test(left) && /[a-z0-9]/.test(right);
  for (const [word, forms] of index.synonymsByLength) {
    for (let at = plain().indexOf(word); at >= 0; at = plain().indexOf(word, at + 1)) {
      const [before, after] = [plain()[at - 1] || "", plain()[at + word.length] || ""];
      if (!joins(before, word[0]) && !joins(word.at(-1), after) && !/[+#]/.test(after)) take(at, word.length, forms);
    }
  }
}
