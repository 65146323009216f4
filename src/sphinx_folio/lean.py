"""Pages that load what they show, and no more: add ``sphinx_folio.lean`` to ``extensions`` of any site with furo.

Extensions put their styles and scripts on every page of a site. Here the style sheets that all pages have are one file
(``sphinx_folio.bundles``), so that a page waits for one and the next page for none; furo's script is deferred. Scripts,
and style sheets that cannot be bundled, stand only where they are of use. Sphinx's own scripts serve its own search
alone; where ``sphinx_folio.search`` takes that over, they are left out. When all pages are written, style sheets lose
their comments and spaces, those of furo, of code and of sphinx-design the rules for what no page has and no script
names, and our scripts the lines that are comments.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx_folio import __version__, caches
from sphinx_folio.bundles import FOLDER, Bundles
from sphinx_folio.ledger import note_of
from sphinx_folio.stylesheets import squeezed, without_unused
from sphinx_folio.written import written_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.util.typing import ExtensionMetadata

BEFORE_ALL_OTHERS, AFTER_ALL_OTHERS = 0, 950
NEEDED_BY: Mapping[str, re.Pattern[str]] = {
    "pygments.css": re.compile(r'class="(?:[^"]* )?highlight[ "]'),
    "sphinx-design.min.css": re.compile(r'class="[^"]*\bsd-'),
    "folio-diagrams.css": re.compile(r'class="[^"]*\bfolio-diagram|class="mermaid'),
    "design-tabs.js": re.compile(r'class="[^"]*\bsd-tab-'),
}
"""File → what a page that has a use for it holds."""
STOCK_SEARCH = {"documentation_options.js", "doctools.js", "sphinx_highlight.js", "translations.js"}
"""What marks the words of Sphinx's own search on a page, and what that needs."""

THEME, THEME_SCRIPT = "furo.css", "furo.js"
PRUNED = {"sphinx-design.min.css": "sd-", "pygments.css": "", THEME: ""}
"""Style sheet → what the classes begin with whose rules go where no page has them."""
DATA = {"folio-search", "folio-skills.js"}
"""Scripts, or folders of scripts, that are the words of pages and do nothing."""
_COMMENTS_AND_MARGIN = re.compile(r"^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)
_CLASSES = re.compile(r'class="([^"]*)"')
_INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*(?:\bsrc=|json))[^>]*>(.*?)</script>", re.DOTALL)
_WORD = re.compile(r"[\w-]+")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at the files of every page, before others add theirs to a single one and after; then at what was written."""
    lean = Lean()
    app.connect("html-page-context", lean.note_page, priority=BEFORE_ALL_OTHERS)
    app.connect("html-page-context", lean.keep_what_is_used, priority=AFTER_ALL_OTHERS)
    app.connect("build-finished", lean.shrink, priority=AFTER_ALL_OTHERS)  # furo writes the colours of code only then
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


class Lean:
    """What one build has seen of its pages' files."""

    def __init__(self) -> None:
        """Begin with no page."""
        self._bundles = Bundles()
        self._seen: set[str] = set()

    def note_page(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Note a page, and the style sheets that all pages have: none was added for this one yet."""
        self._seen.add(pagename)
        if _is_wanted(app):
            self._bundles.find(context.get("css_files", ()), Path(app.outdir))

    def keep_what_is_used(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Bundle a page's style sheets, and take out of its other files those that it has no use for."""
        if not _is_wanted(app) or not {"css_files", "script_files"} <= context.keys():
            return
        context["css_files"] = self._bundles.replace(context["css_files"])
        unused = {name for name, sign in NEEDED_BY.items() if not sign.search(context.get("body") or "")}
        if "sphinx_folio.search" in app.extensions and app.config.folio_search_page is not False:
            unused |= STOCK_SEARCH
        for kind in ("css_files", "script_files"):
            context[kind] = [_deferred(file) for file in context[kind] if _name(file) not in unused]

    def shrink(self, app: Sphinx, exception: Exception | None) -> None:
        """Make the style sheets and our scripts smaller; what they mean for the pages of the build stays."""
        if exception or not _is_wanted(app):
            return
        pages = self._pages(app)
        output = Path(app.outdir)
        used, scripted = _classes(pages, output)
        for path in sorted((output / FOLDER).rglob("*.css")):
            if f"{FOLDER}/{path.name}" in self._bundles.files:
                continue
            try:
                css = squeezed(path.read_text(encoding="utf-8"))
            except UnicodeDecodeError:  # in an encoding of its own: it stays as it is
                continue
            if path.name in PRUNED:
                css = without_unused(css, used | scripted if path.name == THEME else used, PRUNED[path.name])
            path.write_text(css, encoding="utf-8")
        for path in sorted((output / FOLDER).glob("folio*.js")):
            script = path.read_text(encoding="utf-8")
            if not any(line.count("`") % 2 for line in script.splitlines()):  # no text that goes on over lines
                path.write_text(_COMMENTS_AND_MARGIN.sub("", script), encoding="utf-8")
        self._bundles.write(output, pages)

    def _pages(self, app: Sphinx) -> list[Path]:
        """Return the pages of the build: documents, and what extensions add to them, now or in an earlier build."""
        record = note_of(app, "added-pages")
        earlier: list[str] = caches.read_json(record, __version__) or []
        builder = cast("StandaloneHTMLBuilder", app.builder)
        known = list(written_pages(app))
        added = {
            name: path
            for name in sorted({*earlier, *self._seen} - app.env.all_docs.keys())
            if (path := Path(builder.get_output_path(name))).is_file() and path not in known
        }
        if list(added) != earlier:
            caches.write_json(record, __version__, list(added))
        return [*known, *added.values()]


def _classes(pages: Iterable[Path], output: Path) -> tuple[set[str], set[str]]:
    """Return the classes that pages have, and the words of scripts, any of which may be a class that they will have."""
    used: set[str] = set()
    files = [path for path in (output / FOLDER).rglob("*.js") if not DATA & {path.name, path.parent.name}]
    scripts = {path.read_text(encoding="utf-8", errors="ignore") for path in files}
    for page in pages:
        html = page.read_text(encoding="utf-8")
        used.update(name for names in _CLASSES.findall(html) for name in names.split())
        scripts.update(_INLINE_SCRIPT.findall(html))
    return used, {word for script in scripts for word in _WORD.findall(script)}


def _is_wanted(app: Sphinx) -> bool:
    return app.builder.name in {"html", "dirhtml"} and app.config.html_theme == "furo"


def _deferred(file: Any) -> Any:
    """Return furo's script as one that the page need not wait for; it waits for the page itself."""
    if _name(file) != THEME_SCRIPT or not hasattr(file, "attributes"):
        return file
    return type(file)(file.filename, priority=file.priority, **{**file.attributes, "defer": "defer"})


def _name(file: Any) -> str:
    address = str(getattr(file, "filename", file))
    return address.rpartition("/")[2].partition("?")[0]
