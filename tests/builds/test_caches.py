"""A damaged cache costs time, never a build and never a right output; and what is left over is removed where it is."""

from __future__ import annotations

import itertools
import os
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio._common import caches
from sphinx_folio._common.output_record import RULES, digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EXTENSIONS = [
    "sphinx_folio.export",
    "sphinx_folio.assets",
    "sphinx_folio.navigation",
    "sphinx_folio.csp",
    "sphinx_folio.redirects",
    "sphinx_folio.search",
    "sphinx_folio.social",
]
SETTINGS: dict[str, Any] = {
    "extensions": EXTENSIONS,
    "html_theme": "furo",
    "html_baseurl": "https://example.org/",
    "folio_redirects": {"old": "skills"},
    "folio_views": {"net": {"title": "Networks", "skills": ["cni"]}},
    "folio_search_split": 100,  # so that the cache holds the lists of a large index, too
}
HOME = """\
Home
====

.. toctree::

   skills

.. person:: ada
   :name: Ada Example

   Builds %s.

- :skill:`cni`
"""
SKILLS = """\
Skills
======

CNI
---

.. skill:: cni
   :category: networking
   :level: expert
"""


def with_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "file").write_text("x", encoding="utf-8")


def with_link(path: Path, target: Path) -> None:
    path.unlink()
    path.symlink_to(target)


def rewritten(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return damage


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no-utf-8": rewritten(lambda content: b"\xff\xfe" + content),
    "only-no-utf-8": rewritten(lambda _content: b"\xff\xfe\xfd"),
    "truncated": rewritten(lambda content: content[: len(content) // 2]),
    "one-byte-less": rewritten(lambda content: content[:-1]),
    "empty": rewritten(lambda _content: b""),
    "another-byte": rewritten(lambda content: content[:-3] + bytes([content[-3] ^ 1]) + content[-2:]),
    "another-version": rewritten(lambda content: b"0" * 64 + content[64:]),
    "json-of-other-types": rewritten(lambda _content: b'{"/": [1, null], "state": {}, "files": 3, "markup": []}'),
    "json-of-no-object": rewritten(lambda _content: b"[" * 5000),
    "pickle-of-other-types": rewritten(lambda _content: pickle.dumps([1, {"a": 2}])),
    "folder": with_folder,
    "without-permission": lambda path: path.chmod(0),
    "link-that-cannot-be-followed": lambda path: with_link(path, path),
    "link-to-nothing": lambda path: with_link(path, path.with_name("outside")),
}


def kept_by_us(app: Any) -> list[Path]:
    """Return all that is beside the doctrees and is not Sphinx's, and our records in the output folder."""
    beside = [path for path in app.doctreedir.rglob("*") if path.is_file() or path.is_symlink()]
    ours = [path for path in beside if path.suffix != ".doctree" and path.name != "environment.pickle"]
    return sorted([*ours, *app.outdir.glob(".folio-*"), *(app.outdir / "_static/folio-search").glob("*.js")])


KINDS = (
    "exports",
    "navigation",
    "portfolio",
    "redirects",
    "search",
    "resume.pdf",
    "resume-net.pdf",
)


@pytest.fixture
def portfolio(build: Any, contents: Any, tmp_path: Path) -> Callable[..., tuple[Any, dict[str, bytes]]]:
    """Return a function that builds the portfolio with a word in it, and returns the application and the output.

    ``output`` and ``doctrees`` are folders of another build to be used.
    """

    def build_portfolio(
        word: str = "networks",
        *,
        pages: dict[str, str] | None = None,
        settings: dict[str, Any] | None = None,
        builder: str = "html",
        folder: str = "build",
        output: Path | None = None,
        doctrees: Path | None = None,
    ) -> tuple[Any, dict[str, bytes]]:
        for name, target in ((builder, output), ("doctrees", doctrees)):
            path = tmp_path / folder / name
            if target is not None and not path.exists():
                path.parent.mkdir(exist_ok=True)
                path.symlink_to(target)
        known = {"index.rst": HOME % word, "skills.rst": f"{SKILLS}\n   {word}\n"}
        app = build(known | (pages or {}), settings=SETTINGS | (settings or {}), builder=builder, folder=folder)
        assert app.warning.getvalue() == ""
        assert app.statuscode == 0
        return app, contents(app.outdir)

    return build_portfolio


def test_all_caches_damaged_in_every_way_are_made_again(portfolio: Any) -> None:
    expected = {word: portfolio(word, folder=word)[1] for word in ("networks", "pools")}
    app, _output = portfolio("networks")
    names = [path.name for path in kept_by_us(app)]
    assert [kind for kind in KINDS if not any(name.startswith(f"folio-{kind}-") for name in names)] == []
    assert {"index.sha256", "skills.sha256", ".folio-exports", ".folio-redirects"} <= {*names}
    for number, (kind, damage) in enumerate(DAMAGES.items(), start=1):
        for path in kept_by_us(app):
            damage(path)
        word = ("networks", "pools")[number % 2]
        app, output = portfolio(word)
        assert output == expected[word], kind
        assert [path.name for path in kept_by_us(app) if not path.is_file() or path.is_symlink()] == [], kind
        assert not [*app.doctreedir.rglob("outside"), *app.outdir.rglob("outside")], kind


ALONE = ("only-no-utf-8", "another-byte", "another-version", "folder")


@pytest.mark.parametrize("first", [0, 2])
def test_one_damaged_cache_among_whole_ones_is_as_none(first: int, portfolio: Any) -> None:
    """Each is damaged in two of these ways; all of them, in every way, in the test above."""
    app, expected = portfolio("networks")
    for path, kind in zip(kept_by_us(app), itertools.cycle(ALONE[first:] + ALONE[:first]), strict=False):
        DAMAGES[kind](path)
        assert portfolio("networks")[1] == expected, (path.name, kind)


@pytest.mark.parametrize("builders", [("html", "html"), ("html", "dirhtml"), ("dirhtml", "html")], ids="-".join)
def test_what_a_view_left_goes_with_the_view(builders: tuple[str, str], portfolio: Any) -> None:
    first, second = builders
    app, output = portfolio(builder=first)
    page = "index-net.html" if first == "html" else "index-net/index.html"
    assert {page, "resume-net.pdf", "resume-net.json", "resume.pdf"} <= output.keys()
    _app, output = portfolio(builder=second, settings={"folio_views": {}}, output=app.outdir)
    assert [name for name in output if "-net" in name] == []
    assert "resume.pdf" in output


def test_folders_of_output_that_share_doctrees_have_their_own_records(portfolio: Any) -> None:
    app, _output = portfolio(folder="one")
    portfolio(folder="two", settings={"folio_views": {}, "folio_redirects": {}}, doctrees=app.doctreedir)
    _app, output = portfolio(folder="one", settings={"folio_views": {}, "folio_redirects": {}})
    assert [name for name in output if "-net" in name or name == "old.html"] == []


def test_records_do_not_contain_the_names_of_pages(portfolio: Any) -> None:
    _app, output = portfolio(pages={"secret.rst": ":orphan:\n\nSecret\n======\n"})
    records = {name: content for name, content in output.items() if name.startswith(".folio-")}
    assert {".folio-exports", ".folio-pages", ".folio-social", ".folio-redirects"} <= records.keys()
    words = (b"secret", b"net", b"old", b"html", b"pdf")
    assert [name for name, content in records.items() if any(word in content for word in words)] == []
    _app, output = portfolio(pages={"secret.rst": None})
    assert [name for name in output if "secret" in name] == []


def test_a_record_cannot_name_files_elsewhere(portfolio: Any, tmp_path: Path) -> None:
    app, _output = portfolio()
    outside = tmp_path / "outside.pdf"
    outside.write_text("x", encoding="utf-8")
    (app.outdir / "linked").symlink_to(tmp_path)
    names = [os.path.relpath(outside, app.outdir), str(outside), "linked/outside.pdf"]
    for extension in ("exports", "redirects"):
        caches.write_json(app.outdir / f".folio-{extension}", RULES, [digest(name) for name in names])
    portfolio("pools")
    assert outside.exists()


def test_what_takes_the_name_of_a_redirect_or_a_view_stays(portfolio: Any) -> None:
    portfolio()
    pages = {"old.rst": ":orphan:\n\nOld\n===\n", "index-net.rst": ":orphan:\n\nNet\n===\n"}
    _app, output = portfolio(pages=pages, settings={"folio_redirects": {}, "folio_views": {}})
    assert {"old.html", "index-net.html"} <= output.keys()
    extra = {"more/older.html": "<p>Mine.</p>\n"}
    portfolio(pages=extra, settings={"folio_redirects": {"older": "skills"}, "folio_views": {}, "exclude_patterns": []})
    _app, output = portfolio(settings={"folio_redirects": {}, "folio_views": {}, "html_extra_path": ["more"]})
    assert output["older.html"] == b"<p>Mine.</p>\n"
