"""Sections that an author has tagged with skills, on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio.search.check import BuiltSearch

if TYPE_CHECKING:
    from bs4 import Tag

HOME = """\
# Home

## Go

```{skill} go
:category: languages
```

## Containers

```{skill} containers
:category: networking
:formerly: docker
```

```{toctree}
guide
```
"""
GUIDE = """\
# Run it

```{skill-tags}
:skills: containers
```

## Build it

```{index} compiler
```

```{skill-tags}
:skills: go, containers
```

Run the compiler.
"""


def html(app: Any, page: str) -> Tag:
    return BeautifulSoup((app.outdir / page).read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("parallel", [1, 2])
def test_skills_list_the_sections_that_are_tagged_with_them(build: Any, parallel: int) -> None:
    app = build({"index.md": HOME, "guide.md": GUIDE}, parallel=parallel)
    assert app.warning.getvalue() == ""
    page = html(app, "guide.html")
    assert [[tag.text for tag in line.select("a")] for line in page.select(".folio-tags")] == [
        ["Containers"],
        ["Go", "Containers"],
    ]
    home = html(app, "index.html")
    for skill in ("go", "containers"):
        links = home.select(f"#skill_{skill} .folio-usages a")
        assert [link["href"] for link in links] == ["guide.html", "guide.html#build-it"]
    app = build({"guide.md": GUIDE.replace("go, ", "")}, parallel=parallel)
    assert not html(app, "index.html").select("#skill_go .folio-usages")
    assert len(html(app, "index.html").select("#skill_containers .folio-usages a")) == len(links)


def test_tags_of_unknown_and_renamed_skills_are_reported_with_their_line(build: Any) -> None:
    text = GUIDE.replace(":skills: containers", ":skills: docker, gp").replace("go, containers", "go\n:level: expert")
    app = build({"index.md": HOME, "guide.md": text})
    found = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert [line.partition("guide.md")[2] for line in found] == [
        ":14: WARNING: the option 'level' has no effect next to 'skills'; remove one of them [folio.invalid_option]",
        ":3: WARNING: skill 'docker' is now 'containers'; write the new key [folio.renamed_key]",
        ":3: WARNING: unknown skill 'gp'; did you mean 'go'? [folio.unknown_key]",
    ]


def test_search_finds_tagged_sections_by_their_skills(build: Any) -> None:
    extensions = ["sphinx_folio", "myst_parser", "sphinx_folio.search"]
    app = build({"index.md": HOME, "guide.md": GUIDE}, settings={"extensions": extensions})
    site = BuiltSearch(app.outdir)
    assert {"guide.html", "guide.html#build-it"} <= set(site.results("containers"))
    assert "guide.html#build-it" in site.results("go")
    assert "guide.html" not in site.results("go")
