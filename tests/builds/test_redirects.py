"""What has moved leads on: pages, parts of pages, and objects whose key is another now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError
from sphinx.util.inventory import InventoryFile

PAGES = {
    "index.md": "# Home\n\n```{toctree}\nprojects/pool\nskills\n```\n",
    "projects/pool.md": "# Pool\n\n(pool-how)=\n## How\n\nIt works.\n",
    "skills.md": "# Skills\n\n## Go\n\n```{skill} go\n:category: languages\n```\n",
}
ALONE = {
    "extensions": ["myst_parser", "sphinx_folio.redirects"],
    **dict.fromkeys(("primary_domain", "folio_levels", "folio_categories", "folio_today")),
}


def settings(redirects: dict[Any, Any], **more: Any) -> dict[str, Any]:
    extensions = ["myst_parser", "sphinx_folio", "sphinx_folio.redirects", "sphinx_folio.social"]
    return {"extensions": extensions, "folio_redirects": redirects, "nitpicky": True, **more}


def page(app: Any, name: str) -> Any:
    return BeautifulSoup((app.outdir / name).read_text(encoding="utf-8"), "html.parser")


def test_a_page_that_moved_sends_readers_on(build: Any) -> None:
    moved = {
        "work/old/pool": "projects/pool",
        "how": "projects/pool#pool-how",
        "tool": "https://example.org/tool/",
        "find": "search",
        "how-to/install": "./manual/zh/install.html",
    }
    app = build(PAGES, settings=settings(moved, html_baseurl="https://example.org/me/"))
    assert app.warning.getvalue() == ""
    found = page(app, "work/old/pool.html")
    assert found.select_one("noscript meta[http-equiv=refresh]")["content"] == "0; url=../../projects/pool.html"
    assert found.select_one("link[rel=canonical]")["href"] == "https://example.org/me/projects/pool.html"
    assert found.select_one("meta[name=robots]")["content"] == "noindex"
    assert found.select_one("a")["href"] == "../../projects/pool.html"
    assert found.select_one("a").get_text() == "Pool"
    assert (app.outdir / "work/old" / found.select_one("script")["src"]).is_file()
    assert page(app, "how.html").select_one("a")["href"] == "projects/pool.html#pool-how"
    assert [tag.get_text() for tag in page(app, "how.html").select("title, h1, a")] == ["How", "How", "How"]
    assert page(app, "tool.html").select_one("link[rel=canonical]")["href"] == "https://example.org/tool/"
    manual = page(app, "how-to/install.html")
    assert manual.select_one("a")["href"] == "../manual/zh/install.html"
    assert manual.select_one("link[rel=canonical]")["href"] == "https://example.org/me/manual/zh/install.html"
    assert page(app, "find.html").select_one("a")["href"] == "search.html"
    assert "old" not in (app.outdir / "sitemap.xml").read_text(encoding="utf-8")
    for name in moved:
        html = page(app, f"{name}.html")
        assert [tag.get_text().strip() for tag in html.select("script, style")] == [""]
        assert html.select("[style], [onload]") == []


def test_folders_have_their_own_addresses(build: Any) -> None:
    pages = {**PAGES, "skills.md": "# Skills\n\nAll of them.\n"}
    app = build(pages, builder="dirhtml", settings={**ALONE, "folio_redirects": {"old/pool": "projects/pool"}})
    assert app.warning.getvalue() == ""
    assert page(app, "old/pool/index.html").select_one("a")["href"] == "../../projects/pool/"


def test_a_part_that_moved_is_said_at_its_old_anchor(build: Any) -> None:
    app = build(PAGES, settings=settings({"skills#how": "projects/pool#pool-how"}))
    assert app.warning.getvalue() == ""
    html = page(app, "skills.html")
    assert html.select_one("#how").get_text() == "Moved to: How"
    assert html.select_one("#how a")["href"] == "projects/pool.html#pool-how"
    assert [tag for tag in html.select("script") if "folio-redirects.js" in tag.get("src", "")]
    assert "folio-redirects" not in str(page(app, "index.html"))


def test_a_page_can_be_parted(build: Any) -> None:
    app = build(PAGES, settings=settings({"old": "projects/pool", "old#go": "skills#skill_go"}))
    assert app.warning.getvalue() == ""
    assert page(app, "old.html").select_one("#go a")["href"] == "skills.html#skill_go"


def test_builds_follow_the_setting(build: Any, contents: Any) -> None:
    build(PAGES, settings=settings({"old": "skills"}))
    app = build(PAGES, settings=settings({"older": "skills", "index#how": "projects/pool#pool-how"}))
    assert not (app.outdir / "old.html").exists()
    assert page(app, "index.html").select_one("#how")
    again = build(PAGES, settings=settings({"older": "skills"}), folder="build")
    assert not page(again, "index.html").select("#how")
    assert contents(again.outdir, without=("searchindex.js",)) == contents(
        build(PAGES, settings=settings({"older": "skills"}), folder="clean").outdir, without=("searchindex.js",)
    )


def test_a_page_takes_back_its_address(build: Any) -> None:
    build(PAGES, settings=settings({"old": "skills"}))
    app = build({**PAGES, "old.md": "---\norphan: true\n---\n\n# Here again\n"}, settings=settings({}))
    assert page(app, "old.html").h1.get_text().startswith("Here again")


def test_a_page_of_a_folder_keeps_its_address_where_both_names_have_the_same_one(build: Any) -> None:
    pages = {"index.md": "# Home\n\n```{toctree}\nguide\n```\n", "guide.md": "# Guide\n"}
    app = build(pages, settings=ALONE | {"folio_redirects": {"guide/index": "guide"}}, builder="dirhtml")
    assert page(app, "guide/index.html").select_one("h1").get_text().startswith("Guide")
    app = build(pages, settings=ALONE | {"folio_redirects": {"guide/index": "guide"}}, folder="html")
    assert page(app, "guide/index.html").select_one("a")["href"] == "../guide.html"


def test_a_moved_line_has_the_title_that_the_page_has_now(build: Any) -> None:
    pages = {"index.md": "# Home\n\n```{toctree}\nguide\n```\n", "guide.md": "# Guide\n", "old.md": "# Old\n"}
    options = {"settings": ALONE | {"folio_redirects": {"old#part": "guide"}}}
    build(pages, **options)
    app = build({"guide.md": "# Manual\n"}, **options)
    assert page(app, "old.html").select_one("#part").get_text() == "Moved to: Manual"


def test_a_moved_line_has_the_title_that_the_section_has_now(build: Any) -> None:
    options = {"settings": ALONE | {"folio_redirects": {"skills#how": "projects/pool#pool-how"}}}
    pages = {**PAGES, "skills.md": "# Skills\n"}
    build(pages, **options)
    app = build({"projects/pool.md": pages["projects/pool.md"].replace("## How", "## *Why*")}, **options)
    assert page(app, "skills.html").select_one("#how").get_text() == "Moved to: Why"
    again = build({"index.md": pages["index.md"].replace("Home", "Start")}, **options)
    assert page(again, "skills.html").select_one("#how").get_text() == "Moved to: Why"


def test_serial_and_parallel_builds_agree(build: Any, contents: Any) -> None:
    moved = settings({"old": "skills", "index#how": "projects/pool#pool-how"})
    serial = contents(build(PAGES, settings=moved, folder="serial").outdir)
    assert contents(build(PAGES, settings=moved, folder="parallel", parallel=2).outdir) == serial


def test_the_words_are_in_the_language_of_the_build(build: Any) -> None:
    app = build(PAGES, settings=settings({"old": "skills"}, language="zh_CN"))
    html = page(app, "old.html")
    assert html.html["lang"] == "zh-CN"
    assert html.p.get_text().strip() == "已移至：Skills"


def test_a_page_may_have_a_hash_in_its_name(build: Any) -> None:
    pages = {"index.md": "# Home\n\n```{toctree}\nc#/notes\n```\n", "c#/notes.md": "# Notes\n\n(how)=\n## How\n"}
    moved = {"c%23": "c%23/notes", "old": "c%23/notes#how", "f%23#how": "index", "f%23": "index"}
    app = build(pages, settings=ALONE | {"folio_redirects": moved})
    assert app.warning.getvalue() == ""
    assert page(app, "c#.html").select_one("a")["href"] == "c%23/notes.html"
    assert page(app, "old.html").select_one("a")["href"] == "c%23/notes.html#how"
    assert page(app, "f#.html").select_one("#how a")["href"] == "index.html"
    for wrong, says in (
        ({"old": "c#/notes"}, "no page 'c'; did you mean 'c%23/notes'?"),
        ({"c#/notes": "index"}, "redirect the page too, with 'c': …; did you mean 'c%23/notes'?"),
    ):
        assert says in build(pages, settings=ALONE | {"folio_redirects": wrong}).warning.getvalue()


@pytest.mark.parametrize("builder", ["text", "latex", "singlehtml", "gettext", "linkcheck"])
def test_other_builders_write_none(builder: str, build: Any) -> None:
    app = build(PAGES, builder=builder, settings=settings({"old": "skills", "index#how": "skills"}))
    assert app.warning.getvalue() == ""
    assert not list(Path(app.outdir).rglob("old*"))


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        ({"old": "skils"}, "no page 'skils'; did you mean 'skills'?"),
        ({"old": "skills#skill_og"}, "page 'skills' has no anchor 'skill_og'; did you mean 'skill_go'?"),
        ({"skills": "projects/pool"}, "page 'skills' still exists; remove the redirect or the page"),
        ({"skills#skill_go": "projects/pool"}, "page 'skills' still has the anchor 'skill_go'"),
        (
            {"skils#a": "skills"},
            "'skils#a' is on a page that does not exist; redirect the page too, with 'skils': …; did you mean 'skills'?",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_redirect_that_leads_nowhere_is_reported(moved: dict[str, str], says: str, build: Any) -> None:
    app = build(PAGES, settings=settings(moved))
    assert f"WARNING: folio_redirects in conf.py: {says}" in app.warning.getvalue()
    assert "[folio.broken_redirect]" in app.warning.getvalue()
    assert app.warning.getvalue().count("WARNING") == 1
    assert not (app.outdir / "old.html").exists()
    assert "skill" in (app.outdir / "skills.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        ({"old": 1}, "1 is not a page name; write a string"),
        ({"": "skills"}, "'' is not a page name"),
        (
            {"/old": "skills"},
            "'/old' is not a page name; write the path from the source folder, without a leading slash or a suffix, such as 'old'",
        ),
        ({"old.html": "skills"}, "such as 'old'"),
        ({"https://example.org/old": "skills"}, "'https://example.org/old' is not a page name"),
        (
            {"old": "../skills.md"},
            "'../skills.md' is not a page name; write the path from the source folder, without a leading slash or a suffix, such as 'skills'",
        ),
        ({"old": "a\\b"}, "such as 'a/b'"),
        ({"old": "skills#"}, "such as 'skills'; for a # in a name, write %23"),
        ({"c#": "skills"}, "such as 'c'; for a # in a name, write %23"),
        ({"old": "file:///etc/passwd"}, "'file:///etc/passwd' is not a page name"),
        ({"old": "javascript:alert(1)"}, "'javascript:alert(1)' is not a page name"),
        ({"old": "old"}, "old → old is a loop"),
        ({"a": "b", "b": "c", "c": "a"}, "a → b → c → a is a loop"),
        ({"a": "b", "b": "skills"}, "'a' leads to 'b', which is redirected as well; write 'a': 'skills'"),
        ({"a": "b#how", "b": "projects/pool"}, "write 'a': 'projects/pool#how'"),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, dict) else "",
)
def test_a_redirect_that_cannot_be_meant_is_refused(moved: Any, says: str, build: Any) -> None:
    with pytest.raises(ConfigError) as refused:
        build(PAGES, settings=settings(moved))
    assert says in str(refused.value)


RENAMED = {
    "index.md": "# Home\n\nI write {skill}`go`.\n\n```{toctree}\nskills\n```\n",
    "skills.md": "# Skills\n\n## Go\n\n```{skill} go\n:category: languages\n:formerly: golang, go-lang\n```\n",
}
RENAMED_IN_RESTRUCTUREDTEXT = {
    "index.rst": "Home\n====\n\nI write :skill:`go`.\n\n.. toctree::\n\n   skills\n",
    "skills.rst": "Skills\n======\n\nGo\n--\n\n.. skill:: go\n   :category: languages\n   :formerly: golang, go-lang\n",
}


@pytest.mark.parametrize("pages", [RENAMED, RENAMED_IN_RESTRUCTUREDTEXT], ids=["md", "rst"])
def test_an_object_is_found_by_the_key_that_it_had(pages: dict[str, str], build: Any) -> None:
    app = build(pages)
    assert app.warning.getvalue() == ""
    html = page(app, "skills.html")
    assert all(html.select(f"#{name}") for name in ("skill_go", "skill_golang", "skill_go-lang"))
    inventory = InventoryFile.loads((app.outdir / "objects.inv").read_bytes(), uri="").data["folio:skill"]
    assert {key: item.uri for key, item in inventory.items()} == {
        "go": "skills.html#skill_go",
        "golang": "skills.html#skill_golang",
        "go-lang": "skills.html#skill_go-lang",
    }
    assert {item.display_name for item in inventory.values()} == {"Go"}


def test_pages_are_told_to_use_the_key_of_today(build: Any) -> None:
    text = RENAMED["index.md"].replace("`go`", "`golang`") + "\n```{skill-tags}\n```\n"
    app = build({**RENAMED, "index.md": text})
    assert (
        "index.md:3: WARNING: skill 'golang' is now 'go'; write the new key [folio.renamed_key]"
        in app.warning.getvalue()
    )
    assert app.warning.getvalue().count("WARNING") == 1
    assert page(app, "index.html").select_one('p a[href="skills.html#skill_go"]').get_text() == "Go"


def test_what_names_a_key_unseen_is_told_too(build: Any) -> None:
    pool = "## Pool\n\n```{project} pool\n:formerly: pond\n```\n\n```{highlight} fast\n:project: pond\n\nFast.\n```\n"
    app = build({**RENAMED, "skills.md": f"{RENAMED['skills.md']}\n{pool}"})
    assert "project 'pond' is now 'pool'; write the new key" in app.warning.getvalue()


def test_a_key_can_be_had_by_one_only(build: Any) -> None:
    more = "## C\n\n```{skill} c\n:category: languages\n:formerly: golang\n```\n"
    app = build({**RENAMED, "skills.md": f"{RENAMED['skills.md']}\n{more}"})
    assert (
        "skill 'c' lists the former key 'golang', but another entry has this key or former key"
        in app.warning.getvalue()
    )
    assert app.warning.getvalue().count("WARNING") == 1
