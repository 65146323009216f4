"""Catalogs of translations as the text of their files, with the header that translators have written."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.pofile import escape, normalize, read_po, write_po

from sphinx_folio.languages.catalogs import is_complete

if TYPE_CHECKING:
    from collections.abc import Iterable

    from babel.messages.catalog import Catalog, Message

LINE_WIDTH = 120
"""The length of lines."""
PLACEHOLDERS = re.compile(
    r"FIRST AUTHOR|FULL NAME|EMAIL@ADDRESS|LL@li\.org|DESCRIPTIVE TITLE|(?:PACKAGE|PROJECT) VERSION|YEAR-MO-DA|CHARSET"
)
"""What gettext and Babel write where a person should."""
FIELD = re.compile(r'"(?P<name>[A-Z][\w-]+): ')
"""A field of a header, at the start of its line."""


def count_untranslated(catalogs: Iterable[str]) -> tuple[int, int]:
    """Return how many strings in the texts of catalogs have no translation, and how many have a fuzzy one."""
    messages = [message for text in catalogs for message in read_po(BytesIO(text.encode())) if message.id]
    missing = sum(not is_complete(message) for message in messages)
    return missing, sum(message.fuzzy and is_complete(message) for message in messages)


def catalog_text(catalog: Catalog, language: str, header: str = "") -> str:
    """Return a catalog as text.

    Args:
        catalog: The catalog.
        language: Its language.
        header: The header that the file has, with its comment; see :func:`header_in`.
    """
    for message in catalog:
        message.flags -= {"python-format", "python-brace-format"}  # Babel mistakes {skill} for a placeholder
    written = BytesIO()
    write_po(written, catalog, width=LINE_WIDTH, omit_header=True)
    entries = written.getvalue().decode().strip().split("\n\n")
    messages = [message for message in catalog if message.id]
    obsolete = zip(entries[len(messages) :], catalog.obsolete.values(), strict=False)  # without their flags
    texts = [
        *map(_with_previous, entries, messages),
        *(f"#, fuzzy\n{entry}" if message.fuzzy else entry for entry, message in obsolete),
    ]
    return "\n".join((catalog_header(catalog, language, header), "\n\n".join(texts), ""))


def _with_previous(entry: str, message: Message) -> str:
    """Return an entry of a catalog with the previous text of its message; Babel would wrap it wrongly."""
    lines = [
        f"#| {line}\n"
        for keyword, text in zip(("msgid", "msgid_plural"), message.previous_id, strict=False)
        for line in f"{keyword} {normalize(text, width=LINE_WIDTH)}".splitlines()
    ]
    return re.sub(r"^(?=msg)", lambda _match: "".join(lines), entry, count=1, flags=re.MULTILINE)


def header_in(text: str) -> str:
    """Return the header of a catalog and the comment before it, as they are written; empty without a header."""
    found = re.match(r'\s*(?:#(?!~).*\n)*msgid ""\nmsgstr ""\n(?:".*"\n)*', text.replace("\r\n", "\n"))
    return found[0].lstrip() if found else ""


def catalog_header(catalog: Catalog, language: str, header: str) -> str:
    """Return the header of a catalog: what translators have written in it, and the fields that their tools need.

    The names of the project and of the language are always those of the catalog. There are no dates, which would change
    with each update. Placeholders are removed, and so is the mark ``fuzzy``.
    """
    comment, _msgid, fields = header.partition('msgid ""\nmsgstr ""\n')
    lines = [line for line in fields.splitlines() if not PLACEHOLDERS.search(line)]
    named = {found["name"]: line for line in lines if (found := FIELD.match(line))}
    needed = {
        "Project-Id-Version": f"{catalog.project} {catalog.version}".strip(),
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": catalog.plural_forms,
    }
    for name, value in needed.items():
        if value and not PLACEHOLDERS.search(value) and (name not in named or _is_always_set(name, named[name])):
            line = escape(f"{name}: {value}\n")
            lines = [line if old == named.get(name) else old for old in lines] + ([] if name in named else [line])
    notes = [note for note in comment.splitlines() if not PLACEHOLDERS.search(note) and not note.startswith("#,")]
    while notes and notes[-1].strip() == "#":
        notes.pop()
    return "".join(f"{line}\n" for line in (*notes, 'msgid ""', 'msgstr ""', *lines))


def _is_always_set(name: str, line: str) -> bool:
    """Return whether the field in a line of a header follows conf.py; not one that goes on in the next line."""
    return name in {"Project-Id-Version", "Language"} and line.endswith('\\n"')
