"""The directives for what is claimed and what proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import DateFormatter, __
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.base import DATE, FORMERLY, NAME, WORDS, Option
from sphinx_folio.directives.entries import (
    EducationDirective,
    EntryDirective,
    PersonDirective,
    PositionDirective,
    ProjectDirective,
    SkillDirective,
)
from sphinx_folio.doctree.labels import EVIDENCE_BY, EVIDENCE_KINDS
from sphinx_folio.doctree.lines import evidence_line
from sphinx_folio.doctree.nodes import folio_entry, folio_listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class HighlightDirective(EntryDirective):
    """Make a claim: a block of prose, the skills that it shows, and the project or position it belongs to."""

    objtype = "highlight"
    plain_facts = ("skills", "project", "position")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": NAME,
        "skills": WORDS,
        "project": Option(),
        "position": Option(),
        "formerly": FORMERLY,
    }

    def check_content(self, content: Sequence[nodes.Node]) -> None:
        """Warn if nothing is claimed; what proves the claim does not make it."""
        if all(isinstance(node, folio_entry | nodes.Invisible | nodes.system_message) for node in content):
            message = __("a highlight is a claim in prose; write it into the directive")
            warn(Subtype.MISSING_CONTENT, message, location=self.place_of())

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the skills as tags."""
        tags = [self.tags(values["skills"], "skills")] if "skills" in values else []
        return [*tags, folio_listing(kind="further-evidence", objtype="highlight", key=self.arguments[0])]


class EvidenceDirective(EntryDirective):
    """Name something public that proves an object: the one around it, and those that its options name."""

    objtype = "evidence"
    heading_fact = ""
    plain_facts = ("kind", "url", "date", "revision", "by", "skills", "highlights", "projects")
    known_options: ClassVar[Mapping[str, Option]] = {
        "title": Option(required=True),
        "kind": Option(required=True),
        "url": Option(convert=convert.url, subtype=Subtype.INVALID_LINK, required=True),
        "by": Option(required=True),
        "date": DATE,
        "revision": Option(convert=convert.revision),
        "skills": WORDS,
        "highlights": WORDS,
        "projects": WORDS,
        "formerly": FORMERLY,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Take out a kind and a "by" that are none; warn of an address whose content moves."""
        for option, known in (("kind", EVIDENCE_KINDS), ("by", EVIDENCE_BY)):
            if option in values and not self.one_of(Subtype.INVALID_OPTION, option, values[option], known):
                del values[option]
        branch = convert.moving_branch(values.get("url", ""))
        if branch:
            message = __("what stands at %s changes with its branch %r; link to a tag or a commit%s")
            fixed = convert.pinned(values["url"], values.get("revision", ""))
            hint = __(", such as %s") % fixed if fixed else ""
            warn(Subtype.UNPINNED, message, values["url"], branch, hint, location=self.place_of("url"))

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return a line of kind, title, date, whose work it is, and the revision."""
        title: nodes.Node | None = None
        if "title" in values:
            title = self.term(values, "title")
            if "url" in values:
                title = nodes.reference("", "", title, refuri=values["url"], internal=False)
        facts = {fact: values.get(fact, "") for fact in ("kind", "by", "revision")}
        dates = DateFormatter(self.config.language, self.config.folio_date_formats)
        return [evidence_line(title, dates, date=values.get("date"), **facts)]

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the skills that it proves as tags."""
        return [self.tags(values["skills"], "skills")] if "skills" in values else []


ENTRY_DIRECTIVES: tuple[type[EntryDirective], ...] = (
    PersonDirective,
    SkillDirective,
    PositionDirective,
    ProjectDirective,
    EducationDirective,
    HighlightDirective,
    EvidenceDirective,
)
