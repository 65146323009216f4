"""sphinx_folio.thrift: the same bytes from less work, and nothing left behind."""

from __future__ import annotations

import gc
import logging
import weakref
from importlib import import_module
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

import myst_parser.mdit_to_docutils.base  # noqa: F401  some of what is replaced
import pytest
from sphinx.errors import ConfigError

from sphinx_folio.sources import digest_of_function
from sphinx_folio.thrift import SAVINGS
from sphinx_folio.thrift.savings import REPLACEMENTS

if TYPE_CHECKING:
    from pathlib import Path

CODE = {
    "code.rst": "Code\n====\n\n::\n\n   plain\n\n.. rst-class:: any\n\n>>> 1 + 1  # doctest: +SKIP\n2\n\n.. code-block:: go\n   :linenos:\n\n   x := 1\n",
    "language.rst": "Language\n========\n\n::\n\n   a = 1\n\n.. highlight:: sh\n   :linenothreshold: 2\n\n::\n\n   one\n   two\n   three\n",
    "more.md": "---\norphan: true\n---\n\n# More\n\nA `code`[^1] and **strong**.\n\n```python\nx = 1\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[^1]: A note.\n",
}
SETTINGS: dict[str, Any] = {"primary_domain": None, "suppress_warnings": ["toc.not_included"]}


def with_thrift(**settings: Any) -> dict[str, Any]:
    return {**SETTINGS, "extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.thrift"], **settings}


def portfolio(pages: dict[str, str]) -> dict[str, str | None]:
    """Return the portfolio as it is written without a primary domain, and pages of code."""
    names = "person skill- skill position project- project highlight- highlight education evidence- evidence timeline"
    told = {}
    for name, text in pages.items():
        written = text.replace(":skill:`", ":folio:skill:`").replace("{skill}`", "{folio:skill}`")
        for word in names.split():
            written = written.replace(f".. {word}", f".. folio:{word}").replace(f"```{{{word}", f"```{{folio:{word}")
        told[name] = written.replace("folio:folio:", "folio:")
    return {**told, **CODE}


@pytest.mark.parametrize(("builder", "parallel"), [("html", 1), ("html", 3), ("dirhtml", 1), ("latex", 1), ("text", 1)])
def test_every_byte_stays_as_it_is(
    build: Any, contents: Any, pages: dict[str, str], builder: str, parallel: int
) -> None:
    written = portfolio(pages)
    plain = build(written, builder=builder, settings=SETTINGS, folder="plain")
    app = build(written, builder=builder, settings=with_thrift(), parallel=parallel)
    assert app.warning.getvalue() == plain.warning.getvalue()
    ours, theirs = (contents(one.outdir, without=(".buildinfo",)) for one in (app, plain))
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_translated_pages_keep_no_document_of_each_message(build: Any, contents: Any, tmp_path: Path) -> None:
    catalog = tmp_path / "source" / "locales" / "de" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgid "Some *text*."\nmsgstr "Ein *Text*."\n', encoding="utf-8")
    page = {"index.rst": "Home\n====\n\nSome *text*.\n"}
    settings = {"language": "de", "locale_dirs": ["locales"]}
    plain = build(page, settings=SETTINGS | settings, folder="plain")
    app = build({}, settings=with_thrift() | settings)
    assert "Ein <em>Text</em>." in (app.outdir / "index.html").read_text("utf-8")
    assert contents(app.outdir, without=(".buildinfo",)) == contents(plain.outdir, without=(".buildinfo",))
    doctree = app.env.get_doctree("index")
    assert {node.document for node in doctree.findall()} == {doctree}
    size = (app.doctreedir / "index.doctree").stat().st_size
    assert size < (plain.doctreedir / "index.doctree").stat().st_size


def test_a_change_leads_to_the_same_site_as_a_clean_build(build: Any, contents: Any, pages: dict[str, str]) -> None:
    build(portfolio(pages), settings=with_thrift())
    edited = {"more.md": "---\norphan: true\n---\n\n# Other\n\nText.\n"}
    again = build(edited, settings=with_thrift())
    clean = build({}, settings=with_thrift(), folder="clean")
    assert contents(again.outdir, without=("searchindex.js",)) == contents(clean.outdir, without=("searchindex.js",))


def test_all_is_given_back_after_a_build(build: Any, pages: dict[str, str]) -> None:
    owners = [(resolve_name(replacement.owner), replacement.name) for replacement in REPLACEMENTS]
    originals = [vars(owner)[name] for owner, name in owners]
    thresholds = gc.get_threshold()
    app = build(portfolio(pages), settings=with_thrift(), run=False)
    during: list[Any] = []
    logger = logging.getLogger("sphinx")
    before = logger.level

    def look(app: Any, doctree: Any, docname: str) -> None:
        kept = len(app.env._write_doc_doctree_cache)
        functions = [vars(owner)[name] for owner, name in owners]
        during.append((functions, gc.get_threshold(), gc.get_freeze_count(), kept, logger.level))

    app.connect("doctree-resolved", look, priority=999)
    app.build()
    exchanged, patient, frozen, kept, level = during[-1]
    assert level == logging.INFO
    assert logger.level == before
    assert not set(originals) & set(exchanged)
    assert patient[0] > thresholds[0]
    assert frozen > 0
    assert kept == 0
    assert [vars(owner)[name] for owner, name in owners] == originals
    assert gc.get_threshold() == thresholds


def test_what_a_build_leaves_apart_is_collected_when_another_begins(
    build: Any, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_folio.thrift.memory._are_leaks_counted", lambda: False)

    class Circle:
        def __init__(self) -> None:
            self.itself = self

    circle = Circle()
    left = weakref.ref(circle)
    build(portfolio(pages), settings=with_thrift())
    del circle
    gc.collect()
    assert left() is not None  # apart: the end of a process would not take it to pieces
    build({}, settings=with_thrift(), folder="again")
    assert left() is None


def test_nothing_is_left_apart_where_a_library_would_complain_at_exit(build: Any, pages: dict[str, str]) -> None:
    import_module("novasvg")  # bound by nanobind
    build(portfolio(pages), settings=with_thrift())
    assert gc.get_freeze_count() == 0


def test_all_is_given_back_after_a_build_that_fails(build: Any, pages: dict[str, str]) -> None:
    thresholds, original = gc.get_threshold(), resolve_name("docutils.nodes:Node._fast_findall")
    app = build(portfolio(pages), settings=with_thrift(), run=False)

    def fail(app: Any, doctree: Any, docname: str) -> None:
        raise RuntimeError

    app.connect("doctree-resolved", fail)
    with pytest.raises(Exception, match="doctree-resolved"):
        app.build()
    assert resolve_name("docutils.nodes:Node._fast_findall") is original
    assert gc.get_threshold() == thresholds


def test_each_saving_can_be_left_out(build: Any, contents: Any, pages: dict[str, str]) -> None:
    app = build(portfolio(pages), settings=with_thrift(folio_thrift=[]), run=False)
    thresholds, originals = gc.get_threshold(), []

    def look(app: Any, doctree: Any, docname: str) -> None:
        originals.append((gc.get_threshold(), resolve_name("docutils.nodes:Node._fast_findall").__module__))

    app.connect("doctree-resolved", look)
    app.build()
    assert set(originals) == {(thresholds, "docutils.nodes")}


def test_a_name_that_saves_nothing_is_refused(build: Any) -> None:
    with pytest.raises(
        ConfigError,
        match=r"folio_thrift: 'memry' saves nothing.*'memory'.*; what does: memory, messages, translations, traversal",
    ):
        build({"index.rst": "Home\n====\n"}, settings=with_thrift(folio_thrift=["memry"]))


def test_the_versions_installed_are_known() -> None:
    unknown = [
        f"{replacement.owner}.{replacement.name} {digest}"
        for replacement in REPLACEMENTS
        if (digest := digest_of_function(vars(resolve_name(replacement.owner))[replacement.name]))
        not in replacement.known
    ]
    assert unknown == []
    by_function = {replacement.saving for replacement in REPLACEMENTS}
    assert set(SAVINGS) == {"memory", "messages", "translations"} | by_function


def test_another_version_builds_as_ever(
    build: Any, contents: Any, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = build(portfolio(pages), settings=SETTINGS, folder="plain")
    monkeypatch.setattr("sphinx_folio.thrift.replacing.digest_of_function", lambda function: "another")
    app = build({}, settings=with_thrift(), verbosity=1)
    assert "is another than the known one, and stays" in app.status.getvalue()
    assert contents(app.outdir, without=(".buildinfo",)) == contents(plain.outdir, without=(".buildinfo",))
