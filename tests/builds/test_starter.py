"""A new portfolio: written in one command, built strictly by the next, and never over existing files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from sphinx.locale import translators

import sphinx_folio.export  # noqa: F401  before the first catalog is loaded: labels stay lazy
from sphinx_folio import __version__
from sphinx_folio.cli.commands import main
from sphinx_folio.cli.language_codes import nearest_language
from sphinx_folio.cli.portfolio_folder import conf_folder, find_portfolio
from sphinx_folio.cli.requirements_file import wheel_in
from sphinx_folio.cli.scaffold import LANGUAGES, TEMPLATES, Plan, files, sample_translations
from sphinx_folio.languages.catalog_reader import read_catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

    Start = Callable[..., str]
    BuildStarted = Callable[..., SphinxTestApp]

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")  # of MyST
TRANSLATED = sorted(path.stem for path in (TEMPLATES / "catalogs" / "languages").glob("*.po"))
RESUMES = sorted((ROOT / "tests" / "data" / "json-resume").glob("*.resume.json"))


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Start:
    """Return a function that runs ``init mine`` in an empty folder, and returns what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))  # of the Sphinx that a command runs

    def run_init(*words: str) -> str:
        assert main(["init", "mine", *words]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return run_init


@pytest.fixture
def build_started(
    tmp_path: Path, make_app: Callable[..., SphinxTestApp], monkeypatch: pytest.MonkeyPatch
) -> BuildStarted:
    """Return a function that builds ``mine`` in a language, in this process."""
    monkeypatch.delenv("SITE_ADDRESS", raising=False)
    monkeypatch.delenv("READTHEDOCS_CANONICAL_URL", raising=False)
    apps: list[SphinxTestApp] = []

    def build_language(language: str = "", folder: str = "", **settings: Any) -> SphinxTestApp:
        for earlier in apps:
            earlier.cleanup()
        translators.clear()  # Sphinx keeps the catalogs of an earlier language
        chosen = {"language": language} if language else {}
        output = tmp_path / "mine" / "build" / (language or "html")
        source = tmp_path / "mine" / "docs"
        overrides = {"nitpicky": True, **chosen, **settings}
        app = make_app("html", srcdir=source, builddir=output, confoverrides=overrides)
        apps.append(app)
        app.build()
        return app

    return build_language


def warnings(app: SphinxTestApp) -> list[str]:
    return re.sub(r"\x1b\[[\d;]*m", "", app.warning.getvalue()).splitlines()  # without colors


def page(app: SphinxTestApp, name: str) -> BeautifulSoup:
    return BeautifulSoup((app.outdir / name).read_text(encoding="utf-8"), "html.parser")


def test_a_portfolio_from_the_first_command_to_the_last(tmp_path: Path) -> None:
    """As a user does it: in processes of their own, with an empty home, in a repository with a README."""
    home, mine = tmp_path / "home", tmp_path / "mine"
    home.mkdir()
    mine.mkdir()
    (mine / "README.md").write_text("Mine\n", encoding="utf-8")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"}

    def run(*words: str, folder: Path = mine) -> str:
        command = [sys.executable, "-m", "sphinx_folio", *words]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    printed = run("init", ".", "--second", "zh_CN")
    assert f"The portfolio is in {mine}." in printed
    assert "Kept existing files: README.md." in printed
    assert printed.endswith("    python -m pip install -r requirements.txt\n    python -m sphinx_folio build\n")
    before = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()}
    assert before[mine / "README.md"] == b"Mine\n"
    site = mine / "build" / "html"
    assert (site / "index.html").as_uri() in run("build", folder=mine / "docs" / "projects")
    assert run("messages").endswith("Every string has a translation in zh_CN.\n")
    after = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file() and path.suffix != ".mo"}
    assert {path: text for path, text in after.items() if not path.is_relative_to(mine / "build")} == before
    for folder in ("", "zh"):
        for name in ("index.html", "resume.html", "resume.pdf", "resume.json", "projects/lantern.html", "404.html"):
            assert (site / folder / name).is_file(), f"{folder}/{name}"
    pages = [(site / folder / "index.html").read_text(encoding="utf-8") for folder in ("", "zh")]
    assert "are invented" in pages[0]
    assert "均为虚构" in pages[1]
    assert 'href="./zh/index.html"' in pages[0]
    assert 'href="./../index.html"' in pages[1]
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "language", "printed"),
    [
        ("en", "en", True),
        ("pt-br", "pt_BR", True),
        ("zh-hk", "zh_HK", True),
        ("ar", "ar", False),
        ("en-GB", "en_GB", True),
        ("zh-Hans", "zh_CN", True),
    ],
)
def test_any_language_starts_with_a_sample_that_builds(
    asked: str, language: str, printed: bool, start: Start, build_started: BuildStarted
) -> None:
    told = start("--language", asked)
    has_sample = language != "zh_HK"
    assert (f"There is no sample in {language}: its pages are in English" in told) == (not has_sample)
    app = build_started()
    assert warnings(app) == []
    html = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert f'lang="{language.replace("_", "-")}"' in html
    english = "Alex Sample, the companies, the projects and all figures are invented. Replace them with your own."
    assert sample_translations(language).get(english, english) in html
    assert (app.outdir / "resume.pdf").exists() == printed
    assert ('dir="rtl"' in html) == (language == "ar")


@pytest.mark.parametrize(
    ("first", "second", "folder"),
    [("zh_CN", "en", "en"), ("ja", "en_GB", "en"), ("de", "zh_CN", "zh"), *((code, "en", "en") for code in TRANSLATED)],
)
def test_two_languages_of_the_sample_build(
    first: str, second: str, folder: str, start: Start, build_started: BuildStarted
) -> None:
    assert "have no translation" not in start("--language", first, "--second", second)
    for language, other in ((first, f"./{folder}/index.html"), (second, "./../index.html")):
        app = build_started(language)
        assert warnings(app) == []
        [link] = page(app, "index.html").select(".languages a")
        assert link["href"] == other


@pytest.mark.parametrize(("first", "second"), [("en", "nl"), ("zh_CN", "zh_HK"), ("en", "fa"), ("de", "pl")])
def test_strings_without_a_translation_are_counted(
    first: str, second: str, start: Start, build_started: BuildStarted, capsys: pytest.CaptureFixture[str]
) -> None:
    told = start("--language", first, "--second", second)
    [number] = re.findall(rf"^(\d+) strings have no translation in {second}:", told, re.MULTILINE)
    assert told.index("python -m sphinx_folio messages") < told.index("python -m sphinx_folio build")
    assert warnings(build_started(first)) == []
    lines = warnings(build_started(second))
    assert [line for line in lines if not line.endswith("[folio.untranslated]")] == []
    assert len({line.partition("WARNING: ")[2] for line in lines}) == int(number)
    if second == "nl":
        assert main(["messages", "mine"]) == 0  # it fills in names
        [left] = re.findall(r"^(\d+) strings have no translation in nl: ", capsys.readouterr().out, re.MULTILINE)
        assert int(number) / 2 < int(left) < int(number)


def test_a_page_that_changes_needs_a_translation(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    start("--second", "zh_CN")
    evidence = Path("mine/docs/evidence.md")
    evidence.write_text(evidence.read_text(encoding="utf-8") + "\nTo be continued.\n", encoding="utf-8")
    assert main(["messages", "mine"]) == 0
    printed = capsys.readouterr().out
    assert "missing: To be continued." in printed
    assert "\n1 string has no translation in zh_CN: " in printed
    catalog = Path("mine/docs/locales/zh_CN/LC_MESSAGES/evidence.po")
    text = catalog.read_text("utf-8").replace('msgid "To be', '#, fuzzy\nmsgid "To be')
    catalog.write_text(text.replace('continued."\nmsgstr ""', 'continued."\nmsgstr "待续"'), encoding="utf-8")
    assert main(["messages", "mine"]) == 0
    printed = capsys.readouterr().out
    assert "missing: 0, unsure: 1" in printed
    assert "\n1 translation in zh_CN is unsure (fuzzy): " in printed
    assert "no translation" not in printed


def test_the_readme_has_the_step_before_the_first_build_of_an_imported_resume_in_two_languages() -> None:
    for languages in (("en",), ("en", "de"), ("zh_CN", "en")):
        imported = files(Plan(languages=languages, name="Ada", pages={"resume.md": "# R"}))["README.md"]
        assert ("\npython -m sphinx_folio messages  # " in imported) is (len(languages) > 1)
        assert "\npython -m sphinx_folio messages" not in files(Plan(languages=languages))["README.md"]


def test_the_next_steps_are_all_that_has_to_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))  # of the Sphinx that a command runs
    monkeypatch.chdir(tmp_path)
    skills = [{"name": "Go", "x-folio": {"category": "data"}}, {"name": "Kafka", "x-folio": {"category": "tools"}}]
    resume = {
        "basics": {"name": "林小样", "email": "lin@example.org", "profiles": [{"url": "https://github.com/lin"}]},
        "skills": skills,
        "x-folio": {"categories": {"tools": "工程实践", "data": "数据与消息"}},
    }
    Path("resume.json").write_text(json.dumps(resume), encoding="utf-8")
    engine = "./sphinx_folio-0.1.0-py3-none-any.whl[pdf,social]"
    words = ["init", "new", "--from", "resume.json", "--language", "zh_CN", "--second", "en", "--engine", engine]
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert [line.strip() for line in printed.partition("Next, run:\n\n")[2].splitlines()] == [
        "cd new",
        "# copy the wheel to ./sphinx_folio-0.1.0-py3-none-any.whl",
        "python -m pip install -r requirements.txt",
        "python -m sphinx_folio messages",
        "# fill in the translations that are missing in docs/locales/en",
        "# translate what docs/conf.py sets for en: NAMES, CATEGORIES",
        "python -m sphinx_folio build",
    ]
    assert "delete :email: in resume.md and the link in index.md" in printed
    conf = Path("new/docs/conf.py").read_text("utf-8")
    assert conf.count('{"tools": "工程实践", "data": "数据与消息"}') == 2
    home = Path("new/docs/index.md").read_text("utf-8")
    assert "\n<lin@example.org> · [github.com/lin](<https://github.com/lin>)\n" in home
    assert "{skill-index}" in home
    assert main(["messages", "new"]) == 0
    printed = capsys.readouterr().out
    assert "lin@example.org" not in printed
    assert re.search(r"\nStrings filled in automatically in en: \d+; their translations are known\.\n", printed)
    assert main(["messages", "new"]) == 0
    assert "filled in" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("engine", "wheel"),
    [
        ("./a-1-py3-none-any.whl[pdf]", "./a-1-py3-none-any.whl"),
        ("wheels/a.whl ; python_version > '3'", "wheels/a.whl"),
        ("https://example.org/a.whl", ""),
        ("/home/alex/a.whl[pdf]", ""),
        ("sphinx-folio[pdf]>=0.1", ""),
        ("", ""),
    ],
)
def test_a_wheel_in_the_portfolio_has_to_be_copied_there(engine: str, wheel: str) -> None:
    assert wheel_in(engine) == wheel


def _install_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, origin: dict[str, Any] | None) -> None:
    """Make the metadata of an installation from an origin visible; None is an index."""
    info = tmp_path / "packages" / "sphinx_folio-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sphinx-folio\nVersion: 0.1.0\n", encoding="utf-8")
    if origin:
        (info / "direct_url.json").write_text(json.dumps(origin), encoding="utf-8")
    monkeypatch.syspath_prepend(str(info.parent))
    monkeypatch.chdir(tmp_path)


def test_the_wheel_is_copied_from_where_it_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = tmp_path / "my wheels" / "sphinx_folio-0.1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.touch()
    _install_from(monkeypatch, tmp_path, {"url": wheel.as_uri(), "archive_info": {}})
    assert main(["init", "new"]) == 0
    printed = capsys.readouterr().out
    assert f"\n    cp '{wheel}' ./{wheel.name}\n    python -m pip" in printed
    assert f"\nrequirements.txt names the file ./{wheel.name}: add it to Git" in printed
    assert f"\n./{wheel.name}[docx,pdf,social]\n" in Path("new/requirements.txt").read_text("utf-8")
    Path("new", wheel.name).touch()
    assert main(["init", "new", "--engine", f"./{wheel.name}[pdf,social]", "--overwrite"]) == 0
    assert "    cp " not in capsys.readouterr().out
    wheel.unlink()
    assert main(["init", "other"]) == 0
    assert f"\n    # copy the wheel to ./{wheel.name}\n" in capsys.readouterr().out


@pytest.mark.parametrize("editable", [True, False])
def test_a_wheel_is_made_of_a_folder_that_no_host_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, editable: bool
) -> None:
    source = tmp_path / "my clone"
    source.mkdir()
    _install_from(monkeypatch, tmp_path, {"url": source.as_uri(), "dir_info": {"editable": editable}})
    assert main(["init", "new"]) == 0
    printed = capsys.readouterr().out
    wheel = f"./sphinx_folio-{__version__}-py3-none-any.whl"
    assert f"\n    python -m pip wheel --no-deps --wheel-dir . '{source}'\n    python -m pip install" in printed
    assert f"\nrequirements.txt names the file {wheel}: add it to Git" in printed
    assert f"\n{wheel}[docx,pdf,social]\n" in Path("new/requirements.txt").read_text("utf-8")
    assert main(["init", "asked", "--engine", "./other.whl"]) == 0
    assert "\n    # copy the wheel to ./other.whl\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (None, "sphinx-folio[docx,pdf,social]>=0.1,<0.2"),
        (
            {"url": "https://example.org/folio", "vcs_info": {"vcs": "git", "commit_id": "1a2b"}},
            "sphinx-folio[docx,pdf,social] @ git+https://example.org/folio@1a2b",
        ),
    ],
)
def test_what_a_host_can_read_needs_no_wheel(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    origin: dict[str, Any] | None,
    requirement: str,
) -> None:
    _install_from(monkeypatch, tmp_path, origin)
    assert main(["init", "new"]) == 0
    assert "wheel" not in capsys.readouterr().out
    assert f"\n{requirement}\n" in Path("new/requirements.txt").read_text("utf-8")


def test_names_are_copied_on_request(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    start("--second", "zh_CN")
    resume = Path("mine/docs/resume.md")
    certificate = "```{certificate} cnx\n:name: Certified Foo Expert\n\nFOO\n```\n"
    position = "### Foo \\& Bar, Inc.\n\n```{position} foo\n:title: Chef\n:start: 2020\n```\n"
    resume.write_text(
        f"{resume.read_text('utf-8')}\n## Kubernetes\n\nA new sentence.\n\n{certificate}\n{position}", encoding="utf-8"
    )
    catalog = Path("mine/docs/locales/zh_CN/LC_MESSAGES/resume.po")
    assert main(["messages", "mine"]) == 0
    hint = "Strings without a translation in zh_CN that are only names: 3. To copy them as they are, run: "
    assert hint in capsys.readouterr().out
    names = ["Certified Foo Expert", "FOO", "Foo \\& Bar, Inc."]
    untranslated = {message.id for message in read_catalog(catalog) if not message.string}
    assert untranslated == {*names, "A new sentence.", "Chef"}
    assert main(["messages", "mine", "--copy-names"]) == 0
    printed = capsys.readouterr().out
    assert f"\nNames copied into zh_CN: {' · '.join(names)}. Translate those that readers" in printed
    assert {message.id for message in read_catalog(catalog) if not message.string} == {"A new sentence.", "Chef"}
    assert all(read_catalog(catalog)[name].string == name for name in names)
    assert main(["messages", "mine", "--copy-names"]) == 0
    assert "Names" not in capsys.readouterr().out


def test_a_page_that_moves_takes_its_translations_along(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    start("--second", "zh_CN")
    docs = Path("mine/docs")
    (docs / "proofs").mkdir()
    (docs / "evidence.md").rename(docs / "proofs" / "evidence.md")
    assert main(["messages", "mine"]) == 0
    printed = capsys.readouterr().out
    assert "missing" not in printed.partition("Every string")[0].replace("missing: 0", "")
    assert "\nEvery string has a translation in zh_CN.\n" in printed
    orphan = docs / "locales" / "zh_CN" / "LC_MESSAGES" / "evidence.po"
    assert f"{orphan} belongs to no page; delete it." in printed
    assert f"{orphan}: " not in printed


def test_the_sample_has_what_a_site_needs(start: Start, build_started: BuildStarted) -> None:
    start("--second", "zh_CN")
    app = build_started("en", html_baseurl="https://example.org/")
    assert warnings(app) == []
    missing = page(app, "404.html")
    assert [tag["href"] for tag in missing.select("base")] == ["https://example.org/"]
    assert missing.select_one('meta[name="robots"]')
    home = page(app, "index.html")
    assert home.select_one('meta[name="description"]')
    assert home.select_one('meta[property="og:image"]')
    assert not home.select("base, meta[name=robots]")
    twins = [(link["hreflang"], link["href"]) for link in home.select('link[rel="alternate"][hreflang]')]
    assert twins == [("en", "https://example.org/index.html"), ("zh-CN", "https://example.org/zh/index.html")]
    addresses = (app.outdir / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://example.org/resume.html" in addresses
    assert "404" not in addresses
    text = (app.outdir / "resume.txt").read_text(encoding="utf-8")
    assert (
        "\nSkills\nLanguages (proficient): Go, Python\nPlatforms and data: Kubernetes (expert); Tracing (proficient); "
        in text
    )
    assert "\nLantern\nHalved the time" in text


def test_a_portfolio_in_two_languages_builds_with_another_theme(start: Start, build_started: BuildStarted) -> None:
    start("--language", "zh_CN", "--second", "en")
    sidebars = {"**": ["about.html", "languages.html", "searchbox.html", "navigation.html"]}
    for language in ("zh_CN", "en"):
        app = build_started(language, html_theme="alabaster", html_sidebars=sidebars)
        assert warnings(app) == []
        assert page(app, "index.html").select(".languages a")


@pytest.mark.parametrize("resume", RESUMES, ids=lambda path: path.stem)
def test_a_published_resume_becomes_a_portfolio_that_builds(
    resume: Path, start: Start, build_started: BuildStarted
) -> None:
    assert "invented" not in start("--from", str(resume))
    app = build_started()
    assert warnings(app) == []
    data = json.loads(resume.read_text(encoding="utf-8"))
    assert data["basics"]["name"] in (app.outdir / "index.html").read_text(encoding="utf-8")
    text = (app.outdir / "resume.txt").read_text(encoding="utf-8")
    for section in ("skills", "projects"):
        names = [item["name"] for item in data.get(section, ())]
        assert [name for name in names if name not in text] == []


CAREER: dict[str, Any] = {
    "basics": {"name": "Robin Example", "label": "Engineer", "summary": "Builds what does not break."},
    "work": [
        {
            "name": f"Company {number}",
            "position": "Engineer",
            "startDate": f"{2023 - 2 * number}-03",
            **({"endDate": f"{2025 - 2 * number}-02"} if number else {}),
            "summary": "Ran the payments of two hundred merchants.",
            "highlights": [f"Achievement {number}.{part} of some length, with a figure of 40 %." for part in range(6)],
        }
        for number in range(8)
    ],
    "skills": [{"name": f"Skill {number}", "level": ("Beginner", "Expert")[number % 2]} for number in range(25)],
    "projects": [
        {"name": f"Project {number}", "description": "Does it.", "highlights": ["Used.", "Kept."]}
        for number in range(3)
    ],
}


def test_a_long_career_fits_on_two_pages(start: Start, build_started: BuildStarted, tmp_path: Path) -> None:
    (tmp_path / "career.json").write_text(json.dumps(CAREER), encoding="utf-8")
    told = start("--from", "career.json", "--second", "de")
    assert told.index("python -m sphinx_folio messages") < told.index("python -m sphinx_folio build")
    app = build_started("en")
    assert warnings(app) == []  # else it would say that the PDF is too long
    home = page(app, "index.html")
    assert "\nSkills that no entry uses yet: " in told
    assert not page(app, "skills.html").select(".folio-usages")  # no skill is "used in" nothing
    assert page(app, "resume.html").select_one(".folio-downloads a[href='resume.json']")
    [lead] = home.select("p.folio-lead")
    assert lead.get_text() == "Engineer"
    assert [tag["content"] for tag in home.select("meta[name=description]")] == ["Builds what does not break."]
    text = (app.outdir / "resume.txt").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("- Achievement")] == [
        f"- {highlight}" for position in CAREER["work"] for highlight in position["highlights"]
    ]
    assert all(f"Skill {number}" in text for number in range(25))
    assert text.count("\n- Used.\n- Kept.\n") == 3
    article = page(app, "resume.html").select_one("article")
    assert article is not None
    assert all(f"Skill {number}" in article.get_text() for number in range(25))
    assert len(article.select(".folio-project")) == 3


LINKEDIN = {
    "Profile": "First Name,Last Name,Headline,Summary\nZoë,Example,Engineer @ Acme &amp; Co | Go 🚀,Runs *things*.   • Fast • Safe &lt;x&gt;\n",
    "Positions": "Company Name,Title,Description,Location,Started On,Finished On\nAcme &amp; Co,Engineer,• Cut it. • Moved it.,Ulm,Jan 2020,\nBolt,Lead,,Ulm,Jan 2018,Dec 2019\n",
    "Education": "School Name,Degree Name,Notes,Activities\nSchool,BSc,Good.,Chess\n",
    "Skills": "Name\nGo (Programming Language)\nC++\nC\nC#\n.NET\n",
    "Projects": "Title,Description,Url\nLog,A log.,https://github.com/example/log\n",
    "Languages": "Name,Proficiency\nGerman,Native or bilingual proficiency\nEnglish,\n",
    "Courses": "Name,Number\nCompilers,C1\n",
    "Recommendations_Received": "First Name,Last Name,Text,Status\nBo,Ek,Great.,VISIBLE\n",
}  # fmt: skip


@pytest.fixture
def linkedin(tmp_path: Path) -> Path:
    """Return the folder of an unpacked LinkedIn archive."""
    folder = tmp_path / "li"
    folder.mkdir()
    for name, text in LINKEDIN.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_linkedin_archive_builds_as_it_is(start: Start, build_started: BuildStarted, linkedin: Path) -> None:
    start("--from", str(linkedin))
    app = build_started()
    assert warnings(app) == []
    assert len(page(app, "resume.html").select(".folio-skill-index .folio-leveled")) == 5
    assert len(page(app, "skills.html").select(".folio-skill-index .folio-leveled")) == 5
    assert not page(app, "skills.html").select(".folio-usages")
    lines = (app.outdir / "resume.txt").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["Zoë Example", "Engineer @ Acme & Co | Go"]  # the title of the position is a part of the label
    assert {"- Fast", "- Safe <x>", "- Cut it.", "- Moved it."} <= {*lines}


def test_only_sentences_are_left_to_translate(
    start: Start, build_started: BuildStarted, linkedin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start("--from", str(linkedin), "--second", "de")
    assert main(["messages", "mine"]) == 0
    missing = re.findall(": missing: (.*)", capsys.readouterr().out)
    assert missing == [
        *("Engineer \\@ Acme & Co \\| Go", "Runs \\*things\\*."),
        *("Engineer @ Acme & Co | Go", "Runs \\*things\\*.", "Fast", "Safe \\<x\\>"),
        *("Engineer", "Cut it.", "Moved it.", "Lead", "A log.", "School", "BSc", "Good.", "Compilers", "Great."),
    ]
    app = build_started("de")
    assert {line.partition("WARNING: ")[2][:17] for line in warnings(app)} == {"no translation of"}
    text = (app.outdir / "resume.txt").read_text(encoding="utf-8")
    assert "Deutsch" in text
    assert "Muttersprachniveau" in text
    assert '"de": {"skills": "Kompetenzen"}' in Path("mine/docs/conf.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("de", ["Lebenslauf", "Kompetenzen", "Berufserfahrung", "Projekte", "Ausbildung", "Kurse", "Sprachen", "Referenzen"]),
        ("pt_BR", ["Currículo", "Competências", "Experiência profissional", "Projetos", "Formação", "Cursos", "Idiomas", "Recomendações"]),
        ("ja", ["職務経歴書", "スキル", "職務経歴", "プロジェクト", "学歴", "受講歴", "言語", "推薦"]),
        ("nl", ["Résumé", "Skills", "Work", "Projects", "Education", "Courses", "Languages", "References"]),
    ],
)  # fmt: skip
def test_headings_of_an_imported_resume_are_in_its_language(
    language: str, titles: list[str], start: Start, linkedin: Path
) -> None:
    told = start("--language", language, "--from", str(linkedin))
    assert ("There are no labels in nl: headings and labels are in English." in told) == (language == "nl")
    page = Path("mine/docs/resume.md").read_text(encoding="utf-8")
    assert re.findall("^##? (.*)", page, re.MULTILINE) == titles
    home = Path("mine/docs/index.md").read_text(encoding="utf-8")
    assert [f"## {titles[3]}", f"## {titles[1]}"] == re.findall("^## .*", home, re.MULTILINE)[::2]
    missing = Path("mine/docs/404.md").read_text(encoding="utf-8")
    assert ("# Page not found\n" in missing) == (language == "nl")
    assert f'"skills": "{titles[1]}"' in Path("mine/docs/conf.py").read_text(encoding="utf-8")


def test_levels_are_in_order_and_unknown_ones_are_noted(
    start: Start, build_started: BuildStarted, tmp_path: Path
) -> None:
    resume = {
        "basics": {"name": "林小样"},
        "work": [{"name": "某公司", "position": "工程师", "startDate": "2021"}],
        "skills": [{"name": "Go", "level": "精通"}, {"name": "Python", "level": "了解"}],
    }
    (tmp_path / "resume.json").write_text(json.dumps(resume), encoding="utf-8")
    start("--language", "zh", "--from", "resume.json")
    conf = Path("mine/docs/conf.py").read_text(encoding="utf-8")
    assert '\n\nfolio_levels = ["了解", "精通"]  # lowest first\n' in conf
    assert "## 工作经历\n" in Path("mine/docs/resume.md").read_text(encoding="utf-8")
    assert warnings(build_started()) == []
    resume["skills"] = [{"name": "Go", "level": "Expert"}, {"name": "Python", "level": "Ninja"}]
    (tmp_path / "resume.json").write_text(json.dumps(resume), encoding="utf-8")
    assert "Ninja" in start("--from", "resume.json", "--overwrite")
    conf = Path("mine/docs/conf.py").read_text(encoding="utf-8")
    assert '\n# Add these levels where they belong: "Ninja"\nfolio_levels = ["Expert"]' in conf


def test_an_imported_resume_may_be_long_until_its_owner_sets_a_number(
    start: Start, build_started: BuildStarted, tmp_path: Path
) -> None:
    jobs = [
        {
            "name": f"Company {number}",
            "position": "Engineer",
            "startDate": f"{2000 + number}-01",
            "endDate": f"{2000 + number}-12",
            "highlights": [f"Made nightly job {line} run in minutes instead of hours." for line in range(8)],
        }
        for number in range(20)
    ]
    (tmp_path / "resume.json").write_text(json.dumps({"basics": {"name": "Ada"}, "work": jobs}), encoding="utf-8")
    start("--from", "resume.json")
    app = build_started()
    assert warnings(app) == []
    assert len(PdfReader(app.outdir / "resume.pdf").pages) > 2
    [warning] = warnings(build_started(folio_resume_max_pages=2))
    assert "shorten the résumé, raise folio_resume_max_pages" in warning


def test_a_private_copy_goes_elsewhere_and_needs_private_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    assert main(["init", "mine"]) == 0
    assert main(["build", "mine", "--private"]) != 0
    assert "a private build has nothing private to show" in capfd.readouterr().err
    assert not Path("mine/build/html").exists()


@pytest.mark.parametrize("language", ["zh_CN", *TRANSLATED])
def test_no_text_of_the_sample_stays_english(language: str) -> None:
    texts = files(Plan(languages=(language,)))
    written = "\n".join(text for path, text in texts.items() if path.startswith("docs/")).replace("->", "→")
    for english, translated in sample_translations(language).items():
        assert translated in written
        assert english == translated or " " not in english or english not in written
    assert not re.search(r'^:level: (proficient|working)$|"aware"|"Languages"', written, re.MULTILINE)


@pytest.mark.parametrize("language", ["zh_CN", *TRANSLATED])
def test_the_sample_has_the_same_objects_in_every_language(language: str) -> None:
    def keys(code: str) -> dict[str, list[str]]:
        pattern = re.compile(r"^```\{(\w+)\} (\S+)$", re.MULTILINE)
        texts = files(Plan(languages=(code,)))
        return {path: pattern.findall(text) for path, text in texts.items() if path.endswith(".md") and "/" in path}

    assert keys(language) == keys("en")
    assert sum(map(len, keys(language).values())) > 15


@pytest.mark.parametrize("languages", [("en",), ("ar",), ("en", "zh_CN"), ("zh_CN", "en"), ("ar", "de")])
def test_every_file_of_the_sample_ends_with_a_line_and_holds_no_template(languages: tuple[str, ...]) -> None:
    for path, text in files(Plan(languages=languages)).items():
        assert text.endswith("\n"), path
        assert "\n\n\n\n" not in text, path
        assert "{%" not in text or path.endswith(".html"), path
    compile(files(Plan(languages=languages))["docs/conf.py"], "conf.py", "exec")
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == {*LANGUAGES, "catalogs"}


def test_the_settings_name_public_extensions_alone() -> None:
    conf = files(Plan(languages=("en", "zh_CN")))["docs/conf.py"]
    assert "import sphinx_folio" not in conf
    parts = ("csp", "export", "formulas", "languages", "navigation", "search", "social")
    assert set(re.findall(r"sphinx_folio(?:\.\w+)*", conf)) == {
        "sphinx_folio",
        *(f"sphinx_folio.{part}" for part in parts),
    }


def test_the_engine_can_come_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_folio.cli.scaffold.origin", dict)
    texts = files(Plan(languages=("en",), engine="./sphinx_folio-0.1.0-py3-none-any.whl"))
    assert "\n./sphinx_folio-0.1.0-py3-none-any.whl\n" in texts["requirements.txt"]
    assert "\nsphinx-folio[docx,pdf,social]>=0.1,<0.2\n" in files(Plan(languages=("en",)))["requirements.txt"]


def test_a_hosted_build_runs_the_command_of_the_readme() -> None:
    texts = files(Plan(languages=("en",)))
    assert "python -m sphinx_folio build\n" in texts["README.md"]
    assert 'python -m sphinx_folio build --output "$READTHEDOCS_OUTPUT/html"' in texts[".readthedocs.yaml"]
    assert "run: python -m sphinx_folio build\n" in texts[".github/workflows/pages.yml"]


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.readthedocs", ".readthedocs.yaml"), ("vendor.github-workflows", ".github/workflows/pages.yml")],
)
def test_set_ups_of_hosts_are_valid(schema: str, path: str, tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_text(files(Plan(languages=("en",)))[path], encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(tmp_path / "file.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_a_repository_has_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = {
        "README.md": "mine",
        ".gitignore": "*.mo\n",
        ".github/workflows/pages.yml": "name: Mine\n",
        "LICENSE": "mine",
        "pyproject.toml": "",
        ".git/config": "",
        "docs/notes.md": "mine",
    }
    for path, text in kept.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for _time in range(2):
        assert main(["init", str(tmp_path)]) == 0
        printed = capsys.readouterr().out
        assert "Kept existing files: .github/workflows/pages.yml, .gitignore, README.md." in printed
        assert "Add these lines to .gitignore: /build/ /.venv/ __pycache__/\n" in printed
        assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in kept} == kept
        assert (tmp_path / "docs" / "conf.py").is_file()


def test_a_file_in_the_way_is_replaced_only_if_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    mine = tmp_path / "docs" / "index.md"
    mine.write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 3
    assert f"{tmp_path} already contains docs/index.md" in capsys.readouterr().err
    assert {path.name for path in tmp_path.rglob("*")} == {"docs", "index.md", "README.md"}
    assert mine.read_text(encoding="utf-8") == "mine"
    assert main(["init", str(tmp_path), "--overwrite"]) == 0
    assert "mine" not in mine.read_text(encoding="utf-8").split()
    conf = tmp_path / "docs" / "conf.py"
    conf.write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path), "--overwrite"]) == 0
    assert conf.read_text(encoding="utf-8").startswith('"""Settings of this portfolio')
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


def test_no_portfolio_is_made_inside_another(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    start()
    assert main(["init", "mine/second"]) == 3
    assert "mine/second is inside the portfolio " in capsys.readouterr().err
    assert not Path("mine/second").exists()


@pytest.mark.parametrize("folder", ["docs", ".", "source", "docs/source"])
@pytest.mark.parametrize("options", [[], ["--overwrite"]])
def test_a_site_that_init_did_not_make_is_left_alone(
    folder: str, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conf = tmp_path / folder / "conf.py"
    conf.parent.mkdir(parents=True, exist_ok=True)
    conf.write_text("project = 'Mine'\n", encoding="utf-8")
    assert main(["init", str(tmp_path), *options]) == 3
    message = capsys.readouterr().err
    assert f"init did not make {conf}; to add sphinx-folio to this site, see “From an existing Sphinx site”" in message
    assert "--overwrite" not in message
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {conf}


def test_a_link_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine" / "docs").mkdir(parents=True)
    (tmp_path / "mine" / "docs" / "index.md").symlink_to(tmp_path / "outside.md")
    assert main(["init", str(tmp_path / "mine"), "--overwrite"]) == 3
    assert "index.md is a link" in capsys.readouterr().err
    assert not (tmp_path / "outside.md").exists()
    assert not (tmp_path / "mine" / "README.md").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["init", "file"], "file is a file; choose a folder"),
        (["init", "file/below"], "nothing was written: "),
        (["init", "new", "--second", "en"], "both languages are en; set --language to the language of the pages"),
        (["init", "new", "--engine", "a\nb"], "--engine must be a single line, not 'a\\nb'"),
        (["init", "new", "--from", "none.json"], "there is no file or folder none.json\n"),
        (["init", "new", "--from", "file"], "file: "),
        (["build", "empty"], "no conf.py in "),
        (["messages", "empty"], "no conf.py in "),
        (
            ["messages", "alone"],
            "sets no second language; to add one, run a command such as: python -m sphinx_folio languages add de\n",
        ),
    ],
    ids=lambda value: "-".join(value)[:20] if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said(
    words: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("", encoding="utf-8")
    Path("empty").mkdir()
    Path("alone").mkdir()
    Path("alone/conf.py").write_text("", encoding="utf-8")
    assert main(words) == (2 if says.startswith(("both", "--engine")) else 3)
    assert says in capsys.readouterr().err
    assert not Path("new").exists()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/usr/bin/sphinx-folio", "sphinx-folio"),
        ("sphinx-folio.exe", "sphinx-folio"),
        ("/lib/sphinx_folio/__main__.py", "python -m sphinx_folio"),
        ("-c", "python -m sphinx_folio"),
    ],
)
def test_help_and_messages_name_the_program_that_runs(
    path: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [path])
    with pytest.raises(SystemExit):
        main(["--help"])
    assert capsys.readouterr().out.startswith(f"usage: {name} ")
    assert main(["build", str(tmp_path)]) == 3
    assert f"run “{name} init” to create a portfolio" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("german", "de"),
        ("Deutsch", "de"),
        ("dee", "de"),
        ("zh_XX", "zh_CN"),
        ("pt-bra", "pt_BR"),
        ("xx", None),
        ("klingon", None),
    ],
)
def test_an_unknown_language_gets_the_nearest(text: str, code: str | None) -> None:
    assert nearest_language(text) == code


def test_a_command_finds_the_portfolio_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "mine" / "docs" / "projects"
    deep.mkdir(parents=True)
    assert find_portfolio(deep) == deep
    (tmp_path / "mine" / "docs" / "conf.py").write_text("", encoding="utf-8")
    assert find_portfolio(deep) == find_portfolio(deep.parent) == tmp_path / "mine"
    monkeypatch.chdir(tmp_path / "mine")
    assert find_portfolio(Path()) == Path()
    plain = tmp_path / "plain"
    (plain / "pages").mkdir(parents=True)
    (plain / "conf.py").write_text("", encoding="utf-8")
    assert find_portfolio(plain / "pages") == plain
    assert find_portfolio(plain) == plain


@pytest.mark.parametrize("where", ["docs", "source", "docs/source"])
def test_a_command_finds_the_layouts_of_sphinx_quickstart(where: str, tmp_path: Path) -> None:
    settings = tmp_path / "site" / where
    settings.mkdir(parents=True)
    (settings / "conf.py").write_text("", encoding="utf-8")
    for folder in (settings, settings.parent, tmp_path / "site"):
        root = find_portfolio(folder)
        assert root == tmp_path / "site"
        assert conf_folder(root) == settings
    (tmp_path / "site" / "conf.py").write_text("", encoding="utf-8")  # another project, with docs of its own
    assert conf_folder(tmp_path / "site") == (settings if where == "docs" else tmp_path / "site")
