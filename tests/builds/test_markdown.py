"""Pages as Markdown: what is written, where it is linked, and that it is the same however the site was built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EXPORTS = ["llms", "llms-full", "markdown"]
EXTENSIONS = ["myst_parser", "sphinx_folio.export"]
SAMPLE = """\
Sample
======

Plain *emphasis*, **strong（粗）** 后, ``a|b``, `site <https://example.org/a_(b)>`_, https://example.org/x and :ref:`here <part>`.

.. comment

.. note::

   A remark.

.. code-block:: python

   def f(*arguments):
       return "`"

term : kind
   Definition.

   More of it.

:field: value

1. One

   - inner
   - second

2. Two

.. list-table:: Caption
   :header-rows: 1

   * - A
     - B|C
   * - 1
     - - x
       - y

.. raw:: html

   <b>raw</b>

.. image:: dot.png
   :alt: A [dot]

.. _part:

Part #1
-------

# not a heading [#]_

| a line
| another

.. math::

   x^2

.. [#] The note, with :doc:`sub/deep`.

:download:`data <dot.png>`

.. rubric:: Rubric

-----

  A quotation.
"""
DEEP = """\
Deep
====

Back to :doc:`/sample`, :skill:`go` and :ref:`the part <part>`; see ``code``!
:skill:`cni`

.. figure-chart:: figures.csv
   :rows: phase
   :columns: tool
   :value: seconds
   :text: printed
   :axis: Seconds
   :labels: create = Create it, failed = No result

   Times.

.. key-figure:: figures.csv
   :value: seconds

   seconds
"""
CSV = "phase,tool,seconds,printed\ncreate,one,3,3 s\ncreate,two,,failed\ndelete,one,4,4 s\ndelete,two,5,5 s\n"


@pytest.fixture
def portfolio(restructuredtext: dict[str, str]) -> dict[str, str]:
    index = restructuredtext["index.rst"] + "   sample\n   sub/deep\n"
    hidden = ":orphan:\n\nHidden\n======\n\nApart.\n"
    pages = {"index.rst": index, "sample.rst": SAMPLE, "sub/deep.rst": DEEP, "404.rst": hidden, "hidden.rst": hidden}
    return {**restructuredtext, **pages, "sub/figures.csv": CSV, "dot.png": "png"}


@pytest.fixture
def built(build: Any) -> Callable[..., Any]:
    def build_markdown(pages: dict[str, str | None], **options: Any) -> Any:
        settings = {"extensions": EXTENSIONS, "folio_exports": EXPORTS} | options.pop("settings", {})
        app = build(pages, settings=settings, **options)
        assert app.warning.getvalue() == ""
        return app

    return build_markdown


def text_of(app: Any, name: str) -> str:
    return str((app.outdir / name).read_text("utf-8"))


def markdown_files(app: Any) -> dict[str, str]:
    paths = [*app.outdir.rglob("*.md"), app.outdir / "llms-full.txt", app.outdir / "llms.txt"]
    return {path.relative_to(app.outdir).as_posix(): path.read_text("utf-8") for path in paths if path.is_file()}


def test_a_page_is_written_in_plain_markdown(built: Any, portfolio: dict[str, str]) -> None:
    text = text_of(built(portfolio), "sample.md")
    assert (
        text
        == """\
# Sample

Plain *emphasis*, **strong**（粗） 后, `a|b`, [site](<https://example.org/a_(b)>), <https://example.org/x> and [here](sample.html#part).

> **Note**
>
> A remark.

```python
def f(*arguments):
    return "`"
```

- **term**, **kind**: Definition.

  More of it.

- **field**: value

1. One
   - inner
   - second
2. Two

**Caption**

| A | B\\|C |
| --- | --- |
| 1 | x / y |

![A \\[dot\\]](_images/dot.png)

## Part #1

\\# not a heading [^1]

a line\\
another

$$
x^2
$$

[^1]: The note, with [Deep](sub/deep.html).

[`data`](DOWNLOAD)

**Rubric**

---

> A quotation.
""".replace("DOWNLOAD", re.findall(r"_downloads/\w+/dot\.png", text)[0])
    )


def test_charts_are_tables_and_links_lead_out_of_folders(built: Any, portfolio: dict[str, str]) -> None:
    assert (
        text_of(built(portfolio), "sub/deep.md")
        == """\
# Deep

Back to [Sample](../sample.html), [Go](../skills.html#skill_go) and [the part](../sample.html#part); see `code`! [CNI](../skills.html#skill_cni)

|  | one | two |
| --- | --- | --- |
| Create it | 3 s | No result |
| delete | 4 s | 5 s |

Times.

**12**

seconds
"""
    )


def test_captions_have_their_numbers_and_signatures_are_code(built: Any) -> None:
    page = """\
Sample
======

See :numref:`rates`, :numref:`dot`, :numref:`listing` and :py:func:`level`.

.. list-table:: Rates of *all*
   :name: rates

   * - A

.. figure:: dot.png
   :name: dot

   A dot

.. code-block:: python
   :caption: A listing
   :name: listing

   pass

.. py:function:: level(hour: float, *, unit: str = "m") -> float

   The level.
"""
    settings = {"numfig": True, "extensions": ["sphinx_folio.export"], "folio_exports": ["markdown"]}
    text = text_of(built({"index.rst": page, "dot.png": "png"}, settings=settings), "index.md")
    assert [part for part in ("Table 1", "Fig. 1", "Listing 1") if f"[{part}](index.html#" in text] == [
        "Table 1",
        "Fig. 1",
        "Listing 1",
    ]
    assert "\n\n**Table 1** **Rates of** **all**\n\n" in text
    assert "\n\nFig. 1 A dot\n\nListing 1 A listing\n\n```python\n" in text
    assert "> `level(hour: float, *, unit: str = 'm') -> float`\n>\n> The level.\n" in text


def test_sections_have_their_numbers(built: Any) -> None:
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n   :numbered:\n\n   guide\n   more\n",
        "guide.rst": "Guide\n=====\n\nStart\n-----\n\n.. note::\n\n   A note.\n",
        "more.rst": "More\n====\n",
    }
    settings = {"extensions": ["sphinx_folio.export"], "folio_exports": ["markdown"]}
    app = built(pages, settings=settings)
    assert "- [1. Guide](guide.html)\n  - [1.1. Start](guide.html#start)\n- [2. More]" in text_of(app, "index.md")
    assert text_of(app, "guide.md") == "# 1. Guide\n\n## 1.1. Start\n\n> **Note**\n>\n> A note.\n"
    moved = pages["index.rst"].replace("guide\n   more", "more\n   guide")
    app = built({"index.rst": moved}, settings=settings)
    assert text_of(app, "guide.md").startswith("# 2. Guide\n\n## 2.1. Start\n")


def test_entries_and_listings_say_all_in_words(built: Any, portfolio: dict[str, str]) -> None:
    app = built(portfolio)
    assert text_of(app, "index.md").startswith("# Portfolio\n\n- [Home](home.html)\n  - [Talents](home.html#talents)\n")
    assert "## Go\n\n- **Level**: working\n- **Also known as**: Golang, Go language\n\nSince 2015.\n" in text_of(
        app, "skills.md"
    )
    work = text_of(app, "work.md")
    assert "- **Links**: [Repository](https://example.org/pool)" in work
    assert "Gave out *1000* addresses in a minute.\n\n**Skills**: [CNI](skills.html#skill_cni)\n" in work
    proof = text_of(app, "proof.md")
    assert "File [The allocator](https://example.org/pool/blob/v1.0.0/allocate.go) | May 2022 | Mine | v1.0.0" in proof
    assert "| [Go](skills.html#skill_go) | working |" in proof
    for text in markdown_files(app).values():
        assert not re.search(r"<(?!https?://|mailto:)|folio[-_]|●|[\ue000-\uf8ff]", text)


def test_every_link_in_the_text_leads_somewhere(built: Any, portfolio: dict[str, str]) -> None:
    app = built(portfolio)
    checked = 0
    for name, text in markdown_files(app).items():
        html = BeautifulSoup(MarkdownIt("gfm-like", {"linkify": False}).render(text), "html.parser")
        for address in [str(tag.get("href") or tag.get("src")) for tag in html.select("a[href], img")]:
            if not re.match("https?:|mailto:", address):
                path, _hash, anchor = address.partition("#")
                page = (app.outdir / name).parent / path
                assert page.is_file(), (name, address)
                assert not anchor or f'id="{anchor}"' in page.read_text("utf-8"), (name, address)
                checked += 1
    assert checked > 50


@pytest.mark.parametrize(
    ("builder", "here", "twin", "link"),
    [
        ("html", "sub/deep.html", "sub/deep.md", "deep.md"),
        ("dirhtml", "sub/deep/index.html", "sub/deep/index.md", "index.md"),
    ],
)
def test_pages_and_the_index_link_to_the_twins(
    built: Any, portfolio: dict[str, str], builder: str, here: str, twin: str, link: str
) -> None:
    app = built(portfolio, builder=builder)
    [alternate] = BeautifulSoup(text_of(app, here), "html.parser").select('link[rel="alternate"][type="text/markdown"]')
    assert alternate["href"] == link
    index = text_of(app, "llms.txt")
    assert f"- [Deep]({twin})\n" in index
    assert index.endswith("## Optional\n\n- [All pages as one text](llms-full.txt)\n")
    name = "../../sample/" if builder == "dirhtml" else "../sample.html"
    assert f"Back to [Sample]({name})" in text_of(app, twin)


def test_pages_that_are_not_content_have_no_twin(built: Any, portfolio: dict[str, str]) -> None:
    views = {"net": {"title": "Net", "skills": ["cni"]}}
    app = built(portfolio, settings={"folio_views": views})
    twins = {name for name in markdown_files(app) if name.endswith(".md")}
    names = {"index", "home", "skills", "work", "proof", "sample", "sub/deep", "hidden"}
    assert twins == {f"{name}.md" for name in names}
    assert (app.outdir / "home-net.html").is_file()
    assert "markdown" not in text_of(app, "404.html")
    assert "Apart" in text_of(app, "hidden.md")
    assert "Apart" not in text_of(app, "llms-full.txt")
    assert "hidden" not in text_of(app, "llms.txt")


def test_names_of_files_with_special_characters_are_quoted(built: Any, portfolio: dict[str, str]) -> None:
    page = ":orphan:\n\nApart\n=====\n\n:download:`list <my#1.txt>`\n\n.. image:: my#2.png\n   :alt: dot\n"
    text = text_of(built({**portfolio, "apart.rst": page, "my#1.txt": "a", "my#2.png": "png"}), "apart.md")
    assert re.search(r"\[`list`\]\(_downloads/\w+/my%231\.txt\)", text)
    assert "![dot](_images/my%232.png)" in text


@pytest.mark.parametrize(("base", "site"), [("https://example.org/en", "https://example.org/en/"), ("", "")])
def test_the_full_text_has_all_pages_in_order_with_their_addresses(
    built: Any, portfolio: dict[str, str], base: str, site: str
) -> None:
    text = text_of(built(portfolio, settings={"html_baseurl": base}), "llms-full.txt")
    assert text.startswith("# Ada Example\n\n> Network engineer\n\n---\n\nPage: ")
    names = ["index", "home", "skills", "work", "proof", "sample", "sub/deep"]
    pages = [f"<{site}{name}.html>" if site else f"[{name}.html]({name}.html)" for name in names]
    assert re.findall(r"(?<=^---\n\nPage: ).+$", text, re.MULTILINE) == pages
    assert f"Back to [Sample]({site}sample.html), [Go]({site}skills.html#skill_go)" in text
    assert f"![A \\[dot\\]]({site}_images/dot.png)" in text


@pytest.mark.parametrize("parallel", [1, 2])
def test_an_edit_changes_the_text_as_a_clean_build_does(built: Any, portfolio: dict[str, str], parallel: int) -> None:
    first = markdown_files(built(portfolio, parallel=parallel))
    assert first == markdown_files(built(portfolio, folder="serial"))
    edits = {
        "skills.rst": portfolio["skills.rst"].replace("Go\n--", "Gopher\n------"),
        "index.rst": portfolio["index.rst"].replace("   sub/deep\n", "").replace("   home\n", "   sub/deep\n   home\n"),
    }
    app = built(edits, parallel=parallel)
    clean = markdown_files(built(edits, folder="clean"))
    assert markdown_files(app) == clean
    assert "[Gopher](../skills.html#skill_go)" in clean["sub/deep.md"]
    assert "Gopher" in clean["llms-full.txt"]
    assert clean["llms-full.txt"].index("# Deep") < clean["llms-full.txt"].index("# Home")


def test_removed_pages_and_exports_take_their_files_with_them(built: Any, portfolio: dict[str, str]) -> None:
    built(portfolio)
    app = built({"sub/deep.rst": None, "index.rst": portfolio["index.rst"].replace("   sub/deep\n", ""),
                 "sample.rst": SAMPLE.replace(", with :doc:`sub/deep`", "")})  # fmt: skip
    assert "sub/deep.md" not in markdown_files(app)
    assert "# Deep" not in text_of(app, "llms-full.txt")
    app = built({}, settings={"folio_exports": ["llms", "llms-full"]})
    assert {*markdown_files(app)} == {"llms.txt", "llms-full.txt"}
    assert "text/markdown" not in text_of(app, "home.html")
    assert "(work.html)" in text_of(app, "llms.txt")
    app = built({}, settings={"folio_exports": ["llms"]})
    assert {*markdown_files(app)} == {"llms.txt"}
    assert "Optional" not in text_of(app, "llms.txt")
    app = built({}, builder="text")
    assert list(app.outdir.rglob("*.md")) == []


def test_a_lost_file_is_written_again(built: Any, portfolio: dict[str, str]) -> None:
    app = built(portfolio)
    before = markdown_files(app)
    (app.outdir / "work.md").unlink()
    (app.outdir / "llms-full.txt").unlink()
    assert markdown_files(built({})) == before
    [cache] = app.doctreedir.glob("folio-markdown-*")
    (cache / "sample.md").write_bytes(b"damaged")
    assert markdown_files(built({})) == before


def test_without_a_person_the_pages_are_written_all_the_same(built: Any) -> None:
    app = built(
        {"index.rst": "Home\n====\n\nText.\n"},
        settings={"folio_exports": ["llms-full", "markdown"], "project": "A *site*"},
    )
    assert markdown_files(app) == {
        "index.md": "# Home\n\nText.\n",
        "llms-full.txt": "# A \\*site\\*\n\n---\n\nPage: [index.html](index.html)\n\n# Home\n\nText.\n",
    }


@pytest.mark.parametrize(
    ("names", "start"),
    [
        ({}, "# Ada Example\n\n> Network engineer\n"),
        ({"project": "Ada Example"}, "# Ada Example\n\n> Network engineer\n"),
        ({"project": "portfolio", "html_title": "Work of Ada Example"}, "# Ada Example\n\n> Network engineer\n"),
        ({"project": "podpool", "author": "Ada Example"}, "# podpool\n\n"),
    ],
)
def test_the_documentation_of_a_project_begins_with_its_name(
    built: Any, portfolio: dict[str, str], names: dict[str, str], start: str
) -> None:
    app = built(portfolio, settings=names)
    for file in ("llms.txt", "llms-full.txt"):
        text = text_of(app, file)
        assert text.startswith(start)
        assert ("> Network engineer" in text) is ("> Network engineer" in start)


def test_the_text_of_a_private_build_says_so_and_has_no_private_facts(
    built: Any, portfolio: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = tmp_path / "private.toml"
    secrets.write_text('phone = "+00 123"\nbirth = "1990-05-17"\n')
    monkeypatch.setenv("FOLIO_PRIVATE", str(secrets))
    public = markdown_files(built(portfolio))
    app = built(portfolio, folder="private", settings={"folio_private": True})
    private = markdown_files(app)
    notice = "**Private copy, not for publication**\n\n"
    named = {name: text for name, text in private.items() if name != "llms.txt"}
    assert named == {name: notice + text for name, text in public.items() if name != "llms.txt"}
    assert "+00 123" not in "".join(private.values())
    for cache in app.doctreedir.rglob("folio-markdown-*/**/*.md"):
        assert notice.encode() not in cache.read_bytes()


def test_the_text_is_in_the_language_of_the_build(built: Any, portfolio: dict[str, str]) -> None:
    app = built(portfolio, settings={"language": "zh_CN", "html_search_language": "en"})
    assert "**技能**：[CNI](skills.html#skill_cni)" in text_of(app, "work.md")
    assert "- **链接**：[" in text_of(app, "work.md")
    assert "网页：[home.html](home.html)" in text_of(app, "llms-full.txt")
