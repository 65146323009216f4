"""Which skills a text names."""

from __future__ import annotations

import pytest

from sphinx_folio.export.shown_skills import _names


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
    assert _names(text, name)


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
    assert not _names(text, name)
