"""The settings of the policy."""

from __future__ import annotations

import re
from typing import Any

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import Setting, unknown_word
from sphinx_folio.csp.hosts import HOSTS
from sphinx_folio.csp.policy import as_source

DIRECTIVES = (
    *("script-src", "style-src", "img-src", "font-src", "connect-src", "frame-src", "media-src", "object-src"),
    *("worker-src", "manifest-src", "form-action", "frame-ancestors", "base-uri", "default-src"),
)
"""The directives that can have further sources."""
_HOST = r"(?:\*\.)?[\w-]+(?:\.[\w-]+)*(?::\d+)?"
_SOURCE = re.compile(rf"(?:https?|wss?)://{_HOST}|(?:https?|wss?|data|blob|mediastream):", re.ASCII)
_LIKE_SOURCE = re.compile(rf"\s*(?:(?P<scheme>https?|wss?):)?/*(?P<host>(?=[^/]*\.){_HOST})(?:[/?#].*)?\s*")


def is_source(text: str) -> bool:
    """Return whether a text is an origin, such as ``https://*.example.org``, or a scheme, such as ``data:``."""
    return bool(_SOURCE.fullmatch(text))


def _check_host(value: str) -> str:
    return "" if not value or value in HOSTS else unknown_word(value, HOSTS)


def _check_sources(value: dict[Any, Any]) -> str:
    for directive, sources in value.items():
        if directive not in DIRECTIVES:
            return str(__("unknown directive %s")) % unknown_word(directive, DIRECTIVES)
        if not isinstance(sources, list | tuple):
            return str(__("%r needs a list of origins, not %r")) % (directive, sources)
        for source in sources:
            if not isinstance(source, str) or not is_source(source):
                return _not_a_source(source)
    return ""


def _not_a_source(source: object) -> str:
    """Return the problem with a value that is not a source, with the right form if it is clear."""
    found = _LIKE_SOURCE.fullmatch(source) if isinstance(source, str) else None
    if found:
        right = as_source(f"{found['scheme'] or 'https'}://{found['host']}")
        return str(__("%r is not an origin; write %r")) % (source, right)
    return str(__("%r is not an origin, such as https://example.org")) % (source,)


SETTINGS = (
    Setting(
        name="folio_csp_host",
        default="",
        rebuild="html",
        types=(str,),
        description=mark("The host of the site, which determines how browsers get the Content-Security-Policy."),
        example='"netlify"',
        check=_check_host,
    ),
    Setting(
        name="folio_csp_sources",
        default={},
        rebuild="html",
        types=(dict,),
        description=mark(
            "Other sites from which pages may load content: directives of the Content-Security-Policy and the origins"
            " that are added to them."
        ),
        example='{"frame-src": ["https://www.youtube-nocookie.com"]}',
        check=_check_sources,
    ),
)
