"""Incremental, partial and parallel builds produce the same pages as a clean build, and write no page needlessly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio.domain import FolioDomain

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

Contents = Any
CHANGING = ("searchindex.js", ".buildinfo", "last_build")


def written(app: SphinxTestApp) -> set[str]:
    """Return the pages that the last build wrote."""
    lines = strip_escape_sequences(app.status.getvalue()).replace("\r", "\n").splitlines()
    return {line.rpartition("] ")[2].strip() for line in lines if line.startswith("writing output... [")}


@pytest.mark.parametrize("parallel", [1, 2])
def test_an_idle_build_reads_and_writes_nothing(build: Any, pages: dict[str, str], parallel: int) -> None:
    build(pages, parallel=parallel)
    again = build({}, parallel=parallel)
    assert written(again) == set()
    assert "no targets are out of date" in strip_escape_sequences(again.status.getvalue())


def test_an_idle_build_says_that_nothing_is_out_of_date(build: Any, pages: dict[str, str]) -> None:
    assert written(build(pages)) == {"index", "home", "skills", "work", "proof"}
    again = build(pages)
    assert written(again) == set()
    status = strip_escape_sequences(again.status.getvalue())
    assert "0 added, 0 changed, 0 removed" in status
    assert "no targets are out of date" in status


@pytest.mark.parametrize("parallel", [2, 4])
def test_serial_and_parallel_builds_write_the_same(
    build: Any, pages: dict[str, str], contents: Callable[..., Contents], parallel: int
) -> None:
    serial = contents(build(pages, folder="serial").outdir)
    app = build(pages, folder="parallel", parallel=parallel)
    assert app.warning.getvalue() == ""
    assert contents(app.outdir) == serial


EDITS: dict[str, tuple[dict[str, tuple[str, str]], set[str]]] = {
    "prose that nobody shows": ({"skills": ("Since 2015.", "Since 2016.")}, {"skills"}),
    "a skill's name": ({"skills": ("Go\n--", "Gopher\n------")}, {"home", "skills", "work", "proof"}),
    "a skill's level": ({"skills": (":level: working", ":level: expert")}, {"home", "skills", "proof", "work"}),
    "what a project says": ({"work": ("Gives out", "Hands out")}, {"home", "work"}),
    "a project's sketch": ({"work": (" | log", "")}, {"home", "work"}),
    "whose work a proof is": ({"proof": (":by: team", ":by: own")}, {"home", "skills", "work", "proof"}),
    "what a project shows": ({"work": (":skills: cni\n   :position", ":skills: go\n   :position")}, {"home", "skills", "work"}),
    "a project's position": ({"work": ("   :position: engineer\n", "")}, {"home", "work", "proof"}),
    "a heading above a mention": ({"home": ("Talents", "Knowing")}, {"home", "skills"}),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS, ids=[name.replace(" ", "-") for name in EDITS])
def test_an_edit_rewrites_the_pages_that_show_it_and_no_other(
    edit: str, build: Any, restructuredtext: dict[str, str], contents: Callable[..., Contents]
) -> None:
    changes, expected = EDITS[edit]
    build(restructuredtext)
    edited = dict(restructuredtext)
    for name, (before, after) in changes.items():
        assert before in edited[f"{name}.rst"]
        edited[f"{name}.rst"] = edited[f"{name}.rst"].replace(before, after)
    app = build({f"{name}.rst": edited[f"{name}.rst"] for name in changes})
    assert app.warning.getvalue() == ""
    assert written(app) == expected | {"index"}  # Sphinx rewrites the page with the table of contents as well
    incremental = contents(app.outdir, without=CHANGING)
    assert incremental == contents(build(edited, folder="clean").outdir, without=CHANGING)


def test_a_removed_page_takes_its_objects_with_it(
    build: Any, restructuredtext: dict[str, str], contents: Callable[..., Contents]
) -> None:
    more = ":orphan:\n\nMore\n====\n\n.. project:: more\n   :skills: cni\n\n   More of it.\n"
    build({**restructuredtext, "more.rst": more})
    app = build({"more.rst": None})
    assert app.warning.getvalue() == ""
    assert written(app) == {"index", "home", "skills", "proof"}
    kept = contents(app.outdir, without=CHANGING)
    assert kept == contents(build(restructuredtext, folder="clean").outdir, without=CHANGING)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_files_of_a_removed_page_are_removed(build: Any, contents: Callable[..., Contents], builder: str) -> None:
    home = "Home\n====\n\nText.\n"
    page = ":orphan:\n\nPage\n====\n\nText.\n"
    first = build({"index.rst": home, "work/old.rst": page, "kept.rst": page}, builder=builder)
    own = first.outdir / "own.html"
    own.write_text("not ours", encoding="utf-8")
    app = build({"work/old.rst": None, "work/new.rst": page}, builder=builder)
    own.unlink()
    clean = build({}, builder=builder, folder="clean")
    assert "work/new.rst.txt" in " ".join(contents(clean.outdir))
    assert contents(app.outdir, without=CHANGING) == contents(clean.outdir, without=CHANGING)


def test_a_duplicate_becomes_the_object_when_the_first_entry_is_removed(
    build: Any, restructuredtext: dict[str, str]
) -> None:
    again = ":orphan:\n\nAgain\n=====\n\nGolang\n------\n\n.. skill:: go\n   :category: languages\n"
    pages = {**restructuredtext, "again.rst": again}
    assert "duplicate skill key 'go'" in build(pages).warning.getvalue()
    without = restructuredtext["skills.rst"].replace(".. skill:: go\n", ".. skill:: other\n")
    app = build({"skills.rst": without})
    assert app.warning.getvalue() == ""
    assert app.env.domains["folio"].portfolio().find("skill", "go").docname == "again"


def test_an_ongoing_period_grows_and_only_its_page_is_rewritten(build: Any) -> None:
    job = ".. position:: {0}\n   :title: Engineer\n   :start: 2026-01\n"
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   open\n   closed\n",
        "open.rst": "Acme\n====\n\n" + job.format("now"),
        "closed.rst": "Other\n=====\n\n" + job.format("then") + "   :end: 2026-02\n",
    }
    assert "11+ mos" in (build(pages).outdir / "open.html").read_text("utf-8")
    later = build({}, settings={"folio_today": "2027-01-01"})
    assert written(later) == {"index", "open"}  # index contains the table of contents
    assert "1+ yr" in (later.outdir / "open.html").read_text("utf-8")


def test_changed_levels_are_read_again(build: Any, restructuredtext: dict[str, str]) -> None:
    build(restructuredtext, settings={"folio_level_scale": True})
    app = build({}, settings={"folio_level_scale": True, "folio_levels": ["working", "expert"]})
    assert app.warning.getvalue() == ""
    assert "●○" in (app.outdir / "skills.html").read_text("utf-8")


def test_pages_that_an_interrupted_build_missed_are_written_later(
    build: Any, restructuredtext: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(restructuredtext)

    def cut_short(*arguments: Any) -> None:
        raise KeyboardInterrupt

    renamed = {"skills.rst": restructuredtext["skills.rst"].replace("Go\n--", "Gopher\n------")}
    app = build(renamed, run=False)
    monkeypatch.setattr(app.builder, "write_documents", cut_short)
    with pytest.raises(KeyboardInterrupt):
        app.build()
    monkeypatch.undo()
    assert "Gopher" in (build({}).outdir / "work.html").read_text("utf-8")


def test_a_build_of_some_pages_leaves_the_others_stale(build: Any, restructuredtext: dict[str, str]) -> None:
    first = build(restructuredtext)
    renamed = {"skills.rst": restructuredtext["skills.rst"].replace("Go\n--", "Gopher\n------")}
    app = build(renamed, run=False)
    app.build(filenames=[app.srcdir / "skills.rst"])
    assert "Gopher" not in (first.outdir / "work.html").read_text("utf-8")
    assert "Gopher" in (build({}).outdir / "work.html").read_text("utf-8")


def test_an_idle_build_does_not_compute_fingerprints(
    build: Any, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.navigation"]}
    build({name: re.sub(r" *:end: .*\n", "", text) for name, text in pages.items()}, settings=settings)
    asked: list[str] = []
    fingerprints = FolioDomain.fingerprints

    def ask(domain: FolioDomain) -> dict[str, str]:
        asked.append("again")
        return fingerprints(domain)

    monkeypatch.setattr(FolioDomain, "fingerprints", ask)
    assert written(build({}, settings=settings)) == set()
    assert asked == []
    assert written(build({}, settings={**settings, "folio_today": "2030-01-31"}))  # ongoing periods are longer then
    assert asked == ["again"]
    build({}, settings={**settings, "folio_today": "2030-01-31"})
    assert asked == ["again"]


def test_pages_that_a_failed_build_missed_are_written_by_the_next(build: Any, pages: dict[str, str]) -> None:
    build(pages)
    changed = {
        name: text.replace("Since 2015.", "Since 2016.").replace("CNI", "Interface") for name, text in pages.items()
    }
    app = build(changed, run=False)

    def fail(app: Any, doctree: Any, docname: str) -> None:
        raise RuntimeError

    app.connect("doctree-resolved", fail)
    with pytest.raises(Exception, match="doctree-resolved"):
        app.build()
    assert written(build({})) >= {"home", "work", "proof"}
    assert written(build({})) == set()
