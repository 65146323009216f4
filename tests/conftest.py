"""What all tests share: a way to build small portfolios, and the site itself."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from sphinx.testing.util import SphinxTestApp


ROOT = Path(__file__).resolve().parent.parent

SETTINGS: dict[str, Any] = {
    "extensions": ["myst_parser", "sphinx_folio"],
    "primary_domain": "folio",
    "html_theme": "alabaster",
    "html_sidebars": {"**": []},
    "folio_levels": ["aware", "working", "expert"],
    "folio_categories": {"languages": "Languages", "networking": "Networking"},
    "folio_today": "2026-11-30",
    "exclude_patterns": ["_build", "locales"],
}


@pytest.fixture(scope="session")
def settings() -> Mapping[str, Any]:
    """Return the settings of small portfolios."""
    return SETTINGS


class Build(Protocol):
    """Write pages into a folder and build them."""

    def __call__(
        self, pages: Mapping[str, str | None], *, builder: str = "html", run: bool = True, **options: Any
    ) -> SphinxTestApp: ...


@pytest.fixture
def build(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Build:
    """Return a function that writes pages (``None`` removes one), builds them and returns the application.

    A second call builds again in the same folder. ``conf`` is the text of conf.py;
    ``settings`` go beside it, ``None`` takes one of ours out; ``parallel`` and the like go to Sphinx.
    """

    apps: list[SphinxTestApp] = []

    def build_pages(
        pages: Mapping[str, str | None], *, builder: str = "html", run: bool = True, **options: Any
    ) -> SphinxTestApp:
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        for name, text in {"conf.py": options.pop("conf", ""), **pages}.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            elif not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")  # else it would look as if it had changed
        changed = SETTINGS | options.pop("settings", {})
        settings = {name: value for name, value in changed.items() if value is not None}
        builddir = tmp_path / options.pop("folder", "build")
        for earlier in apps:
            earlier.cleanup()  # Sphinx's registries are global: two applications at once warn of each other
        app = make_app(builder, srcdir=source, builddir=builddir, confoverrides=settings, **options)
        apps.append(app)
        if run:
            app.build()
        return app

    return build_pages


@pytest.fixture(scope="session")
def tasks() -> ModuleType:
    """Return noxfile.py as a module; nox warns of tasks that are defined a second time."""
    spec = importlib.util.spec_from_file_location("noxfile", ROOT / "noxfile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, built by the command of the README."""
    output = tmp_path_factory.mktemp("site") / "html"
    build_site(output)
    return output


@pytest.fixture(scope="session", name="build_site")
def build_site_fixture() -> Callable[..., str]:
    """Return the function that builds the site into a folder, and returns what the task printed."""
    return build_site


def build_site(output: Path, *words: str) -> str:
    """Build the site by the task that everyone uses, in the environment of the tests; return what it printed."""
    task = [sys.executable, "-m", "nox", "--session", "docs", "--no-venv", "--no-install", "--", str(output), *words]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    done = subprocess.run(
        task, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )  # one pipe for both, as into a file
    assert done.returncode == 0, done.stdout
    return str(done.stdout)
