"""Invented careers of many kinds: each is built strictly, and its PDF says all of it in order, in every template."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar
from pypdf import PdfReader
from sphinx.util.docutils import patch_docutils

from sphinx_folio.api import portfolio_of
from sphinx_folio.export.formats.pdf import TEMPLATES, pdf
from sphinx_folio.export.formats.resume_document import Facts, Heading, ItemList, text_of
from sphinx_folio.export.resolved_page import Source
from sphinx_folio.export.resume_page import resume_document_of
from sphinx_folio.export.settings import PAPERS, layout_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx_folio.export.formats.resume_document import Block, ResumeDocument

CAREERS = Path(__file__).parent.parent / "data" / "careers"


class Career(NamedTuple):
    """A page of tests/data/careers, with its language and its settings."""

    name: str
    language: str = "en"
    settings: Mapping[str, Any] = MappingProxyType({})


def in_language(language: str, present: str) -> dict[str, Any]:
    return {"folio_date_formats": {language: {"present": present}}}


FONTS = {"folio_resume_fonts": [str(CAREERS / "fonts")], "folio_resume_font_families": ["Amiri"]}
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
"""Where Debian's package fonts-dejavu-core puts its fonts, which have the letters of Hebrew."""
ALL = [
    Career("arabic", "ar", FONTS | in_language("ar", "الآن")),
    Career("contractor"),
    Career("gap"),
    Career("hebrew", "he", {"folio_resume_fonts": [str(DEJAVU)], "folio_resume_font_families": ["DejaVu Sans"]}),
    Career("japanese", "ja", in_language("ja", "現在")),
    Career("nurse"),
    Career("professor", settings={"folio_resume_max_pages": 8}),
    Career("student"),
    Career("two-jobs"),
    Career("undisclosed"),
    Career("vietnamese", "vi", in_language("vi", "nay") | {"folio_resume_photo": str(CAREERS / "photo.svg")}),
]


def plain(text: str) -> str:
    """Return a text in small letters without spaces, and without the punctuation that pdftotext misplaces from right to left."""
    left_out = r"\W+" if re.search(r"[\u0590-\u06ff]", text) else r"\s+"
    return re.sub(left_out, "", text).casefold()


def statements(block: Block) -> Iterator[str]:
    """Yield the texts of a block, but not the dates, whose place is their template's."""
    match block:
        case Heading():
            yield text_of(block.line)
        case ItemList():
            yield from (text for item in block.items for part in item for text in statements(part))
        case _ if block.parts:
            kinds = block.kinds or ("",) * len(block.parts)
            yield from (text_of(part) for part, kind in zip(block.parts, kinds, strict=True) if kind != "dates")
        case _ if not isinstance(block, Facts):
            yield text_of(block.line)


def entries(document: ResumeDocument) -> list[list[str]]:
    """Return the statements of every heading with those below it."""
    found: list[list[str]] = [[]]
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append([])
        found[-1] += [plain(text) for text in statements(block)]
    return found


def titles(items: Any) -> Iterator[str]:
    for item in items:
        yield from titles(item) if isinstance(item, list) else [plain(item.title)]


def check_pages(data: bytes) -> None:
    """Check that no page ends with a heading, and that pages have a number from the second on."""
    reader = PdfReader(io.BytesIO(data))
    headings = {*titles(reader.outline)}
    for number, page in enumerate(reader.pages, start=1):
        lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
        numbers = [line for line in lines if re.fullmatch(r"\d+ of \d+", line)]
        assert numbers == ([f"{number} of {len(reader.pages)}"] if number > 1 else [])
        assert plain([line for line in lines if line not in numbers][-1]) not in headings


@pytest.fixture
def built(build: Any) -> Any:
    """Return a function that builds a career strictly and returns the application."""

    def build_career(career: Career) -> Any:
        settings = {
            "extensions": ["myst_parser", "sphinx_folio.export"],
            "language": career.language,
            "nitpicky": True,
            "folio_resume_paper": [*PAPERS],
            **career.settings,
        }
        page = (CAREERS / f"{career.name}.md").read_text(encoding="utf-8")
        with patch_docutils():  # as the command does: docutils does not know every language
            app = build({"index.md": page}, settings=settings, warningiserror=True)
        assert app.warning.getvalue() == ""
        assert app.statuscode == 0
        return app

    return build_career


@pytest.fixture(scope="session")
def dejavu(installer: Callable[[Callable[[], list[str]]], list[str]]) -> None:
    """Install a font with the letters of Hebrew; a machine without it fails the test."""
    if installer(lambda: [] if (DEJAVU / "DejaVuSans.ttf").is_file() else ["fonts-dejavu-core"]):
        pytest.fail("no DejaVu Sans: install it (on Debian: apt install fonts-dejavu-core)")


@pytest.mark.parametrize("career", ALL, ids=lambda career: career.name)
def test_a_career_is_built_strictly_and_its_pdf_is_read_in_order(
    career: Career, built: Any, readers: list[Callable[[Path], str]], tmp_path: Path, dejavu: None
) -> None:
    app = built(career)
    source = Source(docname="index", pagename="index", title="")
    document = resume_document_of(app, portfolio_of(app.env), source)
    layout = layout_of(app)
    check_other_files(app.outdir, entries(document))
    check_pages((app.outdir / "resume-letter.pdf").read_bytes())
    groups = entries(document)
    assert sum(map(len, groups)) > 10
    from_right = career.language in {"ar", "he"}
    suited = readers[-1:] if from_right else readers  # the others read all lines from left to right
    for name, template in TEMPLATES.items():
        found = pdf(document, replace(layout, template=template))
        assert template != layout.template or found.data == (app.outdir / "resume.pdf").read_bytes()
        assert found.missing == frozenset()
        assert layout.max_pages is not None
        assert found.pages <= layout.max_pages
        check_pages(found.data)
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(found.data)
        for read in suited:
            check_text(plain(read(path)), groups, in_order=name != "sidebar")
        check_side(path, from_right=from_right)


def test_arabic_words_and_addresses_are_read_whole(built: Any, readers: list[Callable[[Path], str]]) -> None:
    """Kerned letters were read as words of their own, and the parts of an address stood in the wrong order."""
    text = readers[-1](built(ALL[0]).outdir / "resume.pdf")
    assert {"تجريبية", "فريق", "لطريق", "بكالوريوس", "الإنجليزية"} <= set(re.findall(r"\w+", text))
    assert "sample@example.org" in text
    assert "sample.example.org" in text


def test_each_position_names_its_employer(built: Any) -> None:
    """The second one of a section, too, whose title is above the first."""
    app = built(Career("two-jobs"))
    texts = [line.strip() for line in (app.outdir / "resume.txt").read_text("utf-8").splitlines()]
    title = texts.index("Music librarian")
    assert texts[title - 2 : title + 2] == ["", "Example Opera", "Music librarian", "Mar 2017 – Feb 2018"]
    lines = PdfReader(app.outdir / "resume.pdf").pages[0].extract_text().splitlines()
    [line] = [line for line in lines if "Music librarian" in line]
    assert re.search(r"Music librarian +\| +Example Opera", line)


def check_other_files(folder: Path, groups: list[list[str]]) -> None:
    """Check that the files for word processors say the same, and that they and the text say all in order."""
    texts = [text_in(folder / "resume.docx", "word/document.xml"), text_in(folder / "resume.odt", "content.xml")]
    assert plain(texts[0]) == plain(texts[1])
    for text in (*texts, (folder / "resume.txt").read_text("utf-8").replace("* ", "")):
        check_text(plain(text), groups, in_order=True)


def text_in(path: Path, part: str) -> str:
    """Return the text of a part of a file for a word processor."""
    with ZipFile(path) as archive:
        return html.unescape(re.sub(r"<[^>]*>", "", archive.read(part).decode()))


def check_side(path: Path, *, from_right: bool) -> None:
    """Check that lists begin at the side where lines of the language begin."""
    for page in extract_pages(path, maxpages=1, laparams=None):
        places = [sign.x0 for sign in page if isinstance(sign, LTChar) and sign.get_text() == "•"]
        assert all((place > page.width / 2) == from_right for place in places)


def check_text(text: str, groups: list[list[str]], *, in_order: bool) -> None:
    """Check that a text has all statements, each in one piece, and group by group."""
    position = 0
    for group in groups:
        places = [text.find(statement, position) for statement in group]
        assert [statement for statement, place in zip(group, places, strict=True) if place < 0] == []
        ends = [place + len(statement) for place, statement in zip(places, group, strict=True)]
        position = max(ends, default=position) if in_order else 0
