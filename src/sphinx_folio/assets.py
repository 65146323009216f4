"""Pages that load what they show, and no more: add ``sphinx_folio.assets`` to ``extensions`` of any site with furo.

Extensions put their styles and scripts on every page of a site. Here the style sheets that all pages share, but for the
theme's own, are one file; those that few pages need are linked from these pages alone. Furo's script is deferred.
Scripts without a use are left out: Sphinx's own serve its own search, which ``sphinx_folio.search`` replaces. When a
style sheet or script changes, every page is written again, since its links hold checksums.
"""

from __future__ import annotations

import os
import re
from hashlib import sha256
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinx_folio import __version__
from sphinx_folio._common.write_log import WriteLog, fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

BEFORE_ALL_OTHERS, AFTER_ALL_OTHERS = 0, 950
DEFAULT_PRIORITY = 500
"""Sphinx's priority for what extensions add; below it is what themes bring."""
BUNDLE = "folio-styles.css"


def _element_with_class(pattern: str) -> re.Pattern[str]:
    """Match an HTML element that has a class beginning with the pattern, however the attribute is quoted."""
    return re.compile(rf"""\sclass\s*=\s*(?:"(?:[^"]*\s)?|'(?:[^']*\s)?|){pattern}""", re.IGNORECASE)


NEEDED_BY: Mapping[str, re.Pattern[str]] = {
    "pygments.css": _element_with_class(r"highlight(?![\w-])"),
    "sphinx-design.min.css": _element_with_class("sd-"),
    "folio-diagrams.css": _element_with_class(r"(?:folio-diagram|mermaid(?![\w-]))"),
    "folio-reference.css": _element_with_class("folio-(?:example|reference)"),
    "design-tabs.js": _element_with_class("sd-tab-"),
}
"""File → the elements that need it; pages without them do not load it."""
STOCK_SEARCH = {"documentation_options.js", "doctools.js", "sphinx_highlight.js", "translations.js"}
"""What marks the words of Sphinx's own search on a page, and what that needs."""
THEME_SCRIPT = "scripts/furo.js"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Choose the files of each page, after all others have added theirs."""
    assets, write_log = Assets(), WriteLog("assets")
    app.connect("builder-inited", add_files, priority=AFTER_ALL_OTHERS)
    app.connect("env-updated", lambda app, env: stale_pages(app, env, write_log))
    write_log.connect(app)
    app.connect("html-page-context", assets.make_bundle, priority=BEFORE_ALL_OTHERS)
    app.connect("html-page-context", assets.choose_files, priority=AFTER_ALL_OTHERS)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def add_files(app: Sphinx) -> None:
    """Add the bundle, and furo's script once more as one that the page need not wait for."""
    if _is_wanted(app):
        app.add_css_file(BUNDLE, priority=DEFAULT_PRIORITY)
        app.add_js_file(THEME_SCRIPT, priority=200, loading_method="defer")


def stale_pages(app: Sphinx, env: BuildEnvironment, write_log: WriteLog) -> list[str]:
    """Return all pages if a style sheet or script of the site, or the version of an extension, has changed."""
    if not _is_wanted(app):
        return []
    folders = [Path(app.confdir, folder) for folder in app.config.html_static_path]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in {".css", ".js"})
    versions = sorted((name, extension.version) for name, extension in app.extensions.items())
    state = fingerprint([versions, [(path.name, sha256(path.read_bytes()).hexdigest()) for path in files]])
    return write_log.stale_since(app, state, lambda: dict.fromkeys(env.all_docs, state))


class Assets:
    """The bundle of one build."""

    def __init__(self) -> None:
        """Begin without a bundle."""
        self._members: list[str] = []

    def make_bundle(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Write the bundle of the style sheets that all pages share: none was added for a single page yet."""
        if not _is_wanted(app) or not isinstance(context.get("css_files"), list):
            return
        texts = {_path(file): _bundled(file, Path(app.outdir)) for file in _shared(context["css_files"])}
        members = list(takewhile(lambda path: texts[path] is not None, texts))
        self._members = members if len(members) > 1 else []
        if self._members:
            _write(Path(app.outdir, "_static", BUNDLE), "\n".join(texts[path] or "" for path in members))

    def choose_files(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Link the bundle instead of its members, and leave out what the page has no use for."""
        if not _is_wanted(app) or not all(
            isinstance(context.get(kind), list) for kind in ("css_files", "script_files")
        ):
            return
        unused = {name for name, sign in NEEDED_BY.items() if not sign.search(context.get("body") or "")}
        if "sphinx_folio.search" in app.extensions and app.config.folio_search_page is not False:
            unused |= STOCK_SEARCH
        context["css_files"] = [file for file in self._with_bundle(context["css_files"]) if _name(file) not in unused]
        scripts = [file for file in context["script_files"] if _name(file) not in unused]
        context["script_files"] = _without_second_theme_script(scripts)

    def _with_bundle(self, files: Sequence[Any]) -> list[Any]:
        """Return a page's style sheets with the bundle if the page has all its members without others between them."""
        bundle = [file for file in files if _name(file) == BUNDLE]
        others = sorted((file for file in files if file not in bundle), key=_priority)
        shared = [_path(file) for file in _shared(others)]
        if not self._members or not bundle or shared[: len(self._members)] != self._members:
            return others
        after = shared[len(self._members) :]
        rest = [file for file in others if _path(file) not in self._members]
        place = next((n for n, file in enumerate(rest) if _path(file) in after), len(rest))
        return [*rest[:place], *bundle, *rest[place:]]


def _shared(files: Sequence[Any]) -> list[Any]:
    """Return the style sheets that may go into the bundle, in order: not the theme's, nor those that few pages need."""
    ordered = sorted((file for file in files if _priority(file) >= DEFAULT_PRIORITY), key=_priority)
    return [file for file in ordered if _name(file) not in {BUNDLE, *NEEDED_BY}]


def _bundled(file: Any, output: Path) -> str | None:
    """Return a style sheet's text if it means the same in a bundle, as far as that can be told without parsing it.

    It does not if a rule has to be at the top of its file, if something may be left open at its end, or if it has
    addresses that begin in another folder.
    """
    path = PurePosixPath(_path(file))
    plain = getattr(file, "attributes", None) == {"rel": "stylesheet", "type": "text/css"}
    if not plain or path.parts[:1] != ("_static",) or ".." in path.parts:
        return None
    try:
        css = (output / path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    on_top = any(rule in css.lower() for rule in ("@import", "@charset", "@namespace"))
    closed = css.count("{") == css.count("}") and css.count("/*") == css.count("*/")
    elsewhere = len(path.parts) > 2 and re.search(r"url\((?!\s*[\"']?(?:data:|#))", css)  # noqa: PLR2004  _static/name
    return None if on_top or not closed or elsewhere else css


def _write(path: Path, text: str) -> None:
    """Write a file at once, since processes that write pages side by side do so; leave it if it has this text."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)


def _without_second_theme_script(files: list[Any]) -> list[Any]:
    """Return scripts with furo's once: deferred, or, if it does not have the expected name, as furo adds it."""
    furos = [file for file in files if _path(file) == f"_static/{THEME_SCRIPT}"]
    deferred = [file for file in furos if "defer" in getattr(file, "attributes", {})]
    unwanted = deferred if furos == deferred else [file for file in furos if file not in deferred]
    return [file for file in files if file not in unwanted]


def _is_wanted(app: Sphinx) -> bool:
    return app.builder.name in {"html", "dirhtml"} and app.config.html_theme == "furo"


def _priority(file: Any) -> int:
    return int(getattr(file, "priority", DEFAULT_PRIORITY))


def _path(file: Any) -> str:
    return str(getattr(file, "filename", file))


def _name(file: Any) -> str:
    return _path(file).rpartition("/")[2].partition("?")[0]
