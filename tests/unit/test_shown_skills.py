"""Which skills the text of a job names already."""

from __future__ import annotations

import pytest

from sphinx_folio.export.shown_skills import _is_named
from sphinx_folio.portfolio.records import Skill


def is_named(name: str, text: str, *keywords: str, elsewhere: str = "") -> bool:
    skill = Skill(key="key", name=name, docname="skills", node_id="skill_key", line=1, keywords=keywords)
    return _is_named(name, skill, text, f"{elsewhere}\n{text}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Kubernetes", "Moved cron jobs to Kubernetes"),
        ("Kubernetes", "kubernetes-based"),
        ("Go", "Wrote the Go ingestion service"),
        ("Go", "编写Go采集服务"),
        ("C++", "C++17 plug-ins"),
        ("C", "in C, Perl and R"),
        ("Microservice", "Cut it into microservices"),
        ("REST API", "two REST APIs"),
        ("分布式系统", "设计分布式系统架构"),
        (".NET", "Ported it to .NET 8"),
        ("Node.js", "Node.js, React"),
        ("CI/CD", "Set up CI/CD."),
        ("Amazon Web Services (AWS)", "Moved to Amazon Web Services (AWS)"),
    ],
)
def test_a_text_names_a_skill(name: str, text: str) -> None:
    assert is_named(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Go", "Let go of things; Django"),
        ("C", "C++, C# and C-level"),
        ("R", "R&D"),
        ("Java", "JavaScript"),
        ("SQL", "MySQL"),
        ("Rust", "Trust"),
        ("Python", ""),
        ("", "Python"),
    ],
)
def test_a_text_with_a_similar_word_does_not(name: str, text: str) -> None:
    assert not is_named(name, text)


@pytest.mark.parametrize(
    ("name", "text", "keywords"),
    [
        ("Apache Kafka", "a log store in Rust & Kafka", ()),
        ("Amazon Web Services (AWS)", "Moved it to AWS", ()),
        ("Amazon Web Services (AWS)", "Moved it to Amazon Web Services", ()),
        ("Go", "Wrote it in Golang", ("Golang",)),
    ],
)
def test_another_name_is_enough_if_the_document_has_the_full_one(
    name: str, text: str, keywords: tuple[str, ...]
) -> None:
    """Systems that read applications look for the full name."""
    assert not is_named(name, text, *keywords)
    assert is_named(name, text, *keywords, elsewhere=f"Skills: {name}")
