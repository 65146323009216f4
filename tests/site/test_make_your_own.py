"""What the site promises to those who want one of their own: a true reference, snippets that build, lasting addresses."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from sphinx_folio.__main__ import COMMANDS, main
from sphinx_folio.config import SETTINGS
from sphinx_folio.domain import FolioDomain
from sphinx_folio.warnings import Subtype

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "make-your-own"
SNIPPET = re.compile(r"^````text\n(.*?)^````$", re.MULTILINE | re.DOTALL)


def codes(site: Path, folder: str) -> set[str]:
    page = (site / folder / "make-your-own" / "reference.html").read_text(encoding="utf-8")
    return {tag.get_text() for tag in BeautifulSoup(page, "html.parser").select("table.folio-reference code")}


@pytest.mark.parametrize("folder", ["", "en"])
def test_the_reference_names_all_that_there_is(folder: str, site: Path) -> None:
    shown = codes(site, folder)
    directives: dict[str, Any] = FolioDomain.directives
    assert directives.keys() <= shown
    assert {option for directive in directives.values() for option in directive.known_options} <= shown
    assert {f"folio.{item.subtype}" for item in Subtype} <= shown
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    settings = set(re.findall(r'add_config_value\(\s*"(folio_\w+)"', sources)) | {item.name for item in SETTINGS}
    assert len(settings) > 15
    assert settings <= shown
    assert {name for name in COMMANDS if any(f"sphinx_folio {name} " in code for code in shown)} == COMMANDS.keys()


def test_the_meanings_are_in_the_language_of_the_page(site: Path) -> None:
    pages = [(site / folder / "make-your-own" / "reference.html").read_text("utf-8") for folder in ("", "en")]
    assert "A period ends before it starts." in pages[1]
    assert "A period ends before it starts." not in pages[0]
    for page in pages[:1]:
        meanings = [
            row.select("td")[-1].get_text()
            for row in BeautifulSoup(page, "html.parser").select("table tr")[1:]
            if len(row.select("td")) > 1
        ]
        untranslated = [text for text in meanings if text.endswith(".") and not re.search("[一-鿿]", text)]
        assert untranslated == []


def test_the_snippets_are_a_portfolio_that_builds_strictly(build: Any) -> None:
    snippets = [
        text for name in ("reference.md", "guides.md") for text in SNIPPET.findall((PAGES / name).read_text("utf-8"))
    ]
    assert len(snippets) == 4
    pages = {f"page{number}.md": text for number, text in enumerate(snippets)}
    index = "# Home\n\n```{toctree}\n" + "\n".join(name.removesuffix(".md") for name in pages) + "\n```\n"
    app = build({**pages, "index.md": index}, settings={"nitpicky": True})
    assert app.warning.getvalue() == ""
    portfolio = app.env.domains["folio"].portfolio()
    assert portfolio.find("project", "pool").position == "acme"
    assert portfolio.find("evidence", "pool-report") is not None


def test_the_tutorial_uses_words_that_the_commands_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (PAGES / "tutorial.md").read_text(encoding="utf-8")
    commands = [shlex.split(line) for line in re.findall(r"^python -m sphinx_folio (.*)$", text, re.MULTILINE)]
    assert [words[0] for words in commands] == ["init", "build"]
    monkeypatch.chdir(tmp_path)
    assert main(commands[0]) == 0
    assert "sphinx_folio-0.1.0-py3-none-any.whl[pdf]" in Path("portfolio/requirements.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def addresses() -> ModuleType:
    """Return the module that knows the site's addresses."""
    spec = importlib.util.spec_from_file_location("addresses", Path(__file__).with_name("addresses.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_address_has_vanished(site: Path, addresses: ModuleType) -> None:
    promised = (ROOT / "tests" / "site" / "data" / "addresses.txt").read_text(encoding="utf-8").splitlines()
    assert len(promised) > 100
    assert addresses.vanished(promised, site) == []


def test_what_moves_keeps_its_address_and_what_goes_does_not(build: Any, addresses: ModuleType) -> None:
    skill = "```{skill} go\n:category: languages\n```\n"
    pages = {
        "index.md": "# Home\n\n```{toctree}\nwork\nskills\n```\n",
        "work.md": "# Work\n\n(pool-how)=\n## How\n\nSo.\n",
        "skills.md": f"# Skills\n\n## Go\n\n{skill}",
    }
    extensions = {"extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.redirects"]}
    before = addresses.addresses(build(pages, settings=extensions).outdir)
    assert "work.html" in before
    assert "folio:skill go skills.html#skill_go" in before
    moved = {
        **pages,
        "index.md": "# Home\n\n```{toctree}\nprojects\nskills\n```\n",
        "work.md": None,
        "projects.md": pages["work.md"],
        "skills.md": pages["skills.md"]
        .replace("} go", "} golang")
        .replace("languages\n", "languages\n:formerly: go\n"),
    }
    redirects = extensions | {"folio_redirects": {"work": "projects"}}
    kept = build(moved, settings=redirects, folder="moved")
    assert kept.warning.getvalue() == ""
    assert addresses.vanished(before, kept.outdir) == []
    gone = {name: text.replace(":formerly: go\n", "") for name, text in moved.items() if text}
    lost = build(gone, settings=extensions, folder="lost")
    assert addresses.vanished(before, lost.outdir) == [
        "folio:skill go skills.html#skill_go",
        "std:label pool-how work.html#pool-how",
        "work.html",
    ]
