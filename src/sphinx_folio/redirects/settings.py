"""The setting folio_redirects: its parser and its checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.config import Config

_ADDRESS = re.compile(r"https?://[^/\s]+\S*")
_NEIGHBOR = re.compile(r"\.{1,2}/(?:[^/\s]+/)*[^/\s]+\.html")
"""A page of another project in the same site, relative to the output folder of this build."""
_ENDING = re.compile(r"\.(?:html?|md|markdown|rst|txt)$")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A page and optionally an anchor on it; for a place outside of this project, ``page`` is its address."""

    page: str
    anchor: str = ""

    @classmethod
    def parse(cls, text: str) -> Place:
        """Parse ``page``, ``page#anchor``, a URL or the relative address of a page of another project.

        In a page name, ``%23`` stands for ``#``.
        """
        if _ADDRESS.fullmatch(text) or _NEIGHBOR.fullmatch(text):
            return cls(text)
        page, _separator, anchor = text.partition("#")
        return cls(page.replace("%23", "#"), anchor)

    @property
    def is_external(self) -> bool:
        """Return whether the place is outside of this project."""
        return bool(_ADDRESS.fullmatch(self.page)) or self.is_neighbor

    @property
    def is_neighbor(self) -> bool:
        """Return whether the place is a page of another project in the same site."""
        return bool(_NEIGHBOR.fullmatch(self.page))

    def __str__(self) -> str:
        """Return the place as it is written in the setting."""
        page = self.page if self.is_external else self.page.replace("#", "%23")
        return f"{page}#{self.anchor}" if self.anchor else page


def redirects_of(config: Config) -> Mapping[Place, Place]:
    """Return the redirects, old place → new place, sorted."""
    return _places(*config.folio_redirects.items())


@lru_cache(maxsize=1)
def _places(*redirects: tuple[str, str]) -> Mapping[Place, Place]:
    """Return redirects as places; remembered, since each page asks for them."""
    return MappingProxyType(dict(sorted((Place.parse(old), Place.parse(new)) for old, new in redirects)))


def _check_redirects(value: Any) -> str:
    for old, new in value.items():
        problem = _syntax_problem(old, may_be_external=False) or _syntax_problem(new, may_be_external=True)
        if problem:
            return problem
    return _chain_problem(_places(*value.items()))


def _syntax_problem(text: object, *, may_be_external: bool) -> str:
    """Return a description of the problem with one side of a redirect, or an empty string."""
    if not isinstance(text, str):
        return str(__("%r is not a page name; write a string")) % (text,)
    if may_be_external and (_ADDRESS.fullmatch(text) or _NEIGHBOR.fullmatch(text)):
        return ""
    place = Place.parse(text)
    plain = _guess_page(place.page)
    if place.page and plain == place.page and "#" not in place.anchor and not text.endswith("#"):
        return ""
    message = __("%r is not a page name; write the path from the source folder, without a leading slash or a suffix%s")
    hint = str(__(", such as %r")) % str(Place(plain, place.anchor.strip("#"))) if plain else ""
    if "#" in place.anchor or text.endswith("#"):
        hint += str(__("; for a # in a name, write %s")) % "%23"
    return str(message) % (text, hint)


def _guess_page(page: str) -> str:
    """Return the page name that an invalid one may mean, without scheme, slashes and suffix."""
    page = re.sub(r"^[a-z]+:/*", "", page.replace("\\", "/"))
    parts = [part for part in PurePosixPath(page).parts if part not in {"/", ".", ".."}]
    return _ENDING.sub("", "/".join(parts))


def _chain_problem(redirects: Mapping[Place, Place]) -> str:
    """Return a message about a redirect to a place that is redirected itself, or an empty string."""
    for old, new in redirects.items():
        chain = [old, new]
        while (after := _next(redirects, chain[-1])) is not None and after not in chain:
            chain.append(after)
        if after is not None:
            shown = " → ".join(map(str, [*chain, after]))
            return str(__("%s is a loop; redirect the last one to an existing page")) % shown
        if len(chain) > 2:  # noqa: PLR2004  more than the old and the new place
            message = __("%r leads to %r, which is redirected as well; write %r: %r")
            return str(message) % (str(old), str(new), str(old), str(chain[-1]))
    return ""


def _next(redirects: Mapping[Place, Place], place: Place) -> Place | None:
    """Return the place to which a place or its page is redirected, or None."""
    if place in redirects:
        return redirects[place]
    page = redirects.get(Place(place.page))
    if page is None or not place.anchor:
        return page
    return page if page.anchor or page.is_external else Place(page.page, place.anchor)


SETTINGS = (
    Setting(
        name="folio_redirects",
        default={},
        rebuild="",
        types=(dict,),
        description=mark(
            "Redirects of pages and anchors: from page#anchor to page#anchor, to a URL or to ./page.html;"
            " %23 stands for a # in the name of a page."
        ),
        example='{"old": "new", "page#old-anchor": "page#new-anchor"}',
        check=_check_redirects,
    ),
)
