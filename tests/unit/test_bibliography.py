"""Bibliographies: BibTeX and CSL-JSON as options of publications, and what cannot be read with its line."""

from __future__ import annotations

import json
import sys

import pytest

from sphinx_folio.directives.bibliography import READERS
from sphinx_folio.directives.bibliography.bibtex import read_bibtex
from sphinx_folio.directives.bibliography.csl_json import read_csl_json
from sphinx_folio.directives.bibliography.item import MissingLibraryError, doi_address, key_of
from sphinx_folio.portfolio.person_names import own_names


def options(text: str) -> dict[str, str]:
    """Return the options of the only entry of a BibTeX file, without mistakes."""
    contents = read_bibtex(text)
    assert contents.mistakes == []
    [item] = contents.items
    return item.options


def test_an_article_has_text_in_place_of_latex() -> None:
    text = r"""@string{queue = "Queue"}
@article{Smith_2020:Fast,
  author = {M{\"u}ller, J{\"o}rg and {The Pool Team} and de la Fuente, Jos\'{e} and others},
  title = {{Fast} allocation of 100% of \emph{pods} --- a \LaTeX{} study of \texttt{pool\_a} \& $O(n^2)$},
  journal = "ACM " # queue,
  YEAR = 2020, month = mar, day = 7,
  doi = {https://doi.org/10.1145/1_2},
  skills = {go, cni},
}
"""
    assert options(text) == {
        "title": "Fast allocation of 100% of pods — a LaTeX study of pool_a & O(n²)",
        "authors": "Jörg Müller, The Pool Team, José de la Fuente, et al.",
        "publisher": "ACM Queue",
        "date": "2020-03-07",
        "url": "https://doi.org/10.1145/1_2",
        "type": "article",
        "skills": "go, cni",
    }
    [item] = read_bibtex(text).items
    assert (item.key, item.line, item.lines["authors"], item.lines["date"]) == ("smith-2020-fast", 2, 3, 6)


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("date = {2021-05-03/2021-05-05}", "2021-05-03"),
        ("date = {2021-05}", "2021-05"),
        ("year = 1999, month = {December}", "1999-12"),
        ("year = 1999, month = 7", "1999-07"),
        ("year = 1999, month = {Spring}, day = 3", "1999"),
        ("year = {202O}", "202O"),  # the directive reports it
        ("month = 7", None),
        ("date = {2020-01-05T00:00:00/2021}", "2020-01-05"),
    ],
)
def test_a_date_has_as_many_parts_as_the_file(fields: str, date: str | None) -> None:
    assert options(f"@misc{{a, title = {{A}}, {fields}}}").get("date") == date


@pytest.mark.parametrize(
    ("kind", "fields", "venue", "meaning"),
    [
        ("inproceedings", "booktitle = {Conf}, publisher = {P}", "Conf", "paper"),
        ("incollection", "booktitle = {Collection}", "Collection", "chapter"),
        ("phdthesis", "school = {University}", "University", "thesis"),
        ("TechReport", "institution = {Lab}", "Lab", "report"),
        ("book", "publisher = {P}", "P", "book"),
        ("online", "eprint = {2101.00001}, eprinttype = {arxiv}", None, "preprint"),
        ("misc", "howpublished = {Blog}", "Blog", None),
    ],
)
def test_venue_and_type_depend_on_the_kind_of_entry(kind: str, fields: str, venue: str | None, meaning: str) -> None:
    found = options(f"@{kind}{{a, title = {{A}}, {fields}}}")
    assert (found.get("publisher"), found.get("type")) == (venue, meaning)


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("unpublished", "note = {In preparation}", "In preparation"),
        ("unpublished", "note = {Draft of May}", "Draft of May"),
        ("misc", "note = {Under review at the Journal of Pools}", "Under review at the Journal of Pools"),
        ("misc", "note = {(to appear)}", "(to appear)"),
        ("article", "note = {Best paper}", None),
        ("article", "year = {in press}, month = 3", "in press"),
        ("article", "date = {forthcoming}", "forthcoming"),
        ("article", "pubstate = {inpress}", "in press"),
        ("article", "note = {审稿中}", "审稿中"),
    ],
)
def test_a_work_that_is_not_published_has_its_status_and_no_type(kind: str, fields: str, status: str | None) -> None:
    found = options(f"@{kind}{{a, title = {{A}}, {fields}}}")
    assert (found.get("status"), found.get("date")) == (status, None)
    assert found.get("type") == ("article" if kind == "article" else None)


@pytest.mark.parametrize("fields", [{"issued": {"literal": "in press"}}, {"status": "in press"}])
def test_csl_json_may_have_a_status(fields: dict[str, object]) -> None:
    [item] = read_csl_json(json.dumps([{"id": "a", "title": "A", **fields}])).items
    assert item.options == {"title": "A", "status": "in press"}


@pytest.mark.parametrize(
    ("kind", "fields", "details"),
    [
        ("article", "journal={J}, volume=12, number=3, pages={45--67}, publisher={P}", "12(3), 45–67"),
        ("article", "journal={J}, volume=12, eid={e7}", "12, e7"),
        ("article", "journal={J}, number=3, pages={3:1-3:25}", "3, 3:1–3:25"),
        ("article", "journal={计算机学报}, volume=12, number=3, pages={45-67}", "12(3), 45–67"),
        ("inproceedings", "booktitle={C}, series={LNCS}, volume=4, pages={9}, publisher={P}", "LNCS 4, p. 9, P"),
        ("incollection", "booktitle={C}, author={A}, editor={Roe, Jane and Max Roe}, pages={1,7}", "Jane Roe, Max Roe (Eds.), pp. 1,7"),
        ("incollection", "booktitle={论文集}, author={A}, editor={张, 三}, pages={1--9}, publisher={出版社}", "张三 编, 1–9, 出版社"),
        ("book", "publisher={P}, author={A}, editor={Roe, Jane}, volume=2", "Jane Roe (Ed.), vol. 2"),
        ("book", "publisher={P}, author={A}, editor={Roe, Jane and others}", "Jane Roe, et al. (Eds.)"),
        ("book", "publisher={P}, editor={Roe, Jane}", None),
        ("book", "publisher={P}, edition={2}, isbn={978-3-16-148410-0}", "2nd ed., ISBN 978-3-16-148410-0"),
        ("book", "publisher={出版社}, edition=2", "第 2 版"),
        ("incollection", "booktitle={C}, edition={11}, isbn={978-3-16-148410-0}, publisher={P}", "11th ed., P"),
        ("inbook", "booktitle={C}, edition={Third}, pages={1--9}", "Third ed., pp. 1–9"),
        ("book", "publisher={P}, edition={2nd edition}", "2nd edition"),
        ("techreport", "institution={I}, number={TR-7}", "no. TR-7"),
    ],
)  # fmt: skip
def test_details_are_what_follows_the_venue_in_a_citation(kind: str, fields: str, details: str | None) -> None:
    assert options(f"@{kind}{{a, title = {{A}}, {fields}}}").get("details") == details


def test_a_paper_has_the_editors_and_the_publisher_of_its_proceedings() -> None:
    text = "@inproceedings{a, title={A}, author={B}, crossref={p}, pages={1--9}}\n@proceedings{p, title={C}, editor={Roe, Jane}, publisher={P}}\n"
    found = options(text)
    assert (found["publisher"], found["details"]) == ("C", "Jane Roe (Ed.), pp. 1–9, P")
    found = options(text.replace("author={B}", "publisher={Own}, author={B}"))
    assert (found["publisher"], found["details"]) == ("C", "Jane Roe (Ed.), pp. 1–9, Own")


@pytest.mark.parametrize("year", ["n.d.", "????"])
def test_a_year_that_says_nothing_is_no_status(year: str) -> None:
    assert options(f"@article{{a, title={{A}}, year={{{year}}}}}") == {"title": "A", "type": "article", "date": year}


def test_many_braces_after_a_missing_comma_are_read_fast() -> None:
    braces = "{" * 20_000 + "}" * 20_000
    contents = read_bibtex(f"@misc{{a, title={{A}} year={{2020}} note={braces}}}")
    assert [mistake.says for mistake in contents.mistakes] == [
        f"a: a comma is missing before {name!r}" for name in ("year", "note")
    ]
    assert contents.items[0].options["date"] == "2020"


def test_many_openings_of_formulas_are_read_fast() -> None:
    assert options("@misc{a, title={" + "\\(a" * 20_000 + "}}")["title"]


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        (r"url = {https://example.org/a%20b\_c~d}, eprint = {1}", "https://example.org/a%20b_c~d"),
        (r"url = {\url{https://example.org/\%C3}}", "https://example.org/%C3"),
        ("url = {https://example.org}, doi = {10.1/x}", "https://doi.org/10.1/x"),
        ("eprint = {2101.00001}, archivePrefix = {arXiv}", "https://arxiv.org/abs/2101.00001"),
        ("eprint = {123}, archivePrefix = {HAL}", None),
    ],
)
def test_the_address_is_that_of_the_doi_or_the_page(fields: str, url: str | None) -> None:
    assert options(f"@misc{{a, title = {{A}}, {fields}}}").get("url") == url


@pytest.mark.parametrize("key", ["p", "P"])
def test_a_paper_has_date_and_venue_of_its_proceedings_which_are_not_listed(key: str) -> None:
    text = f"@inproceedings{{a, title={{A}}, crossref={{{key}}}}}\n@proceedings{{p, title={{Proc. of {{Conf}}}}, year=2021}}\n"
    known = {"title": "A", "publisher": "Proc. of Conf", "date": "2021", "type": "paper"}
    assert options(text) == known
    assert options(text.replace("title={A}", "title={A}, year={n.d.}")) == known
    assert options(text.replace("title={A}", "title={A}, year={2020}")) == known | {"date": "2020"}


@pytest.mark.parametrize(
    ("family", "given", "name"), [("张", "三", "张三"), ("김", "철수", "김철수"), ("Doe", "Jane", "Jane Doe"), ("张", "San", "San 张")]
)  # fmt: skip
def test_names_of_east_asia_have_the_family_name_first_and_no_space(family: str, given: str, name: str) -> None:
    assert options(f"@misc{{a, title={{A}}, author={{{family}, {given}}}}}")["authors"] == name
    [item] = read_csl_json(json.dumps([{"id": 0, "author": [{"family": family, "given": given}]}])).items
    assert item.options["authors"] == name
    assert options("@misc{a, title={A}, author={张 三 and Doe, Jane}}")["authors"] == "张三, Jane Doe"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (r"\v{C}apek, Karel", "Karel Čapek"),
        (r"\'{E}ric, Bob", "Bob Éric"),
        (r"\"Ozg\"ur, A", "A Özgür"),
        (r"\r{A}ng, C", "C Ång"),
        (r"\c{S}en, D", "D Şen"),
        (r"\O{}rsted, B", "B Ørsted"),
        (r"Pe\~na, Ana", "Ana Peña"),
        (r"{\L}ukasz Nov\'ak", "Łukasz Novák"),
        (r"{Barnes and \v{C}ech}", "Barnes and Čech"),
    ],
)
def test_names_after_the_first_keep_their_accents(author: str, name: str) -> None:
    assert options(f"@misc{{a, title={{A}}, author={{Doe, Jane and {author}}}}}")["authors"] == f"Jane Doe, {name}"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("$^{18}$F in H$_2$O", "¹⁸F in H₂O"),
        (r"\(10^{-3}\) and $2^n$", "10⁻³ and 2ⁿ"),
        (r"\textsuperscript{18}F and CO\textsubscript{2}", "¹⁸F and CO₂"),
        (r"$x^T$, $x_i$ and $H_\alpha$", "x^T, x_i and H_α"),
        (r"\$5 and a\_1", "$5 and a_1"),
    ],
)
def test_superscripts_and_subscripts_are_characters_of_unicode(latex: str, text: str) -> None:
    assert options(f"@misc{{a, title={{{latex}}}}}")["title"] == text


def test_superscripts_and_subscripts_of_csl_json_are_characters_of_unicode() -> None:
    title = "<sup>18</sup>F in H<sub>2</sub>O, x<sup>T</sup>"
    [item] = read_csl_json(json.dumps([{"id": "a", "title": title}])).items
    assert item.options["title"] == "¹⁸F in H₂O, xT"


@pytest.mark.parametrize(
    ("journal", "name"), [(r"\apj", "ApJ"), (r"{\mnras}", "MNRAS"), (r"\jour", "jour"), (r"\TeX", "TeX"), (r"\&", "&")]
)
def test_a_journal_that_is_a_macro_is_not_lost(journal: str, name: str) -> None:
    assert options(f"@article{{a, title={{A}}, journal={{{journal}}}}}")["publisher"] == name


def test_a_text_of_many_levels_stays_as_it_is() -> None:
    title = "{" * 5_000 + "x" + "}" * 5_000
    assert options(f"@misc{{a, title={{{title}}}}}")["title"] == title


def test_the_editors_of_a_book_without_authors_are_named() -> None:
    assert options("@book{a, title={A}, editor={Roe, Jane}}")["authors"] == "Jane Roe"


def test_a_link_in_latex_is_its_text() -> None:
    assert options(r"@misc{a, title={See \href{https://example.org}{this} {\o}}}")["title"] == "See this ø"


@pytest.mark.parametrize(
    ("entry", "line", "says"),
    [
        ("@article{x, title={open,\n year=3\n}\n", 2, "this BibTeX entry is left out: Unexpected block start: `@misc`"),
        ("@article{x title={A}}\n", 2, "this BibTeX entry is left out: Expected comma after entry key"),
        (
            "@book{x, title={A},\n title={B}}\n",
            2,
            "x: this BibTeX entry is left out: Duplicate field keys on entry: 'title'",
        ),
        ("@book{a, title={A}}\n", 2, "a: this BibTeX entry is left out: Duplicate entry key 'a'"),
        ("@book{x, author={A, B, C, D}}\n", 2, "x: this BibTeX entry is left out: Cannot split the following name"),
    ],
)
def test_a_mistake_in_bibtex_costs_one_entry_and_is_reported_with_its_line(
    entry: str, line: int, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    contents = read_bibtex(f"@book{{a, title={{A}}}}\n{entry}@misc{{z, title={{Z}}}}\n")
    [mistake] = contents.mistakes
    assert mistake.line == line
    assert mistake.says.startswith(says)
    assert [item.citation_key for item in contents.items] == ["a", "z"]
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("title = {A}\n doi = {10.1/x}\n year = 2020\n", [(2, "doi"), (3, "year")]),
        ('title = "A"\n doi = {10.1/x},\n year = {2020}', [(2, "doi")]),
        ('title = "A" # {}, year = 2020\n doi = {10.1/{x}}\n date = "2020" # "", DOI = {10.1/x}', [(2, "doi"), (3, "date")]),
        ("title = {A},\n year = {2020} doi = {10.1/x}", [(2, "doi")]),
    ],
)  # fmt: skip
def test_a_missing_comma_is_reported_and_costs_no_field(fields: str, found: list[tuple[int, str]]) -> None:
    contents = read_bibtex(f"@misc{{a, {fields}}}")
    assert contents.mistakes == [(line, f"a: a comma is missing before {name!r}") for line, name in found]
    [item] = contents.items
    assert {"title": "A", "url": "https://doi.org/10.1/x"}.items() <= item.options.items()
    assert item.options["date"] == "2020"


def test_a_brace_too_many_is_reported() -> None:
    contents = read_bibtex(
        "Text, a = b\n@misc{a, title = {A}},\n year = {2020}\n}\n@comment{year = {1}}\n@misc{b, title = {B}}"
        '\nencoding = "utf8"\n@comment{c}'
    )
    says = "'year' is outside of all entries: there is one closing brace too many before it"
    assert contents.mistakes == [(3, says)]
    assert [item.options for item in contents.items] == [{"title": "A"}, {"title": "B"}]


def test_a_sign_of_equality_in_a_text_is_no_mistake() -> None:
    assert options(r"@misc{a, title={Sur la th{\'{e}}orie} # { a {b {c {d}}}}}")["title"] == "Sur la théorie a b c d"
    assert options('@misc{a, title = "{\\"U}ber" # " {"}a" }')["title"] == 'Über "a'
    assert options('@misc{a, title = {A = b} # " = c" # { d = {e}}}')["title"] == "A = b = c d = e"


def test_without_its_library_bibtex_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser", None)
    with pytest.raises(MissingLibraryError) as raised:
        read_bibtex("")
    assert raised.value.args == ("bibtexparser", "bibtex")


def test_csl_json_becomes_options() -> None:
    items = [
        {
            "id": "http://zotero.org/items/1",
            "citation-key": "example2019",
            "type": "paper-conference",
            "title": "Addresses of <i>pods</i>",
            "author": [
                {"family": "Fuente", "given": "José", "non-dropping-particle": "de la"},
                {"literal": "Pool, Inc."},
            ],
            "container-title": "Proceedings",
            "publisher": "ACM",
            "editor": [{"family": "Roe", "given": "Max"}],
            "collection-title": "LNCS",
            "collection-number": 4,
            "edition": 3,
            "ISBN": "978-3-16-148410-0",
            "page": "1-9",
            "issued": {"date-parts": [["2019", 3, 1]]},
            "DOI": "10.1/abc",
            "URL": "https://example.org",
            "custom": {"skills": ["go", "cni"]},
        },
        {"id": 2, "title": "B", "type": "song", "issued": {"raw": "2020-05"}, "URL": "https://example.org/b"},
    ]
    contents = read_csl_json(json.dumps(items, indent=1))
    assert contents.mistakes == []
    first, second = contents.items
    assert first.options == {
        "title": "Addresses of pods",
        "authors": "José de la Fuente, Pool Inc.",
        "publisher": "Proceedings",
        "details": "Max Roe (Ed.), LNCS 4, 3rd ed., pp. 1–9, ACM",
        "date": "2019-03-01",
        "url": "https://doi.org/10.1/abc",
        "type": "paper",
        "skills": "go, cni",
    }
    assert (first.key, first.line) == ("example2019", 2)
    assert second.options == {"title": "B", "date": "2020-05", "url": "https://example.org/b"}
    assert second.key == "2"


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2020]]}, "2020"),
        ({"date-parts": [[2020, 2, None]]}, "2020-02"),
        ({"date-parts": [[]], "literal": "spring 2020"}, "spring 2020"),
        ({"date-parts": [[None]], "literal": "spring 2020"}, "spring 2020"),
        ({"date-parts": [[850, 1]]}, "0850-01"),
        ("2020-05/2020-06", "2020-05"),
        ([2020], None),
    ],
)
def test_a_date_of_csl_has_one_to_three_parts(issued: object, date: str | None) -> None:
    [item] = read_csl_json(json.dumps([{"id": "a", "issued": issued}])).items
    assert item.options.get("date") == date


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "this is not JSON: Expecting value"),
        ('[\n{"id": "a"}\n{"id": "b"}\n]', 3, "this is not JSON: Expecting ',' delimiter"),
        ('\n{"id": "a"}', 2, "this is not JSON: a list of items must begin with ["),
        ('[\n{"id": "a"},\n{"title": "b"}\n]', 3, "this is not an item of CSL-JSON: it must be an object with an id"),
        ("[" * 100_000, 1, "this is not JSON: it is nested too deeply"),
        ("[\n1]", 2, "this is not an item of CSL-JSON: it must be an object with an id"),
    ],
)
def test_a_mistake_in_csl_json_is_reported_with_its_line(text: str, line: int, says: str) -> None:
    [mistake] = read_csl_json(text).mistakes
    assert (mistake.line, mistake.says) == (line, says)


def test_files_are_known_by_their_suffix() -> None:
    assert {".bib": read_bibtex, ".json": read_csl_json} == READERS


@pytest.mark.parametrize(
    ("citation_key", "key"),
    [
        ("Smith2020", "smith2020"),
        ("DBLP:conf/osdi/Smith20", "dblp-conf-osdi-smith20"),
        ("a_._b..c-", "a.b.c"),
        ("ＡＢ１", "ab1"),
        ("论文", "论文"),  # the directive reports it
    ],
)
def test_citation_keys_become_keys(citation_key: str, key: str) -> None:
    assert key_of(citation_key) == key


@pytest.mark.parametrize("doi", ["10.1/x", "doi:10.1/x", "http://dx.doi.org/10.1/x", " https://doi.org/10.1/x "])
def test_a_doi_has_one_address(doi: str) -> None:
    assert doi_address(doi) == "https://doi.org/10.1/x"
    assert doi_address(" ") == ""


@pytest.mark.parametrize(
    ("authors", "own"),
    [
        (["Ada Example", "Bea Example"], {"Ada Example"}),
        (["A. Example", "B. Example"], {"A. Example"}),
        (["A. Example", "Ada Example"], {"Ada Example"}),
        (["A. Example", "A. B. Example"], set()),
        (["Ada B. Example"], {"Ada B. Example"}),
        (["Example, Ada", "ADA EXAMPLE"], {"Example, Ada", "ADA EXAMPLE"}),
        (["Adá Éxample"], {"Adá Éxample"}),
        (["Ann Example"], set()),
        (["Example"], set()),
        ([], set()),
    ],
)
def test_a_person_is_recognized_among_authors(authors: list[str], own: set[str]) -> None:
    assert own_names(authors, ["Ada Example"]) == own


def test_a_chinese_name_is_recognized_as_a_whole() -> None:
    assert own_names(["陈锐", "陈 锐", "陈锐之"], ["陈锐"]) == {"陈锐"}
    assert own_names(["Chen Rui", "Rui Chen"], ["Rui Chen"]) == {"Chen Rui", "Rui Chen"}
    assert own_names(["Ada Example"], []) == frozenset()
