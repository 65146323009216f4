"""The package: built as pip would build it, installed alone, and used without anything of this repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email import message_from_string
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sphinx_folio"

CONF = """\
extensions = ["sphinx_folio", "sphinx_folio.export", "sphinx_folio.search", "sphinx_folio.navigation"]
project = author = "Ada Example"
primary_domain = "folio"
html_theme = "alabaster"
folio_levels = ["aware", "working", "expert"]
folio_categories = {"languages": "Languages"}
"""
INDEX = """\
Ada Example
===========

.. person:: ada
   :name: Ada Example
   :email: ada@example.org

   Builds networks.

Go
--

.. skill:: go
   :category: languages
   :level: expert

Pool
----

.. project:: pool
   :languages: go
   :start: 2022-01

   Gives out addresses, with :skill:`go`.

Lists
-----

.. skill-matrix::
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with wheel and sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.suffix for path in folder.iterdir()) == [".gz", ".whl"]
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """Return the wheel."""
    return next(built.glob("*.whl"))


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    kept = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == kept
    assert "sphinx_folio/py.typed" in names
    for suffix in (".css", ".js", ".mo", ".typ", ".html", ".jinja", ".md"):
        assert any(name.endswith(suffix) for name in names), suffix


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [path] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = message_from_string(archive.read(path).decode())
        licenses = {
            name.rpartition("/")[2]: archive.read(name).decode() for name in archive.namelist() if "/licenses/" in name
        }
    assert (metadata["Name"], metadata["License-Expression"]) == ("sphinx-folio", "MIT AND Unicode-3.0")
    assert {*licenses} == {"LICENSE", "LICENSE-THIRD-PARTY"}
    [pinyin] = distribution("pypinyin").metadata.get_all("License-File", [])
    text = distribution("pypinyin").read_text(f"licenses/{pinyin}")
    assert text
    assert text.strip() in licenses["LICENSE-THIRD-PARTY"]
    assert metadata["Requires-Python"] == ">=3.11"
    assert [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need] == ["sphinx<10,>=9.0"]
    assert {"diagrams", "pdf"} <= set(metadata.get_all("Provides-Extra", []))
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert metadata.get_payload().startswith("# sphinx-folio")  # type: ignore[union-attr]  # not a multipart message


def test_the_sdist_makes_the_same_wheel(built: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        safely: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.2 has no filters
        archive.extractall(tmp_path, **safely)  # noqa: S202  an archive of our own
    [folder] = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"src", "tests"}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "again")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "again" / wheel.name).read_bytes() == wheel.read_bytes()


def test_installed_alone_it_builds_a_portfolio_in_restructuredtext_with_alabaster(wheel: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    made = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=False)
    assert made.returncode == 0
    python = tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--python",
        str(python),
        "--no-deps",
        "--no-index",
        "--offline",
    ]
    done = subprocess.run([*install, str(wheel)], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    [packages] = (tmp_path / "venv").rglob("site-packages")
    # Sphinx comes from the environment of the tests; the extension is in the wheel alone.
    (packages / "tests.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "conf.py").write_text(CONF, encoding="utf-8")
    (pages / "index.rst").write_text(INDEX, encoding="utf-8")

    def run(*words: str) -> str:
        command = [str(python), "-I", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    assert run("-c", "import sphinx_folio; print(sphinx_folio.__file__)").startswith(str(packages))
    script = python.with_name("sphinx-folio.exe" if os.name == "nt" else "sphinx-folio")  # of [project.scripts]
    said = subprocess.run([script, "--version"], env=environment, capture_output=True, text=True, check=True).stdout
    assert said == run("-m", "sphinx_folio", "--version") + "\n"
    run("-m", "sphinx", "-b", "html", "-n", "-W", str(pages), str(tmp_path / "site"))
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'href="#skill_go"' in page or 'href="#go"' in page
    assert (tmp_path / "site" / "_static" / "folio.css").is_file()
    assert (tmp_path / "site" / "resume.json").is_file()
    assert run("-m", "sphinx_folio", "init", "mine").startswith(f"The portfolio is in {tmp_path / 'mine'}.")
