"""In every language that has a catalog, a reader sees no English label, and the direction of the page is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Tag

from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = sorted(path.name for path in CATALOG_FOLDER.iterdir() if path.name != "zh_CN")
EXTENSIONS = ("export", "languages", "search", "social")
PAGES = {
    "index.md": """\
# Ada

```{person} ada
:name: Ada
:email: ada@example.org
:url: https://ada.example.org
:birth: 1990-05
```

```{toctree}
resume
skills
project
lists
```
""",
    "resume.md": """\
# Acme

```{position} acme
:title: CNI
:entity: Acme
:start: 2021-08
:skills: go
```

```{highlight} faster
:skills: go, c

Faster.
```

## Uni

```{education} uni
:area: CS
:start: 2014
:end: 2018
:score: 4.0
:courses: AI, OS
```

```{talk} talk
:title: CNI
:event: KubeCon
:date: 2024-03-19
```

```{downloads}
```
""",
    "skills.md": """\
# Go

```{skill} go
:category: languages
:level: expert
:keywords: Golang, Go 1

Go.
```

## C

```{skill} c
:category: languages
:level: expert

C.
```
""",
    "project.md": """\
# CNI

```{project} cni
:position: acme
:start: 2022-01
:end: 2024-03
:languages: go
:skills: go, c
:repository: https://example.org/cni
:roles: CNI, CRI

CNI.
```

```{evidence} pull
:title: CNI 1
:kind: pull-request
:url: https://example.org/cni/pull/1
:date: 2023-02-03
:by: own
:skills: go
```

```{evidence} page
:title: CNI 2
:kind: page
:url: https://example.org/cni/2
:by: team
:skills: go
```
""",
    "lists.md": """\
# Go, C

```{skill-matrix}
```

```{skill-index}
```

```{timeline}
```

```{project-cards}
```

```{evidence-table}
```

```{evidence-coverage}
```
""",
}


def catalog_of(language: str) -> dict[str, str]:
    """Return the translations of the strings without plural forms."""
    with Path(CATALOG_FOLDER, language, "LC_MESSAGES", f"{CATALOG}.po").open("rb") as file:
        return {
            message.id: str(message.string) for message in read_po(file) if isinstance(message.id, str) and message.id
        }


def texts_of(page: BeautifulSoup) -> Iterator[str]:
    """Yield the texts of a page that are seen or read aloud."""
    for text in page.find_all(string=True):
        if text.parent is not None and text.parent.name not in {"script", "style"} and text.strip():
            yield " ".join(text.split())
    for element in page.find_all(True):
        if isinstance(element, Tag):
            yield from (
                str(element[name]) for name in ("aria-label", "title", "alt", "placeholder") if name in element.attrs
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_portfolio_has_labels_in_its_language(language: str, build: Any) -> None:
    code = {"pt": "pt_BR"}.get(language, language)  # docutils knows no other Portuguese
    settings = {
        "extensions": ["myst_parser", "sphinx_folio", *(f"sphinx_folio.{name}" for name in EXTENSIONS)],
        "language": code,
        "folio_languages": {code: ""},
        "folio_categories": {"languages": "Go"},
        "folio_levels": ["expert"],
        "folio_exports": ["txt", "json"],
        "suppress_warnings": ["folio.split_resume"],
        "folio_today": "2026-11-30",
        "html_theme": "furo",
        "html_sidebars": None,
        "project": "Ada",
        "author": "Ada",
        "html_title": "Ada",
    }
    app = build(PAGES, settings=settings)
    assert app.warning.getvalue() == ""
    found = catalog_of(language)
    english = {text for text, translation in found.items() if text != translation}
    for name in ("index", "resume", "skills", "project", "lists", "search"):
        page = BeautifulSoup((app.outdir / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        root = page.html
        assert root is not None
        assert root["lang"] == code.replace("_", "-")
        assert root.get("dir") == ("rtl" if language in {"ar", "he"} else None)
        texts = {*texts_of(page)}
        assert english & texts == set(), name
        for label in LABELS.get(name, ()):
            assert any(found[label] in text for text in texts), label
        if name == "project":
            assert found[", "].join(["CNI", "CRI"]) in texts
    scripts = "".join(path.read_text(encoding="utf-8") for path in (app.outdir / "_static").glob("folio-search*.js"))
    for label in ("Search results", "All", "Clear highlights", "Use “quotes” for a phrase, -word to exclude"):
        assert found[label] in scripts
        assert f'"{label}"' not in scripts


LABELS = {
    "resume": ("present", "Score", "Courses", "Plain text", "Skip to content"),
    "skills": ("Level", "Also known as", "Experience", "Last used", "Sources", "Used in", "On this page"),
    "project": ("Position", "Period", "Roles", "Written in", "Links", "Repository", "Skills", "Pull request", "Mine"),
    "lists": ("Skill", "Level", "Experience", "Supports", "Category", "With a source", "All highlights", "Education"),
}
"""Page → labels that it shows."""
