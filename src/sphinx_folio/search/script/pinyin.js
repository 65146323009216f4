// Names by their pronunciation: rongqi, rq and rongq find 容器, and a homophone that an input method chose (双站) finds 双栈.

const RUNS = new RegExp(`[${HAN}]{2,}`, "gu");
const MAX_SPOKEN = 4; // names that one query stands for

class PinyinMatcher extends SearchIndex {
  // The distinct runs of Han characters in names, and the words of the field that the site has.
  nameRuns() {
    this.runsOfNames ??= [...new Set([...this.allNames(), ...this.fieldWords()].join("\n").match(RUNS) || [])];
    return this.runsOfNames;
  }

  fieldWords() {
    if (this.isSplit) return this.indexedGroups.flat(); // the lists of terms are not loaded
    return [...this.synonyms.keys()].filter((form) => ALL_HAN.test(form) && adjacentPairs([...form]).every((pair) => this.postings.has(pair)));
  }

  // The parts of names that Latin letters spell: each character by its syllable or, from the start of a name, its first letter.
  spokenAs(typed, mustBeComplete = false) {
    const letters = typed.replaceAll("v", "u"); // input methods have both for ü: lve and lue
    const hasSyllables = this.areSyllables(letters);
    if (!this.syllables.size || !/^[a-z]{2,24}$/.test(letters) || (mustBeComplete && !hasSyllables)) return [];
    const found = new Map(); // part → whether all its syllables are complete
    const charactersThat = (begin) => new Set([...this.syllables].filter(([, syllables]) => syllables.some(begin)).map(([character]) => character));
    const [atStart, inside] = [charactersThat(([letter]) => letter === letters[0]), charactersThat((syllable) => hasSyllables && letters.startsWith(syllable))];
    for (const run of this.nameRuns()) {
      for (let start = 0; start < run.length - 1; start += 1) {
        if (!(start ? inside : atStart).has(run[start])) continue;
        for (const isComplete of mustBeComplete ? [true] : [true, false]) {
          const end = this.spell(run, start, letters, isComplete || start > 0);
          if (end - start > 1 && !found.has(run.slice(start, end))) found.set(run.slice(start, end), isComplete);
        }
      }
    }
    const complete = [...found].filter(([, isComplete]) => isComplete);
    return (complete.length ? complete : [...found]).map(([part]) => part).sort((one, other) => one.length - other.length).slice(0, MAX_SPOKEN);
  }

  // Whether letters are syllables of the site, the last of which may still be typed.
  areSyllables(letters) {
    this.allSyllables ??= [...new Set([...this.syllables.values()].flat())];
    return this.allSyllables.some((syllable) => syllable.startsWith(letters) || (letters.startsWith(syllable) && this.areSyllables(letters.slice(syllable.length))));
  }

  // Where a part of a run ends that begins at a character and is spelled by letters; 0 if there is none.
  spell(run, at, letters, isComplete) {
    if (!letters) return at;
    for (const syllable of this.syllables.get(run[at]) || []) {
      const sizes = letters.startsWith(syllable) ? [syllable.length] : [];
      if (syllable.startsWith(letters) && letters.length > 1) return at + 1; // the reader is still typing
      if (!isComplete) sizes.push(1);
      for (const size of sizes) {
        const end = letters[0] === syllable[0] && this.spell(run, at + 1, letters.slice(size), isComplete);
        if (end) return end;
      }
    }
    return 0;
  }

  // The parts of names that sound like a run of Han characters, but are written in another way.
  homophones(run) {
    const sounds = [...run].map((character) => this.syllables.get(character) || []);
    if (run.length < 2 || sounds.some((syllables) => !syllables.length)) return [];
    const found = new Set();
    for (const name of this.nameRuns()) {
      for (let start = 0; start + run.length <= name.length; start += 1) {
        const part = name.slice(start, start + run.length);
        if (part !== run && [...part].every((character, position) => (this.syllables.get(character) || []).some((syllable) => sounds[position].includes(syllable)))) found.add(part);
      }
    }
    return [...found].slice(0, MAX_SPOKEN);
  }

  // Adds what a query in Latin letters spells, if the site does not have these as words.
  addSpoken(parsed) {
    if (ALL_HAN.test(parsed.compact) && this.hasUnknownTerm(parsed)) parsed.spoken = this.homophones(parsed.compact);
    const isUnknown = ({ forms: [form] }) => /^[a-z']+$/.test(form) && !this.hasPrefix(form);
    if (!parsed.units.length || !parsed.units.some(isUnknown)) return;
    const whole = this.spokenAs(parsed.compact.replaceAll("'", ""));
    parsed.spoken = whole;
    const halves = whole.length ? null : this.spokenHalves(parsed.compact);
    if (whole.length) parsed.units = [{ at: 0, forms: [parsed.compact, ...whole] }];
    else if (halves) parsed.units = halves.map((forms, at) => ({ at, forms }));
    else for (const unit of parsed.units) if (isUnknown(unit)) unit.forms.push(...this.spokenAs(unit.forms[0]));
  }

  // Two names that letters spell one after the other (dizhihuishou, 地址 and 回收), or one next to a word (gudingip, 固定 and IP).
  spokenHalves(letters) {
    const isName = (word) => this.recordsWith(word) && this.isInNames(word);
    const formsOf = (half) => (half.length > 3 && this.areSyllables(half) ? [half, ...this.spokenAs(half, true)] : [half]);
    for (let at = letters.length - 2; at > 1; at -= 1) {
      const halves = [letters.slice(0, at), letters.slice(at)].map(formsOf);
      const isSpoken = halves.some(({ length }) => length > 1);
      if (isSpoken && halves.every(({ length, 0: half }) => length > 1 || isName(half))) return halves;
    }
    return null;
  }

  hasPrefix(word) {
    return this.termsFrom(word).length > 0;
  }
}
