"""Diagrams in built pages: rendering, accessibility, translation, incremental builds and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EXTENSIONS = ["myst_parser", "sphinx_folio.diagrams"]
SETTINGS = {
    "extensions": EXTENSIONS,
    "primary_domain": None,
    "folio_levels": None,
    "folio_categories": None,
    "folio_today": None,
}
RESTRUCTUREDTEXT = """\
Home
====

.. mermaid::
   :alt: One leads to two
   :caption: The way

   flowchart LR
     a["One"] --> b["Two"]

.. mermaid::
   :alt: Two asks one

   sequenceDiagram
     B->>A: asks
"""
MARKDOWN = """\
# Home

```{mermaid}
:alt: One leads to two
:caption: The way
flowchart LR
  a["One"] --> b["Two"]
```

```{mermaid}
:alt: Two asks one

sequenceDiagram
  B->>A: asks
```
"""
SOURCES = [("index.rst", RESTRUCTUREDTEXT), ("index.md", MARKDOWN)]
MARKUPS = pytest.mark.parametrize(("name", "text"), SOURCES, ids=["rst", "md"])


def portfolio(build: Any, pages: Mapping[str, str | None], **options: Any) -> Any:
    return build(pages, settings=SETTINGS | options.pop("settings", {}), **options)


def warnings(app: Any) -> list[str]:
    return [line for line in strip_escape_sequences(app.warning.getvalue()).splitlines() if line]


def page(app: Any, name: str = "index") -> BeautifulSoup:
    return BeautifulSoup((app.outdir / f"{name}.html").read_text("utf-8"), "html.parser")


@MARKUPS
@pytest.mark.parametrize("parallel", [1, 2])
def test_diagrams_are_svg_without_a_script(name: str, text: str, parallel: int, build: Any) -> None:
    app = portfolio(build, {name: text}, parallel=parallel)
    assert warnings(app) == []
    soup = page(app)
    pictures = soup.select("svg.folio-diagram")
    assert [picture["aria-label"] for picture in pictures] == ["One leads to two", "Two asks one"]
    assert {"One", "Two"} <= set(pictures[0].stripped_strings)
    assert [caption.get_text().strip("¶") for caption in soup.select("figure#diagram-1 figcaption .caption-text")] == [
        "The way"
    ]
    assert not [script for script in soup.select("script") if "mermaid" in str(script)]
    assert (app.outdir / "_static" / "folio-diagrams.css").exists()
    assert not (app.outdir / "_static" / "mermaid.js").exists()


@MARKUPS
def test_an_invalid_diagram_is_reported_at_its_line_and_its_source_is_shown(name: str, text: str, build: Any) -> None:
    wrong = text.replace('"] --> b["Two"]', '"] --> ')
    app = portfolio(build, {name: wrong})
    line = wrong.splitlines().index(next(line for line in wrong.splitlines() if line.endswith('"] --> '))) + 1
    [warning] = warnings(app)
    assert f"{name}:{line}: WARNING: invalid diagram: unexpected end of input" in warning
    assert warning.endswith("[folio.invalid_diagram]")
    source = page(app).select_one("pre.folio-diagram-source")
    assert source is not None
    assert 'a["One"] -->' in source.get_text()
    assert len(page(app).select("svg.folio-diagram")) == 1


@MARKUPS
def test_a_diagram_without_alternative_text_is_reported(name: str, text: str, build: Any) -> None:
    without_alt = text.replace(":alt: Two asks one", ":align: center")
    [warning] = warnings(portfolio(build, {name: without_alt}))
    line = 11 if name.endswith(".rst") else 10
    assert f"{name}:{line}: WARNING: diagram without option 'alt'" in warning
    assert warning.endswith("[folio.missing_alternative]")


def test_a_diagram_in_a_file_is_rendered_and_rebuilt_and_errors_name_the_file(build: Any) -> None:
    text = "# Home\n\n```{mermaid} way.mmd\n:alt: A way\n:title: Title\n```\n"
    app = portfolio(build, {"index.md": text, "way.mmd": 'flowchart LR\n  a["One"]\n'})
    assert warnings(app) == []
    assert "One" in page(app).get_text()
    app = portfolio(build, {"index.md": text, "way.mmd": 'flowchart LR\n  a["Other"]\n'})
    assert "Other" in page(app).get_text()
    [warning] = warnings(portfolio(build, {"index.md": text, "way.mmd": "flowchart LR\n  a -->\n"}))
    assert "way.mmd:2: WARNING: invalid diagram" in warning


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_changed_diagram_is_rendered_again_as_in_a_clean_build(parallel: int, build: Any, contents: Any) -> None:
    pages = {"index.md": f"{MARKDOWN}\n```{{toctree}}\nother\n```\n", "other.md": "# Other\n"}
    portfolio(build, pages, parallel=parallel)
    changed = {"index.md": pages["index.md"].replace('"One"', '"Three"')}
    again = portfolio(build, changed, parallel=parallel)
    assert "Three" in page(again).get_text()
    assert again.env.doc2path("other", base=False)
    clean = portfolio(build, {**pages, **changed}, parallel=parallel, folder="clean")
    excluded = (".buildinfo",)
    assert contents(again.outdir, without=excluded) == contents(clean.outdir, without=excluded)


def test_the_text_of_all_types_of_diagrams_is_translated(build: Any, tmp_path: Path) -> None:
    source = "# 首页\n\n```{mermaid}\n:alt: 一张图\n:caption: 图\nsequenceDiagram\n  participant A as 读者\n  loop 再试\n    A->>A: 问\n  end\n```\n\n```{mermaid}\n:alt: 状态\n\nstateDiagram-v2\n  [*] --> run: 部署\n```\n"
    words = {
        "首页": "Home",
        "一张图": "A picture",
        "图": "Picture",
        "读者": "Reader",
        "再试": "try again",
        "问": "asks; waits",
        "状态": "States",
        "部署": "deploys",
    }
    folder = tmp_path / "source" / "locales" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = Catalog(locale="en")
    for message, translation in words.items():
        catalog.add(message, translation)
    with (folder / "index.mo").open("wb") as file:
        write_mo(file, catalog)
    settings = {
        "extensions": [*EXTENSIONS, "sphinx_folio.languages"],
        "folio_languages": {"zh_CN": "", "en": "en"},
        "language": "en",
        "locale_dirs": ["locales"],
        "gettext_auto_build": False,
    }
    app = portfolio(build, {"index.md": source}, settings=settings)
    soup = page(app)
    assert [picture["aria-label"] for picture in soup.select("svg.folio-diagram")] == ["A picture", "States"]
    drawn = " ".join(" ".join(picture.get_text(" ") for picture in soup.select("svg.folio-diagram")).split())
    for word in ("Reader", "try again", "asks; waits", "deploys"):
        assert word in drawn
    assert not [word for word in words if word in drawn]


def test_the_renderer_script_uses_a_script_of_the_site(build: Any) -> None:
    app = portfolio(
        build,
        {"index.md": f"{MARKDOWN}\n```{{toctree}}\nother\n```\n", "other.md": "# Other\n"},
        settings={"folio_diagram_renderer": "script"},
    )
    assert warnings(app) == []
    sources = page(app).select("pre.mermaid")
    assert [source["aria-label"] for source in sources] == ["One leads to two", "Two asks one"]
    assert 'a["One"] --> b["Two"]' in sources[0].get_text()
    scripts = [str(script.get("src", "")).partition("?")[0] for script in page(app).select("script[src]")]
    assert scripts[-2:] == ["_static/mermaid.js", "_static/folio-diagrams.js"]
    assert all((app.outdir / script).exists() for script in scripts)
    assert "mermaid" not in str(page(app, "other").select("script"))


def test_without_merman_the_fallback_is_the_script(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_folio.diagrams.directive.can_draw", lambda: False)
    monkeypatch.setattr("sphinx_folio.diagrams.output.can_draw", lambda: False)
    app = portfolio(build, {"index.md": MARKDOWN})
    assert len(page(app).select("pre.mermaid")) == 2
    with pytest.raises(
        ConfigError,
        match=r"folio_diagram_renderer in conf.py: 'drawn' needs merman; run “pip install \"sphinx-folio\[diagrams\]\"”",
    ):
        portfolio(build, {"index.md": MARKDOWN}, settings={"folio_diagram_renderer": "drawn"})
    monkeypatch.setattr("sphinx_folio.diagrams.output.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"need merman or mermaidx; run “pip install \"sphinx-folio\[diagrams\]\"”"):
        portfolio(build, {"index.md": MARKDOWN})


def test_a_link_of_a_diagram_cannot_run_a_script(build: Any) -> None:
    text = MARKDOWN.replace(
        'b["Two"]\n', 'b["Two"]\n  click a "javascript:alert(1)"\n  click b "https://example.org/" "Tip"\n'
    )
    soup = page(portfolio(build, {"index.md": text}))
    addresses = [value for link in soup.select("svg a") for name, value in link.attrs.items() if name.endswith("href")]
    assert addresses == ["https://example.org/"]


@pytest.mark.parametrize(
    ("builder", "written", "shown"),
    [
        ("text", "index.txt", "One leads to two"),
        ("latex", "portfolio.tex", "One leads to two"),
        ("man", "portfolio.1", "One leads to two"),
        ("texinfo", "portfolio.texi", "One leads to two"),
        ("epub", "index.xhtml", "<svg"),
    ],
)
def test_other_builders_write_the_svg_or_the_alternative_text(
    builder: str, written: str, shown: str, build: Any
) -> None:
    settings = {"version": "1", "copyright": "Ada", "project": "Portfolio"}
    app = portfolio(build, {"index.md": MARKDOWN}, builder=builder, settings=settings)
    assert warnings(app) == []
    assert shown in (app.outdir / written).read_text("utf-8")
