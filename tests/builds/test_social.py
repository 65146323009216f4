"""Descriptions, Open Graph data, cards, icons, manifest, robots.txt and sitemap."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from sphinx.cmd.build import main as sphinx_build

from sphinx_folio.social.cards import HEIGHT, WIDTH, Card, can_draw, draw_card, draw_icon
from sphinx_folio.social.descriptions import MAX_WIDTH, truncate
from sphinx_folio.social.settings import with_territory

PAGES = {
    "index.rst": "Home & <away>\n=============\n\nA portfolio that says what it is about. It has two pages.\n\n.. toctree::\n\n   work\n",
    "work.rst": "Work\n====\n\nDone\n----\n\n:doc:`index`\n",
}
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#0b6b6b"/></svg>'
SETTINGS = {
    "extensions": ["sphinx_folio", "sphinx_folio.social"],
    "html_title": "Ada",
    "html_baseurl": "https://ada.example.org/site/",
    "html_favicon": "icon.svg",
}


def build_site(build: Any, pages: dict[str, str] | None = None, **settings: Any) -> Any:
    options = {key: settings.pop(key) for key in ("parallel", "builder") if key in settings}
    return build({"icon.svg": ICON, **(pages or PAGES)}, settings={**SETTINGS, **settings}, **options)


def head(app: Any, name: str = "index.html") -> dict[str, str]:
    soup = BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser")
    found = {}
    for tag in soup.select("meta[name], meta[property]"):
        found[str(tag.get("name") or tag.get("property"))] = str(tag["content"])
    return found


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def test_a_page_has_a_description_and_open_graph_data(build: Any) -> None:
    app = build_site(build)
    assert app.warning.getvalue() == ""
    found = head(app)
    assert found["description"] == "A portfolio that says what it is about. It has two pages."
    assert found["og:title"] == "Home & <away>"
    assert found["og:url"] == "https://ada.example.org/site/index.html"
    assert (found["og:type"], found["og:locale"], found["og:site_name"]) == ("website", "en_US", "Ada")
    assert found["twitter:card"] == ("summary_large_image" if "og:image" in found else "summary")
    assert head(app, "work.html")["description"] == "Work, Done"
    assert head(app, "search.html")["description"] == "Search – Ada"


@pytest.mark.parametrize(
    ("text", "expected"), [("Storms are bad.", "Storms are bad."), ("Storms, bad ones", "Weather, Wind")]
)
def test_a_short_sentence_describes_a_page_and_a_label_does_not(build: Any, text: str, expected: str) -> None:
    page = f"Weather\n=======\n\n{text}\n\nWind\n----\n"
    assert head(build_site(build, PAGES | {"work.rst": page}), "work.html")["description"] == expected


def test_an_admonition_does_not_describe_a_page(build: Any) -> None:
    page = "Weather\n=======\n\n.. note::\n\n   All of this is invented.\n\nStorms are bad.\n"
    assert head(build_site(build, PAGES | {"work.rst": page}), "work.html")["description"] == "Storms are bad."


def test_a_page_without_prose_is_described_by_its_headline_and_not_by_a_project(build: Any) -> None:
    home = "Ada\n===\n\n.. class:: folio-lead\n\nEngineer\n\n.. project-cards::\n\n.. toctree::\n\n   work\n"
    work = "Work\n====\n\nPool\n----\n\n.. project:: pool\n\n   Gives out addresses to all that ask for one.\n"
    found = head(build_site(build, {"index.rst": home, "work.rst": work}))
    assert (found["description"], found["og:description"]) == ("Engineer", "Engineer")
    assert found.get("og:image:alt", "Ada") == "Ada"


def test_the_search_page_is_the_plain_page_to_search_engines_and_stays_out_of_the_sitemap(build: Any) -> None:
    app = build_site(
        build, extensions=["sphinx_folio", "sphinx_folio.search", "sphinx_folio.social"], html_theme="furo"
    )
    soup = BeautifulSoup((app.outdir / "search.html").read_text("utf-8"), "html.parser")
    assert [link["href"] for link in soup.select('link[rel="canonical"]')] == [
        "https://ada.example.org/site/search.html"
    ]
    assert [tag["content"] for tag in soup.select("meta[name=description]")] == ["Ada: Search skills and projects"]
    assert not soup.select("meta[name=robots]")
    assert "search.html" not in (app.outdir / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "index", "search"),
    [("en", "Index", "Search"), ("zh_CN", "索引", "搜索"), ("de", "Stichwortverzeichnis", "Suche")],
)
def test_generated_pages_are_described_by_their_titles(language: str, index: str, search: str, build: Any) -> None:
    pages = {"index.rst": "Home\n====\n\n.. index:: Alpha\n\n.. py:module:: beta\n"}
    app = build_site(build, pages, language=language, html_split_index=True)
    titles = {"genindex": index, "genindex-A": index, "genindex-all": index, "search": search}
    found = {name: head(app, f"{name}.html")["description"] for name in titles}
    assert found == {name: f"{title} – Ada" for name, title in titles.items()}
    modules = head(app, "py-modindex.html")["description"].removesuffix(" – Ada")
    assert f"<title>{modules} " in (app.outdir / "py-modindex.html").read_text("utf-8")


def test_the_description_of_the_author_has_precedence(build: Any) -> None:
    text = f".. meta::\n   :description: Mine & yours.\n\n{PAGES['index.rst']}"
    app = build_site(build, {**PAGES, "index.rst": text})
    soup = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    assert [tag["content"] for tag in soup.select("meta[name=description]")] == ["Mine & yours."]
    assert head(app)["og:description"] == "Mine & yours."


@pytest.mark.parametrize("parallel", [1, 2])
def test_every_page_has_its_card(build: Any, parallel: int) -> None:
    app = build_site(build, parallel=parallel)
    for name in ("index", "work"):
        address = head(app, f"{name}.html")["og:image"]
        assert address == f"https://ada.example.org/site/_images/cards/{name}.png"
        assert size_of((app.outdir / "_images" / "cards" / f"{name}.png").read_bytes()) == (WIDTH, HEIGHT)


def test_addresses_with_special_characters_are_quoted(build: Any) -> None:
    pages = {"index.rst": PAGES["index.rst"].replace("   work\n", "   work\n   C#\n   my page\n")}
    pages |= {"work.rst": PAGES["work.rst"], "C#.rst": "C#\n==\n\nSharp.\n", "my page.rst": "Mine\n====\n\nMine.\n"}
    pages |= {"404.rst": ":orphan:\n\nNot here\n========\n", "my #.svg": ICON}
    app = build_site(build, pages, html_favicon="my #.svg", html_baseurl="https://ada.example.org/site")
    for name, quoted in (("C#", "C%23"), ("my page", "my%20page")):
        assert head(app, f"{name}.html")["og:image"] == f"https://ada.example.org/site/_images/cards/{quoted}.png"
        assert (app.outdir / "_images" / "cards" / f"{name}.png").is_file()
    soup = BeautifulSoup((app.outdir / "work.html").read_text("utf-8"), "html.parser")
    assert [tag["href"] for tag in soup.select("link[rel=apple-touch-icon]")] == ["./_static/my%20%23-180.png"]
    icons = [icon["src"] for icon in json.loads((app.outdir / "site.webmanifest").read_text("utf-8"))["icons"]]
    assert icons == [f"_static/my%20%23{end}" for end in (".svg", "-180.png", "-192.png", "-512.png")]
    soup = BeautifulSoup((app.outdir / "404.html").read_text("utf-8"), "html.parser")
    assert [tag["href"] for tag in soup.select("base")] == ["https://ada.example.org/site/"]


def test_an_icon_may_be_in_another_encoding(build: Any, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "old.svg").write_bytes(b"<!-- caf\xe9 -->" + ICON.encode())
    app = build_site(build, html_favicon="old.svg")
    assert (app.outdir / "_static" / "old-180.png").is_file()


def test_a_broken_icon_is_reported_and_the_site_is_complete_without_it(build: Any) -> None:
    app = build_site(build, {**PAGES, "bad.svg": "<svg>\n<g>"}, html_favicon="bad.svg")
    warning = app.warning.getvalue()
    assert warning.count("WARNING") == 1
    assert "bad.svg:2: WARNING: bad.svg cannot be read: no element found" in warning
    assert (app.outdir / "_images" / "cards" / "work.png").is_file()
    assert [icon["src"] for icon in _icons_of(app)] == ["_static/bad.svg"]


def test_cards_go_with_their_pages_their_setting_and_the_extension(build: Any) -> None:
    def pictures(app: Any) -> set[str]:
        paths = {path.relative_to(app.outdir).as_posix() for path in app.outdir.rglob("*.png")}
        return paths - {f"_static/{name}.png" for name in ("file", "minus", "plus")}

    icons = {f"_static/icon-{size}.png" for size in (180, 192, 512)}
    cards = {"_images/cards/index.png", "_images/cards/work.png"}
    nested: dict[str, Any] = {**PAGES, "sub/deep.rst": ":orphan:\n\nDeep\n====\n"}
    assert pictures(build_site(build, nested)) == icons | cards | {"_images/cards/sub/deep.png"}
    nested["sub/deep.rst"] = None
    assert pictures(build_site(build, nested)) == icons | cards
    assert pictures(build_site(build, folio_cards=False)) == icons
    assert pictures(build_site(build)) == icons | cards
    own = {"icon-192.png": "an icon of the site"}
    app = build_site(build, own, extensions=["sphinx_folio"], html_static_path=[*own])
    assert pictures(app) == {"_static/icon-192.png"}


def test_icons_go_with_the_icon_of_the_site_and_static_files_of_the_site_stay(build: Any) -> None:
    def icons(app: Any) -> set[str]:
        return {path.name for path in (app.outdir / "_static").glob("*-*.png")}

    assert icons(build_site(build)) == {f"icon-{size}.png" for size in (180, 192, 512)}
    other = {"other.svg": ICON, "icon-192.png": "an icon of the site"}
    app = build_site(build, {**PAGES, **other}, html_favicon="other.svg", html_static_path=["icon-192.png"])
    assert icons(app) == {*(f"other-{size}.png" for size in (180, 192, 512)), "icon-192.png"}
    assert (app.outdir / "_static" / "icon-192.png").read_text("utf-8") == "an icon of the site"
    assert icons(build_site(build, html_favicon="", html_static_path=["icon-192.png"])) == {"icon-192.png"}


def test_cards_are_made_for_languages_with_a_modifier(build: Any) -> None:
    app = build_site(build, language="sr@latin")
    assert (app.outdir / "_images" / "cards" / "work.png").is_file()


def _icons_of(app: Any) -> list[dict[str, str]]:
    icons: list[dict[str, str]] = json.loads((app.outdir / "site.webmanifest").read_text("utf-8"))["icons"]
    return icons


def test_a_card_is_rendered_again_only_if_its_content_changes(build: Any) -> None:
    cards = Path(build_site(build).outdir, "_images", "cards")
    before = {path.name: path.stat().st_mtime_ns for path in cards.iterdir()}
    build_site(
        build,
        {"work.rst": PAGES["work.rst"].replace("Work\n", "Toil\n"), "index.rst": PAGES["index.rst"] + "\nMore.\n"},
    )
    after = {path.name: path.stat().st_mtime_ns for path in cards.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"work.png"}


def test_a_card_shows_chinese_and_is_the_same_every_time() -> None:
    def card(title: str) -> bytes:
        return draw_card(Card(site="站", title=title, text="", address="", accent="#0b6b6b", language="zh"))

    assert card("网") == card("网")
    assert card("网") != card("络")  # characters that no font has would be the same box


def test_a_card_in_japanese_has_its_own_font_and_breaks_no_katakana_word() -> None:
    def card(title: str, language: str = "ja") -> bytes:
        return draw_card(Card(site="見本", title=title, text="", address="", accent="#0b6b6b", language=language))

    assert card("直") != card("直", "zh")
    assert card(f"{'の' * 10}エンジニア") == card(f"{'の' * 10}\nエンジニア")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Żółć – naïve, £5 → µ²", True),
        ("Έργα, работа, Việt Nam, काम", True),
        ("网络、々、ー、カナ、ｶﾅ、한국어 № ①", True),
        ("أعمال", False),
        ("Ada עבודה", False),
        ("งาน", False),
        ("სამუშაო", False),
    ],
)
def test_a_text_can_be_drawn_if_the_fonts_have_its_script(text: str, expected: bool) -> None:
    assert can_draw(text) is expected


def test_a_card_has_the_title_of_the_site_or_its_address_in_place_of_a_script_that_no_font_has(build: Any) -> None:
    def drawn(title: str, **settings: str) -> bytes:
        app = build_site(build, PAGES | {"work.rst": f"{title}\n========\n\nDone and done.\n"}, **settings)
        return bytes((app.outdir / "_images" / "cards" / "work.png").read_bytes())

    assert drawn("عمل") == drawn("עבודה")
    assert drawn("עבודה") != drawn("Work")
    assert drawn("עבודה") != drawn("עבודה", html_title="أعمال") == drawn("עבודה", html_title="עבודה")


def test_an_icon_has_the_given_size() -> None:
    assert size_of(draw_icon(ICON, 192)) == (192, 192)


def test_the_icons_of_the_manifest_exist(build: Any) -> None:
    app = build_site(build)
    manifest = json.loads((app.outdir / "site.webmanifest").read_text("utf-8"))
    assert (manifest["name"], manifest["lang"], manifest["theme_color"]) == ("Ada", "en", "#0b6b6b")
    assert [icon["sizes"] for icon in manifest["icons"]] == ["any", "180x180", "192x192", "512x512"]
    assert all((app.outdir / icon["src"]).is_file() for icon in manifest["icons"])
    soup = BeautifulSoup((app.outdir / "work.html").read_text("utf-8"), "html.parser")
    assert all(
        (app.outdir / str(link["href"])).is_file() for link in soup.select("link[rel*=icon], link[rel=manifest]")
    )


def test_the_sitemap_has_every_page_in_every_language(build: Any) -> None:
    languages = {
        "extensions": ["sphinx_folio", "sphinx_folio.social", "sphinx_folio.languages"],
        "folio_languages": {"en": "", "de": "de"},
        "folio_sitemaps": ["manual/sitemap.xml"],
    }
    hidden = ":orphan:\n:nosearch:\n\nHidden\n======\n"
    pages = {**PAGES, "hidden.rst": hidden, "404.rst": ":orphan:\n\nNot here\n========\n"}
    pages["work.rst"] = f":nosearch:\n\n{pages['work.rst']}"  # not in the search index
    app = build_site(build, pages, **languages)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    tree = ET.parse(app.outdir / "sitemap.xml")  # noqa: S314  it is our own
    base = "https://ada.example.org/site/"
    expected = [f"{base}{folder}{name}.html" for name in ("index", "work") for folder in ("", "de/")]
    assert [found.text for found in tree.findall("s:url/s:loc", names)] == expected
    links = tree.findall("s:url/x:link", names)
    assert [link.get("hreflang") for link in links] == ["en", "de"] * 4
    robots = (app.outdir / "robots.txt").read_text("utf-8")
    assert robots.endswith(f"\n\nSitemap: {base}sitemap.xml\nSitemap: {base}manual/sitemap.xml\n")
    assert head(app)["og:locale:alternate"] == "de_DE"


def test_the_sitemap_of_a_site_of_one_page_has_its_address(build: Any) -> None:
    app = build_site(build, builder="singlehtml")
    assert (app.outdir / "sitemap.xml").read_text("utf-8").count("<loc>") == 1
    assert "<loc>https://ada.example.org/site/</loc>" in (app.outdir / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize("baseurl", ["https://ada.example.org/", ""])
def test_files_of_the_site_are_kept(build: Any, baseurl: str) -> None:
    own = {"robots.txt": "User-agent: *\nDisallow: /drafts/\n", "sitemap.xml": "<urlset/>\n"}
    pages = {**PAGES, **{f"extra/{name}": text for name, text in own.items()}}
    for _ in range(2):
        app = build_site(build, pages, html_extra_path=["extra"], html_baseurl=baseurl)
        assert {name: (app.outdir / name).read_text("utf-8") for name in own} == own


def test_without_html_baseurl_there_are_no_urls_cards_or_sitemap(build: Any) -> None:
    app = build_site(build, html_baseurl="")
    assert head(app)["twitter:card"] == "summary"
    assert not {"og:url", "og:image"} & head(app).keys()
    assert not (app.outdir / "sitemap.xml").exists()
    assert not (app.outdir / "_images").exists()
    assert (app.outdir / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"


def test_a_preview_is_kept_out_of_search_engines(build: Any) -> None:
    pages = {**PAGES, "404.rst": ":orphan:\n\nNot here\n========\n"}
    app = build_site(build, pages)
    assert (app.outdir / ".nojekyll").read_bytes() == b""
    assert not BeautifulSoup((app.outdir / "work.html").read_text("utf-8"), "html.parser").select("meta[name=robots]")
    app = build_site(build, pages, folio_noindex=True)
    for name in ("index", "work", "404", "search", "genindex"):
        soup = BeautifulSoup((app.outdir / f"{name}.html").read_text("utf-8"), "html.parser")
        assert {tag["content"] for tag in soup.select("meta[name=robots]")} == {"noindex"}, name
    assert not (app.outdir / "sitemap.xml").exists()
    assert (app.outdir / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"  # or nobody reads “noindex”


def test_missing_libraries_are_logged_and_cards_skipped(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("files", "head"):
        monkeypatch.setattr(f"sphinx_folio.social.{module}.missing_libraries", lambda: ["typst"])
    app = build_site(build)
    assert app.warning.getvalue() == ""
    assert 'no social cards: typst not installed; run “pip install "sphinx-folio[social]"”' in app.status.getvalue()
    assert "og:image" not in head(app)


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "text", "latex"])
def test_other_builders_give_no_warnings(build: Any, builder: str) -> None:
    app = build_site(build, builder=builder, version="1", copyright="Ada", project="Portfolio")
    assert app.warning.getvalue() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Short.", "Short."),
        (f"Dr. {'word ' * 60}", f"Dr. {'word ' * 30}".strip() + "…"),
        (f"{'a' * 90}. {'b' * 90}.", f"{'a' * 90}."),
        (f"{'汉' * 60}。{'字' * 60}。", f"{'汉' * 60}。"),
        ("word " * 60, ("word " * 31).strip() + "…"),
    ],
)
def test_a_description_ends_with_a_sentence_or_a_word(text: str, expected: str) -> None:
    assert truncate(text) == expected
    assert len(truncate(text)) <= MAX_WIDTH


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "en_US"), ("zh_CN", "zh_CN"), ("pt_BR", "pt_BR"), ("de", "de_DE"), ("sr@latin", "sr_RS")],
)
def test_a_language_gets_its_likely_territory(language: str, expected: str) -> None:
    assert with_territory(language) == expected


@pytest.mark.parametrize(
    ("language", "baseurl", "base"),
    [
        ("en", "", "/"),
        ("de", "", "/de/"),
        ("en", "https://ada.example.org/site/", "https://ada.example.org/site/"),
        ("de", "https://ada.example.org/site/", "https://ada.example.org/site/de/"),
    ],
)
def test_links_of_the_page_for_missing_addresses_start_at_the_root(
    build: Any, language: str, baseurl: str, base: str
) -> None:
    settings = {
        "extensions": ["sphinx_folio", "sphinx_folio.social", "sphinx_folio.languages"],
        "folio_languages": {"en": "", "de": "de"},
        "language": language,
        "html_baseurl": baseurl,
    }
    app = build_site(build, {**PAGES, "404.rst": ":orphan:\n\nNot here\n========\n"}, **settings)
    soup = BeautifulSoup((app.outdir / "404.html").read_text("utf-8"), "html.parser")
    first = soup.select("base, [href], [src]")[0]
    assert (first.name, first["href"]) == ("base", base)
    assert "XMLHttpRequest" in str(soup.find("script")) or baseurl  # which looks for the root if it is unknown
    assert soup.select('meta[name="robots"][content="noindex"]')
    assert "<base" not in (app.outdir / "work.html").read_text("utf-8")


NOT_FOUND = ":orphan:\n\nNot here\n========\n\n:doc:`work`\n"


@pytest.mark.parametrize("baseurl", ["", "https://ada.example.org/site/"])
def test_hosts_find_the_page_for_missing_addresses_of_dirhtml(build: Any, baseurl: str) -> None:
    settings = {
        "extensions": ["sphinx_folio", "sphinx_folio.social", "sphinx_folio.csp"],
        "folio_csp_host": "github-pages",  # which changes pages at the end of a build
        "html_baseurl": baseurl,
    }
    app = build_site(build, {**PAGES, "404.rst": NOT_FOUND}, builder="dirhtml", **settings)
    html = (app.outdir / "404.html").read_text("utf-8")
    assert html == (app.outdir / "404" / "index.html").read_text("utf-8")
    assert "Content-Security-Policy" in html
    soup = BeautifulSoup(html, "html.parser")
    address = (baseurl or "https://host.example/") + "deep/below/gone/"
    base = urljoin(address, str(soup.select("base")[0]["href"]))
    links = [urljoin(base, str(link["href"])) for link in soup.select("a.reference.internal", string="Work")]
    assert (baseurl or "https://host.example/") + "work/" in links
    assert soup.select('meta[name="robots"][content="noindex"]')
    assert "<base" not in (app.outdir / "work" / "index.html").read_text("utf-8")


def test_the_copy_of_the_page_for_missing_addresses_goes_with_it(build: Any) -> None:
    pages = {**PAGES, "404.rst": NOT_FOUND}
    copy = build_site(build, pages, builder="dirhtml").outdir / "404.html"
    assert build({**pages, "404.rst": None}, builder="dirhtml", settings=SETTINGS).warning.getvalue() == ""
    assert not copy.exists()


def test_the_page_for_missing_addresses_survives_another_builder_in_the_same_folder(tmp_path: Path) -> None:
    source, output = tmp_path / "source", tmp_path / "site"
    (source / "extra").mkdir(parents=True)
    for name, text in {**PAGES, "404.rst": NOT_FOUND, "extra/404.html": "mine"}.items():
        (source / name).write_text(text, encoding="utf-8")
    (source / "conf.py").write_text('extensions = ["sphinx_folio.social"]\nhtml_extra_path = []\n', encoding="utf-8")

    def page_of(builder: str, *options: str) -> str:
        assert sphinx_build(["-q", "-W", "-b", builder, *options, str(source), str(output)]) == 0
        return (output / "404.html").read_text("utf-8")

    assert '<base href="/404/">' in page_of("dirhtml")
    assert '<base href="/">' in page_of("html")
    assert '<base href="/404/">' in page_of("dirhtml")
    assert page_of("dirhtml", "-D", "html_extra_path=extra") == "mine"
