"""What is private comes from outside, only if asked for, and never where it would be published."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent.parent
PHONE = "+86 138 0013 8000"


def docs(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nox", "--session", "docs", "--no-venv", "--no-install", "--", *words]
    known = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHONPATH", "READTHEDOCS"))}
    known["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), known["PATH"]])
    return subprocess.run(command, cwd=ROOT, env=known | environment, capture_output=True, text=True, check=False)


def texts(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".pdf":
            reader = PdfReader(path)
            found[str(path)] = f"{[page.extract_text() for page in reader.pages]} {reader.metadata}"
        elif path.suffix in {".html", ".json", ".txt", ".js", ".vcf", ".md"}:
            found[str(path)] = path.read_text(encoding="utf-8")
    return found


def test_the_public_site_has_no_phone_number_and_no_full_date_of_birth(site: Path) -> None:
    phone = re.compile(r"(?<![\d.])(?:\+86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.])|(?:TEL|ADR)[:;]")
    birth = re.compile(r"1999-?02-?\d\d|1999\s*年\s*0?2\s*月\s*\d")
    found = texts(site)
    assert phone.search(f"call {PHONE} now")
    assert birth.search("1999年2月3日")
    assert len([name for name in found if name.endswith(".pdf")]) >= 2
    assert [
        (name, match[0]) for name, text in found.items() for match in (phone.search(text), birth.search(text)) if match
    ] == []


def test_a_private_copy_is_made_on_demand_and_says_so(tmp_path: Path) -> None:
    output = tmp_path / "html"
    done = docs("--private", str(output), FOLIO_PRIVATE_PHONE=PHONE)
    assert done.returncode == 0, done.stdout + done.stderr
    for folder, notice in (("", "私密副本，请勿公开"), ("en", "Private copy, not for publication")):
        text = PdfReader(output / folder / "resume.pdf").pages[0].extract_text()
        assert PHONE in text
        assert notice not in text
        assert notice in (output / folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("variable", ["READTHEDOCS", "READTHEDOCS_OUTPUT"])
def test_the_host_is_refused_a_private_copy(tmp_path: Path, variable: str) -> None:
    done = docs("--private", str(tmp_path / "html"), FOLIO_PRIVATE_PHONE=PHONE, **{variable: str(tmp_path)})
    assert done.returncode != 0
    assert "Private builds are not allowed on Read the Docs" in done.stdout + done.stderr
    assert not (tmp_path / "html").exists()
