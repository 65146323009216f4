"""The extension's own words for kinds of things; translated, and read when a page is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

LINK_TYPES: Mapping[str, Any] = {
    "repository": _("Repository"),
    "documentation": _("Documentation"),
    "homepage": _("Homepage"),
    "landscape": _("Landscape"),
    "package": _("Package"),
    "report": _("Report"),
}

EVIDENCE_KINDS: Mapping[str, Any] = {
    "pull-request": _("Pull request"),
    "commit": _("Commit"),
    "release": _("Release"),
    "report": _("Report"),
    "file": _("File"),
    "page": _("Page"),
}

EVIDENCE_BY: Mapping[str, Any] = {"own": _("own work"), "team": _("team work")}

MENTION: Any = _("Mentioned in")
