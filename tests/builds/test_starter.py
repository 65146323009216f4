"""A new portfolio: written in one command, built strictly by the next, and never over what is there."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_folio.__main__ import main
from sphinx_folio.starter.sample import LANGUAGES, TEMPLATES, Plan, files

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[2]
RESUMES = sorted((ROOT / "tests" / "data" / "json-resume").glob("*.resume.json"))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs a command of the package in an empty folder, with an empty home."""
    home = tmp_path / "home"
    work = tmp_path / "work"
    home.mkdir()
    work.mkdir()
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"}

    def run_command(*words: str, folder: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sphinx_folio", *words]
        where = work / folder
        return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)

    return run_command


@pytest.mark.parametrize(
    ("words", "folders"),
    [
        (["--language", "en"], [""]),
        (["--language", "en", "--second", "zh_CN"], ["", "zh"]),
        (["--language", "zh_CN", "--second", "en"], ["", "en"]),
    ],
    ids=["en", "en-zh", "zh-en"],
)
def test_a_new_portfolio_builds_strictly_at_once(
    words: list[str], folders: list[str], run: Run, tmp_path: Path
) -> None:
    told = run("init", "mine", *words)
    assert (told.returncode, told.stderr) == (0, "")
    assert "python -m sphinx_folio build" in told.stdout
    built = run("build", folder="mine")
    assert built.returncode == 0, built.stdout + built.stderr
    site = tmp_path / "work" / "mine" / "build" / "html"
    assert (site / "index.html").as_uri() in built.stdout
    for folder in folders:
        for name in ("index.html", "resume.html", "resume.pdf", "resume.json", "projects/lantern.html", "objects.inv"):
            assert (site / folder / name).is_file(), f"{folder}/{name}"
    pages = [(site / folder / "index.html").read_text(encoding="utf-8") for folder in folders]
    marks = {"en": "are invented", "zh_CN": "均为虚构"}
    assert all(marks[word] in page for word, page in zip([w for w in words if w in marks], pages, strict=True))
    if folders[1:]:
        assert f'href="./{folders[1]}/index.html"' in pages[0]
        assert 'href="./../index.html"' in pages[1]
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "language", "printed"),
    [
        ("de", "de", True),
        ("pt-br", "pt_BR", True),
        ("zh-hk", "zh_HK", True),
        ("ar", "ar", False),
        ("en-GB", "en_GB", True),
        ("zh-Hans", "zh_CN", True),
    ],
)
def test_any_language_begins_with_a_sample_that_builds(
    asked: str, language: str, printed: bool, run: Run, tmp_path: Path
) -> None:
    told = run("init", "mine", "--language", asked)
    assert (told.returncode, told.stderr) == (0, "")
    assert (f"There is no sample in {language}: headings and labels are English" in told.stdout) == (
        language not in {"en_GB", "zh_CN"}
    )
    built = run("build", folder="mine")
    assert built.returncode == 0, built.stdout + built.stderr
    site = tmp_path / "work" / "mine" / "build" / "html"
    page = (site / "index.html").read_text(encoding="utf-8")
    assert f'lang="{language.replace("_", "-")}"' in page
    assert ("均为虚构" if language == "zh_CN" else "are invented") in page
    assert (site / "resume.pdf").exists() == printed


def test_a_resume_in_chinese_gets_chinese_headings(run: Run, tmp_path: Path) -> None:
    resume = {
        "basics": {"name": "林小样"},
        "work": [{"name": "某公司", "position": "工程师", "startDate": "2021"}],
        "skills": [{"name": "Go", "level": "精通"}, {"name": "Python", "level": "了解"}],
    }
    (tmp_path / "work" / "resume.json").write_text(json.dumps(resume), encoding="utf-8")
    told = run("init", "mine", "--language", "zh", "--from", "resume.json")
    assert (told.returncode, told.stderr) == (0, "")
    assert "Put folio_levels in docs/conf.py in order, lowest first" in told.stdout
    pages = tmp_path / "work" / "mine" / "docs"
    assert 'folio_levels = ["精通", "了解"]  # put them in order, lowest first' in (pages / "conf.py").read_text(
        "utf-8"
    )
    assert "# 简历\n" in (pages / "resume.md").read_text(encoding="utf-8")
    assert "## 工作经历\n" in (pages / "resume.md").read_text(encoding="utf-8")
    built = run("build", folder="mine")
    assert built.returncode == 0, built.stdout + built.stderr


def test_a_new_engine_leaves_the_content_alone(run: Run, tmp_path: Path) -> None:
    """What `init` writes names nothing of the engine's insides, and building writes below build/ alone."""
    run("init", "mine", "--second", "zh_CN")
    mine = tmp_path / "work" / "mine"
    before = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()}
    built = run("build", folder="mine")
    assert built.returncode == 0, built.stdout + built.stderr
    after = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()}
    changed = {path for path in after if after[path] != before.get(path)}
    assert before.keys() <= after.keys()
    assert {path.relative_to(mine).parts[0] for path in changed if path.suffix != ".mo"} == {"build"}
    conf = (mine / "docs" / "conf.py").read_text(encoding="utf-8")
    assert "import sphinx_folio" not in conf
    assert set(re.findall(r"sphinx_folio(?:\.\w+)*", conf)) <= {"sphinx_folio"} | {
        f"sphinx_folio.{name}" for name in ("exports", "languages", "navigation", "search")
    }


@pytest.mark.parametrize("resume", RESUMES, ids=lambda path: path.stem)
def test_a_published_resume_becomes_a_portfolio_that_builds_strictly(resume: Path, run: Run, tmp_path: Path) -> None:
    told = run("init", "mine", "--from", str(resume))
    assert (told.returncode, told.stderr) == (0, "")
    assert "invented" not in told.stdout
    built = run("build", folder="mine")
    assert built.returncode == 0, built.stdout + built.stderr
    name = json.loads(resume.read_text(encoding="utf-8"))["basics"]["name"]
    site = tmp_path / "work" / "mine" / "build" / "html"
    assert name in (site / "index.html").read_text(encoding="utf-8")
    assert json.loads((site / "resume.json").read_text(encoding="utf-8"))["basics"]["name"] == name


def test_a_portfolio_in_two_languages_builds_with_a_theme_that_speaks_english_only(run: Run, tmp_path: Path) -> None:
    run("init", "mine", "--language", "zh_CN", "--second", "en")
    conf = tmp_path / "work" / "mine" / "docs" / "conf.py"
    sidebar = 'html_sidebars = {"**": ["about.html", "languages.html", "searchbox.html", "navigation.html"]}\n'
    changed = conf.read_text(encoding="utf-8").replace('html_theme = "furo"\n', f'html_theme = "alabaster"\n{sidebar}')
    conf.write_text(changed, encoding="utf-8")
    built = run("build", folder="mine")
    assert built.returncode == 0, built.stdout + built.stderr
    site = tmp_path / "work" / "mine" / "build" / "html"
    assert 'class="languages"' in (site / "index.html").read_text(encoding="utf-8")
    assert 'class="languages"' in (site / "en" / "index.html").read_text(encoding="utf-8")


def test_a_slip_stops_the_build_at_its_line(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    page = tmp_path / "work" / "mine" / "docs" / "projects" / "lantern.md"
    text = page.read_text(encoding="utf-8").replace(":skills: kubernetes, tracing", ":skills: kubernets, tracing")
    page.write_text(text, encoding="utf-8")
    built = run("build", folder="mine")
    assert built.returncode == 1
    assert "lantern.md:6: WARNING: unknown skill 'kubernets'; did you mean 'kubernetes'?" in built.stderr
    where = Path("docs", "projects", "lantern.md")
    site = tmp_path / "work" / "mine" / "build" / "html"
    closing = f"The build failed with 1 warning, at {where}:6. Do not publish {site}."
    assert (built.stderr.splitlines()[-1], built.stdout) == (closing, "")


def test_warnings_of_two_languages_are_printed_and_counted_once(run: Run, tmp_path: Path) -> None:
    run("init", "mine", "--second", "zh_CN")
    pages = tmp_path / "work" / "mine" / "docs"
    with (pages / "index.md").open("a", encoding="utf-8") as file:
        file.write("\n{skill}`kubernets`\n")
    built = run("build", folder="mine")
    assert built.returncode == 1
    assert built.stderr.count("unknown skill 'kubernets'") == 1
    assert built.stderr.count("no translation of") == 1
    line = len((pages / "index.md").read_text(encoding="utf-8").splitlines())
    assert f"The build failed with 2 warnings, the first at {Path('docs', 'index.md')}:{line}." in built.stderr


@pytest.mark.parametrize(
    ("command", "conf", "error"),
    [
        ("build", "folio_levels = 3", "folio_levels in conf.py is a int; it must be a list or tuple"),
        ("build", "html_theme = 'fuor'", "no theme named 'fuor' found"),
        ("build", "extensions += ['sphinx_desing']", "Could not import extension sphinx_desing"),
        ("build", "needs_sphinx = '99'", "This project needs at least Sphinx v99"),
        ("build", "raise ValueError('sic')", "There is a programmable error in your configuration file"),
        ("messages", "folio_levels = 3", "folio_levels in conf.py is a int; it must be a list or tuple"),
        ("messages", "raise ValueError('sic')", "There is a programmable error in your configuration file"),
    ],
)
def test_an_error_of_the_settings_is_told_by_its_text(
    command: str, conf: str, error: str, run: Run, tmp_path: Path
) -> None:
    run("init", "mine", "--second", "zh_CN")
    with (tmp_path / "work" / "mine" / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f"{conf}\n")
    done = run(command, folder="mine")
    assert done.returncode != 0
    assert done.stderr.startswith(error)
    assert done.stderr.count(error) == 1  # not once a language
    assert "github.com" not in done.stderr
    assert "Versions" not in done.stderr


def test_an_error_of_the_settings_has_its_traceback_on_demand(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    with (tmp_path / "work" / "mine" / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write("folio_levels = 3\n")
    done = run("build", "--verbose", folder="mine")
    assert "Traceback (most recent call last):" in done.stderr
    assert "sphinx.errors.ConfigError: folio_levels in conf.py is a int" in done.stderr


def test_what_is_not_the_owners_error_keeps_its_report(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    with (tmp_path / "work" / "mine" / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write("def setup(app):\n    app.connect('config-inited', lambda app, config: 1 / 0)\n")
    done = run("build", folder="mine")
    assert "Traceback" in done.stderr
    assert "division by zero" in done.stderr
    assert done.stderr.endswith("The build failed.\n")


def test_an_interrupted_build_says_so_in_a_line(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    mine = tmp_path / "work" / "mine"
    with (mine / "docs" / "conf.py").open("a", encoding="utf-8") as file:
        file.write("def setup(app):\n    import pathlib, time\n    pathlib.Path('begun').touch()\n    time.sleep(60)\n")
    command = [sys.executable, "-m", "sphinx_folio", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command,
        cwd=mine,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as building:
        while not (mine / "begun").exists() and building.poll() is None:
            time.sleep(0.05)
        os.killpg(building.pid, signal.SIGINT)  # as Ctrl-C in a terminal: to the command and to the Sphinx it runs
        output, _nothing = building.communicate()
    assert (output, building.returncode) == ("Interrupted.\n", 130)


def test_catalogs_follow_the_pages(run: Run, tmp_path: Path) -> None:
    run("init", "mine", "--second", "zh_CN")
    pages = tmp_path / "work" / "mine" / "docs"
    untouched = {path: path.read_text(encoding="utf-8") for path in pages.rglob("*.po")}
    told = run("messages", folder="mine")
    assert told.returncode == 0, told.stderr
    assert "missing:" not in told.stdout
    assert {path: path.read_text(encoding="utf-8") for path in pages.rglob("*.po")} == untouched
    evidence = pages / "evidence.md"
    evidence.write_text(evidence.read_text(encoding="utf-8") + "\nTo be continued.\n", encoding="utf-8")
    assert "missing: To be continued." in run("messages", folder="mine").stdout
    built = run("build", folder="mine")
    assert built.returncode == 1
    assert "no translation of 'To be continued.' in zh_CN/LC_MESSAGES/evidence.po" in built.stderr


def test_a_private_copy_goes_elsewhere_and_needs_private_facts(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    built = run("build", "--private", folder="mine")
    assert built.returncode != 0
    assert "a private build has nothing private to show" in built.stderr
    assert not (tmp_path / "work" / "mine" / "build" / "html").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_samples_hold_the_same_objects(language: str) -> None:
    def keys(code: str) -> dict[str, list[str]]:
        pattern = re.compile(r"^```\{(\w+)\} (\S+)$", re.MULTILINE)
        texts = files(Plan(languages=(code,)))
        return {path: pattern.findall(text) for path, text in texts.items() if path.endswith(".md") and "/" in path}

    assert keys(language) == keys("en")
    assert sum(map(len, keys(language).values())) > 15


def test_every_file_of_the_sample_ends_with_a_line_and_holds_no_template() -> None:
    for languages in (("en",), ("zh_CN",), ("en", "zh_CN"), ("zh_CN", "en")):
        for path, text in files(Plan(languages=languages)).items():
            assert text.endswith("\n"), path
            assert "{%" not in text or path.endswith(".html"), path
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == {*LANGUAGES, "catalogs"}


def test_the_engine_can_come_from_elsewhere() -> None:
    texts = files(Plan(languages=("en",), engine="./sphinx_folio-0.1.0-py3-none-any.whl"))
    assert "\n./sphinx_folio-0.1.0-py3-none-any.whl\n" in texts["requirements.txt"]
    assert "\nsphinx-folio[pdf]>=0.1,<0.2\n" in files(Plan(languages=("en",)))["requirements.txt"]


def test_a_hosted_build_runs_the_command_of_the_readme() -> None:
    texts = files(Plan(languages=("en",)))
    assert "python -m sphinx_folio build\n" in texts["README.md"]
    assert 'python -m sphinx_folio build --output "$READTHEDOCS_OUTPUT/html"' in texts[".readthedocs.yaml"]
    assert "run: python -m sphinx_folio build\n" in texts[".github/workflows/pages.yml"]


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.readthedocs", ".readthedocs.yaml"), ("vendor.github-workflows", ".github/workflows/pages.yml")],
)
def test_set_ups_of_hosts_are_valid(schema: str, path: str, run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        schema,
        str(tmp_path / "work" / "mine" / path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "README.md"
    mine.write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 1
    assert f"{tmp_path} holds README.md already" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [mine]
    assert mine.read_text(encoding="utf-8") == "mine"
    assert main(["init", str(tmp_path), "--overwrite"]) == 0
    assert mine.read_text(encoding="utf-8").startswith("# Alex Sample")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["init", "file"], "file is a file; name a folder"),
        (["init", "file/below"], "the portfolio cannot be written: "),
        (["init", "new", "--second", "en"], "the second language is the first, en"),
        (
            ["init", "new", "--language", "de", "--second", "en"],
            "the sample can be had in two of en, zh_CN; leave --second out and translate the pages later",
        ),
        (["init", "new", "--engine", "a\nb"], "a requirement is one line: 'a\\nb'"),
        (["init", "new", "--from", "none.json"], "none.json: No such file or directory"),
        (["init", "new", "--from", "file"], "file: "),
        (["init", "new", "--from", "resume.json", "--second", "zh_CN"], "a résumé comes in one language"),
        (["build", "empty"], "there is no conf.py in "),
        (["messages", "empty"], "there is no conf.py in "),
        (["messages", "alone"], "names no second language"),
        (["build", "broken"], "There is a syntax error in your configuration file"),
    ],
    ids=lambda value: "-".join(value)[:20] if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said(
    words: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("", encoding="utf-8")
    Path("resume.json").write_text('{"basics": {"name": "Ada Example"}}', encoding="utf-8")
    Path("empty").mkdir()
    Path("alone").mkdir()
    Path("alone/conf.py").write_text("", encoding="utf-8")
    Path("broken").mkdir()
    Path("broken/conf.py").write_text("a portfolio", encoding="utf-8")
    assert main(words) == 1
    assert says in capsys.readouterr().err
    assert not Path("new").exists()


@pytest.mark.parametrize("words", [[], ["unknown"], ["init", "new", "--language", "xx"]])
def test_words_that_mean_nothing_get_the_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage: python -m sphinx_folio" in capsys.readouterr().err
