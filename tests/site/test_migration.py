"""The outputs on the manual's page about migration are those of the commands."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_folio.cli.commands import main

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "manual" / "migration.md"
INPUTS = Path(__file__).parent / "data" / "migration"
EXAMPLES: Iterable[tuple[str, str]] = re.findall(
    r"```console\n\$ sphinx-folio (.+)\n((?s:.+?))```", PAGE.read_text(encoding="utf-8")
)


def test_there_is_an_example_for_each_tool() -> None:
    assert {command.split()[1] for command, _output in EXAMPLES} == {path.name for path in INPUTS.iterdir()}


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_outputs(
    command: str, output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(INPUTS, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 0
    assert capsys.readouterr().out.replace("\\", "/") == output


def test_what_a_fork_deletes_is_there() -> None:
    chapter = PAGE.read_text("utf-8").partition("(migration-fork)=")[2]
    paths = [path for line in re.findall(r"git rm -r (.+)", chapter) for path in line.split()]
    assert len(paths) > 10
    assert [path for path in paths if not list(ROOT.glob(path))] == []
    kept = re.findall(
        r"`((?:docs|src|packages|tests|README|CITATION|SECURITY|CODE|pyproject|\.github)[\w./]*)`", chapter
    )
    assert len(kept) > 8
    assert [path for path in kept if not (ROOT / path).exists()] == []
    conf = (ROOT / "conf.py").read_text("utf-8")
    settings = re.findall(r"`((?:folio|myst)_\w+)`", chapter)
    assert len(settings) > 5
    assert [name for name in settings if f"{name} = " not in conf] == []
    assert [heading for heading in re.findall("“(.+?)”", chapter) if f"# {heading}" not in conf] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an archive has no git repository")
def test_a_fork_finds_the_names_of_the_owner_only_where_it_changes_or_deletes_them() -> None:
    chapter = PAGE.read_text("utf-8").partition("(migration-fork)=")[2]
    deleted = [path for line in re.findall(r"git rm -r (.+)", chapter) for path in line.split()]
    [step] = re.findall(r"^5\. (Write your name.+)", chapter, re.MULTILINE)
    changed = ["conf.py", *re.findall(r"`([\w./-]*[./][\w./-]+)`", step)]
    search, links = re.findall("^git grep .+", chapter, re.MULTILINE)
    for path in ("README.md", "CONTRIBUTING.md"):  # they have to be rewritten
        assert f"`{path}`" in step
        found = subprocess.run([*shlex.split(links)[:-2], path], cwd=ROOT, capture_output=True, check=False)
        assert found.stdout
    command = [*shlex.split(search), *(f":!{path}" for path in (*deleted, *changed))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """Return a clone in which the commands of the page have deleted the portfolio and the manual."""
    if not (ROOT / ".git").exists():
        pytest.skip("an archive has no git repository")
    folder = tmp_path / "fork"
    git(tmp_path, "clone", "-q", str(ROOT), "fork")
    for name in ("name", "email"):
        git(folder, "config", f"user.{name}", "ada@example.org")
    for line in re.findall(r"git (rm -r .+)", PAGE.read_text("utf-8")):
        command, options, *paths = line.split()
        found = [str(path.relative_to(folder)) for pattern in paths for path in folder.glob(pattern)]
        git(folder, command, options, "-q", *found)
    git(folder, "commit", "-qm", "Delete the portfolio")
    return folder


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_fork_keeps_nothing_of_the_pages_of_the_owner_not_even_a_picture(fork: Path) -> None:
    left = {path.relative_to(fork).as_posix() for path in (fork / "docs").rglob("*") if path.is_file()}
    look = {"_static/site.css", "_static/site.js", "_templates/languages.html", "_templates/page.html"}
    assert left == {f"docs/{name}" for name in look}
    conf = (fork / "conf.py").read_text("utf-8")
    assert 'html_favicon = "docs/_static/icon.svg"' in conf  # a strict build fails until there is another
    assert (ROOT / "src/sphinx_folio/cli/templates/icon.svg").is_file()  # which ``init`` writes


def test_a_fork_gets_later_changes_of_the_engine_and_the_look_and_keeps_its_pages(fork: Path, tmp_path: Path) -> None:
    own = {"docs/index.md": "# Ada\n", "docs/_static/icon.svg": "<svg/>\n", "conf.py": 'project = "Ada"\n'}
    for name, text in own.items():
        (fork / name).write_text(text, encoding="utf-8")
    git(fork, "add", ".")
    git(fork, "commit", "-qm", "Be Ada")
    git(tmp_path, "clone", "-q", str(ROOT), "upstream")
    upstream = tmp_path / "upstream"
    git(upstream, "switch", "-qC", "main")
    look = ["docs/_static/site.css", "docs/_templates/page.html", "src/sphinx_folio/domain.py"]
    theirs = [*own, "docs/_static/own-pages.css", "docs/new.md", "manual/index.md", "action.yml", "evidence.lock"]
    for name in [*look, *theirs]:
        with (upstream / name).open("a", encoding="utf-8") as file:
            file.write("# a change\n")
    git(upstream, "add", ".")
    git(upstream, *("-c", "user.name=Bo", "-c", "user.email=bo@example.org"), "commit", "-qm", "Change everything")
    recipe = PAGE.read_text("utf-8").rpartition("```sh\n")[2].partition("```")[0]
    commands = recipe.replace("https://github.com/iiiceoo/sphinx-folio", str(upstream))
    printed = ""
    for command in commands.splitlines():
        done = subprocess.run(shlex.split(command), cwd=fork, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or command.startswith("git merge"), done.stderr
        printed += done.stdout
    assert "+# a change" in printed
    assert git(fork, "diff", "--name-only", "--diff-filter=U") == ""
    assert {name: (fork / name).read_text("utf-8") for name in own} == own
    assert [name for name in look if not (fork / name).read_text("utf-8").endswith("# a change\n")] == []
    assert [name for name in theirs if name not in own and (fork / name).exists()] == []


def test_the_style_sheet_that_a_fork_keeps_has_no_rules_for_single_pages() -> None:
    kept = re.sub(r"/\*.*?\*/", "", (ROOT / "docs/_static/site.css").read_text("utf-8"), flags=re.DOTALL)
    assert {*re.findall(r"#([\w-]+)(?=[^;{}]*\{)", kept)} == {"home", "resume", "__navigation", "__toc"}
    own = (ROOT / "docs/_static/own-pages.css").read_text("utf-8")
    assert {*re.findall(r"#([\w-]+)(?=[^;{}]*\{)", own)} > {"resume-spiderpool", "resume-powerredis"}
    assert not re.search("cases|claims|sources|pool-model", kept)


def test_a_fork_without_manual_has_one_project(tmp_path: Path) -> None:
    shutil.copy(ROOT / "noxfile.py", tmp_path)
    (tmp_path / "conf.py").touch()
    ignored = tmp_path / "manual" / "locales" / "index.mo"  # git rm leaves what git ignores
    ignored.parent.mkdir(parents=True)
    ignored.touch()
    code = "import runpy; print([project.pages for project in runpy.run_path('noxfile.py')['PROJECTS']])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "['docs']\n"


def test_the_site_is_told_its_host_as_a_new_portfolio_is() -> None:
    """So a file for a host that ``init`` wrote works in a fork once it runs the task."""
    templates = ROOT / "src/sphinx_folio/cli/templates"
    settings = re.findall(r"^.+os\.environ\.get.+", (templates / "conf.py.jinja").read_text("utf-8"), re.MULTILINE)
    assert len(settings) == 3
    conf = (ROOT / "conf.py").read_text("utf-8").splitlines()
    assert [line for line in settings if line not in conf] == []
    for name in ("pages.yml", "netlify.toml"):
        text = (templates / name).read_text("utf-8")
        assert [text.count(f"python -m {command} ") for command in ("pip", "sphinx_folio")] == [1, 1]
        assert {*re.findall(r"SITE_\w+", text)} == {"SITE_ADDRESS", "SITE_HOST"}
