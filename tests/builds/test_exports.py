"""Files of the portfolio: which are made, where they are offered, when they change, and what is said if they cannot be."""

from __future__ import annotations

import io
import itertools
import json
import re
import shutil
import zlib
from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import extruct
import pytest
from bs4 import BeautifulSoup
from docx import Document
from pypdf import PdfReader
from sphinx.errors import ConfigError
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio._common import typesetting
from sphinx_folio.export.formats import pdf

CAREERS = Path(__file__).parent.parent / "data" / "careers"
EXTENSIONS = ["myst_parser", "sphinx_folio.export"]
FILES = {"contact.vcf", "llms.txt", "resume.json", "resume.pdf", "resume.txt"}
HOME = "Home\n====\n\n.. person:: ada\n   :name: Ada Example\n   :label: Network engineer\n   :birth: 1990-05\n   :url: https://example.org\n\n   Builds networks.\n"
OFFER = "\n\n.. folio:downloads::\n"


@pytest.fixture
def exports(build: Any, restructuredtext: dict[str, str]) -> Any:
    """Return a function that builds the portfolio with its exports; pages can be changed, settings added."""

    def build_exports(pages: dict[str, str | None] | None = None, **options: Any) -> Any:
        settings = {"extensions": EXTENSIONS, "folio_resume": "home"} | options.pop("settings", {})
        return build({**restructuredtext, **(pages or {})}, settings=settings, **options)

    return build_exports


def made(app: Any) -> set[str]:
    return {path.name for path in app.outdir.iterdir() if path.name in FILES}


def offers(app: Any, page: str) -> list[tuple[str, str]]:
    soup = BeautifulSoup((app.outdir / page).read_text("utf-8"), "html.parser")
    return [(str(link["href"]), link.parent.get_text()) for link in soup.select(".folio-downloads a") if link.parent]


def test_all_files_are_made_and_offered(exports: Any, restructuredtext: dict[str, str]) -> None:
    app = exports({"home.rst": restructuredtext["home.rst"] + OFFER, "sub/page.rst": f":orphan:\n\nSub\n===\n{OFFER}"})
    assert app.warning.getvalue() == ""
    assert made(app) == FILES
    size = round((app.outdir / "resume.pdf").stat().st_size / 1000)
    assert offers(app, "home.html")[0] == ("resume.pdf", f"Résumé as PDF ({size} KB)")
    assert [href for href, _text in offers(app, "home.html")] == [
        "resume.pdf",
        "resume.docx",
        "resume.odt",
        "resume.txt",
        "resume.json",
        "resume-rendercv.yaml",
        "contact.vcf",
    ]
    assert offers(app, "sub/page.html")[0][0] == "../resume.pdf"


def test_html_directories_are_offered_the_same_files(exports: Any, restructuredtext: dict[str, str]) -> None:
    app = exports({"home.rst": restructuredtext["home.rst"] + OFFER}, builder="dirhtml")
    assert app.warning.getvalue() == ""
    assert made(app) == FILES
    assert offers(app, "home/index.html")[0][0] == "../resume.pdf"


@pytest.mark.parametrize("builder", ["latex", "man", "text", "epub", "xml", "gettext", "singlehtml"])
def test_other_builders_pass_over_the_offer(exports: Any, restructuredtext: dict[str, str], builder: str) -> None:
    app = exports({"home.rst": restructuredtext["home.rst"] + OFFER}, builder=builder)
    assert "downloads" not in app.warning.getvalue()
    assert made(app) == set()


def test_only_what_is_asked_for_is_made_and_the_rest_is_taken_away(exports: Any) -> None:
    assert made(exports()) == FILES
    app = exports(settings={"folio_exports": ["txt"]})
    assert made(app) == {"resume.txt"}
    assert "ld+json" not in (app.outdir / "home.html").read_text("utf-8")


def test_the_place_of_the_person_is_on_the_page_and_in_the_resume_but_not_beside_an_address(
    exports: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = {"home.rst": HOME.replace("   :birth:", "   :location: Berlin, Germany\n   :birth:")}
    app = exports(home)
    page = BeautifulSoup((app.outdir / "home.html").read_text("utf-8"), "html.parser")
    line, *_others = page.select(".folio-person .folio-line")
    assert [part.strip() for part in line.get_text().split("|")] == ["Network engineer", "Berlin, Germany", "May 1990"]
    assert "Berlin, Germany" in (app.outdir / "resume.txt").read_text("utf-8")
    assert "Berlin" in PdfReader(app.outdir / "resume.pdf").pages[0].extract_text()
    facts = tmp_path / "private.toml"
    facts.write_text('address = "1 Main Street, Berlin"\n', encoding="utf-8")
    monkeypatch.setenv("FOLIO_PRIVATE", str(facts))
    app = exports(home, settings={"folio_private": True}, folder="private")
    text = (app.outdir / "resume.txt").read_text("utf-8")
    assert "1 Main Street, Berlin" in text
    assert "Berlin, Germany" not in text


TEXT_SECTIONS = """
Work
----

Some words.

Acme
~~~~

.. position:: acme
   :title: Lead
   :start: 2020-01

   Leads.

Details
^^^^^^^

A detail of the position.

Parental leave
~~~~~~~~~~~~~~

2018 – 2019

Teaching
--------

*Every* year: :skill:`go`.

#. One
#. Two

   - below

Network skills
--------------

- :skill:`go` and :skill:`cni`

Listed
------

.. entry-list::
   :types: project
"""


def test_sections_with_only_text_are_in_files_that_are_made_of_entries(exports: Any, tmp_path: Path) -> None:
    """Text about an entry is not among them, nor the list of skills, nor what a view leaves out."""
    views = {"cni": {"title": "CNI", "skills": ["cni"]}}
    settings = {"folio_views": views, "folio_exports": ["json", "rendercv"]}
    app = exports({"home.rst": HOME + TEXT_SECTIONS}, settings=settings)
    assert json.loads((app.outdir / "resume.json").read_bytes())["x-folio"]["sections"] == [
        {"title": "Parental leave", "text": "2018 – 2019"},
        {"title": "Teaching", "text": "Every year: Go.\n\n1. One\n2. Two\n   - below"},
    ]
    cv = (app.outdir / "resume-rendercv.yaml").read_text("utf-8")
    assert '    "Teaching":\n      - "*Every* year: Go."\n      - "- One"\n' in cv


def test_an_offer_of_a_file_that_is_not_made_is_reported(exports: Any, restructuredtext: dict[str, str]) -> None:
    home = {"home.rst": restructuredtext["home.rst"] + OFFER + "   :files: txt, docx, pdf-letter\n"}
    line = home["home.rst"].count("\n")
    app = exports(home, settings={"folio_exports": ["txt"]})
    [warning] = strip_escape_sequences(app.warning.getvalue()).splitlines()
    says = "the file 'docx' is not made; add it to folio_exports in conf.py, or remove it here [folio.invalid_option]"
    assert warning.partition("home.rst")[2] == f":{line}: WARNING: {says}"
    second = {"extensions": [*EXTENSIONS, "sphinx_folio.languages"], "folio_languages": {"de": "", "en": "en"}}
    assert "is not made" not in exports(home, settings={**second, "folio_exports": ["txt"]}).warning.getvalue()
    assert exports(home, settings={"folio_exports": ["txt", "docx"]}).warning.getvalue() == ""


def test_without_a_person_nothing_is_made(exports: Any) -> None:
    app = exports({"home.rst": f"Home\n====\n{OFFER}"})
    assert made(app) == set()
    assert offers(app, "home.html") == []


def test_without_the_library_a_line_says_so_and_the_rest_is_made(exports: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "LIBRARIES", ("no_such_library",))
    app = exports()
    assert app.warning.getvalue() == ""
    assert made(app) == FILES - {"resume.pdf"}
    assert (
        'resume.pdf is not made: no_such_library not installed; run “pip install "sphinx-folio[pdf]"”\n'
        in app.status.getvalue()
    )


@pytest.mark.parametrize("builder", ["html", "folio-files", "text"])
def test_a_library_for_a_file_that_conf_names_is_missed_loudly(
    exports: Any, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    monkeypatch.setattr(typesetting, "LIBRARIES", ("no_such_library",))
    app = exports(settings={"folio_exports": ["pdf", "json"]}, builder=builder)
    message = (
        'WARNING: resume.pdf is not made: no_such_library not installed; run “pip install "sphinx-folio[pdf]"”'
        " [folio.missing_library]"
    )
    assert app.warning.getvalue().count(message) == (builder == "html")


def test_an_offer_of_a_file_whose_library_is_missing_is_reported_until_it_is_installed(
    exports: Any, restructuredtext: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = {"home.rst": restructuredtext["home.rst"] + OFFER + "   :files: pdf, txt\n"}
    with monkeypatch.context() as patch:
        patch.setattr(typesetting, "LIBRARIES", ("no_such_library",))
        app = exports(home)
        [warning] = strip_escape_sequences(app.warning.getvalue()).splitlines()
        says = 'resume.pdf is not made: no_such_library not installed; run “pip install "sphinx-folio[pdf]"”'
        line = home["home.rst"].count("\n") - 1
        assert warning.partition("home.rst")[2] == f":{line}: WARNING: {says} [folio.missing_library]"
        assert exports(home).warning.getvalue() == app.warning.getvalue()
    app = exports(home)
    assert app.warning.getvalue() == ""
    assert "resume.pdf" in made(app)


LISTS = """
.. folio:project-cards::

.. folio:skill-matrix::

.. folio:evidence-table::

.. list-table::
   :header-rows: 1

   * - Tool
     - Years
   * - vim
     - 20
"""


def test_cards_are_entries_of_the_resume_and_tables_as_wide_as_the_site_are_left_out(
    exports: Any, restructuredtext: dict[str, str]
) -> None:
    text = restructuredtext["home.rst"].replace("\n.. project-cards::\n", LISTS)
    app = exports({"home.rst": text}, settings={"folio_exports": ["txt"]})
    resume = (app.outdir / "resume.txt").read_text("utf-8")
    assert "\nTool | Years\nvim | 20\n" in resume
    lists = resume[resume.index("\nLists\n") :]
    assert lists.startswith(
        "\nLists\n\nPool\nAcme · Engineer\nJan 2022 – Jun 2023\nexample.org/pool\nGives out addresses.\nSkills: "
    )
    assert "Sources" not in resume
    assert "✓" not in resume


TALKS = """
.. folio:talk:: pools
   :title: Pools
   :event: Meetup
   :date: 2024-10

.. folio:project-cards::

.. folio:entry-list::
   :types: talk
"""


def test_entries_listed_after_cards_are_entries_of_their_own(exports: Any, restructuredtext: dict[str, str]) -> None:
    text = restructuredtext["home.rst"].replace("\n.. project-cards::\n", TALKS)
    app = exports({"home.rst": text}, settings={"folio_exports": ["txt"]})
    resume = (app.outdir / "resume.txt").read_text("utf-8")
    assert re.search("\nSkills: .*\n\nPools\nMeetup\nOct 2024\n", resume)


def test_evidence_between_highlights_does_not_divide_their_list(exports: Any) -> None:
    evidence = ".. folio:evidence:: e{0}\n   :kind: page\n   :title: E\n   :url: https://example.org/{0}\n   :by: own\n"
    highlight = "\n.. folio:highlight:: h{0}\n   :position: job\n\n   Claim {0}.\n\n"
    job = "\n.. folio:position:: job\n   :entity: Acme\n   :title: Engineer\n   :start: 2020\n"
    text = HOME + job + "".join((highlight + evidence).format(number) for number in range(2))
    app = exports({"home.rst": text}, settings={"folio_exports": ["txt"], "folio_resume": "home"})
    assert "- Claim 0.\n- Claim 1.\n" in (app.outdir / "resume.txt").read_text("utf-8")


def test_a_timeline_does_not_repeat_the_positions_of_the_resume(exports: Any, restructuredtext: dict[str, str]) -> None:
    timeline = "\nCareer\n------\n\n.. timeline::\n"
    pages = {"work.rst": restructuredtext["work.rst"] + timeline, "home.rst": restructuredtext["home.rst"] + timeline}
    app = exports(pages, settings={"folio_exports": ["txt"], "folio_resume": "work"})
    resume = (app.outdir / "resume.txt").read_text("utf-8")
    assert "Career" not in resume
    assert resume.count("Aug 2021") == 1
    app = exports(pages, settings={"folio_exports": ["txt"], "folio_resume": "home"})  # a page without positions
    resume = (app.outdir / "resume.txt").read_text("utf-8")
    assert "\nCareer\n" in resume
    assert "Engineer" in resume


def test_a_resume_without_positions_that_another_page_has_is_reported_once(
    exports: Any, restructuredtext: dict[str, str]
) -> None:
    def reported(pages: dict[str, str | None] | None = None, **settings: Any) -> list[str]:
        app = exports(pages, settings={"folio_resume": "", "folio_exports": ["txt"], **settings})
        return [line for line in app.warning.getvalue().splitlines() if "split_resume" in line]

    [warning] = map(strip_escape_sequences, reported())
    assert warning.partition("WARNING: ")[2] == (
        "the page 'work' has positions or education, but PDF, Word and text files are made from 'home', which has"
        " neither; set folio_resume = \"work\", or add the directive timeline to 'home' [folio.split_resume]"
    )
    assert len(reported()) == 1  # without changes, the build reports it again
    assert reported(folio_exports=["json"]) == []
    assert reported(folio_resume="home") == []
    assert reported({"home.rst": restructuredtext["home.rst"] + "\n.. timeline::\n"}) == []


def test_cards_do_not_repeat_the_projects_of_the_resume(exports: Any, restructuredtext: dict[str, str]) -> None:
    other = ".. project:: other\n   :name: Another\n\n   Elsewhere.\n"
    lists = "\nCards\n-----\n\n.. project-cards::\n"
    pages = {"work.rst": restructuredtext["work.rst"] + lists}
    settings = {"folio_exports": ["txt"], "folio_resume": "work"}
    app = exports(pages, settings=settings)
    resume = (app.outdir / "resume.txt").read_text("utf-8")
    assert (resume.count("Gives out addresses."), "Cards" in resume) == (1, False)
    app = exports(pages | {"proof.rst": restructuredtext["proof.rst"] + f"\nMore\n----\n\n{other}"}, settings=settings)
    resume = (app.outdir / "resume.txt").read_text("utf-8")
    assert (resume.count("Gives out addresses."), resume.count("\nCards\n\nAnother\n")) == (1, 1)


def test_listed_highlights_have_no_evidence_on_paper(exports: Any, restructuredtext: dict[str, str]) -> None:
    home = restructuredtext["home.rst"].replace(".. project-cards::", ".. highlight-list::")
    app = exports({"home.rst": home}, settings={"folio_exports": ["txt"]})
    resume = (app.outdir / "resume.txt").read_text("utf-8")
    assert "Gave out 1000 addresses in a minute." in resume
    assert "Pool 1.0" not in resume


def test_the_home_page_of_a_site_about_something_else_is_no_profile(exports: Any) -> None:
    def profiles(**settings: str) -> list[str]:
        app = exports(settings=settings)
        pages = ((page.stem, page.read_text("utf-8")) for page in sorted(app.outdir.glob("*.html")))
        return [name for name, text in pages if "ProfilePage" in text]

    assert profiles(project="Tidewater", folio_resume="work") == ["home", "work"]
    assert profiles(project="Portfolio of Ada Example") == ["home", "index"]


WITH_FONT = "write another, or name a folder with a font that has it, such as {}, in folio_resume_fonts"
MISSING = [
    ("🎉", "🎉 (U+1F389)", "write a word instead of an emoji"),
    ("ไทย", "ท (U+0E17), ย (U+0E22), ไ (U+0E44)", WITH_FONT.format("Noto Sans Thai")),
    ("مرحبا", "ا (U+0627), ب (U+0628), ح (U+062D), ر (U+0631), م (U+0645)", WITH_FONT.format("Amiri")),
    ("\U0002a6a5", "\U0002a6a5 (U+2A6A5)", WITH_FONT.format("BabelStone Han")),
    ("e\u0e31", "U+0E31", WITH_FONT.format("Noto Sans Thai")),
    (
        "\U00013000",
        "\U00013000 (U+13000)",
        "write another, or name a folder with a font that has it in folio_resume_fonts",
    ),
]


@pytest.mark.parametrize("markup", ["rst", "md"])
def test_a_character_without_a_glyph_is_reported_at_its_line(
    markup: str, exports: Any, build: Any, markdown: dict[str, str]
) -> None:
    def edited(page: str, indent: str) -> str:
        added = "".join(f"\n\n{indent}Of\n{indent}many {text} parts." for text, _named, _remedy in MISSING)
        return page.replace("Builds networks.", f"Builds networks.{added}")

    if markup == "rst":
        app = exports({"home.rst": edited(HOME, "   ")})
    else:
        pages = {**markdown, "home.md": edited(markdown["home.md"], "")}
        app = build(pages, settings={"extensions": EXTENSIONS, "folio_resume": "home"})
    warnings = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert made(app) == FILES
    shown = " ".join(PdfReader(app.outdir / "resume.pdf").pages[0].extract_text().split())
    plain = (app.outdir / "resume.txt").read_text("utf-8")
    for number, ((text, named, remedy), warning) in enumerate(zip(MISSING, warnings, strict=True)):
        place = f"home.{markup}:{13 + 3 * number}"
        assert f"{place}: WARNING: no font of resume.pdf has {named}; a square takes the place" in warning
        assert warning.endswith(f"{remedy} [folio.missing_glyph]")
        squares = "e" if text.startswith("e") else "□" * len(text)
        assert f"many {squares} parts." in shown
        assert text in plain


def test_a_missing_glyph_is_reported_at_every_place_by_every_build_and_once_for_all_views(
    exports: Any, restructuredtext: dict[str, str]
) -> None:
    pages = {
        "home.rst": restructuredtext["home.rst"].replace("Builds", "🎉 builds") + "\nMore 🎉.\n",
        "work.rst": restructuredtext["work.rst"].replace("Pool\n~~~~", "Pool ไ 🎉\n~~~~~~~~~"),
    }
    views = {"net": {"title": "Net", "categories": ["networking"]}}
    for _time in range(2):
        app = exports(pages, settings={"folio_views": views})
        warnings = strip_escape_sequences(app.warning.getvalue()).splitlines()
        places = [warning.partition(": WARNING: ")[0].rpartition("/")[2] for warning in warnings]
        assert places == ["home.rst:11", "home.rst:25", "work.rst:13"]
        assert "resume.pdf has ไ (U+0E44);" in warnings[2]
    assert (app.outdir / "resume-net.pdf").exists()


def test_what_is_only_for_html_is_on_the_pages_of_views_but_in_no_file(exports: Any) -> None:
    pages = {"home.rst": f"{HOME}\n.. only:: html\n\n   For the web.\n\n.. only:: latex\n\n   For paper.\n"}
    app = exports(pages, settings={"folio_views": {"net": {"title": "Net", "categories": ["networking"]}}})
    assert app.warning.getvalue() == ""
    for name, has in (("home.html", True), ("home-net.html", True), ("resume.txt", False)):
        text = (app.outdir / name).read_text("utf-8")
        assert ("For the web." in text) is has, name
        assert "For paper." not in text


def test_what_is_only_for_builds_with_a_tag_is_in_the_files_of_these(exports: Any) -> None:
    job = "   Harbor\n   ^^^^^^\n\n   .. folio:position:: harbor\n      :title: Pilot\n      :start: 2020-01\n"
    pages = {"home.rst": f"{HOME}\n.. only:: sea\n\n   By ship.\n\n{job}"}
    for tags, has in (("sea",), True), ((), False):
        app = exports(pages, tags=tags)
        assert app.warning.getvalue() == ""
        text = (app.outdir / "resume.txt").read_text("utf-8")
        assert [words in text for words in ("By ship.", "\nHarbor\nPilot\n")] == [has, has]


TEAM = """Our team
========

Ada
---

.. folio:person:: ada
   :label: Engineer

   Builds harbors.

Port
^^^^

.. folio:position:: port
   :title: Pilot
   :start: 2020-01

.. folio:highlight:: empty

.. topic:: Results

   Saved money.

.. admonition:: Prizes

   Won two.

Talks
=====

Spoke twice.
"""


def test_the_person_may_be_in_any_section_and_all_sections_of_the_page_are_in_the_files(exports: Any) -> None:
    app = exports({"home.rst": TEAM})
    (warning,) = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert "this highlight has no text" in warning
    text = (app.outdir / "resume.txt").read_text("utf-8")
    assert text.splitlines()[:4] == ["Ada", "Pilot", "Engineer", "Builds harbors."]
    after = "Port\nPilot\nJan 2020 – present\nResults\nSaved money.\nPrizes\nWon two.\n\nTalks\nSpoke twice.\n"
    assert text.endswith(after)
    shown = PdfReader(app.outdir / "resume.pdf").pages[0].extract_text()
    assert all(line in shown for line in text.splitlines())


def test_a_missing_glyph_fails_a_strict_build_after_all_else_is_made(exports: Any) -> None:
    app = exports({"home.rst": HOME.replace("Builds", "🎉 builds")}, warningiserror=True)
    assert app.statuscode == 1
    assert made(app) == FILES


def test_a_further_font_has_what_ours_lack(exports: Any, tmp_path: Path) -> None:
    pages = {"home.rst": HOME.replace("Builds", "مثال builds")}
    fonts = tmp_path / "source" / "fonts"
    fonts.mkdir(parents=True)
    settings = {"folio_resume_fonts": ["fonts"]}
    with pytest.raises(ConfigError, match=r"folio_resume_fonts in conf\.py: .*/fonts has no fonts \(\.otc, \.otf,"):
        exports(pages, settings=settings)
    shutil.copy(CAREERS / "fonts" / "Amiri-Regular.ttf", fonts)
    assert "no font of resume.pdf has ا (U+0627)," in exports(pages).warning.getvalue()
    app = exports(pages, settings=settings)
    assert app.warning.getvalue() == ""
    assert pdf_fonts(app) == {"Amiri", "SourceSans3"}
    assert pdf_fonts(exports(pages, settings=settings | {"folio_resume_font_families": ["Amiri"]})) == {"Amiri"}
    with pytest.raises(ConfigError, match=r"unknown font family 'Amiry'; did you mean 'Amiri'\?"):
        exports(pages, settings=settings | {"folio_resume_font_families": ["Amiry"]})


def pdf_fonts(app: Any) -> set[str]:
    """Return the font families of the PDF."""
    pages: Any = PdfReader(app.outdir / "resume.pdf").pages
    fonts = [page["/Resources"]["/Font"] for page in pages]
    names = [str(font["/BaseFont"]) for page in fonts for font in page.values()]
    return {name.partition("+")[2].partition("-")[0] for name in names}


def test_a_built_in_font_needs_no_folder(exports: Any) -> None:
    assert "Lato" in pdf_fonts(exports(settings={"folio_resume_font_families": ["Lato"]}))
    assert "Lato" not in pdf_fonts(exports())


def test_a_photo_is_in_the_pdf_with_a_description_and_without_metadata(exports: Any) -> None:
    photo = (CAREERS / "photo.svg").read_text(encoding="utf-8")
    settings = {"folio_resume_photo": "photo.svg"}
    without = (exports().outdir / "resume.pdf").read_bytes()
    data = (exports({"photo.svg": photo}, settings=settings).outdir / "resume.pdf").read_bytes()
    assert data != without
    assert "Photo of Ada Example" in descriptions(data)
    changed = exports({"photo.svg": photo.replace("#0b6b6b", "#000000")}, settings=settings)
    assert (changed.outdir / "resume.pdf").read_bytes() not in (data, without)


def test_a_photo_that_is_none_or_too_large_is_refused(exports: Any) -> None:
    for text, problem in (
        ("HEIC", r"photo\.jpg is not a photo \(\.jpg, "),
        ("<" * 1_000_001, "has 1000 KB, more than 1000;"),
    ):
        with pytest.raises(ConfigError, match=rf"folio_resume_photo in conf\.py: .*{problem}"):
            exports({"photo.jpg": text}, settings={"folio_resume_photo": "photo.jpg"})


def descriptions(data: bytes) -> list[str]:
    """Return the texts that the PDF has instead of pictures."""
    reader = PdfReader(io.BytesIO(data))
    objects: list[Any] = [reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"])))]
    return [str(found["/Alt"]) for found in objects if isinstance(found, dict) and "/Alt" in found]


def test_a_character_that_a_template_adds_ends_the_build_with_its_name(exports: Any) -> None:
    template = {"own.typ": pdf.TEMPLATES["resume"].read_text(encoding="utf-8") + "\n🎉\n"}
    with pytest.raises(Exception, match=r"own\.typ has characters that no font has: 🎉 \(U\+1F389\)"):
        exports(template, settings={"folio_resume_template": "own.typ"})


def test_a_template_that_cannot_be_set_ends_the_build(exports: Any) -> None:
    template = {"own.typ": "#let x = 1\n#nothing-of-this-name\n"}
    with pytest.raises(
        Exception, match=r"/own\.typ:2: the template is invalid: unknown variable: nothing-of-this-name"
    ):
        exports(template, settings={"folio_resume_template": "own.typ"})


def test_a_resume_that_is_too_long_is_reported_at_every_build(exports: Any, restructuredtext: dict[str, str]) -> None:
    pages = {
        "home.rst": restructuredtext["home.rst"] + "\nLong\n----\n\n" + "- A line.\n" * 150 + "\nEnd\n---\n\nEnd.\n"
    }
    for _time in range(2):
        warnings = exports(pages).warning.getvalue()
        assert (
            "resume.pdf has 3 pages at 9.0 pt, more than 2; shorten the résumé, raise folio_resume_max_pages, or leave out"
            " entries in a view (folio_views) [folio.long_resume]" in warnings
        )
    assert exports(pages, settings={"folio_resume_max_pages": 3}).warning.getvalue() == ""
    view = {"title": "Short", "without": ["talk"], "max_pages": 2}
    warnings = exports(pages, settings={"folio_resume_max_pages": 3, "folio_views": {"short": view}}).warning.getvalue()
    assert warnings.count("folio.long_resume") == 1
    assert (
        'resume-short.pdf has 3 pages at 9.0 pt, more than 2; shorten the résumé, raise folio_views["short"]["max_pages"],'
        in warnings
    )


def test_a_second_build_writes_nothing_again(exports: Any, restructuredtext: dict[str, str]) -> None:
    pages = {"home.rst": restructuredtext["home.rst"] + OFFER}
    app = exports(pages)
    before = {name: (app.outdir / name).stat().st_mtime_ns for name in (*FILES, "home.html")}
    app = exports(pages)
    assert {name: (app.outdir / name).stat().st_mtime_ns for name in before} == before


def test_an_edit_elsewhere_changes_what_is_offered_and_what_is_told(
    exports: Any, restructuredtext: dict[str, str], contents: Any
) -> None:
    """The page that offers the files is not edited, but the files are others: what it says of them must be true."""
    home = restructuredtext["home.rst"] + OFFER
    exports({"home.rst": home})
    pages = {
        "home.rst": home,
        "work.rst": restructuredtext["work.rst"].replace("Gives out addresses.", "Gives. " * 300),
    }
    app = exports(pages)
    size = (app.outdir / "resume.pdf").stat().st_size
    assert offers(app, "home.html")[0][1] == f"Résumé as PDF ({round(size / 1000)} KB)"
    incremental = contents(app.outdir, without=("searchindex.js", ".buildinfo"))
    clean = exports(pages, folder="clean")
    assert contents(clean.outdir, without=("searchindex.js", ".buildinfo")) == incremental


def test_serial_and_parallel_builds_make_the_same(
    exports: Any, restructuredtext: dict[str, str], contents: Any
) -> None:
    pages = {"home.rst": restructuredtext["home.rst"] + OFFER}
    serial = exports(pages)
    parallel = exports(pages, folder="parallel", parallel=2)
    assert contents(serial.outdir) == contents(parallel.outdir)


def test_both_of_sphinxs_languages_make_the_same(
    build: Any, restructuredtext: dict[str, str], markdown: dict[str, str]
) -> None:
    settings = {"extensions": EXTENSIONS}
    one = {name: (build(restructuredtext, settings=settings).outdir / name).read_bytes() for name in FILES}
    for name in restructuredtext:
        markdown[name] = None  # type: ignore[assignment]  # it is taken away
    other = build(markdown, settings=settings, folder="other")
    assert {name: (other.outdir / name).read_bytes() for name in FILES} == one


def test_the_pdf_does_not_depend_on_place_home_or_locale(
    exports: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = (exports().outdir / "resume.pdf").read_bytes()
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert (exports(folder="elsewhere").outdir / "resume.pdf").read_bytes() == first


def test_the_resume_page_can_be_named(exports: Any) -> None:
    app = exports(settings={"folio_resume": "work"})
    text = (app.outdir / "resume.txt").read_text("utf-8")
    assert text == (
        "Ada Example\nNetwork engineer\nada@example.org\ngithub.com/example\nblog.example.org/a,b\n"
        "Born May 1990\n\nAcme\nEngineer\nAug 2021 – Jun 2023\nSkills: Go\n\n"
        "Pool\nJan 2022 – Jun 2023\nAcme · Engineer\nexample.org/pool\nGives out addresses.\n"
        "- Gave out 1000 addresses in a minute.\nSkills: Go, CNI\n\nSchool\nBachelor\nMathematics\n2010 – 2014\n"
    )


def test_the_date_of_the_content_is_on_the_pdf_and_in_its_metadata(exports: Any) -> None:
    app = exports(settings={"folio_resume_date": "2023-06"})
    assert app.warning.getvalue() == ""
    reader = PdfReader(app.outdir / "resume.pdf")
    assert reader.metadata is not None
    assert str(reader.metadata["/CreationDate"]).startswith("D:20230601")
    assert "2026" not in "".join(map(str, reader.metadata.values()))
    assert "As of Jun 2023" in reader.pages[0].extract_text()
    assert "As of" not in PdfReader(exports(folder="other").outdir / "resume.pdf").pages[0].extract_text()


def test_a_second_paper_has_a_file_of_its_own(exports: Any, restructuredtext: dict[str, str]) -> None:
    def widths(app: Any) -> dict[str, int]:
        return {path.name: round(PdfReader(path).pages[0].mediabox.width) for path in app.outdir.glob("*.pdf")}

    pages = {"home.rst": restructuredtext["home.rst"] + OFFER}
    views = {"folio_views": {"net": {"title": "Networks", "categories": ["networking"]}}}
    app = exports(pages, settings={"folio_resume_paper": ["us-letter", "a4"], **views})
    assert app.warning.getvalue() == ""
    assert widths(app) == {"resume.pdf": 612, "resume-a4.pdf": 595, "resume-net.pdf": 612}
    page: Any = Document(str(app.outdir / "resume.docx")).sections[0]
    assert round(page.page_width.inches, 1) == 8.5
    with ZipFile(app.outdir / "resume.odt") as archive:
        assert b'fo:page-width="8.5in"' in archive.read("styles.xml")
    assert 'size: "us-letter"' in (app.outdir / "resume-rendercv.yaml").read_text("utf-8")
    assert offers(app, "home.html")[1] == ("resume-a4.pdf", "PDF on A4")
    assert '<span class="folio-size"> (US Letter, ' in (app.outdir / "home.html").read_text("utf-8")
    assert widths(exports(pages, settings={"folio_resume_paper": ["a4", "us-letter"]})) == {
        "resume.pdf": 595,
        "resume-letter.pdf": 612,
    }
    assert widths(exports(pages, settings={"folio_resume_paper": ["a4", "us-letter"], "folio_exports": ["txt"]})) == {}
    with pytest.raises(ConfigError, match="unknown export 'pdf-letter'"):
        exports(settings={"folio_exports": ["pdf-letter"]})


HIGHLIGHTS = {
    "rst": """
Initech
-------

.. position:: initech
   :title: Engineer
   :start: 2024

   Pays two hundred merchants.

.. highlight:: batch
   :name: Faster

   The batch closes in minutes.

.. highlight:: calm

   The pager is quiet.

Claims
------

.. highlight:: alone

   It has the section for itself.

Index
-----

.. skill-index::
""",
    "md": """
## Initech

```{position} initech
:title: Engineer
:start: 2024

Pays two hundred merchants.
```

```{highlight} batch
:name: Faster

The batch closes in minutes.
```

```{highlight} calm
The pager is quiet.
```

## Claims

```{highlight} alone
It has the section for itself.
```

## Index

```{skill-index}
```
""",
}


JOBS = """# Home

```{person} ada
:name: Ada
```

## Skills

```{skill-index}
:level: fair
```

```{skill-tags}
:category: people
```

## Work

### Acme

```{position} lead
:title: Lead
:start: 2022
:skills: hiring
```

```{highlight} store
:skills: kafka, cni, hiring

A store in Kafka, by a team.
```

```{highlight} move
:skills: cni

Moved it.
```

```{evidence} report
:kind: report
:title: Report on C
:url: https://example.org/report
:by: own
:skills: c
:highlights: move
```

```{position} engineer
:title: Engineer
:start: 2020
:end: 2021

- plain
```

```{highlight} cards
:skills: cni

Drivers for network cards (CNI).
```

#### Pool

```{project} pool
:languages: c
:skills: cni
:repository: https://www.example.org/pool/
:documentation: https://docs.example.org

Gives out addresses.
```

## Certificates

```{certificate} cka
:name: Administrator
:date: 2021
:skills: cni, auditing
```

## List

```{highlight-list}
:skill: hiring
```
"""
SKILLS = """# Names

## Hiring

```{skill} hiring
:category: people
```

## Auditing

```{skill} auditing
:category: checks
```

## Apache Kafka

```{skill} kafka
:category: tools
:level: good
```

## C

```{skill} c
:category: tools
:level: good
```

## CNI (network)

```{skill} cni
:category: tools
:level: fair
```
"""


JAPANESE = """
# 職務経歴

```{person} taro
:name: 見本
:label: バックエンドエンジニア
```

## スキル

```{skill-index}
```

## 会社

```{position} company
:title: シニアバックエンドエンジニア
:start: 2022

*従業員* 300 名の会社。
```
"""


def test_a_japanese_resume_has_each_level_in_parentheses_its_title_once_and_no_slanted_letter(build: Any) -> None:
    levels = {"folio_levels": ["fair", "good"], "folio_categories": {"tools": "道具", "people": "人", "checks": "検査"}}
    settings = {"extensions": EXTENSIONS, "folio_exports": ["txt", "odt", "vcard"], "language": "ja", **levels}
    app = build({"index.md": f"{JAPANESE}\n```{{toctree}}\nskills\n```\n", "skills.md": SKILLS}, settings=settings)
    text = (app.outdir / "resume.txt").read_text("utf-8")
    assert text.startswith("見本\nシニアバックエンドエンジニア\n\n")
    assert "\n道具：Apache Kafka（good）、C（good）、CNI (network)（fair）\n" in text
    assert "NOTE:" not in (app.outdir / "contact.vcf").read_text("utf-8")
    with ZipFile(app.outdir / "resume.odt") as odt:
        assert "italic" not in odt.read("content.xml").decode()


def test_skills_are_one_line_for_a_job_or_project_and_levels_have_one_form(build: Any) -> None:
    levels = {
        "folio_levels": ["fair", "good"],
        "folio_categories": {"tools": "Tools", "people": "People", "checks": "Checks"},
    }
    settings = {"extensions": EXTENSIONS, "folio_exports": ["txt", "odt"], **levels}
    app = build({"index.md": f"{JOBS}\n```{{toctree}}\nskills\n```\n", "skills.md": SKILLS}, settings=settings)
    assert app.warning.getvalue() == ""
    text = (app.outdir / "resume.txt").read_text("utf-8")
    work = text[text.index("\nSkills\n") :]
    assert work == (
        "\nSkills\nTools: Apache Kafka, C – good; CNI (network) – fair\nHiring\n\nWork\n\n"
        "Acme\nLead\n2022 – present\n- A store in Kafka, by a team.\n- Moved it.\nSkills: Hiring, Apache Kafka, CNI (network)\n\n"
        "Acme\nEngineer\n2020 – 2021\n- plain\n- Drivers for network cards (CNI).\nSkills: CNI (network)\n\n"
        "Pool\nexample.org/pool\nDocumentation: docs.example.org\nGives out addresses.\nSkills: C, CNI (network)\n\n"
        "Certificates\nAdministrator | 2021\nSkills: Auditing\n\n"
        "List\n- A store in Kafka, by a team.\nSkills: Apache Kafka, CNI (network), Hiring\n"
    )


@pytest.mark.parametrize("parallel", [1, 2])
def test_highlights_are_bullets_and_levels_are_words(build: Any, pages: dict[str, str], parallel: int) -> None:
    markup = next(iter(pages)).rpartition(".")[2]
    ending = {"rst": "\nC\n-\n\n.. skill:: c\n", "md": "\n## C\n\n```{skill} c\n"}[markup]
    options = {
        "rst": "   :category: networking\n   :level: expert\n",
        "md": ":category: networking\n:level: expert\n```\n",
    }
    skills = pages[f"skills.{markup}"] + ending + options[markup]
    shown = {f"skills.{markup}": skills, f"home.{markup}": pages[f"home.{markup}"] + HIGHLIGHTS[markup]}
    settings = {"extensions": EXTENSIONS, "folio_exports": ["txt"]}
    app = build({**pages, **shown}, settings=settings, parallel=parallel)
    assert app.warning.getvalue() == ""
    text = (app.outdir / "resume.txt").read_text("utf-8")
    assert text.endswith(
        "\nInitech\nEngineer\n2024 – present\nPays two hundred merchants.\n- Faster\n  The batch closes in minutes.\n"
        "- The pager is quiet.\n\nClaims\nIt has the section for itself.\n\n"
        "Index\nLanguages: Go (working)\nNetworking (expert): CNI, C\n"
    )


def test_lines_are_joined_or_broken_and_lists_numbered_as_on_the_page(build: Any) -> None:
    text = "Builds\nnetworks.<br>Since\\\n2015.\n\n    one\n    two\n\n3. three\n"
    page = f"# Home\n\n```{{person}} ada\n:name: Ada\n\n{text}```\n"
    formats = ["json", "pdf", "txt", "markdown"]
    app = build({"index.md": page}, settings={"extensions": EXTENSIONS, "folio_exports": formats})
    summary = json.loads((app.outdir / "resume.json").read_text("utf-8"))["basics"]["summary"]
    assert summary == "Builds networks.\nSince\n2015.\n\none\ntwo\n\n3. three"
    for name in ("resume.txt", "index.md"):
        assert "\nBuilds networks. Since 2015.\n" in (app.outdir / name).read_text("utf-8")
        assert "\n3. three\n" in (app.outdir / name).read_text("utf-8")
    assert "3. three" in PdfReader(app.outdir / "resume.pdf").pages[0].extract_text().replace("\n", " ")


CODE = """
Work
----

>>> level("Go")
'expert'

.. code-block:: python

   def level(skill):
       return levels[skill]

:project:`pool`
---------------

Words.
"""


def test_lines_of_code_stay_lines_and_a_name_in_a_heading_is_a_link(exports: Any) -> None:
    app = exports({"home.rst": HOME + CODE}, settings={"html_baseurl": "https://ada.example.org/"})
    assert app.warning.getvalue() == ""
    lines = (">>> level(\"Go\")\n'expert'\n", "def level(skill):\n", "    return levels[skill]\n")
    text = (app.outdir / "resume.txt").read_text("utf-8").replace("\xa0", " ")
    assert all(line in text for line in lines)
    page = PdfReader(app.outdir / "resume.pdf").pages[0]
    assert all(line in page.extract_text().replace("\xa0", " ") + "\n" for line in lines)
    links = {link["/A"]["/URI"] for link in cast("list[Any]", page["/Annots"]) if "/URI" in link["/A"]}
    assert "https://ada.example.org/work.html#project_pool" in links


def test_linked_data_is_read_as_what_the_pages_say(exports: Any) -> None:
    address = "https://ada.example.org/"
    app = exports(settings={"html_baseurl": address})

    def graph(page: str) -> list[dict[str, Any]]:
        (data,) = extruct.extract((app.outdir / page).read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
        found: list[dict[str, Any]] = data["@graph"]
        return found

    profile, person, pool = graph("home.html")
    assert (profile["@type"], profile["url"]) == ("ProfilePage", address + "home.html")
    assert person["@id"] == address + "home.html#person_ada"
    assert person["sameAs"] == ["https://github.com/example", "https://blog.example.org/a,b"]
    assert {skill["name"]: skill["url"] for skill in person["knowsAbout"]} == {
        "Go": address + "skills.html#skill_go",
        "CNI": address + "skills.html#skill_cni",
    }
    assert pool["@id"] == address + "work.html#project_pool"
    assert graph("index.html")[0]["name"] == "Portfolio"
    assert [part["name"] for part in graph("work.html")] == ["Ada Example", "Pool"]
    assert "ld+json" not in (app.outdir / "skills.html").read_text("utf-8")


def test_no_text_of_a_page_breaks_out_of_its_linked_data(exports: Any, restructuredtext: dict[str, str]) -> None:
    hostile = "</script><script>alert(1)</script>"
    page = restructuredtext["home.rst"].replace("Ada Example", hostile)
    app = exports({"home.rst": page})
    html = (app.outdir / "home.html").read_text("utf-8")
    assert "<script>alert" not in html
    (data,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    assert data["@graph"][1]["name"] == hostile
    assert json.loads((app.outdir / "resume.json").read_text("utf-8"))["basics"]["name"] == hostile


def test_a_list_of_the_summary_is_a_list_in_json(exports: Any) -> None:
    items = "   - One\n     item.\n   - Two\n\n     * Inner\n\n   - https://github.com/ada\n"
    page = f"Me\n==\n\n.. person:: ada\n   :name: Ada\n   :profiles: GitHub <https://github.com/ada>\n\n   Text.\n\n{items}"
    app = exports({"home.rst": page})
    basics = json.loads((app.outdir / "resume.json").read_text("utf-8"))["basics"]
    assert basics["summary"] == "Text.\n\n- One item.\n- Two\n  - Inner"


def test_a_summary_away_from_the_person_is_the_persons(exports: Any) -> None:
    page = "Me\n==\n\n.. person:: ada\n   :name: Ada\n   :profiles: GitHub <https://github.com/ada>\n   :unlisted: profiles\n\nSum\n---\n\n.. summary::\n\n   One.\n\n   Two.\n"
    app = exports({"home.rst": page})
    assert app.warning.getvalue() == ""
    basics = json.loads((app.outdir / "resume.json").read_text("utf-8"))["basics"]
    assert basics["summary"] == "One.\n\nTwo."
    assert basics["profiles"][0]["url"] == "https://github.com/ada"
    assert (
        "https://github.com/ada"
        not in BeautifulSoup((app.outdir / "home.html").read_text("utf-8"), "html.parser").get_text()
    )
    assert (app.outdir / "resume.txt").read_text("utf-8") == "Ada\nEngineer\ngithub.com/ada\n\nSum\nOne.\nTwo.\n"


def test_an_offer_can_be_of_some_files_only(exports: Any, restructuredtext: dict[str, str]) -> None:
    app = exports({"home.rst": restructuredtext["home.rst"] + OFFER + "   :files: json, rtf, pdf\n"})
    assert (
        "home.rst:27: WARNING: unknown files 'rtf'; known: pdf, pdf-a4, pdf-letter, docx, odt, txt, json, rendercv, vcard [folio.invalid_option]"
        in app.warning.getvalue()
    )
    assert [href for href, _text in offers(app, "home.html")] == ["resume.pdf", "resume.json"]


PRIVATE = {"phone": "+1 555 0123456", "address": "221B Example Street", "birth": "1990-05-17"}


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write private facts into a file that the environment names."""
    path = tmp_path / "private.toml"
    path.write_text("".join(f'{fact} = "{value}"\n' for fact, value in PRIVATE.items()), encoding="utf-8-sig")
    monkeypatch.setenv("FOLIO_PRIVATE", str(path))
    monkeypatch.setenv("FOLIO_PRIVATE_PHONE", PRIVATE["phone"])
    for name in ("READTHEDOCS", "READTHEDOCS_OUTPUT"):
        monkeypatch.delenv(name, raising=False)
    return path


def everything(folder: Path) -> dict[str, str]:
    """Return the text of every file: those of a PDF and of an inventory as a reader gets them, too."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            text = data.decode("utf-8", errors="replace")
            if path.suffix == ".pdf":
                reader = PdfReader(path)
                text += (
                    "".join(page.extract_text() for page in reader.pages)
                    + str(reader.metadata)
                    + str(reader.xmp_metadata)
                )
            if path.suffix == ".inv":
                text += zlib.decompress(data.split(b"\n", 4)[4]).decode()
            found[path.name] = text
    return found


@pytest.mark.usefixtures("private")
def test_a_public_build_has_no_private_fact_anywhere(exports: Any) -> None:
    app = exports({"home.rst": "Home\n====\n", "me.rst": ":orphan:\n\nMe\n==\n\n.. person:: ada\n   :name: Ada\n"})
    texts = everything(app.outdir) | everything(app.doctreedir)
    assert {
        "resume.pdf",
        "objects.inv",
        "searchindex.js",
        "me.html",
        "me.rst.txt",
        "environment.pickle",
    } <= texts.keys()
    assert [
        name
        for name, text in texts.items()
        for fact in PRIVATE.values()
        if fact in text or fact.replace("-", "") in text
    ] == []
    assert [name for name, text in texts.items() if "not for publication" in text] == []


@pytest.mark.usefixtures("private")
def test_a_private_build_tells_them_and_says_so(exports: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    app = exports(settings={"folio_private": True})
    assert app.warning.getvalue() == ""
    texts = everything(app.outdir)
    for name in ("resume.pdf", "resume.json", "resume.txt", "contact.vcf"):
        shown = re.sub("19900517|May 17, 1990", PRIVATE["birth"], texts[name])
        assert [fact for fact in PRIVATE.values() if fact not in shown] == [], name
    assert json.loads(texts["resume.json"])["x-folio"]["private"] is True
    notice = "Private copy, not for publication"
    assert {"home.html", "skills.html"} <= {name for name, text in texts.items() if notice in text}
    for name in ("resume.pdf", "resume.docx", "resume.odt", "resume.txt"):
        assert notice not in texts[name], name
    facts = f"<br />{PRIVATE['phone']}<br />{PRIVATE['address']}<br />Born May 17, 1990</p>"
    assert [name for name, text in texts.items() if facts in text] == ["home.html"]
    assert '<meta name="robots" content="noindex">' in texts["skills.html"]
    monkeypatch.setenv("FOLIO_PRIVATE_PHONE", "+1 555 7654321")
    home = (exports(settings={"folio_private": True}).outdir / "home.html").read_text("utf-8")
    assert facts.replace(PRIVATE["phone"], "+1 555 7654321") in home
    assert [
        name for name, text in everything(app.doctreedir).items() for fact in PRIVATE.values() if fact in text
    ] == []


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("variable", ["READTHEDOCS", "READTHEDOCS_OUTPUT"])
def test_a_private_build_is_refused_where_it_would_be_published(
    exports: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    monkeypatch.setenv(variable, "True" if variable == "READTHEDOCS" else str(tmp_path))
    with pytest.raises(
        ConfigError, match="a private build is not allowed here: Read the Docs publishes all that it builds"
    ):
        exports(settings={"folio_private": True})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('phone = "1"\nfax = "2"\n', "there is no private fact 'fax'; there are phone, address, birth"),
        ("phone = 1 2\n", "which cannot be read: "),
        (None, "which cannot be read: "),
        ('birth = "May 1990"\n', "the private fact 'birth': not a date: 'May 1990'"),
    ],
)
def test_what_is_wrong_with_private_facts_is_said(exports: Any, private: Path, text: str | None, message: str) -> None:
    if text is None:
        private.unlink()
    else:
        private.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        exports(settings={"folio_private": True})


def test_private_facts_are_not_read_from_the_repository(
    exports: Any, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = private.parent / "source" / "private.toml"
    inside.parent.mkdir()
    inside.write_bytes(private.read_bytes())
    monkeypatch.setenv("FOLIO_PRIVATE", str(inside))
    with pytest.raises(ConfigError, match="which lies in the repository"):
        exports(settings={"folio_private": True})


def test_a_private_build_without_facts_is_refused(exports: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FOLIO_PRIVATE", "FOLIO_PRIVATE_PHONE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ConfigError, match="a private build has nothing private to show: set FOLIO_PRIVATE"):
        exports(settings={"folio_private": True})


def test_downloads_know_the_views_of_today(exports: Any) -> None:
    page = {"offer.rst": ":orphan:\n\nOffer\n=====\n\n.. downloads::\n   :views: net\n"}
    views = {"folio_views": {"net": {"title": "Networks", "categories": ["networking"]}}}
    unknown = "offer.rst:7: WARNING: unknown views 'net'; folio_views in conf.py is empty [folio.invalid_option]"
    assert unknown in exports(page).warning.getvalue()
    app = exports(page, settings=views)
    assert app.warning.getvalue() == ""
    assert ("home-net.html", "Résumé") in [(href, text[:6]) for href, text in offers(app, "offer.html")]
    assert unknown in exports(page).warning.getvalue()


REFUSED = r"a public build is refused in .*: .* holds a private build; delete that folder or choose another"
CHANGES: list[dict[str, Any]] = [
    {},
    {"folio_views": {}},
    {"folio_exports": []},
    {"extensions": ["myst_parser", "sphinx_folio"], "folio_views": None},
]


@pytest.mark.usefixtures("private")
def test_no_public_build_goes_where_a_private_one_is(exports: Any, contents: Any, tmp_path: Path) -> None:
    views = {"folio_views": {"net": {"title": "Networks", "categories": ["networking"]}}}
    app = exports(settings={"folio_private": True, **views})
    before = contents(app.outdir)
    assert {"home-net.html", "resume-net.pdf", "contact.vcf"} <= before.keys()
    for builder in ("dirhtml", "singlehtml"):
        (tmp_path / "build" / builder).symlink_to(app.outdir)
    for lost in ([], [app.doctreedir], [*app.outdir.glob(".*")]):
        for path in lost:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            before.pop(path.name, None)
        for builder, change in itertools.product(("html", "dirhtml", "singlehtml"), CHANGES):
            with pytest.raises(ConfigError, match=REFUSED):
                exports({"home.rst": "Home\n====\n"}, builder=builder, settings=views | change)
    assert contents(app.outdir) == before


@pytest.mark.usefixtures("private")
def test_without_its_mark_a_private_build_leaves_nothing_to_a_public_one(exports: Any) -> None:
    views = {"folio_views": {"net": {"title": "Networks", "categories": ["networking"]}}}
    app = exports(settings={"folio_private": True, **views})
    (app.outdir / "folio-private.txt").unlink()
    shutil.rmtree(app.doctreedir)
    texts = everything(exports({"home.rst": "Home\n====\n"}, settings={"folio_exports": []}).outdir)
    assert not {"home-net.html", "resume-net.pdf", "resume-net.json", *FILES} & texts.keys()
    assert [name for name, text in texts.items() if "not for publication" in text] == []


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize(("private_folder", "public_folder"), [("a/html", "a/html/en"), ("a/html/en", "a/html")])
def test_no_public_build_goes_above_or_below_a_private_one(
    private_folder: str, public_folder: str, exports: Any, tmp_path: Path
) -> None:
    def into(folder: str, **settings: Any) -> None:
        place = tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(tmp_path / "build", ignore_errors=True)
        (tmp_path / "build").mkdir()
        (tmp_path / "build" / "html").symlink_to(place)
        exports(settings=settings)

    into(private_folder, folio_private=True)
    with pytest.raises(ConfigError, match=REFUSED):
        into(public_folder)
    into("public")
    into(f"{private_folder}/again", folio_private=True)  # both languages of a private copy


@pytest.mark.usefixtures("private")
def test_no_private_build_goes_where_a_public_one_is(exports: Any, contents: Any, tmp_path: Path) -> None:
    app = exports()
    before = contents(app.outdir)
    refused = r"a private build is refused in .*: a public site was built into .*; choose another folder"
    with pytest.raises(ConfigError, match=refused):
        exports(settings={"folio_private": True})
    below = app.outdir / "private"
    below.mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "html").symlink_to(below)
    with pytest.raises(ConfigError, match=refused):
        exports(settings={"folio_private": True}, folder="other")
    assert contents(app.outdir) == before


@pytest.mark.usefixtures("private")
def test_a_private_build_is_repeated_and_gives_way_when_its_folder_is_deleted(exports: Any) -> None:
    for _time in range(2):
        app = exports(settings={"folio_private": True})
    assert "holds a private build" in (app.outdir / "folio-private.txt").read_text("utf-8")
    shutil.rmtree(app.outdir)
    app = exports()
    texts = everything(app.outdir) | everything(app.doctreedir)
    assert [name for name, text in texts.items() if any(fact in text for fact in PRIVATE.values())] == []
    assert [name for name, text in texts.items() if "not for publication" in text] == []


VIEWS = {"net": {"title": "Networks", "categories": ["networking"]}, "code": {"title": "Code", "skills": ["go"]}}
RESUME = """\
Résumé
======

.. person:: ada
   :name: Ada

.. folio:downloads::
   :views: net

Can
---

- :skill:`go`
- :skill:`cni` and :skill:`go`
- English

Made of code:

1. :skill:`go`

:project:`pool`
---------------

A pool:

- :highlight:`quick <pool-fast>`
- :highlight:`neat <pool-neat>`

:project:`tool`
---------------

A tool.
"""
MORE = """
Tool
~~~~

.. project:: tool
   :languages: go

.. highlight:: pool-neat
   :project: pool
   :skills: go

   Neat.
"""


def test_a_view_says_which_skills_come_first(exports: Any, restructuredtext: dict[str, str]) -> None:
    home = RESUME.replace("   :views: net\n", "")
    pages = {"home.rst": home, "work.rst": restructuredtext["work.rst"] + MORE}
    views = {"both": {"title": "Both", "skills": ["go", "cni"]}}
    for first, can, skills in (
        ([], "Go CNI and Go English", ["Go", "CNI"]),
        (["cni"], "CNI and Go Go English", ["Go", "CNI"]),  # which have different categories
    ):
        app = exports(pages, settings={"folio_views": {"both": views["both"] | {"first": first}}})
        assert app.warning.getvalue() == ""
        page = BeautifulSoup((app.outdir / "home-both.html").read_text("utf-8"), "html.parser").select_one("#can")
        assert page is not None
        assert f"Can {can} Made of code: Go" in " ".join(page.get_text().replace("¶", "").split())
        data = json.loads((app.outdir / "resume-both.json").read_text("utf-8"))
        assert [row["name"] for row in data["skills"]] == skills
        pdf_text = " ".join(PdfReader(app.outdir / "resume-both.pdf").pages[0].extract_text().split())
        assert pdf_text.index("CNI and Go") - pdf_text.index("English") < 0


TAILORED = """\
Résumé
======

.. person:: ada
   :name: Ada

Skills
------

.. skill-index::

Work
----

Acme
~~~~

.. position:: acme
   :title: Engineer
   :start: 2021-01
   :end: 2023-01
   :skills: perl, bgp, cni

   Built networks.

.. highlight:: fast
   :position: acme
   :skills: rust, go

   Made them fast.

Initech
~~~~~~~

.. position:: initech
   :title: Intern
   :start: 2020-01
   :end: 2021-01
   :skills: perl

   Fixed printers.

Projects
--------

Old
~~~

.. project:: old
   :skills: perl

   An old one.

Papers
------

.. publication:: paper
   :date: 2020
   :skills: perl

   A paper.

Certificates
------------

.. entry-list::
   :types: certificate

Later
-----
"""
TAILORED_SKILLS = """\
Skills
======

Perl
----

.. skill:: perl
   :category: languages

Go
--

.. skill:: go
   :category: languages
   :level: skilled

Rust
----

.. skill:: rust
   :category: languages
   :level: expert

CNI
---

.. skill:: cni
   :category: networking

BGP
---

.. skill:: bgp
   :category: networking

Certificate
-----------

.. certificate:: cka
   :date: 2020
   :skills: perl
"""
TAILORED_SETTINGS = {
    "extensions": EXTENSIONS,
    "folio_levels": ["skilled", "expert"],
    "folio_categories": {"networking": "Networking", "languages": "Languages"},
    "folio_views": {
        "net": {"title": "Net", "skills": ["go", "rust", "cni", "bgp"], "first": ["go", "bgp"]},
        "one": {"title": "One", "skills": ["bgp"]},
    },
}


def test_every_format_of_a_view_has_its_skills_in_its_order_and_no_empty_section(build: Any) -> None:
    pages = {"index.rst": "Start\n=====\n\n.. toctree::\n\n   home\n   skills\n", "home.rst": TAILORED}
    app = build(pages | {"skills.rst": TAILORED_SKILLS}, settings=TAILORED_SETTINGS)
    assert app.warning.getvalue() == ""

    def page(name: str) -> Any:
        return BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser")

    def tags(soup: Any, selector: str) -> list[str]:
        return [tag.get_text().partition(",")[0] for tag in soup.select(f"{selector} .folio-tag")]

    whole, net, one = (page(name) for name in ("home.html", "home-net.html", "home-one.html"))
    assert tags(whole, ".folio-skill-index") == ["CNI", "BGP", "Rust", "Go", "Perl"]
    assert tags(net, ".folio-skill-index") == ["BGP", "CNI", "Go", "Rust"]
    assert tags(net, ".folio-position") == ["BGP", "CNI"]
    assert tags(net, ".folio-highlight") == ["Go", "Rust"]
    assert tags(one, ".folio-skill-index") == ["BGP"]
    assert tags(one, ".folio-position") == ["BGP"]
    for skill in net.select(".folio-skill-index .folio-leveled"):
        assert str(skill) in {str(other) for other in whole.select(".folio-leveled")}
    assert [title.get_text().replace("¶", "").split(" ")[0] for title in net.select("h1, h2, h3, h4")] == [
        *("Résumé\N{NO-BREAK SPACE}·", "Skills", "Work", "Acme", "Initech", "Later"),
    ]
    for name, skills in (("net", ["BGP", "CNI", "Go", "Rust"]), ("one", ["BGP"])):
        data = json.loads((app.outdir / f"resume-{name}.json").read_text("utf-8"))
        assert [row["name"] for row in data["skills"]] == skills
        cv = (app.outdir / f"resume-rendercv-{name}.yaml").read_text("utf-8")
        found = re.findall(r"CNI|BGP|Rust|Go|Perl", cv.partition('"Skills"')[2].partition('"Work')[0])
        assert list(dict.fromkeys(found)) == skills
        pdf_text = PdfReader(app.outdir / f"resume-{name}.pdf").pages[0].extract_text()
        index = pdf_text.partition("Skills")[2].partition("Work")[0]
        assert re.findall(r"CNI|BGP|Rust|Go|Perl", index) == skills
        assert "Perl" not in pdf_text
        assert ("Skills: Go, BGP, CNI, Rust" if name == "net" else "Skills: BGP") in pdf_text
        assert ("Languages" in pdf_text) == (name == "net")
        assert not {"Projects", "Old", "Papers", "Certificates"} & {*pdf_text.split()}
        assert "Later" in pdf_text


def test_a_view_tells_what_concerns_it(exports: Any, restructuredtext: dict[str, str]) -> None:
    pages = {"home.rst": RESUME, "work.rst": restructuredtext["work.rst"] + MORE}
    app = exports(pages, settings={"folio_views": VIEWS})
    assert app.warning.getvalue() == ""

    def text(name: str) -> str:
        page = BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser").select_one("#can")
        assert page is not None
        assert page.parent is not None
        return " ".join(page.parent.get_text().replace("¶", "").split())

    assert text("home-net.html").endswith("Can CNI and Go English Pool A pool: quick")
    assert text("home-code.html").endswith("Can Go CNI and Go English Made of code: Go Pool A pool: neat Tool A tool.")
    for name, skills, projects in (("net", ["CNI"], ["Pool"]), ("code", ["Go"], ["Pool", "Tool"])):
        data = json.loads((app.outdir / f"resume-{name}.json").read_text("utf-8"))
        assert [row["name"] for row in data["skills"]] == skills
        assert sorted(row["name"] for row in data["projects"]) == projects
        assert [row["name"] for row in data["work"]] == ["Acme"]
    pdf_text = " ".join(PdfReader(app.outdir / "resume-net.pdf").pages[0].extract_text().split())
    assert "quick" in pdf_text
    assert "neat" not in pdf_text
    assert "Made of code" not in pdf_text


def test_a_project_or_a_highlight_decides_over_the_skills_beside_it(
    exports: Any, restructuredtext: dict[str, str]
) -> None:
    items = """
- :project:`tool` by :skill:`cni`
- :skill:`cni` in :highlight:`neat <pool-neat>`
- :skill:`go` in :project:`pool`
- :project:`tool`, :project:`pool`
- :education:`school` of :skill:`go`
"""
    page = f"Home\n====\n\n.. person:: ada\n   :name: Ada\n\nList:\n{items}\n:project:`tool` by :skill:`cni`\n----------\n\nText.\n"
    pages = {"home.rst": page, "work.rst": restructuredtext["work.rst"] + MORE}
    app = exports(pages, settings={"folio_views": VIEWS})
    shown = {}
    for name in VIEWS:
        soup = BeautifulSoup((app.outdir / f"home-{name}.html").read_text("utf-8"), "html.parser")
        item = next(item for item in soup.select("div.body li p") if "in Pool" in item.get_text())
        assert item.parent is not None
        assert item.parent.parent is not None
        shown[name] = [part.get_text() for part in item.parent.parent.select("p")]
        assert ("Text." in soup.get_text()) == (name == "code")
    assert shown["net"] == ["Go in Pool", "Tool, Pool"]
    assert shown["code"] == ["Tool by CNI", "CNI in neat", "Go in Pool", "Tool, Pool", "School of Go"]


CAREER = """\
Résumé
======

.. person:: ada
   :name: Ada

Work
----

Acme
~~~~

.. position:: acme
   :title: Engineer
   :start: 2021
   :end: 2023

:project:`pool` (:skill:`cni`)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

A pool.

:project:`tool` (:skill:`go`)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

A tool.

Initech
~~~~~~~

.. position:: initech
   :title: Intern
   :start: 2020
   :end: 2021

- :skill:`go`

Umbrella
~~~~~~~~

.. position:: umbrella
   :title: Helper
   :start: 2019
   :end: 2020
"""


def test_a_view_keeps_all_jobs_and_the_paper_does_not_say_that_it_is_one(
    exports: Any, restructuredtext: dict[str, str]
) -> None:
    app = exports(
        {"home.rst": CAREER, "work.rst": restructuredtext["work.rst"] + MORE}, settings={"folio_views": VIEWS}
    )
    assert app.warning.getvalue() == ""
    reader = PdfReader(app.outdir / "resume-net.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "Ada · Résumé · Networks"
    lines = [" ".join(line.split()) for line in reader.pages[0].extract_text().splitlines()]
    assert lines == [
        "Ada", "Engineer", "Work", "Engineer | Acme 2021 – 2023", "Pool (CNI)", "A pool.",
        "Other work: Tool (Go)", "Intern | Initech 2020 – 2021", "Helper | Umbrella 2019 – 2020",
    ]  # fmt: skip
    page = BeautifulSoup((app.outdir / "home-net.html").read_text("utf-8"), "html.parser").get_text()
    assert "Other work: Tool (Go)" in page
    assert "This page shows selected parts of the résumé." in page


def test_a_view_has_a_page_that_leads_on_and_is_not_listed(exports: Any) -> None:
    app = exports(
        {"home.rst": RESUME.replace("- :highlight:`neat <pool-neat>`\n", "").partition(":project:`tool`")[0]},
        settings={"folio_views": VIEWS},
    )
    assert app.warning.getvalue() == ""
    page = BeautifulSoup((app.outdir / "home-net.html").read_text("utf-8"), "html.parser")
    assert page.select('meta[name="robots"][content="noindex"]')
    links = [str(link["href"]) for link in page.select(".folio-downloads a")]
    assert links == [
        "home.html",
        "resume-net.pdf",
        "resume-net.docx",
        "resume-net.odt",
        "resume-net.json",
        "resume-rendercv-net.yaml",
    ]
    skill = page.select_one('a[href="skills.html#skill_cni"]')
    assert skill is not None
    assert ("home-net.html") in {href for href, _text in offers(app, "home.html")}
    assert "home-net" not in (app.outdir / "searchindex.js").read_text("utf-8")
    exports({"home.rst": RESUME.replace("   :views: net\n", "")})
    assert not (app.outdir / "resume-net.pdf").exists()


@pytest.mark.parametrize(
    ("first", "second", "shown"), [("", "", "Ada"), ("First words.\n\nMe\n==\n\n", "More\n====\n\n", "Me")]
)
def test_a_view_has_all_of_a_page_that_is_not_one_section(build: Any, first: str, second: str, shown: str) -> None:
    extensions = {"extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.export"], "folio_exports": ["json"]}
    views = {"folio_views": {"net": {"title": "Net", "categories": ["languages"]}}}
    text = f"{first}.. person:: ada\n   :name: Ada\n\n{second}Last words.\n"
    app = build({"index.rst": text}, settings=extensions | views)
    page = BeautifulSoup((app.outdir / "index-net.html").read_text("utf-8"), "html.parser")
    assert page.select("h1")[0].get_text().startswith(f"{shown}\N{NO-BREAK SPACE}· Net")
    assert "Last words." in page.get_text()


def test_a_view_of_an_unknown_skill_is_reported_once(exports: Any) -> None:
    app = exports(settings={"folio_views": {"net": {"title": "N", "skills": ["cnii"]}}})
    assert (
        app.warning.getvalue().count("folio_views: unknown skill 'cnii'; did you mean 'cni'? [folio.unknown_key]") == 1
    )


def test_a_second_build_leaves_the_pages_of_views_alone(exports: Any) -> None:
    page = exports(settings={"folio_views": VIEWS}).outdir / "home-net.html"
    before = page.stat().st_mtime_ns
    exports(settings={"folio_views": VIEWS})
    assert page.stat().st_mtime_ns == before


TRANSLATE = """
def set_language(app, config):
    if config.language == "de":
        config.folio_views["net"]["title"] = "Netze"

def setup(app):
    app.connect("config-inited", set_language, priority=100)
"""


@pytest.mark.parametrize(
    ("title", "conf", "language", "shown", "is_reported"),
    [
        ("Networks", "", "de", "Networks", True),
        ("Networks", "", "en", "Networks", False),
        ("Networks", TRANSLATE, "de", "Netze", False),
        ({"en": "Networks", "de": "Netze"}, "", "de", "Netze", False),
        ({"en": "Networks", "de": "Netze"}, "", "en", "Networks", False),
        ({"en": "DevOps", "de": "DevOps"}, "", "de", "DevOps", False),
        ({"en": "Networks", "fr": "Réseaux"}, "", "de", "Networks", True),
    ],
)
def test_a_title_of_a_view_without_a_translation_is_reported(
    title: object, conf: str, language: str, shown: str, is_reported: bool, exports: Any
) -> None:
    views = f"folio_views = {{'net': {{'title': {title!r}, 'categories': ['networking']}}}}\n"
    languages = {"folio_languages": {"en": "", "de": "de"}, "language": language}
    extensions = {"extensions": [*EXTENSIONS, "sphinx_folio.languages"], "folio_exports": ["txt"]}
    app = exports(conf=f"{views}{conf}", settings={**extensions, **languages})
    warnings = strip_escape_sequences(app.warning.getvalue()).splitlines()
    found = [line for line in warnings if "the title of the view" in line]
    says = f"no translation of {shown!r}, the title of the view 'net', in de; write \"title\": {{'en': {shown!r}, 'de': …}}"
    assert [line.partition("conf.py")[2] for line in found] == [
        f":1: WARNING: {says} [folio.untranslated]"
    ] * is_reported
    assert shown in (app.outdir / "home-net.html").read_text("utf-8")


def test_files_show_simple_formulas_as_readable_text(exports: Any) -> None:
    prose = r"Sorts in :math:`O(n \log n)`, not :math:`\binom{n}{k}`."
    page = HOME.replace("Builds networks.", prose) + "\n   .. math:: E = m c^2\n"
    app = exports({"home.rst": page}, settings={"extensions": [*EXTENSIONS, "sphinx_folio.social"]})
    text = (app.outdir / "resume.txt").read_text("utf-8")
    assert r"Sorts in O(n log n), not \binom{n}{k}." in text
    assert "\nE = mc²\n" in text
    summary = json.loads((app.outdir / "resume.json").read_text("utf-8"))["basics"]["summary"]
    assert summary.endswith("not \\binom{n}{k}.\n\nE = mc²")
    assert "E = mc²" in PdfReader(app.outdir / "resume.pdf").pages[0].extract_text()
    home = BeautifulSoup((app.outdir / "home.html").read_text("utf-8"), "html.parser")
    assert "O(n log n)" in str(home.select('meta[name="description"]')[0]["content"])


@pytest.mark.parametrize("extensions", [["sphinx_folio.social", *EXTENSIONS], [*EXTENSIONS, "sphinx_folio.social"]])
def test_one_setting_is_the_accent_color_of_the_pdf_and_of_pages(exports: Any, extensions: list[str]) -> None:
    def colors(**settings: str) -> tuple[str, bool]:
        app = exports({"home.rst": HOME}, settings={"extensions": extensions, **settings})
        page = BeautifulSoup((app.outdir / "home.html").read_text("utf-8"), "html.parser")
        heading = PdfReader(app.outdir / "resume.pdf").pages[0].get_contents()
        assert heading is not None
        is_red = re.search(rb"\b0\.721\d* 0\.196\d* 0\.101\d* scn", heading.get_data()) is not None
        return str(page.select('meta[name="theme-color"]')[0]["content"]), is_red

    assert colors() == ("#0b6b6b", False)
    assert colors(folio_accent="#b8321a") == ("#b8321a", True)
