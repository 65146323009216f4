"""A catalog is read only if nothing is wrong with it, and each problem is found at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_folio.languages.catalog_reader import CatalogError, problems, read_catalog

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment\n",
        HEADER,
        'msgid "a"\nmsgstr "b"',
        f'{HEADER}msgid "a"\nmsgstr ""\n"b\\n"\n"c \\"d\\" \\\\"\n',
        f'{HEADER}msgctxt "verb"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "noun"\nmsgid "a"\nmsgstr "c"\n\nmsgid "a"\nmsgstr ""\n',
        f'{HEADER}msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "x"\nmsgstr[1] "y"\n',
        f'{HEADER}#, fuzzy\n#| msgid "old"\nmsgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "gone"\n',
        f'\ufeff{HEADER}msgid "网"\nmsgstr "net"\n',
        f'{HEADER}msgid "a"\nmsgstr "b"\n'.replace("\n", "\r\n"),
        f'{HEADER}msgid "a\u2028b"\nmsgstr "c\x0bd"\n',
    ],
)
def test_a_valid_catalog_has_no_problems(text: str) -> None:
    assert problems(text.encode()) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (f'{HEADER}msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 8, "duplicate message; it is already in line 5"),
        (f'{HEADER}msgid "ab"\nmsgstr "b"\n\nmsgid ""\n"a"\n"b"\nmsgstr "c"\n', 8, "duplicate message; it is already in line 5"),
        (f"{HEADER}{HEADER}", 5, "duplicate message; it is already in line 1"),
        (f'{HEADER}msgid "a"\nmsgstr "b"\nThe end.\n', 7, "'The end.' is neither a comment nor a part of a message"),
        (f'{HEADER}msgid "a"\nmsgstr "b"\n<<<<<<< HEAD\n', 7, "unresolved conflict: keep what you want"),
        (f'{HEADER}msgid "a"\n<<<<<<< x\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> y\n', 6, "unresolved conflict"),
        (f'{HEADER}msgid "a\nmsgstr "b"\n', 5, 'put the text between two ", and write \\" for each " in it: msgid "a'),
        (f'{HEADER}msgid "a"\nmsgstr "b" c\n', 6, 'for each " in it: msgstr "b" c'),
        (f'{HEADER}msgid "a"\nmsgstr "b"c"\n', 6, 'for each " in it: msgstr "b"c"'),
        (f'{HEADER}msgid a\nmsgstr "b"\n', 5, 'for each " in it: msgid a'),
        (f'{HEADER}msgid "a"\nmsgstr "b"\n"c "d"."\n"e"\n', 7, 'for each " in it: "c "d"."'),
        (f'{HEADER}magid "a"\nmsgstr "b"\n', 5, "is neither"),
        ('"a"\nmsgid "a"\nmsgstr "b"\n', 1, "'\"a\"' is neither"),
        (f'{HEADER}msgid "a"\nmsgid "b"\nmsgstr "c"\n', 6, "unexpected msgid"),
        (f'{HEADER}msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 7, "unexpected msgstr"),
        ('msgstr "b"\nmsgid "a"\nmsgstr "c"\n', 1, "unexpected msgstr"),
        (f'{HEADER}msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[0] "d"\n', 8, "unexpected msgstr[0]"),
        (f'{HEADER}msgctxt "x"\nmsgstr "b"\n', 6, "unexpected msgstr"),
        (f'{HEADER}msgid "a"\n', 6, "the last message has no msgstr"),
        (f'{HEADER}msgid "a"\n# why\nmsgstr "b"\n', 5, "missing msgstr for msgid 'a'"),
        (HEADER.replace("UTF-8", "latin-1"), 3, "the header declares the character set 'latin-1'; use UTF-8"),
        (HEADER.replace("UTF-8", "CHARSET"), 3, "the header declares the character set 'CHARSET'"),
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=gbk\\n"\n', 2, "the header declares the character set 'gbk'"),
        (f'{HEADER}msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[9] "d"\n', 5, "more translations than num_plurals"),
    ],
)  # fmt: skip
def test_a_problem_is_found_at_its_line(text: str, line: int, says: str) -> None:
    found = problems(text.encode())
    assert found[0].line == line
    assert says in found[0].text


def test_bytes_that_are_not_utf8_are_found_at_their_line() -> None:
    [found] = problems(f'{HEADER}msgid "网"\nmsgstr "net"\n'.encode("gb18030"))
    assert found == (5, "the catalog is not in UTF-8")


def test_a_wrong_header_is_a_problem() -> None:
    [found] = problems(b'msgid ""\nmsgstr "Plural-Forms: nplurals=many;\\n"\n')
    assert found.line == 1


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "index.po"
    path.write_text(f'{HEADER}msgid "a"\nmsgstr "b"\nfoo\n\nmsgid "a"\nmsgstr "c"\nbar\n', encoding="utf-8")
    with pytest.raises(CatalogError) as error:
        read_catalog(path)
    assert [line.removeprefix(f"{path}:").partition(":")[0] for line in str(error.value).splitlines()] == [
        "7",
        "9",
        "11",
    ]


def test_a_valid_catalog_is_read(tmp_path: Path) -> None:
    path = tmp_path / "index.po"
    path.write_text(f'\ufeff{HEADER}msgid "网"\nmsgstr "net"\n', encoding="utf-8")
    message = read_catalog(path, "en").get("网")
    assert message is not None
    assert (message.string, message.lineno) == ("net", 5)
