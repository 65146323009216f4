"""Publications from a bibliography, entries as evidence, and lists of entries."""

from __future__ import annotations

import json
import sys
from typing import Any

import extruct
import pytest
from bs4 import BeautifulSoup
from docx import Document
from pypdf import PdfReader
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio.cli.importing.fields import ImportOptions
from sphinx_folio.cli.importing.pages import import_resume
from sphinx_folio.cli.importing.reading import read_resume

BIB = r"""@article{Fast_2020,
  author = {Roe, Jane and Example, Ada and others},
  title = {{Fast} allocation of addresses on stra{\ss}en},
  journal = {Journal of Pools},
  volume = 12, number = 3, pages = {45--67},
  year = 2020, month = mar,
  doi = {10.1145/1},
  skills = {cni},
}
@inproceedings{later,
  author = {Ada Example},
  title = {Addresses, later},
  booktitle = {PoolConf},
  date = {2021-05-03},
}
"""
CSL = json.dumps(
    [
        {
            "id": "csl",
            "type": "book",
            "title": "地址的书",
            "author": [{"literal": "Example, Ada"}],
            "publisher": "出版社",
        }
    ],
    ensure_ascii=False,
)
HOME = """\
# Ada

```{person} ada
:name: Ada Example
```

## Publications

```{publications} papers.bib
:skills: go
```

## Books

```{publications} books.json
```

## Go

```{skill} go
:category: languages
```

## CNI

```{skill} cni
:category: networking
```
"""
FILES = {"index.md": HOME, "papers.bib": BIB, "books.json": CSL}
EXPORTS = {"extensions": ["myst_parser", "sphinx_folio.export"]}


def portfolio(app: Any) -> Any:
    return app.env.domains["folio"].portfolio()


def page(app: Any, name: str = "index.html") -> BeautifulSoup:
    return BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser")


def lines(app: Any, selector: str) -> list[str]:
    found = (line.get_text() for line in page(app).select(selector))
    return [" ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()) for text in found]


def warnings_of(app: Any) -> list[str]:
    text = strip_escape_sequences(app.warning.getvalue()).replace(f"{app.srcdir}/", "")
    return str(text).splitlines()


@pytest.mark.parametrize("parallel", [1, 2])
def test_entries_of_a_file_are_publications_newest_first(build: Any, parallel: int) -> None:
    app = build(FILES, parallel=parallel)
    assert app.warning.getvalue() == ""
    assert lines(app, ".folio-publication .folio-line") == [
        "Addresses, later | Ada Example | PoolConf | May 3, 2021",
        "Fast allocation of addresses on straßen | Jane Roe, Ada Example, et al. | Journal of Pools, 12(3), 45–67 | Mar 2020 | doi:10.1145/1",
        "地址的书 | Example Ada | 出版社",
    ]
    assert [name.get_text() for name in page(app).select(".folio-publication .folio-line span strong")] == [
        *("Ada Example", "Ada Example", "Example Ada")
    ]
    fast = portfolio(app).find("publication", "fast-2020")
    assert (fast.url, fast.type, fast.skills) == ("https://doi.org/10.1145/1", "article", ("go", "cni"))
    assert (fast.publisher, fast.details) == ("Journal of Pools", "12(3), 45–67")
    assert fast.line == 9  # the directive on the page
    assert portfolio(app).find("publication", "later").node_id == "publication_later"
    assert not page(app).select("section#publication_later")  # a section keeps its own anchor


def test_entries_are_grouped_by_year_and_those_without_a_date_come_first(build: Any) -> None:
    text = "# Ada\n\n```{person} ada\n:name: Ada Example\n```\n\n## Papers\n\n```{publications} papers.bib\n:group-by: year\n```\n"
    skills = "\n## Skills\n\n```{skill} cni\n:category: networking\n```\n\n```{skill} go\n:name: Go\n:category: languages\n```\n"
    bib = (
        BIB
        + "@unpublished{next, title={Next}, note={In preparation}, skills={go}}\n@misc{same, title={Same}, year=2021}\n"
    )
    view = {"folio_views": {"go": {"title": "Go", "skills": ["go"]}}}
    app = build({"index.md": text + skills, "papers.bib": bib}, settings=EXPORTS | view)
    assert app.warning.getvalue() == ""
    shown = lines(app, ".folio-publications .rubric, .folio-publications strong:first-child")
    titles = ["Next", "2021", "Same", "Addresses, later", "2020", "Fast allocation of addresses on straßen"]
    assert [line for line in shown if line != "Ada Example"] == titles
    found = (app.outdir / "resume.txt").read_text("utf-8").splitlines()
    start = found.index("Papers")
    assert [line.partition(" |")[0] for line in found[start : start + 8]] == [
        "Papers",
        "Next",
        "",
        *titles[1:4],
        "",
        "2020",
    ]
    found = page(app, "index-go.html").get_text()
    assert "2021" in found  # papers without skills stay
    assert "2020" not in found


def test_a_list_may_have_selected_entries_only(build: Any) -> None:
    bib = BIB.replace("doi =", "selected = {True},\n  doi =").replace("booktitle", "selected = {false}, booktitle")
    text = "# Home\n\n```{entry-list}\n:selected: true\n```\n\n```{publications} papers.bib\n```\n\n```{publications} books.json\n```\n"
    skill = "\n## CNI\n\n```{skill} cni\n:category: networking\n```\n"
    books = json.dumps([{"id": "csl", "title": "Book", "custom": {"selected": True}}])
    app = build({"index.md": text + skill, "papers.bib": bib, "books.json": books})
    assert app.warning.getvalue() == ""
    listed = [line.partition(" |")[0] for line in lines(app, ".folio-entries li")]
    assert listed == ["Fast allocation of addresses on straßen", "Book"]
    app = build({"index.md": (text + skill).replace("selected: true", "selected: yes")})
    assert warnings_of(app) == ["index.md:4: WARNING: unknown selected 'yes'; known: true [folio.invalid_option]"]


def test_restructuredtext_and_markdown_read_the_same(build: Any) -> None:
    rest = "Ada\n===\n\n.. publications:: papers.bib\n   :keys: later\n"
    app = build({"index.rst": rest, "papers.bib": BIB})
    assert app.warning.getvalue() == ""
    assert [entry.key for entry in portfolio(app).objects()] == ["later"]


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub", "texinfo", "singlehtml"])
def test_other_builders_show_them_too(build: Any, builder: str) -> None:
    settings = {"version": "1", "copyright": "Ada", "project": "Portfolio"}
    listing = "\n## Again\n\n```{entry-list}\n```\n"
    app = build({**FILES, "index.md": HOME + listing}, builder=builder, settings=settings)
    assert app.warning.getvalue() == ""


def test_a_changed_file_changes_the_page_and_a_parallel_build_writes_the_same(build: Any, contents: Any) -> None:
    other = {"other.md": "---\norphan: true\n---\n# Other\n\nText.\n"}
    build({**FILES, **other})
    changed = BIB.replace("Addresses, later", "Addresses, at last")
    app = build({"papers.bib": changed})
    assert lines(app, ".folio-publication .folio-line")[0].startswith("Addresses, at last | ")
    written = contents(app.outdir, without=("searchindex.js",))
    clean = build({}, folder="clean", parallel=2)
    assert contents(clean.outdir, without=("searchindex.js",)) == written


def test_the_person_is_emphasized_even_if_only_the_name_changes(build: Any) -> None:
    home = "# Home\n\n```{toctree}\npapers\n```\n\n```{person} ada\n:name: Bea Other\n```\n"
    papers = "# Papers\n\n```{publications} papers.bib\n:keys: later\n```\n\n## Own\n\n```{publication} own\n:title: Own\n:authors: A. Example, B\n```\n"
    app = build({"index.md": home, "papers.md": papers, "papers.bib": BIB})
    assert not page(app, "papers.html").select(".folio-line span strong")
    app = build({"index.md": home.replace("Bea Other", "Ada Example")})
    names = [name.get_text() for name in page(app, "papers.html").select(".folio-line span strong")]
    assert names == ["Ada Example", "A. Example"]
    app = build({"index.md": home.replace("Bea Other", "爱达\n:other-names: Ada Example, B")})
    names = [name.get_text() for name in page(app, "papers.html").select(".folio-line span strong")]
    assert names == ["Ada Example", "A. Example", "B"]


@pytest.mark.parametrize(
    ("directive", "bib", "warning"),
    [
        ("```{publications}\n```", BIB, "index.md:3: WARNING: publications has no file; write the path of a BibTeX or CSL-JSON file after its name [folio.missing_key]"),
        ("```{publications} paper.bib\n```", BIB, "index.md:3: WARNING: paper.bib cannot be read: No such file or directory [folio.unreadable_data]"),
        ("```{publications} papers.txt\n```", BIB, "index.md:3: WARNING: papers.txt is not a bibliography; write the path of a .bib file (BibTeX) or a .json file (CSL-JSON) [folio.unreadable_data]"),
        ("```{publications} papers.bib\n:keys: later, Fast_2000\n```", BIB, "index.md:4: WARNING: papers.bib has no entry 'Fast_2000'; did you mean 'Fast_2020'? [folio.unreadable_data]"),
        ("```{publications} papers.bib\n:filter: x\n```", BIB, "index.md:4: WARNING: publications has no option 'filter'; known: keys, skills, group-by [folio.unknown_option]"),
        ("```{publications} papers.bib\n\nText.\n```", BIB, "index.md:3: WARNING: publications takes options only, so 'Text.' is not shown; is the directive closed? [folio.unexpected_content]"),
        ("```{publications} papers.bib\n```", "@misc{a, title={A}}\n@misc{b title={B}}\n", "papers.bib:2: WARNING: this BibTeX entry is left out: Expected comma after entry key, but found = [folio.unreadable_data]"),
        ("```{publications} papers.bib\n```", "@misc{a, author={B}}", "papers.bib:1: WARNING: 'a' has no title [folio.empty_name]"),
        ("```{publications} papers.bib\n```", "@misc{论文, title={A}}", "papers.bib:1: WARNING: '论文' is not a valid key; use lowercase ASCII letters, digits, dots and hyphens, such as 'lunwen' [folio.invalid_key]"),
        ("```{publications} papers.bib\n```", "@misc{a, title={A},\n year={202O}}", "papers.bib:2: WARNING: date: not a date: '202O'; write a year, 2021-08 or 2021-08-31 [folio.invalid_date]"),
        ("```{publications} papers.bib\n```", "@misc{a, title={A},\n\n url={www.example.org}}", "papers.bib:3: WARNING: url: not a link: 'www.example.org'; it must begin with http:, https: or mailto:; did you mean 'https://www.example.org'? [folio.invalid_link]"),
        ("```{publications} papers.bib\n```", "@misc{a, title={A},\n skills={og}}", "papers.bib:2: WARNING: unknown skill 'og'; did you mean 'go'? [folio.unknown_key]"),
        ("```{publications} papers.bib\n:keys: later\n:skills: og\n```", BIB, "index.md:3: WARNING: unknown skill 'og'; did you mean 'go'? [folio.unknown_key]"),
        ("```{publications} papers.bib\n```\n\n```{publications} papers.bib\n```", "@misc{a, title={A}}", "index.md:6: WARNING: duplicate publication key 'a'; it was first given in index.md:3 [folio.duplicate_key]"),
    ],
    ids=["file", "missing", "suffix", "key", "option", "content", "syntax", "title", "citation-key", "date", "url", "skill", "skill-of-all", "twice"],
)  # fmt: skip
def test_a_mistake_is_reported_at_its_line(build: Any, directive: str, bib: str, warning: str) -> None:
    skills = "\n\n## Go\n\n```{skill} go\n:category: languages\n```\n\n## CNI\n\n```{skill} cni\n:category: networking\n```\n"
    app = build({"index.md": f"# Home\n\n{directive}{skills}", "papers.bib": bib, "papers.txt": bib})
    assert warnings_of(app) == [warning]
    app = build({})  # also when nothing is read again
    assert warnings_of(app) == [warning]


def test_a_mistake_in_csl_json_is_reported_at_its_line(build: Any) -> None:
    app = build({"index.md": "# Home\n\n```{publications} a.json\n```\n", "a.json": '[\n{"id": "a" "b": 1}\n]'})
    assert warnings_of(app) == ["a.json:2: WARNING: this is not JSON: Expecting ',' delimiter [folio.unreadable_data]"]


def test_without_the_library_the_page_says_what_to_install_until_it_is_there(
    build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "bibtexparser", None)
        app = build(FILES)
    [warning] = warnings_of(app)
    assert warning == (
        "index.md:9: WARNING: papers.bib needs the library bibtexparser, which is not installed;"
        ' run “pip install "sphinx-folio[bibtex]"” [folio.unreadable_data]'
    )
    assert lines(app, ".folio-publication .folio-line") == ["地址的书 | Example Ada | 出版社"]
    app = build({})
    assert app.warning.getvalue() == ""
    assert len(lines(app, ".folio-publication .folio-line")) == 3


def test_only_titles_in_han_characters_are_offered_to_translators(build: Any) -> None:
    app = build(FILES, builder="gettext")
    catalog = (app.outdir / "index.pot").read_text("utf-8")
    assert "地址的书" in catalog
    assert "allocation" not in catalog
    assert "Example Ada" not in catalog


def test_a_status_is_translated(build: Any, tmp_path: Any) -> None:
    catalog = tmp_path / "source" / "locales" / "fr" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    catalog.write_text(f'{header}\nmsgid "In preparation"\nmsgstr "En préparation"\n', encoding="utf-8")
    files = FILES | {"papers.bib": "@unpublished{a, title={Next}, author={Example, Ada}, note={In preparation}}"}
    pages = files | {"index.md": HOME.partition("## Books")[0].replace(":skills: go\n", "")}
    app = build(pages, settings={"language": "fr", "locale_dirs": ["locales"]})
    assert lines(app, ".folio-publication .folio-line") == ["Next | Ada Example | En préparation"]


def test_a_translated_build_shows_the_same_publications(build: Any, tmp_path: Any) -> None:
    catalog = tmp_path / "source" / "locales" / "zh_CN" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    messages = {"Publications": "论文", "地址的书": "地址之书"}
    catalog.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        + "".join(f'\nmsgid "{source}"\nmsgstr "{text}"\n' for source, text in messages.items()),
        encoding="utf-8",
    )
    app = build(FILES, settings={"language": "zh_CN", "locale_dirs": ["locales"], "html_search_language": "en"})
    found = lines(app, ".folio-publication .folio-line")
    assert found[0] == "Addresses, later | Ada Example | PoolConf | 2021年5月3日"
    assert found[2].startswith("地址之书 | ")
    assert "Jane Roe, Ada Example, et al." in found[1]


def test_all_exports_contain_them(build: Any) -> None:
    app = build(FILES, settings=EXPORTS)
    resume = json.loads((app.outdir / "resume.json").read_text("utf-8"))
    assert resume["publications"][1] == {
        "name": "Fast allocation of addresses on straßen",
        "authors": ["Jane Roe", "Ada Example", "et al."],
        "publisher": "Journal of Pools",
        "releaseDate": "2020-03",
        "url": "https://doi.org/10.1145/1",
        "x-folio": {"key": "fast-2020", "skills": ["go", "cni"], "type": "article", "details": "12(3), 45–67"},
    }
    source = "Jane Roe, Ada Example, et al. | Journal of Pools, 12(3), 45–67 | Mar 2020 | doi:10.1145/1"
    line = f"Fast allocation of addresses on straßen | {source}"
    text = (app.outdir / "resume.txt").read_text("utf-8")
    assert line in text
    pdf = " ".join(" ".join(part.extract_text() for part in PdfReader(app.outdir / "resume.pdf").pages).split())
    paragraphs = Document(str(app.outdir / "resume.docx")).paragraphs
    word = [paragraph.text.replace("\N{NO-BREAK SPACE}", " ") for paragraph in paragraphs]
    assert "Journal of Pools, 12(3), 45–67 | doi:10.1145/1" in pdf
    assert line in word
    (data,) = extruct.extract((app.outdir / "index.html").read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
    works = {work["name"]: work for work in data["@graph"][2:]}
    article = works["Fast allocation of addresses on straßen"]
    assert article["@type"] == "ScholarlyArticle"  # it has a DOI
    assert article["isPartOf"] == {"@type": "Periodical", "name": "Journal of Pools"}
    assert article["author"] == [{"@type": "Person", "name": "Jane Roe"}, {"@id": "#person_ada"}]
    assert works["地址的书"]["@type"] == "Book"
    assert works["地址的书"]["publisher"] == {"@type": "Organization", "name": "出版社"}


def test_an_article_without_a_doi_may_be_one_of_a_magazine(build: Any) -> None:
    page = f"{HOME}\n## 記事\n\n```{{publication}} zenn\n:type: article\n:publisher: Zenn\n```\n"
    app = build(FILES | {"index.md": page}, settings=EXPORTS)
    (data,) = extruct.extract((app.outdir / "index.html").read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
    assert {work["name"]: work["@type"] for work in data["@graph"][2:]}["記事"] == "Article"


def test_a_work_in_preparation_has_its_status_everywhere_and_no_date(build: Any) -> None:
    bib = "@unpublished{a, title={Next}, author={Example, Ada}, note={In preparation}, year={forthcoming}}"
    settings = {**EXPORTS, "folio_exports": ["json", "json-ld", "rendercv"]}
    app = build(
        {"index.md": HOME.partition("## Books")[0].replace(":skills: go\n", ""), "papers.bib": bib}, settings=settings
    )
    assert app.warning.getvalue() == ""
    assert lines(app, ".folio-publication .folio-line") == ["Next | Ada Example | In preparation"]
    [work] = json.loads((app.outdir / "resume.json").read_text("utf-8"))["publications"]
    assert work == {"name": "Next", "authors": ["Ada Example"], "x-folio": {"key": "a", "status": "In preparation"}}
    assert 'journal: "In preparation"\n' in (app.outdir / "resume-rendercv.yaml").read_text("utf-8")
    (data,) = extruct.extract((app.outdir / "index.html").read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
    [linked] = [work for work in data["@graph"] if work.get("name") == "Next"]
    assert (linked["@type"], linked["creativeWorkStatus"]) == ("CreativeWork", "In preparation")


def test_publications_and_evidence_survive_an_import_of_the_export(build: Any) -> None:
    home = HOME.replace(":name: Ada Example", ":name: Ada\n:other-names: Ada Example")
    app = build({**FILES, "index.md": home, "more.md": "---\norphan: true\n---\n" + CARRYING}, settings=EXPORTS)
    assert app.warning.getvalue() == ""
    once = json.loads((app.outdir / "resume.json").read_text("utf-8"))
    found = import_resume(read_resume(json.dumps(once).encode()), options=ImportOptions())
    assert found.skipped == []
    pages = {**dict.fromkeys((*FILES, "more.md")), **found.pages}
    again = build(pages, settings={**found.settings, "folio_exports": ["json"]}, folder="again")
    assert again.warning.getvalue() == ""
    told = json.loads((again.outdir / "resume.json").read_text("utf-8"))
    assert told["publications"] == once["publications"]
    assert told["basics"]["x-folio"]["otherNames"] == ["Ada Example"]
    assert told["x-folio"]["evidence"] == once["x-folio"]["evidence"]
    assert told["x-folio"]["evidence"][0]["skills"] == ["go"]


CARRYING = """\
# More

````{certificate} cka
:name: CKA
:skills: go

```{evidence} badge
:title: Badge
:kind: page
:by: own
:url: https://example.org/badge
```
````
"""
ENTRIES = """\
# Home

```{person} ada
:name: Ada Example
```

## Go

```{skill} go
:category: languages
```

## CNI

```{skill} cni
:category: networking
```

## Certificates

```{certificate} cka
:name: CKA
:issuer: CNCF
:date: 2021-08
:url: https://example.org/cka
:skills: go
```

```{certificate} paper
:name: On paper
:skills: cni
```

## Talk

````{talk} talk
:event: Conf
:date: 2023
:skills: cni

```{evidence} slides
:title: Slides
:kind: page
:by: own
:url: https://example.org/slides
```
````

## Paper

```{publication} paper
:authors: Ada Example, Bea Other
:url: https://example.org/paper
:type: paper
:skills: go
```

## Award

```{award} award
:url: https://example.org/slides
:skills: go
```

## Lists

```{entry-list}
```

```{evidence-table}
:skill: go
```

```{evidence-coverage}
```
"""


def test_entries_with_an_address_are_evidence_of_their_skills(build: Any) -> None:
    app = build({"index.md": ENTRIES})
    assert app.warning.getvalue() == ""
    found = json.loads((app.outdir / "evidence.json").read_text("utf-8"))
    assert (found["percent"], found["skills"]["with_evidence_of_own_work"]) == (100, 2)
    assert [(row["key"], row["kind"], row["by"]) for row in found["evidence"]["skill"]["go"]] == [
        ("certificate:cka", "certificate", "own"),
        ("publication:paper", "publication", "team"),
    ]
    assert [row["key"] for row in found["evidence"]["skill"]["cni"]] == ["slides"]  # carried by the talk
    rows = [
        [cell.get_text().strip() for cell in row.select("td, th")] for row in page(app).select(".folio-proof-table tr")
    ][1:]
    assert rows == [["CKA", "Certificate", "Aug 2021", "Mine", "Go"], ["Paper", "Publication", "", "Team", "Go"]]
    proofs = page(app).select("#skill_go .folio-proofs a")
    assert [link["href"] for link in proofs] == ["https://example.org/cka", "https://example.org/paper"]
    assert "evidence: 2 of 2 skills (100%)" in app.status.getvalue()


def test_without_the_address_an_entry_is_no_evidence_any_more(build: Any) -> None:
    pages = {
        "index.md": "# Home\n\n```{toctree}\nmore\n```\n\n```{skill} go\n:name: Go\n:category: languages\n```\n",
        "more.md": "# More\n\n```{course} c\n:name: C\n:url: https://example.org\n:skills: go\n```\n",
    }
    app = build(pages)
    assert page(app).select(".folio-proofs")
    app = build({"more.md": pages["more.md"].replace(":url: https://example.org\n", "")})
    assert not page(app).select(".folio-proofs")
    assert not (app.outdir / "evidence.json").exists()


def test_a_publication_says_whose_work_it_is(build: Any) -> None:
    app = build({"index.md": ENTRIES.replace(":type: paper", ":by: own")})
    assert [proof.by for proof in portfolio(app).evidence_for("skill", "go")] == ["own", "own"]
    app = build({"index.md": ENTRIES.replace(":type: paper", ":by: on\n:type: articel")})
    assert warnings_of(app) == [
        "index.md:54: WARNING: unknown by 'on'; did you mean 'own'? [folio.invalid_option]",
        "index.md:55: WARNING: unknown type 'articel'; did you mean 'article'? [folio.invalid_option]",
    ]


def test_a_list_has_entries_of_some_types_newest_first(build: Any) -> None:
    app = build({"index.md": ENTRIES})
    assert lines(app, ".folio-entries li") == [
        "Talk | Conf | 2023",
        "CKA | CNCF | Aug 2021",
        "On paper",
        "Paper | Ada Example, Bea Other",
        "Award",
    ]
    assert [link["href"] for link in page(app).select(".folio-entries a")][:2] == [
        "#talk_talk",
        "https://example.org/cka",
    ]
    some = "```{entry-list}\n:types: talk, certificates\n:since: 2022\n"
    app = build({"index.md": ENTRIES.replace("```{entry-list}\n", some)})
    assert lines(app, ".folio-entries li") == ["Talk | Conf | 2023"]
    assert warnings_of(app) == [
        "index.md:68: WARNING: unknown types 'certificates'; did you mean 'certificate'? [folio.invalid_option]"
    ]


def test_a_listed_position_has_its_period(build: Any) -> None:
    position = "## Acme\n\n```{position} engineer\n:title: Engineer\n:start: 2018-04\n:end: 2022-03\n```\n\n"
    app = build({"index.md": f"# Home\n\n{position}## List\n\n```{{entry-list}}\n:types: position\n```\n"})
    assert lines(app, ".folio-entries li") == ["Acme · Engineer | Apr 2018 – Mar 2022"]


def test_identifiers_are_shown_for_readers_of_paper(build: Any) -> None:
    text = (
        "# Home\n\n## Section\n\n```{publication} one\n:details: pp. 1–9\n:url: https://doi.org/10.1/%3Cx%3E\n```\n\n"
        "```{publication} two\n:title: Two\n:url: https://arxiv.org/abs/math/0211159v1\n```\n\n## List\n\n```{entry-list}\n```\n"
    )
    app = build({"index.md": text})
    assert app.warning.getvalue() == ""
    assert lines(app, ".folio-publication .folio-line") == ["pp. 1–9 | doi:10.1/<x>", "Two | arXiv:math/0211159v1"]
    assert lines(app, ".folio-entries li") == ["Section | pp. 1–9 | doi:10.1/<x>", "Two | arXiv:math/0211159v1"]
    [link] = [link for link in page(app).select(".folio-publication a") if link.get_text() == "arXiv:math/0211159v1"]
    assert link["href"] == "https://arxiv.org/abs/math/0211159v1"


def test_other_entries_are_linked_data(build: Any) -> None:
    text = (
        "# Home\n\n```{person} ada\n:name: Ada Example\n```\n\n## Go\n\n```{skill} go\n:category: languages\n```\n\n"
        "## More\n\n```{interest} radio\n:name: Radio\n```\n\n"
        "```{course} c\n:name: Compilers\n:provider: School\n```\n\n"
        "```{reference} bea\n:name: Bea Other\n:title: Boss\n\nAda is fast.\n```\n"
    )
    app = build({"index.md": text}, settings=EXPORTS)
    (data,) = extruct.extract((app.outdir / "index.html").read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
    _profile, person, review = data["@graph"]
    assert [known if isinstance(known, str) else known["name"] for known in person["knowsAbout"]] == [
        *("Compilers", "Go", "Radio")
    ]
    assert review == {
        "@type": "Review",
        "@id": "#reference_bea",
        "author": {"@type": "Person", "name": "Bea Other", "jobTitle": "Boss"},
        "itemReviewed": [{"@id": "#person_ada"}],
        "reviewBody": "Ada is fast.",
    }


def test_consecutive_roles_at_one_entity_are_together_on_the_timeline(build: Any) -> None:
    def role(key: str, start: str, end: str = "") -> str:
        return (
            f"```{{position}} {key}\n:title: {key.title()}\n:start: {start}\n"
            + (f":end: {end}\n" if end else "")
            + "```\n\n"
        )

    text = (
        "# Home\n\n```{timeline}\n```\n\n## Acme\n\n" + role("lead", "2021-08") + role("engineer", "2018-02", "2021-06")
        + "## Other\n\n" + role("developer", "2016-02", "2018-01") + "## ACME\n\n" + role("intern", "2015", "2015")
    )  # fmt: skip
    app = build({"index.md": text})
    assert app.warning.getvalue() == ""
    [career] = page(app).select(".folio-career")
    shown = [
        " ".join(item.get_text(" ").replace("\N{NO-BREAK SPACE}", " ").split())
        for item in career.select(".folio-title")
    ]
    assert shown == ["Position Acme", "Lead", "Engineer", "Position Other · Developer", "Position ACME · Intern"]
    [group] = [item for item in career.select("li") if item.select("ul")]
    assert group.select_one(".folio-dates").get_text().replace("\N{NO-BREAK SPACE}", " ") == "Feb 2018 – present"  # type: ignore[union-attr]
    assert [link["href"] for link in group.select(".folio-title a")] == [
        *("#position_lead", "#position_lead", "#position_engineer")
    ]
    text_app = build({}, builder="text", folder="text")
    text_of = (text_app.outdir / "index.txt").read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "\n  * Aug 2021 – present | 5+ yrs\n\n    Lead\n" in text_of


def test_linkcheck_names_the_line_of_the_entry_not_that_of_a_listing(build: Any) -> None:
    app = build(
        {
            "index.rst": "Home\n====\n\n.. folio:entry-list:: publication\n\n.. folio:skill:: go\n   :name: Go\n"
            "\n.. folio:evidence-table::\n\nSee https://example.org/own\n",
            "work.rst": "Work\n====\n\n.. folio:publication:: paper\n   :title: Paper\n   :skills: go\n"
            "   :url: https://example.org/paper\n\n"
            ".. folio:evidence:: report\n   :title: Report\n   :kind: report\n   :skills: go\n"
            "   :url: https://example.org/report\n",
        },
        builder="linkcheck",
        settings={"linkcheck_ignore": [".*"]},
    )
    lines = (app.outdir / "output.json").read_text(encoding="utf-8").splitlines()
    found = {(link["uri"], link["filename"], link["lineno"]) for link in map(json.loads, lines)}
    assert found == {
        ("https://example.org/own", "index.rst", 11),
        ("https://example.org/paper", "work.rst", 4),
        ("https://example.org/report", "work.rst", 9),
    }
