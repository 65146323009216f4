"""Find the resources that HTML elements and style sheets load, and the CSP directive that applies to each.

The mapping follows CSP Level 3, section 6 (https://www.w3.org/TR/CSP3/#csp-directives).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Resource(NamedTuple):
    """A URL that a page loads, submits a form to or executes, and the CSP directive that applies to it."""

    directive: str
    url: str

    @property
    def origin(self) -> str:
        """Return scheme and host of the URL, the scheme alone if there is no host (``data:``), or an empty string."""
        return origin_of(self.url)


def origin_of(url: str) -> str:
    """Return scheme and host of a URL, such as ``https://example.org``; missing parts are left out.

    That of an invalid URL is the URL, which no policy allows.
    """
    try:
        scheme, host = urlsplit(url)[:2]
    except ValueError:
        return url
    return f"{scheme}:" * bool(scheme) + f"//{host}" * bool(host)


_ATTRIBUTES = {
    "script": {"src": "script-src"},
    "img": {"src": "img-src", "srcset": "img-src"},
    "image": {"href": "img-src", "xlink:href": "img-src"},
    "source": {"src": "media-src", "srcset": "img-src"},
    "video": {"src": "media-src", "poster": "img-src"},
    "audio": {"src": "media-src"},
    "track": {"src": "media-src"},
    "iframe": {"src": "frame-src"},
    "frame": {"src": "frame-src"},
    "embed": {"src": "object-src"},
    "object": {"data": "object-src"},
    "form": {"action": "form-action"},
    "button": {"formaction": "form-action"},
    "input": {"formaction": "form-action", "src": "img-src"},
    "base": {"href": "base-uri"},
}
_LINKS = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "mask-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
    "prefetch": "default-src",
}
_PRELOADS = {
    "script": "script-src",
    "style": "style-src",
    "font": "font-src",
    "image": "img-src",
    "fetch": "connect-src",
}
LOADING_ELEMENTS = frozenset({*_ATTRIBUTES, "link"})
"""The elements with attributes that contain a URL to which a directive applies."""


def resources_of_element(tag: str, attributes: Mapping[str, str | None]) -> Iterator[Resource]:
    """Yield the resources that an element loads, and its ``javascript:`` URLs."""
    for name, directive in _ATTRIBUTES.get(tag, {}).items():
        value = attributes.get(name)
        for url in _urls_of_srcset(value) if name == "srcset" else filter(None, [value]):
            yield Resource(directive, url.strip())
    if tag == "link":
        yield from _resources_of_link(attributes)
    yield from _javascript_urls(attributes)


def _resources_of_link(attributes: Mapping[str, str | None]) -> Iterator[Resource]:
    url = (attributes.get("href") or "").strip()
    kinds = (attributes.get("rel") or "").lower().split()
    directives = [_LINKS[kind] for kind in kinds if kind in _LINKS]
    if "preload" in kinds:
        directives.append(_PRELOADS.get(attributes.get("as") or "", "default-src"))
    yield from (Resource(directive, url) for directive in directives if url)


def _javascript_urls(attributes: Mapping[str, str | None]) -> Iterator[Resource]:
    for name in ("href", "action", "formaction", "src"):
        if (attributes.get(name) or "").strip().lower().startswith("javascript:"):
            yield Resource("script-src", "javascript:")


def _urls_of_srcset(srcset: str | None) -> Iterator[str]:
    """Yield the URLs of a ``srcset``. A comma is part of a URL unless a descriptor precedes or a space follows it."""
    for candidate in re.split(r"(?<=\d[wxh]),|,\s+", srcset or ""):
        yield from candidate.split()[:1]


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?[\"']?([^\"')\s;]+)[^;]*;?", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"'\s]*))\s*\)", re.IGNORECASE)


def resources_in_style(style: str) -> Iterator[Resource]:
    """Yield the resources that a style sheet or a style attribute loads."""
    text = _COMMENT.sub("", style)
    for font in _FONT_FACE.findall(text):
        yield from (Resource("font-src", url) for url in _urls(font))
    rest = _FONT_FACE.sub("", text)
    yield from (Resource("style-src", url) for url in _IMPORT.findall(rest))
    yield from (Resource("img-src", url) for url in _urls(_IMPORT.sub("", rest)))


def _urls(style: str) -> Iterator[str]:
    yield from ("".join(forms) for forms in _URL.findall(style))
