"""Write redirect pages for moved pages, and add "Moved" lines for moved anchors."""

from __future__ import annotations

import posixpath
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx.util.osutil import relative_uri

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.i18n import _, __, direction, language_tag
from sphinx_folio._common.output_pages import OTHERS, SITE_BUILDERS, file_of_page
from sphinx_folio._common.output_record import OutputRecord
from sphinx_folio._common.settings import setting_location
from sphinx_folio._common.static_files import copy_static
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn
from sphinx_folio._common.write_log import WriteLog, cache_path, fingerprint
from sphinx_folio.redirects.settings import Place, redirects_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Template
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SCRIPT, STYLE = "folio-redirects.js", "folio-redirects.css"
HERE = Path(__file__).parent


class _Anchors:
    """The anchors of pages, and the titles of sections.

    Those of unchanged pages come from a cache, because loading pages takes long.
    """

    def __init__(self, app: Sphinx) -> None:
        self._env = app.env
        self._path = cache_path(app, "anchor-titles")
        self._earlier: dict[str, Any] = caches.read_json(self._path, __version__) or {}
        self._found: dict[str, Any] = {}

    def of(self, docname: str) -> dict[str, str]:
        """Return all anchors of a page, each with the title if it is that of a section, otherwise an empty string."""
        if docname not in self._found:
            read = self._env.all_docs[docname]
            time, anchors = self._earlier.get(docname, (None, {}))
            if time != read:
                elements = self._env.get_doctree(docname).findall(nodes.Element)
                titles = {name: _section_title(element) for element in elements for name in element["ids"]}
                anchors = dict(sorted(titles.items()))
            self._found[docname] = [read, anchors]
        return cast("dict[str, str]", self._found[docname][1])

    def title(self, place: Place) -> str:
        """Return the text of a link to a place: the title of its section or page, or its address."""
        if place.page not in self._env.titles:
            return place.page
        title = self.of(place.page).get(place.anchor) if place.anchor else ""
        return title or self._env.titles[place.page].astext()

    def save(self) -> None:
        """Remember the anchors of the pages that were asked for."""
        if self._found != self._earlier:
            caches.write_json(self._path, __version__, self._found)


class Redirects:
    """The event handlers of one build."""

    def __init__(self) -> None:
        """Create the log of pages that contain "Moved" lines."""
        self._write_log = WriteLog("redirects")
        self._moved: dict[str, Place] = {}
        self._titles: dict[Place, str] = {}

    def connect(self, app: Sphinx) -> None:
        """Connect the handlers."""
        app.connect("builder-inited", self._copy_static_files)
        app.connect("env-updated", self._check)
        app.connect("doctree-resolved", self._add_moved_lines)
        app.connect("html-page-context", self._add_files)
        app.connect("build-finished", self._write_pages)
        self._write_log.connect(app)

    def _copy_static_files(self, app: Sphinx) -> None:
        if app.builder.name in SITE_BUILDERS and app.config.folio_redirects:
            for name in (STYLE, SCRIPT):
                copy_static(app, HERE / "static" / name)

    def _check(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Warn about broken redirects; return the pages whose "Moved" lines have changed."""
        redirects, anchors = redirects_of(app.config), _Anchors(app)
        for old, new in redirects.items():
            problem = _source_problem(env, redirects, old, anchors) or _target_problem(env, new, anchors)
            if problem:
                message = __("folio_redirects in conf.py: %s")
                location = setting_location(app.config, "folio_redirects", str(old))
                warn(Subtype.BROKEN_REDIRECT, message, problem, location=location)
        self._moved = {
            old.page: new
            for old, new in redirects.items()
            if not old.anchor and old.page not in env.all_docs and not _target_problem(env, new, anchors)
        }
        self._titles = {new: anchors.title(new) for new in redirects.values()}
        anchors.save()
        if app.builder.name not in SITE_BUILDERS:
            return []
        # With the builder dirhtml, the pages “guide” and “guide/index” have the same address: nothing has moved.
        pages = {file_of_page(app, docname) for docname in env.all_docs}
        self._moved = {page: new for page, new in self._moved.items() if file_of_page(app, page) not in pages}
        self._remove_stale_pages(app, pages)
        lines = {
            docname: fingerprint([(anchor, new, self._titles[new]) for anchor, new in _moved_from(app, docname)])
            for docname in env.all_docs
        }
        return self._write_log.stale(app, lines)

    def _remove_stale_pages(self, app: Sphinx, pages: set[str]) -> None:
        """Remove the redirect pages of earlier builds, before pages of the same names are written."""
        moved = (file_of_page(app, name) for name in self._moved)
        OutputRecord(app.outdir, "redirects").remove_stale(moved, keep=pages)

    def _add_moved_lines(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Add a line with a link to the new place for each anchor that has moved away from a page."""
        if app.builder.name not in SITE_BUILDERS:
            return
        section = doctree.next_node(nodes.section) or doctree
        for anchor, new in _moved_from(app, docname):
            uri = _uri(app, docname, new)
            link = nodes.reference("", self._titles[new], refuri=uri, internal=not new.is_external)
            line = nodes.paragraph("", str(_("Moved to: ")), link, ids=[anchor], classes=["folio-moved", "nosearch"])
            section.append(line)

    def _add_files(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Add the script and the style sheet to a page with "Moved" lines."""
        if app.builder.name in SITE_BUILDERS and any(_moved_from(app, pagename)):
            app.add_css_file(STYLE)
            app.add_js_file(SCRIPT, loading_method="defer")

    def _write_pages(self, app: Sphinx, exception: Exception | None) -> None:
        """Write a redirect page for every moved page."""
        if exception or app.builder.name not in SITE_BUILDERS:
            return
        for page, new in self._moved.items():
            path = app.outdir / file_of_page(app, page)
            path.parent.mkdir(parents=True, exist_ok=True)
            caches.write_if_changed(path, _page(app, page, new, self._titles).encode())


def _moved_from(app: Sphinx, docname: str) -> Iterator[tuple[str, Place]]:
    """Yield each anchor that has moved away from a page, and its new place."""
    for old, new in redirects_of(app.config).items():
        if old.page == docname and old.anchor:
            yield old.anchor, new


def _source_problem(env: BuildEnvironment, redirects: Mapping[Place, Place], old: Place, anchors: _Anchors) -> str:
    """Return a description of the problem with the old place of a redirect, or an empty string."""
    if old.page in {*env.all_docs, *OTHERS, *env.config.html_additional_pages} and not old.anchor:
        return str(__("page %r still exists; remove the redirect or the page")) % old.page
    if old.page in env.all_docs and old.anchor in anchors.of(old.page):
        return str(__("page %r still has the anchor %r; remove the redirect or the anchor")) % (old.page, old.anchor)
    if old.anchor and old.page not in env.all_docs and Place(old.page) not in redirects:
        message = __("%r is on a page that does not exist; redirect the page too, with %r: …%s")
        return str(message) % (str(old), old.page, did_you_mean(_similar(env, old)))
    return ""


def _target_problem(env: BuildEnvironment, new: Place, anchors: _Anchors) -> str:
    """Return a description of the problem with the new place of a redirect, or an empty string."""
    if new.is_external or new.page in {*OTHERS, *env.config.html_additional_pages}:
        return ""
    if new.page not in env.all_docs:
        return str(__("no page %r%s")) % (new.page, did_you_mean(_similar(env, new)))
    if new.anchor and new.anchor not in anchors.of(new.page):
        hint = did_you_mean(nearest(new.anchor, anchors.of(new.page)))
        return str(__("page %r has no anchor %r%s")) % (new.page, new.anchor, hint)
    return ""


def _similar(env: BuildEnvironment, place: Place) -> str | None:
    """Return the page, as the setting names it, that a place on an unknown page may mean, or None."""
    whole = f"{place.page}#{place.anchor}"
    name = whole if whole in env.all_docs else nearest(place.page, env.all_docs)
    return str(Place(name)) if name else None


def _uri(app: Sphinx, page: str, new: Place) -> str:
    """Return the address of a place, relative to a page unless it is a URL."""
    if new.is_neighbor:
        up = app.builder.get_target_uri(page).count("/")
        return posixpath.normpath("../" * up + new.page)
    if new.is_external:
        return new.page
    base, target = app.builder.get_target_uri(page), app.builder.get_target_uri(new.page)
    return (relative_uri(base, target) or target.rpartition("/")[2]) + (f"#{new.anchor}" if new.anchor else "")


def _section_title(element: nodes.Element) -> str:
    """Return the title of a section, or an empty string for any other element."""
    title = element.next_node(nodes.title) if isinstance(element, nodes.section) else None
    return title.astext() if title else ""


def _page(app: Sphinx, page: str, new: Place, titles: Mapping[Place, str]) -> str:
    """Return the HTML of a redirect page; ``titles`` has the texts of links to places."""
    address = _uri(app, page, new)
    base = app.config.html_baseurl
    canonical = urljoin(f"{base.rstrip('/')}/", new.page if new.is_external else app.builder.get_target_uri(new.page))
    up = relative_uri(app.builder.get_target_uri(page), "_static/")
    context = {
        "language": language_tag(app.config.language),
        "direction": direction(app.config.language),
        "title": titles[new],
        "moved": str(_("Moved to: ")),
        "address": address,
        "canonical": canonical if urlsplit(canonical).scheme else "",
        "script": f"{up}{SCRIPT}",
        "parts": [(anchor, _uri(app, page, place), titles[place]) for anchor, place in _moved_from(app, page)],
    }
    return _template().render(context)


@cache
def _template() -> Template:
    """Return the template of redirect pages, which is the same in all builds."""
    loader = FileSystemLoader(HERE / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.get_template("redirect.html")
