"""What every entry is made by, and the entries of a life: source text becomes nodes, recorded by ``collect``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio import options as convert
from sphinx_folio.dates import Period
from sphinx_folio.directives import DATE, FORMERLY, NAME, URL, WORDS, FolioDirective, Option
from sphinx_folio.i18n import _, __
from sphinx_folio.labels import LINK_TYPES
from sphinx_folio.lines import level_steps
from sphinx_folio.model import KEY_FORM, Link
from sphinx_folio.nodes import (
    cross_reference,
    external_link,
    field,
    field_list,
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_sketch,
    folio_summary,
    folio_term,
    inline,
    joined,
)
from sphinx_folio.warnings import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx_folio.dates import PartialDate


class EntryDirective(FolioDirective):
    """Describe an object. The argument is its key; its text says what no option says.

    The first entry of a type in a section takes the section's title as its name, unless an option names it. All
    positions of a section share its title as their entity; a highlight takes it only if it opens the section. If
    nothing stands between title and entry, links to the object lead to the title.
    """

    required_arguments = 1
    has_content = True
    objtype: ClassVar[str]
    heading_fact: ClassVar[str] = "name"
    """The field that the section's title gives, and the option that gives it instead; empty if none does."""
    plain_facts: ClassVar[Sequence[str]] = ()
    """The options that are kept on the node as they are, for the record."""

    def run(self) -> list[nodes.Node]:
        """Return the entry, or its text alone if the key cannot be one."""
        key = self.arguments[0]
        values = self.read_options()
        entry = folio_entry("", classes=["folio-entry", f"folio-{self.objtype}"])
        entry["objtype"], entry["key"], entry["heading_fact"] = self.objtype, key, self.heading_fact
        self.set_source_info(entry)
        self.check(values)
        for name in (*self.plain_facts, "formerly"):
            if name in values:
                entry[name] = values[name]
        if self.heading_fact in values:
            title = folio_fact(classes=["folio-name"])
            entry += self.text_node(title, values[self.heading_fact], self.heading_fact)
        content = self.parse_content_to_nodes()
        proofs = [node for node in content if isinstance(node, folio_entry) and node["objtype"] == "evidence"]
        entry += self.before(values)
        entry += [node for node in content if node not in proofs]
        entry += self.after(values)
        entry += proofs
        if KEY_FORM.fullmatch(key):
            return [entry]
        message = __("%r is no key: use lower-case ASCII letters, digits, dots and hyphens, such as %r")
        warn(Subtype.INVALID_KEY, message, key, _key_like(key), location=self.place_of())
        return [node for node in entry.children if not isinstance(node, folio_listing)]

    def tags(self, keys: Iterable[str], option: str) -> folio_listing:
        """Return the place for a line of skills, each a link to its entry; it knows where it was written.

        Links are made when the page is written: until then, a tag is a word of this node, not five nodes.
        """
        return self.settle(folio_listing(kind="tags", key="", keys=tuple(keys)), option)

    def reference(self, objtype: str, key: str, option: str) -> nodes.Element:
        """Return a reference that knows where it was written."""
        return self.settle(cross_reference(self.env.docname, objtype, key), option)

    def check(self, values: dict[str, Any]) -> None:
        """Look at the values together: make a period of the dates; what does not hold is taken out."""
        if "start" in self.known_options:
            self.check_period(values)

    def check_period(self, values: dict[str, Any]) -> None:
        """Make a period of start and end; none if the end has no start or lies before it, for nothing true is left."""
        start: PartialDate | None = values.get("start")
        end: PartialDate | None = values.get("end")
        if end and "start" not in self.options:
            message = __("%s has an end and no start; give the option %r too")
            warn(Subtype.MISSING_OPTION, message, self.title, "start", location=self.place_of("end"))
        if not start:
            return
        try:
            values["period"] = Period(start, end)
        except ValueError as error:
            warn(Subtype.REVERSED_PERIOD, "%s", error, location=self.place_of("end"))

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return what stands before the text."""
        return []

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return what stands after the text."""
        return []

    def term(self, values: dict[str, Any], option: str) -> nodes.TextElement:
        """Return an option's text as a piece of a line."""
        return self.text_node(folio_term(), values[option], option)


class PersonDirective(EntryDirective):
    """Say whom the portfolio is about."""

    objtype = "person"
    plain_facts = ("email", "url", "profiles", "birth")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": NAME,
        "label": Option(),
        "email": Option(convert=convert.email, subtype=Subtype.INVALID_LINK),
        "url": URL,
        "profiles": Option(convert=convert.links, subtype=Subtype.INVALID_LINK),
        "birth": DATE,
        "unlisted": WORDS,
        "formerly": FORMERLY,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Take out the name of a fact that cannot be left unlisted."""
        known = ("url", "profiles")
        unlisted = values.get("unlisted", ())
        values["unlisted"] = [name for name in unlisted if self.one_of(Subtype.INVALID_OPTION, "unlisted", name, known)]

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return a line of birth, mail address and label, then the profiles."""
        line: list[nodes.Node] = []
        if "birth" in values:
            line.append(inline(str(values["birth"]), "folio-birth"))
        if "email" in values:
            line.append(external_link(values["email"], f"mailto:{values['email']}"))
        if "label" in values:
            line.append(self.term(values, "label"))
        places: list[nodes.Node] = []
        if "profiles" not in values["unlisted"]:
            places += [external_link(link.label, link.url) for link in values.get("profiles", ())]
        if "url" in values and "url" not in values["unlisted"]:
            places.append(external_link(values["url"], values["url"]))
        return [
            nodes.paragraph("", "", *joined(parts, " | "), classes=["folio-line"]) for parts in (line, places) if parts
        ]


class SummaryDirective(FolioDirective):
    """Say in sum who the page's person is, where that does not stand in the person's entry."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the text, marked for the person's record."""
        self.read_options()
        self.assert_has_content()
        summary = folio_summary("", *self.parse_content_to_nodes(), classes=["folio-summary"])
        self.set_source_info(summary)
        return [summary]


class SkillDirective(EntryDirective):
    """Describe a skill: its category, level and other names; where it is used is added by itself."""

    objtype = "skill"
    plain_facts = ("category", "level", "keywords")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": NAME,
        "category": Option(required=True),
        "level": Option(),
        "keywords": WORDS,
        "formerly": FORMERLY,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Take out a level or a category that the site does not know."""
        self.check_vocabulary(values)

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the level and the keywords."""
        fields = []
        if "level" in values:
            levels = list(self.config.folio_levels)
            step = levels.index(values["level"]) + 1
            word = self.term(values, "level")
            steps = level_steps(step, len(levels))
            fields.append(field(_("Level"), nodes.paragraph("", "", word, nodes.Text(" "), steps)))
        if "keywords" in values:
            words = self.text_node(folio_fact(), ", ".join(values["keywords"]), "keywords")
            fields.append(field(_("Also known as"), words))
        return field_list(fields)

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the places for what is counted, for the usages and for the evidence."""
        key = self.arguments[0]
        return [
            folio_listing(kind="skill-facts", key=key),
            folio_listing(kind="usages", key=key),
            folio_listing(kind="further-evidence", objtype="skill", key=key),
        ]


class PositionDirective(EntryDirective):
    """Describe a role at an entity, which the section's title names."""

    objtype = "position"
    heading_fact = "entity"
    plain_facts = ("period", "skills")
    known_options: ClassVar[Mapping[str, Option]] = {
        "entity": NAME,
        "title": Option(required=True),
        "start": Option(convert=convert.date, subtype=Subtype.INVALID_DATE, required=True),
        "end": DATE,
        "skills": WORDS,
        "formerly": FORMERLY,
    }

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return a line of period, title and duration."""
        line: list[nodes.Node] = []
        if "period" in values:
            line.append(folio_period(period=values["period"], show="dates"))
        if "title" in values:
            line.append(self.term(values, "title"))
        if "period" in values:
            line.append(folio_period(period=values["period"], show="duration"))
        return [nodes.paragraph("", "", *joined(line, " | "), classes=["folio-line"])] if line else []

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the skills as tags."""
        return [self.tags(values["skills"], "skills")] if "skills" in values else []


class ProjectDirective(EntryDirective):
    """Describe a project; its text says what it is."""

    objtype = "project"
    plain_facts = ("languages", "skills", "position", "period", "links")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": NAME,
        "languages": WORDS,
        "skills": WORDS,
        "position": Option(),
        "start": DATE,
        "end": DATE,
        "sketch": Option(convert=convert.sketch),
        **dict.fromkeys(LINK_TYPES, URL),
        "formerly": FORMERLY,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Make links of the addresses, too."""
        super().check(values)
        links = tuple(Link(label=kind, url=values[kind]) for kind in LINK_TYPES if kind in values)
        if links:
            values["links"] = links

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the sketch, then role, period, languages, links, how much proves it, and skills."""
        key = self.arguments[0]
        fields: list[nodes.Element] = []
        if "position" in values:
            role = self.reference("position", values["position"], "position")
            fields.append(field(_("Position"), nodes.paragraph("", "", role)))
        if "period" in values:
            dates = folio_period(period=values["period"], show="dates")
            fields.append(field(_("Period"), nodes.paragraph("", "", dates)))
        if "languages" in values:
            fields.append(field(_("Languages"), self.tags(values["languages"], "languages")))
        if "links" in values:
            line = (external_link(str(LINK_TYPES[link.label]), link.url) for link in values["links"])
            fields.append(field(_("Links"), nodes.paragraph("", "", *joined(line, " | "), classes=["folio-links"])))
        fields.append(folio_listing(kind="project-evidence", key=key))
        if "skills" in values:
            fields.append(field(_("Skills"), self.tags(values["skills"], "skills")))
        sketch = folio_sketch(classes=["folio-sketch"])
        return [
            *([self.text_node(sketch, values["sketch"], "sketch")] if "sketch" in values else []),
            *field_list(fields),
            folio_listing(kind="further-evidence", objtype="project", key=key),
        ]


class EducationDirective(EntryDirective):
    """Describe studies at an institution, which the section's title names."""

    objtype = "education"
    heading_fact = "institution"
    plain_facts = ("period",)
    known_options: ClassVar[Mapping[str, Option]] = {
        "institution": NAME,
        "area": Option(),
        "study-type": Option(),
        "start": DATE,
        "end": DATE,
        "formerly": FORMERLY,
    }

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return a line of period, type and area."""
        line: list[nodes.Node] = []
        if "period" in values:
            line.append(folio_period(period=values["period"], show="dates"))
        line += [self.term(values, option) for option in ("study-type", "area") if option in values]
        return [nodes.paragraph("", "", *joined(line, " | "), classes=["folio-line"])] if line else []


def _key_like(text: str) -> str:
    """Return a key that resembles a text, for the sake of an example."""
    spelled = text.lower().replace("+", "p").replace("#", "-sharp")
    plain = "-".join(word for word in "".join(c if c.isascii() and c.isalnum() else " " for c in spelled).split())
    return plain or "go"
