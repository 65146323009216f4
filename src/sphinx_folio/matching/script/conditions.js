// Port of matching/conditions.py.

const DEGREES = P.DEGREES.map(([name]) => name).reverse();

// The lowest degree that is required, and the lowest higher one that is welcome, as its rank and its sentence.
function degreesAsked(found) {
  const [asked, headers, welcome] = [[], [], []];
  for (const statement of found) {
    for (const part of P.DEGREE_END.split(normalized(statement.text))) {
      const isWelcome = statement.kind === OPTIONAL || P.WELCOME.search(part);
      if (!isWelcome && P.NOT.search(part)) continue;
      let names = P.DEGREES.filter(([, pattern]) => pattern.search(part)).map(([name]) => name);
      if (!names.length && P.ANY_DEGREE.search(part)) names = ["bachelor"];
      const ranks = names.map((name) => [DEGREES.indexOf(name), statement.text]);
      if (statement.asks) (isWelcome ? welcome : asked).push(...ranks);
      else if (!isWelcome && statement.kind !== EXCLUDED && statement.text.length < 80) headers.push(...ranks);
    }
  }
  const candidates = asked.length ? asked : headers.filter((item) => item[1] === headers[0][1]);
  const least = (items) => items.sort((one, other) => one[0] - other[0] || (one[1] < other[1] ? -1 : 1))[0] ?? [-1];
  const required = least(candidates);
  return [required, least(welcome.filter((item) => item[0] > required[0]))];
}

function languagesAsked(found) {
  const asked = new Map();
  for (const statement of found) {
    const text = normalized(statement.text);
    const spoken = statement.kind !== EXCLUDED && P.SPOKEN_WELL.search(text) && !P.LANGUAGE_NOISE.search(text);
    for (const language of statement.asks || spoken ? languagesIn(text, statement) : []) {
      const known = asked.get(language.name) ?? language;
      asked.set(language.name, {
        ...stronger(known, language),
        level: ORDER[Math.min(ORDER.indexOf(known.level), ORDER.indexOf(language.level))],
      });
    }
  }
  return [...asked.values()];
}

const isLanguageOrCity = (name) =>
  [name, ...name.split(/[ -]/)].some((part) => P.LANGUAGE.whole(part) || P.CITY.whole(part));

const ORDER = [...P.LEVELS.map(([word]) => word), ""];

const languageOf = ({ groups }) => Object.keys(groups).find((name) => groups[name] !== undefined);

// The languages that are alternatives.
function alternativeLanguages(text) {
  const names = P.LANGUAGE.all(text).map(languageOf);
  const masked = P.LANGUAGE.replace(text, "¤");
  const marks = (part) => part.split("¤").length - 1;
  return P.ONE_OF_LANGUAGES.all(masked).flatMap((match) => {
    const start = marks(masked.slice(0, match.index));
    return names.slice(start, start + marks(match[0]));
  });
}

function languagesIn(text, statement) {
  const alternatives = alternativeLanguages(text);
  return P.LANGUAGE_END.split(text).flatMap((part) => {
    const welcome = P.WELCOME.search(part) !== null;
    if (P.NOT.search(part) && !welcome) return [];
    if (P.LANGUAGE_NOISE.search(part) && !welcome && !P.EXPRESSLY.search(part)) return [];
    const pieces = languagePieces(part);
    const levels = pieces.map((piece) => P.LEVELS.find(([, pattern]) => pattern.search(piece))?.[0] ?? "");
    return pieces.flatMap((piece, place) => {
      const isBare = stripped(P.LANGUAGE.replace(piece, ""), " .") === "";
      const others = isBare ? [...levels.slice(0, place).reverse(), ...levels.slice(place)] : [];
      return P.LANGUAGE.all(piece).map(languageOf).map((name) => ({
        name,
        level: [levels[place], ...others].find(Boolean) ?? "",
        strength: statement.kind === OPTIONAL || welcome ? MAY : alternatives.includes(name) ? ONE_OF : MUST,
        sentence: statement.text,
      }));
    });
  });
}

// Each language with the words about it.
function languagePieces(part) {
  const pieces = [""];
  for (const piece of P.JOINS_LANGUAGES.split(part)) {
    if (P.LANGUAGE.search(last(pieces)) && P.LANGUAGE.search(piece)) pieces.push(piece);
    else pieces[pieces.length - 1] += ` ${piece}`;
  }
  return pieces;
}

function titleOf(text) {
  const lines = linesOf(text).map((line) => stripped(line, " #*")).filter(Boolean).slice(0, 8);
  const labeled = lines.map((line) => P.TITLE_LABEL.match(line)).find(Boolean);
  const counted = P.TITLE.search(lines[0] ?? "") ? null : lines.map((line) => P.TITLE_WITH_NUMBER.match(line)).find(Boolean);
  const title = [...(labeled?.groups.named ?? counted?.groups.counted ?? lines[0] ?? "").replace(/.*[:：]$/, "")];
  return title.length <= 80 ? title.join("") : `${title.slice(0, 80).join("")}…`;
}

function seniorityOf(text) {
  const title = normalized(titleOf(text));
  return P.SENIORITY.find(([, pattern]) => pattern.search(title))?.[0] ?? "";
}

function placeOf(text) {
  const lines = linesOf(text).filter((line) => line.trim()).map((line) => line.slice(0, 300)).slice(0, 400);
  const labeled = lines.map((line) => P.PLACE_LABEL.search(line)).filter(Boolean).map((match) => match.groups.place);
  if (labeled.some((text) => P.ANYWHERE.match(text))) return "";
  const below = pairs(lines).filter(([heading]) => P.PLACE_HEADING.whole(heading)).map(([, line]) => line);
  for (const part of [...labeled, ...below, ...lines.slice(0, 5), ...lines.slice(-2), ...lines.filter((line) => P.REMOTE_IN.search(line))]) {
    const found = P.BOTH.search(part) ?? P.CITY.search(part) ?? P.REMOTE_IN.search(part);
    if (found) return found.groups?.place ?? found[0];
  }
  return lines.map((line) => P.OTHER_PLACE.search(line)).find(Boolean)?.groups.place ?? "";
}

function isRemote(text) {
  const whole = normalized(text);
  if (P.FULLY_REMOTE.search(whole)) return true;
  if (P.NOT_REMOTE.search(whole)) return false;
  return P.REMOTE.search(whole) ? true : null;
}
