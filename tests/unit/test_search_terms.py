"""How a text becomes terms."""

from __future__ import annotations

import pytest

from sphinx_folio.han import HAN
from sphinx_folio.search.terms import fold, terms_of, words_of

TEXTS = [
    "容器网络接口 CNI，client-go 与 IPv4/IPv6；C++、C# 和 Node.js",
    "k8s网络v0.5.1 2022-08 snake_case a.b.c- x-_y é Ａ１",
    "Go测试go-test.sh ++ # C+++ node.js. -- ._",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_of_a_text_are_its_terms_but_for_han_characters(text: str) -> None:
    folded = fold(text)
    assert words_of(folded) == {term for term in terms_of(folded) if not HAN.fullmatch(term)}


def test_a_text_is_folded_one_for_one() -> None:
    assert fold("Ｇｏ É 網路 ﬁ") == "go e 网路 ﬁ"
