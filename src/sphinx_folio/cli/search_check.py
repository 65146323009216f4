"""The command ``search-check``: ask the search of a built site, and report what it does not find."""

from __future__ import annotations

import sys
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.installation import with_extra
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.paths import existing, existing_folder, not_utf8
from sphinx_folio.cli.portfolio_folder import find_portfolio
from sphinx_folio.search.check import BuiltSearch, is_available, read_queries

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sphinx_folio.search.check import Score


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    queries = mark(
        "file with one query per line, followed by a tab and the expected addresses (- if nothing should be found)"
    )
    parser.add_argument("queries", type=existing, metavar="QUERIES.tsv", help=queries)
    site = mark("folder of the built site (default: build/html in the portfolio)")
    parser.add_argument("--site", type=existing_folder, help=site)


def run(arguments: Namespace) -> int:
    """Ask all queries and print what was found; return the exit code, 1 if a query is not answered."""
    site = arguments.site or find_portfolio(Path()) / "build" / "html"
    problem = _problem(site)
    if problem:
        raise NotRunError(problem)
    try:
        queries = read_queries(arguments.queries.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotRunError(f"{arguments.queries}: {not_utf8(error)}") from None
    except ValueError as error:
        message = __("%s:%s: write a query, a tab, and addresses")
        raise NotRunError(str(message) % (arguments.queries, error)) from None
    if not queries:
        message = __("%s has no queries; write a query, a tab, and addresses on each line")
        raise NotRunError(str(message) % arguments.queries)
    score = BuiltSearch(site).score(queries)
    sys.stdout.write("\n".join(_report(score)) + "\n")
    failed = score.unwanted or any(rank < 1 for rank in score.ranks.values())
    return ExitCode.FAILED if failed else ExitCode.DONE


def _problem(site: Path) -> str:
    """Return what prevents the command from running, or an empty string."""
    if not is_available():
        return str(__("search-check needs quickjs-ng; run “pip install %s”")) % with_extra("search-check")
    if not (site / "_static" / "folio-search" / "index.js").is_file():
        message = __("%s has no search index; build the site first, or name its folder with --site")
        return f"{message % site}"
    return ""


def _report(score: Score) -> list[str]:
    """Return a line for each query that is not answered first, then the summary."""
    lines = [_missed(query, score.first.get(query, "")) for query, rank in score.ranks.items() if rank < 1]
    behind = ((rank, score.first[query], query) for query, rank in score.ranks.items() if rank > 1)
    lines += [str(__("rank %d, after %s: %s")) % found for found in sorted(behind, key=itemgetter(0), reverse=True)]
    lines += [str(__("finds %s: %s")) % (address, query) for query, address in score.unwanted.items()]
    summary = str(__("1 query")) if score.number == 1 else str(__("%d queries")) % score.number
    if score.ranks:
        summary += f", R@1 {score.recall(1):.3f}, R@3 {score.recall(3):.3f}"
    return [*lines, summary]


def _missed(query: str, found: str) -> str:
    """Return a line for a query without a correct result, with the first result that it has."""
    return str(__("not found, first result %s: %s")) % (found, query) if found else str(__("not found: %s")) % query
