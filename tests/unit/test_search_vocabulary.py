"""The words of the field: each has one meaning, and none is so general that it leads nowhere."""

from __future__ import annotations

from collections import Counter

import pytest

from sphinx_folio._common.cjk import HAN
from sphinx_folio._common.taiwan import TAIWAN
from sphinx_folio.search.query_words import STOP_WORDS
from sphinx_folio.search.tokenizer import fold, tokenize
from sphinx_folio.search.vocabulary import FIELD, OBJECT_TYPES, RELATED, read_groups

TOO_GENERAL = (
    "服务",
    "service",
    "系统",
    "system",
    "应用",
    "application",
    "管理",
    "技术",
    "开发",
    "项目",
    "project",
    "work",
)


def test_there_are_many_groups_of_at_least_two_words() -> None:
    assert len(FIELD) >= 1300
    assert [group for group in FIELD if len(group) < 2] == []


def test_a_word_is_in_one_group_only() -> None:
    """Otherwise, words of different meaning would find each other."""
    counts = Counter(
        fold(word).replace("-", " ") for group in FIELD for word in {fold(form).replace("-", " ") for form in group}
    )
    assert [word for word, count in counts.items() if count > 1] == []


def test_a_group_has_words_of_both_languages() -> None:
    alone = [group for group in FIELD if not any(map(HAN.search, group)) or all(map(HAN.search, group))]
    assert [group for group in alone if group[0] != "leader"] == []


def test_no_word_is_too_general_or_names_a_kind_of_entry() -> None:
    words = {fold(word) for group in FIELD for word in group}
    assert words.intersection(TOO_GENERAL) == set()
    assert words & {fold(word) for words_of_kind in OBJECT_TYPES.values() for word in words_of_kind} == set()


def test_a_chinese_word_has_at_least_two_characters() -> None:
    """A query with 包含 is not about packets (包)."""
    assert [word for group in FIELD for word in group if HAN.fullmatch(word) and len(word) < 2] == []


def test_an_english_phrase_has_words_that_say_something() -> None:
    """Each page matches “to do”."""
    stop_words = set(STOP_WORDS.split())
    phrases = (word for group in FIELD for word in group if not HAN.search(word))
    assert [phrase for phrase in phrases if stop_words.issuperset(tokenize(phrase))] == []


def test_what_a_site_does_not_say_is_no_synonym() -> None:
    known = {fold(word) for group in (*FIELD, *OBJECT_TYPES.values()) for word in group}
    assert known & {fold(word) for words in RELATED.values() for word in words} == set()


def test_words_of_taiwan_differ_from_those_of_the_mainland() -> None:
    assert [word for word, other in TAIWAN.items() if word == other] == []


@pytest.mark.parametrize(
    ("text", "groups"),
    [("# a comment\n\nIPAM | address management\n", (("IPAM", "address management"),)), ("a|b| a ", (("a", "b"),))],
)
def test_groups_are_lines(text: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert read_groups(text) == groups


def test_chinese_forms_are_in_simplified_characters() -> None:
    assert [form for group in FIELD for form in group if HAN.fullmatch(form) and fold(form) != form] == []
