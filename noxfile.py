# /// script
# dependencies = ["nox>=2025.10.16"]
# ///
"""The tasks of this repository.

``python3 noxfile.py -s docs`` works on a machine with nothing but Python;
``uvx nox -s docs``, ``pipx run nox -s docs`` and, where nox is installed, ``nox -s docs`` do the same.
Without a task: lint, types and tests.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent
NEEDED_NOX = (2025, 10, 16)


def bootstrap() -> NoReturn:
    """Run the tasks with a nox of our own, made from the lock file with nothing but the standard library."""
    home = ROOT / ".nox" / "bootstrap"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock = ROOT / "requirements-nox.lock"
    installed = home / "requirements.lock"
    if not (python.exists() and installed.exists() and installed.read_bytes() == lock.read_bytes()):
        sys.stderr.write("Preparing nox in .nox/bootstrap …\n")
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=False)
        if made.returncode or not python.exists():
            sys.exit(
                "Python cannot make a virtual environment here: its venv module is incomplete.\n"
                "On Debian or Ubuntu: apt install python3-venv, then run the same command again."
            )
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run((*pip, "--require-hashes", "--requirement", lock), check=True)
        installed.write_bytes(lock.read_bytes())
    arguments = ("-m", "nox", "--noxfile", str(ROOT / "noxfile.py"), *sys.argv[1:])
    sys.exit(subprocess.run([python, *arguments], check=False).returncode)


try:
    import nox
    from nox import main as run_nox
except ImportError:  # not there, or older than nox.main
    if __name__ != "__main__":
        raise
    bootstrap()
else:
    from importlib.metadata import version

    if __name__ == "__main__" and tuple(map(int, version("nox").split(".")[:3])) < NEEDED_NOX:
        bootstrap()

nox.needs_version = ">=" + ".".join(map(str, NEEDED_NOX))
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "types", "tests"]

LOCKED = ("nox", "docs", "live", "tests", "themes", "bench", "lint", "types")
WITH_EXTRAS = {"docs", "live", "tests", "themes", "bench", "types"}  # groups that need all of the extension's libraries
STRICT = ("-n", "-W", "--keep-going")


def install(session: nox.Session, group: str) -> None:
    """Install exactly what the lock file of a dependency group names."""
    session.install("--require-hashes", "-r", f"requirements-{group}.lock", env={"UV_COMPILE_BYTECODE": "1"})


def date_of_commit(session: nox.Session) -> dict[str, str | None]:
    """Return the environment in which “today” is the day of the commit, so that a commit always builds the same."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return {}
    git = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return {"SOURCE_DATE_EPOCH": git.stdout.strip()} if git.stdout.strip() else {}


VNU = "vnu-jar@26.9.27"
TERSER = "terser@5.51.4"
LANGUAGES = {"zh_CN": "", "en": "en"}  # as folio_languages in conf.py; a test compares them


def sphinx(
    session: nox.Session, builder: str, output: Path, *options: str, language: str = "zh_CN", silent: bool = False
) -> str:
    """Run Sphinx over the pages; what it remembers between builds lies beside the output, never in it.

    Returns what it said if it is to be silent.
    """
    doctrees = output.with_name(f"doctrees-{builder}-{language}")
    said = session.run(
        *("python", "-m", "sphinx", "-b", builder, "-c", ".", "-d", str(doctrees), "-D", f"language={language}"),
        *options,
        *("docs", str(output / LANGUAGES[language] if builder == "html" else output)),
        env=date_of_commit(session),
        silent=silent,
    )
    return str(said or "")


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """Build the site in all languages into build/html, strictly; another folder may follow --, or --private."""
    folders = [word for word in session.posargs if word != "--private"]
    private = len(folders) < len(session.posargs)
    if private and (os.environ.get("READTHEDOCS") or os.environ.get("READTHEDOCS_OUTPUT")):
        session.error("A private build is refused here: what Read the Docs builds, it publishes.")
    install(session, "docs")
    output = Path(folders[0] if folders else "build/private/html" if private else "build/html").resolve()
    asked = ("-D", "folio_private=1") if private else ()

    def build(language: str) -> str:
        return sphinx(session, "html", output, *STRICT, *asked, language=language, silent=True)

    with ThreadPoolExecutor() as pool:  # each in a process of its own, side by side; a failure in one fails the task
        for said in pool.map(build, LANGUAGES):
            sys.stdout.write(said)
    session.log(f"The site stands. Open {(output / 'index.html').as_uri()}")


@nox.session(default=False)
def live(session: nox.Session) -> None:
    """Serve the site while writing: rebuild and reload at every change."""
    install(session, "live")
    folders = ("-c", ".", "-d", "build/live/doctrees", "docs", "build/live/html")
    watch = ("--watch", "src", "--watch", "conf.py", "--open-browser")
    session.run("sphinx-autobuild", *watch, "-n", *folders, *session.posargs, env=date_of_commit(session))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, form and the direction of imports; -- --fix mends what can be mended."""
    install(session, "lint")
    fix = "--fix" in session.posargs
    session.run("ruff", "check", *(["--fix"] if fix else []), ".")
    session.run("ruff", "format", *([] if fix else ["--check"]), ".")
    session.run("lint-imports", "--no-cache", env={"PYTHONPATH": "src"})


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly."""
    install(session, "types")
    session.run("mypy", *session.posargs)
    session.run("mypy", "conf.py", "noxfile.py", "tests")


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests, a real browser included; what follows -- goes to pytest."""
    install(session, "tests")
    session.run("pytest", *session.posargs)


@nox.session(default=False)
def random(session: nox.Session) -> None:
    """Edit portfolios at random and compare each build with a clean one; -- --steps 300 --seed 1 are the defaults."""
    parser = argparse.ArgumentParser(prog="nox -s random --")
    parser.add_argument("--steps", default="300")
    parser.add_argument("--seed", default="1")
    chosen, options = parser.parse_known_args(session.posargs)
    install(session, "tests")
    environment = {"FOLIO_STEPS": chosen.steps, "FOLIO_SEED": chosen.seed}
    session.run("pytest", "tests/builds/test_randomised.py", *options, env=environment)


@nox.session(default=False)
@nox.parametrize("sphinx", ["9.0.0", "9.0.4", "9.1", "9.2"])
def search(session: nox.Session, sphinx: str) -> None:
    """Try the search page of a stock theme on a version of Sphinx: 9.1 needs Python 3.12, 9.2 needs 3.13 (-P 3.13)."""
    install(session, "tests")
    session.install(f"sphinx~={sphinx}.0" if sphinx.count(".") == 1 else f"sphinx=={sphinx}")
    session.run("pytest", "tests/browser/search/test_dialog.py", "-k", "stock_theme", *session.posargs)


@nox.session(default=False)
def scripts(session: nox.Session) -> None:
    """Make the scripts of search small with terser, after one of them changed; Node has to be there."""
    install(session, "docs")
    tools = Path(session.create_tmp()).resolve()
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    session.run("npm", "install", "--prefix", str(tools), *quiet, TERSER, external=True)
    write = "from sphinx_folio.search.scripts import main; main()"
    session.run("python", "-c", write, str(tools), env={"PYTHONPATH": "src"})
    for script in sorted(tools.glob("folio-search*.js")):
        small = f"src/sphinx_folio/search/static/{script.stem}.min.js"
        how = ("--ecma", "2020", "--compress", "passes=2", "--mangle", "--comments", "/^!/", "--output", small)
        session.run("npm", "exec", "--prefix", str(tools), "--", "terser", str(script), *how, external=True)


@nox.session(default=False)
def linkcheck(session: nox.Session) -> None:
    """Ask every external link whether it still answers."""
    install(session, "docs")
    sphinx(session, "linkcheck", Path("build/linkcheck").resolve(), *session.posargs)


@nox.session(default=False)
def lighthouse(session: nox.Session) -> None:
    """Build the site and run Lighthouse on it; Node and a Chromium have to be there."""
    install(session, "docs")
    output = Path(session.create_tmp(), "html").resolve()
    for language in LANGUAGES:
        sphinx(session, "html", output, "-q", language=language)
    session.run("python", "benchmarks/lighthouse.py", str(output))


@nox.session(default=False)
def figures(session: nox.Session) -> None:
    """Measure the colophon's figures into docs/colophon-figures.csv; Lighthouse's where Node and a Chromium are."""
    install(session, "docs")
    session.run("python", "benchmarks/figures.py", *session.posargs, env=date_of_commit(session))


@nox.session(default=False)
def validate(session: nox.Session) -> None:
    """Build the site and check its HTML with vnu, the W3C's checker; Java and Node have to be there."""
    install(session, "docs")
    output = Path(session.create_tmp(), "html").resolve()
    for language in LANGUAGES:
        sphinx(session, "html", output, "-q", language=language)
    tools = Path(session.create_tmp(), "tools").resolve()
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    session.run("npm", "install", "--prefix", str(tools), *quiet, VNU, external=True)
    checker = next(tools.rglob("vnu.jar"))
    session.run("java", "-jar", str(checker), "--skip-non-html", "--errors-only", str(output), external=True)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure builds of generated portfolios beside bare Sphinx and other tools, into benchmarks/RESULTS.md."""
    install(session, "bench")
    session.run("python", "benchmarks/scale.py", *session.posargs)


THEMES = ("furo", "alabaster", "sphinx_book_theme", "pydata_sphinx_theme", "sphinx_rtd_theme")


@nox.session(default=False)
def themes(session: nox.Session) -> None:
    """Build the starter's sample strictly with each theme into build/themes, with pictures where there is Chromium."""
    install(session, "themes")
    output = Path("build/themes").resolve()
    portfolio = Path(session.create_tmp(), "portfolio").resolve()
    ours = {"PYTHONPATH": "src"}
    written = ("init", str(portfolio), "--second", "zh_CN", "--overwrite")
    session.run("python", "-m", "sphinx_folio", *written, env=ours, silent=True)
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    for theme in THEMES:
        pages = (str(portfolio / "docs"), str(output / theme))
        asked = ("-q", "-E", *STRICT, "-D", f"html_theme={theme}", "-d", str(output / f"doctrees-{theme}"))
        session.run("python", "-m", "sphinx", "-b", "html", *asked, *pages, env=ours)
        for page, width in itertools.product(("index", "skills") if browser else (), (390, 1280)):
            picture = output / f"{theme}-{page}-{width}.png"
            look = (f"--window-size={width},1600", f"--screenshot={picture}")
            address = (output / theme / f"{page}.html").as_uri()
            quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
            session.run(str(browser), *quiet, *look, address, external=True, silent=True)


@nox.session(default=False)
def messages(session: nox.Session) -> None:
    """Renew the catalogs of the site and of the extension, and say which strings want a translation."""
    install(session, "docs")
    templates = Path(session.create_tmp(), "site").resolve()
    sphinx(session, "gettext", templates, "-q", "-E")
    for template in sorted(templates.glob("*.pot")):
        for language in filter(LANGUAGES.get, LANGUAGES):
            _renew(session, template, "docs/locales", language)
    session.run("python", "-m", "sphinx_folio.languages", "docs/locales", env={"PYTHONPATH": "src"})
    catalogs = "src/sphinx_folio/locales"
    extracted = Path(session.create_tmp(), "sphinx_folio.pot").resolve()
    marks = ("-k", "_", "-k", "__", "-k", "mark", "-k", "_ngettext:1,2", "-k", "add_config_value:5")
    told = ("--project=sphinx-folio", "--msgid-bugs-address=iiiceoo@foxmail.com", "--no-location", "--sort-output")
    session.run("pybabel", "extract", *marks, *told, "-o", str(extracted), "src/sphinx_folio")
    _renew(session, extracted, catalogs, "zh_CN")
    session.run("python", "-m", "sphinx_folio.languages", catalogs, env={"PYTHONPATH": "src"})
    session.run("pybabel", "compile", "-D", "sphinx_folio", "-d", catalogs)


def _renew(session: nox.Session, template: Path, catalogs: str, language: str) -> None:
    """Bring a catalog up to its template: new strings are added, changed ones marked as unsure, lost ones dropped."""
    domain = template.stem
    there = Path(catalogs, language, "LC_MESSAGES", f"{domain}.po").exists()
    steady = ("--ignore-pot-creation-date", "--ignore-obsolete") if there else ()
    command = ("pybabel", "-q", "update" if there else "init", *steady)
    session.run(*command, "--width=120", "-D", domain, "-i", str(template), "-d", catalogs, "-l", language)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Renew the lock files within pyproject.toml's bounds; -- --upgrade takes the newest of everything."""
    session.install("uv")
    together = Path(session.create_tmp(), "requirements.lock").resolve()
    together.write_text("" if "--upgrade" in session.posargs else _pins(), encoding="utf-8")
    # First all groups as one, then each within that: a package has one version everywhere.
    _compile(session, LOCKED, together)
    for group in LOCKED:
        _compile(session, [group], ROOT / f"requirements-{group}.lock", "--constraint", str(together))


def _compile(session: nox.Session, groups: Sequence[str], output: Path, *options: str) -> None:
    """Let uv write a lock file with hashes, without the address of any registry, for every supported Python."""
    words = [word for group in groups for word in ("--group", group)]
    everywhere = ("--universal", "--python-version", "3.11", "--fork-strategy", "fewest")
    plain = ("--generate-hashes", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
    command = ("--custom-compile-command", "nox -s lock", "--quiet")
    extras = ("pyproject.toml", "--all-extras") if WITH_EXTRAS & {*groups} else ()
    session.run(*("uv", "pip", "compile"), *extras, *words, *everywhere, *plain, *command, *options, "-o", str(output))


def _pins() -> str:
    """Return what is locked today, so that nothing moves unasked."""
    locks = (ROOT / f"requirements-{group}.lock" for group in LOCKED)
    pins = {line.split(" ")[0] for lock in locks if lock.exists() for line in lock.read_text("utf-8").splitlines()}
    return "\n".join(sorted(pin for pin in pins if "==" in pin))


if __name__ == "__main__":
    run_nox()
