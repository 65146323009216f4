"""The setting folio_redirects: what moved where, and what cannot be meant by it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.config import Config

_ADDRESS = re.compile(r"https?://[^/\s]+\S*")
_ENDING = re.compile(r"\.(?:html?|md|rst|txt)$")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A page by its name, and an anchor on it or none; or an address elsewhere as its page."""

    page: str
    anchor: str = ""

    @classmethod
    def parse(cls, text: str) -> Place:
        """Return the place that ``page#anchor`` means."""
        if _ADDRESS.fullmatch(text):
            return cls(text)
        page, _mark, anchor = text.partition("#")
        return cls(page, anchor)

    @property
    def elsewhere(self) -> bool:
        """Tell whether it is on another site."""
        return bool(_ADDRESS.fullmatch(self.page))

    def __str__(self) -> str:
        """Return the place as it is written in the setting."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


def redirects_of(config: Config) -> dict[Place, Place]:
    """Return what moved where, in the order of the names."""
    return _places(config.folio_redirects)


def _places(redirects: Mapping[str, str]) -> dict[Place, Place]:
    return dict(sorted((Place.parse(old), Place.parse(new)) for old, new in redirects.items()))


def _check_redirects(value: Any) -> str:
    for old, new in value.items():
        problem = _malformed(old, may_be_elsewhere=False) or _malformed(new, may_be_elsewhere=True)
        if problem:
            return problem
    return _leading_on(_places(value))


def _malformed(text: object, *, may_be_elsewhere: bool) -> str:
    """Return what is wrong with one side of a redirect, or nothing."""
    if not isinstance(text, str):
        return str(__("%r is no page; write its name")) % (text,)
    if may_be_elsewhere and _ADDRESS.fullmatch(text):
        return ""
    place = Place.parse(text)
    plain = _plain(place.page)
    if place.page and plain == place.page and "#" not in place.anchor and not text.endswith("#"):
        return ""
    message = __("%r is no page; write its name below the folder of the pages, without slash at the start or ending%s")
    return str(message) % (text, str(__(", such as %r")) % str(Place(plain, place.anchor.strip("#"))) if plain else "")


def _plain(page: str) -> str:
    """Return the name of a page as it might have been meant."""
    page = re.sub(r"^[a-z]+:/*", "", page.replace("\\", "/"))
    parts = [part for part in PurePosixPath(page).parts if part not in {"/", ".", ".."}]
    return _ENDING.sub("", "/".join(parts))


def _leading_on(redirects: Mapping[Place, Place]) -> str:
    """Return which redirect leads to what moved itself, or nothing."""
    for old, new in redirects.items():
        way = [old, new]
        while (after := _next(redirects, way[-1])) is not None and after not in way:
            way.append(after)
        if after is not None:
            shown = " → ".join(map(str, [*way, after]))
            return str(__("%s goes round in circles; let the last lead to a page that there is")) % shown
        if len(way) > 2:  # noqa: PLR2004  more than from here to there
            message = __("%r leads to %r, which has moved itself; write %r: %r")
            return str(message) % (str(old), str(new), str(old), str(way[-1]))
    return ""


def _next(redirects: Mapping[Place, Place], place: Place) -> Place | None:
    """Return where a place itself has moved, if it has: it alone, or its page with the anchor."""
    if place in redirects:
        return redirects[place]
    page = redirects.get(Place(place.page))
    if page is None or not place.anchor:
        return page
    return page if page.anchor or page.elsewhere else Place(page.page, place.anchor)


SETTINGS = (
    Setting(
        name="folio_redirects",
        default={},
        rebuild="",
        types=(dict,),
        description=mark("Pages, or parts of them, that moved: old page#anchor to new page#anchor or address."),
        example='{"old": "new", "page#old-anchor": "page#new-anchor"}',
        check=_check_redirects,
    ),
)
