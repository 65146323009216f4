"""How a text becomes terms."""

from __future__ import annotations

import random
from collections import Counter

from sphinx_folio.search.aliases import Said, phrases_in
from sphinx_folio.search.shards import MOST, Postings
from sphinx_folio.search.terms import fold, terms_of


def test_a_text_is_its_words_their_parts_and_pairs_of_han_characters() -> None:
    assert terms_of("容器网 CNI，client-go v0.5.1；C++ SpiderPool") == [
        *("容", "器", "网", "容器", "器网", "cni", "client", "go", "v0", "5", "1", "c++"),
        *("spiderpool", "spider", "pool", "clientgo", "v051"),
    ]


def test_a_text_is_folded_one_for_one() -> None:
    assert fold("Ｇｏ É 網路 ﬁ") == "go e 网路 ﬁ"


def test_texts_that_change_leave_the_lists_of_a_new_start() -> None:
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


def test_lists_are_written_short() -> None:
    texts: list[dict[str, int]] = [{}, {"go": 1}, {"go": 2}, *[{} for _ in range(40)], {"go": MOST + 5}]
    assert Postings.of(texts).lists == {"go": "1 1*2 15*9"}


def test_a_form_is_said_by_the_beginnings_of_words_and_a_phrase_as_one() -> None:
    text = "限流与负载均衡：benchmarks, unit tests; rate and limit"
    said = Said(set(terms_of(text)), phrases_in(text, set(terms_of(text))))
    assert said.has("benchmark")
    assert said.has("unit test")
    assert said.has("限流")
    assert said.has("负载均衡")
    assert not said.has("rate limit")
    assert said.has_terms_of("rate limit")
    assert not said.has_terms_of("均载")
