"""What readers see of search: the script with its words in the language of the build, the style, the search page."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError
from sphinx.jinja2glue import SphinxFileSystemLoader

from sphinx_folio.i18n import _, __

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

HERE = Path(__file__).parent

PARTS = ("terms", "asking", "store", "engine", "marks", "loading", "panel", "dialog")
"""The parts of the engine's script, in the order in which they need each other; they share one scope."""
OPENING = """var folioSearch = (() => {
"use strict";
const ENGINE = new URL("folio-search-engine.js?%s", document.currentScript.src).href;
%s
return { engine: () => load().then((search) => search.engine()) };
})();
"""
"""What every page loads; it loads the engine's script once the reader turns to search."""
ENGINE = """var folioSearch = (() => {
"use strict";
const WORDS = %s;
const ROOT = new URL("..", document.currentScript.src); // this script lies in _static
const FOLDER = new URL("_static/folio-search/", ROOT);
%s
if (/[?&]marks=/.test(location.search) && !page) script("../folio-search-marks.js?%s").catch(() => {});
return {
  index: (core) => waiting.get("index.js")(core),
  shard: (name, content) => waiting.get(name)(content),
  inside: (take) => take({ WORDS, element, fold, format, marked, runs, token }),
  open: openDialog,
  engine: turnToSearch,
  terms: termsOf,
};
})();
"""
MARKS = """folioSearch.inside((tools) => {
"use strict";
const { WORDS, element, fold, format, marked, runs, token } = tools;
%s
});
"""
"""What a page needs to which a result has led; other pages do not load it."""


def words() -> dict[str, str]:
    """Return the words of the interface."""
    said = {
        "search": _("Search"),
        "placeholder": _("Search skills, projects and pages"),
        "close": _("Close search"),
        "results": _("Search results"),
        "none": _("Nothing found for %s."),
        "tried": _("Looked for: %s"),
        "nearest": _("Skills close to it:"),
        "one": _("1 result"),
        "many": _("%d results"),
        "loading": _("Loading the index…"),
        "failed": _("The search index could not be loaded."),
        "kind": _("Kind"),
        "skill": _("Skill"),
        "period": _("Period"),
        "all": _("all"),
        "all_results": _("All results on the search page"),
        "hint": _("“quotes” keep words together, -word leaves results out"),
        "choose": _("choose"),
        "open": _("open"),
        "marked": _("Marked: %s"),
        "unmark": _("Remove the marks"),
        "noscript": _("Search needs JavaScript; without it, the navigation leads to every page."),
    }
    return {key: str(text) for key, text in said.items()}


def check_aliases(app: Sphinx, config: Config) -> None:
    """Stop with what would be right if the aliases are not words by word.

    Raises:
        ConfigError: the setting is not a mapping of strings to lists of strings.
    """
    for word, others in config.folio_search_aliases.items():
        listed = isinstance(others, list | tuple) and all(isinstance(other, str) for other in others)
        if not listed or not isinstance(word, str):
            message = __('folio_search_aliases: %r: %r: write a word and a list of words, as {"k8s": ["Kubernetes"]}')
            raise ConfigError(message % (word, others))


def write_static_files(app: Sphinx) -> None:
    """Put scripts and style where Sphinx's own lie, before the first page asks for their checksums."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in static_files().items():
        (folder / name).write_text(content, encoding="utf-8")


def static_files() -> dict[str, str]:
    """Return the scripts, with their words in the language of the build, and the style."""
    spoken = json.dumps(words(), ensure_ascii=False, separators=(",", ":"))
    marks = squeeze(compact(MARKS % _part("marking")))
    engine = squeeze(compact(ENGINE % (spoken, "".join(map(_part, PARTS)), _version(marks))))
    opening = squeeze(compact(OPENING % (_version(engine), _part("opening"))))
    style = (HERE / "static" / "folio-search.css").read_text(encoding="utf-8")
    return {
        "folio-search.js": opening,
        "folio-search-engine.js": engine,
        "folio-search-marks.js": marks,
        "folio-search.css": BETWEEN_DECLARATIONS.sub(r"\1", compact(style)),
    }


def _version(script: str) -> str:
    """Return what a script's address ends with, so that another one is never taken for it."""
    return hashlib.sha256(script.encode()).hexdigest()[:8]


def _part(name: str) -> str:
    return (HERE / "script" / f"{name}.js").read_text(encoding="utf-8")


def compact(text: str) -> str:
    """Leave out what only people read: indentation, empty lines, and lines that are nothing but a comment."""
    return re.sub(r"^[ \t]*(?:(?://.*|/\*[^*]*\*/)?\n)?", "", text, flags=re.MULTILINE)


EXPRESSION = r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/"
KEPT = rf"""(?P<kept>"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|(?<=[(=,:!?&|] ){EXPRESSION}|(?<=[(!]){EXPRESSION})"""
"""Strings and regular expressions of a script, in which every blank counts."""
BETWEEN_DECLARATIONS = re.compile(r"\s*([{};,]|(?<=[\w-]):(?= ))\s*")
BLANKS = re.compile(rf"{KEPT}| ?(?P<signs>[=<>?:&|*,;{{}}()+!]+) ?| // .*")


def squeeze(text: str) -> str:
    """Leave out comments after code and blanks around signs of a compact script, too."""
    return BLANKS.sub(lambda match: match["kept"] or match["signs"] or "", text)


def add_template_folder(app: Sphinx) -> None:
    """Let the search page's template be found, after all others; not in the settings, where its path would show."""
    templates: Any = getattr(app.builder, "templates", None)
    if templates is not None and hasattr(templates, "loaders"):
        templates.loaders.append(SphinxFileSystemLoader(str(HERE / "templates")))


def is_page_ours(app: Sphinx) -> bool:
    """Tell whether search.html is ours: with furo, and wherever ``folio_search_page`` says so."""
    wanted: bool | None = app.config.folio_search_page
    return app.config.html_theme == "furo" if wanted is None else wanted


def search_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """Make search.html ours where it is to be."""
    if pagename != "search" or not is_page_ours(app):
        return None
    context["folio_search_words"] = said = words()
    about = str(_("%(label)s: %(text)s")) % {"label": app.config.html_title, "text": said["placeholder"]}
    described = f'<meta name="description" content="{html.escape(about)}">'
    context["metatags"] = "\n".join(filter(None, [context.get("metatags"), described]))
    return "folio-search-furo.html" if app.config.html_theme == "furo" else "folio-search.html"
