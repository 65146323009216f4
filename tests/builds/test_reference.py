"""Examples: what is shown is what becomes of the source, and the site's own portfolio knows nothing of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it
from sphinx.util.inventory import InventoryFile

from sphinx_folio.directives.entries import SummaryDirective
from sphinx_folio.directives.option_types import Option

EXTENSIONS = ["myst_parser", "sphinx_folio", "sphinx_folio.reference"]
OWN = {"folio_levels": ["low", "high"], "folio_categories": {"own": "Own"}, "extensions": EXTENSIONS}
EXAMPLE = """\
## Go

```{skill} go
:category: languages
:level: expert
```

I write {skill}`go`, and {skill}`the same <go>`.

```{skill-index}
```
"""
PAGES = {
    "index.md": "# Home\n\n## Mine\n\n```{skill} go\n:category: own\n:level: low\n```\n\n```{toctree}\nreference\n```\n",
    "reference.md": f"# Reference\n\n`````{{folio-example}}\n{EXAMPLE}`````\n\n```{{folio-example-settings}}\n```\n",
}
IN_RESTRUCTUREDTEXT = """\
Reference
=========

.. folio-example::
   :syntax: restructuredtext

   Go
   --

   .. skill:: go
      :category: languages
      :level: expert

   I write :skill:`go`, and :skill:`the same <go>`.

   .. skill-index::
"""


def page(app: Any, name: str) -> Any:
    return BeautifulSoup((app.outdir / name).read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("text", [PAGES["reference.md"], IN_RESTRUCTUREDTEXT], ids=["md", "rst"])
def test_source_and_result_stand_side_by_side(text: str, build: Any) -> None:
    name = "reference.md" if text is PAGES["reference.md"] else "reference.rst"
    app = build({"index.md": PAGES["index.md"], name: text}, settings=OWN)
    assert app.warning.getvalue() == ""
    html = page(app, "reference.html")
    [example] = html.select(".folio-example")
    assert "skill" in example.select_one("pre").get_text()
    result = example.select_one(".folio-example-result")
    assert "expert" in result.get_text()
    links = result.select('a[href="#example-1_skill_go"]')
    assert [link.get_text() for link in links[:2]] == ["Go", "the same"] or len(links) > 2
    assert html.select_one("#example-1_skill_go")
    assert [heading.name for heading in html.select("h1, h2")] == ["h1"]


def test_the_portfolio_knows_nothing_of_it(build: Any) -> None:
    app = build(PAGES, settings=OWN)
    [skill] = app.env.domains["folio"].portfolio().pages[0].entries
    assert (skill.name, skill.level) == ("Mine", "low")
    assert app.env.domains["folio"].portfolio().mentions_of("go") == ()
    inventory = InventoryFile.loads((app.outdir / "objects.inv").read_bytes(), uri="")
    assert {item.uri for item in inventory.data["folio:skill"].values()} == {"index.html#skill_go"}
    assert app.config.folio_levels == ["low", "high"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("reference.md", PAGES["reference.md"]),
        ("reference.md", PAGES["reference.md"].replace("-example}", "-example}\n:wide:\n", 1)),
        ("reference.rst", IN_RESTRUCTUREDTEXT),
    ],
    ids=["md", "md-with-option", "rst"],
)
def test_a_slip_is_reported_at_its_line(name: str, text: str, build: Any) -> None:
    wrong = text.replace(":level: expert", ":level: expret")
    app = build({"index.md": PAGES["index.md"], name: wrong}, settings=OWN)
    line = next(number for number, line in enumerate(wrong.splitlines(), 1) if "expret" in line)
    warning = strip_escape_sequences(app.warning.getvalue())
    assert f"{name}:{line}: WARNING: unknown level 'expret'; did you mean 'expert'?" in warning


def test_what_no_example_holds_is_reported(build: Any) -> None:
    text = PAGES["reference.md"].replace("{skill}`the same <go>`", "{skill}`rust`")
    app = build({**PAGES, "reference.md": text}, settings=OWN)
    assert "reference.md:11: WARNING: unknown skill 'rust'" in strip_escape_sequences(app.warning.getvalue())


def test_serial_parallel_and_repeated_builds_agree(build: Any, contents: Any) -> None:
    serial = contents(build(PAGES, settings=OWN, folder="serial").outdir)
    assert contents(build(PAGES, settings=OWN, folder="parallel", parallel=2).outdir) == serial
    app = build({**PAGES, "index.md": f"{PAGES['index.md']}\nMore.\n"}, settings=OWN, folder="serial")
    assert contents(app.outdir)["reference.html"] == serial["reference.html"]


@pytest.mark.parametrize("builder", ["text", "latex", "xml", "man", "singlehtml"])
def test_other_builders_show_it_too(builder: str, build: Any) -> None:
    app = build(PAGES, builder=builder, settings=OWN)
    assert app.warning.getvalue() == ""


def test_in_latex_each_page_has_its_own_examples_and_every_link_a_target(build: Any) -> None:
    other = PAGES["reference.md"].replace("# Reference", "# Other").replace("## Go", "## Golang")
    home = PAGES["index.md"].replace("reference\n", "reference\nother\n")
    app = build({**PAGES, "index.md": home, "other.md": other}, builder="latex", settings=OWN)
    assert app.warning.getvalue() == ""
    [text] = [path.read_text(encoding="utf-8") for path in app.outdir.glob("*.tex")]
    links, targets = (
        set(re.findall(rf"\\{name}[\[{{]\\detokenize{{([^}}]*)}}", text)) for name in ("hyperref", "label")
    )
    assert {f"{page}:example-1{part}" for page in ("reference", "other") for part in ("", "_skill_go")} <= links
    assert links <= targets


def test_only_the_source_is_shown_if_so_asked(build: Any) -> None:
    text = PAGES["reference.md"].replace("{folio-example}\n", "{folio-example}\n:no-result:\n\n", 1)
    html = page(build({**PAGES, "reference.md": text}, settings=OWN), "reference.html")
    assert html.select(".folio-example-result") == []
    assert "skill" in html.select_one("pre").get_text()


def test_an_unknown_directive_is_reported(build: Any) -> None:
    app = build({**PAGES, "reference.md": "# Reference\n\n```{folio-directive} skil\n```\n"}, settings=OWN)
    assert "no directive 'skil'; did you mean 'skill'?" in app.warning.getvalue()


def test_a_directive_without_descriptions_has_none_in_other_languages_either(
    build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SummaryDirective, "summary", "")
    monkeypatch.setattr(SummaryDirective, "known_options", {"odd": Option()})
    pages = {"index.md": "# Reference\n\n```{folio-directive} summary\n```\n"}
    html = page(build(pages, settings={**OWN, "language": "zh_CN"}), "index.html")
    assert html.select_one("td:nth-of-type(2)").get_text(strip=True) == ""
    assert "Project-Id-Version" not in html.get_text()


def test_settings_name_their_extension(build: Any) -> None:
    pages = {"index.md": "# Reference\n\n```{folio-settings}\n```\n"}
    extensions = [*EXTENSIONS, "sphinx_folio.navigation"]
    html = page(build(pages, settings={**OWN, "extensions": extensions}), "index.html")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in html.select("tbody tr")]
    extension_of = {row[0]: row[1] for row in rows}
    assert extension_of["folio_navigation_most"] == "sphinx_folio.navigation"
    assert extension_of["folio_levels"] == "sphinx_folio"
    assert all(extension_of.values())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_setting_is_an_object_with_an_anchor_and_found_by_its_name(build: Any, language: str) -> None:
    settings = {"extensions": [*EXTENSIONS, "sphinx_folio.search"], "language": language}
    text = "# Home\n\n```{folio-settings}\n```\n\nSee {confval}`folio_levels`.\n"
    app = build({"index.md": text}, settings=settings)
    assert app.warning.getvalue() == ""
    home = page(app, "index.html")
    assert home.select_one("#confval-folio_levels").get_text() == "folio_levels"
    assert home.select_one('p a[href="#confval-folio_levels"]')
    index = "".join(file.read_text("utf-8") for file in (app.outdir / "_static" / "folio-search").rglob("*.js*"))
    assert ("设置" if language == "zh_CN" else '"setting"') in index
    assert "configuration value" not in index
