"""What all tests share: a way to build small portfolios, and the site itself."""

from __future__ import annotations

import functools
import gc
import importlib.util
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import CodeType, ModuleType

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


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[Any]:
    """Look for no garbage while tests are collected, which leave hardly any: it would take a third of the time."""
    gc.disable()
    found = yield
    gc.enable()
    return found


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of the site last: one of two workers builds it for the browsers, and the other one need not wait."""
    items.sort(key=lambda item: item.path.is_relative_to(ROOT / "tests" / "site"))


@pytest.fixture(scope="session")
def settings() -> Mapping[str, Any]:
    """Return the settings of small portfolios."""
    return SETTINGS


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    """Compile a template of a theme once, not once for each of a thousand builds: half of the time of a small build."""
    compile_template = Environment.compile
    compiled: dict[tuple[Any, ...], CodeType] = {}

    @functools.wraps(compile_template)
    def compile_once(
        self: Environment, source: Any, name: str | None = None, filename: str | None = None, *more: Any, **named: Any
    ) -> Any:
        if more or named or not isinstance(source, str):
            return compile_template(self, source, name, filename, *more, **named)
        text = self.preprocess(source, name, filename)  # an extension may translate it
        known = (self.lexer, self.autoescape, *map(type, self.iter_extensions()), name, filename, text)
        if known not in compiled:
            compiled[known] = compile_template(self, source, name, filename)
        return compiled[known]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def known_packages() -> Iterator[None]:
    """Look once for the themes and builders of all installed packages, not in each build."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("sphinx.theming", "sphinx.registry"):
            patch.setattr(f"{module}.entry_points", functools.cache(entry_points))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_debug_records() -> Iterator[None]:
    """Do not create Sphinx's log records of its own events: hundreds a build, and no test reads them."""
    logging.disable(logging.DEBUG)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C reach the commands that a test starts, even if the tests run in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


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
            earlier.cleanup()  # Sphinx's registries are global: two applications at once warn about each other
        app = make_app(builder, srcdir=source, builddir=builddir, confoverrides=settings, **options)
        apps.append(app)
        if run:
            app.build()
        return app

    return build_pages


@pytest.fixture(scope="session")
def tasks() -> ModuleType:
    """Return noxfile.py as a module; nox warns about tasks that are defined a second time."""
    return load_module(ROOT / "noxfile.py")


@pytest.fixture(scope="session")
def model() -> ModuleType:
    """Return the model of contention that the page how-it-works shows."""
    return load_module(ROOT / "tests" / "site" / "model.py")


def load_module(path: Path) -> ModuleType:
    """Run a Python file as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PROGRAMS = {"git": "git", "gpg": "gnupg", "ssh-keygen": "openssh-client"}
"""Programs that the tests of verification need → their Debian packages."""


def install_packages(missing: Callable[[], list[str]]) -> list[str]:
    """Install the Debian packages that are missing, if root can; return those that are missing then.

    Only one process installs at a time; another one that waits for it may find that nothing is missing any more.
    """
    with FileLock(Path(tempfile.gettempdir(), "folio-install.lock")):
        packages = missing()
        if packages and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for command in (["update"], ["install", "--yes", *packages]):
                words = ["apt-get", "-o", "DPkg::Lock::Timeout=300", *command]
                subprocess.run(words, env=environment, capture_output=True, timeout=900, check=False)
            packages = missing()
    return packages


@pytest.fixture(scope="session")
def installer() -> Callable[[Callable[[], list[str]]], list[str]]:
    """Return the function that installs packages."""
    return install_packages


@pytest.fixture(scope="session")
def verification_programs() -> None:
    """Install the programs that verification uses; a machine without them fails the test."""
    missing = install_packages(lambda: [package for program, package in PROGRAMS.items() if not shutil.which(program)])
    if missing:
        pytest.fail(f"install these programs (on Debian: apt install {' '.join(missing)})")


@pytest.fixture(scope="session")
def forge(verification_programs: None) -> ModuleType:
    """Return forge.py as a module, which makes repositories that lie."""
    spec = importlib.util.spec_from_file_location("forge", ROOT / "tests" / "forge.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["forge"] = importlib.util.module_from_spec(spec)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def story(forge: ModuleType) -> Iterator[Any]:
    """Return the repository with the story that forge.py tells."""
    with tempfile.TemporaryDirectory(prefix="forge") as folder:  # the socket of gpg's agent needs a short path
        told = forge.tell(Path(folder))
        yield told
        told.forge.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, built by the command of the README."""
    return build_once(tmp_path_factory, "site")


class HostedSite(NamedTuple):
    """The site as Read the Docs builds it, which tells it where it will be."""

    folder: Path
    address: str


@pytest.fixture(scope="session")
def hosted_site(tmp_path_factory: pytest.TempPathFactory) -> HostedSite:
    """Return the site for a host."""
    address = "https://portfolio.example.org/"
    variables = {"READTHEDOCS": "True", "READTHEDOCS_CANONICAL_URL": address, "SITE_HOST": "readthedocs"}
    return HostedSite(build_once(tmp_path_factory, "hosted", **variables), address)


def build_once(tmp_path_factory: pytest.TempPathFactory, name: str, **variables: str) -> Path:
    """Build the site with these environment variables: once, whatever the number of workers; return its folder."""

    def build(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in variables.items():
                patch.setenv(variable, value)
            printed = build_site(folder / "html")
        (folder / "printed.txt").write_text(printed, encoding="utf-8")

    return make_shared(tmp_path_factory, name, build) / "html"


def make_shared(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder once, whatever the number of workers, the others of which wait; return it."""
    temporary = tmp_path_factory.getbasetemp()
    shared = temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary
    with FileLock(shared / f"{name}.lock"):
        if not (shared / f"{name}.made").exists():
            make(shared / name)
            (shared / f"{name}.made").touch()
    return shared / name


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Return the function that makes a folder once for all workers; it gets a name and what fills the folder."""
    return functools.partial(make_shared, tmp_path_factory)


class SitePages(NamedTuple):
    """The names of the pages of the site, portfolio and manual, without the redirects of old addresses."""

    chinese: list[str]
    english: list[str]
    """In the order of the Chinese pages."""

    @property
    def all(self) -> list[str]:
        return [*self.chinese, *self.english]

    def twin(self, name: str) -> str:
        """Return the same page in the other language."""
        pairs = [*zip(self.chinese, self.english, strict=True)]
        return dict([*pairs, *(pair[::-1] for pair in pairs)])[name]

    @property
    def at_their_address(self) -> list[str]:
        """All but the page for missing addresses: it is shown at others, and looks for the root of the site."""
        return [name for name in self.all if not name.endswith("404.html")]


@pytest.fixture(scope="session")
def site_pages(site: Path) -> SitePages:
    """Return the pages of the site without the gallery; a test compares the two languages."""
    found = (path for path in sorted(site.rglob("*.html")) if {"_static", "gallery"}.isdisjoint(path.parts))
    names = [path.relative_to(site).as_posix() for path in found if "folio-moved-page" not in path.read_text("utf-8")]
    manual = {name for name in names if name.startswith("sphinx-folio/")}
    english = {name for name in names if name.startswith("en/")} | {
        name for name in manual if not name.startswith("sphinx-folio/zh/")
    }
    twins = {name: f"en/{name}" for name in names if name not in english | manual} | {
        name: name.replace("/zh/", "/") for name in sorted(manual - english)
    }
    assert sorted(twins.values()) == sorted(english)
    return SitePages([*twins], [*twins.values()])


@pytest.fixture(scope="session")
def soups(site: Path, site_pages: SitePages) -> dict[str, BeautifulSoup]:
    """Return the pages of the site by name, to be looked at and not changed; parsing them takes seconds."""
    return {
        name: BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser") for name in sorted(site_pages.all)
    }


@pytest.fixture(scope="session")
def printed(site: Path) -> str:
    """Return what the command printed that built the site."""
    return (site.parent / "printed.txt").read_text(encoding="utf-8")


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


def by_pypdf(path: Path) -> str:
    from pypdf import PdfReader  # noqa: PLC0415  only some tests read PDFs

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def by_pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text  # noqa: PLC0415  only some tests read PDFs

    return extract_text(path)


def by_pdftotext(path: Path) -> str:
    install_packages(lambda: [] if shutil.which("pdftotext") else ["poppler-utils"])
    command = shutil.which("pdftotext")
    assert command, "no pdftotext: install it (on Debian: apt install poppler-utils)"
    return subprocess.run([command, "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout.decode()


READERS: list[Callable[[Path], str]] = [by_pypdf, by_pdfminer, by_pdftotext]


@pytest.fixture
def readers() -> list[Callable[[Path], str]]:
    """Return functions that read the text of a PDF, each with a program of its own."""
    return READERS


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest) -> Callable[[Path], str]:
    """Return one of these functions."""
    function: Callable[[Path], str] = request.param
    return function
