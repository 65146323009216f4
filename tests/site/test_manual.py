"""What the manual promises: a true reference, snippets that build, an entrance from each page, lasting addresses."""

from __future__ import annotations

import importlib.util
import io
import re
import shlex
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from sphinx_folio._common.mathml import to_mathml
from sphinx_folio._common.settings import EXTENSIONS
from sphinx_folio._common.warnings import Subtype
from sphinx_folio.cli.commands import COMMANDS, main
from sphinx_folio.cli.exit_codes import ExitCode
from sphinx_folio.directives.listings import listing_directive
from sphinx_folio.export.downloads import DownloadsDirective
from sphinx_folio.export.formats.pdf import SIZES, PdfLayout, pdf
from sphinx_folio.export.formats.resume_document import Facts, Heading, Paragraph, ResumeDocument, Run
from sphinx_folio.extension import DIRECTIVES
from sphinx_folio.listings import LISTINGS
from sphinx_folio.reference import examples
from sphinx_folio.types import BUILT_IN

if TYPE_CHECKING:
    from types import ModuleType

    from sphinx_folio.directives.base import FolioDirective

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "manual"
ENGLISH, CHINESE = FOLDERS = ("sphinx-folio", "sphinx-folio/zh")
REFERENCE = ("entries", "listings", "settings", "commands")
WITHOUT_RESULT = {"downloads", "evidence-checks", "match"}  # it depends on files or settings of the site
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SNIPPET = re.compile(r"^````(text|\{folio-example\})\n((?::[\w-]+:[^\n]*\n)*)(.*?)^````$", re.MULTILINE | re.DOTALL)


def codes(site: Path, folder: str) -> set[str]:
    return {tag.get_text() for page in reference(site, folder) for tag in page.select("table.folio-reference code")}


def reference(site: Path, folder: str) -> list[BeautifulSoup]:
    """Return the pages of the reference."""
    texts = ((site / folder / f"{name}.html").read_text("utf-8") for name in REFERENCE)
    return [BeautifulSoup(text, "html.parser") for text in texts]


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_reference_names_all_that_there_is(folder: str, site: Path) -> None:
    shown = codes(site, folder)
    directives = known_directives()
    assert {option for directive in directives.values() for option in directive.known_options} <= shown
    assert {f"folio.{item.subtype}" for item in Subtype} <= shown
    assert {name for names in EXTENSIONS.values() for name in names} <= shown
    commands = BeautifulSoup((site / folder / "commands.html").read_text("utf-8"), "html.parser")
    assert shown >= COMMANDS.keys()
    assert all(commands.select_one(f"section#command-{name} pre") for name in COMMANDS)
    assert {str(int(code)) for code in ExitCode} <= shown


def known_directives() -> dict[str, type[FolioDirective]]:
    return {
        **{kind.objtype: kind.directive for kind in BUILT_IN},
        **{item.name: listing_directive(item.name, item.filters, item.summary) for item in LISTINGS},
        **DIRECTIVES,
        "downloads": DownloadsDirective,
    }


def test_the_reference_names_every_extension() -> None:
    package = ROOT / "src" / "sphinx_folio"
    modules = {
        path for path in package.rglob("*.py") if re.search(r"^def setup\(app", path.read_text("utf-8"), re.MULTILINE)
    }
    dotted = {".".join(path.relative_to(package.parent).with_suffix("").parts) for path in modules}
    known = {name.removesuffix(".__init__").removesuffix(".extension") for name in dotted}
    # What others load themselves:
    known -= {
        f"sphinx_folio.{name}"
        for name in (
            *("_common.epub", "_common.settings", "_common.static_files", "_common.unique_ids"),
            "editor.builder",
        )
    }
    text = (PAGES / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^`(sphinx_folio[.\w]*)`\n: ", text, re.MULTILINE)) == known


def test_the_meanings_are_in_the_language_of_the_page(site: Path) -> None:
    rows = [
        [row.select("td")[-1].get_text() for page in reference(site, folder) for row in page.select("tr") if row.td]
        for folder in FOLDERS
    ]
    assert "A period ends before it starts." in rows[0]
    assert "A period ends before it starts." not in rows[1]
    assert len(rows[1]) > 100
    assert [text for text in rows[1] if text.endswith(".") and not re.search("[一-鿿]", text)] == []


def test_the_snippets_are_a_portfolio_that_builds_strictly(
    build: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = (PAGES / "extending.md").read_text(encoding="utf-8")
    [patents] = [text for text in PYTHON.findall(chapter) if "sphinx_folio.api" in text]
    folder = tmp_path / "extensions"
    folder.mkdir()
    (folder / "patents.py").write_text(patents, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "patents", raising=False)
    pages = snippets("entries") | snippets("guides") | snippets("verifying") | snippets("extending")
    assert len(pages) > 20
    index = "# Home\n\n```{toctree}\n" + "\n".join(name.partition(".")[0] for name in pages) + "\n```\n"
    bibliography = (PAGES / "example-papers.bib").read_text("utf-8")
    data = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.csv")}
    data |= {
        "example-papers.bib": bibliography,
        "papers.bib": bibliography.replace("Example_2023", "Second").replace("Fast", "Quick"),
    }
    extensions = ["myst_parser", "sphinx_folio", "sphinx_folio.diagrams", "sphinx_folio.export", "patents"]
    settings = {**examples.SETTINGS, "extensions": extensions, "nitpicky": True, "folio_exports": ["json"]}
    app = build({**pages, **data, "index.md": index}, settings=settings)
    assert app.warning.getvalue() == ""
    portfolio = app.env.domains["folio"].portfolio()
    assert portfolio.find("project", "pool").position == "acme"
    assert portfolio.find("evidence", "relay-report") is not None
    assert portfolio.find("patent", "fast-addresses").office == "Example Patent Office"
    [listing] = [
        text for page in app.outdir.glob("extending*.html") if "Patent Office" in (text := page.read_text("utf-8"))
    ]
    assert '<li><p><a class="reference internal" href="#patent_fast-addresses">' in listing


def test_the_listings_are_a_portfolio_that_builds_strictly(build: Any) -> None:
    pages = snippets("listings")
    assert len(pages) > 14
    person = "```{person} ada\n:name: Ada Example\n```"
    index = f"# Home\n\n{person}\n\n```{{toctree}}\n" + "\n".join(name.partition(".")[0] for name in pages) + "\n```\n"
    data = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.csv")}
    extensions = ["myst_parser", "sphinx_folio", "sphinx_folio.export"]
    settings = {**examples.SETTINGS, "extensions": extensions, "nitpicky": True, "folio_exports": ["pdf", "json"]}
    settings |= {"folio_match": True, "suppress_warnings": ["folio.split_resume"]}
    app = build({**pages, **data, "index.md": index}, settings=settings)
    assert app.warning.getvalue() == ""
    assert app.env.domains["folio"].portfolio().find("evidence", "relay-report") is not None


def snippets(name: str) -> dict[str, str]:
    """Return the snippets of a page of the manual as pages of a portfolio."""
    pages: dict[str, str] = {}
    for number, (_kind, options, text) in enumerate(SNIPPET.findall((PAGES / f"{name}.md").read_text("utf-8"))):
        if text.startswith("```{summary}"):  # it belongs to the page of the person
            pages[f"{name}{number - 1}.md"] += f"\n{text}"
        elif "restructuredtext" in options:
            pages[f"{name}{number}.rst"] = text
        else:  # a page has a title; what a snippet shows may be the middle of one
            pages[f"{name}{number}.md"] = text if text.startswith("# ") else f"# A page\n\n{text}"
    return pages


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_directive_has_its_sentence_its_source_and_its_result(folder: str, site: Path) -> None:
    pages = reference(site, folder)
    for name in known_directives():
        found = [section for page in pages for section in page.select(f"section#directive-{name}")]
        assert len(found) == 1, name
        section: Any = found[0]
        sentence = section.select_one("p").get_text()
        assert sentence.endswith("." if folder == ENGLISH else "。"), name
        source = section.select_one(".highlight pre").get_text()
        assert f"{{{name}}}" in source, name
        result = section.select_one(".folio-example-result")
        assert (name in WITHOUT_RESULT) == (result is None), name
    results: list[Any] = [result for page in pages for result in page.select(".folio-example-result")]
    assert len(results) > 30
    labels = {result.select_one(".folio-example-label").get_text() for result in results}
    assert labels == {"Result" if folder == ENGLISH else "结果"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_links_of_examples_lead_to_examples(folder: str, site: Path) -> None:
    for page in reference(site, folder)[:2]:
        ids = [str(tag["id"]) for tag in page.select("[id]")]
        assert len(ids) == len(set(ids))
        links = {str(link["href"]).removeprefix("#") for link in page.select('.folio-example a[href^="#"]')}
        assert len(links) > 5
        assert links <= set(ids)
        assert page.select(".folio-example h1, .folio-example h2, .folio-example h3, .folio-example section") == []


def test_examples_are_no_objects_of_the_manual(site: Path) -> None:
    for folder in ("", *FOLDERS):
        assert b"relay" not in zlib.decompress((site / folder / "objects.inv").read_bytes().split(b"\n", 4)[4])
    indices = [*site.rglob("folio-search*.js"), *site.rglob("searchindex*.js")]
    assert indices
    assert [index for index in indices if b"Courier" in index.read_bytes()] == []


def test_the_manual_is_reached_from_the_foot_of_each_page_and_from_nowhere_else(
    soups: dict[str, BeautifulSoup], site: Path
) -> None:
    for name, soup in soups.items():
        if not name.startswith("sphinx-folio/"):
            manual = CHINESE if not name.startswith("en/") else ENGLISH
            links = {urljoin(name, str(link["href"])) for link in soup.select(".foot-links a")}
            assert links == {f"{manual}/index.html", f"{manual}/colophon.html"}, name
            assert len(soup.select("a[href*='sphinx-folio/']")) == 2, name
            continue
        portfolio = "" if name.startswith(f"{CHINESE}/") else "en/"
        [back] = soup.select(".foot-links a")
        assert urljoin(name, str(back["href"])) == f"{portfolio}index.html", name
    for folder in ("", "en"):
        assert "sphinx-folio/" not in (site / folder / "llms.txt").read_text(encoding="utf-8")
        scripts = [path for path in (site / folder / "_static").glob("*.js") if "folio-match" not in path.name]
        assert b"GitHub Actions" not in b"".join(path.read_bytes() for path in scripts)


def test_a_host_learns_of_both_sitemaps(hosted_site: Any) -> None:
    output, base = hosted_site
    robots = (output / "robots.txt").read_text(encoding="utf-8")
    maps = re.findall(r"^Sitemap: (\S+)$", robots, re.MULTILINE)
    assert maps == [f"{base}sitemap.xml", f"{base}sphinx-folio/sitemap.xml"]
    texts = [(output / address.removeprefix(base)).read_text(encoding="utf-8") for address in maps]
    assert "/sphinx-folio/" not in texts[0]
    assert f"<loc>{base}sphinx-folio/guides.html</loc>" in texts[1]
    assert f"<loc>{base}sphinx-folio/zh/guides.html</loc>" in texts[1]
    page = BeautifulSoup((output / CHINESE / "guides.html").read_text(encoding="utf-8"), "html.parser")
    assert [link["href"] for link in page.select("link[rel=canonical]")] == [f"{base}{CHINESE}/guides.html"]
    old = BeautifulSoup((output / "en/make-your-own/guides.html").read_text(encoding="utf-8"), "html.parser")
    assert [link["href"] for link in old.select("link[rel=canonical]")] == [f"{base}{ENGLISH}/guides.html"]


def test_every_directive_and_every_option_says_what_it_is_for() -> None:
    for name, directive in known_directives().items():
        assert directive.summary, name
        assert bool(directive.argument_help and directive.required_arguments) == bool(directive.required_arguments), (
            name
        )
        assert [option for option, how in directive.known_options.items() if not how.help] == [], name


def test_the_guide_shows_the_policy_that_the_build_writes(site: Path) -> None:
    text = (PAGES / "hosting.md").read_text(encoding="utf-8")
    [beginning] = re.findall(r'add_header Content-Security-Policy "(.*) …"', text)
    assert (site / "content-security-policy.txt").read_text(encoding="utf-8").startswith(beginning)


def test_the_tutorial_uses_words_that_the_commands_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (PAGES / "tutorial.md").read_text(encoding="utf-8").replace("\\\n", "")
    commands = [shlex.split(line) for line in re.findall(r"^sphinx-folio (.*)$", text, re.MULTILINE)]
    assert [words[0] for words in commands] == ["init", "build", "live"]
    monkeypatch.chdir(tmp_path)
    assert main(commands[0]) == 0
    assert Path("portfolio/requirements.txt").is_file()


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


def test_the_template_of_the_guide_sets_a_resume(tmp_path: Path) -> None:
    guide = (PAGES / "exporting.md").read_text(encoding="utf-8")
    assert f"at {SIZES[-1]:g} pt or larger" in guide
    assert f"up to {SIZES[0]:g} pt" in guide
    [example] = re.findall(r"```typst\n(.+?)```", guide, re.DOTALL)
    own = tmp_path / "main.typ"
    own.write_text(example, encoding="utf-8")
    position = (
        Heading(level=2, line=(Run("Acme"),)),
        Facts(parts=((Run("2020"),), (Run("Lead"),)), kinds=("dates", "title")),
    )
    document = ResumeDocument(
        name="Ada",
        title="Ada · Résumé",
        language="en",
        date="2026-11-30",
        words={"page": "{page} of {pages}", "photo": "Photo"},
        blocks=(Heading(level=1, line=(Run("Work"),)), *position, Paragraph(line=(Run("What was done."),))),
    )
    pages = PdfReader(io.BytesIO(pdf(document, PdfLayout(template=own)).data)).pages
    assert re.sub(r"\s", "", "".join(page.extract_text() for page in pages)) == "AdaWorkLeadAcme|2020Whatwasdone."


def test_the_formulas_of_the_guide_can_be_converted() -> None:
    guide = (PAGES / "guides.md").read_text("utf-8").partition("## Write formulas")[2].partition("\n## ")[0]
    for inline in (inlines := re.findall(r"\{math\}`([^`]+)`", guide)):
        assert "<math" in to_mathml(inline, is_block=False)
    for block in (blocks := re.findall(r"```\{math\}\n(?::.*\n)*\n(.+?)\n```", guide, re.DOTALL)):
        assert "<math" in to_mathml(block, is_block=True)
    assert (len(inlines), len(blocks)) == (1, 1)
