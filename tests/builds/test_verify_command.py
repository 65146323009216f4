"""The command that checks evidence: what it reads, prints and writes, and its exit code."""

from __future__ import annotations

import json
import subprocess
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.cli.verify import report
from sphinx_folio.doctree.check_sentences import note_sentence
from sphinx_folio.portfolio.verification import Check, Lock, Proof, Verification

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

URL = "https://github.com/example/pool"
CONF = """\
extensions = ["sphinx_folio"]
primary_domain = "folio"
folio_identities = ["ada@example.org"]
folio_keys = {"Host": "host.asc"}
folio_counts = {
    "commits.csv": {"count": "commits", "by": "month", "repository": "https://github.com/example/pool", "revision": "v1.1"},
}
"""
PAGE = """\
Portfolio
=========

.. person:: ada
   :name: Ada Example
   :url: https://ada.example.org

.. project:: pool
   :name: Pool

.. evidence:: limit
   :title: Limit the pool
   :kind: pull-request
   :url: https://github.com/example/pool/pull/1
   :revision: %(work)s
   :date: 2023-01-05
   :by: own
   :projects: pool

.. evidence:: talk
   :title: A talk
   :kind: page
   :url: https://example.org/talk
   :by: own
   :projects: pool
"""


@pytest.fixture
def run(tmp_path: Path, story: Any, run_command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command in a small portfolio."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.rst").write_text(PAGE % story.commits, encoding="utf-8")
    (tmp_path / "commits.csv").write_text("month,commits\n2023-01,13\n2023-02,1\n", encoding="utf-8")
    (tmp_path / "host.asc").write_bytes(story.keys["Host"].read_bytes())
    monkeypatch.chdir(tmp_path)
    return partial(run_command, "verify")


def lock(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "evidence.lock").read_text("utf-8"))
    return data


def test_the_results_are_printed_and_written(
    run: Run, story: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f'folio_repositories = {{"{URL}": "{story.forge.folder}"}}\n')
    done = run("--write", "--date", "2026-11-28")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:3] == [
        "limit        signed",
        "talk         unchecked  its address is not in a repository",
        "commits.csv  counted",
    ]
    assert done.stdout.splitlines()[-2:] == ["signed 1, unchecked 1", "The results are in evidence.lock."]
    assert (tmp_path / "commits.csv").read_text("utf-8") == "month,commits\n2023-01,13\n2023-02,1\n"
    found = lock(tmp_path)
    assert (found["date"], found["evidence"]["limit"]["rung"]) == ("2026-11-28", "signed")
    first = (tmp_path / "evidence.lock").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795867200")
    assert run().returncode == 0
    assert (tmp_path / "evidence.lock").read_bytes() == first


def test_links_are_requested_only_on_demand_and_kept(run: Run, story: Any, tmp_path: Path) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response({"/here": 200, "/moved": 302, "/no-head": 405, "/broken": 503}.get(self.path, 404))
            self.send_header("Location", "/here")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(503 if self.path == "/broken" else 200 if self.path in {"/here", "/no-head"} else 404)
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        site = f"http://127.0.0.1:{server.server_port}"
        page = tmp_path / "index.rst"
        text = page.read_text("utf-8").replace("https://example.org/talk", f"{site}/gone#part")
        text = text.replace("https://ada.example.org", "http://127.0.0.1:1/nobody").replace(
            f"{URL}/pull/1", f"{site}/here"
        )
        names = ("moved", "no-head", "broken")
        page.write_text(text + "".join(f"\n`{name} <{site}/{name}>`_\n" for name in names), encoding="utf-8")
        clone = ("--repository", f"{URL}={story.forge.folder}")
        assert run(*clone, "--date", "2026-11-28").returncode == 0
        assert lock(tmp_path).get("links", {}) == {}
        done = run("--links", "--date", "2026-11-28")
        server.shutdown()
    assert lock(tmp_path)["links"] == {
        "http://127.0.0.1:1/nobody": "unreachable 2026-11-28",
        f"{site}/broken": "503 2026-11-28",
        f"{site}/gone": "404 2026-11-28",
        f"{site}/here": "200 2026-11-28",
        f"{site}/moved": "200 2026-11-28",
        f"{site}/no-head": "200 2026-11-28",
    }
    assert f"{site}/gone answered 404 on 2026-11-28" in done.stdout
    run(*clone, "--date", "2026-11-29")
    assert lock(tmp_path)["links"][f"{site}/gone"] == "404 2026-11-28"


def test_a_false_claim_fails_the_command(run: Run, story: Any, tmp_path: Path) -> None:
    page = tmp_path / "index.rst"
    page.write_text(page.read_text("utf-8").replace("2023-01-05", "2022-01-05"), encoding="utf-8")
    (tmp_path / "commits.csv").write_text("month,commits\n2023-01,99\n", encoding="utf-8")
    done = run("--repository", f"{URL}={story.forge.folder}")
    assert done.returncode == 1
    assert "limit        failed     date is 2022-01-05 here, 2023-01-05 in the repository\n" in done.stdout
    assert "commits.csv  failed     the repository gives other figures\n" in done.stdout
    assert lock(tmp_path)["counts"]["commits.csv"]["result"] == "no other"


def test_what_failed_comes_before_what_is_only_not_confirmed() -> None:
    checks = {"exists": "yes", "date": "no 2023-01-05", "merged": "unknown squash", "signed": "no unsigned"}
    found = tuple((name, Check(*answer.split(" "))) for name, answer in checks.items())
    failed = Proof(claim={"date": "2022"}, verification=Verification(rung="failed", checks=found))
    others = tuple(item for item in found if item[0] != "date")
    author = Proof(claim={}, verification=Verification(rung="author", checks=others))
    lines = [*report(Lock(proofs={"limit": failed, "other": author}), Path("evidence.lock"))]
    assert lines[0].startswith(
        "limit  failed     date is 2022 here, 2023-01-05 in the repository; also: no merge commit"
    )
    assert lines[0].endswith("; the commit or tag is not signed")
    assert lines[1].startswith("other  author     but no merge commit")


def test_a_file_of_counts_that_does_not_exist_is_named_and_written(run: Run, story: Any, tmp_path: Path) -> None:
    clone = ("--repository", f"{URL}={story.forge.folder}")
    (tmp_path / "commits.csv").unlink()
    done = run(*clone)
    assert (done.returncode, done.stderr) == (1, "")
    assert (
        "commits.csv  failed     there is no such file\nThere is no file commits.csv; add --write to write it.\n"
        in done.stdout
    )
    assert run(*clone, "--write").returncode == 0
    assert run(*clone).returncode == 0


def test_a_file_of_counts_in_no_folder_is_not_written(run: Run, story: Any, tmp_path: Path) -> None:
    conf = tmp_path / "conf.py"
    conf.write_text(conf.read_text("utf-8").replace('"commits.csv"', '"docs/commits.csv"'), encoding="utf-8")
    done = run("--repository", f"{URL}={story.forge.folder}", "--write")
    assert (done.returncode, done.stdout) == (3, "")
    message = "folio_counts: there is no folder docs; the path docs/commits.csv is relative to the folder of conf.py"
    assert message in done.stderr
    assert not (tmp_path / "evidence.lock").exists()


def test_without_a_clone_nothing_is_checked_or_written(run: Run, tmp_path: Path) -> None:
    done = run()
    assert done.returncode == 3
    message = "no repository to check against; name clones in folio_repositories, or add --repository URL=PATH"
    assert message in done.stderr
    assert not (tmp_path / "evidence.lock").exists()


def test_it_is_said_what_is_unusual_about_a_clone(run: Run, story: Any, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{story.forge.folder}", clone], check=True)  # noqa: S607
    done = run("--repository", f"{URL}={clone}")
    [head] = [source["head"] for source in lock(tmp_path)["repositories"].values()]
    assert f"{URL}: {head}; the clone is shallow, so older commits are missing\n" in done.stdout
    assert lock(tmp_path)["repositories"][URL]["notes"] == ["shallow"]
    for note in ("grafts-ignored", "replacements-ignored"):
        assert note_sentence(note).endswith(", which were ignored")


def test_evidence_elsewhere_is_listed_as_unchecked(run: Run, story: Any, tmp_path: Path) -> None:
    assert run("--repository", f"https://github.com/example/another={story.forge.folder}").returncode == 0
    assert lock(tmp_path)["evidence"]["limit"]["checks"] == {"exists": "unknown no-repository"}


def test_doubts_are_said_in_sentences(run: Run, story: Any, tmp_path: Path) -> None:
    page = f"Portfolio\n=========\n\n.. evidence:: none\n   :url: {URL}/pull/99\n   :by: own\n   :kind: pull-request\n"
    forged = f"   :revision: {story.commits['forged']}\n"
    (tmp_path / "index.rst").write_text(f"{page}\n{page[21:].replace('none', 'forged').replace('99', '9')}{forged}")
    lines = run("--repository", f"{URL}={story.forge.folder}").stdout.splitlines()
    assert lines[0].endswith("merged     but the commit or tag is not signed")
    fix = "correct the number, or give the commit in the option revision"
    assert f"unchecked  no commit names the number in the address {URL}/pull/99; {fix}" in lines[1]


def test_the_path_of_a_missing_clone_is_resolved(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f'folio_repositories = {{"{URL}": "../pool"}}\n')
    assert f"{URL}: there is no file or folder {tmp_path.parent / 'pool'}" in run().stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--repository", "pool"], "'pool' is not of the form URL=PATH"),
        (["--repository", f"{URL}=nowhere"], "there is no file or folder nowhere"),
        (["--date", "2026-11"], "'2026-11' is not a full date"),
        (["--date", "today"], "not a date: 'today'"),
        (["nowhere"], "there is no file or folder nowhere"),
    ],
)
def test_mistakes_are_explained_and_nothing_is_written(
    run: Run, tmp_path: Path, words: list[str], message: str
) -> None:
    done = run(*words)
    is_of_option = message.startswith(("'", "not"))
    assert (done.returncode, done.stdout) == (2 if is_of_option else 3, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "evidence.lock").exists()


def test_a_key_file_that_cannot_be_used_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "host.asc").write_text("no key\n", encoding="utf-8")
    assert "host.asc of 'Host' contains neither OpenPGP keys nor allowed SSH signers" in run().stderr
    (tmp_path / "host.asc").unlink()
    assert "host.asc of 'Host' cannot be read" in run().stderr


def test_a_lock_of_another_format_does_not_stop_the_command_that_writes_it(
    run: Run, story: Any, tmp_path: Path
) -> None:
    (tmp_path / "evidence.lock").write_text('{"format": 99}\n', encoding="utf-8")
    assert run("--repository", f"{URL}={story.forge.folder}").returncode == 0
    assert lock(tmp_path)["format"] == 1
