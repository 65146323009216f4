// The result of the field on a page: a table of skills, and the other conditions as a list.

const L = DATA.labels;
const SITE = new URL("..", document.currentScript.src); // this script is in _static
const FOLDER = new URL("_static/folio-match/", SITE);
const format = (text, ...values) => text.replace(/%([sd%])/g, (_, kind) => (kind === "%" ? "%" : values.shift()));

function element(name, options = {}, ...children) {
  const { className, ...attributes } = options;
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const statusOf = (status) => element("span", { className: `folio-match-${status.replace(" ", "-")}` }, L[status]);

const BREAK = "\x01";
const IN_ROW = { "\n": BREAK, "- ": "" };

// A line of HTML; the breaks in a row of a table end sentences, others end lines.
function htmlLine(line) {
  if (!line.startsWith("|")) return line.replaceAll(BREAK, "\n");
  const edges = line.replace(/[\s\x01]*\|[\s\x01]*/g, " | ");
  const row = stripped(edges, " \x01").replace(/[\s\x01]*\x01[\s\x01]*/g, "; ").trim();
  return row.endsWith("|") ? row : `${row} |`;
}

// The visible text of HTML, as matching/reading.py finds it. The document is inert: it runs and loads nothing.
function textOfHtml(html) {
  const parts = [];
  const spaces = P.MARKED_LINE.all(html).length > 1 ? /[^\S\n]+/g : /\s+/g;
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.data.replace(spaces, " "));
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const name = node.localName;
    const isBlock = P.BLOCK.whole(name) !== null;
    if (isBlock) parts.push(name === "br" ? BREAK : "\n");
    const start = parts.length;
    const style = (node.dataset?.style ?? "").replace(/\s+/g, "").toLowerCase();
    const isHidden = node.hasAttribute("hidden") || node.getAttribute("aria-hidden") === "true";
    if (P.VOID.whole(name) || P.DROPPED.whole(name) || isHidden || P.HIDING.search(style)) return;
    if (/^h[1-6]$/.test(name)) parts.push("\n# ");
    else if (name === "li") parts.push("- ");
    else if (name === "td" || name === "th") parts.push(" | ");
    node.childNodes.forEach(visit);
    const isRow = name === "tr" && parts.length - start < 401 && parts.filter((part) => part === " | ").length > 1;
    if (isRow && !parts.includes("\n# ", start) && parts.slice(start).join("").length < 4001) {
      for (let place = start; place < parts.length; place += 1) parts[place] = IN_ROW[parts[place]] ?? parts[place];
    }
    if (isBlock) parts.push("\n");
  };
  // Renamed, because browsers report styles and handlers to the policy of the page even in a document that is not shown.
  const withoutStyles = html
    .replace(/<[^>]*>/g, (tag) => tag.replace(/[\s/](style|on[a-z]+)(?=\s*=)/gi, " data-$1"))
    .replace(/<(\/?)style\b/gi, "<$1template");
  visit(new DOMParser().parseFromString(withoutStyles, "text/html").body);
  const lines = parts.join("").split("\n").map((line) => htmlLine(line.trim()));
  return lines.join("\n").replace(/(?<=\|)\n+(?=\| )/g, "\n").replace(/\n{3,}/g, "\n\n");
}

function heldIn(row) {
  const cell = element("td");
  const shown = row.months ? L[row.months] : "–";
  if (row.yearsStatus) cell.append(element("div", {}, statusOf(row.yearsStatus), L.semicolon, format(L.asked, row.years, shown)));
  for (const skill of row.held) {
    const name = skill.link ? element("a", { href: new URL(skill.link, SITE).href }, skill.name) : skill.name;
    const more = skill.proofs ? format(L.sources, skill.proofs) : skill.shownIn.join(L.separator);
    const [before, after] = (skill.isPart ? L.ofPart : "%s").split("%s");
    cell.append(element("div", {}, before, name, after, more && " ", more && element("small", {}, more)));
  }
  return cell;
}

function dutyText(row) {
  const names = row.held.map((skill) => skill.name).filter((name) => name !== row.name);
  return format(L.remark, row.chinese || row.name, [L[row.status], ...names].join(L.separator));
}

function tableOf(match) {
  const heads = [L.skill, L.status, L.held].map((text) => element("th", { scope: "col" }, text));
  const table = element("table", { className: "folio-match-table" }, element("caption", {}, match.title));
  table.append(element("thead", {}, element("tr", {}, ...heads)));
  const sentences = new Map();
  for (const row of match.rows) sentences.set(row.sentence, [...(sentences.get(row.sentence) ?? []), row]);
  for (const [sentence, rows] of sentences) {
    const asked = element("th", { colspan: 3, scope: "rowgroup" }, sentence);
    const lines = rows.map((row) => {
      const strength = (L[row.strength] ?? "") + (row.strength === MAY && row.group ? L.separator + L[ONE_OF] : "");
      const name = element("th", { scope: "row" }, row.chinese || row.name, " ", element("small", {}, strength));
      return element("tr", {}, name, element("td", {}, statusOf(row.status)), heldIn(row));
    });
    table.append(element("tbody", {}, element("tr", {}, asked), ...lines));
  }
  return table;
}

function conditionLine(item) {
  const words = item.asked.split(" · ").map((word) => L[word] ?? word);
  const asked = item.kind === "place" ? words.join(" · ") : item.sentence;
  const kind = element("strong", {}, L[item.kind]);
  const found = item.kind === "years" ? format(L.inAll, item.asked, L[DATA.person.months]) : item.found || L.unsaid;
  const strength = item.strength === MUST ? "" : element("small", {}, ` ${L[item.strength]}`);
  return element("li", {}, kind, strength, " ", statusOf(item.status), element("div", {}, `${asked} → ${found}`));
}

const loadShard = (number) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`${number}.js?${DATA.version}`, FOLDER).href;
    script.addEventListener("load", () => (finder.shards.has(number) ? resolve() : reject(new Error(script.src))));
    script.addEventListener("error", reject);
    document.head.append(script);
  });

async function compare(text) {
  let plain;
  const parsed = (html) => (plain ??= textOfHtml(html));
  for (let missing; (missing = missingFor(text, parsed)).length; ) await Promise.all(missing.map(loadShard));
  return matchOf(text, parsed);
}

let turns = 0;
async function show(box) {
  const words = box.dataset;
  const status = box.querySelector("[role=status]");
  const result = box.querySelector(".folio-match-result");
  const text = box.querySelector("textarea").value;
  const turn = (turns += 1);
  let match;
  try {
    match = text.trim() ? await compare(text) : null;
  } catch (error) {
    if (!(error instanceof PostingError)) throw error;
    status.textContent = words.tooLong;
  }
  if (turn !== turns) return; // another text is compared by now
  result.replaceChildren();
  if (match === null) status.textContent = "";
  if (!match) return;
  const parts = match.counts.flatMap((number, index) => (number ? `${L[STATUSES[index]]} ${number}` : [])).join(L.separator);
  const earned = Number(match.earned.toFixed(2));
  const score = format(match.percent === null ? words.few : words.score, earned, match.total, match.percent);
  status.textContent = match.total ? `${score}${L.semicolon}${parts}` : match.rows.length ? words.unread : words.none;
  if (match.rows.length) result.append(tableOf(match));
  if (match.conditions.length) result.append(element("ul", {}, ...match.conditions.map(conditionLine)));
  if (match.duties.length) result.append(element("p", {}, format(words.also, match.duties.map(dutyText).join(L.semicolon))));
  if (match.unknown.length) result.append(element("p", {}, format(words.unknown, match.unknown.join(L.separator))));
}
