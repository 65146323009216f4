"""The command ``doctor``: what is missing, why it matters, and the command that fixes it."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.locale import translators

import sphinx_folio.export  # noqa: F401  before the first catalog is loaded: labels stay lazy
from sphinx_folio._common import settings
from sphinx_folio.cli import missing_packages
from sphinx_folio.cli.commands import main
from sphinx_folio.cli.portfolio_folder import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable

    Look = Callable[..., dict[str, dict[str, Any]]]

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")  # of MyST


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a new portfolio, which is the current folder."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))  # of the Sphinx that reads translations
    assert main(["init", str(tmp_path / "mine")]) == 0
    capsys.readouterr()
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


@pytest.fixture
def look(capsys: pytest.CaptureFixture[str]) -> Look:
    """Return a function that runs ``doctor --json`` and returns the findings by name."""

    def run_doctor(*words: str, code: int = 0) -> dict[str, dict[str, Any]]:
        translators.clear()
        assert main(["doctor", "--json", *words]) == code
        printed = capsys.readouterr()
        assert printed.err == ""
        return {finding["name"]: finding for finding in json.loads(printed.out)["findings"]}

    return run_doctor


def hide(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    monkeypatch.setattr(missing_packages, "find_spec", lambda name: None if name in modules else find_spec(name))


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_new_portfolio_lacks_nothing(mine: Path, look: Look, capsys: pytest.CaptureFixture[str]) -> None:
    found = look()
    assert {finding["status"] for finding in found.values()} <= {"ok", "optional"}
    assert found["furo"]["found"]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {f"sphinx-folio[{name}]" for name in extras} <= {*found}
    assert all(
        found[f"sphinx-folio[{name}]"]["status"] == "ok" or found[f"sphinx-folio[{name}]"]["why"] for name in extras
    )
    assert main(["doctor", str(mine / "docs")]) == 0
    assert capsys.readouterr().out.endswith("\n\nNothing required is missing or wrong.\n")


def test_the_extra_for_chinese_is_optional(
    tmp_path: Path, look: Look, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    hide(monkeypatch, "rjieba")
    assert main(["init", str(tmp_path / "two"), "--second", "zh_CN"]) == 0
    fix = "add chinese to the extras of sphinx-folio in requirements.txt, then run: python -m pip install -r requirements.txt"
    hint = f"\nOptional: sphinx-folio[chinese] lets search know Chinese words. To install it: {fix}\n"
    assert hint in capsys.readouterr().out
    monkeypatch.chdir(tmp_path / "two")
    found = look()["sphinx-folio[chinese]"]
    assert (found["status"], found["found"], found["fix"]) == ("optional", "not installed: rjieba", fix)
    assert main(["init", str(tmp_path / "one"), "--language", "de"]) == 0
    assert "[chinese]" not in capsys.readouterr().out


def test_outside_of_a_portfolio_it_reports_the_environment(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hide(monkeypatch, "docx")
    monkeypatch.setattr("sphinx_folio.cli.doctor.shutil.which", lambda _name: None)
    found = look()
    assert found["portfolio"]["status"] == found["git"]["status"] == found["sphinx-folio[docx]"]["status"] == "optional"
    assert found["portfolio"]["fix"] == "python -m sphinx_folio init portfolio"
    assert found["sphinx-folio[docx]"]["fix"] == 'python -m pip install "sphinx-folio[docx]"'


def test_libraries_are_needed_if_the_portfolio_uses_them(
    mine: Path, look: Look, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hide(monkeypatch, "typst", "docx", "bibtexparser", "merman", "mermaidx", "myst_parser", "pypdf")
    found = look(code=1)
    assert {name for name, finding in found.items() if finding["status"] == "missing"} == {
        *("sphinx-folio[docx]", "sphinx-folio[pdf]", "sphinx-folio[social]", "myst_parser")  # of requirements.txt
    }
    assert (
        found["sphinx-folio[pdf]"]["fix"] == found["myst_parser"]["fix"] == "python -m pip install -r requirements.txt"
    )
    assert found["sphinx-folio[diagrams]"]["fix"] == (
        "add diagrams to the extras of sphinx-folio in requirements.txt, then run: python -m pip install -r requirements.txt"
    )
    (mine / "requirements.txt").unlink()
    append(mine / "docs" / "conf.py", "extensions += ['sphinx_folio.diagrams']\nfolio_exports = ['docx', 'json']\n")
    (mine / "docs" / "papers.markdown").write_text("% papers.bib\n", encoding="utf-8")
    found = look(code=1)
    assert {name for name, finding in found.items() if finding["status"] == "missing"} == {
        *("sphinx-folio[docx]", "sphinx-folio[diagrams]", "sphinx-folio[bibtex]", "myst_parser")
    }
    assert found["myst_parser"]["fix"] == "python -m pip install myst-parser"
    assert main(["doctor"]) == 1
    printed = capsys.readouterr().out
    assert "missing   sphinx-folio[docx] not installed: docx – makes the résumé as Word document\n" in printed
    assert '\n          python -m pip install "sphinx-folio[docx]"\n' in printed
    assert printed.endswith("4 things are missing or wrong.\n")


def test_an_extra_that_only_this_machine_has_is_missing_on_the_host(mine: Path, look: Look) -> None:
    (mine / "docs" / "papers.markdown").write_text("% papers.bib\n", encoding="utf-8")
    finding = look(code=1)["sphinx-folio[bibtex]"]
    assert (finding["status"], finding["found"]) == ("missing", "not in requirements.txt")
    assert finding["fix"].startswith("add bibtex to the extras of sphinx-folio in requirements.txt, then run: ")
    requirements = mine / "requirements.txt"
    listed = requirements.read_text("utf-8")
    requirements.write_text(f"{listed}\nbibtexparser\n", encoding="utf-8")
    assert look()["sphinx-folio[bibtex]"]["status"] == "ok"
    requirements.write_text(listed.replace("[", "[bibtex,"), encoding="utf-8")
    assert look()["sphinx-folio[bibtex]"]["status"] == "ok"


def test_versions_are_those_that_are_asked_for(mine: Path, look: Look) -> None:
    append(mine / "requirements.txt", "sphinx<1  # old\n-r other.txt\nno-such-package==1\nfuro<1; os_name == 'x'\n")
    (mine / "docs" / ".#index.md").symlink_to("user@host.1")  # as Emacs locks a page
    found = look(code=1)
    assert found["sphinx"]["why"] == "requirements.txt asks for sphinx<1"
    assert found["no-such-package"]["found"] == "not installed"
    assert found["no-such-package"]["status"] == "missing"
    assert found["furo"]["status"] == "ok"


def test_what_is_only_installed_here_is_named(mine: Path, look: Look) -> None:
    assert [finding["status"] for name, finding in look().items() if name in {"furo", "myst_parser"}] == ["ok"]
    path = mine / "requirements.txt"
    path.write_text("".join(path.read_text("utf-8").partition("myst-parser")[:1]), encoding="utf-8")
    found = look(code=1)
    for name, package in (("furo", "furo"), ("myst_parser", "myst-parser")):
        assert found[name]["status"] == "missing"
        assert found[name]["found"] == "not in requirements.txt"
        fix = f"add {package} to requirements.txt, then run: python -m pip install -r requirements.txt"
        assert found[name]["fix"] == fix


@pytest.mark.parametrize(
    ("theme", "lines", "status"),
    [
        ("alabaster", "sphinx", "ok"),
        ("alabaster", "requests", "ok"),
        ("furo", "sphinx", "missing"),
        ("furo", "./sphinx_folio-0.1.0-py3-none-any.whl\nrequests", "missing"),
        ("furo", "requests", "optional"),
    ],
)
def test_a_host_needs_the_theme_unless_a_package_that_is_listed_installs_it(
    theme: str, lines: str, status: str, tmp_path: Path, look: Look
) -> None:
    (tmp_path / "index.rst").write_text("Tides\n=====\n", encoding="utf-8")
    conf = f"extensions = ['sphinx_folio.search']\nhtml_theme = {theme!r}\n"
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    (tmp_path / "requirements.txt").write_text(f"{lines}\n", encoding="utf-8")
    needs_engine = lines == "sphinx"
    assert look(str(tmp_path), code=int(needs_engine or status == "missing"))[theme]["status"] == status


@pytest.mark.parametrize(
    ("conf", "name", "text"),
    [
        ("raise ValueError('sic')", "conf.py", "ValueError: sic"),
        ("html_theme = 'fuor'", "fuor", "conf.py sets the theme fuor"),
        ("extensions = []", "conf.py", "add 'sphinx_folio' to extensions in conf.py"),
        ("folio_levels = 3", "pages", ": folio_levels: 3 is of type int"),
        ("language = 'th'", "fonts", "the fonts of the PDF lack characters of the language th"),
    ],
)
def test_settings_that_cannot_work_are_explained(conf: str, name: str, text: str, mine: Path, look: Look) -> None:
    append(mine / "docs" / "conf.py", f"{conf}\n")
    finding = look(code=1)[name]
    assert finding["status"] == ("wrong" if name in {"conf.py", "pages"} else "missing")
    assert text in finding["found"] + finding["why"]


def test_the_template_and_settings_of_an_older_version(mine: Path, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    record = mine / RECORD
    data = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps({**data, "version": "0.0.9"}), encoding="utf-8")
    assert look()["template"] == {
        "name": "template",
        "status": "optional",
        "found": "made by version 0.0.9",
        "why": "settings of the template are older",
        "fix": "python -m sphinx_folio update",
    }
    record.write_text(json.dumps({**data, "version": "99"}), encoding="utf-8")
    assert look(code=1)["template"]["fix"] == "python -m pip install --upgrade sphinx-folio"
    record.write_text("{", encoding="utf-8")
    assert "is damaged" in look(code=1)["template"]["found"]
    record.unlink()
    assert "template" not in look()
    monkeypatch.setattr(settings, "RENAMED", {"folio_levels": "folio_grades"})
    assert "the setting folio_levels is now folio_grades" in look(code=1)["conf.py"]["found"]


def test_translations_and_evidence_that_have_changed(
    tmp_path: Path, mine: Path, look: Look, capsys: pytest.CaptureFixture[str]
) -> None:
    two = tmp_path / "two"
    assert main(["init", str(two), "--second", "zh_CN"]) == 0
    clone = tmp_path / "clone.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(clone)], check=True)  # noqa: S607
    commit = b"commit refs/heads/main\ncommitter Ada <ada@example.org> 1700000000 +0000\ndata 0\n"
    subprocess.run(["git", "-C", str(clone), "fast-import", "--quiet"], input=commit, check=True)  # noqa: S607
    assert main(["verify", str(two), "--repository", f"https://code.example.org/alex/lantern={clone}"]) == 0
    capsys.readouterr()
    found = look(str(two))
    assert found["translation zh_CN"]["status"] == found["evidence.lock"]["status"] == "ok"
    append(two / "docs" / "skills.md", "\nOne more sentence.\n")
    page = two / "docs" / "projects" / "lantern.md"
    page.write_text(page.read_text("utf-8").replace(":date: 2023-11", ":date: 2023-10"), encoding="utf-8")
    found = look(str(two), code=1)
    assert found["translation zh_CN"]["found"] == "1 string has no translation in zh_CN"
    assert found["translation zh_CN"]["fix"] == "python -m sphinx_folio messages"
    assert found["evidence.lock"]["status"] == "optional"
    assert found["evidence.lock"]["found"].startswith("1 of 2 pieces of evidence are new or changed since 20")
    results = two / "docs" / "evidence.lock"
    checked = results.read_text("utf-8")
    results.write_text(checked.replace('"rung": "unchecked"', '"rung": "failed"'), encoding="utf-8")
    assert main(["doctor", str(two)]) == 1
    printed = capsys.readouterr().out
    assert "wrong     evidence.lock the repository contradicts evidence '" in printed
    assert re.search(r"correct it in \S*two/docs/\S+\.md:\d+, then run: python -m sphinx_folio verify\n", printed)
    assert "optional  evidence.lock 1 of 2 pieces of evidence are new or changed since 20" in printed
    assert printed.endswith("2 things are missing or wrong.\n")
    results.unlink()
    assert "evidence.lock" not in look(str(two), code=1)
    append(two / "docs" / "conf.py", '\nfolio_repositories = {"https://code.example.org/alex/lantern": "../lantern"}\n')
    lock = look(str(two), code=1)["evidence.lock"]
    assert lock["status"] == "optional"
    assert lock["found"] == "no check yet; pieces of evidence: 2"
    assert lock["fix"] == "python -m sphinx_folio verify"
    catalog = two / "docs" / "locales" / "zh_CN" / "LC_MESSAGES" / "skills.po"
    text = catalog.read_text("utf-8")
    fuzzy = text.replace('msgid "All skills"', '#, fuzzy\nmsgid "All skills"')
    catalog.write_text(fuzzy, encoding="utf-8")
    said = "1 string has no translation in zh_CN; 1 translation in zh_CN is unsure (fuzzy)"
    assert look(str(two), code=1)["translation zh_CN"]["found"] == said
    append(catalog, '\nmsgid "open\n')
    assert "skills.po" in look(str(two), code=1)["translation"]["found"]


@pytest.mark.parametrize("folder", ["", "docs"], ids=["beside conf.py", "in a folder"])
def test_a_site_that_uses_the_extensions_for_any_site_needs_no_portfolio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Look, folder: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    conf = 'extensions = ["sphinx_folio.search", "sphinx_folio.languages"]\nfolio_languages = {"en": "", "de": "de"}\n'
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    pages = tmp_path / folder
    pages.mkdir(exist_ok=True)
    (pages / "index.rst").write_text("Tides\n=====\n\nWater.\n", encoding="utf-8")
    found = look(str(tmp_path), code=1)
    assert "pages" not in found
    assert [name for name, finding in found.items() if finding["status"] == "missing"] == ["translation de"]
    (tmp_path / "conf.py").write_text(f'{conf}suppress_warnings = ["folio.untranslated"]\n', encoding="utf-8")
    assert look(str(tmp_path))["translation de"]["status"] == "optional"
    catalog = pages / "locales" / "de" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgid "Tides"\nmsgstr "Gezeiten"\n\nmsgid "Water."\nmsgstr "Wasser."\n', encoding="utf-8")
    assert look(str(tmp_path))["translation de"]["status"] == "ok"


def test_strings_that_cannot_be_extracted_are_no_complete_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    conf = 'extensions = ["sphinx_folio.languages"]\nfolio_languages = {"en": "", "de": "de"}\n'
    broken = "def setup(app):\n    raise ValueError('no moon')\n"
    (tmp_path / "conf.py").write_text(f"{conf}{broken}", encoding="utf-8")
    (tmp_path / "index.rst").write_text("Tides\n=====\n", encoding="utf-8")
    assert main(["doctor", "--json", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert "no moon" in printed.err  # Sphinx says why
    found = {finding["name"]: finding for finding in json.loads(printed.out)["findings"]}
    assert found["pages"]["found"] == "the strings of the pages cannot be extracted"
    assert "translation de" not in found


def test_the_requirements_of_a_documentation_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Look, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    hide(monkeypatch, "typst", "docx", "pypdf")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.rst").write_text("Tides\n=====\n", encoding="utf-8")
    (docs / "conf.py").write_text('extensions = ["sphinx.ext.autodoc"]\n', encoding="utf-8")
    requirements = docs / "requirements.txt"
    requirements.write_text("sphinx\n", encoding="utf-8")
    settings = "python:\n  install:\n    - requirements: docs/requirements.txt\n"
    assert main(["doctor", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "wrong     conf.py add 'sphinx_folio' to extensions in conf.py" in lines
    assert "optional  extras not installed: pdf, docx, social, match" in lines
    assert not any("sphinx_folio build" in line or "template" in line for line in lines)

    (docs / "conf.py").write_text('extensions = ["sphinx_folio"]\n', encoding="utf-8")
    assert look(str(tmp_path), code=1)["sphinx-folio"]["status"] == "missing"
    requirements.write_text("requests\n", encoding="utf-8")
    assert look(str(tmp_path))["sphinx-folio"]["status"] == "optional"
    (tmp_path / ".readthedocs.yaml").write_text(settings, encoding="utf-8")
    found = look(str(tmp_path), code=1)["sphinx-folio"]
    assert found["found"] == "not in docs/requirements.txt"
    install = "python -m pip install -r docs/requirements.txt"
    assert found["fix"] == f"add sphinx-folio to docs/requirements.txt, then run: {install}"
    for line in ("./sphinx_folio-0.1.0-py3-none-any.whl", "-e .", "Sphinx_Folio[social]; python_version < '3'"):
        requirements.write_text(f"sphinx\n{line}\n", encoding="utf-8")
        assert look(str(tmp_path), code=int("social" in line))["sphinx-folio"]["status"] == "ok"
    requirements.write_text("sphinx\n", encoding="utf-8")
    (tmp_path / ".readthedocs.yaml").write_text(f"{settings}    - path: .\n", encoding="utf-8")
    assert look(str(tmp_path))["sphinx-folio"]["status"] == "ok"
