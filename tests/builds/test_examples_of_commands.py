"""The examples in the help of the commands work as they are written."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest
from sphinx.locale import translators

import sphinx_folio.export  # noqa: F401  before the first catalog is loaded: labels stay lazy
from sphinx_folio.cli.commands import main
from sphinx_folio.cli.examples import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
SERVERS = {"sphinx-folio language-server", *EXAMPLES["live"]}
RESUME = {"basics": {"name": "Ada Example", "label": "Engineer"}, "skills": [{"name": "Go"}]}
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")  # of MyST


def test_examples_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))  # of the Sphinx that a command runs
    for number, line in enumerate(EXAMPLES["init"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        Path("resume.json").write_text(json.dumps(RESUME), encoding="utf-8")
        assert main(shlex.split(line)[1:]) == 0, line
        assert Path("portfolio", "docs", "conf.py").is_file()
    portfolio = tmp_path / "1" / "portfolio"  # in two languages
    monkeypatch.chdir(portfolio)
    Path("resume.json").write_text(json.dumps(RESUME), encoding="utf-8")
    Path("posting.txt").write_text("Requirements\n\n- Go\n- Kubernetes\n", encoding="utf-8")
    Path("queries.tsv").write_text("Kubernetes\tskills.html#skill_kubernetes\n", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", "--bare", "lantern.git"], check=True)  # noqa: S607
    commit = b"commit refs/heads/main\ncommitter Alex <alex@example.org> 1700000000 +0000\ndata 0\n"
    subprocess.run(["git", "-C", "lantern.git", "fast-import", "--quiet"], input=commit, check=True)  # noqa: S607
    with Path("docs", "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('folio_repositories = {"https://code.example.org/alex/lantern": "../lantern.git"}\n')
    capfd.readouterr()
    for line in (line for name, lines in EXAMPLES.items() for line in lines if line not in SERVERS and name != "init"):
        translators.clear()
        words = shlex.split(line)[1:]
        code = main(words)
        printed = capfd.readouterr()
        errors = "" if "--verbose" in words else printed.err
        assert (code, errors) == (0, ""), (line, printed.err)
        if "--json" in words:
            json.loads(printed.out)
    assert {path.name for path in Path("files").iterdir()} == {"resume.json", "resume.docx"}
    assert Path("build", "files", "resume.pdf").read_bytes().startswith(b"%PDF")
    assert Path("build", "html", "index.html").is_file()
