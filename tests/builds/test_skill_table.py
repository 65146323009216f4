"""Skills as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from bs4 import Tag

MARKDOWN = """\
# Home

````{skill-table}
```{skill} go
:name: Go
:category: languages
:level: working
:keywords: Golang
```
```{skill} c
:name: C
:category: languages
```
````

## Pool

```{project} pool
:skills: go
```

## Notes

Some {skill}`c`.
"""


def table_of(app: Any) -> Tag:
    found = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser").select_one("article, body")
    assert found is not None
    table = found.select_one("table.folio-skill-table")
    assert table is not None
    return table


def test_skills_are_rows_with_level_and_use(build: Any) -> None:
    app = build({"index.md": MARKDOWN})
    assert app.warning.getvalue() == ""
    table = table_of(app)
    assert [cell.get_text().strip() for cell in table.select("thead th")] == ["Skill", "Level", "Used in"]
    rows = [[cell.get_text().strip() for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [["Go", "working", "Pool"], ["C", "", "Notes"]]
    assert [row["id"] for row in table.select("tbody tr")] == ["skill_go", "skill_c"]
    assert [link["href"] for link in table.select("a")][:1] == ["#project_pool"]
    found = app.env.domains["folio"].portfolio().find("skill", "go")
    assert (found.name, found.level, found.keywords) == ("Go", "working", ("Golang",))


def test_a_table_of_skills_that_are_only_mentioned_says_so(build: Any) -> None:
    table = table_of(build({"index.md": MARKDOWN.replace(":skills: go", "")}))
    assert [cell.get_text().strip() for cell in table.select("thead th")] == ["Skill", "Level", "Mentioned in"]


def test_paper_has_a_line_for_each_level(build: Any) -> None:
    person = "```{person} ada\n:name: Ada Example\n```"
    row = "```{skill} rust\n:name: Rust\n:category: languages\n:level: working\n```\n"
    text = MARKDOWN.replace("```{skill} c\n", f"{row}```{{skill}} c\n").replace("## Pool", f"{person}\n\n## Pool")
    settings = {"extensions": ["myst_parser", "sphinx_folio.export"], "folio_exports": ["txt"]}
    app = build({"index.md": text}, settings=settings)
    assert app.warning.getvalue() == ""
    assert "working: Go, Rust\nC\n" in (app.outdir / "resume.txt").read_text("utf-8")


def test_rows_can_be_translated(build: Any) -> None:
    app = build({"index.md": MARKDOWN}, builder="gettext")
    assert 'msgid "Go"' in (app.outdir / "index.pot").read_text("utf-8")


def test_what_does_not_fit_into_a_row_is_reported(build: Any) -> None:
    text = MARKDOWN.replace(":keywords: Golang\n", ":keywords: Golang\n\nFive years of it.\n")
    warning = build({"index.md": text}).warning.getvalue()
    assert (
        "index.md:4: WARNING: a row of a skill table has room for name and level only; move the rest of go" in warning
    )
    warning = build({"index.md": "# Home\n\n```{skill-table}\n```\n"}).warning.getvalue()
    assert "index.md:3: WARNING: this table has no skills; add a directive skill inside it for each skill" in warning
