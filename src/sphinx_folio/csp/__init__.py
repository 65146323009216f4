"""A strict Content-Security-Policy for the site: add ``sphinx_folio.csp`` to ``extensions`` of any site.

The build reads what it has written and puts the policy into ``content-security-policy.txt`` beside the pages, as the
value of the header of that name, for the host to send. What is written into the pages is allowed by its hash: scripts,
styles, style attributes and handlers such as ``onclick`` (CSP Level 3, https://www.w3.org/TR/CSP3/). Nothing comes from
another origin; whatever a page loads from one is reported with the page, because the policy blocks it.

A header, not a ``<meta>``: pages opened from a file have no origin, so ``'self'`` would lock their own files out.
"""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

from sphinx_folio import __version__
from sphinx_folio._common.i18n import __
from sphinx_folio._common.output_pages import output_pages
from sphinx_folio._common.settings import declare
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.csp.resources import LOADING, Resource, origin_of, resources_in, resources_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.util.typing import ExtensionMetadata

FILE = "content-security-policy.txt"
RUN = {"", "importmap", "module", "speculationrules", "text/javascript", "application/javascript"}
"""The types of scripts that a browser acts on; others, such as linked data, are no business of the policy."""

LONGEST = 4_000
"""How long a policy may be: nginx takes 4096 bytes in a line of its configuration (NGX_CONF_BUFFER in its source)."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the policy when all pages are written."""
    declare(app, ())
    app.connect("build-finished", write_policy)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


_ELEMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
"""A comment, or an element whose text is run or applied; whichever begins first holds what looks like the other."""
_LOADING = rf"<(?:{'|'.join(sorted(LOADING))})\b[^<]*"
_INLINE = r"<[^<]*(?:[\s\"'/](?:style|on[a-z]+)\s*=|=[\s\"']*javascript:)[^<]*"
_TAG = re.compile(f"{_LOADING}|{_INLINE}", re.IGNORECASE)
"""What may be a start tag that the policy decides on."""


def _start_of(match: re.Match[str]) -> str:
    """Return the start tag of an element, and nothing of a comment."""
    return match[0].partition(">")[0] + ">" if match[1] else ""


@dataclass
class Content:
    """What of pages a policy decides on."""

    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    """The values of ``style`` attributes."""
    handlers: set[str] = field(default_factory=set)
    """The values of attributes such as ``onclick``."""
    resources: set[Resource] = field(default_factory=set)

    def add(self, other: Content) -> None:
        """Add what other pages hold."""
        self.scripts |= other.scripts
        self.styles |= other.styles
        self.attributes |= other.attributes
        self.handlers |= other.handlers
        self.resources |= other.resources


class _Inline(HTMLParser):
    """Collect what of a page a policy decides on."""

    def __init__(self, page: str) -> None:
        """Read a page: what may be a piece that counts, and all of it only where one was something else."""
        super().__init__()
        self.content = Content()
        self._found = 0
        self._into: set[str] | None = None
        self._text = ""
        for element in _ELEMENT.finditer(page):
            if element[1]:
                self._read(element[0])
        self._found = 0
        tags = _TAG.findall(_ELEMENT.sub(_start_of, page))
        for piece in tags:
            self._read(piece)
        if self._found < len(tags):
            self._read(page)

    def _read(self, piece: str) -> None:
        self._into = None
        self.feed(piece)
        self.reset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        handlers = {value or "" for name, value in attrs if name.startswith("on")}
        resources = set(resources_of(tag, found))
        self.content.handlers |= handlers
        self.content.resources |= resources
        if "style" in found:
            self.content.attributes.add(found["style"] or "")
        self._found += tag in LOADING or "style" in found or bool(handlers or resources)
        if tag == "style":
            self._into, self._text = self.content.styles, ""
        elif tag == "script" and "src" not in found and (found.get("type") or "").strip().lower() in RUN:
            self._into, self._text = self.content.scripts, ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._into is not None and tag in {"script", "style"}:
            self._into.add(self._text)
            self._into = None


def content_of(page: str) -> Content:
    """Return what of a page's HTML a policy decides on, without what its style sheets load."""
    content = _Inline(page).content
    for style in content.styles | content.attributes:
        content.resources.update(resources_in(style))
    return content


def policy_of(pages: Iterable[str]) -> str:
    """Return the policy of pages, given as HTML, see :func:`policy_for`."""
    return policy_for(map(content_of, pages))


def policy_for(contents: Iterable[Content]) -> str:
    """Return the strictest policy under which pages look and work as they do without one.

    What is elsewhere stays blocked, see :func:`blocked_in`.

    Returns:
        The value of the header ``Content-Security-Policy``; the same for the same content in any order.
    """
    content = Content()
    for other in contents:
        content.add(other)
    origins = {(resource.directive, resource.origin) for resource in content.resources}
    own = {directive for directive, origin in origins if not origin}
    directives = {
        "default-src": ["'self'"],  # Firefox fetches the page of rel=next ahead, which no other directive can allow
        "object-src": ["'self'" if "object-src" in own else "'none'"],
        "script-src": ["'self'", *_hashes(content.scripts)],
        "script-src-attr": _hashes_of_attributes(content.handlers),
        "style-src": ["'self'", *_hashes(content.styles)],
        "style-src-attr": _hashes_of_attributes(content.attributes),
        "font-src": ["'self'", *(["data:"] if ("font-src", "data:") in origins else [])],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        # What a page shows within itself may not refuse to be shown.
        "frame-ancestors": ["'self'" if own & {"object-src", "frame-src"} else "'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _hashes_of_attributes(values: Iterable[str]) -> list[str]:
    hashes = _hashes(values)
    return ["'unsafe-hashes'", *hashes] if hashes else ["'none'"]


def blocked_in(content: Content, own: str) -> list[Resource]:
    """Return the resources that the policy blocks, one for each directive and origin.

    Args:
        content: What a page holds.
        own: The origin that the site is served from, as far as it is known.
    """
    found: dict[tuple[str, str], Resource] = {}
    for resource in sorted(content.resources):
        is_data = resource.origin == "data:" and resource.directive in {"font-src", "img-src"}
        if not is_data and resource.origin not in {"", own}:
            found.setdefault((resource.directive, resource.origin), resource)
    return list(found.values())


def _hashes(texts: Iterable[str]) -> list[str]:
    return sorted(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)


def mend_translations(script: str) -> str:
    """Return Sphinx's script of translated words without the string that it would run as code, which no policy allows.

    A script that is written in another way is returned as it is.
    """
    before, after = "Documentation.addTranslations(", ");"
    text = script.strip()
    if not (text.startswith(before) and text.endswith(after)):
        return script
    catalog = json.loads(text.removeprefix(before).removesuffix(after))
    words = json.dumps(catalog["messages"], ensure_ascii=False, sort_keys=True)
    return (
        f"Object.assign(Documentation.TRANSLATIONS, {words});\n"
        f"Documentation.PLURAL_EXPR = (n) => {catalog['plural_expr']};\n"
        f"Documentation.LOCALE = {json.dumps(catalog['locale'])};\n"
    )


def write_policy(app: Sphinx, exception: Exception | None) -> None:
    """Write the policy of a build's pages beside them, and report what it blocks."""
    if exception or app.builder.name not in {"html", "dirhtml"}:
        return
    script = Path(app.outdir, "_static", "translations.js")
    if script.is_file():
        script.write_text(mend_translations(script.read_text(encoding="utf-8")), encoding="utf-8")
    sheets: dict[Path, frozenset[Resource]] = {}
    contents: dict[Path, Content] = {}
    for path in (*output_pages(app), *_generated_pages(app)):
        contents[path] = content = content_of(path.read_text(encoding="utf-8"))
        content.resources |= _loaded_by_sheets(path, content.resources, sheets)
    policy = policy_for(contents.values())
    Path(app.outdir, FILE).write_text(policy + "\n", encoding="utf-8")
    _report_blocked(app, contents)
    if len(policy) > LONGEST:
        message = __(
            "%s has %d characters; nginx takes %d: move inline scripts and styles into files, first those of %s"
        )
        longest = max(contents, key=lambda path: len(policy_for([contents[path]])))
        warn(Subtype.LONG_POLICY, message, FILE, len(policy), LONGEST, _name_of(app, longest), location=None)


def _generated_pages(app: Sphinx) -> Iterator[Path]:
    """Yield the pages that Sphinx makes of no document: indices of domains and of letters, and source code."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    names = {f"{domain.name}-{index.name}" for domain in app.env.domains.sorted() for index in domain.indices}
    yield from filter(Path.is_file, (Path(builder.get_output_path(name)) for name in sorted(names)))
    folder = Path(app.outdir)
    yield from sorted([*folder.glob("genindex-*.html"), *folder.glob("_modules/**/*.html")])


def _loaded_by_sheets(
    path: Path, resources: Iterable[Resource], known: dict[Path, frozenset[Resource]]
) -> frozenset[Resource]:
    """Return what the style sheets of the site load that a page or another style sheet names.

    Args:
        path: The file of that page or style sheet.
        resources: What it loads.
        known: What style sheets load that are read already.
    """
    found: set[Resource] = set()
    for resource in resources:
        sheet = Path(os.path.normpath(path.parent / unquote(urlsplit(resource.url).path)))
        if resource.directive != "style-src" or resource.origin or not sheet.is_file():
            continue
        if sheet not in known:
            known[sheet] = frozenset()  # while it is read: style sheets may import each other
            own = frozenset(resources_in(sheet.read_text(encoding="utf-8", errors="replace")))
            known[sheet] = own | _loaded_by_sheets(sheet, own, known)
        found |= known[sheet]
    return frozenset(found)


def _report_blocked(app: Sphinx, contents: Mapping[Path, Content]) -> None:
    """Warn of what the policy blocks, once for each directive and origin, at the first page that has it."""
    own = origin_of(app.config.html_baseurl)
    pages: dict[tuple[str, str], list[Path]] = {}
    urls: dict[tuple[str, str], str] = {}
    for path, content in contents.items():
        for resource in blocked_in(content, own):
            pages.setdefault((resource.directive, resource.origin), []).append(path)
            urls.setdefault((resource.directive, resource.origin), resource.url)
    builder = cast("StandaloneHTMLBuilder", app.builder)
    documents = {Path(builder.get_output_path(docname)): docname for docname in app.env.all_docs}
    for (directive, origin), paths in sorted(pages.items()):
        where = _name_of(app, paths[0])
        if len(paths) > 1:
            where = str(__("%s and %d more")) % (where, len(paths) - 1)
        location = documents.get(paths[0])
        warn(Subtype.CSP_VIOLATION, _advice(origin), directive, urls[directive, origin], where, location=location)


def _advice(origin: str) -> str:
    if origin == "javascript:":
        return __("the Content-Security-Policy (%s) blocks a link to %s on %s: use a button, and a script in a file")
    return __(
        "the Content-Security-Policy (%s) blocks %s on %s:"
        " serve it from the site, or allow its origin in the policy that the server sends"
    )


def _name_of(app: Sphinx, path: Path) -> str:
    return path.relative_to(app.outdir).as_posix()
