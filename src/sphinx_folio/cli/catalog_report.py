"""A report for translators: the strings of catalogs whose translation is missing, unsure, or has other references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.languages.catalog_reader import CatalogError, read_catalog
from sphinx_folio.languages.catalogs import differences, is_complete

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path


def report(folder: Path, used: Container[Path] | None = None) -> list[str]:
    """Return the lines to print for a folder that contains ``<language>/LC_MESSAGES/<domain>.po``.

    There is a line for each of these strings, one for each problem of an invalid catalog, and one with counts for each
    valid catalog.

    Args:
        folder: The folder.
        used: The catalogs to report, by default all.
    """
    lines: list[str] = []
    lacks, adds = str(__("%s: lacks %s: %s")), str(__("%s: adds %s: %s"))
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
                place = f"{path}:{message.lineno}"
                lacking, added = differences(message.id, str(message.string))
                lines += [lacks % (place, reference, message.id) for reference in lacking]
                lines += [adds % (place, reference, message.id) for reference in added]
        lines += [str(__("%s:%s: unsure: %s")) % (path, message.lineno, message.id) for message in unsure]
        without = (message for message in missing if message not in unsure)
        lines += [str(__("%s:%s: missing: %s")) % (path, message.lineno, message.id) for message in without]
        counts = __("%s: strings: %d, missing: %d, unsure: %d")
        lines.append(str(counts) % (path, len(messages), len(missing), len(unsure)))
    return lines
