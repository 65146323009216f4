"""The roles of a résumé are easy to tell apart, on the page, in the timeline and in lists of skills and evidence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
CONF = """
extensions = ["myst_parser", "sphinx_folio"]
html_theme = "{theme}"
primary_domain = "folio"
folio_levels = ["good"]
folio_categories = {{"tools": "Tools"}}
folio_today = "2026-11-30"
"""
RESUME = """# Ada

## Work

### Acme

```{position} lead
:title: Lead engineer
:start: 2022-03
:location: Berlin
```

```{highlight} fast
:skills: go

It is fast.
```

```{position} engineer
:title: Engineer
:start: 2019-03
:end: 2022-03
```

### Initech

```{position} intern
:title: Intern
:start: 2018-01
:end: 2018-06
```

## Certificates

```{certificate} old
:name: Old one
:date: 2020
:expires: 2023
```

## Skills

```{skill-index}
```

### Go

```{skill} go
:category: tools
:level: good
```

### Rust

```{skill} rust
:category: tools
```

```{evidence} report
:kind: report
:title: Report on Go
:url: https://example.org/report
:date: 2024
:by: own
:skills: go
```

## Career

```{timeline}
```
"""
WIDTHS = (390, 1280)


@pytest.fixture(scope="module", params=["furo", "alabaster"])
def resume(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    serve: Callable[[Path], AbstractContextManager[str]],
) -> Iterator[str]:
    """Build a résumé with two roles at a company, and return its address."""
    folder = tmp_path_factory.mktemp("roles")
    (folder / "conf.py").write_text(CONF.format(theme=request.param), encoding="utf-8")
    (folder / "index.md").write_text(RESUME, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "-q", str(folder), str(folder / "site")]
    environment = {"PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with serve(folder / "site") as address:
        yield f"{address}index.html"


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return {"x": found["x"], "y": found["y"], "height": found["height"], "below": found["y"] + found["height"]}


def style(page: Page, selector: str, name: str) -> str:
    return str(page.locator(selector).first.evaluate("(node, name) => getComputedStyle(node)[name]", name))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_title_is_read_first_and_stands_out(page: Page, resume: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(resume)
    title, dates = box(page, ".folio-role"), box(page, ".folio-position .folio-dates")
    assert (title["y"], title["x"]) < (dates["y"] + dates["height"] / 2, dates["x"] + 1)
    assert style(page, ".folio-role", "fontWeight") == "600"
    assert style(page, ".folio-role", "color") == style(page, ".folio-highlight > p", "color")
    assert style(page, ".folio-role", "color") != style(page, ".folio-position .folio-dates", "color")
    assert style(page, ".folio-certificate strong", "color") == style(page, ".folio-highlight > p", "color")


@pytest.mark.parametrize("width", WIDTHS)
def test_there_is_a_gap_before_another_role_and_a_larger_one_before_a_company(
    page: Page, resume: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(resume)
    assert box(page, "#position_engineer")["y"] - box(page, ".folio-highlight")["below"] >= 24
    assert box(page, "section + section > h3")["y"] - box(page, "#position_engineer")["below"] >= 24


def test_roles_are_indented_from_the_name_of_their_company(page: Page, resume: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(resume)
    company, role = ".folio-timeline > li > .folio-title > a", ".folio-timeline .folio-timeline .folio-title > a"
    assert box(page, company)["x"] < box(page, role)["x"] < box(page, company)["x"] + 40


def test_a_skill_without_a_level_has_no_line_to_it(page: Page, resume: str) -> None:
    page.goto(resume)
    skills = page.locator(".folio-leveled")
    lines = skills.evaluate_all("(skills) => skills.map((skill) => getComputedStyle(skill, '::before').content)")
    assert lines == ['""', "none"]


def test_the_title_of_evidence_has_room_in_a_narrow_column(page: Page, resume: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(resume)
    page.locator(".folio-evidence").first.evaluate("(row) => (row.style.width = '300px')")
    assert page.locator(".folio-evidence .folio-line > a").first.evaluate("(title) => title.offsetWidth") > 60
