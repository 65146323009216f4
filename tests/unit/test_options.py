from __future__ import annotations

import pytest

from sphinx_folio.collect.records import split_list
from sphinx_folio.directives import options
from sphinx_folio.portfolio.records import Link


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c#d", "http://例子.测试/路径", "mailto:a@example.org", "HTTPS://example.org"]
)
def test_an_address_is_taken(address: str) -> None:
    assert options.url(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "//example.org",
        "example.org",
        "https:",
        "https://",
        "mailto:",
        "https://example.org/a b",
        "\x01javascript:alert(1)",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not a link"):
        options.url(address)


def test_words_are_split_at_commas_of_any_script() -> None:
    assert options.words("go, cni，kubernetes、go، etcd") == ("go", "cni", "kubernetes", "etcd")
    assert split_list("Go, CNI，、 C، etcd") == ("Go", "CNI", "C", "etcd")  # in a translation


def test_links_keep_the_commas_of_their_addresses() -> None:
    assert options.links("GitHub <https://github.com/a>, Blog <https://example.org/a,b>") == (
        Link(label="GitHub", url="https://github.com/a"),
        Link(label="Blog", url="https://example.org/a,b"),
    )


@pytest.mark.parametrize("text", ["https://github.com/a", "GitHub <javascript:x>", "<https://example.org>", "a <b"])
def test_what_is_no_labelled_link_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a link"):
        options.links(text)


def test_a_mail_address_is_taken_with_and_without_its_scheme() -> None:
    assert options.email("a@example.org") == options.email("mailto:a@example.org") == "a@example.org"


@pytest.mark.parametrize("text", ["", "a", "@example.org", "a@", "a b@example.org", "a@example.org>"])
def test_what_is_no_mail_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an email address"):
        options.email(text)


@pytest.mark.parametrize("text", ["client -> pool | log", "client→pool|log", " client  ->  pool |log "])
def test_a_sketch_is_read_with_either_arrow(text: str) -> None:
    assert options.sketch(text) == "client → pool | log"


@pytest.mark.parametrize("text", ["client", "client ->", "-> pool", "client -> | pool", "client -> -> pool", ""])
def test_what_is_no_sketch_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a sketch"):
        options.sketch(text)
