"""A site that uses everything that the speedups change, and a fixture that builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp


SITE = {
    "index.rst": "Home\n====\n\nSome *text*.\n\n.. toctree::\n   :caption: First & foremost\n\n   one\n   part/index\n   Elsewhere <https://example.org/?a=1&b=2>\n\n.. toctree::\n   :hidden:\n\n   self\n   An *explicit* title <two>\n   code\n   language\n   more\n   genindex\n",
    "one.rst": "One ``literal`` & *more*\n========================\n\nSection\n-------\n\nText.\n",
    "two.rst": "Two\n===\n\nText.\n",
    "part/index.rst": "Part\n====\n\n.. toctree::\n\n   three\n   deep/index\n\nLast\n----\n\n.. toctree::\n\n   /two\n",
    "part/three.rst": "Three\n=====\n\nText.\n",
    "part/deep/index.rst": "Deep\n====\n\n.. toctree::\n   :maxdepth: 1\n\n   four\n",
    "part/deep/four.rst": "Four > 3\n========\n\nText.\n",
    "alone.rst": ":orphan:\n\nAlone\n=====\n\nText.\n",
    "code.rst": "Code\n====\n\n::\n\n   plain\n\n.. rst-class:: any\n\n>>> 1 + 1  # doctest: +SKIP\n2\n\n.. code-block:: go\n   :linenos:\n\n   x := 1\n",
    "language.rst": "Language\n========\n\n::\n\n   a = 1\n\n.. highlight:: sh\n   :linenothreshold: 2\n\n::\n\n   one\n   two\n   three\n",
    "more.md": "# More\n\nA `code`[^1] and **strong**.\n\n```python\nx = 1\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[^1]: A note.\n",
}
PLAIN = ("myst_parser",)
FAST = ("myst_parser", "sphinx_speedups")


class Build(Protocol):
    """The type of the fixture :func:`build`."""

    def __call__(
        self, pages: Mapping[str, str], extensions: tuple[str, ...], *, run: bool = True, **options: Any
    ) -> SphinxTestApp: ...


@pytest.fixture
def build(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Build:
    """Return a function that writes pages to the source folder, builds the site and returns the application.

    All calls in a test share the source folder, so that a second call builds incrementally.
    """
    apps: list[SphinxTestApp] = []

    def build_site(
        pages: Mapping[str, str], extensions: tuple[str, ...], *, run: bool = True, **options: Any
    ) -> SphinxTestApp:
        source = tmp_path / "source"
        for name, text in {"conf.py": "", **pages}.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        settings = {"extensions": [*extensions], "html_theme": "furo"} | options.pop("settings", {})
        folder = tmp_path / options.pop("folder", "build")
        for earlier in apps:
            earlier.cleanup()  # some of Sphinx's registries are global
        options.setdefault("buildername", options.pop("builder", "html"))
        apps.append(make_app(srcdir=source, builddir=folder, confoverrides=settings, **options))
        if run:
            apps[-1].build()
        return apps[-1]

    return build_site


def written(folder: Path) -> dict[str, bytes]:
    """Return the content of every file that a build wrote, except Sphinx's caches and ``.buildinfo``."""
    caches = {"environment.pickle", ".buildinfo"}
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".doctree")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if path.name not in caches}


@pytest.fixture(name="written")
def written_fixture() -> Callable[[Path], dict[str, bytes]]:
    """Return the function ``written``."""
    return written


@pytest.fixture
def site() -> dict[str, str]:
    """Return the pages of the site."""
    return dict(SITE)
