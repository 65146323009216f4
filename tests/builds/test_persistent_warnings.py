"""A warning comes in every build until its page is processed again, as if each build were a clean one."""

from __future__ import annotations

import gettext
import json
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sphinx
from sphinx.cmd.build import main as sphinx_build
from sphinx.errors import ExtensionError
from sphinx.locale import translators
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.testing.util import SphinxTestApp

PLAIN: dict[str, Any] = {"extensions": ["myst_parser", "sphinx_folio.persistent_warnings"], "primary_domain": "py"}
FOLIO_ONLY = {"folio_levels": None, "folio_categories": None, "folio_today": None}
"""Settings that a site without the portfolio does not have."""


def warnings_of(app: SphinxTestApp) -> list[str]:
    """Return what a build warned of, sorted: an earlier warning comes later than in a clean build."""
    return sorted(strip_escape_sequences(app.warning.getvalue()).splitlines())


def processed(app: SphinxTestApp) -> set[str]:
    """Return the pages that a build read or wrote."""
    lines = strip_escape_sequences(app.status.getvalue()).replace("\r", "\n").splitlines()
    steps = ("reading sources... [", "writing output... [")
    return {name for line in lines if line.startswith(steps) for name in line.rpartition("] ")[2].split(" .. ")}


def codes(app: SphinxTestApp) -> list[str]:
    """Return the subtypes of a build's warnings."""
    return sorted(re.findall(r"\[([\w.]+)\]$", "\n".join(warnings_of(app)), re.MULTILINE))


SITE = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   faulty\n   fine\n",
    "fine.rst": "Fine\n====\n\n.. skill:: go\n   :category: languages\n\n.. highlight:: done\n   :skills: go\n\n   It is done.\n",
}
RST_FAULTS = {
    "folio.unknown_key": ".. project:: KEY\n   :skills: kubernets\n\nI know :skill:`kubernets`.\n",
    "folio.invalid_date": ".. project:: KEY\n   :start: soon\n",
    "ref.ref": "See :ref:`nowhere` and :doc:`nothing`.\n",
    "ref.doc": "See :doc:`nothing`.\n",
    "folio.missing_option": ".. evidence:: KEY\n   :kind: page\n   :title: E\n   :by: own\n   :date: 2022\n   :highlights: done\n",
    "folio.unknown_option": ".. project:: KEY\n   :skils: go\n",
    "image.not_readable": ".. image:: none.png\n",
    "misc.highlighting_failure": ".. code-block:: json\n\n   {not json\n",
    "docutils": "*emphasis\n",
}
MD_FAULTS = {
    "folio.unknown_key": "```{project} KEY\n:skills: kubernets\n```\n\nI know {skill}`kubernets`.\n",
    "folio.invalid_date": "```{project} KEY\n:start: soon\n```\n",
    "myst.xref_missing": "See [this](#nowhere) and [that](nothing.md).\n",
    "folio.missing_option": "```{evidence} KEY\n:kind: page\n:title: E\n:by: own\n:date: 2022\n:highlights: done\n```\n",
    "folio.unknown_option": "```{project} KEY\n:skils: go\n```\n",
    "image.not_readable": "![none](none.png)\n",
    "misc.highlighting_failure": "```json\n{not json\n```\n",
    "myst.header": "### Too deep\n",
}
REREAD_BY_SPHINX = "image.not_readable"
"""Sphinx reads a page at every build while a file is missing that it depends on, and writes its table of contents."""
FAULTS = [
    pytest.param(markup, {code: text for code, text in faults.items() if (code == REREAD_BY_SPHINX) == reread}, id=name)
    for markup, faults in (("rst", RST_FAULTS), ("md", MD_FAULTS))
    for name, reread in ((markup, False), (f"{markup}-reread", True))
]


OF_MYST = pytest.mark.filterwarnings("ignore:.*MystReferenceResolver:sphinx.deprecation.RemovedInSphinx11Warning")


@OF_MYST
@pytest.mark.parametrize("parallel", [1, 3])
@pytest.mark.parametrize(("markup", "faults"), FAULTS)
def test_an_idle_build_repeats_the_warnings(build: Any, markup: str, faults: dict[str, str], parallel: int) -> None:
    names = {code: f"faulty-{code.replace('.', '-')}" for code in faults}
    head = {name: f"{name}\n{'=' * 40}\n" if markup == "rst" else f"# {name}\n" for name in names.values()}
    pages = {f"{name}.{markup}": f"{head[name]}\n{faults[code].replace('KEY', name)}" for code, name in names.items()}
    index = SITE["index.rst"].replace("faulty", "\n   ".join(names.values()))
    first = build({**SITE, "index.rst": index, **pages}, parallel=parallel, verbosity=1)
    for code, name in names.items():
        assert [line for line in warnings_of(first) if f"/{name}.{markup}:" in line and line.endswith(f"[{code}]")], (
            code
        )
    for _ in range(2 if parallel == 1 else 1):
        again = build({}, parallel=parallel, verbosity=1)
        assert warnings_of(again) == warnings_of(first)
        assert processed(again) == ({"index", *names.values()} if REREAD_BY_SPHINX in faults else set())
    other = build({"fine.rst": SITE["fine.rst"] + "\nMore.\n"}, parallel=parallel)
    assert warnings_of(other) == warnings_of(first)
    left = warnings_of(first)
    for some in [[name] for name in names.values()] if parallel == 1 else [[*names.values()]]:
        left = [line for line in left if not any(f"/{name}.{markup}:" in line for name in some)]
        assert warnings_of(build({f"{name}.{markup}": head[name] for name in some}, parallel=parallel)) == left
    assert left == []
    assert warnings_of(build({}, parallel=parallel)) == []


PLAIN_SITE = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   faulty\n   fine\n",
    "faulty.rst": "Faulty\n======\n\n*emphasis\n\nSee :ref:`nowhere`.\n\n.. code-block:: json\n\n   {not json\n",
    "fine.rst": "Fine\n====\n",
    "alone.rst": "Alone\n=====\n",
}
PLAIN_CODES = ["docutils", "misc.highlighting_failure", "ref.ref", "toc.not_included"]


BUILDERS = ["html", "dirhtml", "text", "xml", "singlehtml", "latex", "man", "linkcheck", "dummy"]


@pytest.mark.parametrize(
    ("builder", "parallel"), [*((name, 1) for name in BUILDERS), ("html", 3), ("text", 3), ("xml", 3)]
)
def test_any_builder_of_any_site_repeats_them(build: Any, builder: str, parallel: int) -> None:
    first = build(PLAIN_SITE, settings=PLAIN | FOLIO_ONLY, builder=builder, parallel=parallel)
    assert {"docutils", "toc.not_included"} <= {*codes(first)}
    assert warnings_of(build({}, settings=PLAIN | FOLIO_ONLY, builder=builder, parallel=parallel)) == warnings_of(first)
    edited = {"fine.rst": "Fine\n====\n\nMore.\n"}
    assert warnings_of(build(edited, settings=PLAIN | FOLIO_ONLY, builder=builder, parallel=parallel)) == warnings_of(
        first
    )
    clean = build({}, settings=PLAIN | FOLIO_ONLY, builder=builder, parallel=parallel, folder="clean")
    assert warnings_of(clean) == warnings_of(first)


def test_deleting_a_page_takes_its_warnings_away(build: Any) -> None:
    settings = PLAIN | FOLIO_ONLY
    assert codes(build(PLAIN_SITE, settings=settings)) == PLAIN_CODES
    assert codes(build({"alone.rst": None}, settings=settings)) == PLAIN_CODES[:-1]
    assert codes(build({}, settings=settings)) == PLAIN_CODES[:-1]
    assert codes(build({"faulty.rst": None}, settings=settings)) == ["toc.not_readable"]
    assert codes(build({}, settings=settings)) == ["toc.not_readable"]
    assert codes(build({"faulty.rst": "Faulty\n======\n"}, settings=settings)) == []


INCLUDING = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   one\n   two\n",
    "one.rst": "One\n===\n\n.. include:: part.txt\n",
    "two.rst": "Two\n===\n\n.. include:: part.txt\n",
    "part.txt": "*emphasis\n\n.. code-block:: json\n\n   {not json\n",
}


@pytest.mark.parametrize("builder", ["html", "xml"])
@pytest.mark.parametrize("parallel", [1, 3])
def test_a_warning_of_an_included_file_belongs_to_each_page_that_includes_it(
    build: Any, builder: str, parallel: int
) -> None:
    settings = {"settings": PLAIN | FOLIO_ONLY, "builder": builder, "parallel": parallel}
    once = ["docutils", "misc.highlighting_failure"] if builder == "html" else ["docutils"]
    assert codes(build(INCLUDING, **settings)) == sorted(once * 2)
    assert codes(build({}, **settings)) == sorted(once * 2)
    assert codes(build({"one.rst": INCLUDING["one.rst"] + "\nMore.\n"}, **settings)) == sorted(once * 2)
    assert codes(build({"one.rst": "One\n===\n"}, **settings)) == once
    assert codes(build({}, **settings)) == once
    assert codes(build({"part.txt": "Fine.\n"}, **settings)) == []


def test_suppressed_types_and_shown_types_may_change(build: Any) -> None:
    settings = PLAIN | FOLIO_ONLY
    build(PLAIN_SITE, settings=settings)
    assert codes(build({}, settings=settings | {"suppress_warnings": ["toc", "ref.ref"]})) == PLAIN_CODES[:2]
    assert codes(build({}, settings=settings)) == PLAIN_CODES
    untyped = build({}, settings=settings | {"show_warning_types": False})
    assert (codes(untyped), len(warnings_of(untyped))) == ([], 4)
    nitpicky = build({"fine.rst": "Fine\n====\n\n:py:func:`nothing`\n"}, settings=settings)
    assert codes(nitpicky) == PLAIN_CODES
    assert codes(build({}, settings=settings | {"nitpicky": True})) == sorted([*PLAIN_CODES, "ref.func"])
    assert codes(build({}, settings=settings)) == PLAIN_CODES


def run_sphinx(source: Path, *options: str) -> int:
    return sphinx_build(["-q", *options, str(source), str(source.parent / "out")])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return the folder of a site without the portfolio."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name, text in PLAIN_SITE.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "conf.py").write_text("extensions = ['sphinx_folio.persistent_warnings']\n", encoding="utf-8")
    return folder


def test_the_exit_code_stays(source: Path, tmp_path: Path) -> None:
    assert run_sphinx(source) == 0
    assert run_sphinx(source, "-W") == 1
    assert run_sphinx(source, "-W", "--keep-going", "-j", "3", "-w", str(tmp_path / "log")) == 1
    assert len((tmp_path / "log").read_text("utf-8").splitlines()) == 4
    assert run_sphinx(source, "-W", "-Q") == 1
    assert run_sphinx(source, "--exception-on-warning") == 2
    assert run_sphinx(source, "--exception-on-warning") == 2
    assert run_sphinx(source, "-W") == 1
    for name in ("faulty.rst", "alone.rst"):
        (source / name).write_text(":orphan:\n\nMended\n======\n", encoding="utf-8")
    assert run_sphinx(source, "-W") == 0


def test_builders_that_share_doctrees_share_what_reading_gives_and_no_more(source: Path, tmp_path: Path) -> None:
    def run(builder: str) -> list[str]:
        log = tmp_path / "log"
        options = ["-q", "-W", "-w", str(log), "-b", builder, "-d", str(tmp_path / "doctrees")]
        assert sphinx_build([*options, str(source), str(tmp_path / builder)]) == 1
        return sorted(re.findall(r"\[([\w.]+)\]$", log.read_text("utf-8"), re.MULTILINE))

    for builder in ("html", "text", "html", "text"):
        expected = PLAIN_CODES if builder == "html" else [code for code in PLAIN_CODES if "highlighting" not in code]
        assert run(builder) == expected


@pytest.mark.parametrize("damage", ["", "nonsense", "cut"])
def test_a_damaged_note_costs_no_warning(build: Any, damage: str) -> None:
    settings = PLAIN | FOLIO_ONLY
    first = build(PLAIN_SITE, settings=settings)
    for note in first.doctreedir.glob("folio-warnings*"):
        note.write_text(note.read_text("utf-8")[:-9] if damage == "cut" else damage, encoding="utf-8")
    assert codes(build({}, settings=settings)) == PLAIN_CODES
    assert processed(build({}, settings=settings)) == set()


@pytest.mark.parametrize("note", ["folio-warnings.json", "folio-warnings-*.json"])
def test_without_a_note_the_pages_are_processed_again(build: Any, note: str) -> None:
    first = build(PLAIN_SITE, settings=PLAIN | FOLIO_ONLY)
    for path in first.doctreedir.glob(note):
        path.unlink()
    assert codes(build({}, settings=PLAIN | FOLIO_ONLY)) == PLAIN_CODES


def test_notes_of_another_environment_are_not_believed(build: Any, tmp_path: Path) -> None:
    settings = PLAIN | FOLIO_ONLY
    first = build(PLAIN_SITE, settings=settings)
    saved = {path: path.read_bytes() for path in first.doctreedir.glob("folio-warnings*")}
    build({"fine.rst": "Fine\n====\n\n*emphasis\n"}, settings=settings)
    for path, content in saved.items():
        path.write_bytes(content)
    assert codes(build({}, settings=settings)) == sorted([*PLAIN_CODES, "docutils"])


@pytest.mark.parametrize(
    "event", ["env-check-consistency", "write-started", "doctree-resolved", "html-collect-pages", "build-finished"]
)
@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_build_loses_no_warning(build: Any, event: str, error: type[BaseException]) -> None:
    settings = PLAIN | FOLIO_ONLY
    build({**PLAIN_SITE, "faulty.rst": "Faulty\n======\n"}, settings=settings)
    app = build({"faulty.rst": PLAIN_SITE["faulty.rst"]}, settings=settings, run=False)
    stopped: list[str] = []

    def stop(app: SphinxTestApp, *about: Any) -> None:
        if not stopped:
            stopped.append(event)
            raise error

    app.connect(event, stop)
    with pytest.raises((KeyboardInterrupt, ExtensionError)):
        app.build()
    assert stopped == [event]
    assert codes(build({}, settings=settings)) == PLAIN_CODES
    assert codes(build({}, settings=settings)) == PLAIN_CODES


def test_a_page_that_was_written_before_an_interruption_keeps_its_warnings(build: Any) -> None:
    build(PLAIN_SITE, settings=PLAIN | FOLIO_ONLY)
    app = build({"fine.rst": "Fine\n====\n\nMore.\n"}, settings=PLAIN | FOLIO_ONLY, run=False)

    def stop(app: SphinxTestApp, doctree: Any, docname: str) -> None:
        if docname == "index":
            raise KeyboardInterrupt

    app.connect("doctree-resolved", stop)
    with pytest.raises(KeyboardInterrupt):
        app.build()
    assert codes(build({}, settings=PLAIN | FOLIO_ONLY)) == PLAIN_CODES


def test_a_part_of_the_pages_may_be_built(build: Any) -> None:
    settings = PLAIN | FOLIO_ONLY
    build(PLAIN_SITE, settings=settings)
    app = build({"fine.rst": ".. _nowhere:\n\nFine\n====\n"}, settings=settings, run=False)
    app.build(filenames=[app.srcdir / "fine.rst"])
    assert codes(app) == PLAIN_CODES
    assert codes(build({}, settings=settings)) == [code for code in PLAIN_CODES if code != "ref.ref"]


def test_a_duplicate_is_found_however_often_a_page_is_edited(build: Any) -> None:
    settings = PLAIN | FOLIO_ONLY
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   one\n   two\n",
        "one.rst": ".. _same:\n\nOne\n===\n",
        "two.rst": ".. _same:\n\nTwo\n===\n",
    }
    first = warnings_of(build(pages, settings=settings))
    assert len(first) == 1
    for name in ("two.rst", "one.rst"):
        assert warnings_of(build({name: pages[name] + "\nMore.\n"}, settings=settings)) == first
    assert warnings_of(build({"one.rst": "One\n===\n"}, settings=settings)) == []


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_label_may_move_to_a_page_that_is_read_earlier(build: Any, parallel: int) -> None:
    labeled, plain = ".. _moving:\n\nPart\n----\n\nText.\n", "Nothing.\n"
    home = "Home\n====\n\n.. toctree::\n\n   early\n   late\n\nSee :ref:`moving`.\n"

    def pages(early: str, late: str) -> dict[str, str]:
        return {"index.rst": home, "early.rst": f"Early\n=====\n\n{early}", "late.rst": f"Late\n====\n\n{late}"}

    options = {"settings": PLAIN | FOLIO_ONLY, "parallel": parallel}
    assert warnings_of(build(pages(plain, labeled), **options)) == []
    assert warnings_of(build(pages(labeled, plain), **options)) == []
    assert warnings_of(build({}, **options)) == []


def test_a_link_to_a_section_that_is_gone_is_reported(build: Any) -> None:
    settings = PLAIN | FOLIO_ONLY
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   sub/one\n   two\n\nSee :doc:`two`.\n",
        "sub/one.rst": "One\n===\n\nSee :ref:`part` and :doc:`/two`.\n",
        "two.rst": "Two\n===\n\n.. _part:\n\nPart\n----\n",
    }
    for builder in ("html", "dirhtml"):
        assert codes(build(pages, settings=settings, builder=builder, folder=builder)) == []
        assert codes(build({"two.rst": "Two\n===\n"}, settings=settings, builder=builder, folder=builder)) == [
            "ref.ref"
        ]
        gone = build({"two.rst": None}, settings=settings, builder=builder, folder=builder)
        assert codes(gone) == ["ref.doc", "ref.doc", "ref.ref", "toc.not_readable"]


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("Part\n----", "Pair\n----", {"part"}),
        ("Other\n-----", "Order\n-----", {"other"}),
        ("Two\n===", "Too\n===", {"part", "other", "page"}),
        ("Text.", "More text.", set()),
    ],
    ids=["section", "other section", "page", "text"],
)
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_pages_with_links_to_what_has_changed_are_written_again(
    build: Any, builder: str, old: str, new: str, written: set[str]
) -> None:
    target = "Two\n===\n\nText.\n\n.. _part:\n\nPart\n----\n\n.. _other:\n\nOther\n-----\n"
    pages = {
        "index.rst": "Home\n====\n\nText.\n",
        "two.rst": f":orphan:\n\n{target}",
        "part.rst": ":orphan:\n\nA\n=\n\nSee :ref:`part`.\n",
        "other.rst": ":orphan:\n\nB\n=\n\nSee :ref:`the other <other>`.\n",
        "page.rst": ":orphan:\n\nC\n=\n\nSee :doc:`two`.\n",
    }
    settings = PLAIN | FOLIO_ONLY
    build(pages, settings=settings, builder=builder)
    resolved: set[str] = set()
    app = build({"two.rst": pages["two.rst"].replace(old, new)}, settings=settings, builder=builder, run=False)
    app.connect("doctree-resolved", lambda app, doctree, docname: resolved.add(docname))
    app.build()
    assert codes(app) == []
    assert resolved == written | {"two"}


FINISHING = """
from sphinx.util import logging
logger = logging.getLogger("end")

def finish(app, exception):
    if app.env.seen or app.tags.has("always"):
        logger.warning("at the end", type="own", subtype="end")
        logger.warning("at the end of a page", type="own", subtype="page", location="fine")

def note(app, docname, source):
    if docname == "fine":
        app.env.seen = True

def begin(app):
    app.env.seen = False

def setup(app):
    logger.warning("at the beginning", type="own", subtype="setup")
    app.connect("builder-inited", begin)
    app.connect("source-read", note)
    app.connect("env-updated", lambda app, env: logger.warning("updated", type="own", subtype="updated"))
    app.connect("build-finished", finish)
"""


@pytest.mark.parametrize("tags", [[], ["always"]])
def test_a_warning_of_no_page_comes_once(build: Any, tags: list[str]) -> None:
    options: dict[str, Any] = {"settings": PLAIN | FOLIO_ONLY, "tags": tags, "conf": FINISHING}
    pages = {"index.rst": "Home\n====\n\n.. toctree::\n\n   fine\n", "fine.rst": "Fine\n====\n"}
    every = ["own.end", "own.page", "own.setup", "own.updated"]
    assert codes(build(pages, **options)) == every
    for _ in range(2):
        assert codes(build({}, **options)) == every
    other = codes(build({"index.rst": pages["index.rst"] + "\nMore.\n"}, **options))
    assert other == (every if tags else every[1:])  # “fine” did not change; what is about no page is as this build says
    assert codes(build({"fine.rst": "Fine\n====\n\nMore.\n"}, **options)) == every


def test_a_warning_of_the_index_comes_once(build: Any) -> None:
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   fine\n",
        "fine.rst": "Fine\n====\n\n.. index:: pair: one\n",
    }
    first = warnings_of(build(pages, settings=PLAIN | FOLIO_ONLY))
    assert first
    assert warnings_of(build({}, settings=PLAIN | FOLIO_ONLY)) == first
    assert warnings_of(build({"index.rst": pages["index.rst"] + "\nMore.\n"}, settings=PLAIN | FOLIO_ONLY)) == first


def catalog(**messages: str) -> str:
    entries = "".join(f'msgid "{source}"\nmsgstr "{text}"\n\n' for source, text in messages.items())
    return f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entries}'


@pytest.mark.parametrize("parallel", [1, 3])
@pytest.mark.parametrize("name", ["fine.rst", "fine.md"])
def test_each_language_has_its_own(build: Any, name: str, parallel: int, monkeypatch: pytest.MonkeyPatch) -> None:
    extensions = ["myst_parser", "sphinx_folio", "sphinx_folio.languages"]
    languages = {"extensions": extensions, "folio_languages": {"en": "", "de": "de"}, "locale_dirs": ["locales"]}
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   fine\n",
        name: f"{'Fine' + chr(10) + '====' if name.endswith('rst') else '# Fine'}\n\nA sentence.\n",
        "locales/de/LC_MESSAGES/index.po": catalog(Home="Zuhause"),
        "locales/de/LC_MESSAGES/fine.po": catalog(Fine="Fein"),
    }

    def run(changes: Mapping[str, str | None], language: str) -> list[str]:
        monkeypatch.setattr(gettext, "_translations", {})  # Python keeps catalogs as long as the process lives
        settings = languages | {"language": language}
        return codes(build(changes, settings=settings, folder=language, parallel=parallel))

    for changes in (pages, {}):
        assert run(changes, "de") == ["folio.untranslated"]
        assert run(changes, "en") == []
    fuzzy = catalog(Fine="Fein") + '#, fuzzy\nmsgid "A sentence."\nmsgstr "Ein Satz."\n'
    for changes in ({"locales/de/LC_MESSAGES/fine.po": fuzzy}, {}):
        assert run(changes, "de") == ["folio.fuzzy_translation"]
    assert run({"locales/de/LC_MESSAGES/fine.po": fuzzy.replace("#, fuzzy\n", "")}, "de") == []
    assert run({}, "de") == []
    assert run({"locales/de/LC_MESSAGES/fine.po": None}, "de") == ["folio.untranslated", "folio.untranslated"]
    assert run({}, "de") == ["folio.untranslated", "folio.untranslated"]


def test_notes_are_small_and_readable(build: Any) -> None:
    app = build(SITE | {"faulty.rst": "Faulty\n======\n\n*emphasis\n"})
    text = (app.doctreedir / "folio-warnings.json").read_text("utf-8").partition("\n")[2]
    pages = json.loads(text)["pages"]
    assert {name: len(rows) for name, (_, rows) in pages.items()} == {"index": 0, "faulty": 1, "fine": 0}


def test_a_warning_comes_again_in_the_language_of_the_terminal(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    build({"index.rst": "Home\n====\n\n:ref:`nowhere`\n"}, settings=PLAIN | FOLIO_ONLY)
    chinese = gettext.translation("sphinx", Path(sphinx.__file__).parent / "locale", ["zh_CN"])
    app = build({}, settings=PLAIN | FOLIO_ONLY, run=False)
    monkeypatch.setitem(translators, ("console", "sphinx"), chinese)
    app.build()
    assert "标签未定义" in app.warning.getvalue()


INVENTORY = b"# Sphinx inventory version 2\n# Project: other\n# Version: 1\n# The rest is compressed using zlib.\n"


def test_pages_are_written_again_when_an_inventory_can_be_loaded(build: Any, tmp_path: Path) -> None:
    inventory = tmp_path / "objects.inv"

    def built(pages: Mapping[str, str]) -> SphinxTestApp:
        mapping = {"other": ("https://other.example.org/", str(inventory))}  # Sphinx changes it
        extensions = ["sphinx.ext.intersphinx", "sphinx_folio.persistent_warnings"]
        settings = {"extensions": extensions, "intersphinx_mapping": mapping, "nitpicky": True, "primary_domain": "py"}
        app: SphinxTestApp = build(pages, settings=FOLIO_ONLY | settings)
        return app

    app = built({"index.rst": "Home\n====\n\n:py:class:`Ship`\n"})
    assert codes(app) == ["ref.class"]
    assert "failed to reach any of the inventories" in app.warning.getvalue()
    inventory.write_bytes(INVENTORY + zlib.compress(b"Ship py:class 1 ships.html#$ -\n"))
    app = built({})
    assert app.warning.getvalue() == ""
    assert "https://other.example.org/ships.html#Ship" in (app.outdir / "index.html").read_text("utf-8")
    assert processed(built({})) == set()
    inventory.write_bytes(INVENTORY + zlib.compress(b"Boat py:class 1 ships.html#$ -\n"))
    assert codes(built({})) == ["ref.class"]


def test_a_text_without_a_translation_that_has_the_name_of_a_page_concerns_no_other(build: Any, tmp_path: Path) -> None:
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   one\n   two\n",
        "one.rst": "One\n===\n\nThis is two.\n",
        "two.rst": "Two\n===\n\nThis is one.\n",
        "locales/fr/LC_MESSAGES/one.po": 'msgid "One"\nmsgstr "Un"\n',
    }
    settings = FOLIO_ONLY | {
        "extensions": ["sphinx_folio.languages", "sphinx_folio.persistent_warnings"],
        "folio_languages": {"en": "", "fr": "fr"},
        "language": "fr",
        "locale_dirs": ["locales"],
        "primary_domain": "py",
        "suppress_warnings": ["folio.untranslated"],
    }
    assert codes(build(pages, settings=settings)) == []
    assert processed(build({"one.rst": pages["one.rst"] + "\nMore.\n"}, settings=settings)) == {"index", "one"}
