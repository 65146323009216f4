"""What hosts and tools read: the hosting file, the lock files, the tasks."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements-*.lock"))


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements(group: str) -> list[Requirement]:
    found = []
    for item in project()["dependency-groups"][group]:
        found += [Requirement(item)] if isinstance(item, str) else requirements(item["include-group"])
    return found


def pins(lock: Path) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("readthedocs", ".readthedocs.yaml"),
        ("github-workflows", ".github/workflows/*.yml"),
        ("dependabot", ".github/dependabot.yml"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        ("citation-file-format", "CITATION.cff"),
    ],
)
def test_files_for_hosts_follow_the_published_schemas(schema: str, pattern: str) -> None:
    files = [str(path) for path in sorted(ROOT.glob(pattern))]
    assert files
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_host_builds_by_the_task_that_everyone_uses() -> None:
    config = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text(encoding="utf-8"))
    jobs = config["build"]["jobs"]
    assert jobs["install"] == ["python -m pip install --require-hashes -r requirements-nox.lock"]
    assert jobs["build"]["html"] == ['SITE_HOST=readthedocs python -m nox -s docs -- "$READTHEDOCS_OUTPUT/html"']
    assert config["sphinx"]["configuration"] == "conf.py"


def test_every_group_is_locked() -> None:
    groups = {lock.name.removeprefix("requirements-").removesuffix(".lock") for lock in LOCKS}
    assert groups == project()["dependency-groups"].keys()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_pins_with_hashes_what_its_group_asks_for_and_names_no_registry(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    pinned = pins(lock)
    assert pinned
    assert "://" not in text
    blocks = re.split(r"\n(?=[a-zA-Z])", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    assert all("--hash=sha256:" in block for block in blocks if block.strip())
    for requirement in requirements(lock.stem.removeprefix("requirements-")):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}: run nox -s lock"


def test_a_package_has_one_version_in_all_locks() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in pins(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_list_of_tasks_reads_well() -> None:
    done = subprocess.run([sys.executable, "-m", "nox", "--list"], cwd=ROOT, capture_output=True, text=True, check=True)
    tasks = dict.fromkeys(re.findall(r"^[*-] (\w+)\S* -> \S", done.stdout, re.MULTILINE))  # one may have variants
    assert list(tasks) == [
        "docs",
        "live",
        "lint",
        "types",
        "tests",
        "random",
        "search",
        "scripts",
        "linkcheck",
        "lighthouse",
        "figures",
        "validate",
        "bench",
        "themes",
        "messages",
        "package",
        "lock",
    ]
    assert re.findall(r"^\* (\S+)", done.stdout, re.MULTILINE) == ["lint", "types", "tests"]


def test_a_version_is_told_once() -> None:
    from sphinx_folio import __version__  # noqa: PLC0415  the path is set by pytest

    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert project()["project"]["dynamic"] == ["version"]
    assert re.search(rf"^## \[?(Unreleased|{re.escape(__version__)})", changelog, re.MULTILINE)
