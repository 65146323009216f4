"""Compute a Content-Security-Policy (CSP Level 3, https://www.w3.org/TR/CSP3/): pure Python, without Sphinx."""

from __future__ import annotations

import re
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx_folio.csp.resources import Resource


@dataclass
class PolicyInput:
    """The inline code of pages and the resources that they load: all that a policy has to allow or to block."""

    scripts: set[str] = field(default_factory=set)
    """The text of ``script`` elements."""
    styles: set[str] = field(default_factory=set)
    """The text of ``style`` elements."""
    attributes: set[str] = field(default_factory=set)
    """The values of ``style`` attributes."""
    handlers: set[str] = field(default_factory=set)
    """The values of event handler attributes such as ``onclick``."""
    resources: set[Resource] = field(default_factory=set)

    def add(self, other: PolicyInput) -> None:
        """Add the input of other pages."""
        self.scripts |= other.scripts
        self.styles |= other.styles
        self.attributes |= other.attributes
        self.handlers |= other.handlers
        self.resources |= other.resources


HEADER_ONLY = frozenset({"frame-ancestors"})
"""Directives that browsers ignore in a ``<meta>`` element, and report (CSP Level 3, section 3.3)."""
UNSAFE_INLINE = "'unsafe-inline'"


def policy_for(
    inputs: Iterable[PolicyInput], additions: Mapping[str, Sequence[str]] | None = None, *, meta: bool = False
) -> str:
    """Return the strictest policy that does not change how pages look and work.

    Resources from other origins are the exception: they stay blocked, see :func:`blocked_resources`.

    Args:
        inputs: The input from each page.
        additions: Directive → further sources.
        meta: Whether the policy is for a ``<meta>`` element.

    Returns:
        The value of the header ``Content-Security-Policy``. It does not depend on the order of the inputs.
    """
    merged = PolicyInput()
    for page in inputs:
        merged.add(page)
    directives = _directives(merged)
    for name, sources in (additions or {}).items():
        # With a hash in the list, browsers ignore 'unsafe-inline'.
        ignored = ("'none'", "'sha256-") if UNSAFE_INLINE in sources else ("'none'",)
        kept = [source for source in directives.get(name, ["'self'"]) if not source.startswith(ignored)]
        directives[name] = list(dict.fromkeys([*kept, *sources]))
    return "; ".join(
        f"{name} {' '.join(sources)}" for name, sources in directives.items() if not (meta and name in HEADER_ONLY)
    )


def _directives(merged: PolicyInput) -> dict[str, list[str]]:
    origins = {(resource.directive, resource.origin) for resource in merged.resources}
    local_directives = {directive for directive, origin in origins if not origin}
    return {
        "default-src": ["'self'"],  # Firefox prefetches the page of rel=next, which no other directive can allow
        "object-src": ["'self'" if "object-src" in local_directives else "'none'"],
        "script-src": ["'self'", *_hashes(merged.scripts)],
        "script-src-attr": _attribute_hashes(merged.handlers),
        "style-src": ["'self'", *_hashes(merged.styles)],
        "style-src-attr": _attribute_hashes(merged.attributes),
        "font-src": ["'self'", *(["data:"] if ("font-src", "data:") in origins else [])],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        # The header is sent with all files. Files that a page of the site embeds must allow this.
        "frame-ancestors": ["'self'" if local_directives & {"object-src", "frame-src"} else "'none'"],
    }


def _attribute_hashes(values: Iterable[str]) -> list[str]:
    hashes = _hashes(values)
    return ["'unsafe-hashes'", *hashes] if hashes else ["'none'"]


def _hashes(texts: Iterable[str]) -> list[str]:
    return sorted(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)


def blocked_resources(
    page: PolicyInput, site_origin: str, additions: Mapping[str, Sequence[str]] | None = None
) -> list[Resource]:
    """Return the resources of a page that the policy blocks, one for each pair of directive and origin.

    Args:
        page: The input from the page.
        site_origin: The origin of the site, such as ``https://example.org``; empty if it is unknown.
        additions: Directive → further sources of the policy.
    """
    blocked: dict[tuple[str, str], Resource] = {}
    added_to_default = (additions or {}).get("default-src", ())
    for resource in sorted(page.resources):
        is_allowed_data = resource.origin == "data:" and resource.directive in {"font-src", "img-src"}
        others = added_to_default if resource.directive in {"frame-src", "media-src"} else ()
        added = (additions or {}).get(resource.directive, others)
        if not is_allowed_data and resource.origin not in {"", site_origin} and not _is_allowed(resource.origin, added):
            blocked.setdefault((resource.directive, resource.origin), resource)
    return list(blocked.values())


def _is_allowed(origin: str, sources: Iterable[str]) -> bool:
    """Return whether one of the sources, such as ``https://*.example.org`` or ``data:``, allows an origin."""
    scheme, _separator, host = as_source(origin).partition(":")
    for source in map(as_source, sources):
        allowed, _separator, pattern = source.partition(":")
        if scheme in {allowed, f"{allowed}s"} and (not pattern or fnmatchcase(host, pattern)):
            return True  # http also allows https
    return False


def as_source(origin: str) -> str:
    """Return an origin as browsers compare it: with its scheme, in lower case and ASCII, without the usual port."""
    scheme, separator, host = re.sub(r"^(?=//)", "https:", origin).lower().partition("://")
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    source = f"{scheme}{separator}{host}"
    return re.sub(r"^(?:(http:.*):80|(https:.*):443)$", r"\1\2", source)
