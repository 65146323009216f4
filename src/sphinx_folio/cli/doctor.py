"""The command ``doctor``: report what a portfolio needs, what is missing and why it matters, and how to fix it."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, entry_points, packages_distributions, version
from pathlib import Path
from typing import TYPE_CHECKING

import sphinx
from packaging.utils import canonicalize_name
from packaging.version import Version
from sphinx.errors import ConfigError, SphinxError

from sphinx_folio import __version__
from sphinx_folio._common.conf_errors import message_of
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.page_suffixes import PAGES
from sphinx_folio._common.settings import renamed_in
from sphinx_folio._common.site_languages import languages_of
from sphinx_folio.cli.catalog_update import count_outdated, locales_folder
from sphinx_folio.cli.conf_reader import read_conf
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.missing_packages import EXTRAS, cure_of, is_found
from sphinx_folio.cli.paths import from_current_folder
from sphinx_folio.cli.portfolio_folder import (
    RECORD,
    add_folder_arguments,
    conf_folder,
    find_portfolio,
    pages_folder,
    required_conf_folder,
)
from sphinx_folio.cli.portfolio_reader import read_portfolio
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.requirements_file import (
    PIP,
    file_of,
    fix_of_extra,
    fix_of_package,
    has_engine,
    installed_packages,
    is_for_site,
    listed_extras,
    listed_packages,
    requirements_of,
)
from sphinx_folio.cli.sphinx_output import UNTRANSLATED, untranslated_message
from sphinx_folio.cli.template_record import read_record
from sphinx_folio.cli.terminal import json_text, progress, styled
from sphinx_folio.cli.writing_systems import pdf_fonts_cover
from sphinx_folio.doctree.check_sentences import contradiction, count_sentence
from sphinx_folio.languages.catalog_reader import CatalogError
from sphinx_folio.portfolio.records import Evidence, Person
from sphinx_folio.verification.lock import parse, person_digest
from sphinx_folio.verification.run import failures

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.metadata import Distribution

    from packaging.requirements import Requirement
    from sphinx.config import Config

    from sphinx_folio.cli.portfolio_reader import LoadedPortfolio

SETTINGS: Mapping[str, object] = {
    "html_theme": "alabaster",
    "html_theme_path": [],
    "folio_exports": [],
    "folio_repositories": {},
}
"""The settings of extensions that are looked at → the value if conf.py does not set them."""
CONTRADICTED = frozenset({"folio", "folio.*", "folio.failed_check"})
"""The words with which it accepts evidence that failed."""
LISTS_EXTENSION = mark("conf.py lists the extension %s")
SETS_THEME = mark("conf.py sets the theme %s")
OK, MISSING, WRONG, OPTIONAL = "ok", "missing", "wrong", "optional"
STYLES = {OK: "green", MISSING: "red", WRONG: "red", OPTIONAL: "yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report."""

    name: str
    """What was looked at."""
    status: str
    """``ok``; ``missing`` if the portfolio needs it; ``wrong`` if it has to be corrected; ``optional`` if it only
    improves something."""
    found: str = ""
    """A version, or what is wrong."""
    why: str = ""
    """Why it matters."""
    fix: str = ""
    """The command or the change that fixes it."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_arguments(parser)
    parser.add_argument("--json", action="store_true", help=mark("print the result as JSON"))


def run(arguments: Namespace) -> int:
    """Print the report; return the exit code."""
    root = find_portfolio(arguments.folder)
    settings = conf_folder(root) and required_conf_folder(root)
    with progress(str(__("Looking …"))):
        found = [
            *environment(),
            *(portfolio(root, settings, arguments.pages or pages_folder(settings)) if settings else no_portfolio()),
        ]
    needs = [finding for finding in found if finding.status in {MISSING, WRONG}]
    if arguments.json:
        data = {"portfolio": str(root.resolve()) if settings else None, "findings": [asdict(item) for item in found]}
        sys.stdout.write(json_text(data))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in report(found)))
    return ExitCode.FAILED if needs else ExitCode.DONE


def environment() -> Iterator[Finding]:
    """Yield what does not depend on a portfolio."""
    yield Finding(name="Python", status=OK, found=platform.python_version())
    yield Finding(name="sphinx-folio", status=OK, found=__version__)
    yield Finding(name="Sphinx", status=OK, found=sphinx.__version__)


def no_portfolio() -> Iterator[Finding]:
    """Yield what is optional without a portfolio."""
    fix = f"{program_name()} init portfolio"
    yield Finding(name=str(__("portfolio")), status=OPTIONAL, found=str(__("none in this folder")), fix=fix)
    yield git(is_needed=False)
    yield from (extra_finding(name, is_needed=False, fix="") for name in EXTRAS)


def portfolio(root: Path, settings: Path, pages: Path) -> Iterator[Finding]:
    """Yield what a portfolio needs; its pages are read only if nothing is missing that they need."""
    wanted, install = listed_extras(root)
    try:
        config = read_conf(settings, SETTINGS)
    except ConfigError as error:
        yield Finding(
            name="conf.py", status=WRONG, found=from_current_folder(str(error)), why=str(__("Sphinx cannot run"))
        )
        return
    listed = listed_packages(root)
    blocking = [
        *packages(config, listed, install),
        *extras(config, pages, wanted, install),
        *outdated_packages(root, install),
    ]
    yield from blocking if (root / RECORD).is_file() else shortened(blocking, install)
    yield from absent_packages(root, install, {canonicalize_name(finding.name) for finding in blocking})
    yield from unlisted_packages(root, config, install)
    yield from engine(root, config, listed, install)
    yield from unlisted_extras(root, needed_extras(config, pages))
    yield git(is_needed=bool(config.folio_repositories))
    for message in renamed_in(settings / "conf.py"):
        yield Finding(name="conf.py", status=WRONG, found=message, why=str(__("the setting has no effect")))
    if (root / RECORD).is_file():
        yield template(root)
    if not any(finding.status == MISSING for finding in blocking):
        yield from content(config, settings, pages, [*languages_of(config)])


def packages(config: Config, listed: set[str], install: str) -> Iterator[Finding]:
    """Yield the extensions and the theme of conf.py that are missing, and the version of the theme."""
    for name in config.extensions:
        if not is_found(name):  # conf.py has run, so folders that it adds to sys.path are searched, too
            why = str(__(LISTS_EXTENSION)) % name
            yield Finding(name=name, status=MISSING, why=why, fix=cure_of(name, listed, set(), install))
    theme = config.html_theme
    found = theme_package(theme)
    if found:
        yield Finding(name=theme, status=OK, found=found.version)
    elif not (Path(sphinx.__file__).parent / "themes" / theme).is_dir() and not config.html_theme_path:
        why = str(__(SETS_THEME)) % theme
        yield Finding(name=theme, status=MISSING, why=why, fix=cure_of(theme, listed, set(), install))


def theme_package(theme: str) -> Distribution | None:
    """Return the package of a theme; None if it is part of Sphinx, in a folder, or not installed."""
    return {entry.name: entry.dist for entry in entry_points(group="sphinx.html_themes")}.get(theme)


def unlisted_packages(root: Path, config: Config, install: str) -> Iterator[Finding]:
    """Yield the extensions and the theme of conf.py that the requirements do not install, unless there is no such file.

    They are installed here, but a host that installs only the requirements cannot build the site.
    """
    listed, packages_of = listed_packages(root), packages_distributions()
    used = []
    for name in filter(is_found, config.extensions):
        top = name.partition(".")[0]
        sources = {*packages_of.get(top, [])}
        if top not in {"sphinx", "sphinx_folio"} and len(sources) == 1:
            used.append((name, sources.pop(), str(__(LISTS_EXTENSION)) % name))
    if theme := theme_package(config.html_theme):
        used.append((config.html_theme, theme.name, str(__(SETS_THEME)) % config.html_theme))
    installed = installed_packages(root) if listed and used else set()
    for name, package, why in used:
        if listed and canonicalize_name(package) not in installed:
            yield unlisted(name, root, install, why, fix_of_package(canonicalize_name(package), listed, install))


def unlisted(name: str, root: Path, install: str, why: str, fix: str) -> Finding:
    """Return that the requirements lack something that is installed here."""
    status = MISSING if is_for_site(root) else OPTIONAL
    return Finding(name=name, status=status, found=str(__("not in %s")) % file_of(install), why=why, fix=fix)


def outdated_packages(root: Path, install: str) -> Iterator[Finding]:
    """Yield the requirements that are installed in another version."""
    for wanted, found in requirements_here(root):
        if found and not wanted.specifier.contains(found, prereleases=True):
            yield unmet(wanted, found, install)


def absent_packages(root: Path, install: str, known: Iterable[str]) -> Iterator[Finding]:
    """Yield the requirements that are not installed, apart from those that are known."""
    for wanted, found in requirements_here(root):
        if not found and canonicalize_name(wanted.name) not in {*known, "sphinx-folio"}:
            yield unmet(wanted, str(__("not installed")), install)


def unmet(wanted: Requirement, found: str, install: str) -> Finding:
    """Return that a requirement is not met: another version is installed, or none."""
    why = str(__("%s asks for %s")) % (file_of(install), wanted)
    return Finding(name=wanted.name, status=MISSING, found=found, why=why, fix=install)


def requirements_here(root: Path) -> Iterator[tuple[Requirement, str]]:
    """Yield the requirements of this system with the version that is installed; empty if none is."""
    for wanted in requirements_of(root):
        if wanted.marker is None or wanted.marker.evaluate():
            try:
                yield wanted, version(wanted.name)
            except PackageNotFoundError:
                yield wanted, ""


def engine(root: Path, config: Config, listed: set[str], install: str) -> Iterator[Finding]:
    """Yield that the requirements lack this package, without which a host cannot build the site."""
    ours = our_extensions(config)
    if listed and ours and not has_engine(root):
        why = str(__(LISTS_EXTENSION)) % ours[0]
        yield unlisted("sphinx-folio", root, install, why, fix_of_package("sphinx-folio", listed, install))


def extras(config: Config, pages: Path, wanted: set[str], install: str) -> Iterator[Finding]:
    """Yield the extras of this package."""
    needed = {*wanted, *needed_extras(config, pages)}
    for name in EXTRAS:
        yield extra_finding(name, is_needed=name in needed, fix=fix_of_extra(name, wanted, install))


def needed_extras(config: Config, pages: Path) -> list[str]:
    """Return the extras without which the portfolio cannot be built."""
    loaded = {*config.extensions}
    chosen = config.folio_exports if "sphinx_folio.export" in loaded else []
    needs = {
        "pdf": "pdf" in chosen,
        "docx": "docx" in chosen,
        "diagrams": "sphinx_folio.diagrams" in loaded,
        "bibtex": _mentions_bibtex(pages),
    }
    return [name for name, is_needed in needs.items() if is_needed]


def unlisted_extras(root: Path, needed: Iterable[str]) -> Iterator[Finding]:
    """Yield the extras that are installed and needed, but not in the requirements, so that a host lacks them."""
    wanted, install = listed_extras(root)
    for name in needed:
        if not EXTRAS[name].missing() and not _requires(root, name):
            why, fix = str(__(EXTRAS[name].why)), fix_of_extra(name, wanted, install)
            yield unlisted(f"sphinx-folio[{name}]", root, install, why, fix)


def _requires(root: Path, name: str) -> bool:
    """Return whether the requirements have an extra, or the packages that it installs, or do not list this package."""
    listed, (wanted, _install) = listed_packages(root), listed_extras(root)
    if name in wanted or not (wanted or "sphinx-folio" in listed):
        return True
    packages_of = packages_distributions()
    tops = (module.partition(".")[0] for module in EXTRAS[name].modules)
    return all(any(canonicalize_name(package) in listed for package in packages_of.get(top, ())) for top in tops)


def extra_finding(name: str, *, is_needed: bool, fix: str) -> Finding:
    """Return whether an extra is installed."""
    extra = EXTRAS[name]
    missing = extra.missing()
    if not missing:
        return Finding(name=f"sphinx-folio[{name}]", status=OK)
    return Finding(
        name=f"sphinx-folio[{name}]",
        status=MISSING if is_needed else OPTIONAL,
        found=str(__("not installed: %s")) % ", ".join(missing),
        why=str(__(extra.why)),
        fix=fix or fix_of_extra(name, set(), ""),
    )


def shortened(findings: list[Finding], install: str) -> Iterator[Finding]:
    """Yield findings with all optional extras as one, for a site that may want few of them."""
    optional = [item for item in findings if item.status == OPTIONAL and item.name.startswith("sphinx-folio[")]
    yield from (item for item in findings if item not in optional)
    if optional:
        names = ", ".join(item.name.partition("[")[2].rstrip("]") for item in optional)
        yield Finding(
            name=str(__("extras")),
            status=OPTIONAL,
            found=str(__("not installed: %s")) % names,
            fix=fix_of_extra("EXTRA", set(), install),
        )


def _mentions_bibtex(pages: Path) -> bool:
    sources = (path for suffix in PAGES for path in pages.rglob(f"*{suffix}"))
    return any(re.search(rb"\.bib\b", path.read_bytes()) for path in sources if os.access(path, os.R_OK))


def git(*, is_needed: bool) -> Finding:
    """Return whether git is installed."""
    if shutil.which("git"):
        return Finding(name="git", status=OK)
    status, why = MISSING if is_needed else OPTIONAL, str(__("verify checks evidence with it, update merges with it"))
    return Finding(name="git", status=status, found=str(__("not installed")), why=why, fix="https://git-scm.com/")


def template(root: Path) -> Finding:
    """Return whether the template of this version made the portfolio."""
    name, fix = str(__("template")), f"{program_name()} update"
    try:
        made = read_record(root).version
    except NotRunError as error:
        return Finding(name=name, status=WRONG, found=str(error), fix=fix)
    if Version(made) == Version(__version__):
        return Finding(name=name, status=OK, found=made)
    why = str(__("made by version %s")) % made
    if Version(made) > Version(__version__):
        return Finding(name=name, status=MISSING, found=why, fix=f"{PIP} --upgrade sphinx-folio")
    return Finding(name=name, status=OPTIONAL, found=why, why=str(__("settings of the template are older")), fix=fix)


def content(config: Config, settings: Path, pages: Path, languages: list[str]) -> Iterator[Finding]:
    """Yield what is found by reading the pages: fonts, translations and the lock file of evidence.

    A site that uses only the extensions for any Sphinx site has no portfolio to read.
    """
    loaded = None
    try:
        if not has_no_portfolio(config):
            loaded = read_portfolio(settings.resolve(), pages.resolve(), use_lock=True)
        outdated = count_outdated(settings, pages, languages, locales_folder(config, pages))
    except CatalogError as error:
        yield Finding(name=str(__("translation")), status=WRONG, found=str(error))
        return
    except (SphinxError, NotRunError) as error:
        is_set_up = bool(our_extensions(config))
        yield Finding(
            name=str(__("pages")) if is_set_up else "conf.py",
            status=WRONG,
            found=from_current_folder(message_of(error)),
            fix=f"{program_name()} build" if is_set_up else "",
        )
        return
    if loaded:
        yield from fonts(loaded.config)
    for language, (missing, unsure) in outdated.items():
        name, fix = str(__("translation %s")) % language, f"{program_name()} messages"
        if (missing or unsure) and UNTRANSLATED & {*config.suppress_warnings}:
            found = untranslated_message(missing, language, unsure)
            yield Finding(name=name, status=OPTIONAL, found=found, fix=fix)
        elif missing or unsure:
            found, why = untranslated_message(missing, language, unsure), str(__("a strict build fails"))
            yield Finding(name=name, status=MISSING, found=found, why=why, fix=fix)
        else:
            yield Finding(name=name, status=OK)
    if loaded:
        yield from evidence(loaded, settings)


def has_no_portfolio(config: Config) -> bool:
    """Return whether conf.py lists extensions of this package, but none for a portfolio."""
    ours = our_extensions(config)
    return bool(ours) and {"sphinx_folio", "sphinx_folio.export"}.isdisjoint(ours)


def our_extensions(config: Config) -> list[str]:
    """Return the extensions of this package that conf.py lists."""
    return [name for name in config.extensions if name.partition(".")[0] == "sphinx_folio"]


def fonts(config: Config) -> Iterator[Finding]:
    """Yield that the fonts of the PDF lack the letters of the language, if they do."""
    makes_pdf = "sphinx_folio.export" in config.extensions and "pdf" in config.folio_exports
    if makes_pdf and not config.folio_resume_fonts and not pdf_fonts_cover(config.language):
        why = str(__("the fonts of the PDF lack characters of the language %s")) % config.language
        fix = str(__("set folio_resume_fonts to a folder with a font that has them, or remove pdf from folio_exports"))
        yield Finding(name=str(__("fonts")), status=MISSING, why=why, fix=fix)


def evidence(loaded: LoadedPortfolio, settings: Path) -> Iterator[Finding]:
    """Yield which checks have failed and how many are stale, or that no check has been run yet.

    Without repositories to check in, nothing is missing.
    """
    file = settings / (loaded.config.folio_evidence_lock or "-")
    people, proofs = loaded.portfolio.all(Person), loaded.portfolio.all(Evidence)
    why, fix = str(__("pages show them as unchecked")), f"{program_name()} verify"
    if not file.is_file():
        if loaded.config.folio_repositories and loaded.config.folio_evidence_lock and proofs:
            found = str(__("no check yet; pieces of evidence: %d")) % len(proofs)
            yield Finding(name=file.name, status=OPTIONAL, found=found, why=why, fix=fix)
        return
    lock = parse(file.read_text(encoding="utf-8"))
    person = person_digest(people[0].key if people else "", loaded.config.folio_identities)
    results = [(proof.key, lock.verification_of(proof, person)) for proof in proofs]
    current = {key for key, result in results if result and not result.is_stale}
    failed = sorted(name for name in failures(lock) if name in current or name in loaded.config.folio_counts)
    is_accepted = bool(CONTRADICTED & {*loaded.config.suppress_warnings})
    status, fails = (OPTIONAL, "") if is_accepted else (WRONG, str(__("a strict build fails")))
    for name in failed:
        count = lock.counts.get(name)
        if count:
            found = str(__("the repository contradicts the counts in %s: %s")) % (name, count_sentence(count))
            correct = f"{fix} --write"
        else:
            found = str(__("the repository contradicts evidence %r: %s")) % (name, contradiction(lock.proofs[name]))
            correct = str(__("correct it in %s, then run: %s")) % (from_current_folder(loaded.places[name]), fix)
        yield Finding(name=file.name, status=status, found=found, why=fails, fix=correct)
    number = len(proofs) - len(current)
    if not number:
        if not failed:
            yield Finding(name=file.name, status=OK, found=lock.date)
        return
    found = str(__("%d of %d pieces of evidence are new or changed since %s")) % (number, len(proofs), lock.date)
    yield Finding(name=file.name, status=OPTIONAL, found=found, why=why, fix=fix)


def report(found: list[Finding]) -> Iterator[str]:
    """Yield the lines of the report."""
    labels = {OK: __("ok"), MISSING: __("missing"), WRONG: __("wrong"), OPTIONAL: __("optional")}
    width = max(len(str(label)) for label in labels.values())
    for finding in found:
        label = str(labels[finding.status])
        shown = styled(label, STYLES[finding.status], sys.stdout) + " " * (width - len(label))
        text = " ".join(filter(None, (finding.name, finding.found)))
        yield "  ".join((shown, " – ".join(filter(None, (text, finding.why)))))
        if finding.fix:
            yield " " * (width + 2) + finding.fix
    number = sum(finding.status in {MISSING, WRONG} for finding in found)
    yield ""
    if number == 1:
        yield str(__("1 thing is missing or wrong."))
    elif number:
        yield str(__("%d things are missing or wrong.")) % number
    else:
        yield str(__("Nothing required is missing or wrong."))
