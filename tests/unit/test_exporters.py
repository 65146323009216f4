"""The output of exports for given records: without Sphinx, and without files except the template of the PDF."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from sphinx_folio.export.formats.llms import LinkSection, SiteLink, llms_txt
from sphinx_folio.export.formats.pdf import TEMPLATES, MissingGlyphError, PdfLayout, TemplateError, pdf
from sphinx_folio.export.formats.plain_text import plain_text
from sphinx_folio.export.formats.resume_document import Facts, Heading, ItemList, Paragraph, ResumeDocument, Run
from sphinx_folio.export.formats.schema_org import as_script, profile_page, works_page
from sphinx_folio.export.formats.vcard import vcard
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import (
    Education,
    Entry,
    Link,
    Page,
    Person,
    Position,
    Project,
    Skill,
)
from sphinx_folio.types import BUILT_IN
from sphinx_folio.types.project import PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def make(record: Any, key: str, **facts: Any) -> Any:
    place = {"docname": "page", "node_id": f"{record.objtype}_{key}", "line": 1}
    return record(key=key, name=facts.pop("name", key.title()), **place, **facts)


def period(start: str, end: str = "") -> Period:
    return Period(PartialDate.parse(start), PartialDate.parse(end) if end else None)


ADA = make(
    Person, "ada", label="Engineer; Go, C", email="ada@example.org", url="https://ada.example.org", birth=PartialDate(1990, 5),
    profiles=(Link(label="GitHub", url="https://github.com/ada"),),
)  # fmt: skip
WHOLE = Portfolio(
    pages=(
        Page(
            docname="page",
            entries=(
                ADA,
                make(Skill, "go", keywords=("Golang",)),
                make(Position, "acme", entity="Acme", name="Engineer", period=period("2019-01", "2020-12")),
                make(Position, "bolt", entity="Bolt", name="Lead", period=period("2021")),
                make(Education, "school", name="School", period=period("2010", "2014")),
                make(Project, "plan", summary="A plan."),
                make(
                    Project, "pool", languages=("go",), position="bolt",
                    links=(
                        Link(label="repository", url="https://r.example.org"),
                        Link(label="homepage", url="https://h.example.org"),
                        Link(label="report", url="https://p.example.org"),
                    ),
                ),
            ),
        ),
    ),
    today=PartialDate(2026, 11, 30),
)  # fmt: skip


def address_of(entry: Entry) -> str:
    return f"https://x.example.org/{entry.docname}.html#{entry.node_id}"


def as_work(project: Project) -> Mapping[str, Any]:
    assert PROJECT.schema_org_work
    return PROJECT.schema_org_work(WHOLE, project, address_of)


def test_a_profile_page_tells_roles_with_their_dates() -> None:
    data = profile_page(
        WHOLE,
        [kind.schema_org_person for kind in BUILT_IN if kind.schema_org_person],
        [as_work(project) for project in newest_first(WHOLE, Project)],
        address_of,
        url="https://x.example.org/page.html",
        name="Me",
        language="en",
    )
    page, person, *made = data["@graph"]
    assert page == {
        "@type": "ProfilePage", "name": "Me", "url": "https://x.example.org/page.html", "inLanguage": "en",
        "mainEntity": {"@id": "https://x.example.org/page.html#person_ada"},
    }  # fmt: skip
    assert person["@id"] == page["mainEntity"]["@id"]
    assert [
        (role["startDate"], role.get("endDate"), role["hasOccupation"]["name"]) for role in person["hasOccupation"]
    ] == [("2021", None, "Lead"), ("2019-01", "2020-12", "Engineer")]
    assert [role["worksFor"]["name"] for role in person["worksFor"]] == ["Bolt", "Acme"]
    assert [role["alumniOf"]["name"] for role in person["alumniOf"]] == ["School"]
    assert person["knowsAbout"] == [
        {
            "@type": "DefinedTerm",
            "name": "Go",
            "alternateName": ["Golang"],
            "url": "https://x.example.org/page.html#skill_go",
        }
    ]
    assert [work["name"] for work in made] == ["Pool", "Plan"]


def test_what_has_a_repository_is_source_code_and_what_has_none_is_a_work() -> None:
    plan_and_pool = [as_work(project) for project in WHOLE.all(Project)]
    person, plan, pool = works_page(WHOLE, plan_and_pool, address_of)["@graph"]
    assert person == {"@type": "Person", "@id": "https://x.example.org/page.html#person_ada", "name": "Ada"}
    assert pool == {
        "@type": "SoftwareSourceCode", "@id": "https://x.example.org/page.html#project_pool", "name": "Pool",
        "url": "https://x.example.org/page.html#project_pool", "codeRepository": "https://r.example.org",
        "programmingLanguage": ["Go"], "sameAs": ["https://h.example.org"], "keywords": ["Go"],
        "subjectOf": [{"@type": "Report", "url": "https://p.example.org"}],
        "contributor": {
            "@type": "Role", "startDate": "2021",
            "contributor": [{"@id": "https://x.example.org/page.html#person_ada"}],
        },
    }  # fmt: skip
    assert (plan["@type"], plan["description"]) == ("CreativeWork", "A plan.")


def test_no_text_breaks_out_of_a_script() -> None:
    data = {"name": "</script><script>alert(1)</script><!-- & \u2028 \u2029"}
    script = as_script(data)
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&\u2028\u2029]", inside)
    assert json.loads(inside) == data


def test_a_card_is_escaped_and_has_no_private_facts_unless_given() -> None:
    assert vcard(ADA).split("\r\n") == [
        "BEGIN:VCARD", "VERSION:4.0", "FN:Ada", "TITLE:Engineer\\; Go\\, C", "EMAIL:ada@example.org", "BDAY:1990-05",
        "URL:https://ada.example.org", "SOCIALPROFILE;SERVICE-TYPE=GitHub:https://github.com/ada", "END:VCARD", "",
    ]  # fmt: skip
    assert "TITLE:Lead\r\nNOTE:Engineer\\; Go\\, C\r\n" in vcard(ADA, title="Lead")
    private = vcard(ADA, {"phone": "+1 555", "address": "1 Street\nTown", "birth": "1990-05-17"})
    assert "TEL;VALUE=text:+1 555\r\n" in private
    assert "ADR:;;1 Street\\nTown;;;;\r\n" in private
    assert "BDAY:19900517\r\n" in private


def test_long_lines_of_a_card_are_folded_between_characters() -> None:
    card = vcard(make(Person, "ada", name="网络" * 40))
    assert max(len(line.encode()) for line in card.split("\r\n")) <= 75
    assert "FN:" + "网络" * 40 in card.replace("\r\n ", "")


def test_a_map_has_links_by_chapter_and_no_empty_chapter() -> None:
    chapters = (
        LinkSection(heading="Pages", links=(SiteLink(name="A [1]\nB", url="a.html", about="First.\n\nSecond."),)),
        LinkSection(heading="None", links=()),
    )
    assert llms_txt("Ada", "Builds.", chapters) == "# Ada\n\n> Builds.\n\n## Pages\n\n- [A \\[1\\] B](a.html): First.\n"


def resume(*blocks: Any, **facts: Any) -> ResumeDocument:
    shared: dict[str, Any] = {"name": "Ada", "title": "Ada · Résumé", "language": "en", "date": "2026-11-30"}
    return ResumeDocument(**(shared | {"blocks": blocks, "words": {"page": "{page} of {pages}"}} | facts))


SECTION = Heading(level=1, line=(Run("Work"),))


def test_plain_text_numbers_lists_and_tells_every_line() -> None:
    text = plain_text(
        resume(
            SECTION,
            Facts(parts=((Run("2020"),), (Run("Lead"),))),
            Paragraph(line=(Run("See "), Run("there", href="https://example.org"))),
            ItemList(items=((Paragraph(line=(Run("one"),)), Paragraph(line=(Run("more"),))),), numbered=True),
            ItemList(items=((Paragraph(line=(Run("two"),)),),)),
            contact=((Run("ada@example.org"),),),
            notice="private",
        )
    )
    assert text == (
        "private\nAda\nada@example.org\n\nWork\n2020\nLead\nSee there\n1. one\n   more\n- two\n"
    )  # fmt: skip


def lines(number: int) -> ItemList:
    return ItemList(items=tuple(((Paragraph(line=(Run(f"Line {n} of what was done."),)),)) for n in range(number)))


@pytest.mark.parametrize(("number", "pages", "beyond"), [(5, 1, ()), (55, 1, ()), (80, 2, ()), (160, 3, ("Work",))])
def test_a_resume_has_as_few_pages_as_can_be_read(number: int, pages: int, beyond: tuple[str, ...]) -> None:
    found = pdf(resume(lines(number), SECTION))
    assert (found.pages, found.beyond) == (pages, beyond)


@pytest.mark.parametrize("number", range(49, 52))  # the facts come last on the first page, or first on the second
def test_no_page_ends_with_the_facts_of_what_follows(number: int, tmp_path: Path) -> None:
    company, facts = Heading(level=2, line=(Run("Acme"),)), Facts(parts=((Run("2020 – 2024"),),))
    path = tmp_path / "resume.pdf"
    path.write_bytes(pdf(resume(SECTION, lines(number), company, facts, lines(30))).data)
    for page in PdfReader(path).pages:
        text = page.extract_text()
        assert ("Acme" in text) == ("2020 – 2024" in text)
        if "2020 – 2024" in text:
            assert "Line 0 of" in text.partition("2020 – 2024")[2]


def test_the_same_content_makes_the_same_bytes() -> None:
    assert pdf(resume(SECTION)).data == pdf(resume(SECTION)).data
    assert pdf(resume(SECTION)).data != pdf(resume(SECTION, date="2026-12-01")).data


def test_squares_take_the_place_of_characters_that_no_font_has() -> None:
    text = 'a \U00013000 b 👩\u200d💻 " \\ c\x1bd\ue000e\0f \ufffeg'
    found = pdf(resume(Paragraph(line=(Run(text, href="https://example.org/🎉"),))))
    assert found.missing == {*"\U00013000👩\u200d💻\x1b\ue000\0\ufffe"}
    page = PdfReader(io.BytesIO(found.data)).pages[0]
    assert 'a □ b □□ " \\ cdef g' in page.extract_text()
    annotations: Any = page["/Annots"]
    [link] = {annotation["/A"]["/URI"] for annotation in annotations}
    assert str(link).endswith("🎉") or "🎉".encode() in bytes(link)
    assert pdf(resume(Paragraph(line=(Run("plain"),)))).missing == frozenset()


def test_a_character_that_a_template_adds_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(TEMPLATES["resume"].read_text(encoding="utf-8") + "\n🎉\n", encoding="utf-8")
    with pytest.raises(MissingGlyphError) as caught:
        pdf(resume(), PdfLayout(template=own))
    assert caught.value.characters == ("🎉",)


def test_what_a_template_does_wrong_is_said_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text("= Title\n#nothing-of-this-name\n", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"(?s)unknown variable: nothing-of-this-name.*own\.typ:2"):
        pdf(resume(), PdfLayout(template=own))


def test_a_template_of_ones_own_sets_the_resume(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(
        TEMPLATES["resume"].read_text(encoding="utf-8").replace("#show: setup", '#show: setup.with(paper: "a5")'),
        encoding="utf-8",
    )
    path = tmp_path / "resume.pdf"
    path.write_bytes(pdf(resume(SECTION), PdfLayout(template=own)).data)
    assert [round(float(side)) for side in PdfReader(path).pages[0].mediabox[2:]] == [420, 595]


def shown(document: ResumeDocument) -> list[str]:
    page = PdfReader(io.BytesIO(pdf(document).data)).pages[0]
    return [" ".join(line.split()) for line in page.extract_text().splitlines() if line.strip()]


def position(title: str, entity: str, dates: str) -> list[Any]:
    facts = Facts(parts=((Run(dates),), (Run(title),)), kinds=("dates", "title"))
    return [Heading(level=2, line=(Run(entity),)), facts]


def test_a_position_is_one_line_and_all_are_two_if_one_is_too_long() -> None:
    short = position("Lead", "Acme", "2020 – 2024")
    assert shown(resume(SECTION, *short))[-2:] == ["Work", "Lead | Acme 2020 – 2024"]
    long = position("Engineer", "International Institute of Things " * 3, "2018 – 2020")
    assert shown(resume(SECTION, *short, *long))[1:6] == [
        "Work", "Lead 2020 – 2024", "Acme", "Engineer 2018 – 2020", " ".join((long[0].line[0].text).split()),
    ]  # fmt: skip
    assert shown(resume(SECTION, *short, position("Intern", "", "2018")[1]))[-1] == "Intern 2018"
    wide = position("Head of all that is worth being the head of, and of more " * 3, "Acme", "2018 – 2020")
    assert "2018 – 2020" in " ".join(shown(resume(SECTION, *wide)))


@pytest.mark.parametrize(("paper", "sides"), [("a4", [595, 842]), ("us-letter", [612, 792])])
def test_the_paper_is_that_of_the_document(paper: str, sides: list[int]) -> None:
    page = PdfReader(io.BytesIO(pdf(resume(SECTION, paper=paper)).data)).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == sides


def test_the_head_tells_role_label_contact_and_what_the_document_is() -> None:
    facts = {"role": "Lead", "label": "Go", "contact": ((Run("a@b.c"),),), "about": ((Run("As of 2026"),),)}
    assert shown(resume(**facts)) == ["Ada As of 2026", "Lead | Go", "a@b.c"]
    assert shown(resume(label="Go")) == ["Ada", "Go"]
    assert plain_text(resume(**facts)) == "Ada\nLead\nGo\na@b.c\n"


def test_an_address_is_not_broken_if_a_line_has_room_for_it() -> None:
    address = "https://example.org/" + "/".join(["folder"] * 8)
    assert address in shown(resume(Paragraph(line=(Run("Many words before. " * 4 + address),))))


def test_no_text_is_read_as_code_of_the_template(tmp_path: Path) -> None:
    text = '#panic("x") $x$ *bold* `code` \\ "] @label <label> // no comment /* no */ = no'
    path = tmp_path / "resume.pdf"
    path.write_bytes(pdf(resume(SECTION, Paragraph(line=(Run(text),)))).data)
    assert " ".join(text.split()) in " ".join(PdfReader(path).pages[0].extract_text().split())


def test_a_private_notice_stands_on_every_page_and_the_number_from_the_second_on(tmp_path: Path) -> None:
    path = tmp_path / "resume.pdf"
    path.write_bytes(pdf(resume(lines(80), notice="Not for publication")).data)
    texts = [page.extract_text() for page in PdfReader(path).pages]
    assert [("Not for publication" in text, f"{number} of 2" in text) for number, text in enumerate(texts, 1)] == [
        (True, False),
        (True, True),
    ]
