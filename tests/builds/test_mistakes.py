"""Every mistake in the table is reported with file, line, subtype and, if there is a likely one, a correction.

The table is in tests/data/mistakes: every file there is read.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

TABLES = Path(__file__).parent.parent / "data" / "mistakes"
ROWS: list[dict[str, Any]] = [
    row for path in sorted(TABLES.glob("*.toml")) for row in tomllib.loads(path.read_text(encoding="utf-8"))["row"]
]
MARKUPS = ("md", "rst")

KNOWN = """\
Known
=====

.. skill:: go
   :name: Go
   :category: languages

.. skill:: kubernetes
   :name: Kubernetes
   :category: networking

.. position:: engineer
   :entity: Known
   :title: Engineer
   :start: 2021

.. project:: pool
   :name: Pool
"""
HEADS = {"md": "---\norphan: true\n---\n# Page {number}\n\n", "rst": ":orphan:\n\nPage {number}\n========\n\n"}
WARNING = re.compile(
    r"^(?P<path>[^\n:]*):(?P<line>\d+): (?:WARNING|ERROR): (?P<says>.*?\[(?P<type>[\w.]+)\])$", re.DOTALL
)


class Report(NamedTuple):
    """A warning: the number of its line below the head of the page, its type, and all of it."""

    line: int
    type: str
    says: str


def text_of(row: Mapping[str, Any], markup: str) -> str:
    """Return the text of a row's page; an empty text if the mistake is impossible in the markup."""
    text = row[markup] if markup in row else as_restructuredtext(row["md"])
    return str(text).removeprefix("\n").rstrip("\n")


def as_restructuredtext(text: str) -> str:
    """Return Markdown as reStructuredText, line by line; of fences, those that are not nested."""
    lines = []
    indent = ""
    for line in text.removeprefix("\n").splitlines():
        opened = re.fullmatch(r"`{3,}\{([^}]+)\} ?(.*)", line)
        if opened:
            lines.append(f"{indent}.. {opened[1]}:: {opened[2]}".rstrip())
            indent += "   "
        elif re.fullmatch("`{3,}", line):
            lines.append("")
            indent = indent[3:]
        else:
            lines.append(f"{indent}{line}".rstrip())
    return re.sub(r"\{([\w:]+)\}`", r":\1:`", "\n".join(lines))


@pytest.fixture(scope="module")
def reports(
    settings: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], list[list[Report]]]:
    """Return a function that builds all rows in a markup, each as a page, and returns the warnings of each."""
    kept: dict[str, list[list[Report]]] = {}

    def of(markup: str) -> list[list[Report]]:
        if markup not in kept:
            kept[markup] = build_all(markup, settings, tmp_path_factory.mktemp(markup))
        return kept[markup]

    return of


def build_all(markup: str, settings: Mapping[str, Any], folder: Path) -> list[list[Report]]:
    (folder / "conf.py").touch()
    (folder / "index.rst").write_text(KNOWN, encoding="utf-8")
    for number, row in enumerate(ROWS):
        text = text_of(row, markup)
        if text:
            page = HEADS[markup].format(number=number) + text.replace("KEY", f"m{number}") + "\n"
            (folder / f"page-{number}.{markup}").write_text(page, encoding="utf-8")
    # several rows have a person of their own
    app = SphinxTestApp(
        "html", srcdir=folder, confoverrides={**settings, "suppress_warnings": ["folio.duplicate_person"]}
    )
    app.build()
    found: list[list[Report]] = [[] for _row in ROWS]
    for path, report in warnings_of(strip_escape_sequences(app.warning.getvalue())):
        page_number = re.fullmatch(rf".*page-(\d+)\.{markup}", path)
        assert page_number, (path, report)
        found[int(page_number[1])].append(report._replace(line=report.line - HEADS[markup].count("\n")))
    app.cleanup()
    return found


def warnings_of(text: str) -> Iterator[tuple[str, Report]]:
    for part in re.split(r"\n(?=(?:\S[^\n:]*:\d+: )?(?:WARNING|ERROR): )", "\n" + text):
        warning = WARNING.match(part.strip())
        assert warning or not part.strip(), part
        if warning:
            yield warning["path"], Report(int(warning["line"]), warning["type"], warning["says"])


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("number", range(len(ROWS)), ids=lambda number: ROWS[number]["name"].replace(" ", "-"))
def test_a_mistake_is_reported(number: int, markup: str, reports: Callable[[str], list[list[Report]]]) -> None:
    row = ROWS[number]
    found = reports(markup)[number]
    in_rst = markup == "rst"
    ours = [report for report in found if report.type.startswith("folio.")]
    others = {report.type for report in found} - {report.type for report in ours}
    if not text_of(row, markup) or "subtype" not in row:
        assert found == []
        return
    [report] = ours
    assert report.type == f"folio.{row['subtype']}", report
    assert report.line == (row.get("line_rst", row["line"]) if in_rst else row["line"]), report
    assert (row.get("says_rst", row["says"]) if in_rst else row["says"]) in report.says
    assert others == set(row.get("also_rst", ()) if in_rst else row.get("also", ()))


def test_the_table_is_long() -> None:
    mistakes = [row for row in ROWS if "subtype" in row]
    assert len(mistakes) >= 60
    assert len({row["name"] for row in ROWS}) == len(ROWS)
