"""The command ``export``: one file of the portfolio, the same as that of the site, without the site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.locale import translators

import sphinx_folio.export  # noqa: F401  before the first catalog is loaded: labels stay lazy
from sphinx_folio.cli import export
from sphinx_folio.cli.commands import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")  # of MyST
CONF = """
folio_today = "2026-11-28"
folio_resume_date = "2026-11"
folio_views = {"platform": {"title": {"en": "Platform", "zh_CN": "平台"}, "skills": ["kubernetes"]}}
"""


@pytest.fixture(scope="module")
def portfolio(make_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """Return a portfolio in two languages with a view, whose site is built."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(ROOT / "src"))
            assert main(["init", str(folder), "--second", "zh_CN"]) == 0
            conf = folder / "docs" / "conf.py"
            conf.write_text(conf.read_text("utf-8") + CONF, encoding="utf-8")
            main(["build", str(folder)])  # the title of the view has no translation

    return make_once("export", make)


@pytest.fixture
def here(portfolio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Path]:
    monkeypatch.chdir(portfolio)
    translators.clear()
    capsys.readouterr()
    yield portfolio
    translators.clear()


def test_files_are_those_of_the_site(here: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["export", "json", "text", "pdf", "vcf", "rendercv", "llms", "--output", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    names = ["resume.json", "resume.txt", "resume.pdf", "contact.vcf", "resume-rendercv.yaml", "llms.txt"]
    assert printed.out.splitlines() == [f"wrote {tmp_path / name}" for name in names]
    for name in names:
        assert (tmp_path / name).read_bytes() == (here / "build" / "html" / name).read_bytes(), name


def test_a_language_and_a_view_are_chosen(here: Path, tmp_path: Path) -> None:
    output = tmp_path / "one" / "cv.json"
    assert main(["export", "json", "--language", "zh_CN", "--view", "platform", "-o", str(output)]) == 0
    site = here / "build" / "html" / "zh" / "resume-platform.json"
    assert output.read_bytes() == site.read_bytes()
    assert json.loads(output.read_bytes())["basics"]["name"] == "林小样"


def test_catalogs_are_compiled_as_in_a_new_clone(here: Path) -> None:
    for compiled in here.rglob("*.mo"):
        compiled.unlink()
    assert main(["export", "txt", "--language", "zh_CN"]) == 0
    path = Path("build", "files", "zh", "resume.txt")
    assert path.read_bytes() == (here / "build" / "html" / "zh" / "resume.txt").read_bytes()


def test_the_default_is_a_folder_that_git_ignores(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "txt"]) == 0
    assert capsys.readouterr().out == f"wrote {Path('build', 'files', 'resume.txt')}\n"
    assert (here / "build" / "files" / "resume.txt").is_file()


def test_languages_do_not_overwrite_each_other(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "txt"]) == main(["export", "txt", "--language", "zh_CN"]) == 0
    paths = [Path("build", "files", "resume.txt"), Path("build", "files", "zh", "resume.txt")]
    assert capsys.readouterr().out == "".join(f"wrote {path}\n" for path in paths)
    for path in paths:
        assert path.read_bytes() == (here / "build" / "html" / path.relative_to("build/files")).read_bytes()


def test_the_standard_output_gets_the_file_alone(capfdbinary: pytest.CaptureFixture[bytes], portfolio: Path) -> None:
    translators.clear()
    assert main(["export", "txt", "-o", "-", "--portfolio", str(portfolio)]) == 0
    assert capfdbinary.readouterr().out == (portfolio / "build" / "html" / "resume.txt").read_bytes()


@pytest.mark.usefixtures("here")
def test_markdown_is_a_folder_of_pages(here: Path, tmp_path: Path) -> None:
    assert main(["export", "markdown", "llms-full", "-o", str(tmp_path)]) == 0
    site = here / "build" / "html"
    wanted = {path.relative_to(site).as_posix() for path in site.rglob("*.md")}
    wanted = {path for path in wanted if not path.startswith("zh/")} | {"llms-full.txt"}
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == wanted
    assert all((tmp_path / path).read_bytes() == (site / path).read_bytes() for path in wanted)


@pytest.mark.usefixtures("here")
def test_without_a_format_they_are_listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "remedy", lambda item, _root: "python -m pip install x" if item.name == "docx" else "")
    assert main(["export"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "pdf         resume.pdf"
    assert "docx        resume.docx           python -m pip install x" in lines
    assert lines[-3:] == [
        "Languages (--language): en, zh_CN",
        "Views (--view): platform",
        "Write one with “python -m sphinx_folio export FORMAT”.",
    ]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["pfd"], "unknown format 'pfd'; did you mean 'pdf'?"),
        (
            ["qqqq"],
            (
                "unknown format 'qqqq'; known: pdf, pdf-a4, pdf-letter, docx, odt, txt, json, rendercv, vcard, llms, markdown"
                ", llms-full; see "
            ),
        ),
        (["json-ld"], "json-ld is part of the pages, not a file; the command build writes it"),
        (["json", "--view", "platfrom"], "unknown view 'platfrom'; did you mean 'platform'?"),
        (["json", "--view", "qqqq"], "unknown view 'qqqq'; known: platform"),
        (["txt", "--view", "platform"], "the format txt has no files of views; leave out --view"),
        (["json", "--language", "zh"], "unknown language 'zh'; known: en, zh_CN"),
        (["json", "pdf", "-o", "-"], "several files need a folder, not -"),
    ],
)
def test_wrong_words_are_explained(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", *words]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"python -m sphinx_folio export: {message}")
    assert error.count("\n") == 1


@pytest.mark.usefixtures("here")
def test_what_is_missing_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_folio._common.typesetting.find_spec", lambda _name: None)
    assert main(["export", "pdf"]) == 3
    remedy = "python -m pip install -r requirements.txt"
    assert capsys.readouterr().err == f"the format pdf needs a library. To install it: {remedy}\n"
    assert main(["export", "--portfolio", str(tmp_path)]) == 3
    assert "no conf.py in" in capsys.readouterr().err
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["export", "json", "-o", str(tmp_path / "file" / "below.json")]) == 3
    error = capsys.readouterr().err
    assert str(tmp_path / "file") in error
    assert error.count("\n") == 1


def test_small_portfolios(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.rst").write_text("Home\n====\n", encoding="utf-8")
    conf = tmp_path / "conf.py"
    conf.write_text("extensions = ['sphinx_folio']\n", encoding="utf-8")
    words = ["export", "json", "--portfolio", str(tmp_path)]
    translators.clear()
    assert main(words) == 3
    assert capsys.readouterr().err == "add 'sphinx_folio.export' to extensions in conf.py\n"
    conf.write_text("extensions = ['sphinx_folio.export']\nfolio_exports = ['txt']\n", encoding="utf-8")
    assert main(words) == 3
    assert "no page describes a person; add the directive folio:person" in capsys.readouterr().err
    assert main([*words, "--view", "x"]) == 2
    assert "unknown view 'x'; folio_views is empty" in capsys.readouterr().err
    page = "Home\n====\n\n.. folio:person:: ada\n   :name: Ada\n   :lable: Engineer\n"
    (tmp_path / "index.rst").write_text(page, encoding="utf-8")
    output = tmp_path / "cv.json"
    assert main([*words, "-o", str(output)]) == 1
    error = capsys.readouterr().err
    assert "WARNING: " in error
    assert "'lable'; did you mean 'label'?" in error
    assert error.endswith("The pages have 1 warning.\n")
    assert json.loads(output.read_bytes())["basics"]["name"] == "Ada"
