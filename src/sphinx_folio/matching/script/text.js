// Patterns and small functions that make JavaScript do what Python does. DATA comes from page_data.py.

const WORD = "\\p{L}\\p{N}_";
const OUTSIDE = {
  "\\b": `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`,
  "\\w": `[${WORD}]`,
  "\\W": `[^${WORD}]`,
  "\\d": "\\p{Nd}",
};

// In Python, \w, \b and \d are about all scripts.
const inAllScripts = (source) =>
  source.replace(/\\[^bwWd]|\[(?:\\.|[^\]\\])*\]|\\[bwWd]/gu, (part) =>
    part[0] === "[" ? part.replaceAll("\\w", WORD).replaceAll("\\d", "\\p{Nd}") : (OUTSIDE[part] ?? part),
  );

class Pattern {
  constructor(written) {
    const whole = written.replace(/§(\d)/g, (_, number) => DATA.shared[number]).replace(/¶(\w+)/g, "(?<$1>$1");
    const text = whole.replaceAll("\x7f", "(?:").replaceAll("`", "\\");
    const [, source, flags = ""] = text.match(/^(.*?)(?:\/([ia]+))?$/su);
    this.flags = flags.includes("i") ? "iu" : "u";
    this.source = flags.includes("a") ? source : inAllScripts(source);
  }
  compiled(form, source, flags = "") {
    return (this[form] ??= new RegExp(source, this.flags + flags));
  }
  search(text) {
    return this.compiled("anywhere", this.source).exec(text);
  }
  match(text) {
    return this.compiled("atStart", `^(?:${this.source})`).exec(text);
  }
  whole(text) {
    return this.compiled("entire", `^(?:${this.source})$`).exec(text);
  }
  all(text) {
    return [...text.matchAll(this.compiled("every", this.source, "g"))];
  }
  replace(text, by) {
    return text.replace(this.compiled("every", this.source, "g"), by);
  }
  split(text, most = Infinity) {
    const parts = [];
    let start = 0;
    for (const match of this.all(text)) {
      if (parts.length === most) break;
      parts.push(text.slice(start, match.index));
      start = match.index + match[0].length;
    }
    return [...parts, text.slice(start)];
  }
}

const compiledIn = (value) =>
  typeof value === "string" ? new Pattern(value) : value.map(([name, text]) => [name, new Pattern(text)]);
const P = Object.fromEntries(Object.entries(DATA.patterns).map(([name, value]) => [name, compiledIn(value)]));

const end = (match) => match.index + match[0].length;
const last = (list) => list[list.length - 1];
const pairs = (list) => list.slice(1).map((item, index) => [list[index], item]);
const hasCase = (text) => text.toLowerCase() !== text.toUpperCase();
const isLower = (text) => hasCase(text) && text === text.toLowerCase();
const isUpper = (text) => hasCase(text) && text === text.toUpperCase();
const isAscii = (text) => /^[\0-\x7f]*$/.test(text);
const isLetters = (text) => /^\p{L}+$/u.test(text);
const linesOf = (text) => {
  const lines = text.split(/\r\n|[\n\r\v\f\u2028\u2029]/);
  if (!last(lines)) lines.pop();
  return lines;
};
const stripped = (text, characters, left = true) => {
  let [from, to] = [0, text.length];
  while (left && from < to && characters.includes(text[from])) from += 1;
  while (to > from && characters.includes(text[to - 1])) to -= 1;
  return text.slice(from, to);
};
const normalized = (text) => P.DOTNET.replace(text.normalize("NFKC"), "dotNET");
const TOKEN = /(?:(?![\d_\u3005\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}\u3041-\u30fa\u30fc-\u30ff\uac00-\ud7af])[\p{L}\p{N}])+|\p{Nd}+|[+#]+|[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]|[\u3040-\u30ff\uac00-\ud7af]+/gu;
const tokensOf = (text) => text.match(TOKEN) ?? [];
const squashed = (name) => tokensOf(normalized(name).toLowerCase()).join("");

class PostingError extends Error {}

// The visible text of a posting; htmlText turns HTML into text, where there is a browser.
function plainText(text, htmlText = (html) => html) {
  let plain = P.TAGS.search(text) ? htmlText(text) : text;
  plain = P.INVISIBLE.replace(P.CONTROLS.replace(plain, " "), "");
  if ([...plain].length > DATA.most) throw new PostingError();
  plain = P.ADDRESS.replace(P.MARKDOWN_LINK.replace(plain, "$1").replaceAll("**", ""), " ");
  return linesOf(plain)
    .map((line) => P.SPACE.replace(asRow(line.trim()), " "))
    .join("\n");
}

// A line with tabs, as a table is copied, becomes a row of a Markdown table.
const asRow = (line) =>
  line.includes("\t") && !P.LIST_ITEM.match(line) ? `| ${P.CELL_END.replace(line, " | ")} |` : line;
