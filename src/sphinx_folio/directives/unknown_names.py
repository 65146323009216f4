"""Report an unknown directive, role or page in one line, with the name of ours or the page that was meant.

docutils, MyST and Sphinx each log a message of their own; a filter on their loggers replaces it. If one of them changes
its messages, authors see them as they are.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, cast

from sphinx.locale import __ as of_sphinx
from sphinx.util.logging import getLogger

from sphinx_folio._common.i18n import __
from sphinx_folio._common.markup_names import PREFIX
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.domain import FolioDomain

LOGGERS = ("sphinx.util.docutils", "sphinx.directives.other", "myst_parser.warnings_")

_NAME = r"(?P<name>[\w:.+-]*\w)"
_UNKNOWN_DIRECTIVE = re.compile(rf"Unknown directive type\W+{_NAME}")
_UNKNOWN_ROLE = re.compile(rf"Unknown interpreted text role\W+{_NAME}")
_UNKNOWN_OPTION = re.compile(
    rf"(?:Error in )?\W{_NAME}\W(?: directive)?:\s+unknown option(?: key)?s?:(?P<options>[^(\n]+)", re.IGNORECASE
)
_NO_CONTENT = re.compile(rf"(?:Error in )?\W{_NAME}\W(?: directive)?:\s+(?:no content|Has content, but none) permitted")


OF_OTHERS: Mapping[str, str] = {"downloads": "sphinx_folio.export"}
"""The directives of the domain that another extension adds → that extension."""


class UnknownNames(logging.Filter):
    """Replace messages about names that resemble ours, and about foreign directives that were taken for ours."""

    def __init__(self) -> None:
        """Create a filter; the names are known when reading starts."""
        super().__init__()
        self._directives: Mapping[str, Collection[str]] = {}
        self._roles: Collection[str] = ()
        self._pages: Collection[str] = ()
        self._is_primary = False
        self._last: object = None

    def connect(self, app: Sphinx) -> None:
        """Filter messages while pages are read."""
        app.connect("env-before-read-docs", self._start)
        app.connect("env-updated", self._stop)
        app.connect("build-finished", self._stop)

    def _start(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        domain = cast("FolioDomain", env.domains["folio"])
        self._directives, self._roles = domain.directive_options(), domain.roles
        self._pages = env.found_docs
        self._is_primary, self._last = env.config.primary_domain == domain.name, None
        for name in LOGGERS:
            getLogger(name).logger.addFilter(self)

    def _stop(self, app: Sphinx, about: object) -> None:
        for name in LOGGERS:
            getLogger(name).logger.removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace a message; return whether it is logged."""
        if str(record.msg) in {of_sphinx("unknown directive name: %s"), of_sphinx("unknown role name: %s")}:
            name = record.getMessage().rpartition(" ")[2]  # it names no place, and one that does follows
            return not (self._other(name) or self._nearest(name, self._directives) or self._nearest(name, self._roles))
        if record.msg == of_sphinx("toctree contains reference to nonexisting document %r"):
            record.msg += self._nearest_page(*cast("tuple[str]", record.args)).replace("%", "%%")
        text = record.getMessage()
        directive, role = _UNKNOWN_DIRECTIVE.match(text), _UNKNOWN_ROLE.match(text)
        if directive and (other := self._other(directive["name"])):
            message = __("the directive %r is part of %s; add %r to extensions in conf.py")
            _replace(record, Subtype.UNKNOWN_DIRECTIVE, message, directive["name"], other, other)
        elif directive and (hint := self._nearest(directive["name"], self._directives)):
            message = __("there is no directive %r; did you mean %r?")
            _replace(record, Subtype.UNKNOWN_DIRECTIVE, message, directive["name"], hint)
        elif role and (hint := self._nearest(role["name"], self._roles)):
            _replace(record, Subtype.UNKNOWN_ROLE, __("there is no role %r; did you mean %r?"), role["name"], hint)
        elif (match := _UNKNOWN_OPTION.match(text) or _NO_CONTENT.match(text)) and match["name"] in self._directives:
            place = vars(record).get("location")
            if self._is_repeated(place):
                self._last = place
                return False
            if self._is_meant(match):
                self._last = place
                message = __("the directive %r is not that of the portfolio; did you mean %r?")
                _replace(record, Subtype.UNREAD_MARKUP, message, match["name"], PREFIX + match["name"])
        return True

    def _other(self, name: str) -> str:
        """Return the extension that has a directive, if conf.py does not load it, or an empty string."""
        plain = name.removeprefix(PREFIX)
        is_ours = name != plain or self._is_primary
        return OF_OTHERS.get(plain, "") if is_ours and plain not in self._directives else ""

    def _nearest_page(self, docname: str) -> str:
        """Return the end of a message that suggests the nearest page of the same folder; empty if none is near."""
        folder, sign, name = docname.rpartition("/")
        pages = (page.rpartition("/") for page in self._pages)
        near = nearest(name, [page for other, _sign, page in pages if other == folder])
        return did_you_mean(near and f"{folder}{sign}{near}")

    def _nearest(self, name: str, known: Iterable[str]) -> str:
        """Return the nearest known name, with the domain if the page needs it, or an empty string."""
        near = nearest(name.rpartition(":")[2], known) or ""
        return near if not near or (self._is_primary and ":" not in name) else PREFIX + near

    def _is_meant(self, match: re.Match[str]) -> bool:
        """Return whether a foreign directive with the name of ours has text, or options of ours."""
        if match.re is _NO_CONTENT:
            return True
        return not set(self._directives[match["name"]]).isdisjoint(re.findall(r"[\w-]+", match["options"]))

    def _is_repeated(self, place: object) -> bool:
        """Return whether a message is about the directive that was reported last.

        MyST logs a message for each line of options, then one for the directive.
        """
        last = self._last
        is_known = isinstance(place, tuple) and isinstance(last, tuple) and place[0] == last[0]
        return is_known and place[1] <= last[1] + 1  # type: ignore[index]


def _replace(record: logging.LogRecord, subtype: Subtype, message: str, *args: str) -> None:
    record.msg, record.args = message, args
    vars(record).update(type="folio", subtype=subtype.subtype)
