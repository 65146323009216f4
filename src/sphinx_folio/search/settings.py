"""Declare and check the settings of search."""

from __future__ import annotations

from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import Setting, check_not_negative, is_text, setting_error

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def _check_aliases(value: Any) -> str:
    """Return a description of the problem with a value, or an empty string."""
    for word, others in value.items():
        if not is_text(word):
            return str(__("%r is not a word")) % (word,)
        if not isinstance(others, list | tuple) or not others or not all(map(is_text, others)):
            return str(__("%r needs a list of words that mean the same, not %r")) % (word, others)
    return ""


def _check_files(value: Any) -> str:
    """Return a description of the problem with a value, or an empty string."""
    wrong = [name for name in value if not is_text(name)]
    return str(__("%r is not the name of a file")) % (wrong[0],) if wrong else ""


def check_vocabulary(app: Sphinx, config: Config) -> None:
    """Check that the files of ``folio_search_vocabulary`` exist and have groups of at least two words.

    Raises:
        ConfigError: A file is missing or not in UTF-8, or a line has a single word.
    """
    if config.folio_search_vocabulary:
        from sphinx_folio.search.vocabulary import read_groups  # noqa: PLC0415  few sites need it while pages are read
    for name in config.folio_search_vocabulary:
        path = Path(app.confdir, name)
        if not path.is_file():
            raise setting_error(config, "folio_search_vocabulary", str(__("there is no file %s")) % path)
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            problem = str(__("%s cannot be used: %s")) % (path, error)
            raise setting_error(config, "folio_search_vocabulary", problem) from error
        for number, line in enumerate(lines, 1):
            for word, *others in read_groups(line):
                if not others:
                    message = str(__("“%s” needs words that mean the same, separated by |")) % word
                    raise ConfigError(f"{path}:{number}: {message}")


SETTINGS = (
    Setting(
        name="folio_search_aliases",
        default={},
        rebuild="",
        types=(dict,),
        description=mark("Synonyms: each word with a list of words that mean the same."),
        example='{"k8s": ["Kubernetes"]}',
        check=_check_aliases,
    ),
    Setting(
        name="folio_search_vocabulary",
        default=(),
        rebuild="",
        types=(list, tuple),
        description=mark(
            "Files with synonyms, relative to conf.py: one group per line, its words separated by vertical bars."
        ),
        example='["vocabulary.txt"]',
        check=_check_files,
    ),
    Setting(
        name="folio_search_page",
        default=None,
        rebuild="html",
        types=(bool, NoneType),
        description=mark(
            "Whether the search page of sphinx-folio replaces that of the theme: True, False, or None for furo only."
        ),
        example="True",
    ),
    Setting(
        name="folio_search_stock_index",
        default=False,
        rebuild="html",
        types=(bool,),
        description=mark("Also build Sphinx's own search index when the search page is replaced."),
        example="True",
    ),
    Setting(
        name="folio_search_split",
        default=200_000,
        rebuild="",
        types=(int,),
        description=mark("Characters of text above which the index is split into files loaded on demand."),
        example="200000",
        check=check_not_negative,
    ),
)
