"""Fewer and smaller requests per page: add ``sphinx_folio.assets`` to ``extensions`` of any site with the theme furo.

Other extensions link their style sheets and scripts from every page. This extension changes the links of each page:

- Style sheets that all pages share, except the theme's own, are bundled into one file.
- Style sheets and scripts that few pages need are linked only from those pages.
- Furo's script is deferred.
- Scripts of Sphinx's search are removed if ``sphinx_folio.search`` replaces it and no other script uses them.

Links contain checksums of the files, so that all pages are stale when a style sheet or script changes.
"""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinx_folio import __version__
from sphinx_folio._common.caches import write_if_changed
from sphinx_folio._common.output_pages import SITE_BUILDERS, expire_source_pages
from sphinx_folio._common.static_files import need
from sphinx_folio._common.write_log import WriteLog, fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

BEFORE_OTHERS, AFTER_OTHERS = 0, 950
DEFAULT_PRIORITY = 500
"""The priority of files that extensions and conf.py add; files of themes have a lower one."""
BUNDLE = "folio-styles.css"
COMMENT = re.compile(r"^[ \t]*/\*(?!!).*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment on lines of its own, except a license, which begins with ``/*!``: a bundle does without it."""
INDENTATION = re.compile(r"(?<!\\)\n\s+")
"""The indentation of a line and the blank lines above it, outside of strings: a bundle does without them."""


CLASS = re.compile(r"""class(?<=\sclass)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
"""The attribute of an HTML element that has classes, in lower case. Patterns that begin with letters are fast."""
NEEDED_BY = {
    "pygments.css": re.compile("highlight"),
    "sphinx-design.min.css": re.compile("sd-.*"),
    "folio-diagrams.css": re.compile("folio-diagram.*|mermaid"),
    "folio-redirects.css": re.compile("folio-moved"),
    "folio-reference.css": re.compile("folio-(?:example|reference).*"),
    "design-tabs.js": re.compile("sd-tab-.*"),
}
"""File → the classes of the elements that need it; pages without them do not load it."""
STOCK_SEARCH = {"documentation_options.js", "doctools.js", "sphinx_highlight.js", "translations.js"}
"""The script that highlights the search terms of Sphinx's search on a page, and its dependencies."""
STOCK_SEARCH_WORDS = (
    *("DOCUMENTATION_OPTIONS", "Documentation", "SphinxHighlight", "SPHINX_HIGHLIGHT_ENABLED"),
    *("_ready", "_highlight", "_highlightText"),
)
"""The global names of these scripts, which scripts of other extensions use, such as sphinx-copybutton."""
STOCK_SEARCH_NAMES = re.compile(rf"\b(?:{'|'.join(STOCK_SEARCH_WORDS)})\b|(?<![\w$.])_\(")
"""These names, and the function that translates."""
INLINE_SCRIPT = re.compile(r"""<script\b.*?</script\s*>|\son\w+\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE | re.DOTALL)
"""A script or an event handler in HTML."""
LOADS_MORE = re.compile(r"""\bimport\b|createElement\(\s*["'`]script""")
"""A script that loads others, whose names are unknown."""
THEME_SCRIPT = "scripts/furo.js"
OWN_SCRIPTS = {
    *("folio.js", "folio-sort.js", "folio-search.js", "folio-match.js", "folio-redirects.js", "folio-diagrams.js"),
    *("mermaid.js", THEME_SCRIPT, "scripts/furo-extensions.js"),
}
"""Scripts of this package and of the theme; they do not use those names."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handlers that change the links of each page, after other extensions have added theirs."""
    app.setup_extension("sphinx_folio._common.static_files")
    assets, write_log = Assets(), WriteLog("assets")
    app.connect("builder-inited", add_files, priority=AFTER_OTHERS)
    app.connect("env-updated", lambda app, env: stale_pages(app, env, write_log))
    write_log.connect(app)
    app.connect("html-page-context", assets.make_bundle, priority=BEFORE_OTHERS)
    app.connect("html-page-context", assets.choose_files, priority=AFTER_OTHERS)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def add_files(app: Sphinx) -> None:
    """Add the bundle, and furo's script a second time, deferred; :meth:`Assets.choose_files` removes the first."""
    if _is_enabled(app):
        need(app, BUNDLE)
        app.add_css_file(BUNDLE, priority=DEFAULT_PRIORITY)
        app.add_js_file(THEME_SCRIPT, priority=200, loading_method="defer")


def stale_pages(app: Sphinx, env: BuildEnvironment, write_log: WriteLog) -> list[str]:
    """Return all pages if a style sheet or script of the site or the version of an extension has changed."""
    if not _is_enabled(app):
        return []
    folders = [Path(app.confdir, folder) for folder in app.config.html_static_path]
    files = sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".css", ".js"} and path.is_file()
    )
    versions = sorted((name, extension.version) for name, extension in app.extensions.items())
    state = fingerprint([versions, [(path.name, sha256(path.read_bytes()).hexdigest()) for path in files]])
    stale = write_log.stale_since(app, state, lambda: dict.fromkeys(env.all_docs, state))
    expire_source_pages(app, stale)
    return stale


class Assets:
    """The bundle of one build, and what the scripts of the site use."""

    def __init__(self) -> None:
        """Begin without a bundle."""
        self._members: list[str] = []
        self._scripts: dict[str, bool] = {}
        self._templates_use_stock_search: bool | None = None

    def make_bundle(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Write the bundle. Handlers that add style sheets to single pages run later, so that all pages share these."""
        if not _is_enabled(app) or not isinstance(context.get("css_files"), list):
            return
        texts = {_path(file): _bundleable_css(file, Path(app.outdir)) for file in _shared(context["css_files"])}
        members = list(takewhile(lambda path: texts[path] is not None, texts))
        self._members = members if len(members) > 1 else []
        if self._members:
            css = "\n".join(texts[path] or "" for path in members)
            write_if_changed(Path(app.outdir, "_static", BUNDLE), css.encode())

    def choose_files(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Link the bundle instead of its members, and remove the files that the page does not need."""
        if not _is_enabled(app) or not all(
            isinstance(context.get(kind), list) for kind in ("css_files", "script_files")
        ):
            return
        classes = _classes_in(context.get("body") or "")
        unused = {name for name, needed in NEEDED_BY.items() if not any(map(needed.fullmatch, classes))}
        if "sphinx_folio.search" in app.extensions and app.config.folio_search_page is not False:
            unused |= STOCK_SEARCH if not self._uses_stock_search(app, templatename, context) else set()
        context["css_files"] = [file for file in self._with_bundle(context["css_files"]) if _name(file) not in unused]
        scripts = [file for file in context["script_files"] if _name(file) not in unused]
        context["script_files"] = _deduplicate_theme_script(scripts)

    def _uses_stock_search(self, app: Sphinx, templatename: str, context: Mapping[str, Any]) -> bool:
        """Return whether something on a page other than search may use Sphinx's scripts: a script or a template."""
        if templatename == "domainindex.html":  # its groups of modules can be folded
            return True
        if any(_names_stock_search(context.get(part) or "") for part in ("body", "metatags")):
            return True
        if self._templates_use_stock_search is None:
            folders = [Path(app.confdir, folder) for folder in app.config.templates_path]
            templates = (path.read_text("utf-8", "replace") for folder in folders for path in folder.rglob("*.html"))
            self._templates_use_stock_search = any(map(_names_stock_search, templates))
        return self._templates_use_stock_search or any(
            self._script_uses_stock_search(Path(app.outdir), _path(file))
            for file in context["script_files"]
            if _name(file) not in STOCK_SEARCH and _path(file).removeprefix("_static/") not in OWN_SCRIPTS
        )

    def _script_uses_stock_search(self, output: Path, path: str) -> bool:
        """Return whether a script has the names or loads other scripts; one that cannot be read may do so."""
        if path not in self._scripts:
            try:
                text = (output / path).read_text(encoding="utf-8", errors="replace")
            except OSError:  # on another host, or inline
                self._scripts[path] = True
            else:
                self._scripts[path] = bool(STOCK_SEARCH_NAMES.search(text) or LOADS_MORE.search(text))
        return self._scripts[path]

    def _with_bundle(self, files: Sequence[Any]) -> list[Any]:
        """Replace the members by the bundle if the page has all of them without other style sheets in between."""
        bundle = [file for file in files if _name(file) == BUNDLE]
        others = sorted((file for file in files if file not in bundle), key=_priority)
        shared = [_path(file) for file in _shared(others)]
        if not self._members or not bundle or shared[: len(self._members)] != self._members:
            return others
        after = shared[len(self._members) :]
        rest = [file for file in others if _path(file) not in self._members]
        index = next((n for n, file in enumerate(rest) if _path(file) in after), len(rest))
        return [*rest[:index], *bundle, *rest[index:]]


def _names_stock_search(html: str) -> bool:
    """Return whether a script in HTML has one of the names; most pages have none of them, which is found fast."""
    if not any(word in html for word in (*STOCK_SEARCH_WORDS, "_(")):
        return False
    return any(STOCK_SEARCH_NAMES.search(script[0]) for script in INLINE_SCRIPT.finditer(html))


def _shared(files: Sequence[Any]) -> list[Any]:
    """Return the style sheets by priority, without those of the theme and those that few pages need."""
    ordered = sorted((file for file in files if _priority(file) >= DEFAULT_PRIORITY), key=_priority)
    return [file for file in ordered if _name(file) not in {BUNDLE, *NEEDED_BY}]


def _bundleable_css(file: Any, output: Path) -> str | None:
    """Return the text of a style sheet if it has the same effect in a bundle; otherwise return None.

    The check does not parse the text. A style sheet is not bundled if it has a rule that must come first in a file, if
    a block or comment may be unclosed, or if it is in a subfolder and has relative URLs.
    """
    path = PurePosixPath(_path(file))
    is_plain_link = getattr(file, "attributes", None) == {"rel": "stylesheet", "type": "text/css"}
    if not is_plain_link or path.parts[:1] != ("_static",) or ".." in path.parts:
        return None
    try:
        css = (output / path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    must_come_first = any(rule in css.lower() for rule in ("@import", "@charset", "@namespace"))
    is_closed = css.count("{") == css.count("}") and css.count("/*") == css.count("*/")
    has_relative_urls = len(path.parts) > 2 and re.search(r"url\((?!\s*[\"']?(?:data:|#))", css)  # noqa: PLR2004  _static/name
    if must_come_first or not is_closed or has_relative_urls:
        return None
    return INDENTATION.sub("\n", COMMENT.sub("", css))


def _deduplicate_theme_script(files: list[Any]) -> list[Any]:
    """Remove furo's own script if it has the expected name; otherwise remove the deferred one that was added."""
    furos = [file for file in files if _path(file) == f"_static/{THEME_SCRIPT}"]
    deferred = [file for file in furos if "defer" in getattr(file, "attributes", {})]
    unwanted = deferred if furos == deferred else [file for file in furos if file not in deferred]
    return [file for file in files if file not in unwanted]


def _classes_in(body: str) -> set[str]:
    """Return the classes of all elements in HTML, in lower case."""
    return {name for values in CLASS.findall(body.lower()) for value in values for name in value.split()}


def _is_enabled(app: Sphinx) -> bool:
    return app.builder.name in SITE_BUILDERS and app.config.html_theme == "furo"


def _priority(file: Any) -> int:
    return int(getattr(file, "priority", DEFAULT_PRIORITY))


def _path(file: Any) -> str:
    return str(getattr(file, "filename", file))


def _name(file: Any) -> str:
    return _path(file).rpartition("/")[2].partition("?")[0]
