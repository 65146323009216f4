"""The command ``match``: compare job postings with the portfolio. Nothing is stored, nothing is sent."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError

from sphinx_folio._common.conf_errors import message_of
from sphinx_folio._common.i18n import DateFormatter, __, mark
from sphinx_folio._common.settings import unknown_word
from sphinx_folio.cli.conf_reader import languages_in
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError, UsageError
from sphinx_folio.cli.match_report import as_data, as_html, as_markdown, as_table
from sphinx_folio.cli.paths import from_current_folder, named_path
from sphinx_folio.cli.portfolio_folder import add_folder_options, pages_folder, required_conf_folder
from sphinx_folio.cli.portfolio_reader import read_portfolio
from sphinx_folio.cli.terminal import json_text
from sphinx_folio.export.match_field import site_vocabulary
from sphinx_folio.matching.comparison import compare, vocabulary_of
from sphinx_folio.matching.language import is_chinese, is_read
from sphinx_folio.matching.reading import MAX_BYTES, PostingError, read_posting
from sphinx_folio.matching.requirements import requirements
from sphinx_folio.matching.view import view_for
from sphinx_folio.portfolio.records import KEY_PATTERN
from sphinx_folio.vocabulary import Finder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from sphinx_folio.cli.portfolio_reader import LoadedPortfolio
    from sphinx_folio.matching.comparison import Match
    from sphinx_folio.matching.requirements import Requirements
    from sphinx_folio.vocabulary import Vocabulary


NOT_READ = mark(
    "this posting seems to be neither in English nor in Chinese, the languages that match reads; it finds names such as"
    " Kubernetes, but not what is asked of them"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    postings = mark("files with postings: text, Markdown, HTML, PDF or JSON; - is the standard input")
    parser.add_argument("postings", nargs="+", metavar="POSTING", help=postings)
    add_folder_options(parser)
    language = mark("one of folio_languages (default: the language of each posting, or else that of the pages)")
    parser.add_argument("--language", help=language)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help=mark("print the result as JSON"))
    output.add_argument("--markdown", action="store_true", help=mark("print the result as Markdown"))
    view = mark("print an entry of folio_views: the view of the résumé with what the posting asks for")
    output.add_argument("--view", metavar="NAME", help=view)
    unknown = mark("only print the words that are not understood, most frequent first")
    output.add_argument("--unknown", action="store_true", help=unknown)
    html = mark("also write the result as a page for yourself")
    parser.add_argument("--html", type=named_path, metavar="FILE", help=html)


def run(arguments: Namespace) -> int:
    """Compare the postings with the portfolio and print the result; return the exit code."""
    if arguments.view and not KEY_PATTERN.fullmatch(arguments.view):
        message = __("%r is not a valid key; use lowercase ASCII letters, digits, dots and hyphens")
        raise UsageError(str(message) % arguments.view)
    settings = required_conf_folder(arguments.portfolio)
    languages = [*languages_in(settings)]
    if arguments.language is not None and arguments.language not in languages:
        raise UsageError(__("unknown language %s") % unknown_word(arguments.language, languages))
    pages = (arguments.pages or pages_folder(settings)).resolve()
    try:
        texts = [text_of(name) for name in arguments.postings]
        chosen = [arguments.language or choose_language(text, languages) for text in texts]
        readers = {language: _Reader.reading(settings, pages, language) for language in dict.fromkeys(chosen)}
        results = [readers[language].compare(text) for text, language in zip(texts, chosen, strict=True)]
        matches = [match for _wanted, match in results]
        readable = [readers[language].with_dates(match) for match, language in zip(matches, chosen, strict=True)]
        if arguments.html:
            arguments.html.parent.mkdir(parents=True, exist_ok=True)
            arguments.html.write_text(as_html(readable), encoding="utf-8", newline="\n")
    except (PostingError, SphinxError) as error:
        raise NotRunError(from_current_folder(message_of(error))) from None
    for name, text in zip(arguments.postings, texts, strict=True):
        if not is_read(text):
            sys.stderr.write(f"{name}: {__(NOT_READ)}\n")
    if arguments.view and not all(view_for(match, "")["skills"] for match in matches):
        sys.stderr.write(__("the portfolio has no skill that the posting asks for") + "\n")
        return ExitCode.FAILED
    if arguments.view:
        sys.stdout.write(views_text(arguments.view, matches, languages))
    elif arguments.unknown:
        unknown = (
            word
            for (wanted, _match), language in zip(results, chosen, strict=True)
            for word in unknown_words(wanted, readers[language].vocabulary)
        )
        _write_unknown(counted(unknown))
    else:
        sys.stdout.write(output_of(arguments, texts, matches if arguments.json else readable))
    return ExitCode.DONE


def text_of(name: str) -> str:
    """Return the text of a posting.

    Raises:
        OSError: The file cannot be read.
        PostingError: It is not a posting.
    """
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    try:
        text = read_posting(data, name)
    except PostingError as error:
        raise PostingError(f"{name}: {error}") from error
    if not text.strip():
        raise PostingError(str(__("%s: it has no text")) % name)
    return text


def choose_language(text: str, languages: list[str]) -> str:
    """Return the language of a posting if the portfolio has it, or else that of the pages, which is the first."""
    wanted = "zh" if is_chinese(text) else "en" if is_read(text) else ""
    return next((language for language in languages if language.split("_")[0] == wanted), languages[0])


@dataclass(frozen=True, slots=True)
class _Reader:
    """A portfolio in one language, and what reads postings for it."""

    loaded: LoadedPortfolio
    vocabulary: Vocabulary
    """The vocabulary of the site with the skills of the portfolio."""
    finder: Finder

    @classmethod
    def reading(cls, settings: Path, pages: Path, language: str) -> _Reader:
        """Read the portfolio in a language.

        Raises:
            SphinxError: The portfolio cannot be read.
        """
        loaded = read_portfolio(settings.resolve(), pages, use_lock=True, language=language)
        vocabulary = vocabulary_of(loaded.portfolio, site_vocabulary(loaded.config, settings))
        return cls(loaded, vocabulary, Finder(vocabulary))

    def compare(self, text: str) -> tuple[Requirements, Match]:
        """Return what a posting asks for, and its comparison with the portfolio."""
        wanted = requirements(text, self.finder)
        return wanted, compare(wanted, self.loaded.portfolio, self.vocabulary, self.finder)

    def with_dates(self, match: Match) -> Match:
        """Return a comparison with dates as the site shows them."""
        return match.with_dates(DateFormatter.of(self.loaded.config).date)


def unknown_words(asked: Requirements, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words and the names of skills that a vocabulary does not have."""
    yield from asked.unknown
    yield from (ask.concept.name for ask in asked.skills if not vocabulary.named(ask.concept.name))


def counted(words: Iterable[str]) -> str:
    """Return a line for each word with its number, the most frequent first."""
    counts = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{number:4}  {word}\n" for word, number in counts)


def _write_unknown(text: str) -> None:
    """Print the words that are not understood, or say on the standard error that there are none."""
    sys.stdout.write(text)
    if not text:
        sys.stderr.write(__("the vocabulary has all names in the postings") + "\n")


def output_of(arguments: Namespace, texts: Iterable[str], matches: list[Match]) -> str:
    """Return what is printed."""
    if arguments.json:
        pairs = zip(texts, matches, strict=True)
        data = [{**as_data(match), "language_known": is_read(text)} for text, match in pairs]
        return json_text(data[0] if len(data) == 1 else data)
    write = as_markdown if arguments.markdown else as_table
    return "\n".join(map(write, matches))


def views_text(name: str, matches: list[Match], languages: list[str]) -> str:
    """Return lines for the end of conf.py that add a view for each posting to those that are there, if any are.

    Args:
        name: The name of the view; with several postings, they are numbered.
        matches: The compared postings.
        languages: The languages of the portfolio; with several, the view needs a title in each.
    """
    comment = __("for the end of conf.py")
    numbers = [""] if len(matches) == 1 else [f"-{number}" for number in range(1, len(matches) + 1)]
    views = {f"{name}{number}": match for number, match in zip(numbers, matches, strict=True)}
    entries = (f'    "{key}": {_literal(view_for(match, key), languages)},\n' for key, match in views.items())
    head = (f"# {comment}\n", "folio_views = {\n", '    **globals().get("folio_views", {}),\n')
    return "".join((*head, *entries, "}\n"))


def _literal(view: dict[str, Any], languages: list[str]) -> str:
    """Return a view as Python, as formatters write it; keys have no quotation marks."""
    title = f'"{view["title"]}"'
    if len(languages) > 1:
        title = "{" + ", ".join(f'"{language}": {title}' for language in languages) + "}"
    lines = [f'        "title": {title},']
    for name in ("skills", "first"):
        keys = [f'            "{key}",' for key in view[name]]
        lines += [f'        "{name}": [', *keys, "        ],"] if keys else []
    return "\n".join(["{", *lines, "    }"])
