"""The command that compares postings with the portfolio: what it reads, prints and writes, and its exit code."""

from __future__ import annotations

import io
import json
import re
import sys
from ast import literal_eval
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from sphinx_folio.cli.match import _literal

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
CONF = """\
source_suffix = {".rst": "restructuredtext"}  # Sphinx keeps what MyST has added to the default in an earlier test
extensions = ["sphinx_folio", "sphinx_folio.export"]
primary_domain = "folio"
folio_exports = ["json", "docx", "txt"]
folio_today = "2026-11-30"
"""
POSTING = """\
Network engineer

Requirements
- 2+ years of Go
- CNI plugins, Spiderflow
- Helm or Kustomize
- QuxDB

Nice to have
- Rust
"""
VOCABULARY = 'spiderflow = {name = "Spiderflow", broader = ["cni"]}\n'


@pytest.fixture
def run(tmp_path: Path, restructuredtext: dict[str, str], run_command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command in a small portfolio."""
    for name, text in restructuredtext.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "posting.md").write_text(POSTING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def compare(*words: str, text: str = "") -> Any:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return run_command("match", *words)

    return compare


EXPIRED = """
Certificates
------------

.. certificate:: cka
   :name: CKA
   :issuer: CNCF
   :date: 2019-03
   :expires: 2022-03
   :url: https://example.org/cka
"""


@pytest.mark.parametrize("language", ["en", "de"])
def test_reports_have_dates_as_the_site_shows_them(run: Run, tmp_path: Path, language: str) -> None:
    page = next(path for path in tmp_path.glob("*.rst") if path.stem == "index")
    page.write_text(page.read_text("utf-8") + EXPIRED, encoding="utf-8")
    conf = tmp_path / "conf.py"
    conf.write_text(f'{conf.read_text("utf-8")}language = "{language}"\n', encoding="utf-8")
    (tmp_path / "posting.md").write_text("Requirements\n- CKA\n", encoding="utf-8")
    dates = {"en": "Mar 2019 – Mar 2022", "de": "März 2019 – März 2022"}[language]
    for words in ((), ("--markdown",), ("--html", "report.html")):
        done = run("posting.md", *words)
        assert done.returncode == 0, done.stderr
        assert dates in done.stdout
    assert dates in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "2019-03 – 2022-03" in run("posting.md", "--json").stdout


def test_a_table_is_printed_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    done = run("posting.md")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:2] == [
        "Network engineer",
        "Score: 3.25 of 11 points, 29% (proven 2, near 1, missing 3)",
    ]
    lines = [" ".join(line.split()) for line in lines]
    assert "2+ years of Go" in lines
    assert "proven must have Go not met: 2 years asked, 1.9 shown; Go (1 piece of evidence)" in lines
    assert "proven must have CNI CNI (1 piece of evidence)" in lines
    assert "missing one of these Helm" in lines
    assert "missing must have QuxDB" in lines
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_the_formats_agree(run: Run, tmp_path: Path) -> None:
    data = json.loads(run("-", "--json", text=POSTING).stdout)
    assert {row["skill"]: row["status"] for row in data["skills"]} == {
        "Go": "proven",
        "CNI": "proven",
        "Helm": "missing",
        "Kustomize": "missing",
        "QuxDB": "missing",
        "Spiderflow": "missing",
        "Rust": "near",
    }
    markdown = run("posting.md", "--markdown", "--html", "page.html").stdout
    page = (tmp_path / "page.html").read_text("utf-8")
    for row in data["skills"]:
        assert f"| {row['skill']} | {row['status']} |" in markdown
        assert f"<strong>{row['skill']}</strong>" in page
    assert 'href="https://example.org/pool/releases/1.0"' in page
    assert len(json.loads(run("posting.md", "posting.md", "--json").stdout)) == 2


def test_a_posting_in_another_language_gets_a_note(run: Run, tmp_path: Path) -> None:
    posting = (
        "Netzwerkentwickler (m/w/d)\n\nDas bringst du mit\n- Erfahrung mit Go und Rust\n- Sehr gute Deutschkenntnisse\n"
    )
    (tmp_path / "stelle.txt").write_text(posting, encoding="utf-8")
    done = run("posting.md", "stelle.txt", "--json")
    assert [item["language_known"] for item in json.loads(done.stdout)] == [True, False]
    assert done.returncode == 0
    assert done.stderr.startswith("stelle.txt: this posting seems to be neither in English nor in Chinese")
    assert done.stderr.count("\n") == 1
    table = run("stelle.txt").stdout
    assert "Not scored: the posting is in neither English nor Chinese." in table
    assert [line.split()[:2] for line in table.splitlines() if line.startswith("  ")] == [
        ["proven", "Go"],
        ["near", "Rust"],
    ]


def test_the_vocabulary_of_the_owner(run: Run, tmp_path: Path) -> None:
    assert run("posting.md", "posting.md", "--unknown").stdout == "   2  QuxDB\n   2  Spiderflow\n"
    done = run("-", "--unknown", text="Requirements\n- Go")
    assert (done.stdout, done.stderr) == ("", "the vocabulary has all names in the postings\n")
    (tmp_path / "skills.toml").write_text(VOCABULARY, encoding="utf-8-sig")
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as file:
        file.write('folio_vocabulary = "skills.toml"\n')
    rows = json.loads(run("posting.md", "--json").stdout)["skills"]
    assert {"skill": "Spiderflow", "status": "near"}.items() <= next(
        row for row in rows if row["skill"] == "Spiderflow"
    ).items()
    (tmp_path / "skills.toml").write_text('mine = {name = "Golang"}\n', encoding="utf-8")
    done = run("posting.md")
    assert done.returncode == 3
    problem = "folio_vocabulary: skills.toml cannot be used: mine: the name 'Golang' already belongs to go\n"
    assert re.fullmatch(r"conf\.py:\d+: " + re.escape(problem), done.stderr)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("absent.md",), "there is no file or folder absent.md\n"),
        (("large.txt",), "large.txt: it is larger than 2,000,000 bytes"),
        (("posting.md", "--view", "No Key"), "'No Key' is not a valid key"),
        (("positng.md",), "there is no file or folder positng.md; did you mean 'posting.md'?\n"),
        ((".",), ". is a folder; name a file\n"),
        (("posting.md", "--portfolio", "absent"), "there is no file or folder absent\n"),
    ],
)
def test_mistakes(run: Run, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    (tmp_path / "large.txt").write_bytes(b"Go " * 1_000_000)
    done = run(*words)
    assert (done.returncode, done.stdout) == (2 if "--view" in words else 3, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_names_are_in_the_language_of_the_posting_or_in_the_one_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    settings = 'language = "zh_CN"\nfolio_languages = {"zh_CN": "", "en": "en"}\nlocale_dirs = ["locales"]\n'
    (tmp_path / "conf.py").write_text(f"{CONF}{settings}folio_categories = {{'s': 'S'}}\n", encoding="utf-8")
    for path in tmp_path.glob("*.rst"):
        path.unlink()
    page = "页\n==\n\n.. skill:: buffer\n   :name: 缓冲池\n   :category: s\n"
    (tmp_path / "index.rst").write_text(page, encoding="utf-8")
    catalog = tmp_path / "locales" / "en" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    catalog.write_text(f'{header}msgid "缓冲池"\nmsgstr "Buffer pools"\n', encoding="utf-8")
    (tmp_path / "en.md").write_text("Engineer\n\nRequirements\n- You know buffer pools and RocksDB\n", encoding="utf-8")
    (tmp_path / "zh.md").write_text("工程师\n\n岗位要求\n- 熟悉 MySQL、缓冲池\n", encoding="utf-8")

    def names(*words: str) -> list[str]:
        data = json.loads(run(*words, "--json").stdout)
        results = data if isinstance(data, list) else [data]
        return [held["name"] for result in results for row in result["skills"] for held in row.get("held", ())]

    assert names("en.md", "zh.md") == ["Buffer pools", "缓冲池"]
    assert names("zh.md", "--language", "en") == []
    assert "缓冲池" not in run("zh.md", "--unknown").stdout
    assert "LSM trees (RocksDB)" in run("en.md").stdout
    assert "unknown language 'de'; known: zh_CN, en" in run("en.md", "--language", "de").stderr


def test_a_view_needs_a_skill(run: Run) -> None:
    done = run("-", "--view", "x", text="Requirements\n- Haskell")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "the portfolio has no skill that the posting asks for\n"


def texts_in(value: Any) -> set[str]:
    """Return all strings of JSON data."""
    if isinstance(value, dict):
        return {text for item in value.values() for text in texts_in(item)}
    if isinstance(value, list):
        return {text for item in value for text in texts_in(item)}
    return {value} if isinstance(value, str) else set()


def test_a_view_builds_at_once_in_each_language(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as file:
        file.write('extensions += ["sphinx_folio.languages"]\nfolio_languages = {"en": "", "zh_CN": "zh"}\n')
    printed = run("posting.md", "--view", "net").stdout
    values: dict[str, Any] = {}
    exec(printed, values)  # noqa: S102
    assert values["folio_views"]["net"]["title"] == {"en": "net", "zh_CN": "net"}


def test_several_views_can_be_pasted_into_conf_py(run: Run, tmp_path: Path) -> None:
    printed = [run("posting.md", "--view", name).stdout for name in ("net", "other")]
    for before, known in (("", set()), ('folio_views = {"mine": {"title": "Mine", "skills": ["go"]}}\n', {"mine"})):
        values: dict[str, Any] = {}
        exec("".join((before, *printed)), values)  # noqa: S102
        assert {*values["folio_views"]} == {"net", "other"} | known


def test_keys_with_hyphens_are_not_broken() -> None:
    skills = [f"amazon-web-services-for-a-long-name-{number}" for number in range(40)] + ["x-" * 90 + "y"]
    lines = _literal({"title": "t", "skills": skills, "first": skills[:5]}, ["en"])
    assert literal_eval(lines) == {"title": "t", "skills": skills, "first": skills[:5]}
    assert sum(len(line) > 110 for line in lines.splitlines()) == 1, "only the one with the long key"


def test_a_view_says_only_what_the_resume_says(run: Run, tmp_path: Path, make_app: Any) -> None:
    printed = run("posting.md", "--view", "net").stdout
    values: dict[str, Any] = {}
    exec(printed, values)  # noqa: S102  an entry of conf.py
    assert '            "go",\n            "cni",\n        ],\n' in printed  # as formatters write it
    assert values["folio_views"] == {"net": {"title": "net", "skills": ["go", "cni"], "first": ["go", "cni"]}}
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as file:
        file.write(printed)
    with (tmp_path / "skills.rst").open("a", encoding="utf-8") as file:
        file.write("\n.. skill:: cooking\n   :category: languages\n\n   Soup.\n")
    (tmp_path / "posting.md").unlink()
    app = make_app("html", srcdir=tmp_path, builddir=tmp_path / "build")
    app.build()
    files = {name: json.loads((app.outdir / name).read_text("utf-8")) for name in ("resume.json", "resume-net.json")}
    of_view, of_resume = texts_in(files["resume-net.json"]), texts_in(files["resume.json"])
    assert {text for text in of_view - of_resume if "resume-net" not in text} == set()
    view, resume = (
        BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser").select_one("[role=main]")
        for name in ("home-net.html", "home.html")
    )
    assert view
    assert resume
    whole = "".join(resume.get_text().split())
    lines = {*filter(None, map(str.strip, view.get_text("\n").splitlines()))}
    added = {line for line in lines if "".join(line.split()) not in whole}
    assert added == {
        "Home\xa0· net",
        "This page shows selected parts of the résumé.",
        "Complete résumé",
        "JSON Resume",
        "Résumé as Word document",
    }, "only the note at the top is not in the résumé"
    assert "Soup." in of_resume
    assert "Soup." not in of_view
    assert "Gave out 1000 addresses in a minute." in of_view
