"""Say what is to do in a folder of catalogs: ``python -m sphinx_folio.languages docs/locales``.

Prints a line for each string without a translation or with an unsure one, and a count for each catalog. The exit code
is 0: the build is what refuses gaps, this only tells a translator where they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po

from sphinx_folio.languages.catalogs import is_complete


def report(folder: Path) -> list[str]:
    """Return the lines to print for a folder that holds ``<language>/LC_MESSAGES/<domain>.po``."""
    lines = []
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        unsure = [message for message in messages if message.fuzzy]
        missing = [message for message in messages if not is_complete(message)]
        lines += [f"{path}:{message.lineno}: unsure: {message.id}" for message in unsure]
        lines += [f"{path}:{message.lineno}: missing: {message.id}" for message in missing if message not in unsure]
        lines.append(f"{path}: {len(messages)} strings, {len(missing)} missing, {len(unsure)} unsure")
    return lines


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004  the program and its argument
        sys.exit("usage: python -m sphinx_folio.languages FOLDER, which holds <language>/LC_MESSAGES/*.po")
    sys.stdout.write("\n".join(report(Path(sys.argv[1]))) + "\n")
