"""Names on pages that have the same form in another language, or a known one, need no translator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_folio.cli.catalog_update import known_texts_in
from sphinx_folio.cli.importing.headings import LANGUAGES, labels_of
from sphinx_folio.cli.known_names import (
    LANGUAGE,
    LEVEL,
    NAME,
    ORGANIZATION,
    OWN_NAME,
    PLACE,
    SKILL,
    SKILL_LEVEL,
    TEXT,
    TITLE,
    WORD,
    known_names,
    names_to_copy,
    shows_names_only,
)
from sphinx_folio.cli.language_levels import LEVELS
from sphinx_folio.cli.skill_levels import LEVELS as SKILL_LEVELS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "kind", "source", "language", "into"),
    [
        ("Zoë Müller-O’Connor", NAME, "en", "de", "Zoë Müller-O’Connor"), ("Nordlicht Pay GmbH & Co", NAME, "de", "pt_BR", "Nordlicht Pay GmbH & Co"),
        ("Zoë Müller", NAME, "en", "ru", ""), ("Zoë Müller", NAME, "en", "zh_CN", ""), ("林小样", NAME, "zh_CN", "ja", ""), ("Иван Петров", NAME, "ru", "en", ""),
        ("Иван Петров", NAME, "ru", "uk", "Иван Петров"), ("Zoë", NAME, "en", "xx", ""),
        ("Nordlicht Pay GmbH & Co", ORGANIZATION, "de", "en", "Nordlicht Pay GmbH & Co"), ("adidas", ORGANIZATION, "de", "en", "adidas"), ("Banca Inventada", ORGANIZATION, "es", "en", "Banca Inventada"),
        ("Asociación Inventada Mujeres y Código", ORGANIZATION, "es", "en", ""), ("Academia Ficticia", ORGANIZATION, "es", "en", ""), ("Autónoma", ORGANIZATION, "es", "en", ""), ("Selbstständig", ORGANIZATION, "de", "en", ""), ("University of Ulm", ORGANIZATION, "en", "de", ""), ("Technische Universität Berlin", ORGANIZATION, "de", "en", ""),
        ("Desarrollo front-end con React", TITLE, "es", "en", ""), ("Certified Kubernetes Administrator", TITLE, "en", "de", ""), ("CKA", TITLE, "es", "de", "CKA"),
        ("pagerbudget", WORD, "en", "de", "pagerbudget"), ("Status page", WORD, "en", "de", ""),
        ("Kiel", PLACE, "en", "de", "Kiel"), ("Hamburg, Germany", PLACE, "en", "de", "Hamburg, Deutschland"), ("Ulm, Deutschland", PLACE, "de", "fr", "Ulm, Allemagne"),
        ("Munich, Germany", PLACE, "en", "de", ""), ("Greater Boston", PLACE, "en", "de", ""), ("Kiel, Germany", PLACE, "en", "ja", ""),
        ("German", LANGUAGE, "en", "de", "Deutsch"), ("German", LANGUAGE, "en", "fr", "Allemand"), ("Deutsch", LANGUAGE, "de", "zh_CN", "德语"), ("Chinese (Simplified)", LANGUAGE, "en", "zh_CN", "简体中文"), ("Chinese (Traditional)", LANGUAGE, "en", "de", "Chinesisch (traditionell)"),
        ("Chinesisch (traditionell)", LANGUAGE, "de", "zh_TW", "繁體中文"), ("Dutch (old)", LANGUAGE, "en", "de", ""), ("Klingonisch X", LANGUAGE, "de", "en", ""),
        ("Native or bilingual proficiency", LEVEL, "en", "de", "Muttersprachniveau"), ("native or bilingual proficiency", LEVEL, "en_GB", "pt_BR", "Nativo ou bilíngue"),
        ("Verhandlungssicher", LEVEL, "de", "en", "Full professional proficiency"), ("gut", LEVEL, "de", "en", ""), ("C1", LEVEL, "en", "zh_CN", "C1"), ("B2+ / C1.1", LEVEL, "en", "nl", "B2+ / C1.1"), ("JLPT N2", LEVEL, "en", "de", "JLPT N2"), ("IELTS 7.5 (C1)", LEVEL, "en", "de", "IELTS 7.5 (C1)"), ("C1 (Goethe-Zertifikat)", LEVEL, "en", "de", ""), ("NATIVE", LEVEL, "en", "de", ""), ("5 years", LEVEL, "en", "de", ""), ("Notions", LEVEL, "fr", "nl", ""),
        ("C++", SKILL, "en", "de", "C++"), ("PostgreSQL", SKILL, "en", "ja", "PostgreSQL"), (".NET", SKILL, "en", "ru", ".NET"), ("C", SKILL, "en", "de", "C"),
        ("Linux", SKILL, "en", "zh_CN", "Linux"), ("Amazon Web Services (AWS)", SKILL, "en", "de", "Amazon Web Services (AWS)"), ("Microsoft Excel", SKILL, "en", "ko", "Microsoft Excel"),
        ("Machine Learning", SKILL, "en", "de", ""), ("Containers", SKILL, "en", "de", ""), ("Team Leadership", SKILL, "en", "de", ""), ("Ring signatures", SKILL, "en", "de", ""),
        ("Amazon Web Services", SKILL, "en", "zh_CN", ""), ("查询优化", SKILL, "zh_CN", "en", ""), ("云原生", SKILL, "zh_CN", "ja", ""), ("CPU缓存", SKILL, "zh_CN", "en", ""),
        ("HTTP-сервер", SKILL, "ru", "en", ""), ("機械学習", SKILL, "ja", "zh_CN", ""), ("gRPC", SKILL, "zh_CN", "en", "gRPC"),
    ],
)  # fmt: skip
def test_names(text: str, kind: str, source: str, language: str, into: str) -> None:
    assert known_names([(text, kind)], source, language).get(text, "") == into


@pytest.mark.parametrize(
    ("text", "kind", "language", "is_copied"),
    [
        *(
            ("The Linux Foundation", NAME, "zh_CN", True),
            ("Иван Петров", NAME, "de", False),
            ("林小样", NAME, "de", False),
        ),
        *(("pgshift", WORD, "ja", True), ("Status page", WORD, "ja", False), ("Munich", PLACE, "zh_CN", False)),
        *(("Microsoft Excel", SKILL, "zh_CN", True), ("Team Leadership", SKILL, "zh_CN", False)),
        *(("Bash", SKILL, "de", True), ("Git", SKILL, "zh_CN", True), ("Operators", SKILL, "de", False)),
        *(("SRDS", TEXT, "zh_CN", True), ("Mentor", TEXT, "zh_CN", False), ("German", LANGUAGE, "zh_CN", False)),
        ("The Linux Foundation", NAME, "xx", False),
    ],
)
def test_only_names_in_latin_or_in_the_script_of_the_language_can_be_copied(
    text: str, kind: str, language: str, *, is_copied: bool
) -> None:
    assert (names_to_copy([(text, kind)], language) == {text}) is is_copied


def test_the_name_of_the_person_is_never_copied_into_another_script() -> None:
    names = [("Ada Muster", OWN_NAME), ("Ada Muster", NAME), ("Grace Example", NAME)]
    assert names_to_copy(names, "zh_CN") == {"Grace Example"}
    assert known_names(names, "en", "de")["Ada Muster"] == "Ada Muster"


def test_titles_of_certificates_and_publications_can_be_copied_only_from_english() -> None:
    names = [("Tokens de diseño", TITLE), ("Certified Foo Expert", TITLE), ("Universidad Ficticia", ORGANIZATION)]
    assert names_to_copy(names, "en", "es") == {"Universidad Ficticia"}
    assert names_to_copy(names[1:], "de") == {"Certified Foo Expert", "Universidad Ficticia"}


def test_a_text_that_names_two_things_needs_one_translation() -> None:
    names = [("Amazon Web Services", SKILL), ("Amazon Web Services", NAME), ("Amazon Web Services", SKILL)]
    assert known_names(names, "en", "de") == {"Amazon Web Services": "Amazon Web Services"}


@pytest.mark.parametrize("language", sorted(set(LEVELS) - {"en"}))
def test_every_level_is_translated_into_every_language_and_back(language: str) -> None:
    levels = [(level, LEVEL) for level in LEVELS["en"]]
    found = known_names(levels, "en", language)
    assert tuple(found.values()) == LEVELS[language]
    assert tuple(known_names([(level, LEVEL) for level in LEVELS[language]], language, "en").values()) == LEVELS["en"]


def test_levels_exist_in_all_languages_with_labels() -> None:
    assert set(LEVELS) == set(LANGUAGES)
    assert all(len(set(levels)) == 5 for levels in LEVELS.values())
    assert {labels_of(language) for language in LEVELS} == set(LEVELS)


@pytest.mark.parametrize("language", sorted(set(SKILL_LEVELS) - {"en"}))
def test_every_level_of_skills_is_translated_into_every_language_and_back(language: str) -> None:
    assert set(SKILL_LEVELS) == set(LANGUAGES)
    for level in SKILL_LEVELS["en"]:
        [into] = known_names([(level, SKILL_LEVEL)], "en", language).values()
        assert [*known_names([(into, SKILL_LEVEL)], language, "en").values()] == [level]


def test_levels_of_skills_keep_their_capitals_and_replace_the_words_of_the_sample(tmp_path: Path) -> None:
    texts = ("Intermedio", "avanzada", "básico", "ninja")
    names = [(text, SKILL_LEVEL) for text in texts]
    known = known_texts_in("es", "en", names, tmp_path)
    assert [known.get(text) for text in texts] == ["Intermediate", "advanced", "basic", None]
    assert known_texts_in("de", "en", [("Grundkenntnisse", SKILL_LEVEL)], tmp_path)["Grundkenntnisse"] == "basic"


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("{math}`x_1 < y`", True),
        ("{eq}`sum`, :math:`x`", True),
        (r"{math}`x \text{ otherwise}`", False),
        ("{math}`x` is", False),
    ],
)
def test_formulas_without_words_need_no_translation(text: str, only: bool) -> None:
    assert shows_names_only(text) is only
