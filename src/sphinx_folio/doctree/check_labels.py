"""Labels for the results of the command ``verify``; lazy translations, like those in ``labels``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.verification import Check, Verification

MARKS: Mapping[str, str] = {
    "failed": "✗",
    "unchecked": "○",
    "exists": "◔",
    "author": "◑",
    "merged": "◕",
    "signed": "●",
}
"""Rung → a mark that can be distinguished without color: a circle that fills up."""

RUNG_LABELS: Mapping[str, Any] = {
    "failed": _("contradicted"),
    "unchecked": _("not verified"),
    "exists": _("in the repository"),
    "author": _("author matches"),
    "merged": _("merged by others"),
    "signed": _("signed"),
}
"""Rung → the words next to the mark."""

RUNG_MEANINGS: Mapping[str, Any] = {
    "signed": _(
        "A key that the owner listed signed the merge, the commit or the tag; a pull request was also merged by"
        " somebody else. The key of a code host shows that the host made the merge, not who wrote the code."
    ),
    "merged": _("Somebody else merged it, according to the merge commit."),
    "author": _("The author field of the commits names the person, or git blame does so for at least one line."),
    "exists": _(
        "The commit, tag, path, lines, date and number exist in the repository as stated. Work of the team is not"
        " checked further."
    ),
    "unchecked": _("It is not in a repository, the clone cannot tell, or it has changed since the check."),
    "failed": _("The repository contradicts a statement."),
}
"""Rung → its meaning, highest first."""

QUESTIONS: Mapping[str, Any] = {
    "exists": _("Revision exists"),
    "kind": _("Address is of this type"),
    "revision": _("Tag is this commit"),
    "number": _("Number of the pull request"),
    "path": _("Path exists"),
    "lines": _("Lines exist"),
    "date": _("Date"),
    "title": _("Title"),
    "author": _("Author"),
    "share": _("Lines by the person"),
    "merged": _("Merged by someone else"),
    "signed": _("Signature"),
}
"""Question → its label; the keys are those of ``CHECKS``."""

RESULTS: Mapping[str, Any] = {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")}
"""Result of a check → label."""

REASONS: Mapping[str, Any] = {
    "ambiguous": _("several commits begin like this"),
    "branch": _("a branch, whose content changes"),
    "broken": _("the signature does not fit"),
    "co-author": _("as a co-author"),
    "committer": _("committed by somebody else"),
    "damaged": _("an object does not match its name"),
    "expired": _("the key had expired"),
    "incomplete-clone": _("the clone is incomplete"),
    "malformed": _("the commit is malformed"),
    "missing": _("not in the repository"),
    "no-file": _("the file cannot be read"),
    "no-identities": _("no identities are configured"),
    "no-number": _("no commit names the number"),
    "no-repository": _("no clone was given"),
    "not-in-repository": _("not in a repository"),
    "other": _("different"),
    "other-author": _("a different author"),
    "other-commit": _("the commit is not part of it"),
    "other-number": _("a different number"),
    "rebase": _("no merge commit brought it in"),
    "revoked": _("the key is revoked"),
    "self": _("Merged by the author"),
    "squash": _("only the title of a commit names the pull request"),
    "submodule": _("a submodule"),
    "symlink": _("a symbolic link"),
    "unknown-format": _("the signature cannot be read"),
    "unknown-key": _("by a key that the owner has not listed"),
    "unreachable": _("on no branch and no tag"),
    "unreadable": _("the file cannot be read"),
    "unsigned": _("unsigned"),
}
"""Reason of a result → label; other reasons are names of signers, shares of lines, and dates."""

WITHOUT_QUESTION = {"no-repository", "not-in-repository", "self"}
"""The reasons that are shown without their question."""

_SHARE = re.compile(r"\d+/\d+")
"""The lines of the person and all lines, such as ``3/4``."""

NOTES: Mapping[str, Any] = {
    "shallow": _("a shallow clone"),
    "grafts-ignored": _("with grafts, which were ignored"),
    "replacements-ignored": _("with replaced objects, which were ignored"),
}
"""Note about a repository → label."""


def rung_text(verification: Verification) -> str:
    """Return the mark and the words for a result: from ``author`` on, that the author matches comes first."""
    words = [str(RUNG_LABELS[verification.rung])]
    if verification.rung in {"merged", "signed"}:
        words.insert(0, str(RUNG_LABELS["author"]))
    if verification.is_stale:
        words = [str(_("changed since the check"))]
    separator = str(_(", "))
    return f"{MARKS[verification.rung]} {separator.join(words)}"


def check_text(name: str, check: Check) -> str:
    """Return the answer to a question as text."""
    reason = str(REASONS.get(check.reason, check.reason))
    answer = str(RESULTS[check.result])
    if check.reason in WITHOUT_QUESTION:
        return reason
    if name == "author" and check.result == "yes" and _SHARE.fullmatch(reason):
        name = "share"
    if name == "share" and reason:
        answer, reason = reason, ""
    values = {"question": QUESTIONS[name], "answer": answer, "reason": reason}
    return str(_("%(question)s: %(answer)s (%(reason)s)") if reason else _("%(question)s: %(answer)s")) % values
