"""Compute a Content-Security-Policy (CSP Level 3, https://www.w3.org/TR/CSP3/): pure Python, without Sphinx."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def policy_for(inputs: Iterable[PolicyInput]) -> str:
    """Return the strictest policy that does not change how pages look and work.

    Resources from other origins are the exception: they stay blocked, see :func:`blocked_resources`.

    Returns:
        The value of the header ``Content-Security-Policy``. It does not depend on the order of the inputs.
    """
    merged = PolicyInput()
    for page in inputs:
        merged.add(page)
    origins = {(resource.directive, resource.origin) for resource in merged.resources}
    local_directives = {directive for directive, origin in origins if not origin}
    directives = {
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
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _attribute_hashes(values: Iterable[str]) -> list[str]:
    hashes = _hashes(values)
    return ["'unsafe-hashes'", *hashes] if hashes else ["'none'"]


def _hashes(texts: Iterable[str]) -> list[str]:
    return sorted(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)


def blocked_resources(page: PolicyInput, site_origin: str) -> list[Resource]:
    """Return the resources of a page that the policy blocks, one for each pair of directive and origin.

    Args:
        page: The input from the page.
        site_origin: The origin of the site, such as ``https://example.org``; empty if it is unknown.
    """
    blocked: dict[tuple[str, str], Resource] = {}
    for resource in sorted(page.resources):
        is_allowed_data = resource.origin == "data:" and resource.directive in {"font-src", "img-src"}
        if not is_allowed_data and resource.origin not in {"", site_origin}:
            blocked.setdefault((resource.directive, resource.origin), resource)
    return list(blocked.values())
