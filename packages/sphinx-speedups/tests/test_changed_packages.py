"""With unknown versions of furo, Sphinx, docutils or MyST, a site builds as without speedups.

Modified copies of the installed packages simulate later versions: functions are renamed or take other arguments,
classes are renamed, modules are moved.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src"


def copy_with_changes(package: str, folder: Path, changes: dict[str, str], moved: dict[str, str]) -> None:
    """Copy an installed package to a folder.

    Args:
        package: The name of the package.
        folder: The target folder.
        changes: Regular expression → replacement in all modules; every expression must match.
        moved: Path of a module → its new path.
    """
    spec = importlib.util.find_spec(package)
    assert spec
    assert spec.origin
    needs_data = package in {"docutils", "furo"}
    ignored = ("*.pyc",) if needs_data else ("*.pyc", "*.po", "*.mo", "*.js", "testing")
    shutil.copytree(Path(spec.origin).parent, folder / package, ignore=shutil.ignore_patterns(*ignored))
    counts = dict.fromkeys(changes, 0)
    for path in (folder / package).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for pattern, new in changes.items():
            text, count = re.subn(pattern, new, text)
            counts[pattern] += count
        path.write_text(text, encoding="utf-8")
    assert all(counts.values()), counts
    for old, new in moved.items():
        (folder / package / old).rename(folder / package / new)


def run(source: Path, output: Path, extensions: str, folder: Path | None) -> str:
    """Build a site in a subprocess, where packages in a folder hide the installed ones; return standard output."""
    path = os.pathsep.join(str(entry) for entry in (folder, PACKAGE) if entry)
    command = [sys.executable, "-m", "sphinx", "-v", "-E", "-b", "html", "-D", f"extensions={extensions}"]
    done = subprocess.run(
        [*command, str(source), str(output)],
        env={**os.environ, "PYTHONPATH": path, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


FURO = "furo renders the sidebar"
CHANGED_PACKAGES: dict[str, tuple[str, dict[str, str], dict[str, str], list[str]]] = {
    "furo, function renamed": (
        "furo",
        {r"\bget_navigation_tree\b": "make_navigation_tree"},
        {},
        [f"furo.navigation; {FURO}"],
    ),
    "furo, argument removed": (
        "furo",
        {
            r"def get_navigation_tree\(toctree_html: str\) -> str:": "def get_navigation_tree(*, toctree_html: str) -> str:",
            r"get_navigation_tree\(toctree_html\)": "get_navigation_tree(toctree_html=toctree_html)",
        },
        {},
        [f"furo.navigation; {FURO}"],
    ),
    "furo, module moved": (
        "furo",
        {r"from \.navigation import": "from .sidebar import"},
        {"navigation.py": "sidebar.py"},
        [f"furo.navigation; {FURO}"],
    ),
    "Sphinx, functions renamed": (
        "sphinx",
        {
            r"\bglobal_toctree_for_doc\b": "toctree_for_page",
            r"\b_get_settings\b": "_make_settings",
            r"\b_file_checksum\b": "_checksum",
            r"\b_read_parallel\b": "_read_side_by_side",
            r"\brepr_domxml\b": "repr_xml",
            r"\b_write_doc_doctree_cache\b": "_doctrees",
        },
        {},
        [
            f"sphinx.environment.adapters.toctree; {FURO}",
            "sphinx.util.docutils._get_settings; not replaced",
            "sphinx.builders.html._file_checksum; not replaced",
            "sphinx.builders:Builder._read_parallel; not replaced",
            "sphinx.util.nodes.repr_domxml; not replaced",
        ],
    ),
    "Sphinx, argument removed and classes renamed": (
        "sphinx",
        {
            r"    tags: Tags = \.\.\.,.*\n(?=    collapse: bool = False,\n    includehidden)": "",
            r'(?<=This gives the global ToC, with all ancestors and their siblings\.\n    """)': "\n    tags = builder.tags",
            r"(?<=self, )tags=self.tags, (?=collapse=collapse, \*\*kwargs)": "",
            r"\bHighlightLanguageTransform\b": "LanguageTransform",
            r"\bmake_chunks\b": "make_shares",
        },
        {},
        [
            f"sphinx.environment.adapters.toctree; {FURO}",
            "code:HighlightLanguageTransform.apply; not replaced",
            "sphinx.builders:Builder._read_parallel; not replaced",
        ],
    ),
    "docutils, functions renamed": (
        "docutils",
        {r"\b_fast_findall\b": "_quick_findall", r"\b_superfast_findall\b": "_quickest_findall"},
        {},
        [
            "docutils.nodes:Node._fast_findall; not replaced",
            "docutils.nodes:Node._superfast_findall; not replaced",
            "docutils.nodes:Node.findall; not replaced",
        ],
    ),
    "MyST, class renamed": (
        "myst_parser",
        {r"\bDocutilsRenderer\b": "NodeRenderer", r"\bget_default_settings\b": "default_settings_of"},
        {},
        ["base:DocutilsRenderer.__init__; not replaced", "base.get_default_settings; not replaced"],
    ),
    "MyST, module moved": (
        "myst_parser",
        {r"mdit_to_docutils\.base\b": "mdit_to_docutils.renderer"},
        {"mdit_to_docutils/base.py": "mdit_to_docutils/renderer.py"},
        [],
    ),
}


@pytest.mark.parametrize("name", CHANGED_PACKAGES)
def test_a_site_builds_with_the_fallback(name: str, tmp_path: Path, site: dict[str, str], written: Any) -> None:
    package, changes, moved, logged = CHANGED_PACKAGES[name]
    if name.startswith("MyST, class"):
        changes = {
            **changes,
            r"from docutils\.frontend import default_settings_of": "from docutils.frontend import get_default_settings as default_settings_of",
        }
    copy_with_changes(package, tmp_path / "packages", changes, moved)
    source = tmp_path / "source"
    for page, text in {**site, "conf.py": 'html_theme = "furo"\n'}.items():
        (source / page).parent.mkdir(parents=True, exist_ok=True)
        (source / page).write_text(text, encoding="utf-8")
    run(source, tmp_path / "plain", "myst_parser", tmp_path / "packages")
    output = run(source, tmp_path / "fast", "myst_parser,sphinx_speedups", tmp_path / "packages")
    missing = [line for line in logged if line not in output]
    assert missing == [], output
    assert written(tmp_path / "fast") == written(tmp_path / "plain")


@pytest.mark.parametrize(
    ("path", "function"),
    [
        ("furo.navigation.get_navigation_tree", None),
        ("furo.navigation.get_navigation_tree", lambda: ""),
        ("sphinx.environment.adapters.toctree.global_toctree_for_doc", None),
        ("sphinx.environment.adapters.toctree.global_toctree_for_doc", lambda env, docname: None),
    ],
    ids=["furo, removed", "furo, no argument", "Sphinx, removed", "Sphinx, no arguments"],
)
def test_furo_renders_the_sidebar_if_a_function_was_replaced(
    build: Any, written: Any, site: dict[str, str], monkeypatch: pytest.MonkeyPatch, path: str, function: Any
) -> None:
    plain = build(site, ("myst_parser",), folder="plain")
    if function is None:
        monkeypatch.delattr(path)
    else:
        monkeypatch.setattr(path, function)
    app = build(site, ("myst_parser", "sphinx_speedups"), verbosity=1)
    assert FURO in app.status.getvalue()
    assert written(app.outdir) == written(plain.outdir)
