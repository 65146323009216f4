"""Builds with and without speedups are byte-identical, and the originals are restored after a build."""

from __future__ import annotations

import logging
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

import myst_parser.mdit_to_docutils.base  # noqa: F401  patched only if imported
import pytest
from sphinx.errors import ConfigError

from sphinx_speedups import PATCHES, SPEEDUPS
from sphinx_speedups.fingerprints import fingerprint
from sphinx_speedups.furo_sidebar import KNOWN
from sphinx_speedups.patches import find

if TYPE_CHECKING:
    from pathlib import Path

FAST = ("myst_parser", "sphinx_speedups")
PLAIN = ("myst_parser",)
ALL_PATCHES = [patch for patches in PATCHES.values() for patch in patches]


@pytest.mark.parametrize(
    ("builder", "parallel"), [("html", 1), ("html", 3), ("dirhtml", 1), ("dirhtml", 3), ("latex", 1), ("text", 1)]
)
def test_the_output_is_byte_identical(
    build: Any, written: Any, site: dict[str, str], builder: str, parallel: int
) -> None:
    plain = build(site, PLAIN, builder=builder, folder="plain")
    app = build(site, FAST, builder=builder, parallel=parallel, verbosity=1)
    assert "sphinx_speedups: unknown version" not in app.status.getvalue()
    assert app.warning.getvalue() == plain.warning.getvalue()
    ours, theirs = written(app.outdir), written(plain.outdir)
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.parametrize("theme", ["alabaster", "basic"])
def test_the_output_is_byte_identical_with_another_theme(
    build: Any, written: Any, site: dict[str, str], theme: str
) -> None:
    plain = build(site, PLAIN, settings={"html_theme": theme}, folder="plain")
    app = build(site, FAST, settings={"html_theme": theme})
    assert written(app.outdir) == written(plain.outdir)


def test_an_incremental_build_is_identical_to_a_clean_build(build: Any, written: Any, site: dict[str, str]) -> None:
    build(site, FAST)
    changed = {"more.md": "# Other\n\nText.\n", "part/deep/four.rst": "Fourth\n======\n"}
    again = build(changed, FAST)
    plain = build({}, PLAIN, folder="plain")
    plain.build(force_all=True)
    assert "Fourth" in (again.outdir / "part/deep/four.html").read_text("utf-8")
    assert b"Fourth" in written(again.outdir)["part/deep/index.html"]
    pages = ("part/deep/four.html", "part/deep/index.html", "more.html")
    assert {name: written(again.outdir)[name] for name in pages} == {
        name: written(plain.outdir)[name] for name in pages
    }


def test_furos_sidebar_is_rendered_once(build: Any, site: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    original, calls = resolve_name("furo.navigation:get_navigation_tree").__wrapped__, []

    def record(markup: str) -> str:
        calls.append(markup)
        return str(original(markup))

    monkeypatch.setattr("furo.navigation.get_navigation_tree", record)
    build(site, FAST)
    assert len(calls) == 1


def test_translated_nodes_refer_to_the_document_of_the_page(build: Any, written: Any, tmp_path: Path) -> None:
    catalog = tmp_path / "source" / "locales" / "de" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgid "Some *text*."\nmsgstr "Ein *Text*."\n', encoding="utf-8")
    page = {"index.md": "# Home\n\nSome *text*.\n"}  # reStructuredText pages do not have the problem
    settings = {"language": "de", "locale_dirs": ["locales"]}
    plain = build(page, PLAIN, settings=settings, folder="plain")
    assert len({node.document for node in plain.env.get_doctree("index").findall()}) == 2
    app = build({}, FAST, settings=settings)
    assert "Ein <em>Text</em>." in (app.outdir / "index.html").read_text("utf-8")
    assert written(app.outdir) == written(plain.outdir)
    doctree = app.env.get_doctree("index")
    assert {node.document for node in doctree.findall()} == {doctree}
    size = (app.doctreedir / "index.doctree").stat().st_size
    assert size < (plain.doctreedir / "index.doctree").stat().st_size


def record_states(app: Any) -> list[tuple[list[Any], int, int]]:
    """Return a list that the build fills, once per page.

    Each item is the current functions, the number of cached doctrees, and the level of Sphinx's logger.
    """
    states: list[tuple[list[Any], int, int]] = []

    def record(app: Any, doctree: Any, docname: str) -> None:
        doctrees = len(app.env._write_doc_doctree_cache)
        states.append((functions(), doctrees, logging.getLogger("sphinx").level))

    app.connect("doctree-resolved", record, priority=999)
    return states


def functions() -> list[Any]:
    return [vars(resolve_name(patch.owner))[patch.name] for patch in ALL_PATCHES]


def test_everything_is_restored_after_a_build(build: Any, site: dict[str, str]) -> None:
    originals, level = functions(), logging.getLogger("sphinx").level
    app = build(site, FAST, run=False)
    states = record_states(app)
    app.build()
    during, doctrees, during_level = states[-1]
    assert not {*originals} & {*during}
    assert (doctrees, during_level) == (0, logging.INFO)
    assert functions() == originals
    assert logging.getLogger("sphinx").level == level


def test_everything_is_restored_after_a_build_that_fails(build: Any, site: dict[str, str]) -> None:
    originals, level = functions(), logging.getLogger("sphinx").level
    app = build(site, FAST, run=False)

    def fail(app: Any, doctree: Any, docname: str) -> None:
        raise RuntimeError

    app.connect("doctree-resolved", fail)
    with pytest.raises(Exception, match="doctree-resolved"):
        app.build()
    assert functions() == originals
    assert logging.getLogger("sphinx").level == level


def test_speedups_can_be_disabled(build: Any, site: dict[str, str]) -> None:
    originals, level = functions(), logging.getLogger("sphinx").level
    app = build(site, FAST, settings={"speedups": []}, run=False)
    states = record_states(app)
    app.build()
    assert {(tuple(during), during_level) for during, _, during_level in states} == {(tuple(originals), level)}
    assert states[0][1] > 1


def test_an_unknown_speedup_is_refused(build: Any) -> None:
    with pytest.raises(ConfigError, match=r"unknown speedup 'node_serch'; did you mean 'node_search'\? \(known: "):
        build({"index.rst": "Home\n====\n"}, FAST, settings={"speedups": ["node_serch"]})


def test_the_installed_versions_are_known() -> None:
    unknown = {
        f"{patch.owner}.{patch.name}": fingerprint(function)
        for patch, function in zip(ALL_PATCHES, functions(), strict=True)
        if fingerprint(function) not in patch.known
    }
    dependencies = [(path, known) for patch in ALL_PATCHES for path, known in patch.dependencies.items()]
    unknown |= {
        path: fingerprint(find(path))
        for path, known in [*dependencies, *KNOWN.items()]
        if fingerprint(find(path)) not in known
    }
    assert unknown == {}
    assert len(SPEEDUPS) == len({*SPEEDUPS}) == 10
