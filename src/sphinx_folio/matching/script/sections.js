// Port of matching/sections.py.

const [REQUIRED, OPTIONAL, EXCLUDED, UNKNOWN, DUTIES] = ["required", "optional", "excluded", "unknown", "duties"];
const isNotAsking = (kind) => kind === DUTIES || kind === "other";

const headingKind = (text) => P.KINDS.find(([, pattern]) => pattern.search(text))?.[0] ?? "";

class Splitter {
  constructor(text) {
    this.lines = linesOf(text).flatMap(partsOf);
    this.openRows = openRows(this.lines);
    this.section = UNKNOWN;
    this.paragraph = "";
    this.afterBullet = this.afterTable = false;
    this.rowKind = UNKNOWN;
    this.found = [];
    this.lists = 0;
    this.listNumber = 0;
    this.tableNumber = 0;
    this.cellKinds = [];
    this.assessed = [];
    this.lines.forEach((raw, number) => this.read(raw, number));
    this.hear();
  }

  read(raw, number) {
    let line = raw.trim();
    const wrapped = P.WRAPPED.whole(line);
    const kind = wrapped && headingKind(wrapped.groups.heading);
    if (kind) {
      [this.section, this.paragraph, this.afterBullet, this.listNumber] = [kind, "", false, 0];
      line = wrapped.groups.rest.trim();
    }
    if (!line) this.paragraph = "";
    else if (this.openRows.has(number) || (line.startsWith("|") && line.endsWith("|"))) {
      this.tableNumber ||= this.lists += 1;
      this.afterTable = true;
      this.row(line, number);
      return;
    } else {
      if (this.afterTable && /[.。!！]$/.test(line) && !P.BULLET.match(line)) [this.section, this.listNumber] = [UNKNOWN, 0];
      this.afterTable = false;
      const before = this.found.length;
      this.line(line, number);
      join(this.found.slice(before));
    }
    [this.rowKind, this.tableNumber, this.cellKinds, this.assessed] = [UNKNOWN, 0, [], []];
  }

  line(line, number) {
    const bullet = P.BULLET.match(line);
    const body = bullet ? line.slice(end(bullet)) : line;
    const isItem = bullet !== null && !P.CHAPTER.match(line) && !this.isAboveItems(bullet[0], number);
    if (this.startsSection(body, number, isItem)) {
      this.paragraph = "";
      this.afterBullet = false;
      const isAboveText = this.lines.slice(number + 1).find((line) => line.trim());
      if (!this.lines[number + 1]?.trim() && (!isAboveText || this.lines[number - 1]?.trim())) this.add(body, this.section, number);
      return;
    }
    if (this.afterBullet && !bullet && this.leavesList(line, number)) {
      this.paragraph = this.section !== EXCLUDED && P.IS_SKILL.search(line) && !P.OURS.search(line) ? this.section : "";
      [this.section, this.listNumber] = [UNKNOWN, 0];
    }
    this.afterBullet = bullet !== null;
    const parts = sentences(body);
    for (const [place, sentence] of parts.entries()) {
      if (P.IS_IT_NEEDED.search(sentence) && P.NO.match(parts[place + 1] ?? "")) continue;
      const [label, rest] = labelOf(sentence);
      let kind = label ? headingKind(label) : "";
      if (label && !kind && !bullet && this.paragraph !== REQUIRED && P.NEW_LABEL.whole(label)) this.paragraph = "";
      if (isNotAsking(kind) && [REQUIRED, OPTIONAL].includes(this.section) && !isShortLabel(label)) kind = "";
      let content = sentence;
      if (kind && (!bullet || kind === EXCLUDED || kind === OPTIONAL)) {
        this.paragraph = kind;
        if (isNotAsking(kind) || isShortLabel(label)) content = rest;
      }
      this.parts(content, this.paragraph || this.section, number);
    }
    if (bullet) this.paragraph = "";
    else this.section = (/[:：]$/.test(body) && headingKind(last(parts))) || this.section;
  }

  // Among duties, a sentence may ask from some place on.
  parts(text, given, number) {
    const insists = isNotAsking(given) && this.paragraph === given && P.INSISTS.search(text);
    const kind = insists ? REQUIRED : given;
    const demand = isNotAsking(kind) ? P.DEMAND.search(text) : null;
    const place = demand ? demand.index : text.length;
    for (const [part, partKind] of [[text.slice(0, place), kind], [text.slice(place), REQUIRED]]) {
      if (stripped(part, " .。")) this.add(part, partKind, number);
    }
  }

  add(text, kind, line, list = this.afterBullet ? this.listNumber : 0, labelEnd = 0) {
    const asks = kind === UNKNOWN && P.ASKS.search(text) && !P.OUR_STACK.search(text) ? REQUIRED : kind;
    this.found.push({ text: text.trim(), kind: asks, line, list, labelEnd, asks: asks === REQUIRED || asks === OPTIONAL });
  }

  // Items below a heading that is unknown ask if enough of them clearly do.
  hear() {
    this.hearLists();
    if (this.found.some((statement) => statement.asks)) return;
    const listed = this.found.filter((statement) => statement.kind === UNKNOWN && P.NAMES.whole(statement.text));
    const number = listed.reduce((sum, statement) => sum + 1 + P.BETWEEN_NAMES.all(statement.text).length, 0);
    const isSure = number >= 3;
    const heard = isSure ? listed : this.found.filter((statement) => statement.kind === UNKNOWN && !P.OURS.search(statement.text));
    for (const statement of heard) Object.assign(statement, { kind: REQUIRED, asks: true, isUnsure: !isSure });
  }

  hearLists() {
    const lists = new Map();
    for (const item of this.found) if (item.list) (lists.get(item.list) ?? lists.set(item.list, []).get(item.list)).push(item);
    for (const items of lists.values()) {
      if (3 * items.filter((item) => item.asks || P.IS_SKILL.search(item.text)).length < items.length) continue;
      for (const item of items) if (item.kind === UNKNOWN) Object.assign(item, { kind: REQUIRED, asks: true });
    }
  }

  row(line, number) {
    const all = line.replace(/^\|/, "").replace(/\|$/, "").split("|").map((cell) => cell.trim());
    if (!this.assessed.length) this.assessed = all.map((cell, index) => index && P.ASSESSED.whole(cell));
    const cells = all.filter((_, index) => !this.assessed[index]);
    const kinds = cells.map(cellKind);
    const haveBoth = (some) => some.includes(REQUIRED) && some.includes(OPTIONAL);
    const place = kinds.findIndex(Boolean);
    const others = kinds.some(Boolean) ? cells.slice(1).map((cell) => shortKind(cell, 3)) : [];
    if (haveBoth(others)) this.cellKinds = ["", ...others];
    else if (haveBoth(kinds)) this.cellKinds = kinds;
    else if (this.cellKinds.length) {
      for (const [index, kind] of this.cellKinds.entries()) {
        const isMark = cells[index] !== undefined && P.CHECK_MARK.whole(cells[index]) && !this.cellKinds[0];
        if (kind) this.addSentences(isMark ? cells[0] : (cells[index] ?? ""), kind, number);
      }
    } else if (!cells.slice(1).some((cell) => P.WORD.search(cell))) this.onlyCell(cells[0], number);
    else if (place > 0) this.labeled(cells.filter((_, index) => index !== place), kinds[place], number);
    else if (!cells.slice(1).some((cell) => P.CHOICE.split(cell).every(cellKind))) this.headed(cells, number);
  }

  addSentences(text, kind, number, list, labelEnd = 0) {
    for (const sentence of sentences(text)) this.add(sentence, kind, number, list, text.startsWith(sentence) ? labelEnd : 0);
  }

  onlyCell(text, number) {
    const kind = shortKind(text, 2);
    if (kind) [this.section, this.paragraph, this.listNumber] = [kind, "", 0];
    else if (P.WORD.search(text)) this.addSentences(text, this.section, number);
  }

  labeled([label, ...cells], kind, number, list) {
    const more = cells.join(" ").trim();
    this.addSentences(more ? `${label}: ${more}` : label, kind, number, list, more ? label.length + 2 : 0);
  }

  headed(cells, number) {
    const known = headingKind(cells[0]);
    if (known && !(isNotAsking(known) && P.REMARKS.whole(cells[0]))) {
      this.rowKind = known;
      this.addSentences(cells.slice(1).join(" "), known, number, 0);
      return;
    }
    const isTopic = !known && !P.PLACE.whole(cells[0]);
    const follows = isTopic && [REQUIRED, OPTIONAL].includes(this.rowKind);
    const isInSection = isTopic && [REQUIRED, OPTIONAL, EXCLUDED].includes(this.section);
    this.rowKind = follows ? REQUIRED : isInSection ? this.section : UNKNOWN;
    this.labeled(cells, this.rowKind, number, known ? 0 : this.tableNumber);
  }

  startsSection(body, number, hasBullet) {
    const isMarked = P.MARKDOWN_HEADING.match(body) !== null || P.QUESTION.match(body) !== null;
    const text = stripped(stripped(body, "#* _"), ":： *", false).trim();
    const endsWithColon = /[:：]$/.test(stripped(body, "* _", false));
    const isAboveList = !hasBullet && P.BULLET.match(this.lines[number + 1] ?? "") !== null;
    const isSentence = (isAboveList ? P.FULL_STOP : P.SENTENCE).search(text);
    if ([...text].length > 60 || (isSentence && !endsWithColon)) return false;
    let kind = headingKind(text);
    const hasComma = (isAboveList && kind ? P.COLON : P.COMMA).search(P.BRACKETED.replace(text, "")) !== null;
    let starts = isMarked || (isUpper(text) && isAscii(text) && text.includes(" ") && !hasBullet);
    if (kind && !hasComma && (isAboveList || !this.hasContent(text, kind))) starts ||= endsWithColon || !hasBullet;
    if (!kind && !hasBullet && !hasComma) starts ||= this.isSeparate(number) && (text.endsWith("?") || !P.ASKS.search(text));
    if (starts && kind !== OPTIONAL && P.IS_IT_NEEDED.search(text) && this.isDenied(number)) kind = EXCLUDED;
    const isTitle = P.TITLE.search(text) && !this.lines.slice(0, number).some((line) => line.trim());
    if (isNotAsking(kind) && isTitle) kind = "";
    if (starts) {
      this.section = kind || UNKNOWN;
      this.lists += kind ? 0 : 1;
      this.listNumber = kind ? 0 : this.lists;
    }
    return starts;
  }

  hasContent(text, kind) {
    const han = P.ONE_HAN.all(text).length;
    if (han > 16 || (han && P.STATES.search(text))) return true;
    return !han && P.LATIN_WORD.all(P.BRACKETED.replace(text, "")).length > 8 && kind !== EXCLUDED;
  }

  leavesList(line, number) {
    const before = this.lines[number - 1].trimEnd();
    const isWrapped = before.length + P.ONE_HAN.all(before).length > 50;
    const stops = (text) => /[.。!！]$/.test(text);
    return !before || (stops(line) && !stops(before) && !isWrapped);
  }

  isAboveItems(mark, number) {
    const line = (this.lines[number + 1] ?? "").trim();
    const below = P.BULLET.match(line);
    const other = below ? below[0] : line ? "" : mark;
    return mark.trim() !== other.trim() && !P.WORD.search(mark);
  }

  isDenied(number) {
    return P.NO.match(this.lines.slice(number + 1).find((line) => line.trim()) ?? "") !== null;
  }

  isSeparate(number) {
    return number > 0 && !this.lines[number - 1].trim() && Boolean(this.lines[number + 1]?.trim());
  }
}

// The parts of a line that is very long or has headings inside.
const partsOf = (line) =>
  [...line].length < 300
    ? [line]
    : pieces(line, 20000).flatMap((piece) => P.INLINE_HEADING.replace(piece, (_, heading) => `\n${heading}\n`).split("\n"));

const cellKind = (text) => {
  const kinds = new Set(P.IN_A_LANGUAGE.all(text).map(([part]) => P.CELLS.find(([, pattern]) => pattern.whole(part))?.[0]));
  return (kinds.size === 1 && [...kinds][0]) || "";
};

const shortKind = (text, most) =>
  cellKind(text) || (P.LABEL_WORD.all(text).length <= most ? headingKind(text) : "");

// The numbers of rows of tables that have no signs at their ends.
function openRows(lines) {
  const decides = (row) => [REQUIRED, OPTIONAL, EXCLUDED].includes(headingKind(row[0])) || row.some(cellKind);
  const found = [];
  let rows = [];
  for (const [number, line] of [...lines, ""].entries()) {
    const isOpen = !line.trimStart().startsWith("|") && line.includes("|");
    const cells = isOpen ? line.split("|").map((cell) => cell.trim()) : [];
    if (rows.length && rows[0].length !== cells.length) {
      if (rows.length > 1 && rows.some(decides)) found.push(...rows.map((_, index) => number - 1 - index));
      rows = [];
    }
    if (cells.length) rows.push(cells);
  }
  return new Set(found);
}

// A statement between two that ask does so too, unless it is about the employer.
function join(found) {
  const asks = found.map((statement) => statement.asks);
  found.slice(asks.indexOf(true) + 1, Math.max(0, asks.lastIndexOf(true))).forEach((statement) => {
    if (statement.kind === UNKNOWN && !P.OURS.search(statement.text)) {
      Object.assign(statement, { kind: REQUIRED, asks: true });
    }
  });
}

const isShortLabel = (label) =>
  P.LABEL_WORD.all(label).length <= 4 || [EXCLUDED, OPTIONAL].includes(headingKind(label));

function labelOf(sentence) {
  const match = P.LABEL.whole(sentence);
  if (match) return [match.groups.label.trim(), match.groups.rest];
  const short = sentence.trim();
  const isShort = short.endsWith(".") && short.split(/\s+/).length <= 3 && !P.ASKS.search(short);
  const kind = isShort && headingKind(short);
  if (kind === REQUIRED || isNotAsking(kind)) {
    return [stripped(short, ".", false), ""];
  }
  return ["", sentence];
}

function sentences(text) {
  const parts = [];
  const count = (part, characters) => [...part].filter((character) => characters.includes(character)).length;
  for (const piece of P.SENTENCE_END.split(text)) {
    if (parts.length && count(last(parts), "(（") > count(last(parts), ")）")) parts[parts.length - 1] += ` ${piece}`;
    else parts.push(piece);
  }
  return parts.flatMap((part) => pieces(part.trim(), 600)).filter(Boolean);
}

function pieces(whole, most) {
  const found = [];
  let rest = [...whole];
  while (rest.length > most) {
    const cut = Math.max(...[..." ，、。；"].map((sign) => rest.lastIndexOf(sign, most - 1) + 1));
    const length = cut > 1 ? cut : most;
    found.push(rest.slice(0, length).join("").trim());
    rest = rest.slice(length);
  }
  return [...found, rest.join("")];
}
