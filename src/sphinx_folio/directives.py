"""The directives: source text becomes entries and listings. Nothing is recorded here (see ``collect``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_folio import options as convert
from sphinx_folio.dates import Period
from sphinx_folio.i18n import _, __
from sphinx_folio.model import KEY_FORM, Link, nearest
from sphinx_folio.nodes import (
    cross_reference,
    external_link,
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_steps,
    folio_term,
    inline,
    joined,
)
from sphinx_folio.warnings import Subtype, did_you_mean, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeVar

    from sphinx_folio.dates import PartialDate

    ElementT = TypeVar("ElementT", bound=nodes.Element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option: its converter, what to warn of when that fails, and whether an entry can do without it."""

    convert: Callable[[str], Any] = convert.text
    subtype: Subtype = Subtype.INVALID_OPTION
    required: bool = False


NAME = Option(subtype=Subtype.EMPTY_NAME)
DATE = Option(convert=convert.date, subtype=Subtype.INVALID_DATE)
URL = Option(convert=convert.url, subtype=Subtype.INVALID_LINK)
WORDS = Option(convert=convert.words)


class FolioDirective(SphinxDirective):
    """What all directives share: options that are read one by one, so that a slip costs no more than itself."""

    option_spec: ClassVar[dict[str, Any]] = convert.AnyOption()
    known_options: ClassVar[Mapping[str, Option]] = {}

    @property
    def title(self) -> str:
        """Return the directive's name as the author knows it."""
        return self.name.removeprefix("folio:")

    def place_of(self, option: str | None = None) -> str:
        """Return path and line of an option, or of the directive itself."""
        source, line = self.get_source_info()
        for offset, text in enumerate(self.block_text.splitlines()):
            if option and text.strip().lstrip(":").startswith(f"{option}:"):
                return f"{source}:{line + offset}"
        return f"{source}:{line}"

    def read_options(self) -> dict[str, Any]:
        """Return the options that can be read; warn of every other one, and of those that lack."""
        values = {}
        for name, text in self.options.items():
            option = self.known_options.get(name)
            if not option:
                hint = did_you_mean(nearest(name, self.known_options))
                message = __("%s has no option %r%s")
                warn(Subtype.UNKNOWN_OPTION, message, self.title, name, hint, location=self.place_of(name))
            elif not text and option.required:
                continue  # reported below as missing
            elif not text:
                message = __("the option %r of %s is empty; give it a value or leave it out")
                warn(option.subtype, message, name, self.title, location=self.place_of(name))
            else:
                try:
                    values[name] = option.convert(text)
                except ValueError as error:
                    warn(option.subtype, "%s: %s", name, error, location=self.place_of(name))
        for name, option in self.known_options.items():
            if option.required and not self.options.get(name):
                message = __("%s lacks its option %r")
                warn(Subtype.MISSING_OPTION, message, self.title, name, location=self.place_of())
        return values

    def one_of(self, subtype: Subtype, option: str, value: str, known: Iterable[str], setting: str) -> str:
        """Return a word of a vocabulary; warn and return nothing if it is none of it."""
        known = list(known)
        if not value or value in known:
            return value
        hint = did_you_mean(nearest(value, known)) or __("; known: %s") % ", ".join(known)
        message = __("unknown %s %r%s (see %s in conf.py)")
        warn(subtype, message, option, value, hint, setting, location=self.place_of(option))
        return ""

    def settle(self, node: ElementT, option: str) -> ElementT:
        """Let a node know where its option was written."""
        node.source, line = self.place_of(option).rsplit(":", 1)
        node.line = int(line)
        return node

    def text_node(self, node: nodes.TextElement, text: str, fact: str) -> nodes.TextElement:
        """Fill a node with an option's text so that it is translated and collected as a field."""
        node.rawsource = text
        node["fact"] = fact
        node += nodes.Text(text)
        return self.settle(node, fact)

    def tags(self, keys: Iterable[str], option: str) -> nodes.paragraph:
        """Return a line of skills, each a link to its entry."""
        return nodes.paragraph(
            "",
            "",
            *joined((self.reference("skill", key, option, tag=True) for key in keys), str(_(", "))),
            classes=["folio-tags"],
        )

    def reference(self, objtype: str, key: str, option: str, *, tag: bool = False) -> nodes.Element:
        """Return a reference that knows where it was written."""
        return self.settle(cross_reference(self.env.docname, objtype, key, tag=tag), option)


class EntryDirective(FolioDirective):
    """Describe an object. The argument is its key; its text says what no option says.

    The first entry of a type in a section takes the section's title as its name, unless an option names it;
    if nothing stands between title and entry, links to the object lead to the title.
    """

    required_arguments = 1
    has_content = True
    objtype: ClassVar[str]
    heading_fact: ClassVar[str] = "name"
    """The field that the section's title gives, and the option that gives it instead."""
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
        for name in self.plain_facts:
            if name in values:
                entry[name] = values[name]
        if self.heading_fact in values:
            title = folio_fact(classes=["folio-name"])
            entry += self.text_node(title, values[self.heading_fact], self.heading_fact)
        entry += self.before(values)
        entry += self.parse_content_to_nodes()
        entry += self.after(values)
        if KEY_FORM.fullmatch(key):
            return [entry]
        message = __("%r is no key: use lower-case ASCII letters, digits, dots and hyphens, such as %r")
        warn(Subtype.INVALID_KEY, message, key, _key_like(key), location=self.place_of())
        return list(entry.children)

    def check(self, values: dict[str, Any]) -> None:
        """Look at the values together; what does not hold is taken out."""

    def check_period(self, values: dict[str, Any]) -> None:
        """Make a period of start and end; take the end out if it lies before the start."""
        start: PartialDate | None = values.get("start")
        end: PartialDate | None = values.pop("end", None)
        if not start:
            return
        try:
            values["period"] = Period(start, end)
        except ValueError as error:
            warn(Subtype.REVERSED_PERIOD, "%s", error, location=self.place_of("end"))
            values["period"] = Period(start, start)

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
    }

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return a line of birth, mail address and label, then the profiles."""
        line: list[nodes.Node] = []
        if "birth" in values:
            line.append(inline(str(values["birth"]), "folio-birth"))
        if "email" in values:
            line.append(external_link(values["email"], f"mailto:{values['email']}"))
        if "label" in values:
            line.append(self.term(values, "label"))
        places: list[nodes.Node] = [external_link(link.label, link.url) for link in values.get("profiles", ())]
        if "url" in values:
            places.append(external_link(values["url"], values["url"]))
        return [
            nodes.paragraph("", "", *joined(parts, " | "), classes=["folio-line"]) for parts in (line, places) if parts
        ]


class SkillDirective(EntryDirective):
    """Describe a skill: its category, level and other names; where it is used is added by itself."""

    objtype = "skill"
    plain_facts = ("category", "level", "keywords")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": NAME,
        "category": Option(required=True),
        "level": Option(),
        "keywords": WORDS,
    }

    def check(self, values: dict[str, Any]) -> None:
        """Take out a level or a category that the site does not know."""
        for option, subtype, setting in (
            ("level", Subtype.UNKNOWN_LEVEL, "folio_levels"),
            ("category", Subtype.UNKNOWN_CATEGORY, "folio_categories"),
        ):
            known = self.config[setting]
            if option in values and not self.one_of(subtype, option, values[option], known, setting):
                del values[option]

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the level and the keywords."""
        fields = []
        if "level" in values:
            levels = list(self.config.folio_levels)
            step = levels.index(values["level"]) + 1
            word = self.term(values, "level")
            steps = folio_steps("", "●" * step + "○" * (len(levels) - step))
            fields.append(_field(_("Level"), nodes.paragraph("", "", word, nodes.Text(" "), steps)))
        if "keywords" in values:
            words = self.text_node(folio_fact(), ", ".join(values["keywords"]), "keywords")
            fields.append(_field(_("Also known as"), words))
        return _field_list(fields)

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the place for the list of usages."""
        return [folio_listing(kind="usages", key=self.arguments[0])]


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
    }

    def check(self, values: dict[str, Any]) -> None:
        """Make a period of the dates."""
        self.check_period(values)

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
    link_types: ClassVar[Mapping[str, str]] = {
        "repository": _("Repository"),
        "documentation": _("Documentation"),
        "homepage": _("Homepage"),
        "landscape": _("Landscape"),
        "package": _("Package"),
        "report": _("Report"),
    }
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": NAME,
        "languages": WORDS,
        "skills": WORDS,
        "position": Option(),
        "start": DATE,
        "end": DATE,
        **dict.fromkeys(link_types, URL),
    }

    def check(self, values: dict[str, Any]) -> None:
        """Make a period of the dates, and links of the addresses."""
        self.check_period(values)
        links = tuple(Link(label=kind, url=values[kind]) for kind in self.link_types if kind in values)
        if links:
            values["links"] = links

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return role, period, languages, skills and links."""
        fields = []
        if "position" in values:
            role = self.reference("position", values["position"], "position")
            fields.append(_field(_("Position"), nodes.paragraph("", "", role)))
        if "period" in values:
            dates = folio_period(period=values["period"], show="dates")
            fields.append(_field(_("Period"), nodes.paragraph("", "", dates)))
        if "languages" in values:
            fields.append(_field(_("Languages"), self.tags(values["languages"], "languages")))
        if "skills" in values:
            fields.append(_field(_("Skills"), self.tags(values["skills"], "skills")))
        if "links" in values:
            links: list[Link] = list(values["links"])
            line = (external_link(str(self.link_types[link.label]), link.url) for link in links)
            fields.append(_field(_("Links"), nodes.paragraph("", "", *joined(line, " | "), classes=["folio-links"])))
        return _field_list(fields)


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
    }

    def check(self, values: dict[str, Any]) -> None:
        """Make a period of the dates."""
        self.check_period(values)

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return a line of period, type and area."""
        line: list[nodes.Node] = []
        if "period" in values:
            line.append(folio_period(period=values["period"], show="dates"))
        line += [self.term(values, option) for option in ("study-type", "area") if option in values]
        return [nodes.paragraph("", "", *joined(line, " | "), classes=["folio-line"])] if line else []


class HighlightDirective(EntryDirective):
    """Make a claim: a block of prose, the skills that it shows, and the project or position it belongs to."""

    objtype = "highlight"
    plain_facts = ("skills", "project", "position")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": NAME,
        "skills": WORDS,
        "project": Option(),
        "position": Option(),
    }

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the skills as tags; warn if nothing is claimed."""
        if not self.content:
            message = __("a highlight is a claim in prose; write it into the directive")
            warn(Subtype.MISSING_CONTENT, message, location=self.place_of())
        return [self.tags(values["skills"], "skills")] if "skills" in values else []


class ListingDirective(FolioDirective):
    """Show rows of the whole portfolio; the directive's name says which."""

    known_options: ClassVar[Mapping[str, Option]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the place that is filled once all pages are read."""
        values = self.read_options()
        node = folio_listing(kind=self.title, key="", **values)
        self.set_source_info(node)
        return [node]


class SkillIndexDirective(ListingDirective):
    """List the skills by category, or those of one category."""

    known_options: ClassVar[Mapping[str, Option]] = {"category": Option()}

    def run(self) -> list[nodes.Node]:
        """Return the place for the list; warn of a category that the site does not know."""
        nodes_made = super().run()
        category = self.options.get("category", "")
        self.one_of(Subtype.UNKNOWN_CATEGORY, "category", category, self.config.folio_categories, "folio_categories")
        return nodes_made


ENTRY_DIRECTIVES: tuple[type[EntryDirective], ...] = (
    PersonDirective,
    SkillDirective,
    PositionDirective,
    ProjectDirective,
    EducationDirective,
    HighlightDirective,
)


def _field(label: Any, *body: nodes.Node) -> nodes.field:
    # Our own label is already translated: the site's catalogs have no business with it.
    return nodes.field("", nodes.field_name("", str(label), translatable=False), nodes.field_body("", *body))


def _field_list(fields: list[nodes.field]) -> list[nodes.Node]:
    return [nodes.field_list("", *fields, classes=["folio-facts"])] if fields else []


def _key_like(text: str) -> str:
    """Return a key that resembles a text, for the sake of an example."""
    spelled = text.lower().replace("+", "p").replace("#", "-sharp")
    plain = "-".join(word for word in "".join(c if c.isascii() and c.isalnum() else " " for c in spelled).split())
    return plain or "go"
