"""The type ``project``: something that the person made or contributed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import (
    END,
    FORMERLY,
    SKILLS,
    START,
    Option,
    choice_option,
    list_option,
    name_option,
    url_option,
)
from sphinx_folio.doctree.elements import external_link, field, field_list, joined
from sphinx_folio.doctree.labels import COMMITS, INTERNAL, LINK_TYPES
from sphinx_folio.doctree.nodes import folio_fact, folio_listing, folio_period, folio_sketch
from sphinx_folio.portfolio.dates import start_and_end
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import X_FOLIO, Link, Person, Position, Project
from sphinx_folio.portfolio.resume_section import highlight_json
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf

PREFERRED_LINKS = ("homepage", "repository", "documentation", "package", "landscape", "report")
"""Link types by preference: the first one that a project has is its ``url`` in a JSON Resume."""


class ProjectDirective(EntryDirective):
    """Describe a project; the text is a short description."""

    objtype = "project"
    example_key = "my-project"
    summary = mark("Something that the person made or contributed to; the text is a short description.")
    value_options = ("languages", "skills", "position", "period", "dates-from", "source", "links")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(),
        "languages": list_option(mark("Keys of the skills that are its programming languages."), "skill"),
        "skills": SKILLS,
        "position": Option(help=mark("The key of the position it belongs to."), names="position"),
        "type": Option(help=mark("Such as application, research or volunteering.")),
        "entity": Option(help=mark("The entity that it was made for; by default that of the position.")),
        "roles": list_option(mark("The person's roles in it, separated by commas; by default that of the position.")),
        "start": START,
        "end": END,
        "dates-from": choice_option(
            mark(
                "commits, if you know the dates only from public commits: the page says so, and experience"
                " is counted from the position."
            ),
            ["commits"],
        ),
        "source": choice_option(
            mark("internal, if the source code is not public; the project and its card say so."), ["internal"]
        ),
        "sketch": Option(
            help=mark("A diagram of boxes and arrows: client -> pool -> address | log"),
            convert=convert.sketch,
            guesses=convert.sketch_guesses,
        ),
        "repository": url_option(mark("The address of the source code.")),
        "documentation": url_option(mark("The address of the documentation.")),
        "homepage": url_option(mark("The address of the project's site.")),
        "landscape": url_option(mark("The address of its entry in the CNCF Landscape.")),
        "package": url_option(mark("The address in a package index.")),
        "report": url_option(mark("The address of a report on it.")),
        "formerly": FORMERLY,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Add the value ``links``, from the options for addresses."""
        super().check(values)
        links = tuple(Link(label=kind, url=values[kind]) for kind in LINK_TYPES if kind in values)
        if links:
            values["links"] = links

    def nodes_after_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the sketch, then position, period, languages, links, number of pieces of evidence and skills."""
        key = self.arguments[0]
        fields: list[nodes.Element] = []
        if "position" in values:
            role = self.reference("position", values["position"], "position")
            fields.append(field(_("Position"), nodes.paragraph("", "", role)))
        for name, label in (("entity", _("Entity")), ("type", _("Type")), ("roles", _("Roles"))):
            if name in values:
                text = ", ".join(values[name]) if name == "roles" else values[name]
                fields.append(field(label, self.text_node(folio_fact(), text, name)))
        if "period" in values:
            dates = folio_period(period=values["period"], show="dates")
            label = COMMITS if "dates-from" in values else _("Period")
            fields.append(field(label, nodes.paragraph("", "", dates)))
        if "languages" in values:
            fields.append(field(_("Written in"), self.tags(values["languages"], "languages")))
        if "links" in values:
            line = (external_link(str(LINK_TYPES[link.label]), link.url) for link in values["links"])
            fields.append(field(_("Links"), nodes.paragraph("", "", *joined(line, " | "), classes=["folio-links"])))
        if "source" in values:
            fields.append(field(_("Source code"), nodes.paragraph("", str(INTERNAL))))
        fields.append(folio_listing(kind="project-evidence", key=key))
        if "skills" in values:
            fields.append(field(_("Skills"), self.tags(values["skills"], "skills")))
        sketch = folio_sketch(classes=["folio-sketch"])
        return [
            *([self.text_node(sketch, values["sketch"], "sketch")] if "sketch" in values else []),
            *field_list(fields),
            folio_listing(kind="further-evidence", objtype="project", key=key),
        ]


def _json_resume(portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
    return {"projects": [_as_json(portfolio, project) for project in newest_first(portfolio, Project)]}


def _as_json(portfolio: Portfolio, project: Project) -> dict[str, Any]:
    position = portfolio.find("position", project.position)
    highlights = portfolio.highlights_of("project", project.key)
    shown = (portfolio.find("skill", key) for key in project.shown_skills())
    links = {link.label: link.url for link in project.links}
    return {
        "name": project.name,
        "description": project.summary,
        "highlights": [item.summary or item.name for item in highlights],
        "keywords": [skill.name for skill in shown if skill],
        **start_and_end(project.own_period()),
        "url": next((links[label] for label in PREFERRED_LINKS if label in links), ""),
        "roles": list(project.roles) or ([position.name] if isinstance(position, Position) else []),
        "type": project.type,
        "entity": project.entity or (position.entity if isinstance(position, Position) else ""),
        X_FOLIO: {
            "key": project.key,
            "position": project.position,
            "commits": start_and_end(project.period) if project.dates_from else {},
            "source": project.source,
            "languages": list(project.languages),
            "skills": list(project.skills),
            "links": links,
            "evidence": [proof.key for proof in portfolio.evidence_for("project", project.key)],
            "highlights": [highlight_json(portfolio, item) for item in highlights],
        },
    }


def _schema_org_work(portfolio: Portfolio, project: Project, address_of: AddressOf) -> dict[str, Any]:
    repository = next((link.url for link in project.links if link.label == "repository"), "")
    languages = [portfolio.find("skill", key) for key in project.languages]
    shown = [portfolio.find("skill", key) for key in project.shown_skills()]
    contributor: dict[str, Any] = {
        "@type": "Role",
        **start_and_end(portfolio.period_of(project, whole=True)),
        "contributor": [{"@id": address_of(person)} for person in portfolio.all(Person)[:1]],
    }
    return {
        "@type": "SoftwareSourceCode" if repository else "CreativeWork",
        "@id": address_of(project),
        "name": project.name,
        "description": project.summary,
        "url": address_of(project),
        "codeRepository": repository,
        "programmingLanguage": [skill.name for skill in languages if skill] if repository else [],
        "sameAs": [link.url for link in project.links if link.label not in {"repository", "report"}],
        "subjectOf": [{"@type": "Report", "url": link.url} for link in project.links if link.label == "report"],
        "keywords": [skill.name for skill in shown if skill],
        "contributor": contributor,
    }


PROJECT = EntryType(
    record=Project,
    directive=ProjectDirective,
    label=_("Project"),
    noun=_("project"),
    search_priority=0,
    json_resume=_json_resume,
    schema_org_work=_schema_org_work,
)
