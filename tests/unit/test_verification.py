"""Checks of evidence against a repository that tells the truth and every kind of lie."""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

import pytest
from miniswhid import compute_content_swhid, compute_directory_swhid

from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.records import Evidence
from sphinx_folio.portfolio.verification import Check, claim_of, title_number
from sphinx_folio.verification import counts, git
from sphinx_folio.verification.addresses import parse_address
from sphinx_folio.verification.git import GitError
from sphinx_folio.verification.ladder import Ladder, People
from sphinx_folio.verification.location import open_location
from sphinx_folio.verification.lock import LockError, as_text, parse
from sphinx_folio.verification.repository import open_repositories
from sphinx_folio.verification.run import Claims, failures, verify
from sphinx_folio.verification.signatures import Keyring
from sphinx_folio.verification.swhid import archive_address, qualified, swhid

if TYPE_CHECKING:
    from types import ModuleType

URL = "https://github.com/example/pool"
ADA = ("Ada Example <ada@example.org>",)


def evidence(story: Any, **facts: Any) -> Evidence:
    """Return a piece of evidence; ``{name}`` in a fact is a commit of the story."""
    facts = {"kind": "pull-request", "by": "own", "title": "Words", **facts}
    facts = {name: value.format_map(story.commits) for name, value in facts.items()}
    date = PartialDate.parse(facts.pop("date")) if "date" in facts else None
    facts["url"] = f"{URL}/{facts['url']}" if not facts["url"].startswith("https:") else facts["url"]
    return Evidence(key="proof", name=facts.pop("title"), docname="", node_id="", line=1, date=date, **facts)


def check(
    story: Any, *, path: Path | None = None, identities: tuple[str, ...] = ADA, **facts: Any
) -> tuple[str, dict[str, Check]]:
    """Return the rung and the checks of a piece of evidence."""
    with TemporaryDirectory() as home, open_repositories({URL: path or story.forge.folder}) as repositories:
        ladder = Ladder(repositories, People(identities), Keyring(story.keys, Path(home)))
        found = ladder.check(evidence(story, **facts))
    return found.rung, dict(found.checks)


HONEST: dict[str, tuple[dict[str, Any], str]] = {
    "a merged pull request": (
        {"url": "pull/1", "revision": "{work}", "date": "2023-01-05", "title": "#1 Limit the pool"},
        "signed",
    ),
    "a merge without a revision": ({"url": "pull/1", "date": "2023-01"}, "signed"),
    "the merge itself": ({"url": "pull/1", "revision": "{merge}"}, "signed"),
    "a squashed pull request": ({"url": "pull/3", "revision": "{squash}", "date": "2023-01-06"}, "author"),
    "the head of a squashed pull request": ({"url": "pull/3", "revision": "{head}"}, "author"),
    "a rebased pull request": ({"url": "pull/4", "revision": "{rebase}"}, "merged"),
    "a self-merged pull request": ({"url": "pull/2", "revision": "{self-merged}"}, "author"),
    "a pull request signed by a person": ({"url": "pull/11", "revision": "{ssh}"}, "signed"),
    "a commit in a merge": ({"kind": "commit", "url": "commit/{work}", "date": "2023-01-04"}, "signed"),
    "a squashed commit": ({"kind": "commit", "url": "commit/{squash}", "date": "2023"}, "author"),
    "a commit pushed directly": ({"kind": "commit", "url": "commit/{direct}"}, "author"),
    "a commit by several authors": ({"kind": "commit", "url": "commit/{together}"}, "merged"),
    "a shortened commit": ({"kind": "commit", "url": "commit/{work:.12}", "revision": "{work}"}, "signed"),
    "a release": ({"kind": "release", "by": "team", "url": "releases/tag/v1.0", "date": "2023-01-07"}, "exists"),
    "a release without a tag object": ({"kind": "release", "by": "own", "url": "releases/tag/v1.1"}, "author"),
    "a file": ({"kind": "file", "url": "blob/v1.0/pool.go#L2-L4", "revision": "v1.0"}, "signed"),
    "a file of the team": (
        {"kind": "file", "by": "team", "url": "blob/{squash}/other.go", "revision": "v1.0"},
        "exists",
    ),
    "a folder": ({"kind": "file", "by": "team", "url": "tree/{squash}/pkg"}, "exists"),
    "a file at a tag with a slash": (
        {"kind": "file", "by": "team", "url": "blob/api/v1.0/pkg/ip/ip.go", "revision": "api/v1.0"},
        "exists",
    ),
    "a release with a slash": ({"kind": "release", "by": "team", "url": "releases/tag/api/v1.0"}, "exists"),
    "a file of a release": ({"kind": "release", "by": "team", "url": "releases/download/v1.0/pool.tar.gz"}, "exists"),
    "the latest release": ({"kind": "release", "url": "releases/latest"}, "unchecked"),
    "a report in the repository": ({"kind": "report", "url": "blob/{squash}/pool.go", "date": "2023-01-06"}, "signed"),
    "another host": ({"kind": "report", "url": "https://example.org/report", "date": "2023-01-06"}, "unchecked"),
    "another page": ({"kind": "page", "url": "wiki/Home"}, "unchecked"),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_evidence_raises_no_alarm(story: Any, name: str) -> None:
    facts, expected = HONEST[name]
    rung, checks = check(story, **facts)
    assert (rung, [item for item in checks if checks[item].result == "no" and item not in {"merged", "signed"}]) == (
        expected,
        [],
    )


FALSE: dict[str, tuple[dict[str, Any], str, str, Check]] = {
    "a commit that does not exist": (
        {"kind": "commit", "url": "commit/" + "a" * 40},
        "failed",
        "exists",
        Check("no", "missing"),
    ),
    "an ambiguous word as a commit": (
        {"kind": "commit", "url": "commit/nothing"},
        "failed",
        "exists",
        Check("no", "missing"),
    ),
    "a blob as a commit": ({"kind": "commit", "url": "commit/{blob}"}, "failed", "exists", Check("no", "damaged")),
    "a commit that no branch reaches": (
        {"kind": "commit", "url": "commit/{impostor}"},
        "failed",
        "exists",
        Check("no", "unreachable"),
    ),
    "a branch as a revision": (
        {"kind": "commit", "url": "commit/main"},
        "unchecked",
        "exists",
        Check("unknown", "branch"),
    ),
    "another author": ({"kind": "commit", "url": "commit/{bobs}"}, "failed", "author", Check("no", "other-author")),
    "another author's pull request": (
        {"url": "pull/5", "revision": "{bobs}"},
        "failed",
        "author",
        Check("no", "other-author"),
    ),
    "another author's merge": ({"url": "pull/5"}, "failed", "author", Check("no", "0/1")),
    "the same name with another e-mail address": (
        {"kind": "commit", "url": "commit/{only name}"},
        "failed",
        "author",
        Check("no", "other-author"),
    ),
    "two author fields": (
        {"kind": "commit", "url": "commit/{two authors}"},
        "exists",
        "author",
        Check("unknown", "malformed"),
    ),
    "another date": (
        {"url": "pull/1", "revision": "{work}", "date": "2022-01-05"},
        "failed",
        "date",
        Check("no", "2023-01-05"),
    ),
    "another month": (
        {"url": "pull/1", "revision": "{work}", "date": "2023-02"},
        "failed",
        "date",
        Check("no", "2023-01-05"),
    ),
    "another number in the title": (
        {"url": "pull/1", "revision": "{work}", "title": "#2 Words"},
        "failed",
        "title",
        Check("no", "other-number"),
    ),
    "other words in the title": (
        {"url": "pull/1", "revision": "{work}", "title": "I wrote it all"},
        "signed",
        "title",
        Check("unknown", "own-words"),
    ),
    "another pull request's number": (
        {"url": "pull/2", "revision": "{work}"},
        "failed",
        "number",
        Check("no", "other-commit"),
    ),
    "an invented number": ({"url": "pull/99", "revision": "{work}"}, "failed", "number", Check("no", "other-number")),
    "an invented number for a squashed commit": (
        {"url": "pull/99", "revision": "{squash}"},
        "failed",
        "number",
        Check("no", "other-number"),
    ),
    "a number that a rebase left no trace of": (
        {"url": "pull/4", "revision": "{rebase}"},
        "merged",
        "number",
        Check("unknown", "no-number"),
    ),
    "an invented number without a revision": ({"url": "pull/99"}, "unchecked", "number", Check("unknown", "no-number")),
    "who merged a squashed pull request": (
        {"url": "pull/3", "revision": "{squash}"},
        "author",
        "merged",
        Check("unknown", "squash"),
    ),
    "a self-merged pull request": (
        {"url": "pull/2", "revision": "{self-merged}"},
        "author",
        "merged",
        Check("no", "self"),
    ),
    "a direct push": ({"kind": "commit", "url": "commit/{direct}"}, "author", "merged", Check("no", "self")),
    "a stolen signature": (
        {"url": "pull/6", "revision": "{stolen-signature}"},
        "failed",
        "signed",
        Check("no", "broken"),
    ),
    "a signature by another key": (
        {"url": "pull/7", "revision": "{strange-key}"},
        "merged",
        "signed",
        Check("unknown", "unknown-key"),
    ),
    "a signature by another SSH key": (
        {"url": "pull/12", "revision": "{strange-ssh}"},
        "merged",
        "signed",
        Check("unknown", "unknown-key"),
    ),
    "a signature by an expired key": (
        {"url": "pull/8", "revision": "{expired-key}"},
        "merged",
        "signed",
        Check("no", "expired"),
    ),
    "a garbled signature": (
        {"url": "pull/13", "revision": "{garbled}"},
        "merged",
        "signed",
        Check("unknown", "unknown-format"),
    ),
    "a forged merge of the host": (
        {"url": "pull/9", "revision": "{forged}"},
        "merged",
        "signed",
        Check("no", "unsigned"),
    ),
    "a path that is not there": (
        {"kind": "file", "url": "blob/v1.0/none.go"},
        "failed",
        "path",
        Check("no", "missing"),
    ),
    "a path below a file": ({"kind": "file", "url": "blob/v1.0/pool.go/x"}, "failed", "path", Check("no", "missing")),
    "a path out of the repository": (
        {"kind": "file", "url": "blob/v1.0/pkg/../../etc/passwd"},
        "failed",
        "path",
        Check("no", "missing"),
    ),
    "a symbolic link": ({"kind": "file", "url": "blob/v1.0/link"}, "failed", "path", Check("no", "symlink")),
    "a submodule": ({"kind": "file", "url": "blob/v1.0/module/file"}, "failed", "path", Check("no", "submodule")),
    "a line that is not there": (
        {"kind": "file", "url": "blob/v1.0/pool.go#L8-L11"},
        "failed",
        "lines",
        Check("no", "1-10"),
    ),
    "lines in reverse": ({"kind": "file", "url": "blob/v1.0/pool.go#L4-L2"}, "failed", "lines", Check("no", "1-10")),
    "lines of somebody else": (
        {"kind": "file", "url": "blob/v1.0/other.go#L1-L2"},
        "failed",
        "author",
        Check("no", "0/2"),
    ),
    "a tag of another commit": (
        {"kind": "file", "url": "blob/{work}/pool.go", "revision": "v1.0"},
        "failed",
        "revision",
        Check("no", "other"),
    ),
    "a tag that does not exist": (
        {"kind": "file", "url": "blob/{work}/pool.go", "revision": "v9"},
        "failed",
        "revision",
        Check("no", "missing"),
    ),
    "a release that does not exist": (
        {"kind": "release", "url": "releases/tag/v9"},
        "failed",
        "exists",
        Check("no", "missing"),
    ),
    "a release by somebody else": (
        {"kind": "release", "url": "releases/tag/v1.0"},
        "failed",
        "author",
        Check("no", "other-author"),
    ),
    "a release signed by another key": (
        {"kind": "release", "by": "team", "url": "releases/tag/v1.2"},
        "exists",
        "signed",
        Check("unknown", "unknown-key"),
    ),
    "a commit shown as a pull request": (
        {"kind": "pull-request", "url": "commit/{work}"},
        "failed",
        "kind",
        Check("no", "commit"),
    ),
    "a file on a branch with a slash": (
        {"kind": "file", "url": "blob/fix/leak/pool.go"},
        "unchecked",
        "exists",
        Check("unknown", "branch"),
    ),
    "an address that is none": (
        {"url": "https://[github.com/other/pool/pull/1"},
        "unchecked",
        "exists",
        Check("unknown", "no-repository"),
    ),
    "a repository without a clone": (
        {"url": "https://github.com/other/pool/pull/1"},
        "unchecked",
        "exists",
        Check("unknown", "no-repository"),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_falsehoods_are_caught_or_said_to_be_unknowable(story: Any, name: str) -> None:
    facts, expected, question, result = FALSE[name]
    rung, checks = check(story, **facts)
    assert (rung, checks[question]) == (expected, result)


def test_identities_are_names_addresses_both_or_hashes() -> None:
    digest = hashlib.sha256(b"ada@example.org").hexdigest()
    for identity in ("ada example", "Ada@Example.org", "Ada Example <ada@example.org>", f"sha256:{digest}"):
        assert People([identity]).include("Ada Example", "ada@example.org")
        assert not People([identity]).include("Bob", "bob@example.org")
    assert not People([""]).include("", "")


def test_without_identities_nothing_is_said_of_authors(story: Any) -> None:
    rung, checks = check(story, identities=(), url="pull/1", revision="{work}")
    assert (rung, checks["author"], checks["merged"]) == ("exists", *[Check("unknown", "no-identities")] * 2)
    rung, checks = check(story, identities=(), kind="release", url="releases/tag/v1.0")
    assert (rung, checks["author"]) == ("exists", Check("unknown", "no-identities"))


UNUSUAL = "tree {tree}\nauthor {name} 1672660800 +0000\ncommitter {name} {time} +0000\n{more}\nText\n"


@pytest.mark.parametrize(
    ("time", "more", "encoding", "signed"),
    [
        (1, "encoding ISO-8859-1\n", "latin-1", "unsigned"),
        (1, "encoding undefined\n", "utf-8", "unsigned"),  # codecs of Python that raise errors of their own
        (1, "encoding idna\n", "utf-8", "unsigned"),
        (1, "\nA zero: \0\n", "utf-8", "unsigned"),
        (999_999_999_999, "gpgsig -----BEGIN PGP SIGNATURE-----\n", "utf-8", "unknown-format"),
    ],
)
def test_unusual_commits_are_read(
    forge: ModuleType, story: Any, tmp_path: Path, time: int, more: str, encoding: str, signed: str
) -> None:
    made = forge.Forge(tmp_path / "pool.git", tmp_path / "keys")
    text = UNUSUAL.format(tree=made.tree({"a": "1\n"}), name="José <j@example.org>", time=time, more=more)
    commit = made.store("commit", text.encode(encoding))
    made.ref("refs/heads/main", commit)
    rung, checks = check(story, path=made.folder, identities=("José",), kind="commit", url=f"commit/{commit}")
    assert (rung, checks["author"].result, checks["signed"].reason) == ("author", "yes", signed)


def test_a_repository_without_readable_refs_is_refused(story: Any, tmp_path: Path) -> None:
    story.forge.run("git", "init", "--quiet", "--bare", "--object-format=sha256", str(tmp_path / "pool.git"))
    (tmp_path / "pool.git" / "refs" / "heads" / "main").write_text("a" * 64 + "\n", encoding="utf-8")
    with pytest.raises(GitError, match="it is empty, or it uses SHA-256 or reftables"):
        check(story, path=tmp_path / "pool.git", url="pull/1")


# Clones that do not tell everything, or something else


def clone(story: Any, folder: Path, *options: str) -> Path:
    source = f"file://{story.forge.folder}"
    story.forge.run("git", "clone", "--quiet", *options, source, str(folder))
    return folder


def test_a_clone_a_worktree_and_a_bundle_give_the_same(story: Any, tmp_path: Path) -> None:
    folder = clone(story, tmp_path / "clone", "--mirror")
    plain = clone(story, tmp_path / "plain", "--no-checkout")
    story.forge.run(
        "git", "-C", str(plain), "worktree", "add", "--quiet", "--no-checkout", str(tmp_path / "tree"), "v1.0"
    )
    bundle = tmp_path / "pool.bundle"
    story.forge.git("bundle", "create", "--quiet", str(bundle), "--all")
    for path in (folder, plain, tmp_path / "tree", bundle):
        assert check(story, path=path, url="pull/1", revision="{work}")[0] == "signed"


def test_a_shallow_clone_says_that_it_does_not_know(story: Any, tmp_path: Path) -> None:
    shallow = clone(story, tmp_path / "shallow", "--depth", "2")
    unknown = Check("unknown", "incomplete-clone")
    assert check(story, path=shallow, url="pull/1", revision="{work}") == ("unchecked", {"exists": unknown})
    rung, checks = check(story, path=shallow, kind="file", url="blob/{main}/pool.go#L1-L2")
    assert (rung, checks["path"].result, checks["author"]) == ("exists", "yes", unknown)


def test_a_partial_clone_says_that_it_does_not_know(story: Any, tmp_path: Path) -> None:
    story.forge.git("config", "uploadpack.allowFilter", "true")
    partial = clone(story, tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    assert check(story, path=partial, url="pull/1", revision="{work}")[0] == "signed"
    rung, checks = check(story, path=partial, kind="file", url="blob/{squash}/pool.go")
    assert (rung, checks["exists"]) == ("unchecked", Check("unknown", "incomplete-clone"))


def test_a_clone_with_another_branch_checked_out_knows_the_default_branch(story: Any, tmp_path: Path) -> None:
    folder = clone(story, tmp_path / "clone", "--no-checkout")
    (folder / ".git" / "HEAD").write_text(f"{story.commits['first']}\n", encoding="utf-8")
    assert check(story, path=folder, kind="commit", url="commit/{work}")[0] == "signed"
    assert run(story, tmp_path, path=folder).sources[URL].head == story.commits["main"]


@pytest.mark.parametrize(("address", "listed"), [(f"{URL}.git", True), (URL.removesuffix("l"), False)])
def test_the_repositories_of_the_evidence_are_listed(story: Any, tmp_path: Path, address: str, listed: bool) -> None:
    assert (address in run(story, tmp_path, address=address).sources) is listed


def test_grafts_and_replaced_objects_are_ignored_and_noted(story: Any, tmp_path: Path) -> None:
    folder = clone(story, tmp_path / "clone", "--mirror")
    story.forge.run("git", f"--git-dir={folder}", "replace", story.commits["bobs"], story.commits["work"])
    (folder / "info").mkdir(exist_ok=True)
    (folder / "info" / "grafts").write_text(f"{story.commits['work']}\n", encoding="utf-8")
    assert check(story, path=folder, kind="commit", url="commit/{bobs}")[1]["author"] == Check("no", "other-author")
    lock = run(story, tmp_path, path=folder)
    assert lock.sources[URL].notes == ("grafts-ignored", "replacements-ignored")


def test_an_object_with_another_content_is_damaged(story: Any, tmp_path: Path) -> None:
    folder = tmp_path / "pool.git"
    shutil.copytree(story.forge.folder, folder)
    oid = story.commits["bobs"]
    place = folder / "objects" / oid[:2] / oid[2:]
    raw = zlib.decompress(place.read_bytes()).replace(b"author Bob Example <bob@", b"author Ada Example <ada@")
    place.chmod(0o644)
    place.write_bytes(zlib.compress(raw))
    for facts in ({"kind": "commit", "url": "commit/{bobs}"}, {"url": "pull/5", "revision": "{bobs}"}):
        assert check(story, path=folder, **cast("dict[str, Any]", facts))[0] == "failed"


def test_nothing_in_a_repository_is_run_or_obeyed(story: Any, tmp_path: Path) -> None:
    folder = clone(story, tmp_path / "clone", "--mirror")
    trap = tmp_path / "trap"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {trap}\nexit 0\n", encoding="utf-8")
    script.chmod(0o755)
    settings = {
        "core.fsmonitor": script, "core.hooksPath": tmp_path, "core.pager": script, "core.sshCommand": script,
        "gpg.program": script, "gpg.ssh.program": script, "alias.blame": f"!{script}", "diff.x.textconv": script,
        "filter.x.smudge": script, "uploadpack.packObjectsHook": script, "blame.ignoreRevsFile": "/dev/zero",
        "mailmap.file": script, "extensions.partialClone": "origin", "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{script}", "core.alternateRefsCommand": script, "log.showSignature": "true",
        "core.attributesFile": str(tmp_path / "attributes"),
    }  # fmt: skip
    for name, value in settings.items():
        story.forge.run("git", f"--git-dir={folder}", "config", name, str(value))
    (tmp_path / "attributes").write_text("* diff=x filter=x\n", encoding="utf-8")
    (folder / "info").mkdir(exist_ok=True)
    (folder / "info" / "attributes").write_text("* diff=x filter=x\n", encoding="utf-8")
    (folder / "mailmap").write_text("Ada Example <ada@example.org> <bob@example.org>\n", encoding="utf-8")
    for hook in ("post-checkout", "reference-transaction", "pre-auto-gc"):
        (folder / "hooks").mkdir(exist_ok=True)
        shutil.copy(script, folder / "hooks" / hook)
    (folder / "refs" / "heads" / "link").symlink_to("/etc/passwd")
    for facts, expected in HONEST.values():
        assert check(story, path=folder, **facts)[0] == expected
    assert check(story, path=folder, kind="file", url="blob/v1.0/other.go#L1-L2")[1]["author"] == Check("no", "0/2")
    assert check(story, path=folder, kind="commit", url="commit/" + "a" * 40)[0] == "failed"
    assert not trap.exists()


def test_a_commit_graph_that_lies_is_ignored(story: Any, tmp_path: Path) -> None:
    folder = clone(story, tmp_path / "clone", "--mirror")
    in_clone = ("git", f"--git-dir={folder}")
    trees = story.forge.run(*in_clone, "log", "--format=%T", "v1.0").decode().split()
    story.forge.run(*in_clone, "commit-graph", "write", "--reachable")
    graph = folder / "objects" / "info" / "commit-graph"
    content = graph.read_bytes()
    for tree in trees[1:]:  # as if the first commit had made everything
        content = content.replace(bytes.fromhex(tree), bytes.fromhex(trees[0]))
    graph.chmod(0o644)
    graph.write_bytes(content)
    assert trees[1].encode() not in story.forge.run(*in_clone, "rev-list", "--objects", "v1.0")
    (tmp_path / "home").mkdir()
    ours = open_location(folder, tmp_path / "home")
    assert trees[1].encode() in ours.git.run("rev-list", "--objects", ours.refs["refs/tags/v1.0"])
    assert check(story, path=folder, url="pull/1", revision="{work}")[0] == "signed"


def test_objects_that_a_clone_borrows_are_found(story: Any, tmp_path: Path) -> None:
    first = clone(story, tmp_path / "first", "--mirror")
    second, third = tmp_path / "second", tmp_path / "third\nclone"
    story.forge.run("git", "clone", "--quiet", "--shared", "--bare", str(first), str(second))
    story.forge.run("git", "clone", "--quiet", "--shared", "--bare", str(second), str(third))
    assert check(story, path=third, url="pull/1", revision="{work}")[0] == "signed"


def test_objects_are_copied_where_links_are_not_allowed(
    story: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_more: object) -> None:
        raise OSError(1314, "A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    first = clone(story, tmp_path / "first", "--mirror")
    assert check(story, path=first, url="pull/1", revision="{work}")[0] == "signed"


def test_files_for_git_have_no_carriage_returns(story: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_windows(path: Path, text: str, *_words: object, newline: str | None = None, **_more: object) -> None:
        path.write_bytes(text.replace("\n", newline if newline is not None else "\r\n").encode())

    monkeypatch.setattr(Path, "write_text", on_windows)
    first = clone(story, tmp_path / "first", "--mirror")
    assert check(story, path=first, url="pull/1", revision="{work}")[0] == "signed"


def test_the_environment_of_the_user_does_not_reach_git(
    story: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_EXTERNAL_DIFF", "GNUPGHOME", "GIT_CONFIG_PARAMETERS"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    assert check(story, url="pull/1", revision="{work}")[0] == "signed"


@pytest.mark.parametrize("content", [None, "text", "# v2 git bundle\nrubbish"])
def test_what_is_no_repository_is_refused(story: Any, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "thing"
    path.mkdir() if content is None else path.write_text(content, encoding="utf-8")
    with pytest.raises(GitError, match=r"neither a git repository nor a bundle|cannot be unpacked"):
        check(story, path=path, url="pull/1")


def test_time_and_output_are_limited(story: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = git.environment(tmp_path)
    with pytest.raises(GitError, match="more than 10 bytes"):
        git.run_limited(("git", "help", "--all"), env=env, limit=10)
    with pytest.raises(GitError, match=r"longer than 0\.1 seconds"):
        git.run_limited(("sleep", "10"), env=env, seconds=0.1)
    with pytest.raises(GitError, match="not installed"):
        git.run_limited(("no-such-program", "x"), env=env)
    monkeypatch.setattr(git, "READING", 0)
    reader = git._Reader(env)
    reader._timer.join()
    with pytest.raises(GitError, match="longer than 0 seconds"):
        reader.read("a" * 40)
    reader.close()
    monkeypatch.undo()
    monkeypatch.setattr(git, "LARGEST_OBJECT", 20)
    assert check(story, url="pull/1", revision="{work}")[0] == "failed"


# Counts


def run(
    story: Any, folder: Path, *, address: str = URL, path: Path | None = None, write: bool = False, **questions: Any
) -> Any:
    facts = {"url": "pull/1", "revision": "{work}", "date": "2023-01-05"}
    claims = Claims(
        evidence=(evidence(story, **facts),),
        person="ada",
        identities=ADA,
        questions={f"{name}.csv": {"repository": URL, **question} for name, question in questions.items()},
        folder=folder,
    )
    with TemporaryDirectory() as home, open_repositories({address: path or story.forge.folder}) as repositories:
        return verify(claims, repositories, Keyring(story.keys, Path(home)), date="2026-11-28", write=write)


QUESTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "commits": ({"count": "commits", "revision": "main^"}, ""),
    "all": ({"count": "commits", "revision": "v1.1"}, "commits\n14\n"),
    "without": ({"count": "commits", "revision": "v1.1", "without": ["{work}"]}, "commits\n13\n"),
    "months": ({"count": "commits", "by": "month", "revision": "v1.0"}, "month,commits\n2023-01,3\n"),
    "directories": ({"count": "commits", "by": "directory", "revision": "v1.1", "depth": 2, "below": ["pkg"]}, "directory,commits\npkg/ip,2\n"),
    "merged": ({"count": "merged", "revision": "v1.1"}, "merged\n9\n"),
    "reviews": ({"count": "reviews", "revision": "v1.1"}, "reviews\n1\n"),
    "lines": (
        {"count": "lines", "by": "package", "packages": {"pkg/ip": ["v1.0"], "": ["v1.0"]}, "files": ["*.go", "!*_test.go"]},
        "package,revision,lines,percent,share\npkg/ip,v1.0,2,100,100%\n,v1.0,13,87,87%\n",
    ),
    "several": ({"count": ["commits", "reviews"], "by": "month", "revision": "v1.1"}, "month,work,count\n2023-01,commits,13\n2023-01,reviews,1\n2023-02,commits,1\n2023-02,reviews,0\n"),
    "areas": (
        {"count": "commits", "by": "month", "revision": "v1.1", "areas": {"IP": ["pkg/ip/*"], "Go": ["*.go", "!*_test.go"]}, "events": {"2023-02": "v1.1"}},
        "month,area,commits\n2023-01,IP,2\n2023-01,Go,12\n2023-01,event,\n2023-02,IP,0\n2023-02,Go,1\n2023-02,event,v1.1\n",
    ),
    "added": ({"count": "added", "by": "pull-request", "revision": "v1.1", "pull-requests": [1], "files": ["*.go"]}, "pull_request,lines\n#1 · 2023-01-05,1\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in QUESTIONS if QUESTIONS[name][1]])
def test_counts_are_written_and_compared(story: Any, tmp_path: Path, name: str) -> None:
    question, text = QUESTIONS[name]
    if "without" in question:
        question = question | {"without": [oid.format_map(story.commits) for oid in question["without"]]}
    written = run(story, tmp_path, write=True, figures=question)
    file = tmp_path / "figures.csv"
    assert (file.read_text("utf-8"), written.counts["figures.csv"].result) == (text, "yes")
    assert run(story, tmp_path, figures=question).counts["figures.csv"].result == "yes"
    *others, last = text.splitlines()
    if last.endswith("event,v1.1"):
        *others, last = others
    values = last.split(",")
    place = next(place for place, value in reversed([*enumerate(values)]) if value.isdecimal())
    values[place] = str(int(values[place]) + 1)
    file.write_text("\n".join([*others, ",".join(values)]), encoding="utf-8")
    wrong = run(story, tmp_path, figures=question)
    assert (wrong.counts["figures.csv"].result, list(failures(wrong))) == ("no", ["figures.csv"])


def test_counts_that_cannot_be_answered(story: Any, tmp_path: Path) -> None:
    shallow = clone(story, tmp_path / "shallow", "--depth", "2")
    question = {"count": "commits", "revision": "v1.1"}
    assert run(story, tmp_path, a=question).counts["a.csv"].reason == "no-file"
    assert run(story, tmp_path, a=question | {"revision": "v9"}).counts["a.csv"].reason == "missing"
    (tmp_path / "a.csv").write_bytes(b"\xff")
    assert run(story, tmp_path, a=question).counts["a.csv"].reason == "unreadable"
    (tmp_path / "a.csv").write_text("commits\n14\n", encoding="utf-8")
    assert run(story, tmp_path, path=shallow, a=question).counts["a.csv"].reason == "incomplete-clone"
    assert run(story, tmp_path, a=question | {"revision": "v9"}).counts["a.csv"].reason == "missing"
    assert (
        run(story, tmp_path, a=question | {"repository": "https://x.org/y"}).counts["a.csv"].reason == "no-repository"
    )


def test_rows_may_be_in_any_order_and_have_more_columns() -> None:
    rows = [{"month": "2023-01", "commits": "1"}, {"month": "2023-02", "commits": "2"}]
    assert counts.matches(rows, "note,commits,month\nx,2,2023-02\ny,1,2023-01\n")
    assert counts.matches(rows, "\ufeffmonth,commits\n2023-01,1\n2023-02,2\n")
    assert not counts.matches(rows, "month,commits\n2023-01,1\n")
    assert not counts.matches(rows, "month\n2023-01\n2023-02\n")


# The lock file


def test_the_lock_is_the_same_twice_and_without_names_and_paths(story: Any, tmp_path: Path) -> None:
    question = {"count": "commits", "revision": "v1.1"}
    bundle = tmp_path / "pool.bundle"
    story.forge.git("bundle", "create", "--quiet", str(bundle), "--all", "HEAD")
    texts = [as_text(run(story, tmp_path, path=path, write=True, a=question)) for path in (None, None, bundle)]
    assert texts[0] == texts[1] == texts[2]
    assert parse(texts[0]) == run(story, tmp_path, a=question)
    assert as_text(parse(texts[0])) == texts[0]
    for private in ("Ada Example", "ada@", "Bob", str(tmp_path), str(story.forge.folder)):
        assert private not in texts[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<<<<<<< HEAD", "not a lock file"),
        ("[]", "not a lock file"),
        ('{"format": 2}', "version 2, not 1"),
        ('{"format": 1, "evidence": {"a": {"claim": {}, "rung": "perfect"}}}', "damaged"),
        ('{"format": 1, "counts": {"a": 1}}', "damaged"),
    ],
)
def test_a_lock_of_another_format_is_refused(text: str, message: str) -> None:
    with pytest.raises(LockError, match=message):
        parse(text)


def test_changed_evidence_makes_its_result_stale(story: Any, tmp_path: Path) -> None:
    lock = parse(as_text(run(story, tmp_path)))
    facts = {"url": "pull/1", "revision": "{work}", "date": "2023-01-05"}
    same = evidence(story, **facts)
    assert claim_of(same)["revision"] == story.commits["work"]
    found = lock.verification_of(same, lock.person)
    assert found is not None
    assert (found.rung, found.is_verified) == ("signed", True)
    for name, value in {"url": "pull/2", "revision": "v1.0", "date": "2023-01-06", "by": "team", "title": "#9"}.items():
        changed = lock.verification_of(evidence(story, **facts | {name: value}), lock.person)
        assert changed is not None
        assert (changed.rung, changed.is_stale, changed.is_verified) == ("unchecked", True, False)
    assert lock.changed_facts(same, "another person") == ["person"]
    assert lock.changed_facts(evidence(story, **facts | {"url": "pull/1#x", "date": "2023"}), lock.person) == [
        "date",
        "url",
    ]


# Identifiers and addresses


def test_identifiers_are_the_hashes_of_git_and_of_another_implementation(story: Any, tmp_path: Path) -> None:
    with open_repositories({URL: story.forge.folder}) as repositories:
        repository = repositories[URL]
        commit = repository.commit(story.commits["squash"])
        for kind, oid in (("commit", commit.oid), ("tag", story.commits["tag"])):
            content = story.forge.run("git", f"--git-dir={story.forge.folder}", "cat-file", kind, oid)
            assert swhid(kind, oid).rpartition(":")[2] == story.forge.store(kind, content)
        tree = tmp_path / "tree"
        for path in repository.files(commit, "pkg"):
            file = tree / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(repository.blob(repository.find(commit, path).oid))
            assert swhid("blob", repository.find(commit, path).oid) == compute_content_swhid(str(file))
        assert swhid("tree", repository.find(commit, "pkg").oid) == compute_directory_swhid(str(tree / "pkg"))


def test_a_file_has_an_identifier_with_its_context(story: Any) -> None:
    with TemporaryDirectory() as home, open_repositories({URL: story.forge.folder}) as repositories:
        ladder = Ladder(repositories, People(ADA), Keyring({}, Path(home)))
        file = ladder.check(evidence(story, kind="file", url="blob/v1.0/pool.go#L2-L4")).swhid
        pull_request = ladder.check(evidence(story, url="pull/1", revision="{work}")).swhid
    assert file == (
        f"swh:1:cnt:{story.commits['blob']};origin={URL};anchor=swh:1:rev:{story.commits['squash']};path=/pool.go;lines=2-4"
    )
    assert pull_request == f"swh:1:rev:{story.commits['work']};origin={URL}"
    assert qualified("swh:1:cnt:x", origin="", path="a;b%.go", lines=(3, 3)) == "swh:1:cnt:x;path=/a%3Bb%25.go;lines=3"


def test_the_address_in_the_archive_leads_to_paths_with_special_characters() -> None:
    found = qualified("swh:1:cnt:x", origin=URL, path="docs/C#? 1;2%é.md", lines=(1, 5))
    address = archive_address(found)
    assert not {"#", "?", " "} & {*address}
    assert f";origin={URL};" in address
    assert unquote(urlsplit(address).path) == f"/{found}"  # the archive decodes the path of the request


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/Example/Pool/pull/12/files", {"kind": "pull-request", "number": 12}),
        ("https://www.github.com/example/pool/commit/abcdef1", {"kind": "commit", "ref": "abcdef1"}),
        ("https://raw.githubusercontent.com/example/pool/v1/a/b.go", {"kind": "file", "ref": "v1", "path": "a/b.go"}),
        (
            "https://github.com/example/pool/blob/v1/a%20b.go#L3",
            {"kind": "file", "ref": "v1", "path": "a b.go", "lines": (3, 3)},
        ),
        (
            "https://github.com/example/pool/blob/v1/a.go?plain=1#L3C1-L5C2",
            {"kind": "file", "ref": "v1", "path": "a.go", "lines": (3, 5)},
        ),
        ("https://github.com/example/pool", {"kind": "page"}),
        ("https://github.com/example/pool/issues/1", {"kind": "page"}),
    ],
)
def test_addresses_are_understood(url: str, expected: dict[str, Any]) -> None:
    found = parse_address(url, (URL,))
    assert found is not None
    assert {name: getattr(found, name) for name in expected} == expected


def test_other_repositories_and_hosts_are_told_apart() -> None:
    assert parse_address("https://github.com/example/pool2/pull/1", (URL,)) is None
    assert parse_address("https://evil.org/example/pool/pull/1", (URL,)) is None
    lab = parse_address("https://gitlab.com/g/s/pool/-/merge_requests/7", ("https://gitlab.com/g/s/pool.git",))
    assert lab is not None
    assert (lab.kind, lab.number) == ("pull-request", 7)
    assert [title_number(title) for title in ("#12 Fix", "Fix (#12)", "C#12", "Fix")] == [12, 12, 0, 0]


def test_the_lock_is_sorted_json(story: Any, tmp_path: Path) -> None:
    text = as_text(run(story, tmp_path))
    data = json.loads(text)
    assert list(data) == sorted(data)
    assert data["evidence"]["proof"]["rung"] == "signed"
    assert data["evidence"]["proof"]["checks"]["signed"] == "yes Host"
