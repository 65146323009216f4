"""Report the incomplete translations in a folder of catalogs: ``python -m sphinx_folio.languages docs/locales``.

Prints a line for each string whose translation is missing, fuzzy ("unsure") or has different references, a line for
each problem of an invalid catalog, and a count for each valid one. The exit code is always 0: this is a report for
translators; the build fails if translations are missing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio.languages.catalog_reader import CatalogError, read_catalog
from sphinx_folio.languages.catalogs import differences, is_complete

if TYPE_CHECKING:
    from collections.abc import Container


def report(folder: Path, used: Container[Path] | None = None) -> list[str]:
    """Return the lines to print for a folder that contains ``<language>/LC_MESSAGES/<domain>.po``.

    Args:
        folder: The folder.
        used: The catalogs to report, by default all.
    """
    lines: list[str] = []
    for path in sorted(folder.glob("*/LC_MESSAGES/**/*.po")):
        if used is not None and path not in used:
            continue
        try:
            messages = [message for message in read_catalog(path) if message.id]
        except CatalogError as error:
            lines += str(error).splitlines()
            continue
        unsure = [message for message in messages if message.fuzzy]
        missing = [message for message in messages if not is_complete(message)]
        for message in messages:
            if isinstance(message.id, str) and is_complete(message) and not message.fuzzy:
                lacking, added = differences(message.id, str(message.string))
                lines += [f"{path}:{message.lineno}: lacks {reference}: {message.id}" for reference in lacking]
                lines += [f"{path}:{message.lineno}: adds {reference}: {message.id}" for reference in added]
        lines += [f"{path}:{message.lineno}: unsure: {message.id}" for message in unsure]
        lines += [f"{path}:{message.lineno}: missing: {message.id}" for message in missing if message not in unsure]
        number = "1 string" if len(messages) == 1 else f"{len(messages)} strings"
        lines.append(f"{path}: {number}, {len(missing)} missing, {len(unsure)} unsure")
    return lines


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004  the program and its argument
        sys.exit("usage: python -m sphinx_folio.languages FOLDER\n\nFOLDER contains <language>/LC_MESSAGES/*.po")
    sys.stdout.write("\n".join(report(Path(sys.argv[1]))) + "\n")
