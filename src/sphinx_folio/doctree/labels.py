"""Labels for link types, kinds of evidence and mentions.

They are lazy translations: ``str()`` returns the text in the language of the build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

LINK_TYPES: Mapping[str, Any] = {
    "repository": _("Repository"),
    "documentation": _("Documentation"),
    "homepage": _("Homepage"),
    "landscape": _("CNCF Landscape"),
    "package": _("Package"),
    "report": _("Report"),
}
"""Link option of a project → label."""

EVIDENCE_KINDS: Mapping[str, Any] = {
    "pull-request": _("Pull request"),
    "commit": _("Commit"),
    "release": _("Release"),
    "report": _("Report"),
    "file": _("File"),
    "page": _("Page"),
}
"""Value of the option ``kind`` of evidence → label."""

EVIDENCE_BY: Mapping[str, Any] = {"own": _("Mine"), "team": _("Team")}
"""Value of the option ``by`` of evidence → label."""

MENTION: Any = _("Mentioned in")
"""The label before the usages that are mentions."""

COMMITS: Any = _("Public commits")
"""The label of a project's period if it is the span of its public commits."""

INTERNAL: Any = _("Internal system, not open source")
"""The statement about a project whose source code is not public."""
