"""The output of exports for given records: without Sphinx, and without files except the template of the PDF."""

from __future__ import annotations

import base64
import io
import json
import re
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer, LTRect
from pypdf import PdfReader

from sphinx_folio.export.formats.json_resume import json_resume
from sphinx_folio.export.formats.llms import LinkSection, SiteLink, llms_txt
from sphinx_folio.export.formats.pdf import (
    TEMPLATES,
    CrashError,
    MissingGlyphError,
    PdfLayout,
    TemplateError,
    pdf,
)
from sphinx_folio.export.formats.photo import without_metadata
from sphinx_folio.export.formats.plain_text import plain_text
from sphinx_folio.export.formats.rendercv import Words, rendercv
from sphinx_folio.export.formats.resume_document import Facts, Heading, ItemList, Paragraph, ResumeDocument, Run
from sphinx_folio.export.formats.schema_org import as_script, profile_page, works_page
from sphinx_folio.export.formats.vcard import place_and_country, vcard
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.queries.work import current_titles, newest_first
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
from sphinx_folio.types.person import PERSON
from sphinx_folio.types.project import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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
        "contributor": {"@type": "Role", "contributor": [{"@id": "https://x.example.org/page.html#person_ada"}]},
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
    assert "NOTE:" not in vcard(ADA, title="Senior engineer; Go, C")
    assert "URL:https://ada.example.org/a,b;c\r\n" in vcard(replace(ADA, url="https://ada.example.org/a,b;c"))
    private = vcard(ADA, {"phone": "+1 555", "address": "1 Street\nTown", "birth": "1990-05-17"})
    assert "TEL;VALUE=text:+1 555\r\n" in private
    assert "ADR:;;1 Street\\nTown;;;;\r\n" in private
    assert "BDAY:19900517\r\n" in private


@pytest.mark.parametrize(
    ("location", "parts"),
    [
        ("Berlin, Germany", ("Berlin", "Germany")),
        ("上海，中国", ("上海", "中国")),
        ("San Francisco, California, United States", ("San Francisco, California", "United States")),
        ("New York, USA", ("New York", "USA")),
        ("Amsterdam, The Netherlands", ("Amsterdam", "The Netherlands")),
        ("San Francisco, CA", ("San Francisco, CA", "")),
        ("Atlanta, Georgia", ("Atlanta, Georgia", "")),
        ("Germany", ("Germany", "")),
    ],
)
def test_only_names_of_countries_are_countries(location: str, parts: tuple[str, str]) -> None:
    assert place_and_country(location) == parts


def test_the_place_and_the_picture_of_a_person_are_exported() -> None:
    ada = replace(ADA, location="Berlin, Germany", image="https://ada.example.org/me.jpg")
    assert "ADR:;;;Berlin;;;Germany\r\n" in vcard(ada)
    assert "ADR:;;1 Street;Berlin;;;Germany\r\n" in vcard(ada, {"address": "1 Street"})
    assert "PHOTO:https://ada.example.org/me.jpg\r\n" in vcard(ada)
    portfolio = Portfolio(pages=(Page(docname="page", entries=(ada,)),))
    resume = json_resume(portfolio, [part for part in [PERSON.json_resume] if part])
    assert resume["basics"]["location"] == {"city": "Berlin, Germany"}
    assert resume["basics"]["image"] == "https://ada.example.org/me.jpg"
    assert 'location: "Berlin, Germany"\n' in rendercv(resume, Words(language="en", titles={}, categories={}))
    _page, person = profile_page(portfolio, [], [], address_of, url="", name="Me", language="en")["@graph"]
    assert person["homeLocation"] == {"@type": "Place", "name": "Berlin, Germany"}
    assert person["image"] == "https://ada.example.org/me.jpg"


def test_the_role_is_that_of_every_current_position_or_of_the_latest() -> None:
    def titles(*positions: tuple[str, Period]) -> list[str]:
        entries = tuple(make(Position, f"p{n}", name=name, period=when) for n, (name, when) in enumerate(positions))
        return current_titles(Portfolio(pages=(Page(docname="page", entries=entries),)))

    former, current = period("2015", "2016"), period("2018")
    assert titles(("Clerk", former), ("Violist", current), ("Teacher", current), ("Violist", current)) == [
        "Violist",
        "Teacher",
    ]
    assert titles(("Clerk", former), ("Intern", period("2010", "2011"))) == ["Clerk"]
    assert titles() == []
    contract = (make(Position, "p", name="Intern", period=current), make(Position, "q", period=period("2019", "2999")))
    planned = Portfolio(pages=(Page(docname="page", entries=contract),), today=PartialDate(2026))
    assert current_titles(planned) == ["Intern", "Q"]
    studies = (make(Education, "college", period=current), make(Position, "p", name="Intern", period=former))
    assert current_titles(Portfolio(pages=(Page(docname="page", entries=studies),))) == []


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
    return ResumeDocument(
        **(shared | {"blocks": blocks, "words": {"page": "{page} of {pages}", "photo": "Photo"}} | facts)
    )


SECTION = Heading(level=1, line=(Run("Work"),))


def test_plain_text_numbers_lists_and_tells_every_line() -> None:
    text = plain_text(
        resume(
            SECTION,
            Facts(parts=((Run("2020"),), (Run("Lead"),))),
            Paragraph(line=(Run("See "), Run("there", href="https://example.org"))),
            ItemList(items=((Paragraph(line=(Run("one"),)), Paragraph(line=(Run("more"),))),), numbered=True, start=3),
            ItemList(items=((Paragraph(line=(Run("two"),)),),)),
            contact=((Run("ada@example.org"),),),
        )
    )
    assert text == (
        "Ada\nada@example.org\n\nWork\n2020\nLead\nSee there (example.org)\n3. one\n   more\n- two\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "runs", "text"),
    [
        ("en", [Run("the "), Run("talk", href="https://www.example.org/a/"), Run(", twice")], "the talk (example.org/a), twice"),
        ("zh-CN", [Run("见"), Run("报告", href="https://example.org/a"), Run("。")], "见报告（example.org/a）。"),
        ("en", [Run("a ", href="https://e.org/x"), Run("b ", href="https://e.org/x", strong=True), Run("c")], "a b (e.org/x) c"),
        ("en", [Run("write", href="mailto:a@e.org"), Run(" or "), Run("a@e.org", href="mailto:a@e.org")], "write or a@e.org"),
        ("en", [Run("e.org/X", href="https://e.org/x/")], "e.org/X"),
        ("en", [Run("https://e.org/old", href="https://e.org/new")], "https://e.org/old"),
        ("en", [Run("Go", href="https://ada.example.org/skills.html#go")], "Go"),
        ("en", [Run("Go", href="https://e.org/go"), Run(" and "), Run("it", href="https://e.org/go")], "Go (e.org/go) and it"),
        ("en", [Run("unknown", href="")], "unknown"),
    ],
)  # fmt: skip
def test_the_address_of_a_link_that_leaves_the_site_follows_its_text(language: str, runs: list[Run], text: str) -> None:
    address = "https://ada.example.org/resume.html"
    document = resume(Paragraph(line=tuple(runs)), language=language, address=address)
    assert plain_text(document) == f"Ada\n{text}\n"
    assert plain_text(document, addresses=False) == f"Ada\n{''.join(run.text for run in runs)}\n"


def lines(number: int) -> ItemList:
    return ItemList(items=tuple(((Paragraph(line=(Run(f"Line {n} of what was done."),)),)) for n in range(number)))


@pytest.mark.parametrize(("number", "pages"), [(5, 1), (55, 1), (80, 2), (160, 3)])
def test_a_resume_has_as_few_pages_as_can_be_read(number: int, pages: int) -> None:
    assert pdf(resume(lines(number), SECTION)).pages == pages


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("length", range(1, 40, 3))
def test_no_line_starts_or_ends_with_a_separator(length: int, template: str) -> None:
    names = ["Utrecht, Netherlands", "ada@example.org", f"example.org/{'a' * length}", "github.com/ada", "social/ada"]
    facts = tuple((Run(name),) for name in names)
    publication = ((Run("A title", strong=True),), (Run("An author, " * length),), *facts)
    blocks = (
        SECTION,
        *position("Lead", "Acme", "2020 – 2024"),
        Facts(parts=facts),
        Paragraph(line=(Run("x"),), parts=publication),
    )
    nested = ItemList(items=((Facts(parts=facts),),))
    found = pdf(
        resume(*blocks, nested, contact=facts, role="Engineer", label="Label " * length),
        PdfLayout(template=TEMPLATES[template]),
    )
    shown = PdfReader(io.BytesIO(found.data)).pages[0].extract_text().splitlines()
    assert [line for line in shown if line.strip().startswith(("|", "·")) or line.strip().endswith(("|", "·"))] == []
    text = " ".join(" ".join(shown).split())
    assert all(text.count(name) >= 3 for name in names[:2])


@pytest.mark.parametrize("template", TEMPLATES)
def test_quotation_marks_of_latin_text_are_set_in_the_latin_font(template: str) -> None:
    texts = ["Introduced “error budgets” for teams", "采用“错误预算”"]
    blocks = (SECTION, *(Paragraph(line=(Run(text),)) for text in texts))
    found = pdf(resume(*blocks, language="zh-CN"), PdfLayout(template=TEMPLATES[template]))
    fonts = [
        sign.fontname
        for page in extract_pages(io.BytesIO(found.data))
        for sign in signs(page)
        if sign.get_text() in "“”"
    ]
    assert ["NotoSansSC" in font for font in fonts] == [False, False, True, True]


@pytest.mark.parametrize(("place", "slanted"), [("Kyoto, 300 people", True), ("従業員数約300名、Kyoto", False)])
def test_no_letter_or_digit_in_a_line_of_chinese_or_japanese_is_slanted(place: str, slanted: bool) -> None:
    facts = Facts(parts=((Run("2020"),), (Run("Lead"),), (Run(place),)), kinds=("dates", "title", ""))
    data = pdf(resume(SECTION, facts, language="ja"), PdfLayout(template=TEMPLATES["academic"])).data
    fonts = {sign.fontname for page in extract_pages(io.BytesIO(data)) for sign in signs(page)}
    assert any("Italic" in font for font in fonts) is slanted


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
    with pytest.raises(TemplateError) as caught:
        pdf(resume(), PdfLayout(template=own))
    [(line, text)] = caught.value.problems
    assert line == 2
    assert text.startswith("unknown variable: nothing-of-this-name; if you meant to use subtraction, ")


def test_a_crash_of_typst_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """With kerning off, it crashed on each word of Hebrew and Arabic in DejaVu Sans."""

    class PanicException(BaseException):
        """A panic of Rust."""

    class Compiler:
        """A compiler that crashes."""

        def __init__(self, *_given: object, **_named: object) -> None: ...

        def compile(self, **_named: object) -> None:
            raise PanicException("byte range starts at 2 but ends at 0")

    monkeypatch.setattr("typst.Compiler", Compiler)
    with pytest.raises(CrashError, match="byte range starts at 2 but ends at 0"):
        pdf(resume())


def test_a_template_of_ones_own_sets_the_resume(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(
        TEMPLATES["resume"].read_text(encoding="utf-8").replace("#show: setup", '#show: setup.with(paper: "a5")'),
        encoding="utf-8",
    )
    path = tmp_path / "resume.pdf"
    path.write_bytes(pdf(resume(SECTION), PdfLayout(template=own)).data)
    assert [round(float(side)) for side in PdfReader(path).pages[0].mediabox[2:]] == [420, 595]


def shown(document: ResumeDocument, layout: PdfLayout | None = None) -> list[str]:
    page = PdfReader(io.BytesIO(pdf(document, layout).data)).pages[0]
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


def test_the_date_of_a_publication_is_at_the_edge_next_to_a_line_that_is_too_long_as_well() -> None:
    publications = [
        Paragraph(line=(), parts=((Run(title),), (Run("Journal of Things"),), (Run(date),)), kinds=("", "", "dates"))
        for title, date in (("Short", "May 2020"), ("A long title of what was found out about things " * 2, "Jun 2023"))
    ]
    [page] = extract_pages(io.BytesIO(pdf(resume(SECTION, *publications)).data), laparams=None)
    right = max(sign.x1 for sign in signs(page))
    ends = [sign for sign in signs(page) if right - sign.x1 < 1]
    assert [sign.get_text() for sign in ends] == ["0", "3"]
    assert len({sign.graphicstate.ncolor for sign in ends}) == 1


@pytest.mark.parametrize(("paper", "sides"), [("a4", [595, 842]), ("us-letter", [612, 792])])
def test_the_paper_is_that_of_the_document(paper: str, sides: list[int]) -> None:
    page = PdfReader(io.BytesIO(pdf(resume(SECTION, paper=paper)).data)).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == sides


def test_the_head_tells_role_label_contact_and_what_the_document_is() -> None:
    facts = {"role": "Lead", "label": "Go", "contact": ((Run("a@b.c"),),), "about": ((Run("As of 2026"),),)}
    assert shown(resume(**facts)) == ["Ada As of 2026", "Lead | Go", "a@b.c"]
    assert shown(resume(label="Go")) == ["Ada", "Go"]
    assert plain_text(resume(**facts)) == "Ada\nLead\nGo\na@b.c\n"


def test_no_line_ends_within_a_fact_of_the_contact() -> None:
    for length in range(40, 90, 5):
        contact = ((Run("m" * length),), (Run("Born 17 May 1990"),))
        assert shown(resume(contact=contact))[-1].endswith("Born 17 May 1990")


def test_an_address_is_not_broken_if_a_line_has_room_for_it() -> None:
    address = "https://example.org/" + "/".join(["folder"] * 8)
    assert address in shown(resume(Paragraph(line=(Run("Many words before. " * 4 + address),))))


@pytest.mark.parametrize(
    "word", ["1,000-Pod", "v0.6.0-rc2", "C++,", "C++17", "Objective-C++", "(CI/CD)", "TCP/IP-based"]
)
def test_a_number_or_a_name_stays_whole_at_the_end_of_a_line(word: str) -> None:
    lengths = range(1, 40, 2)
    paragraphs = [Paragraph(line=(Run("m" * length + f" {word}" * 20),)) for length in lengths]
    starts = {line.split()[0] for line in shown(resume(*paragraphs))}
    assert starts - {word} == {"Ada", *("m" * length for length in lengths)}


def test_no_text_is_read_as_code_of_the_template(tmp_path: Path) -> None:
    text = '#panic("x") $x$ *bold* `code` \\ "] @label <label> // no comment /* no */ = no'
    path = tmp_path / "resume.pdf"
    path.write_bytes(pdf(resume(SECTION, Paragraph(line=(Run(text),)))).data)
    assert " ".join(text.split()) in " ".join(PdfReader(path).pages[0].extract_text().split())


@pytest.mark.parametrize("template", TEMPLATES)
def test_pages_have_their_number_from_the_second_on(template: str) -> None:
    data = pdf(resume(lines(72)), PdfLayout(template=TEMPLATES[template])).data
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert [f"{number} of 2" in text for number, text in enumerate(texts, 1)] == [False, True]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_tinted_column_is_on_the_first_page_only_and_later_ones_are_full(language: str) -> None:
    heading, texts = Heading(level=1, line=(Run("Skills"),)), [f"item {number} " * 15 for number in range(60)]
    items = ItemList(items=tuple((Paragraph(line=(Run(text),)),) for text in texts), numbered=True)
    work = (*position("Lead", "Acme", "2020 – 2024"), items, *position("Engineer", "Bcme", "2018 – 2020"))
    document = resume(heading, lines(3), SECTION, *work, language=language)
    data = pdf(document, PdfLayout(template=TEMPLATES["sidebar"])).data
    first, *others = extract_pages(io.BytesIO(data), laparams=None)
    assert len(others) > 0
    tinted = [any(isinstance(part, LTRect) and part.height > 800 for part in page) for page in (first, *others)]
    assert tinted == [True] + [False] * len(others)
    margin = 18 / 25.4 * 72
    for page in others:
        assert min(sign.x0 for sign in signs(page)) > margin - 1
        assert max(sign.x1 for sign in signs(page)) < page.width - margin + 1
        letters = [sign for sign in signs(page) if sign.get_text() == "m"]
        assert max(sign.x1 for sign in letters) - min(sign.x0 for sign in letters) > page.width - 2 * margin - 60
    text = text_of(data)
    for number in range(60):
        assert text.count(f"{number + 1}.item{number}item") == 1 or language == "ar"
        assert text.count(f"item{number}") >= 15


def text_of(data: bytes) -> str:
    """Return the text of a PDF, without spaces."""
    pages = PdfReader(io.BytesIO(data)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


LANGUAGES = {
    "de": "Straßenbahn „Größe“ ẞ",
    "el": "Μηχανικός λογισμικού, Αθήνα ΐΰ",
    "ja": "骨材と「直流」、髙﨑の葛",
    "ko": "서울 소프트웨어 엔지니어 大韓民國",
    "ru": "Инженер-программист, Ёлка",
    "sr": "Његош, Ђорђе, Џон",
    "uk": "Київ, їжак, ґанок",
    "vi": "Kỹ sư phần mềm, Huế ằẵặ",
    "zh-TW": "軟體工程師，臺北「龜龍」",
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_color_replaces_that_of_the_template(template: str) -> None:
    data = pdf(resume(SECTION), PdfLayout(template=TEMPLATES[template], color="#7a1f5c")).data
    content = PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert content is not None
    assert b"0.47843137 0.12156863 0.36078432 scn" in content.get_data()


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_built_in_language_is_set_and_read(language: str, template: str) -> None:
    text = LANGUAGES[language]
    document = resume(Heading(level=1, line=(Run("1"),)), Paragraph(line=(Run(text),)), name=text, language=language)
    found = pdf(document, PdfLayout(template=TEMPLATES[template]))
    assert found.missing == frozenset()
    assert text_of(found.data).count(text.replace(" ", "")) == 2


@pytest.mark.parametrize(("language", "font"), [("ja", "NotoSansJP"), ("ko", "NotoSansKR"), ("zh-CN", "NotoSansSC")])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_han_character_has_the_form_of_its_language(language: str, font: str, template: str) -> None:
    """骨 and 直 look different in China and in Japan. A name in another language has the form of that one."""
    layout = PdfLayout(template=TEMPLATES[template])
    assert han_fonts(resume(Paragraph(line=(Run("骨直"),)), language=language), layout) == {font}
    in_english = resume(Paragraph(line=(Run("A"), Run("骨直", language=language))))
    assert han_fonts(in_english, layout) == {font}


def han_fonts(document: ResumeDocument, layout: PdfLayout) -> set[str]:
    pages: Any = PdfReader(io.BytesIO(pdf(document, layout).data)).pages
    fonts = [page["/Resources"]["/Font"] for page in pages]
    names = {str(font["/BaseFont"]).partition("+")[2].partition("-")[0] for page in fonts for font in page.values()}
    return {name for name in names if name.startswith("NotoSans")}


LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
LONG_ADDRESS = f"https://example.org/{'folder/' * 4}{'x' * 130}?a=b"


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("text", [LONG_WORD, LONG_ADDRESS, "state-of-the-art-" * 9, "Τηλεφωνοσυνδιάλεξη" * 8])
def test_no_word_leaves_its_column(text: str, template: str) -> None:
    line = (Run(f"See {text} here."),)
    blocks = [Heading(level=1, line=(Run("Work"),)), *position("Lead", text, "2020 – 2024"), Paragraph(line=line)]
    blocks += [Heading(level=1, line=line), ItemList(items=((Paragraph(line=line),),))]
    document = resume(*blocks, name=text, contact=((Run(text),),))
    data = pdf(document, PdfLayout(template=TEMPLATES[template], max_pages=9)).data
    edges = [sign.x1 for page in extract_pages(io.BytesIO(data), laparams=None) for sign in signs(page)]
    assert max(edges) < 595 - 9 / 25.4 * 72
    assert text_of(data).lower().count(text.lower()) == 6


def signs(item: Any) -> Iterator[LTChar]:
    if isinstance(item, LTChar):
        yield from [item] if item.get_text().strip() else []
    elif isinstance(item, LTContainer):
        for part in item:
            yield from signs(part)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("number", range(40, 56, 4))
def test_pages_break_between_entries(number: int, template: str) -> None:
    texts = [f"Deed {name} of what was done." for name in "abcdef"]
    entry = [
        *position("Lead", "Acme", "2020 – 2024"),
        ItemList(items=tuple((Paragraph(line=(Run(t),)),) for t in texts)),
    ]
    document = resume(SECTION, lines(number), Heading(level=1, line=(Run("More"),)), *entry, *entry)
    data = pdf(document, PdfLayout(template=TEMPLATES[template], max_pages=9)).data
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    for page in pages:
        assert len({page.count(text) for text in (*texts, "Lead")}) == 1
        assert "More" not in page.splitlines()[-1]


def test_a_long_career_is_set_large_if_it_may_have_many_pages() -> None:
    document = resume(lines(170))
    assert pdf(document).pages == 3
    assert pdf(document, PdfLayout(max_pages=8)).pages == 4
    assert pdf(document, PdfLayout(max_pages=None)).pages == 3


GRAY = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////"
    "////////////wAALCAACAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z"
)
"""A JPEG of two gray pixels."""


def segment(marker: int, data: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def exif(order: str, *entries: tuple[int, int]) -> bytes:
    """Return an Exif segment with numbers, and a secret beside them."""
    fields = b"".join(struct.pack(f"{order}HHIHH", tag, 3, 1, value, 0) for tag, value in entries)
    start = {"<": b"II", ">": b"MM"}[order] + struct.pack(f"{order}HIH", 42, 8, len(entries))
    return segment(0xE1, b"Exif\0\0" + start + fields + b"\0\0\0\0 secret place")


SECRETS = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0 secret") + segment(0xFE, b"secret") + segment(0xED, b"secret")


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_keeps_its_orientation_and_no_other_metadata(order: str, tmp_path: Path) -> None:
    turned = GRAY[:2] + exif(order, (0x010F, 1), (0x0112, 6)) + b"\xff\xff" + SECRETS + GRAY[2:]
    orientation = exif(">", (0x0112, 6)).removesuffix(b" secret place").replace(b"\xff\xe1\0\x2f", b"\xff\xe1\0\x22")
    assert without_metadata(turned) == GRAY[:2] + orientation + GRAY[2:]
    path = tmp_path / "photo.jpg"
    path.write_bytes(turned)
    found = pdf(resume(), PdfLayout(photo=path)).data
    assert b"secret" not in found
    assert found != pdf(resume(), PdfLayout()).data
    path.write_bytes(GRAY)
    assert pdf(resume(), PdfLayout(photo=path)).data != found  # it is not turned


@pytest.mark.parametrize("width", [600, 800, 1200])
def test_the_head_has_room_beside_a_photo_of_any_width(width: int, tmp_path: Path) -> None:
    photo = tmp_path / "photo.svg"
    photo.write_text(f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='800'/>", encoding="utf-8")
    document = resume(name="Ada Example", about=((Run("As of November 30, 2026, not of today"),),))
    assert shown(document, PdfLayout(photo=photo)) == ["Ada Example As of November 30, 2026, not of today"]


@pytest.mark.parametrize(
    "data", [GRAY, b"\x89PNG secret", GRAY[:2] + segment(0xE0, b"JFIF\0") + segment(0xE2, b"ICC_PROFILE\0") + GRAY[2:]]
)
def test_a_photo_without_metadata_is_unchanged(data: bytes) -> None:
    assert without_metadata(data) == data


@pytest.mark.parametrize(
    "damaged",
    [exif("<"), segment(0xE1, b"Exif\0\0"), segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"), exif(">", (1, 2))],
)
def test_metadata_without_orientation_is_left_out(damaged: bytes) -> None:
    assert without_metadata(GRAY[:2] + damaged + GRAY[2:]) == GRAY


def test_a_template_may_import_files_beside_it(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(
        '#import "sphinx-folio.typ": *\n#import "part.typ": shown\n#show: setup\n= #resume.name\n#shown\n',
        encoding="utf-8",
    )
    part = '#import "sphinx-folio.typ": resume\n#let shown = [Shown: #resume.label]\n'
    (tmp_path / "part.typ").write_text(part, encoding="utf-8")
    assert text_of(pdf(resume(label="x"), PdfLayout(template=own)).data) == "AdaShown:x"
