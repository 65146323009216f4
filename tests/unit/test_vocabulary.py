"""The vocabulary of skills: it does not contradict itself, and its names are found where they are meant."""

from __future__ import annotations

import pytest

from sphinx_folio.vocabulary import Finder, Vocabulary, VocabularyError, built_in, parse_concepts


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(built_in())


def test_the_built_in_vocabulary_is_consistent() -> None:
    concepts = built_in().concepts  # it raises an error if it contradicts itself
    assert len(concepts) > 1000
    assert sum(bool(concept.chinese) for concept in concepts.values()) > 250


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('one = {name = "Go"}\ntwo = {name = "Two", aliases = ["GO"]}', "two: the name 'GO' already belongs to one"),
        (
            'one = {name = "One", broader = ["two"]}\ntwo = {name = "Two", broader = ["one"]}',
            "one: it is broader than itself",
        ),
        ('one = {name = "One", broader = ["three"]}', "one: unknown concept 'three'"),
        ('one = {name = "One"}\ntwo = {name = "Two", near = ["ones"]}', "'ones'; did you mean 'one'?"),
        ('one = {name = "One", alias = ["1"]}', "one: unknown field 'alias'; did you mean 'aliases'?"),
        ('one = {name = "One", aliases = "1"}', "one: aliases must be a list of strings, not '1'"),
        (
            'one = {name = "One"}\ntwo = {name = "Two", broader = ["one"], near = ["one"]}',
            "two: 'one' is both broader and near",
        ),
        (
            'one = {name = "One"}\ntwo = {name = "Two", carries = ["one"]}',
            "two: it carries 'one', which is not broader",
        ),
        ('one = {name = "…"}', "one: the name '…' has no letters"),
        ('one = {name = "One", asked = "always"}', "one: asked must be 'never' or 'alone', not 'always'"),
        ('one = {name = "One", parts = "all"}', "one: parts must be 'alternatives' or 'products', not 'all'"),
    ],
)
def test_contradictions_are_refused(text: str, message: str) -> None:
    with pytest.raises(VocabularyError) as error:
        Vocabulary({concept.key: concept for concept in parse_concepts(text)})
    assert message in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        'one = "One"',
        "one = {}",
        'one = {name = "One", chinese = "一"}',
        'one = {name = "One", colour = "red"}',
        "one = {",
    ],
)
def test_files_of_another_form_are_refused(text: str) -> None:
    with pytest.raises(VocabularyError):
        parse_concepts(text)


def test_relations_are_followed() -> None:
    vocabulary = built_in()
    assert vocabulary.includes("kubernetes", "crd")
    assert vocabulary.includes("containers", "calico")
    assert not vocabulary.includes("crd", "kubernetes")
    assert "calico" in vocabulary.neighbors("cilium")
    assert "cilium" in vocabulary.neighbors("calico")
    assert vocabulary.alternatives("mysql") == {"relational-databases"}


@pytest.mark.parametrize("name", ["Node.js", "NodeJS", "node js", "node-js"])
def test_separators_and_case_do_not_matter(name: str) -> None:
    found = built_in().find(name)
    assert found is not None
    assert found.key == "node-js"


def test_the_vendor_does_not_matter() -> None:
    found = built_in().find("Microsoft Entra ID")
    assert found is not None
    assert found.key == "entra-id"


@pytest.mark.parametrize(
    ("name", "key"),
    [("Vue 3", "vue"), ("WCAG 2.2 AA", "wcag"), ("point cloud", "point-clouds"), ("Oscilloscopes", "oscilloscope")],
)
def test_a_version_and_the_number_do_not_matter(name: str, key: str) -> None:
    found = built_in().find(name)
    assert found is not None
    assert found.key == key


def test_a_short_name_has_no_plural() -> None:
    assert built_in().find("OS") is None  # not OSS


def test_owners_add_concepts_and_names() -> None:
    more = parse_concepts(
        'spiderflow = {name = "Spiderflow", broader = ["cni"]}\nkubernetes = {name = "Kubernetes", aliases = ["kuber"]}'
    )
    vocabulary = built_in().with_concepts(more)
    assert vocabulary.includes("cni", "spiderflow")
    found = vocabulary.find("kuber")
    assert found is not None
    assert "K8s" in found.aliases
    with pytest.raises(VocabularyError, match="already belongs to go"):
        built_in().with_concepts(parse_concepts('mine = {name = "Golang"}'))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("精通 Go 语言，熟悉 C 者更佳", ["go", "c"]),
        ("Strong Go; you have shipped Go code", ["go", "go"]),
        ("C, and either C++ or Rust", ["c", "c-plus-plus", "rust"]),
        ("Go (3+ years), gRPC and Protocol Buffers", ["go", "grpc", "protobuf"]),
        ("熟悉go、java", ["go", "java"]),
        ("熟悉Linux内核、Linux网络", ["linux-kernel", "linux-networking", "linux"]),
        ("MySQL分库分表", ["mysql", "database-sharding"]),
        ("ASP.NET, Vue3, Python3", ["dotnet", "vue", "python"]),
        ("Kubernets and JavaScipt", ["kubernetes", "javascript"]),
        ("Ｋ８ｓ", ["kubernetes"]),
        ("会写rust，熟悉react", ["rust", "react"]),
        ("C is desirable", ["c"]),
        # words that only look like skills
        ("We Go beyond the usual perks", []),
        ("go to market, Series C, R&D, C端用户", []),
        ("We react quickly and express ourselves; a swift path, rust-free, at the helm", []),
        ("出差补助150/天，Go！", []),
        ("goals, Javanese, scalable, clinical", []),
    ],
)
def test_names_are_found_where_they_are_meant(finder: Finder, text: str, keys: list[str]) -> None:
    assert [mention.key for mention in finder.find(text)] == keys


def test_unknown_words_are_those_that_look_like_names(finder: Finder) -> None:
    text = "熟悉 Go 和 FooBar，了解 QuxDB、api"
    assert list(finder.unknown_words(text, finder.find(text))) == ["FooBar", "QuxDB"]
