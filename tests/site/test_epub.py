"""Both sites as books: an owner may offer an EPUB on Read the Docs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("pages", "settings"), [("docs", "."), ("manual", "manual")])
def test_it_is_a_book_of_xml(pages: str, settings: str, tmp_path: Path) -> None:
    options = ("-n", "-W", "-q", "-b", "epub", "-c", settings, "-D", "version=1", "-d", str(tmp_path / "doctrees"))
    subprocess.run([sys.executable, "-m", "sphinx", *options, pages, str(tmp_path / "book")], cwd=ROOT, check=True)
    [path] = (tmp_path / "book").glob("*.epub")
    with ZipFile(path) as archive:
        found = [name for name in archive.namelist() if name.endswith(".xhtml")]
        assert len(found) > 10
        for name in found:
            assert ET.fromstring(archive.read(name)).tag.endswith("html"), name
