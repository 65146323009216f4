"""A title with a role shows the name of the object everywhere: in tables of contents, in links and in the tab."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

SKILLS = "Skills\n======\n\n.. skill:: cni\n   :name: Container Network Interface\n   :category: networking\n"
RST = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   work\n   skills\n",
    "work.rst": "Work with :skill:`cni`\n======================\n\nOne :skill:`cni`\n----------------\n\n"
    "Two :skill:`cni`\n----------------\n\nThree :skill:`plugins <cni>`\n-----------------------------\n\nFour :skill:`nothing`\n---------------------\n",
    "skills.rst": SKILLS,
}
MD = {
    "index.md": "# Home\n\n```{toctree}\nwork\nskills\n```\n",
    "work.md": "# Work with {skill}`cni`\n\n## One *{skill}`cni`*\n\n## Two {skill}`cni`\n\n## Three {skill}`plugins <cni>`\n\n## Four {skill}`nothing`\n",
    "skills.rst": SKILLS,
}


def titles_in_contents(app: Any, name: str = "Container Network Interface") -> list[str]:
    """Return the titles in the home page's table of contents and the page's own title in its tab."""
    home = BeautifulSoup((app.outdir / "index.html").read_text(encoding="utf-8"), "html.parser")
    work = BeautifulSoup((app.outdir / "work.html").read_text(encoding="utf-8"), "html.parser")
    assert work.title is not None
    return [
        link.get_text() for link in home.select(".toctree-wrapper a") if not str(link["href"]).startswith("skills")
    ] + [work.title.get_text().partition(" —")[0].partition(" &#8212;")[0].strip()]


def expected(name: str) -> list[str]:
    titles = [f"Work with {name}", f"Two {name}", "Three plugins", "Four nothing", f"Work with {name}"]
    return [titles[0], f"One {name}", *titles[1:]]


@pytest.mark.parametrize("options", [{}, {"parallel": 2}], ids=["serial", "parallel"])
@pytest.mark.parametrize("pages", [MD, RST], ids=["md", "rst"])
def test_titles_show_names(pages: dict[str, str], options: dict[str, int], build: Any) -> None:
    app = build(pages, **options)
    assert titles_in_contents(app) == expected("Container Network Interface")


def test_a_new_name_reaches_titles_of_pages_that_are_not_read_again(build: Any) -> None:
    build(MD)
    renamed = SKILLS.replace("Container Network Interface", "CNI")
    app = build(MD | {"skills.rst": renamed})
    assert titles_in_contents(app) == expected("CNI")


def test_the_names_of_a_removed_page_are_removed(build: Any) -> None:
    build(MD)
    app = build(MD | {"index.md": "# Home\n\n```{toctree}\nskills\n```\n", "work.md": None})
    assert app.env.domains["folio"].stored["titles"] == {}
