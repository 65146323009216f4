"""A language is added to the text of a conf.py, and nothing else in it changes."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_folio.cli.conf_editor import ConfEditor, Edited, NotEditableError

TEXTS = {"project": '"Ada"'}


def add(text: str, languages: dict[str, str], language: str = "ja", **more: Any) -> Edited:
    arguments: dict[str, Any] = {"texts": TEXTS, "only": (), "templates": False, "translations": {}, **more}
    return ConfEditor(text=text, languages=languages).add_language(language, language, **arguments)


FUNCTION = """\


def set_language(app, config):
    \"\"\"Translate the settings into the language of the build.\"\"\"
    if config.language == "ja":
        config.project = "Ada"


def setup(app):
    app.connect("config-inited", set_language, priority=100)
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('language = "en"', 'language = "en"\nfolio_languages = {"en": "", "ja": "ja"}\n'),
        (
            "extensions = []\nx = 1\n",
            'extensions = []\nfolio_languages = {"en": "", "ja": "ja"}\nx = 1\nextensions += ["sphinx_folio.languages"]\n',
        ),
        ("x = 1\n", 'x = 1\nfolio_languages = {"en": "", "ja": "ja"}\n'),
        ('folio_languages = {}\nx = "é"\n', 'folio_languages = {"en": "", "ja": "ja"}\nx = "é"\n'),
        ('é = 1; folio_languages = {"en": ""}  # "{"\n', 'é = 1; folio_languages = {"en": "", "ja": "ja"}  # "{"\n'),
        (
            'folio_languages: dict = {\n    "en": "",\n}\n',
            'folio_languages: dict = {\n    "en": "",\n    "ja": "ja",\n}\n',
        ),
    ],
)
def test_the_setting_gets_the_language(before: str, after: str) -> None:
    assert add(before, {"en": ""}).text == after + FUNCTION


@pytest.mark.parametrize(
    "before", ["from settings import *\n", 'folio_languages = dict(en="")\n', 'folio_languages = {"fr": ""}\n']
)
def test_a_setting_that_is_not_understood_is_left_to_its_owner(before: str) -> None:
    with pytest.raises(NotEditableError) as raised:
        add(before, {"en": ""})
    line = str(raised.value)
    assert line == 'folio_languages = {"en": ""}'
    assert '"ja": "ja"' in add(f"{before}{line}\n", {"en": ""}).text  # as the command asks to be run again


def test_a_language_that_is_listed_already_gets_what_is_missing() -> None:
    text = 'extensions = ["myst_parser"]\nextensions += ["sphinx_folio.languages"]\nfolio_languages = {"en": "", "ja": "ja"}\n'
    languages = {"en": "", "ja": "ja"}
    assert not ConfEditor(text=text, languages=languages).knows("ja")
    edited = add(text, languages, loaded=["myst_parser", "sphinx_folio.languages"])
    assert edited.text == text + FUNCTION
    assert edited.compared == []
    assert ConfEditor(text=edited.text, languages=languages).knows("ja")
    assert ConfEditor(text=text + 'NAMES = {"en": "A", "ja": "B"}\n', languages=languages).knows("ja")


TWO = """\
language = "zh_CN"
folio_languages = {"zh_CN": "", "en": "en"}
extensions = [
    "sphinx_folio",
]
NAMES = {
    "zh_CN": "甲",
    "en": ["Skills", 'Ada "A"'],
}
LEVELS = {"zh_CN": "了解"}


def translate(app, config):
    config.project = NAMES[config.language]
    if config.language == "en":
        pass


def setup(app):
    app.connect("config-inited", translate)
"""


def test_what_depends_on_the_language_gets_a_case() -> None:
    edited = add(TWO, {"zh_CN": "", "en": "en"}, translations={"Skills": "スキル"})
    expected = TWO.replace('"en": "en"}', '"en": "en", "ja": "ja"}')
    expected = expected.replace('"sphinx_folio",', '"sphinx_folio",\n    "sphinx_folio.languages",')
    expected = expected.replace('Ada "A"\'],', 'Ada "A"\'],\n    "ja": ["スキル", \'Ada "A"\'],')
    assert edited.text == expected
    lines = edited.text.splitlines()
    assert [(lines[line - 1].strip()[:5], name) for line, name in edited.copied] == [('"ja":', "NAMES")]
    assert ["".join(lines[line - 1].split()) for line in edited.compared] == ['ifconfig.language=="en":']


def test_what_one_language_needs_is_added_to_the_function_that_sets_the_others() -> None:
    edited = add(TWO, {"zh_CN": "", "en": "en"}, "ar", only=["config.folio_cards = False"])
    added = '        pass\n    if config.language == "ar":\n        config.folio_cards = False\n'
    assert edited.text.count(added) == 1
    assert edited.text.splitlines()[edited.texts - 1] == '    if config.language == "ar":'
    assert (edited.compared, edited.by_hand) == ([], ())


def test_lines_without_a_place_are_left_to_the_owner() -> None:
    text = 'language = "en"\n\n\ndef setup(app):\n    return {}\n'
    edited = add(text, {"en": ""})
    assert [*edited.by_hand] == FUNCTION.split("\n\n")[1].strip().splitlines()
    assert edited.connect == 'app.connect("config-inited", set_language, priority=100)'
    handler = "\n\ndef own(app, config):\n    return None\n"
    other = add(text.replace("return {}", 'app.connect("config-inited", own)') + handler, {"en": ""})
    assert [*other.by_hand] == ['if config.language == "ja":', '    config.project = "Ada"']
    assert other.connect == ""
    assert edited.text == text.replace("\n", '\nfolio_languages = {"en": "", "ja": "ja"}\n', 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[\n  "a",  # one\n  "b",  # two\n]', '[\n  "a",  # one\n  "b",  # two\n  "sphinx_folio.languages",\n]'),
        ('[\n  "a",\n  "b"  # two\n]', '[\n  "a",\n  "b",  # two\n  "sphinx_folio.languages",\n]'),
        ('[\n  "a", "b"]', '[\n  "a", "b", "sphinx_folio.languages"]'),
        ('[\n  "a",\n  "b"]', '[\n  "a",\n  "b",\n  "sphinx_folio.languages"]'),
        ('["a",\n "b",\n]', '["a",\n "b",\n "sphinx_folio.languages",\n]'),
    ],
)
def test_an_extension_gets_a_line_if_the_others_have_one(before: str, after: str) -> None:
    text = f'folio_languages = {{"en": ""}}\nextensions = {before}\n'
    expected = text.replace('""}', '"", "ja": "ja"}').replace(before, after)
    assert add(text, {"en": ""}).text.startswith(expected)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{\n    "en": "A",\n    "de": "B",  # two\n}', '{\n    "en": "A",\n    "de": "B",  # two\n    "ja": "A",\n}'),
        ('{\n    "en": "A", "de": "B",\n}', '{\n    "en": "A", "de": "B", "ja": "A",\n}'),
        ('{\n    "en": [\n        "A",\n    ],\n    "de": [],\n}', '{\n    "en": [\n        "A",\n    ],\n    "de": [],\n    "ja": [\n        "A",\n    ],\n}'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_entry_of_a_dict_by_language_is_written_like_the_others(before: str, after: str, newline: str) -> None:
    text = 'folio_languages = {"en": "", "de": ""}\nNAMES = '
    edited = add((text + before + "\n").replace("\n", newline), {"en": "", "de": ""})
    assert edited.text == (text.replace('""}', '"", "ja": "ja"}') + after + "\n").replace("\n", newline)


def test_values_in_parentheses() -> None:
    text = 'folio_languages = {"en": (""), }\nTITLES = {\n    "en": (\n        "a"  # (\n        "b"\n    ),\n    "de": (("c")\n    )\n}\n'
    text += 'extensions = ["x", ("y")]\n'
    edited = add(text.replace('""), ', '""), "de": "de", '), {"en": "", "de": "de"})
    values: dict[str, Any] = {}
    exec(edited.text, values)  # noqa: S102
    assert values["folio_languages"] == {"en": "", "de": "de", "ja": "ja"}
    assert values["TITLES"] == {"en": "ab", "de": "c", "ja": "ab"}
    assert values["extensions"] == ["x", "y", "sphinx_folio.languages"]


def test_line_ends_are_kept() -> None:
    edited = add('language = "en"\r\nx = 1\r\n', {"en": ""})
    assert edited.text.count("\n") == edited.text.count("\r\n") > 5
