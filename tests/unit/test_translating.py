"""Catalogs are brought up to the pages without a mark that their strings are formats, and never lose anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.cli.catalog_update import translations_in, updated_catalog
from sphinx_folio.cli.messages import summary
from sphinx_folio.languages.catalog_reader import CatalogError, problems, read_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Message


def update_catalog(path: Path, template: Path, *more: Any) -> None:
    text = updated_catalog(path, template, *more)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
ROLE = 'msgid "I know {skill}`go`, {name} and 100 %s."\nmsgstr ""\n'


@pytest.mark.parametrize("flags", ["", "#, python-brace-format, python-format\n"])
def test_a_string_with_a_role_is_not_marked_as_a_format(flags: str, tmp_path: Path) -> None:
    template = tmp_path / "index.pot"
    template.write_text(HEADER + flags + ROLE, encoding="utf-8")
    catalog = tmp_path / "zh_CN" / "index.po"
    for _time in range(2):
        update_catalog(catalog, template, "zh_CN")
        assert "format" not in catalog.read_text("utf-8")
        assert "{skill}`go`" in catalog.read_text("utf-8")
        assert problems(catalog.read_bytes()) == []


def test_locations_lead_from_the_catalog_to_the_page(tmp_path: Path) -> None:
    """Those of the template lead from the temporary folder in which Sphinx writes it."""
    template = tmp_path / "temporary" / "index.pot"
    template.parent.mkdir()
    template.write_text(f"{HEADER}#: ../docs/index.md:2\n{ROLE}", encoding="utf-8")
    catalog = tmp_path / "docs" / "locales" / "de" / "LC_MESSAGES" / "index.po"
    for _time in range(2):
        update_catalog(catalog, template, "de")
        assert "#: ../../../index.md:2\n" in catalog.read_text("utf-8")


def test_locations_in_a_catalog_in_a_folder_lead_to_the_page(tmp_path: Path) -> None:
    """Those of a template lead from the folder of all templates."""
    pages = tmp_path / "docs"
    template = tmp_path / "temporary" / "guide" / "start.pot"
    template.parent.mkdir(parents=True)
    template.write_text(f"{HEADER}#: ../docs/guide/start.md:2\n{ROLE}", encoding="utf-8")
    catalog = pages / "locales" / "de" / "LC_MESSAGES" / "guide" / "start.po"
    update_catalog(catalog, template, "de", None, pages, template.parent.parent)
    assert "#: ../../../../guide/start.md:2\n" in catalog.read_text("utf-8")


def test_the_translation_of_a_paragraph_that_is_removed_comes_back_with_it(tmp_path: Path) -> None:
    template, catalog = tmp_path / "index.pot", tmp_path / "de" / "index.po"
    one, two = 'msgid "one"\nmsgstr ""\n\n', 'msgid "two"\nmsgstr ""\n'
    catalog.parent.mkdir()
    catalog.write_text(HEADER + 'msgid "one"\nmsgstr "eins"\n\n' + two + '\n#~ msgid "old"\n#~ msgstr "alt"\n', "utf-8")
    template.write_text(HEADER + two, "utf-8")
    for _time in range(2):
        update_catalog(catalog, template, "de")
        kept = catalog.read_text("utf-8")
        assert kept.endswith(f'{two}\n#~ msgid "old"\n#~ msgstr "alt"\n\n#~ msgid "one"\n#~ msgstr "eins"\n')
        assert translations_in(tmp_path) == {"one": "eins", "old": "alt"}
    template.write_text(HEADER + one, "utf-8")
    update_catalog(catalog, template, "de")
    assert 'msgid "one"\nmsgstr "eins"\n\n#~ msgid "old"\n' in catalog.read_text("utf-8")
    assert '#~ msgid "one"' not in catalog.read_text("utf-8")
    assert "two" not in catalog.read_text("utf-8")  # it had no translation that could be lost


def test_an_unsure_translation_of_a_text_that_is_removed_is_kept_unless_another_has_it(tmp_path: Path) -> None:
    template, catalog = tmp_path / "index.pot", tmp_path / "index.po"
    one = 'msgid "one"\nmsgstr "eins"\n\n'
    unsure = '#, fuzzy\nmsgid "a one"\nmsgstr "eins"\n\n# mine\n#, fuzzy\nmsgid "other"\nmsgstr "andere"\n'
    catalog.write_text(HEADER + one + unsure, "utf-8")
    for _time in range(2):
        template.write_text(HEADER + 'msgid "one"\nmsgstr ""\n', "utf-8")
        update_catalog(catalog, template, "de")
        assert catalog.read_text("utf-8").endswith(f'{one}#, fuzzy\n# mine\n#~ msgid "other"\n#~ msgstr "andere"\n')
    template.write_text(HEADER + 'msgid "other"\nmsgstr ""\n', "utf-8")
    update_catalog(catalog, template, "de")
    assert '# mine\n#, fuzzy\nmsgid "other"\nmsgstr "andere"\n' in catalog.read_text("utf-8")


def test_files_outside_of_the_pages_are_left_out_and_docstrings_have_the_names_of_objects(tmp_path: Path) -> None:
    """Sphinx writes the places of docstrings with spaces, and Babel takes them apart."""
    pages = tmp_path / "docs"
    template = tmp_path / "temporary" / "index.pot"
    template.parent.mkdir()
    lines = "#: ../docs/index.md:2\n#: ../kit/__init__.py:docstring of kit.Harbor:1 ../venv/kit.py:3\n"
    template.write_text(f"{HEADER}{lines}{ROLE}", encoding="utf-8")
    catalog = pages / "locales" / "de" / "LC_MESSAGES" / "index.po"
    update_catalog(catalog, template, "de", None, pages)
    assert [line for line in catalog.read_text("utf-8").splitlines() if line.startswith("#:")] == [
        "#: ../../../index.md:2 kit.Harbor:1"
    ]


def test_translations_of_other_catalogs_are_known_unless_they_differ(tmp_path: Path) -> None:
    for name, text in {"a": "eins", "b": "eins", "c": "andere"}.items():
        both = f'msgid "one"\nmsgstr "eins"\n\nmsgid "two"\nmsgstr "{text}"\n\nmsgid "no"\nmsgstr ""\n'
        unsure = '\n#, fuzzy\nmsgid "unsure"\nmsgstr "vielleicht"\n'
        (tmp_path / f"{name}.po").write_text(HEADER + both + unsure, encoding="utf-8")
    assert translations_in(tmp_path) == {"one": "eins"}


def test_a_known_translation_replaces_one_of_a_string_that_only_resembles_it(tmp_path: Path) -> None:
    template, catalog = tmp_path / "index.pot", tmp_path / "index.po"
    template.write_text(HEADER + 'msgid "I know Go well."\nmsgstr ""\n', encoding="utf-8")
    catalog.write_text(HEADER + 'msgid "I know Go."\nmsgstr "Ich kann Go."\n', encoding="utf-8")
    update_catalog(catalog, template, "de", {"I know Go well.": "Ich kann Go gut."})
    assert "Ich kann Go gut." in catalog.read_text("utf-8")
    assert "fuzzy" not in catalog.read_text("utf-8")


def test_a_name_is_not_proposed_for_a_text_that_resembles_it(tmp_path: Path) -> None:
    template, catalog = tmp_path / "index.pot", tmp_path / "index.po"
    template.write_text(HEADER + 'msgid "Desarrollo con React"\nmsgstr ""\n', encoding="utf-8")
    catalog.write_text(HEADER + 'msgid "Desarrollo React"\nmsgstr "Desarrollo React"\n', encoding="utf-8")
    update_catalog(catalog, template, "en")
    [header, new] = read_catalog(catalog)
    assert header.id == ""
    assert (new.string, new.fuzzy, new.previous_id) == ("", False, [])


def test_an_unsure_string_stays_marked(tmp_path: Path) -> None:
    template = tmp_path / "index.pot"
    template.write_text(HEADER + 'msgid "I know {skill}`go` well."\nmsgstr ""\n', encoding="utf-8")
    catalog = tmp_path / "index.po"
    catalog.write_text(HEADER + 'msgid "I know {skill}`go`."\nmsgstr "我会 {skill}`go`。"\n', encoding="utf-8")
    update_catalog(catalog, template, "zh_CN")
    assert "#, fuzzy\n" in catalog.read_text("utf-8")
    assert "我会" in catalog.read_text("utf-8")


def test_what_remains_to_be_done_is_said_and_nothing_else(tmp_path: Path) -> None:
    catalog = tmp_path / "de" / "index.po"
    catalog.parent.mkdir()
    texts = {"": "fill in the empty msgstr entries in", "#, fuzzy\n": "correct the fuzzy msgstr entries in"}
    for flag, text in texts.items():
        catalog.write_text(f'{HEADER}{flag}msgid "a"\nmsgstr "{"b" if flag else ""}"\n', encoding="utf-8")
        assert summary(tmp_path, "de", {catalog}).partition(": ")[2].startswith(text)
    catalog.write_text(f'{HEADER}msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "c"\n', encoding="utf-8")
    assert all(text.split()[0] in summary(tmp_path, "de", {catalog}) for text in texts.values())


def test_an_invalid_catalog_stays_as_it_is(tmp_path: Path) -> None:
    template = tmp_path / "index.pot"
    template.write_text(HEADER + ROLE, encoding="utf-8")
    catalog = tmp_path / "index.po"
    text = HEADER + 'msgid "a"\nmsgstr "b"\n\n=======\n'
    catalog.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"index\.po:8: '=======' is neither"):
        update_catalog(catalog, template, "zh_CN")
    assert catalog.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("text", "is_filled_in"),
    [
        ("{skill}`go`", True),
        ("{folio:skill}`go` · :project:`pool` / `main.py`", True),
        ("{doc}`resume`", True),
        ("{skill}`Go <go>`", False),
        ("{term}`word`", False),
        ("{skill}`go` here", False),
        ("…", True),
        ("240 000", True),
        ("10 ms", False),
    ],
)
def test_a_string_with_names_only_is_filled_in(text: str, is_filled_in: bool, tmp_path: Path) -> None:
    template, catalog = tmp_path / "page.pot", tmp_path / "page.po"
    template.write_text(f'msgid "{text}"\nmsgstr ""\n', encoding="utf-8")
    update_catalog(catalog, template, "de")
    assert (f'msgid "{text}"\nmsgstr "{text}"' in catalog.read_text(encoding="utf-8")) is is_filled_in


FIELDS = (
    '"Project-Id-Version: Ada \\"A\\" Example\\n"\n"Language: de\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
"""What a new catalog has: no placeholder, no date."""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "index.pot"
    header = '"Project-Id-Version: Ada \\"A\\" Example \\n"\n"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"\n'
    path.write_text(f'# FIRST AUTHOR\nmsgid ""\nmsgstr ""\n{header}\n{ROLE}', encoding="utf-8")
    return path


def test_a_new_catalog_has_a_header_without_placeholders(template: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "de.po"
    update_catalog(catalog, template, "de")
    first = catalog.read_text("utf-8")
    assert first.startswith(f'msgid ""\nmsgstr ""\n{FIELDS}\nmsgid')
    update_catalog(catalog, template, "de")
    assert catalog.read_text("utf-8") == first


def test_what_a_translator_has_written_in_the_header_stays(template: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "de.po"
    fields = FIELDS.replace("plural=(n", 'plural="\n"(n')  # on two lines
    own = f'{fields}"Last-Translator: Eva Beispiel <eva@example.org>\\n"\n"X-Generator: Poedit 3.4\\n"\n'
    catalog.write_text(f'# Siehe das Glossar.\nmsgid ""\nmsgstr ""\n{own}\n', encoding="utf-8")
    update_catalog(catalog, template, "de")
    assert catalog.read_text("utf-8").startswith(f'# Siehe das Glossar.\nmsgid ""\nmsgstr ""\n{own}\nmsgid')


def test_the_header_names_the_project_as_conf_py_does(template: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "de.po"
    before = FIELDS.replace('Ada \\"A\\" Example', "Alex Sample")
    catalog.write_text(f'msgid ""\nmsgstr ""\n{before}\n', encoding="utf-8")
    update_catalog(catalog, template, "de")
    assert catalog.read_text("utf-8").startswith(f'msgid ""\nmsgstr ""\n{FIELDS}\nmsgid')
    template.write_text(ROLE, encoding="utf-8")  # without a header
    update_catalog(catalog, template, "de")
    assert catalog.read_text("utf-8").startswith(f'msgid ""\nmsgstr ""\n{FIELDS}\nmsgid')


def test_placeholders_of_other_tools_and_a_wrong_language_are_corrected(template: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "zh_CN.po"
    wrong = (
        "# SOME DESCRIPTIVE TITLE.\n# FIRST AUTHOR <EMAIL@ADDRESS>, YEAR.\n#\n#, fuzzy\n"
        'msgid ""\nmsgstr ""\n"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"\n"Language: zh_Hans_CN\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    )
    catalog.write_text(f"{wrong}\n", encoding="utf-8")
    update_catalog(catalog, template, "zh_CN")
    text = catalog.read_text("utf-8")
    assert text.startswith('msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n')
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"\n' in text


def test_a_changed_text_shows_its_previous_one_and_gets_its_translation_back(tmp_path: Path) -> None:
    template, catalog = tmp_path / "index.pot", tmp_path / "de" / "index.po"
    texts = [
        f'The last word of {"a long sentence about storage, " * 5}is "{word}".' for word in ("one", "two", "three")
    ]
    first, second, third = texts

    def update(text: str) -> Message:
        escaped = text.replace('"', '\\"')
        template.write_text(f'{HEADER}msgid "{escaped}"\nmsgstr ""\n', encoding="utf-8")
        update_catalog(catalog, template, "de")
        assert problems(catalog.read_bytes()) == []
        return read_catalog(catalog)[text]

    update(first)
    written = catalog.read_text("utf-8").replace('msgstr ""\n', 'msgstr "Satz"\n')
    catalog.write_text(HEADER + "# a note\n" + written.partition("\n\n")[2], encoding="utf-8")
    for text in (second, third, third):
        changed = update(text)
        assert (changed.string, changed.fuzzy, changed.previous_id) == ("Satz", True, [first])
        assert changed.user_comments == ["a note"]
        assert catalog.read_text("utf-8").count("#| msgid") == 1
    again = update(first)
    assert (again.string, again.fuzzy, again.previous_id) == ("Satz", False, [])
    assert "#|" not in catalog.read_text("utf-8")


def test_a_previous_text_that_is_no_message_is_dropped(tmp_path: Path) -> None:
    template, catalog = tmp_path / "index.pot", tmp_path / "index.po"
    template.write_text(f'{HEADER}msgid "a"\nmsgstr ""\n', encoding="utf-8")
    catalog.write_text(f'{HEADER}#, fuzzy\n#| "old\n#| msgid_plural "x"\nmsgid "a"\nmsgstr "b"\n', encoding="utf-8")
    update_catalog(catalog, template, "de")
    assert catalog.read_text("utf-8").endswith('\n\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n')
