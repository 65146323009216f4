"""A name is suggested only where it is near, and always the same one."""

from __future__ import annotations

import random
import string
from functools import cache
from typing import TYPE_CHECKING

import pytest

from sphinx_folio._common.suggestions import nearest
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.records import (
    Page,
    Project,
    Skill,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = [
    "apparmor",
    "bash",
    "bird",
    "calico",
    "cgroups",
    "cilium",
    "cni",
    "conntrack",
    "containerd",
    "cpp",
    "crd",
    "docker",
    "ebpf",
    "envoy",
    "etcd",
    "flannel",
    "gitops",
    "go",
    "golang",
    "gomock",
    "grpc",
    "helm",
    "ipam",
    "ipvs",
    "iptables",
    "istio",
    "java",
    "kubernetes",
    "linux",
    "multus",
    "networking",
    "operator",
    "prometheus",
    "python",
    "rust",
    "shell",
    "spiderpool",
    "sql",
    "terraform",
    "tracing",
    "typescript",
    "vxlan",
    "webhook",
    "网络",
    "容器",
    "编程语言",
]
SEED = 20261130


def misspelled() -> Iterator[tuple[str, str]]:
    """Yield every word of four letters or more with one mistake in it, of each kind."""
    chance = random.Random(SEED)  # noqa: S311  no secret
    for word in WORDS:
        if len(word) < 4:
            continue
        place = chance.randrange(1, len(word) - 1)
        letter = chance.choice(string.ascii_lowercase)
        yield word, word[:place] + word[place + 1 :]
        yield word, word[:place] + letter + word[place:]
        yield word, word[:place] + letter + word[place + 1 :]
        yield word, word[:place] + word[place + 1] + word[place] + word[place + 2 :]


@cache
def changes(one: str, other: str) -> int:
    """Count the letters to insert, delete or exchange, by a definition that is slow and plain (Levenshtein)."""
    if not one or not other:
        return len(one) + len(other)
    return min(
        changes(one[1:], other) + 1,
        changes(one, other[1:]) + 1,
        changes(one[1:], other[1:]) + (one[0] != other[0]),
    )


def test_one_slip_is_forgiven() -> None:
    for word, typed in misspelled():
        found = nearest(typed, WORDS)
        assert found is not None, typed
        assert found == word or changes(typed, found) <= 1, (typed, found)


def test_words_that_share_little_are_never_suggested() -> None:
    chance = random.Random(SEED)  # noqa: S311  no secret
    for _time in range(500):
        typed = "".join(chance.choices("abcdeghiklnoprstuw", k=chance.randint(1, 7)))
        known = ["".join(chance.choices("abcdeghiklnoprstuw", k=chance.randint(1, 7))) for _word in range(5)]
        found = nearest(typed, known)
        if found is None or found.startswith(typed):
            continue
        swaps = sum(one == other[::-1] for one, other in zip(pairs(typed), pairs(found), strict=False))
        assert changes(typed, found) - swaps <= max(1, len(typed) // 3), (typed, found)
        assert set(typed) & set(found), (typed, found)


def pairs(word: str) -> list[str]:
    return [word[place : place + 2] for place in range(len(word) - 1)]


def test_the_order_of_what_is_known_does_not_matter() -> None:
    chance = random.Random(SEED)  # noqa: S311  no secret
    for _word, typed in misspelled():
        shuffled = WORDS.copy()
        chance.shuffle(shuffled)
        assert nearest(typed, shuffled) == nearest(typed, set(WORDS)) == nearest(typed, WORDS)


def test_a_known_word_is_nearest_to_itself_in_any_case_and_width() -> None:
    for word in WORDS:
        wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in word)
        assert {nearest(typed, WORDS) for typed in (word, word.upper(), word.title(), wide)} == {word}


@pytest.mark.parametrize(
    ("typed", "known", "found"),
    [
        ("networking", ["tracing"], None),
        ("networking", ["network", "tracing"], "network"),
        ("c", ["r", "go"], None),
        ("nope", ["index", "home", "resume"], None),
        ("gp", ["go"], "go"),
        ("cin", ["cni", "bird"], "cni"),
        ("resmue", ["resume", "reuse"], "resume"),
        ("pull", ["pull-request", "page"], "pull-request"),
        ("ku", ["kubernetes"], None),
        ("doc", ["documentation", "docker", "homepage"], "docker"),
        ("colour", ["color", "colours"], "color"),
        ("bat", ["cat", "bad", "hat"], "bad"),
        ("projects/spiderpol", ["projects/index", "projects/spiderpool"], "projects/spiderpool"),
        ("guide/installation", ["guide/configuration"], None),
        ("", ["go"], None),
        ("go", [], None),
    ],
)
def test_what_is_near(typed: str, known: list[str], found: str | None) -> None:
    assert nearest(typed, known) == found


def test_an_earlier_group_comes_first_where_both_are_equally_near() -> None:
    assert nearest("cnii", ["cnib"], ["cnia", "cni"]) == "cnib"
    assert nearest("golnag", ["gossip"], ["golang"]) == "golang"


def portfolio(*entries: Skill | Project) -> Portfolio:
    return Portfolio(pages=(Page(docname="index", entries=entries),))


def skill(key: str, name: str = "", *keywords: str) -> Skill:
    return Skill(key=key, name=name or key, docname="index", node_id=f"skill_{key}", line=1, keywords=keywords)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cnii", "cni"),  # a key, before the same word as a keyword of another
        ("CNI", "cni"),
        ("K8s", "kubernetes"),  # a keyword that is met exactly, before a key that is only near
        ("golang", "go"),
        ("Go language", "go"),
        ("zzz", None),
        ("kafka", "apache-kafka"),  # a word of a key
        ("Stream", "apache-kafka"),  # a word of a keyword
        ("cloud-k3s", "k3s"),
        ("of", None),
    ],
)
def test_an_object_is_suggested_by_key_name_or_keyword(typed: str, found: str | None) -> None:
    known = (
        skill("one", "One", "CNI"),
        skill("k3s"),
        skill("kubernetes", "Kubernetes", "k8s"),
        skill("go", "Go language", "Golang"),
        skill("cni", "Container Network Interface"),
        skill("apache-kafka", "Apache Kafka", "Stream of events"),
    )
    assert portfolio(*known).suggest("skill", typed) == found
    assert portfolio(*reversed(known)).suggest("skill", typed) == found


def test_only_objects_of_the_type_are_suggested() -> None:
    pool = Project(key="pool", name="Pool", docname="index", node_id="project_pool", line=1)
    assert portfolio(pool).suggest("skill", "pol") is None
    assert portfolio(pool).suggest("project", "pol") == "pool"
