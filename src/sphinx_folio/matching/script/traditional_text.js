// Port of matching/traditional_text.py; the conversions are the last shard, which only such postings load.

let conversions = [];

const isTraditional = (text) => P.TRADITIONAL.search(text) !== null;

const simplified = (text) =>
  (isTraditional(text) ? conversions : []).reduce(
    (changed, [from, to]) => changed.replace(new RegExp(from.join("|"), "g"), (found) => to[from.indexOf(found)]),
    text,
  );

// What was understood of a plain text, with the words of the text as it is written.
function asWritten(found, text, plain) {
  return JSON.parse(JSON.stringify(found), (_, value) => {
    const start = typeof value === "string" ? plain.indexOf(value) : -1;
    return start < 0 ? value : text.slice(start, start + value.length);
  });
}
