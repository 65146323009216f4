"""The command ``verify``: check evidence and counts against clones, and write the result to ``evidence.lock``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from sphinx_folio._common.conf_errors import message_of
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import is_web_address
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError, UsageError
from sphinx_folio.cli.paths import from_current_folder
from sphinx_folio.cli.portfolio_folder import add_folder_arguments, pages_folder, required_conf_folder
from sphinx_folio.cli.portfolio_reader import read_portfolio
from sphinx_folio.cli.terminal import progress
from sphinx_folio.config import day_of_build
from sphinx_folio.doctree.check_sentences import contradiction, count_sentence, note_sentence, sentence
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.records import Evidence, Person
from sphinx_folio.portfolio.verification import RUNGS, Lock
from sphinx_folio.verification.git import GitError
from sphinx_folio.verification.links import check_links
from sphinx_folio.verification.lock import NO_FILE, LockError, as_text, parse
from sphinx_folio.verification.repository import open_repositories
from sphinx_folio.verification.run import Claims, failures, verify
from sphinx_folio.verification.signatures import Keyring

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.config import Config

    from sphinx_folio.cli.portfolio_reader import LoadedPortfolio
    from sphinx_folio.portfolio.verification import Answer


COUNT_RESULTS = {"yes": "counted", "no": "failed", "unknown": "unchecked"}
"""Result of counting again → its word in the summary, like the rungs of evidence."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_arguments(parser)
    repository = mark("path of a clone, a git folder or a bundle of a repository; overrides folio_repositories")
    parser.add_argument("--repository", action="append", default=[], metavar="URL=PATH", help=repository)
    date = mark("day to write into the lock file (default: SOURCE_DATE_EPOCH or today)")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help=date)
    write = mark("write the files of folio_counts instead of comparing them")
    parser.add_argument("--write", action="store_true", help=write)
    links = mark("also request every address, which needs a network, and note the answers")
    parser.add_argument("--links", action="store_true", help=links)
    parser.add_argument("--json", action="store_true", help=mark("print the result as JSON"))


def run(arguments: Namespace) -> int:
    """Check everything, write the lock file and print a summary; return the exit code."""
    settings = required_conf_folder(arguments.folder)
    try:
        loaded = read_portfolio(settings.resolve(), (arguments.pages or pages_folder(settings)).resolve())
        places = repositories(loaded.config, settings, arguments.repository)
        date = day_of_check(arguments.date)
        with ExitStack() as stack:
            stack.enter_context(progress(str(__("Checking evidence …"))))
            home = Path(stack.enter_context(TemporaryDirectory(prefix="folio-keys-")))
            files = {name: settings / path for name, path in loaded.config.folio_keys.items()}
            keys, opened = Keyring(files, home), stack.enter_context(open_repositories(places))
            if not places and not arguments.links:
                message = __("no repository to check against; name clones in folio_repositories, or add %s")
                raise NotRunError(str(message) % "--repository URL=PATH")
            if arguments.write:
                require_folders(loaded.config.folio_counts, settings)
            lock = verify(claims_of(loaded, settings), opened, keys, date=date, write=arguments.write)
        path = settings / (loaded.config.folio_evidence_lock or "evidence.lock")
        lock = replace(lock, links=check_links(loaded.addresses, date) if arguments.links else old_links(path))
        path.write_text(as_text(lock), encoding="utf-8", newline="\n")
    except (GitError, ValueError, SphinxError) as error:
        raise NotRunError(from_current_folder(message_of(error))) from None
    failed = list(failures(lock))
    if arguments.json:
        sys.stdout.write(
            json.dumps({"file": str(path), "failed": failed, **json.loads(as_text(lock))}, indent=1) + "\n"
        )
    else:
        sys.stdout.write("".join(f"{line}\n" for line in report(lock, path)))
    return ExitCode.FAILED if failed else ExitCode.DONE


def repositories(config: Config, settings: Path, options: list[str]) -> dict[str, Path]:
    """Return address → path of the repositories.

    Raises:
        UsageError: An option is not of the form URL=PATH.
    """
    places = {address: (settings / path).resolve() for address, path in config.folio_repositories.items()}
    for option in options:
        address, sign, path = option.partition("=")
        if not sign or not path or not is_web_address(address):
            raise UsageError(str(__("%r is not of the form URL=PATH")) % option)
        places[address] = Path(path)
    return places


def day_of_check(option: str | None) -> str:
    """Return the day of the check: that of the option, of SOURCE_DATE_EPOCH (UTC), or today.

    Raises:
        UsageError: The option is not a day.
        ValueError: SOURCE_DATE_EPOCH is not a time.
    """
    if option is not None:
        try:
            day = PartialDate.parse(option).day
        except ValueError as error:
            raise UsageError(str(error)) from None
        if not day:
            raise UsageError(str(__("%r is not a full date")) % option)
        return option
    return day_of_build()


def claims_of(loaded: LoadedPortfolio, settings: Path) -> Claims:
    """Return what is checked."""
    people = loaded.portfolio.all(Person)
    return Claims(
        evidence=tuple(loaded.portfolio.all(Evidence)),
        person=people[0].key if people else "",
        identities=tuple(loaded.config.folio_identities),
        questions=loaded.config.folio_counts,
        folder=settings,
    )


def require_folders(names: Iterable[str], settings: Path) -> None:
    """Check that the files of counts can be written.

    Args:
        names: Their paths, starting from the folder of conf.py.
        settings: That folder.

    Raises:
        NotRunError: One is in a folder that does not exist.
    """
    for name in names:
        if not Path(settings, name).parent.is_dir():
            message = __("folio_counts: there is no folder %s; the path %s is relative to the folder of %s")
            raise NotRunError(str(message) % (Path(settings, name).parent, name, settings / "conf.py"))


def old_links(path: Path) -> Mapping[str, Answer]:
    """Return the answers of an existing lock file; they stay until the next check of links."""
    try:
        return parse(path.read_text(encoding="utf-8")).links
    except (OSError, UnicodeDecodeError, LockError):
        return {}


def report(lock: Lock, path: Path) -> Iterator[str]:
    """Yield the lines of the summary."""
    width = max((len(key) for key in (*lock.proofs, *lock.counts)), default=0)
    for key, proof in sorted(lock.proofs.items()):
        contradicted = contradiction(proof)
        doubts = [
            sentence(name, check, proof.claim)
            for name, check in proof.verification.checks
            if check.result != "yes"
            and (name, check) not in proof.verification.contradictions()
            and not (name == "title" and check.reason == "own-words")
        ]
        others = "; ".join(dict.fromkeys(doubts))
        if others and proof.verification.is_verified:
            others = str(__("but %s")) % others
        elif others and contradicted:
            others = str(__("also: %s")) % others
        reasons = "; ".join(filter(None, (contradicted, others)))
        yield f"{key:{width}}  {proof.verification.rung:9}  {reasons}".rstrip()
    for name, count in sorted(lock.counts.items()):
        yield f"{name:{width}}  {COUNT_RESULTS[count.result]:9}  {count_sentence(count)}".rstrip()
    for name in sorted(name for name, count in lock.counts.items() if count.reason == NO_FILE):
        yield str(__("There is no file %s; add --write to write it.")) % (path.parent / name)
    for address, source in sorted(lock.sources.items()):
        yield f"{address}: {'; '.join(filter(None, (source.head, *map(note_sentence, source.notes))))}"
    for address, answer in sorted(lock.links.items()):
        if answer.code != "200":
            yield str(__("%s answered %s on %s")) % (address, answer.code, answer.date)
    rungs = Counter(proof.verification.rung for proof in lock.proofs.values())
    yield ", ".join(f"{rung} {rungs[rung]}" for rung in reversed(RUNGS) if rungs[rung])
    yield str(__("The results are in %s.")) % path
