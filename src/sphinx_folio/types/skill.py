"""The type ``skill``: something that the person can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import _, mark
from sphinx_folio.collect.records import name_or_key, split_list
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import END, FORMERLY, Option, date_option, list_option, name_option
from sphinx_folio.doctree.elements import field, field_list
from sphinx_folio.doctree.lines import level_steps
from sphinx_folio.doctree.nodes import folio_fact, folio_listing
from sphinx_folio.portfolio.dates import start_and_end
from sphinx_folio.portfolio.queries.base import in_display_order
from sphinx_folio.portfolio.queries.evidence import evidence_for_skill
from sphinx_folio.portfolio.records import X_FOLIO, Skill
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.collect.records import Texts
    from sphinx_folio.doctree.nodes import folio_entry
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.registry import AddressOf


class SkillDirective(EntryDirective):
    """Describe a skill: category, level and other names. Its usages, facts and evidence are added automatically."""

    objtype = "skill"
    example_key = "go"
    summary = mark("A skill. Its usages, its years in use and its evidence are added automatically.")
    value_options = ("category", "level", "keywords", "period")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(),
        "category": Option(help=mark("A key of folio_categories."), required=True, names="folio_categories"),
        "level": Option(help=mark("A word of folio_levels."), names="folio_levels"),
        "keywords": list_option(mark("Other names, for search and for résumé readers.")),
        "start": date_option(
            mark("Start of the experience with it; by default the time of the positions and projects that show it.")
        ),
        "end": END,
        "formerly": FORMERLY,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Remove a level or category that is not in the settings; check the period."""
        super().check(values)
        self.check_vocabulary(values)

    def nodes_before_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the level and the keywords."""
        fields = []
        if "level" in values:
            level = nodes.paragraph("", "", self.term(values, "level"))
            if self.config.folio_level_scale:
                levels = list(self.config.folio_levels)
                level += [nodes.Text(" "), level_steps(levels.index(values["level"]) + 1, len(levels))]
            fields.append(field(_("Level"), level))
        if "keywords" in values:
            words = self.text_node(folio_fact(), ", ".join(values["keywords"]), "keywords")
            fields.append(field(_("Also known as"), words))
        return field_list(fields)

    def nodes_after_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the placeholders for computed facts, usages and evidence."""
        key = self.arguments[0]
        return [
            folio_listing(kind="skill-facts", key=key),
            folio_listing(kind="usages", key=key),
            folio_listing(kind="further-evidence", objtype="skill", key=key),
        ]


def _collect(record: type[Skill], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> Skill:
    return record(
        name=name_or_key(node, texts.get("name", "")),
        category=node.get("category", ""),
        level=node.get("level", ""),
        level_label=texts.get("level", ""),
        keywords=split_list(texts.get("keywords", "")),
        period=node.get("period"),
        **shared,
    )


def _json_resume(portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
    skills = in_display_order(portfolio, portfolio.all(Skill))
    used = {skill.category for skill in skills}
    categories = {key: label for key, label in portfolio.categories.items() if key in used}
    labels = {skill.level: skill.level_label for skill in skills}
    levels = [labels[level] for level in portfolio.levels if level in labels]
    return {
        "skills": [_as_json(portfolio, skill) for skill in skills],
        "categories": categories,
        "levels": levels,
    }


def _as_json(portfolio: Portfolio, skill: Skill) -> dict[str, Any]:
    proofs = [proof.key for proof in evidence_for_skill(portfolio, skill.key)]
    return {
        "name": skill.name,
        "level": skill.level_label,
        "keywords": list(skill.keywords),
        X_FOLIO: {
            "key": skill.key,
            "category": skill.category,
            **start_and_end(skill.period),
            "summary": skill.summary,
            "evidence": proofs,
        },
    }


def _schema_org_person(portfolio: Portfolio, address_of: AddressOf) -> dict[str, Any]:
    return {
        "knowsAbout": [
            {
                "@type": "DefinedTerm",
                "name": skill.name,
                "alternateName": list(skill.keywords),
                "url": address_of(skill),
            }
            for skill in in_display_order(portfolio, portfolio.all(Skill))
        ]
    }


SKILL = EntryType(
    record=Skill,
    directive=SkillDirective,
    label=_("Skill"),
    noun=_("skill"),
    search_priority=0,
    collect=_collect,
    json_resume=_json_resume,
    schema_org_person=_schema_org_person,
)
