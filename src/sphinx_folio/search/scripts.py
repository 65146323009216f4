"""The scripts and the style of search as they are served: put together of their parts, and made small.

What terser has made of the scripts lies beside the style, each headed by the digest of what it was made of; after a
part has changed, ``nox -s scripts`` makes them again. Until then, and without Node, the scripts are served as they
are written, without indentation and comments.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("terms", "asking", "store", "engine", "marks", "loading", "panel", "dialog")
"""The parts of the engine's script, in the order in which they need each other; they share one scope."""
SCRIPTS = {
    "folio-search-marks.js": """folioSearch.inside((tools) => {
"use strict";
const { WORDS, element, fold, format, marked, runs, TOKEN } = tools;
%s
});
""",
    "folio-search-engine.js": """var folioSearch = (() => {
"use strict";
const WORDS = FOLIO_WORDS;
const ROOT = new URL("..", document.currentScript.src); // this script lies in _static
const FOLDER = new URL("_static/folio-search/", ROOT);
%s
if (/[?&]marks=/.test(location.search) && !page) script("../folio-search-marks.js?FOLIO_VERSION").catch(() => {});
return {
  index: (core) => deliver("index.js", core),
  shard: deliver,
  inside: (take) => take({ WORDS, element, fold, format, marked, runs, TOKEN }),
  open: openDialog,
  engine: turnToSearch,
  terms: termsOf,
};
})();
""",
    "folio-search.js": """var folioSearch = (() => {
"use strict";
const ENGINE = new URL("folio-search-engine.js?FOLIO_VERSION", document.currentScript.src).href;
%s
return { engine: () => load().then((search) => search.engine()) };
})();
""",
}
"""The frame of each script; ``FOLIO_WORDS`` and the version of the script that it loads are filled in while building.

Every page loads the last, which loads the engine's once the reader turns to search. The first is for pages to which a
result has led; others do not load it.
"""
PARTS_OF = {
    "folio-search-marks.js": ("marking",),
    "folio-search-engine.js": PARTS,
    "folio-search.js": ("opening",),
}


def static_files(words: dict[str, str]) -> dict[str, str]:
    """Return the scripts, with their words in the language of the build, and the style, by file name."""
    spoken = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    files: dict[str, str] = {}
    version = ""
    for name in SCRIPTS:  # each names the version of the one before
        script = (small(name) or compact(source(name))).replace("FOLIO_VERSION", version)
        files[name] = script.replace("FOLIO_WORDS", spoken)
        version = digest(files[name])  # so that another one is never taken for it
    style = (HERE / "static" / "folio-search.css").read_text(encoding="utf-8")
    return files | {"folio-search.css": style}


def source(name: str) -> str:
    """Return a script as it is written."""
    parts = (HERE / "script" / f"{part}.js" for part in PARTS_OF[name])
    return SCRIPTS[name] % "".join(part.read_text(encoding="utf-8") for part in parts)


def small(name: str) -> str | None:
    """Return what terser has made of a script, or nothing if the script has changed since."""
    path = HERE / "static" / name.replace(".js", ".min.js")
    head, _, body = path.read_text(encoding="utf-8").partition("\n") if path.is_file() else ("", "", "")
    return body if digest(source(name)) in head else None


def digest(script: str) -> str:
    """Return eight letters and digits that tell one script from another."""
    return hashlib.sha256(script.encode()).hexdigest()[:8]


def compact(text: str) -> str:
    """Leave out what only people read: indentation, empty lines, and lines that are nothing but a comment."""
    return re.sub(r"^[ \t]*(?://.*\n|\n)?", "", text, flags=re.MULTILINE)


def main() -> None:
    """Write the scripts into the folder that is named, each headed by its digest in a comment that terser keeps."""
    for name in SCRIPTS:
        text = source(name)
        Path(sys.argv[1], name).write_text(f"/*! {digest(text)}: nox -s scripts */\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
