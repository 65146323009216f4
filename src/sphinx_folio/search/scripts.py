"""Assemble the scripts of search, and serve them minified.

Each script is a frame, below, around the files of ``script/`` that belong to it. ``nox -s scripts`` minifies the
scripts with terser into ``static/*.min.js``, whose first line contains a hash of the source. If a source has changed
since, it is served without indentation and comment lines instead, so that development needs no Node.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
_ANSWERING = ("tokenizer", "query", "search_index", "pinyin", "matching", "scoring", "engine")
ANSWERING_FILES = (*_ANSWERING, "large")
"""The files that answer queries; they need no document, so that ``check`` can run them outside of a browser.

``large`` has the engine of a split index.
"""
ENGINE_FILES = (
    *_ANSWERING,
    "highlighter",
    "loader",
    "panel",
    "dialog",
)
"""The files of the engine's script. They share one scope; a class comes after the class that it extends."""
FOR_LARGE = (
    "ALL_HAN, IN_A_NAME, IN_TEXT, IN_THE_TEXT, IN_TITLE, ONE_HAN, SearchEngine, append, compact, "
    "compactFigures, containsPhrase, fold, isInName, parse, termsOf, tokensOf"
)
"""What the script of large indexes uses of the engine's."""
_MESSAGE = re.compile(r'MESSAGES\.(\w+)|"(\w+)"')
_VERSION = re.compile(r"([\w-]+\.js\?)FOLIO_VERSION")
SCRIPTS = {
    "folio-search-marks.js": """folioSearch.inside((tools) => {
"use strict";
const MESSAGES = FOLIO_MESSAGES;
const { element, fold, format, highlighted, matcherFor, tokenize } = tools;
%s
});
""",
    "folio-search-large.js": """folioSearch.inside((tools) => {
"use strict";
const { NAMES } = tools;
%s
tools.deliver(tools.LARGE, LargeSearchEngine);
});
""".replace("NAMES", FOR_LARGE),
    "folio-search-engine.js": """var folioSearch = (() => {
"use strict";
const MESSAGES = FOLIO_MESSAGES;
const { ROOT, element, page, showDialog } = folioSearch; // of the launcher
const FOLDER = new URL("_static/folio-search/", ROOT);
const LARGE = "../folio-search-large.js?FOLIO_VERSION";
%s
if (/[?&]marks=/.test(location.search) && !page) loadFile("../folio-search-marks.js?FOLIO_VERSION").catch(() => {});
return {
  index: (core) => deliver("index.js", core),
  shard: deliver,
  inside: (use) => use({ element, format, highlighted, matcherFor, tokenize, deliver, LARGE, NAMES }),
  open: openDialog,
  engine: loadEngine,
  tokenize,
};
})();
""".replace("NAMES", FOR_LARGE),
    "folio-search.js": """var folioSearch = (() => {
"use strict";
const ENGINE = new URL("folio-search-engine.js?FOLIO_VERSION", document.currentScript.src).href;
const ROOT = new URL("..", document.currentScript.src); // this script is in _static
%s
return { engine: () => loadSearch().then((search) => search.engine()), ROOT, element, page, showDialog };
})();
""",
}
"""File name → frame.

The build fills in ``FOLIO_MESSAGES``, those that the script uses, and for ``FOLIO_VERSION`` the hash of the script
before it.

Every page loads ``folio-search.js``, which loads the engine when the reader starts to search. The engine loads
``folio-search-large.js`` if the index is split, and ``folio-search-marks.js`` on pages that a search result has led to.
"""
FILES = {
    "folio-search-marks.js": ("highlight_page",),
    "folio-search-large.js": ("large",),
    "folio-search-engine.js": ENGINE_FILES,
    "folio-search.js": ("elements", "launcher"),
}
"""File name → files of ``script/``."""


def static_files(messages: dict[str, str]) -> dict[str, str]:
    """Return file name → content of the scripts, which contain the messages that they use, and of the style sheet."""
    files: dict[str, str] = {}
    for name in SCRIPTS:  # in this order, because some contain the hashes of previous ones
        named = {*chain(*_MESSAGE.findall(source(name)))}
        used = {key: text for key, text in messages.items() if key in named}
        encoded = json.dumps(used, ensure_ascii=False, separators=(",", ":"))
        script = minified(name) or without_comments(source(name))
        script = _VERSION.sub(lambda match: match[1] + short_hash(files[match[1][:-1]]), script)
        files[name] = script.replace("FOLIO_MESSAGES", encoded)
    style_sheet = (HERE / "static" / "folio-search.css").read_text(encoding="utf-8")
    return files | {"folio-search.css": style_sheet}


def source(name: str) -> str:
    """Return the assembled source of a script."""
    return SCRIPTS[name] % script_source(FILES[name])


def script_source(stems: Iterable[str]) -> str:
    """Return the joined content of files of ``script/``."""
    return "".join((HERE / "script" / f"{stem}.js").read_text(encoding="utf-8") for stem in stems)


def minified(name: str) -> str | None:
    """Return the minified script, or None if it is missing or its source has changed since."""
    return minified_of(source(name), HERE / "static" / name.replace(".js", ".min.js"))


def minified_of(script: str, path: Path) -> str | None:
    """Return the minified form of a script from a file that begins with the hash of its source, or None."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n") if path.is_file() else ("", "", "")
    return body if short_hash(script) in head else None


def short_hash(script: str) -> str:
    """Return the first eight hexadecimal digits of the SHA-256 hash of a script."""
    return hashlib.sha256(script.encode()).hexdigest()[:8]


def without_comments(text: str) -> str:
    """Remove indentation, empty lines, and lines that contain only a comment."""
    return re.sub(r"^[ \t]*(?://.*\n|\n)?", "", text, flags=re.MULTILINE)


def main() -> None:
    """Write the sources into the folder given as argument, for terser; it keeps the comment with the hash."""
    for name in SCRIPTS:
        text = source(name)
        Path(sys.argv[1], name).write_text(f"/*! {short_hash(text)}: nox -s scripts */\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
