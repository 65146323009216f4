"""Titles in the other languages of a site, from its gettext catalogs: “dual stack” finds 双栈 on the Chinese site."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from sphinx.util.i18n import docname_to_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MARKUP = re.compile(
    r"(?:\{[^}]*\}|:[^:`\s]+:)`([^`<]*?)\s*(?:<[^`]*>)?`"  # a role of MyST or reStructuredText
    r"|!?\[([^\]]*)\](?:\{[^}]*\}|\([^)]*\)|\[[^\]]*\])"  # a span with attributes, a link or an image
    r"|`+([^`<]+?)\s*(?:<[^`]*>)?`+_{0,2}"  # code, or a link of reStructuredText
    r"|\*{1,3}([^*\s](?:[^*]*[^*\s])?)\*{1,3}"  # emphasis
)
"""Inline markup; one of the groups is its text."""


class Catalogs:
    """The ``.po`` files below ``locale_dirs``, of all languages."""

    def __init__(self, app: Sphinx) -> None:
        """Find the folders and their languages."""
        self._config = app.config
        folders = [Path(app.srcdir, folder) for folder in app.config.locale_dirs]
        self._languages = sorted({path.parent.name for folder in folders for path in folder.glob("*/LC_MESSAGES")})
        self._folders = folders
        self._read = lru_cache(maxsize=None)(self._read_catalog)
        self._sources = lru_cache(maxsize=None)(self._source_texts)

    def state(self) -> list[tuple[str, int, int]]:
        """Return path, modification time (ns) and size (bytes) of each catalog, to detect changes."""
        paths = sorted(path for folder in self._folders for path in folder.glob("*/LC_MESSAGES/**/*.po"))
        return [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths]

    def other_languages(self, docname: str, title: str) -> list[str]:
        """Return the translations of a title into all languages except that of the build, without duplicates.

        Args:
            docname: The page, which decides the catalog to look in.
            title: The title in the language of the build.
        """
        domain = docname_to_domain(docname, self._config.gettext_compact)
        source = self._sources(self._config.language, domain).get(title, title)
        titles = [source, *(self._read(language, domain).get(source, "") for language in self._languages)]
        return [name for name in dict.fromkeys(titles) if name and name != title]

    def _source_texts(self, language: str | None, domain: str) -> dict[str, str]:
        """Return translation → source text."""
        return {translation: source for source, translation in self._read(language, domain).items()}

    def _read_catalog(self, language: str | None, domain: str) -> dict[str, str]:
        """Return source text → translation, without markup and fuzzy messages.

        It is empty if there is no such catalog, or none that can be read: the build in that language reports it.
        """
        texts: dict[str, str] = {}
        for folder in self._folders:
            path = folder / str(language) / "LC_MESSAGES" / f"{domain}.po"
            if path.is_file():
                try:
                    with path.open("rb") as file:
                        catalog = read_po(file)
                except (LookupError, ValueError):  # of the encoding
                    continue
                texts |= {
                    _without_markup(message.id): _without_markup(message.string)
                    for message in catalog
                    if isinstance(message.id, str) and isinstance(message.string, str)
                    if message.id and message.string and not message.fuzzy
                }
        return texts


def _without_markup(text: str) -> str:
    plain = MARKUP.sub(lambda match: next(filter(None, match.groups()), ""), text)
    return (plain if plain == text else _without_markup(plain)).strip()
