"""Another extension uses the public interface."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

from sphinx_folio.api import Entry, EntryDirective, EntryType, Export, Listing, Portfolio, Query, run_query
from sphinx_folio.registry import Registry
from sphinx_folio.types import BUILT_IN

if TYPE_CHECKING:
    from pathlib import Path

EXTENSION = """\
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes

from sphinx_folio.api import *


@dataclass(frozen=True, slots=True, kw_only=True)
class Patent(Entry):
    objtype: ClassVar[str] = "patent"
    patenter: str = ""
    date: PartialDate | None = None
    skills: tuple[str, ...] = ()


class PatentDirective(EntryDirective):
    objtype = "patent"
    value_options = ("date", "skills")
    facts_line = ("date", "patenter")
    known_options = {
        "name": name_option(),
        "patenter": Option(),
        "date": date_option("When it was given."),
        "skills": list_option("Keys of skills."),
    }


def as_json(portfolio, private):
    return {"patents": [
        {"title": patent.name, "patenter": patent.patenter, "date": str(patent.date)} for patent in portfolio.all(Patent)
    ]}


def rows(portfolio, query):
    return tuple((target_of(patent), patent.patenter) for patent in portfolio.all(Patent) if patent.patenter)


def render(renderer, rows):
    items = (nodes.list_item("", nodes.paragraph("", "", renderer.link(target))) for target, patenter in rows)
    return [nodes.bullet_list("", *items, classes=["patents"])]


seen = []


def as_words(context):
    names = ", ".join(patent.name for patent in context.portfolio.all(Patent))
    return f"{context.resume.name}: {names}\\n".encode()


def setup(app):
    export = Export(name="words", filename="words.txt", make=as_words, label="Words", per_view=True)
    add_folio_export(app, export)
    patent = EntryType(record=Patent, directive=PatentDirective, label="Patent", noun="patent", json_resume=as_json)
    add_folio_type(app, patent)
    add_folio_listing(app, Listing(name="patent-list", query=rows, render=render, filters=("since",)))
    app.connect("folio-portfolio-ready", lambda app, portfolio: seen.append([a.key for a in portfolio.all(Patent)]))
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
"""
MARKDOWN = {
    "index.md": """\
# Home

```{toctree}
patents
```

```{person} ada
:name: Ada
```

I was given {patent}`medal`.

```{patent-list}
```

```{downloads}
```

## Go

```{skill} go
:category: languages
```
""",
    "patents.md": """\
# Patents

## Medal

```{patent} medal
:patenter: Guild
:date: 2020-05
:skills: go

For *speed*.
```
""",
}
RESTRUCTUREDTEXT = {
    "index.rst": """\
Home
====

.. toctree::

   patents

.. person:: ada
   :name: Ada

I was given :patent:`medal`.

.. patent-list::

.. downloads::

Go
--

.. skill:: go
   :category: languages
""",
    "patents.rst": """\
Patents
=======

Medal
-----

.. patent:: medal
   :patenter: Guild
   :date: 2020-05
   :skills: go

   For *speed*.
""",
}
SETTINGS = {"extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.export", "patents_extension"]}


@pytest.fixture
def extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the extension to an importable folder."""
    folder = tmp_path / "extension"
    folder.mkdir()
    (folder / "patents_extension.py").write_text(EXTENSION, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(__import__("sys").modules, "patents_extension", raising=False)


@pytest.mark.usefixtures("extension")
@pytest.mark.parametrize("parallel", [1, 2])
@pytest.mark.parametrize("pages", [MARKDOWN, RESTRUCTUREDTEXT], ids=["md", "rst"])
def test_an_extension_registers_a_type_and_a_listing(pages: dict[str, str], parallel: int, build: Any) -> None:
    app = build(pages, settings=SETTINGS, parallel=parallel)
    assert app.warning.getvalue() == ""
    home = BeautifulSoup((app.outdir / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [(a.get_text(), a["href"]) for a in home.select(".patents a")] == [("Medal", "patents.html#patent_medal")]
    assert [link.get_text() for link in home.select("p > a[href='patents.html#patent_medal']")] == ["Medal"] * 3
    assert ["Patent" in usages.get_text() for usages in home.select(".folio-usages")] == [True]
    page = BeautifulSoup((app.outdir / "patents.html").read_text(encoding="utf-8"), "html.parser")
    assert [line.get_text() for line in page.select(".folio-line")] == ["May 2020\N{NO-BREAK SPACE}| Guild"]
    assert (app.outdir / "words.txt").read_text(encoding="utf-8") == "Ada: Medal\n"
    assert "words.txt" in [a["href"] for a in home.select(".folio-downloads a")]
    resume = json.loads((app.outdir / "resume.json").read_text(encoding="utf-8"))
    assert resume["x-folio"]["patents"] == [{"title": "Medal", "patenter": "Guild", "date": "2020-05"}]
    assert app.env.domains["folio"].get_type_name(app.env.domains["folio"].object_types["patent"]) == "patent"


@pytest.mark.usefixtures("extension")
def test_a_listing_of_an_extension_is_written_again_when_its_rows_change(build: Any) -> None:
    build(MARKDOWN, settings=SETTINGS)
    changed = MARKDOWN["patents.md"].replace("## Medal", "## Cup")
    app = build(MARKDOWN | {"patents.md": changed}, settings=SETTINGS)
    assert ">Cup<" in (app.outdir / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("extension")
def test_an_unknown_object_of_such_a_type_is_reported_with_the_nearest(build: Any) -> None:
    pages = MARKDOWN | {"index.md": MARKDOWN["index.md"].replace("`medal`", "`medel`")}
    app = build(pages, settings=SETTINGS)
    assert "index.md:11: WARNING: unknown patent 'medel'; did you mean 'medal'?" in app.warning.getvalue()


@pytest.mark.usefixtures("extension")
def test_an_unknown_project_of_such_a_type_is_reported(build: Any, tmp_path: Path) -> None:
    path = tmp_path / "extension" / "patents_extension.py"
    path.write_text(path.read_text("utf-8").replace("patenter", "project"), encoding="utf-8")
    pages = {name: text.replace(":patenter: Guild", ":project: poll") for name, text in MARKDOWN.items()}
    app = build(pages, settings=SETTINGS)
    assert "patents.md:5: WARNING: unknown project 'poll'" in app.warning.getvalue()


@pytest.mark.usefixtures("extension")
def test_an_event_announces_the_portfolio(build: Any) -> None:
    build(MARKDOWN, settings=SETTINGS)
    import patents_extension  # type: ignore[import-not-found]  # noqa: PLC0415  made by the fixture

    assert patents_extension.seen == [["medal"]]


@pytest.mark.parametrize("name", ["skill", "Not A Key"])
def test_a_registered_or_invalid_name_is_rejected(name: str) -> None:
    class Other(Entry):
        objtype = name

    registry = Registry()
    for kind in BUILT_IN:
        registry.add_type(kind)
    kind = EntryType(record=Other, directive=BUILT_IN[0].directive, label="Other", noun="other")
    with pytest.raises(ValueError, match=name):
        registry.add_type(kind)


def test_a_listing_cannot_be_registered_twice() -> None:
    registry = Registry()
    listing = Listing(name="patents", query=lambda portfolio, query: (), render=lambda renderer, rows: [])
    registry.add_listing(listing)
    with pytest.raises(ValueError, match="'patents' is already registered"):
        registry.add_listing(listing)


@pytest.mark.parametrize(
    ("name", "filters", "says"),
    [
        ("people", (), "'people' is already registered"),
        ("patents", ("since", "kind"), "unknown filter 'kind'; known: "),
    ],
)
def test_a_listing_has_the_name_of_no_other_query_and_known_filters(
    name: str, filters: tuple[str, ...], says: str
) -> None:
    listing = Listing(name=name, query=lambda portfolio, query: (), render=lambda renderer, rows: [], filters=filters)
    with pytest.raises(ValueError, match=says):
        Registry().add_listing(listing)


@pytest.mark.parametrize("directive", [EntryDirective, BUILT_IN[0].directive])
def test_a_directive_has_the_type_of_its_record(directive: type[EntryDirective]) -> None:
    class Patent(Entry):
        objtype = "patent"

    kind = EntryType(record=Patent, directive=directive, label="Patent", noun="patent")
    with pytest.raises(ValueError, match=r"the objtype of \w+ is .+; it must be that of its record, 'patent'"):
        Registry().add_type(kind)


@pytest.mark.parametrize(
    ("filename", "of_view"),
    [("resume.pdf", "resume-net.pdf"), ("resume", "resume-net"), ("a.b/resume", "a.b/resume-net")],
)
def test_the_file_of_a_view_has_its_name_before_the_suffix(filename: str, of_view: str) -> None:
    export = Export(name="words", filename=filename, make=lambda context: b"")
    assert [export.filename_for(view) for view in ("", "net")] == [filename, of_view]


def test_rows_that_are_generated_can_be_shown_twice() -> None:
    portfolio = Portfolio(queries={"words": lambda portfolio, query: iter(["a", "b"])})
    assert [run_query(portfolio, Query(kind="words")) for _page in range(2)] == [("a", "b")] * 2


@pytest.mark.usefixtures("extension")
def test_a_type_may_have_a_hyphen_in_its_name_and_an_option_for_classes(build: Any, tmp_path: Path) -> None:
    path = tmp_path / "extension" / "patents_extension.py"
    text = path.read_text("utf-8").replace('"patent"', '"utility-patent"').replace("patenter", "classes")
    path.write_text(text, encoding="utf-8")
    page = "# Me\n\n```{utility-patent} cup\n:name: Cup\n:classes: H04L\n\nNot {utility-patent}`cup`.\n```\n"
    found = build({"index.md": page}, settings=SETTINGS).env.domains["folio"].portfolio().find("utility-patent", "cup")
    assert (found.summary, found.classes) == ("Not Cup.", "H04L")


def test_queries_of_listings_are_known_to_the_portfolio() -> None:
    assert Portfolio(queries={"patents": lambda portfolio, query: ()}).queries.keys() == {"patents"}


@pytest.mark.usefixtures("extension")
def test_an_export_of_an_extension_is_made_for_views_and_can_be_left_out(build: Any) -> None:
    views = {"net": {"title": "Net", "skills": ["go"]}}
    app = build(MARKDOWN, settings=SETTINGS | {"folio_views": views})
    assert (app.outdir / "words-net.txt").read_text(encoding="utf-8") == "Ada: Medal\n"
    app = build(MARKDOWN, settings=SETTINGS | {"folio_exports": ["txt"]})
    assert not (app.outdir / "words.txt").exists()
    app = build(MARKDOWN, settings=SETTINGS | {"folio_exports": ["words"]})
    assert (app.outdir / "words.txt").exists()
    assert not (app.outdir / "resume.txt").exists()


@pytest.mark.usefixtures("extension")
def test_an_unknown_export_is_refused_with_the_nearest(build: Any) -> None:
    with pytest.raises(ConfigError, match="unknown export 'wrods'; did you mean 'words'"):
        build(MARKDOWN, settings=SETTINGS | {"folio_exports": ["wrods"]})
