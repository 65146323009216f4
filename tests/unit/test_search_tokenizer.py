"""The tokenizer, postings lists and synonyms, without a build."""

from __future__ import annotations

import random
from collections import Counter

from sphinx_folio.search.shards import MAX_COUNT, Postings
from sphinx_folio.search.synonyms import IndexedWords, phrases_in
from sphinx_folio.search.tokenizer import fold, neighbors, tokenize


def test_terms_are_words_their_parts_and_pairs_of_han_characters() -> None:
    assert tokenize("容器网 CNI，client-go v0.5.1；C++ SpiderPool") == [
        *("容", "器", "网", "容器", "器网", "cni", "client", "go", "0.5.1", "c++"),
        *("spiderpool", "spider", "pool", "clientgo"),
    ]
    assert tokenize("__fail_under") == ["__fail_under", "fail", "under", "failunder"]


def test_words_end_where_the_script_changes() -> None:
    assert tokenize("新しいデータベースをDockerで") == ["新", "しい", "でーたべーす", "を", "docker", "で"]
    assert tokenize("サーバー・ログ さーばー") == ["さーばー", "ろぐ", "さーばー"]


def test_japanese_characters_are_not_folded_like_chinese_ones() -> None:
    assert fold("決済 Ｇｏ", is_japanese=True) == "決済 go"
    assert tokenize("決済", is_japanese=True) == ["決", "済", "決済"]
    assert tokenize("決済") == ["决", "済", "决済"]


def test_terms_have_no_vowel_points() -> None:
    assert tokenize("שָׁלוֹם كِتَابٌ re\u0301sume\u0301") == ["שלום", "كتاب", "resume"]


def test_a_word_with_a_sharp_s_is_a_term_with_ss() -> None:
    assert tokenize("Straße STRAẞE strasse") == ["strasse"] * 3


def test_neighbors_have_no_letter_or_digit_between_them() -> None:
    assert neighbors("Blue, GREEN (fail_under v1.2)") == {
        *("blue green", "green fail", "fail under", "under v1", "v1 2"),
    }
    assert neighbors("blue 网 green café") == {"green cafe"}
    assert neighbors("blue β green") == set()


def test_folding_keeps_the_length() -> None:
    assert fold("Ｇｏ É 網路 ﬁ") == "go e 网路 ﬁ"
    assert fold("Łódź Işık ΟΔΟΣ οδος don’t co‑op") == "lodz isik οδοσ οδοσ don't co-op"


def test_changed_postings_lists_equal_new_ones() -> None:
    random.seed(7)

    def some_text() -> Counter[str]:
        return Counter(random.choices("abcdefgh", k=random.randrange(30)))  # noqa: S311  no secret

    texts = [some_text() for _ in range(80)]
    postings = Postings.of(texts)
    for _ in range(200):
        number = random.randrange(len(texts))  # noqa: S311
        before, texts[number] = texts[number], some_text()
        postings.change(number, before, texts[number])
        assert postings.lists == Postings.of(texts).lists
    for number, text in enumerate(texts):
        postings.change(number, text, {})
    assert postings.lists == {}


def test_postings_lists_are_compact() -> None:
    texts: list[dict[str, int]] = [{}, {"go": 1}, {"go": 2}, *[{} for _ in range(40)], {"go": MAX_COUNT + 5}]
    assert Postings.of(texts).lists == {"go": "1 1*2 15*9"}


def test_forms_match_prefixes_and_phrases_match_as_a_whole() -> None:
    text = "限流与负载均衡：benchmarks, unit tests; rate and limit"
    phrases = phrases_in(text, set(tokenize(text)))
    words = IndexedWords(set(tokenize(text)), phrases)
    assert {"unit test", "负载均衡"} <= {*phrases}
    assert "rate limit" not in phrases
    forms = {form for group in words.field for form in group}
    assert {"benchmark", "unit test", "限流", "负载均衡"} <= forms
    other = IndexedWords(set(tokenize("rate and limit")), [])
    assert not any("rate limit" in group for group in other.field)
    assert words.has_terms_of("rate limit")
    assert not words.has_terms_of("均载")
