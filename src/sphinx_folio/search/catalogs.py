"""What titles are called in the other languages of a site: whoever types “dual stack” on a Chinese page means 双栈."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from sphinx.util.i18n import docname_to_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MARKUP = re.compile(r"\{[^}]*\}`([^`<]*?)\s*(?:<[^`]*>)?`|:[^:`\s]+:`([^`<]*?)\s*(?:<[^`]*>)?`")
"""A role of MyST or of reStructuredText, of which the text is shown."""


class Catalogs:
    """The translations that lie in ``locale_dirs``, whatever the language of this build is."""

    def __init__(self, app: Sphinx) -> None:
        """Find the folders and the languages that they hold."""
        self._config = app.config
        folders = [Path(app.srcdir, folder) for folder in app.config.locale_dirs]
        self._languages = sorted({path.parent.name for folder in folders for path in folder.glob("*/LC_MESSAGES")})
        self._folders = folders
        self._read = lru_cache(maxsize=None)(self._read_catalog)

    def state(self) -> list[tuple[str, int, int]]:
        """Return the catalogs, when they changed last and their sizes."""
        paths = sorted(path for folder in self._folders for path in folder.glob("*/LC_MESSAGES/**/*.po"))
        return [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths]

    def elsewhere(self, docname: str, title: str) -> list[str]:
        """Return a title of a page in the languages other than that of the build, each once."""
        domain = docname_to_domain(docname, self._config.gettext_compact)
        own = {text: source for source, text in self._read(self._config.language, domain).items()}
        source = own.get(title, title)
        said = [source, *(self._read(language, domain).get(source, "") for language in self._languages)]
        return [name for name in dict.fromkeys(said) if name and name != title]

    def _read_catalog(self, language: str | None, domain: str) -> dict[str, str]:
        """Return source and translation of what a catalog holds, without markup and what is not sure."""
        texts: dict[str, str] = {}
        for folder in self._folders:
            path = folder / str(language) / "LC_MESSAGES" / f"{domain}.po"
            if path.is_file():
                with path.open("rb") as file:
                    catalog = read_po(file)
                texts |= {
                    _plain(message.id): _plain(message.string)
                    for message in catalog
                    if isinstance(message.id, str) and isinstance(message.string, str)
                    if message.id and message.string and not message.fuzzy
                }
        return texts


def _plain(text: str) -> str:
    return MARKUP.sub(lambda match: match[1] or match[2] or "", text).strip()
