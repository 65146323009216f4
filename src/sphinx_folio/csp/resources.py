"""What pages and their style sheets load, by the directive of a Content-Security-Policy that decides on it.

See CSP Level 3, section 6 (https://www.w3.org/TR/CSP3/#csp-directives).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Resource(NamedTuple):
    """An address that a page loads, sends to or runs, and the directive that allows it or not."""

    directive: str
    url: str

    @property
    def origin(self) -> str:
        """Return the origin of an address: scheme and host, only the scheme of ``data:``, nothing of a relative one."""
        return origin_of(self.url)


def origin_of(url: str) -> str:
    """Return the scheme and the host of an address, as far as it has them."""
    scheme, host = urlsplit(url)[:2]
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
LOADING = frozenset({*_ATTRIBUTES, "link"})
"""The elements that load, send or set something by their attributes."""


def resources_of(tag: str, attributes: Mapping[str, str | None]) -> Iterator[Resource]:
    """Yield what an element loads, and links that run a script."""
    for name, directive in _ATTRIBUTES.get(tag, {}).items():
        value = attributes.get(name)
        for url in _candidates(value) if name == "srcset" else filter(None, [value]):
            yield Resource(directive, url.strip())
    if tag == "link":
        yield from _linked(attributes)
    yield from _scripts_in_links(attributes)


def _linked(attributes: Mapping[str, str | None]) -> Iterator[Resource]:
    url = (attributes.get("href") or "").strip()
    kinds = (attributes.get("rel") or "").lower().split()
    directives = [_LINKS[kind] for kind in kinds if kind in _LINKS]
    if "preload" in kinds:
        directives.append(_PRELOADS.get(attributes.get("as") or "", "default-src"))
    yield from (Resource(directive, url) for directive in directives if url)


def _scripts_in_links(attributes: Mapping[str, str | None]) -> Iterator[Resource]:
    for name in ("href", "action", "formaction", "src"):
        if (attributes.get(name) or "").strip().lower().startswith("javascript:"):
            yield Resource("script-src", "javascript:")


def _candidates(srcset: str | None) -> Iterator[str]:
    """Yield the addresses of a ``srcset``; a comma without a space or a descriptor before it is part of an address."""
    for candidate in re.split(r"(?<=\d[wxh]),|,\s+", srcset or ""):
        yield from candidate.split()[:1]


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?[\"']?([^\"')\s;]+)[^;]*;?", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"'\s]*))\s*\)", re.IGNORECASE)


def resources_in(style: str) -> Iterator[Resource]:
    """Yield what a style sheet or a style attribute loads."""
    text = _COMMENT.sub("", style)
    for font in _FONT_FACE.findall(text):
        yield from (Resource("font-src", url) for url in _urls(font))
    rest = _FONT_FACE.sub("", text)
    yield from (Resource("style-src", url) for url in _IMPORT.findall(rest))
    yield from (Resource("img-src", url) for url in _urls(_IMPORT.sub("", rest)))


def _urls(style: str) -> Iterator[str]:
    yield from ("".join(forms) for forms in _URL.findall(style))
