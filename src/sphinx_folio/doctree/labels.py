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

OBJECTS: Mapping[str, Any] = {
    "person": _("Person"),
    "skill": _("Skill"),
    "position": _("Position"),
    "project": _("Project"),
    "education": _("Education"),
    "highlight": _("Highlight"),
    "evidence": _("Evidence"),
    "mention": _("Mentioned in"),
}
