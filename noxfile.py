# /// script
# dependencies = ["nox>=2025.10.16"]
# ///
"""The tasks of this repository; by default: lint, types and tests.

``python3 noxfile.py -s docs`` needs only Python: it installs nox into ``.nox/bootstrap``.
``uvx nox -s docs``, ``pipx run nox -s docs`` and an installed ``nox -s docs`` do the same.
"""

from __future__ import annotations

import argparse
import atexit
import itertools
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent
NEEDED_NOX = (2025, 10, 16)
INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def bootstrap() -> int:
    """Install nox from the lock file, using only the standard library, and run it; return its exit code."""
    home = ROOT / ".nox" / "bootstrap"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock = ROOT / "requirements-nox.lock"
    installed = home / "requirements.lock"
    if not (python.exists() and installed.exists() and installed.read_bytes() == lock.read_bytes()):
        sys.stderr.write("Installing nox into .nox/bootstrap …\n")
        run = partial(subprocess.run, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        created = run([sys.executable, "-m", "venv", "--clear", home])
        if created.returncode or not python.exists():
            sys.exit(
                f"{created.stdout}Python could not create a virtual environment: its venv module is incomplete.\n"
                "On Debian or Ubuntu, run “apt install python3-venv”, then try again."
            )
        pip = (python, "-m", "pip", "--disable-pip-version-check")
        certificates = ssl.get_default_verify_paths().cafile
        if certificates and ".cert=" not in run((*pip, "config", "list")).stdout:
            os.environ["PIP_CERT"] = certificates  # pip < 24.2 ignores the system certificates
        done = run((*pip, "install", "-qq", "--require-hashes", "--requirement", lock))
        if done.returncode:
            sys.exit(f"{done.stdout}Could not install nox from {lock.name}; check the network connection.")
        installed.write_bytes(lock.read_bytes())
    arguments = ("-m", "nox", "--noxfile", str(ROOT / "noxfile.py"), *sys.argv[1:])
    signal.signal(signal.SIGINT, lambda *_: None)  # nox gets it too, and stops what it runs
    return subprocess.run([python, *arguments], check=False).returncode


try:
    import nox
    from nox import main as run_nox
except ImportError:  # nox is missing, or too old to have nox.main
    bootstrapping = __name__ == "__main__"
    if not bootstrapping:
        raise
else:
    from importlib.metadata import version

    bootstrapping = __name__ == "__main__" and tuple(map(int, version("nox").split(".")[:3])) < NEEDED_NOX

if bootstrapping:
    try:
        sys.exit(bootstrap())
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        sys.exit(INTERRUPTED)

nox.needs_version = ">=" + ".".join(map(str, NEEDED_NOX))
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "types", "tests"]

LOCKED = ("nox", "docs", "tests", "themes", "bench", "lint", "types")
WITH_EXTRAS = {"docs", "tests", "themes", "bench", "types"}  # groups that install all extras
STRICT = ("-n", "-W", "--keep-going")


def install(session: nox.Session, group: str) -> None:
    """Install the lock file of a dependency group."""
    session.install("--require-hashes", "-r", f"requirements-{group}.lock", env={"UV_COMPILE_BYTECODE": "1"})


def trust_system_certificates() -> None:
    """Make uv and Node trust the system certificates, for example that of a company's TLS proxy.

    By default, uv trusts only its bundled certificates; with ``UV_SYSTEM_CERTS`` it fails if the system has none.
    """
    paths = ssl.get_default_verify_paths()
    folder = Path(paths.capath) if paths.capath else None
    if sys.platform in {"darwin", "win32"} or paths.cafile or (folder and any(folder.iterdir())):
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    if paths.cafile:
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", paths.cafile)


trust_system_certificates()


@cache
def today() -> dict[str, str]:
    """Return environment variables that make “today” the date of the commit, so that builds are reproducible.

    Without git or a repository, it is the date of the newest page; in an archive, that is the date of the commit.
    """
    if "SOURCE_DATE_EPOCH" in os.environ:
        return {}
    git = shutil.which("git") if (ROOT / ".git").exists() else None  # ignore a repository in a parent folder
    if git:
        command = [git, "log", "-1", "--format=%ct"]
        commit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
        if commit:
            return {"SOURCE_DATE_EPOCH": commit}
    seconds = int(max(path.stat().st_mtime for path in (ROOT / "conf.py", *ROOT.glob("docs/**/*.md"))))
    day = datetime.fromtimestamp(seconds, UTC).date()
    sys.stderr.write(f"No git commit found: “today” is {day}, the date of the newest page.\n")
    return {"SOURCE_DATE_EPOCH": str(seconds)}


VNU = "vnu-jar@26.9.27"
TERSER = "terser@5.51.4"
OWN_NAMES = (
    "isAsked|paragraph|finder|listNumber|asks|afterBullet|rowKind|compiled|deletions|concepts?|unresolved|"
    "afterTable|tableNumber|hasMark|labeled|isAlone|notLoaded|openRows|lists|longestName|accepted|carried|"
    "corrected|hasSlash|isAboveItems|startsSection|leavesList|hearLists|onlyCell|headed|hasContent|isSeparate|"
    "isAboveList|skillsIn|isUnsure|unknownWords|weigh|dropCategories|labelEnd|numberGroups|joinedByOr|"
    "joinedOtherwise|joinProduct|areAlternatives|alternatives|missingFor|missingHomes|kinds|section|yearsSentence|statements|"
    "shards|wider|marks|broader|seniority|remote|lines|cellKinds|addSentences|mode|names|part|start|end|text|whole|"
    "line|list|level|skillsOf|chinese|chineseName|degrees"
)
"""Names of properties that only the script of the comparison with postings uses, so that they can become shorter.

None of them may be a key of its data or of its result, a group in a pattern, or a property of the browser.
"""


class Project(NamedTuple):
    """A Sphinx project of this repository: a part of the site with its own navigation and search."""

    settings: str
    """The folder of conf.py."""
    pages: str
    folder: str
    """The folder of its pages in the site."""


PORTFOLIO = Project(".", "docs", "")
MANUAL = Project("manual", "manual", "sphinx-folio")
PROJECTS = tuple(one for one in (PORTFOLIO, MANUAL) if Path(ROOT, one.settings, "conf.py").is_file())
GALLERY = ROOT / "gallery" / "build.py"


def sphinx(session: nox.Session, project: Project, builder: str, output: Path, *options: str) -> None:
    """Run a Sphinx builder on a project; its doctrees are stored next to the output."""
    where = ("-c", project.settings, "-d", str(output.with_name(f"{output.name}-doctrees")))
    command = ("python", "-m", "sphinx", "-b", builder, *where, *options, project.pages, str(output))
    session.run(*command, env={"PYTHONUNBUFFERED": "1", **today()})  # keeps warnings in order with the other output


def build(session: nox.Session, output: Path, *options: str) -> None:
    """Build all projects strictly in all languages; warnings go to standard error. A private copy is one project."""
    for project in PROJECTS if "--private" not in options else [PORTFOLIO]:
        doctrees = output.with_name(f"doctrees-{project.pages}")  # not in the site, which is published
        folders = ("--pages", project.pages, "--output", str(output / project.folder), "--doctrees", str(doctrees))
        command = ("python", "-m", "sphinx_folio", "build", project.settings, *folders, *options)
        session.run(*command, env={"PYTHONPATH": "src", **today()}, stdout=subprocess.DEVNULL, stderr=None)
    if "--private" not in options and GALLERY.is_file():
        gallery = (str(output / MANUAL.folder / "gallery"), str(output.with_name("doctrees-gallery")))
        session.run("python", "gallery/build.py", *gallery, env={"PYTHONPATH": "src", **today()})


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """Build the site strictly in all languages, into build/html; -- takes another folder, --private and -v."""
    folders = [word for word in session.posargs if not word.startswith("-")]
    options = [word for word in session.posargs if word.startswith("-")]
    private = "--private" in options
    if private and (os.environ.get("READTHEDOCS") or os.environ.get("READTHEDOCS_OUTPUT")):
        session.error("Private builds are not allowed on Read the Docs, which publishes what it builds.")
    install(session, "docs")
    output = Path(folders[0] if folders else "build/private/html" if private else "build/html").resolve()
    build(session, output, *options)
    # At exit, so that it is the last line, after the output of nox.
    atexit.register(sys.stdout.write, f"The site is built. Open {(output / 'index.html').as_uri()}\n")


@nox.session(default=False)
def live(session: nox.Session) -> None:
    """Serve the site in all languages, and show each edit in the browser at once; -- takes options of live.

    The gallery is built before, once: edits of it do not show.
    """
    install(session, "docs")
    output = ROOT / "build" / "live"
    gallery = output / "html" / MANUAL.folder / "gallery"
    if gallery.is_dir():
        session.log(f"The gallery is that of an earlier run; to build it again, remove {gallery}")
    elif GALLERY.is_file():
        folders = (str(gallery), str(output / "doctrees-gallery"))
        session.run("python", "gallery/build.py", *folders, env={"PYTHONPATH": "src", **today()})
    also = [f"--also={project.settings}={project.folder}" for project in PROJECTS if project.folder]
    command = ("python", "-m", "sphinx_folio", "live", PORTFOLIO.settings, "--pages", PORTFOLIO.pages, "--open")
    session.run(*command, *also, *session.posargs, env={"PYTHONPATH": "src", **today()})


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, formatting and the layers of imports; -- --fix fixes style where possible."""
    install(session, "lint")
    fix = "--fix" in session.posargs
    if fix:  # before the check, which stops at lines that are too long
        session.run("ruff", "format", ".")
    session.run("ruff", "check", *(["--fix"] if fix else []), ".")
    session.run("ruff", "format", *([] if fix else ["--check"]), ".")
    session.run("lint-imports", "--no-cache", env={"PYTHONPATH": "src"})
    speedups = "packages/sphinx-speedups"
    session.run(
        "lint-imports", "--no-cache", "--config", f"{speedups}/pyproject.toml", env={"PYTHONPATH": f"{speedups}/src"}
    )


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy."""
    install(session, "types")
    session.run("mypy", *session.posargs)
    session.run("mypy", "conf.py", "noxfile.py", "tests", "benchmarks", "gallery")
    session.run("mypy", "packages/sphinx-speedups/tests")


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests on all cores, real browsers included; what follows -- goes to pytest, as -n 0 to debug."""
    install(session, "tests")
    session.run("pytest", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session(default=False)
def random(session: nox.Session) -> None:
    """Compare incremental builds with clean builds after random edits; default: -- --steps 300 --seed 1."""
    parser = argparse.ArgumentParser(prog="nox -s random --")
    parser.add_argument("--steps", default="300")
    parser.add_argument("--seed", default="1")
    arguments, options = parser.parse_known_args(session.posargs)
    install(session, "tests")
    environment = {"FOLIO_STEPS": arguments.steps, "FOLIO_SEED": arguments.seed}
    session.run("pytest", "tests/builds/test_randomised.py", *options, env=environment)


@nox.session(default=False)
@nox.parametrize("sphinx", ["9.0.0", "9.0.4", "9.1", "9.2"])
def search(session: nox.Session, sphinx: str) -> None:
    """Test the search page with other versions of Sphinx; 9.1 needs Python 3.12, 9.2 needs 3.13 (-P 3.13)."""
    install(session, "tests")
    session.install(f"sphinx~={sphinx}.0" if sphinx.count(".") == 1 else f"sphinx=={sphinx}")
    session.run("pytest", "tests/browser/search/test_dialog.py", "-k", "stock_theme", *session.posargs)


@nox.session(default=False)
def scripts(session: nox.Session) -> None:
    """Minify the scripts of search and of the comparison with postings with terser; needs Node."""
    install(session, "docs")
    tools = Path(session.create_tmp()).resolve()
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    session.run("npm", "install", "--prefix", str(tools), *quiet, TERSER, external=True)
    write = "from sphinx_folio.search.scripts import main; main()"
    session.run("python", "-c", write, str(tools), env={"PYTHONPATH": "src"})
    write = "import sys; from sphinx_folio.export.match_field import write_source; write_source(sys.argv[1])"
    session.run("python", "-c", write, str(tools), env={"PYTHONPATH": "src"})
    for script in sorted(tools.glob("folio-*.js")):
        room = "search" if "search" in script.stem else "matching"
        minified = f"src/sphinx_folio/{room}/static/{script.stem}.min.js"
        # what gzip compresses well is smaller for readers than what has the fewest characters
        compress = (
            "passes=2"
            if room == "search"
            else "passes=3,sequences=false,conditionals=false,if_return=false,unsafe_arrows,unsafe_methods"
        )
        options = ["--ecma", "2020", "--compress", compress, "--mangle", "--comments", "/^!/", "--output", minified]
        if room == "matching":
            options += ["--mangle-props", f"builtins,regex=/^(?:{OWN_NAMES})$/"]
        session.run("npm", "exec", "--prefix", str(tools), "--", "terser", str(script), *options, external=True)


@nox.session(default=False)
def linkcheck(session: nox.Session) -> None:
    """Check all external links."""
    if not any(map(is_reachable, HOSTS)):
        session.error(f"No network connection: none of {', '.join(HOSTS)} is reachable")
    install(session, "docs")
    certificates = ssl.get_default_verify_paths().cafile
    if certificates:
        os.environ.setdefault("REQUESTS_CA_BUNDLE", certificates)  # requests trusts only its bundled certificates
    for project in PROJECTS:
        sphinx(session, project, "linkcheck", Path("build/linkcheck", project.pages).resolve(), *session.posargs)


HOSTS = ("https://github.com", "https://www.sphinx-doc.org", "https://www.wikipedia.org")


def is_reachable(address: str) -> bool:
    """Return whether a host answers, even with an error; uses the proxies of the environment."""
    try:
        urllib.request.urlopen(address, timeout=10).close()  # noqa: S310  one of HOSTS
    except urllib.error.HTTPError:
        return True
    except OSError as error:
        return isinstance(getattr(error, "reason", None), ssl.SSLError)
    return True


@nox.session(default=False)
def lighthouse(session: nox.Session) -> None:
    """Build the site and run Lighthouse on every page, and time the first paint on slow 3G; needs Node and Chromium."""
    install(session, "docs")
    output = Path(session.create_tmp(), "html").resolve()
    build(session, output)
    session.run("python", "benchmarks/lighthouse.py", str(output), "--every-page")


@nox.session(default=False)
def figures(session: nox.Session) -> None:
    """Measure the figures of the colophon, into manual/colophon-figures.csv; Lighthouse needs Node and Chromium."""
    install(session, "docs")
    session.run("python", "benchmarks/figures.py", *session.posargs, env=today())


@nox.session(default=False)
def validate(session: nox.Session) -> None:
    """Build the site and validate its HTML with vnu, the validator of the W3C; needs Java and Node."""
    install(session, "docs")
    output = Path(session.create_tmp(), "html").resolve()
    build(session, output)
    tools = Path(session.create_tmp(), "tools").resolve()
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    session.run("npm", "install", "--prefix", str(tools), *quiet, VNU, external=True)
    checker = next(tools.rglob("vnu.jar"))
    session.run("java", "-jar", str(checker), "--skip-non-html", "--errors-only", str(output), external=True)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Compare build times with bare Sphinx and other tools, into benchmarks/RESULTS.md; -- live measures live."""
    install(session, "bench")
    script, options = ("live", session.posargs[1:]) if session.posargs[:1] == ["live"] else ("scale", session.posargs)
    session.run("python", f"benchmarks/{script}.py", *options, env={"PYTHONPATH": "src", **today()})


THEMES = ("furo", "alabaster", "sphinx_book_theme", "pydata_sphinx_theme", "sphinx_rtd_theme")
SAMPLE_LANGUAGES = ("zh_CN", "de", "es", "fr", "ja", "ko", "pt_BR", "ru", "ar", "he")
"""The languages to which the task themes translates the sample."""


@nox.session(default=False)
def themes(session: nox.Session) -> None:
    """Build the sample of init with five themes in eleven languages, or in -- ar ja; check it in three engines."""
    install(session, "themes")
    output = Path("build/themes").resolve()
    doctrees = Path(session.create_tmp(), "doctrees").resolve()
    portfolio = Path(session.create_tmp(), "portfolio").resolve()
    for folder in (output, doctrees, portfolio):
        shutil.rmtree(folder, ignore_errors=True)
    run = partial(session.run, "python", "-m", "sphinx_folio", env={"PYTHONPATH": "src"}, silent=True)
    run("init", str(portfolio))
    languages = tuple(session.posargs) or SAMPLE_LANGUAGES
    for language in languages:
        run("languages", "add", language, str(portfolio))
    for theme, language in itertools.product(THEMES, ("en", *languages)):
        options = ("-q", *STRICT, "-D", f"html_theme={theme}", "-D", f"language={language}")
        folders = ("-d", str(doctrees / theme / language), str(portfolio / "docs"), str(output / theme / language))
        session.run("python", "-m", "sphinx", "-b", "html", *options, *folders, env={"PYTHONPATH": "src"})
    tests = "tests/browser/engines/test_themes.py"
    session.run("pytest", "-n", "auto", tests, env={"FOLIO_THEMES": str(output)})
    session.log(f"Pictures of the pages: {output / 'pictures'}")


FULLY_TRANSLATED = {"zh_CN"}
"""The languages with messages to authors; the other catalogs only have what readers see."""


@nox.session(default=False)
def messages(session: nox.Session) -> None:
    """Update the translation catalogs of the site and the extension, and list the strings; -- nl adds Dutch labels."""
    install(session, "docs")
    for project in PROJECTS:
        session.run("python", "-m", "sphinx_folio", "messages", project.settings, env={"PYTHONPATH": "src"})
    if GALLERY.is_file():
        session.run("python", "-m", "sphinx_folio", "messages", "gallery/consultant", env={"PYTHONPATH": "src"})
    catalogs = "src/sphinx_folio/locales"
    readers = ("-k", "_", "-k", "_ngettext:1,2")
    authors = ("-k", "__", "-k", "mark", "-k", "add_config_value:5")
    everything = _extract(session, *readers, *authors)
    labels = _extract(session, *readers)
    for language in sorted({path.name for path in Path(catalogs).iterdir()} | {*session.posargs}):
        _update_catalog(session, everything if language in FULLY_TRANSLATED else labels, catalogs, language)
    imports = "import sys; from pathlib import Path; from sphinx_folio.cli.catalog_report import report"
    show = f"{imports}; print(*report(Path(sys.argv[1])), sep='\\n')"
    session.run("python", "-c", show, catalogs, env={"PYTHONPATH": "src"})
    session.run("pybabel", "-q", "compile", "-D", "sphinx_folio", "-d", catalogs)


def _extract(session: nox.Session, *keywords: str) -> Path:
    """Write the template of the extension's catalogs with the strings that are arguments of the keywords."""
    extracted = Path(session.create_tmp(), str(len(keywords)), "sphinx_folio.pot").resolve()
    extracted.parent.mkdir(exist_ok=True)
    options = ("--project=sphinx-folio", "--msgid-bugs-address=iiiceoo@foxmail.com", "--no-location", "--sort-output")
    folders = ("--ignore-dirs", ".*")  # by default, folders such as _common are ignored
    command = ("pybabel", "-q", "extract", *folders, "--no-default-keywords", *keywords, *options)
    session.run(*command, "-o", str(extracted), "src/sphinx_folio")
    return extracted


def _update_catalog(session: nox.Session, template: Path, catalogs: str, language: str) -> None:
    """Update a catalog from its template: add new strings, mark changed strings as fuzzy, drop removed strings."""
    domain = template.stem
    path = Path(catalogs, language, "LC_MESSAGES", f"{domain}.po")
    exists = path.exists()
    options = ("--ignore-pot-creation-date", "--ignore-obsolete") if exists else ()
    command = ("pybabel", "-q", "update" if exists else "init", *options)
    session.run(*command, "--width=120", "-D", domain, "-i", str(template), "-d", catalogs, "-l", language)
    if not exists:  # leave out the placeholders of pybabel, and write the language as its folder is called
        _comment, start, rest = path.read_text(encoding="utf-8").partition('msgid ""\n')
        rest = re.sub(r'"(?:Last-Translator|Language-Team): .*\n', "", rest)
        rest = re.sub(r'"Language: \w+', f'"Language: {language}', rest)
        path.write_text(start + rest, encoding="utf-8", newline="\n")


@nox.session(default=False)
def package(session: nox.Session) -> None:
    """Build the sdist and the wheel into dist/, as a release does."""
    install(session, "tests")
    session.run("python", "-m", "hatchling", "build", "-d", "dist")


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Update the lock files after a change of pyproject.toml; -- --upgrade upgrades all packages."""
    session.install("uv")
    merged = Path(session.create_tmp(), "requirements.lock").resolve()
    merged.write_text("" if "--upgrade" in session.posargs else _pins(), encoding="utf-8")
    # Lock all groups together first, so that a package has the same version in all lock files.
    _compile(session, LOCKED, merged)
    for group in LOCKED:
        _compile(session, [group], ROOT / f"requirements-{group}.lock", "--constraint", str(merged))


def _compile(session: nox.Session, groups: Sequence[str], output: Path, *options: str) -> None:
    """Write a lock file with uv for all supported Pythons, with hashes and without the URL of an index."""
    names = [word for group in groups for word in ("--group", group)]
    everywhere = ("--universal", "--python-version", "3.11", "--fork-strategy", "fewest")
    plain = ("--generate-hashes", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
    command = ("--custom-compile-command", "nox -s lock", "--quiet")
    extras = ("pyproject.toml", "--all-extras") if WITH_EXTRAS & {*groups} else ()
    session.run(*("uv", "pip", "compile"), *extras, *names, *everywhere, *plain, *command, *options, "-o", str(output))


def _pins() -> str:
    """Return the locked versions, so that packages are only upgraded on request."""
    locks = (ROOT / f"requirements-{group}.lock" for group in LOCKED)
    texts = (lock.read_text("utf-8") for lock in locks if lock.exists())
    pins = {line.removesuffix(" \\") for text in texts for line in text.splitlines()}
    return "\n".join(sorted(pin for pin in pins if "==" in pin.partition(";")[0]))


if __name__ == "__main__":
    run_nox()
