// From the terms of a query to terms of the index: unknown terms, prefixes, inflected forms and misspellings.

// A word without the ending of an English inflection: deletes and deletions are delet.
const stemOf = (word) => (word.length > 5 ? word.replace(/(?:ations?|ions?|ings?|ers?|ed|es|e|s)$/, "") : word.replace(/(?<=\w{3})s$/, ""));

// The edit that turns a long word into the beginning of another, which is still being typed.
const isBegunWithEdit = (word, other) => word.length > 6 && other.length > word.length && singleEdit(word, other.slice(0, word.length));

// Whether a word without vowels abbreviates another (cfg, config), maybe in the plural (cmds), or shortens a plural (certs).
function isAbbreviation(word, other) {
  if (word.length < 7 && word.endsWith("s") && other.length > word.length + 1 && other.startsWith(word.slice(0, -1))) return true;
  return /^[^aeiou\d+]{3,6}$/.test(word) && word.at(-1) === other.at(-1) && new RegExp(`^${[...word].join(".*")}$`).test(other);
}

// A word with one letter for each sound that has several.
const soundOf = (word) => word.replace(/[cq]/g, "k").replace(/z/g, "s").replace(/y/g, "i");

class TermMatcher extends PinyinMatcher {
  // Parses a query and loads all files that its terms need; null if it has a term that only withRare may know.
  async prepare(query) {
    const parsed = this.parsed(query);
    await this.loadPostings(parsed);
    if (this.mayBeRare && (this.hasUnknownTerm(parsed) || this.hasUnknownPair(parsed))) return null;
    for (const unit of parsed.units) this.expand(unit, unit === parsed.units.at(-1));
    this.dropUnknownWords(parsed);
    this.addSpoken(parsed);
    await this.loadPostings(parsed);
    parsed.units = parsed.units.flatMap((unit) => this.splitCompound(unit));
    return parsed;
  }

  parsed(query) {
    return parse(query, this);
  }

  // Adds what a word may stand for if the site has no word that begins so: other forms of an irregular verb (build, built), the
  // synonyms of one that is still being typed (autocompl), names with these initials (rtd, Read the Docs), and two words run
  // together (darkmode).
  expand({ forms }, isLast) {
    const [word] = forms;
    if (forms.length > 1 || !/^[a-z]{3,}$/.test(word) || this.hasPrefix(word)) return;
    forms.push(...(this.irregularWords.find((others) => others.includes(word)) || []));
    if (this.otherWords.has(word)) return;
    const begun = isLast && word.length > 3 ? this.synonymsByLength.filter(([form]) => form.startsWith(word)).flatMap(([, synonyms]) => synonyms) : [];
    const names = word.length < 6 ? this.spacedNames().filter((name) => name.split(" ").map(([letter]) => letter).join("") === word) : [];
    const halves = Array.from({ length: word.length - 5 }, (_, at) => [word.slice(0, at + 3), word.slice(at + 3)]);
    const joined = halves.filter(([left, right]) => left !== right && this.recordsWith(left) && [...(this.recordsWith(right) || [])].some(([number]) => this.recordsWith(left).has(number)));
    forms.push(...new Set([...begun, ...names, ...joined.map((pair) => pair.join(" "))]));
  }

  // The names and synonyms of several Latin words, with spaces between these.
  spacedNames() {
    const names = this.records.flatMap((record, number) => [record[TITLE], ...record[KEYWORDS], ...(this.unlistedNames.get(number) || [])]);
    return [...names, ...this.synonyms.keys()].map((name) => (fold(name).match(/[a-z0-9]+/g) || []).join(" ")).filter((name) => name.includes(" "));
  }

  // Drops general words such as "modify" from a query that has others, if the site does not have them.
  dropUnknownWords(parsed) {
    parsed.units = parsed.units.filter(({ weight, forms: [form, ...others] }) => !weight || others.length || !this.hasUnknownTerm({ units: [{ forms: [form] }] }));
  }

  hasUnknownTerm(parsed) {
    return parsed.units.some(({ forms: [form], isPhrase }) => isPhrase ? !this.scorePhrase(form).size : termsOf(form).some((term) => !this.recordsWith(term) && (ONE_HAN.test(term) || !this.hasPrefix(term))));
  }

  // Whether a query has a pair of Han characters that the site does not have, be it of stop words: 干了几年 is a synonym.
  hasUnknownPair({ question }) {
    return this.hasUnknownTerm({ units: (question.match(RUNS) || []).map((run) => ({ forms: [run] })) });
  }

  // Splits a run of Han characters into words of the site at pairs that do not occur in the index: 内核|版本.
  splitCompound(unit) {
    const [form] = unit.forms;
    if (unit.isPhrase || unit.forms.length > 1 || form.length < 3 || !ALL_HAN.test(form)) return [unit];
    if (this.functionWord.test(form[0]) && !this.recordsWith(form.slice(0, 2))) return this.splitCompound({ at: unit.at + 1, forms: [form.slice(1)] });
    if (form.length < 4) return [unit];
    const words = [""];
    const characters = [...form];
    characters.forEach((character, position) => {
      if (position && !this.recordsWith(characters[position - 1] + character)) words.push("");
      words[words.length - 1] += character;
    });
    // Between two words that the site has, others may be unknown: 网站|翻译|成|日语.
    const known = words.filter((word) => word.length > 1).length;
    const others = words.map((word) => (word.length > 1 || this.functionWord.test(word) ? " " : word)).join("").match(/\S+/g) || [];
    if (others.length && known < 2) return [unit];
    return [...words, ...others].filter((word) => word.length > 1).map((word, position) => ({ at: unit.at + position, forms: [word] }));
  }

  // The terms that match a Latin word, each with a similarity: 1 for the word itself, less for longer words, inflected forms
  // and misspellings. Misspellings are tried only if nothing else matches.
  matchingTerms(word) {
    const found = new Map();
    const stem = stemOf(word);
    this.learn(stem);
    const candidates = this.termsByFirstLetter.get(word[0]) || [];
    if (this.recordsWith(word)) found.set(word, 1);
    for (const term of candidates) {
      if (term.length > word.length && word.length > 1 && term.startsWith(word)) found.set(term, 0.75 * (0.4 + (0.6 * word.length) / term.length));
    }
    const isKnown = found.size;
    if (stem.length > 2) {
      const isInflected = (term) => stem.length > 3 && term.startsWith(stem) && ((stem !== word && term.length - stem.length < Math.min(4, stem.length - 1)) || stemOf(term) === stem);
      for (const term of candidates) if (!found.has(term) && (term === stem || isInflected(term))) found.set(term, 0.6);
    }
    if (isKnown || !/^[a-z]{3}/.test(word)) return found;
    const isLike = [isAbbreviation, singleEdit, isBegunWithEdit, hasTwoEdits];
    if (this.isSplit) for (const name of this.nameWords()) if (isLike.some((test) => test(word, name))) this.learn(name);
    const sameLetter = this.termsByFirstLetter.get(word[0]) || [];
    for (const term of sameLetter) if (isAbbreviation(word, term) && this.isInNames(term)) found.set(term, 0.5);
    if (found.size || word.length < 4 || this.otherWords.has(word)) return found;
    this.addMisspelled(word, sameLetter, found);
    if (!found.size && word.length > 4) this.addMisspelled(word, [...this.termsByFirstLetter.values()].flat(), found);
    if (!found.size) for (const term of sameLetter) if (hasTwoEdits(word, term)) found.set(term, 0.35);
    return found;
  }

  // The Latin words in names, if the index is split.
  nameWords() {
    this.wordsOfNames ??= new Set(fold(this.groups.map(({ texts }) => texts.join("\n")).join("\n")).match(/[a-z][a-z0-9]{2,}/g));
    return this.wordsOfNames;
  }

  // Adds the candidates that are one edit away from a word, or begin so. The shorter a word, the more other words are one edit
  // away: for short words, and for edits of the first letter, only names and certain edits count.
  addMisspelled(word, candidates, found) {
    for (const term of candidates) {
      if (found.has(term) || term.length < 3) continue;
      const edit = singleEdit(word, term);
      const kind = edit || isBegunWithEdit(word, term);
      const isAlike = edit === SUBSTITUTION && soundOf(word) === soundOf(term); // sparc, Spark
      if (!kind) continue;
      const isFirstLetter = word[0] !== term[0];
      const isDeletion = kind === INSERTION_OR_DELETION && word.length > term.length; // the word has a letter too many
      if (isFirstLetter && (kind === SUBSTITUTION || (isDeletion && word.length < 7))) continue; // "bread" is not "read"
      if (word.length < 6 && !isAlike && (kind === SUBSTITUTION || (isDeletion && !/(.)\1/.test(word)))) continue; // nor "stock" "stack", "movie" "move"
      const isAmbiguous =
        isFirstLetter || word.length < 5 || (word.length < 6 && edit > TRANSPOSITION) || (word.length < 7 && edit === SUBSTITUTION);
      if (isAmbiguous && !this.isInNames(term)) continue;
      found.set(term, edit ? 0.5 : 0.35);
    }
  }

  isInNames(term) {
    return [...this.recordsWith(term).values()].some(isInName);
  }

  // The names that a run of three or more Han characters abbreviates, from their beginning: 湖科大 is 湖南科技大学.
  abbreviated(run) {
    const pattern = run.length > 2 && run.length < 7 && new RegExp(`^${[...run].join(`[${HAN}]{0,3}`)}[${HAN}]{0,2}`, "u");
    return pattern ? [...new Set(this.nameRuns().map((name) => name.match(pattern)?.[0]).filter(Boolean))].slice(0, 3) : [];
  }

  // Runs of Han characters on the site that are one edit away from a run; runs of three characters are looked for in names
  // only. Finds those of which one half is correct, and those whose two middle characters are swapped.
  similarRuns(run) {
    const size = [...run].length;
    if (size < 3 || size > 12 || run.length > size) return [];
    this.joinedNames ??= this.allNames().join("\n");
    if (!this.isSplit && size > 3) this.joinedTexts ??= this.texts.map(fold).join("\n");
    const middle = size >> 1;
    const halves = [run.slice(0, middle), run.slice(middle)];
    const swapped = run.slice(0, middle - 1) + run[middle] + run[middle - 1] + run.slice(middle + 1);
    const found = new Set();
    for (const text of [this.joinedNames, (size > 3 && this.joinedTexts) || ""]) {
      if (text.includes(swapped)) found.add(swapped);
      halves.forEach((half, isSecond) => {
        for (let at = text.indexOf(half); at >= 0 && found.size < 6; at = text.indexOf(half, at + 1)) {
          for (const extra of size > 3 ? [0, -1, 1] : [0]) {
            const start = isSecond ? at + half.length - size - extra : at;
            const form = text.slice(Math.max(0, start), start + size + extra);
            if (!form.includes(run) && singleEdit(run, form) && ALL_HAN.test(form)) found.add(form);
          }
        }
      });
    }
    return [...found].slice(0, 6);
  }
}
