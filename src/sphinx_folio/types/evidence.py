"""The type ``evidence``: something public that proves skills, highlights or projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.code_hosts import moving_branch, pinned
from sphinx_folio._common.i18n import DateFormatter, _, __, mark
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.collect.mentions import enclosing_entry
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import FORMERLY, Option, choice_option, date_option, list_option, url_option
from sphinx_folio.doctree.labels import EVIDENCE_BY, EVIDENCE_KINDS
from sphinx_folio.doctree.lines import evidence_line
from sphinx_folio.doctree.nodes import folio_listing
from sphinx_folio.portfolio.records import X_FOLIO, Evidence
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.collect.records import Texts
    from sphinx_folio.doctree.nodes import folio_entry
    from sphinx_folio.portfolio.model import Portfolio


class EvidenceDirective(EntryDirective):
    """Describe something public that proves objects: the entry around it, and those that its options name."""

    objtype = "evidence"
    example_key = "first-release"
    summary = mark("Something public that proves the entry that contains it, or the entries that its options name.")
    heading_fact = ""
    value_options = ("kind", "url", "archived", "date", "revision", "by", "skills", "highlights", "projects")
    known_options: ClassVar[Mapping[str, Option]] = {
        "title": Option(help=mark("The title."), required=True),
        "kind": choice_option(
            mark("One of pull-request, commit, release, report, file and page."), EVIDENCE_KINDS, required=True
        ),
        "url": url_option(mark("The address; for files, at a tag or commit, not at a branch."), required=True),
        "by": choice_option(mark("Whose work it shows: own or team."), EVIDENCE_BY, required=True),
        "date": date_option(mark("Publication date.")),
        "revision": Option(help=mark("The tag or commit that the address refers to."), convert=convert.revision),
        "archived": url_option(mark("The address of an archived copy.")),
        "skills": list_option(mark("Keys of the skills that it proves."), "skill"),
        "highlights": list_option(mark("Keys of the highlights that it proves."), "highlight"),
        "projects": list_option(mark("Keys of the projects that it proves."), "project"),
        "formerly": FORMERLY,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Warn about an address at a branch, whose content may change."""
        branch = moving_branch(values.get("url", ""))
        if branch:
            message = __("the content of %s may change with the branch %r; link to a tag or a commit%s")
            fixed = pinned(values["url"], values.get("revision", ""))
            hint = __(", such as %s") % fixed if fixed else ""
            warn(Subtype.UNPINNED, message, values["url"], branch, hint, location=self.location_of("url"))

    def nodes_before_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return a line with kind, title, date, whose work it is, and revision."""
        title: nodes.Node | None = None
        if "title" in values:
            title = self.term(values, "title")
            if "url" in values:
                title = nodes.reference("", "", title, refuri=values["url"], internal=False)
        facts = {fact: values.get(fact, "") for fact in ("kind", "by", "revision")}
        dates = DateFormatter.of(self.config)
        return [evidence_line(title, dates, date=values.get("date"), **facts)]

    def nodes_after_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the proven skills as tags, and a placeholder for the result of the command ``verify``."""
        tags = [self.tags(values["skills"], "skills")] if "skills" in values else []
        return [*tags, folio_listing(kind="evidence-check", key=self.arguments[0])]


def _collect(record: type[Evidence], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> Evidence:
    """Return the record; the entry around the directive is one of the objects that the evidence proves."""
    owner = enclosing_entry(node)
    proven = {
        field: (*((owner["key"],) if owner is not None and owner["objtype"] == objtype else ()), *node.get(field, ()))
        for objtype, field in (("skill", "skills"), ("highlight", "highlights"), ("project", "projects"))
    }
    values = {fact: node[fact] for fact in ("kind", "url", "archived", "date", "revision", "by") if fact in node}
    title = texts.get("title") or str(node["key"])  # a missing title has been reported while reading
    return record(
        name=title,
        skills=tuple(dict.fromkeys(proven["skills"])),
        highlights=tuple(dict.fromkeys(proven["highlights"])),
        projects=tuple(dict.fromkeys(proven["projects"])),
        has_mistakes=node.get("has_mistakes", False),
        owner=(owner["objtype"], owner["key"]) if owner is not None else None,
        **values,
        **shared,
    )


def _json_resume(portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
    return {X_FOLIO: {"evidence": [_as_json(portfolio, proof) for proof in portfolio.all(Evidence)]}}


def _as_json(portfolio: Portfolio, proof: Evidence) -> dict[str, Any]:
    """Return evidence as JSON, with the skills of a certificate or the like that contains it."""
    owner = portfolio.find(*proof.owner) if proof.owner else None
    skills = (*proof.skills, *(owner.shown_skills() if owner and owner.is_evidence else ()))
    return {
        "key": proof.key,
        "title": proof.name,
        "kind": proof.kind,
        "url": proof.url,
        "date": str(proof.date) if proof.date else "",
        "revision": proof.revision,
        "by": proof.by,
        "summary": proof.summary,
        "skills": list(dict.fromkeys(skills)),
        "highlights": list(proof.highlights),
        "projects": list(proof.projects),
    }


EVIDENCE = EntryType(
    record=Evidence,
    directive=EvidenceDirective,
    label=_("Source"),
    noun=_("source"),
    allowed_parents=None,
    search_priority=2,
    collect=_collect,
    json_resume=_json_resume,
)
