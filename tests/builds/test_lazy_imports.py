"""A build imports only the libraries that its pages need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import sphinx_folio
from sphinx_folio.cli.missing_packages import EXTRAS

CONF = """
import atexit, json, sys
extensions = ["myst_parser", "sphinx_folio", {extensions}]
html_theme = "furo"
primary_domain = "folio"
folio_categories = {{"languages": "Languages"}}
folio_exports = ["json", "json-ld"]
html_baseurl = "https://example.org/"
exclude_patterns = ["_build"]
folio_today = "2026-11-30"
atexit.register(lambda: print(json.dumps([*sys.modules]), file=sys.__stdout__))
"""
SITE_WIDE = (
    "csp",
    "export",
    "garbage_collection",
    "languages",
    "navigation",
    "persistent_warnings",
    "redirects",
    "search",
)
PAGE = """# Ada Lovelace

```{{person}} ada
:name: Ada Lovelace
```

## Python

```{{skill}} python
:category: languages
```

## Engine

```{{project}} engine
:start: 2020-01
:skills: python

{text}
```
"""
ONLY_IF_NEEDED = {module for extra in EXTRAS.values() for module in extra.modules} - {"sphinxcontrib.mermaid"} | {
    "pypinyin",
    "sphinx_folio.cli",
    "sphinx_folio.editor",
    "sphinx_folio.matching.comparison",
    "sphinx_folio.matching.reading",
    "sphinx_folio.vocabulary",
}


def imported(folder: Path, text: str) -> set[str]:
    """Return the modules that a build of a page in a process of its own has imported at its end."""
    extensions = ", ".join(f'"sphinx_folio.{name}"' for name in SITE_WIDE)
    (folder / "conf.py").write_text(CONF.format(extensions=extensions), "utf-8")
    (folder / "index.md").write_text(PAGE.format(text=text), "utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(folder), str(folder / "_build")],
        env={**os.environ, "PYTHONPATH": str(Path(sphinx_folio.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_an_english_site_imports_no_library_of_an_extra(tmp_path: Path) -> None:
    assert not imported(tmp_path, "A machine that computes.") & ONLY_IF_NEEDED


def test_a_chinese_name_needs_the_segmenter_alone(tmp_path: Path) -> None:
    assert imported(tmp_path, "分析机的设计。") & ONLY_IF_NEEDED == {"rjieba"}


def test_a_change_elsewhere_on_a_page_in_chinese_needs_no_segmenter(tmp_path: Path) -> None:
    text = "```\n\nA machine.\n\n## Design\n\n分析机的设计。\n\n```{highlight} speed\nFast.\n"
    assert "rjieba" in imported(tmp_path, text)
    assert "rjieba" not in imported(tmp_path, text.replace("Fast", "Very fast"))
