"""The Content-Security-Policy: hashes of inline code, blocked resources and warnings."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio.csp import without_eval
from sphinx_folio.csp.page_parser import parse_page
from sphinx_folio.csp.policy import blocked_resources, policy_for

if TYPE_CHECKING:
    from pathlib import Path

NO_PORTFOLIO = dict.fromkeys(("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today"))


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(pages: list[str]) -> str:
    return policy_for(map(parse_page, pages))


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.strip().split("; "))}


def test_inline_scripts_styles_and_attributes_are_allowed_by_their_hash() -> None:
    page = '<style>\nb {}</style><p style="top: 0">x</p><script>let a = "<b>";</script><script type="application/ld+json">{}</script><script src="x.js"></script>'
    found = directives(policy_of([page, page]))
    assert found["script-src"] == ["'self'", hashed('let a = "<b>";')]
    assert found["style-src"] == ["'self'", hashed("\nb {}")]
    assert found["style-src-attr"] == ["'unsafe-hashes'", hashed("top: 0")]
    assert found["default-src"] == ["'self'"]
    assert found["object-src"] == ["'none'"]


def test_text_that_looks_like_code_is_ignored_and_unusual_notation_is_found() -> None:
    page = (
        "<code>style=1 and <b>style = 2</b></code>"
        '<p title="a < b" style="left: 0">x</p><SCRIPT>one("</style>")</SCRIPT><script\ndefer>two()</script >'
        '<script src="x.js" style="top: 1px"></script><i STYLE=color:red>x</i>'
        '<u style="top: 2px" style="no: 1">x</u>'
        '<!-- <style> and <script>no()</script> style="no" --><script>let a = "<!--";</script><style>p {}</style>'
    )
    found = directives(policy_of([page]))
    assert found["script-src"] == ["'self'", *sorted(map(hashed, ('one("</style>")', "two()", 'let a = "<!--";')))]
    assert found["style-src"] == ["'self'", hashed("p {}")]
    assert found["style-src-attr"] == [
        "'unsafe-hashes'",
        *sorted(map(hashed, ("left: 0", "top: 1px", "color:red", "top: 2px"))),
    ]


@pytest.mark.parametrize(
    "kind", ["module", "Module", " text/javascript", "application/javascript", "importmap", "", "text/ecmascript"]
)
def test_scripts_of_all_types_that_browsers_execute_are_allowed(kind: str) -> None:
    page = f'<script type="{kind}">one()</script><script type="text/plain">two()</script>'
    assert directives(policy_of([page]))["script-src"] == ["'self'", hashed("one()")]


def test_a_page_without_inline_code_has_no_hashes() -> None:
    found = directives(policy_of(["<p>x</p>"]))
    assert (found["script-src"], found["style-src-attr"]) == (["'self'"], ["'none'"])
    assert "unsafe-inline" not in policy_of(["<p>x</p>"])


def test_a_build_writes_the_policy_of_its_pages(build: Any) -> None:
    text = "Home\n====\n\n.. raw:: html\n\n   <script>own()</script>\n"
    app = build({"index.rst": text}, settings={"extensions": ["sphinx_folio", "sphinx_folio.csp"]})
    found = directives((app.outdir / "content-security-policy.txt").read_text("utf-8"))
    assert hashed("own()") in found["script-src"]


def test_translations_are_rewritten_without_eval() -> None:
    script = (
        'Documentation.addTranslations({"locale": "de", "messages": {"Search": "Suche"}, "plural_expr": "(n != 1)"});'
    )
    rewritten = without_eval(script)
    assert 'Object.assign(Documentation.TRANSLATIONS, {"Search": "Suche"});' in rewritten
    assert "Documentation.PLURAL_EXPR = (n) => (n != 1);" in rewritten
    assert without_eval(rewritten) == rewritten


def test_event_handlers_are_allowed_by_their_hash() -> None:
    page = '<button onclick="print()">a</button><p>once = 1, on = 2</p><i ONMOUSEOVER=go()>b</i>'
    assert directives(policy_of([page]))["script-src-attr"] == [
        "'unsafe-hashes'",
        *sorted(map(hashed, ("print()", "go()"))),
    ]
    assert directives(policy_of(["<p>once = 1, on = 2</p>"]))["script-src-attr"] == ["'none'"]


def test_embedded_files_may_be_embedded() -> None:
    for page, objects, ancestors in (
        ("<p>x</p>", "'none'", "'none'"),
        ('<object data="drawn.svg"></object>', "'self'", "'self'"),
        ('<iframe src="demo.html"></iframe>', "'none'", "'self'"),
        ('<iframe src="https://example.org/"></iframe>', "'none'", "'none'"),
    ):
        found = directives(policy_of([page]))
        assert (found["object-src"], found["frame-ancestors"]) == ([objects], [ancestors])


@pytest.mark.parametrize(
    ("page", "blocked"),
    [
        ('<script src="https://cdn.example/x.js"></script>', ["script-src https://cdn.example/x.js"]),
        ("<SCRIPT SRC=//cdn.example/x.js></SCRIPT>", ["script-src //cdn.example/x.js"]),
        ('<link rel="preload stylesheet" as="style" href="https://cdn.example/x.css">', ["style-src https://cdn.example/x.css"]),
        ('<link rel="preload" as="font" href="https://cdn.example/x.woff2">', ["font-src https://cdn.example/x.woff2"]),
        ('<img alt="a < b" src="https://img.example/a.svg">', ["img-src https://img.example/a.svg"]),
        ('<img srcset="a.png 1x, https://img.example/b.png 2x">', ["img-src https://img.example/b.png"]),
        ('<video poster="https://img.example/p.png" src="data:video/mp4;base64,AA"></video>', ["img-src https://img.example/p.png", "media-src data:video/mp4;base64,AA"]),
        ('<iframe src="https://video.example/1"></iframe>', ["frame-src https://video.example/1"]),
        ('<form action="https://post.example/"></form>', ["form-action https://post.example/"]),
        ('<a href=" JavaScript:go()">x</a>', ["script-src javascript:"]),
        ("<style>@import 'https://font.example/x.css'; /* url(https://no.example/) */</style>", ["style-src https://font.example/x.css"]),
        ("<style>@font-face {src: url(https://font.example/x.woff2)} p {background: url( 'https://img.example/p.png' )}</style>", ["font-src https://font.example/x.woff2", "img-src https://img.example/p.png"]),
        ('<i style="background: url(https://img.example/p.png)">x</i>', ["img-src https://img.example/p.png"]),
        ('<a href="https://other.example/">x</a><link rel="canonical" href="https://other.example/">', []),
        ('<img src="data:image/png;base64,AA"><img src="https://own.example/a.png"><img src="a.png"><script src="x.js"></script>', []),
        ('<!-- <img src="https://img.example/a.svg"> --><script>"<img src=https://img.example/a.svg>"</script>', []),
        ('<code>&lt;img src="https://img.example/a.svg"&gt;</code>', []),
    ],
)  # fmt: skip
def test_resources_from_other_origins_are_blocked(page: str, blocked: list[str]) -> None:
    assert [" ".join(found) for found in blocked_resources(parse_page(page), "https://own.example")] == blocked


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ('<iframe src="https://x.example/"></iframe>', {"default-src": ["https://x.example"]}),
        ('<video src="https://x.example/a.mp4"></video>', {"default-src": ["https://x.example"]}),
        ('<img src="https://X.Example:443/a.png">', {"img-src": ["https://x.example"]}),
        ('<img src="https://x.example/a.png">', {"img-src": ["http://X.example"]}),
        ('<img src="https://x.example/a.png">', {"img-src": ["http:"]}),
        ('<img src="https://bücher.example/a.png">', {"img-src": ["https://xn--bcher-kva.example"]}),
        ('<video src="data:video/mp4;base64,AA"></video>', {"media-src": ["data:"]}),
    ],
)
def test_what_a_source_allows_is_not_blocked(page: str, allowed: dict[str, list[str]]) -> None:
    assert blocked_resources(parse_page(page), "https://own.example", allowed) == []
    others = {name: ["https://other.example", "http://x.example:8080"] for name in allowed}
    assert len(blocked_resources(parse_page(page), "https://own.example", others)) == 1
    assert not {"script-src", "img-src"} & allowed.keys() or blocked_resources(
        parse_page(page), "https://own.example", {"default-src": allowed.popitem()[1]}
    )


FOREIGN = """\
{0}
====

.. raw:: html

   <img src="https://img.example/{0}.svg" alt=""><img src="https://own.example/own.svg" alt="">
   <button onclick="print()">Print</button>
"""
SETTINGS = {"extensions": ["sphinx_folio.csp"], "html_baseurl": "https://own.example/site/"}


def warnings(app: Any) -> list[str]:
    """Return the warnings without the path of the source folder."""
    text = strip_escape_sequences(app.warning.getvalue())
    return [line.removeprefix(f"{app.srcdir}/") for line in text.splitlines()]


@pytest.mark.parametrize("parallel", [0, 2])
def test_blocked_resources_are_reported_at_the_first_page(build: Any, parallel: int) -> None:
    pages = {f"{name}.rst": ":orphan:\n\n" + FOREIGN.format(name) for name in ("p1", "p2", "p3")}
    app = build({"index.rst": "Home\n====\n", **pages}, settings=NO_PORTFOLIO | SETTINGS, parallel=parallel)
    advice = 'serve the file from the site, or allow the other site in conf.py: folio_csp_sources = {"img-src": ["https://img.example"]} [folio.csp_violation]'
    line = f"p1.rst: WARNING: the Content-Security-Policy (img-src) blocks https://img.example/p1.svg on p1.html and 2 more; {advice}"
    assert warnings(app) == [line]
    same = build({"p1.rst": ":orphan:\n\n" + FOREIGN.format("p1") + "\nMore.\n"}, settings=NO_PORTFOLIO | SETTINGS)
    assert warnings(same) == [line]


def test_invalid_addresses_are_reported(build: Any) -> None:
    html = '<img src="http://[host]/a.png"><link rel="stylesheet" href="http://[host]/a.css">'
    app = build({"index.rst": f"Home\n====\n\n.. raw:: html\n\n   {html}\n"}, settings=NO_PORTFOLIO | SETTINGS)
    assert [line.partition(" on ")[0].partition("blocks ")[2] for line in warnings(app)] == [
        "http://[host]/a.png",
        "http://[host]/a.css",
    ]


def test_pages_in_another_encoding_are_read(build: Any) -> None:
    page = "Home\n====\n\n.. raw:: html\n\n   <script>say('汉')</script>\n"
    extensions = ["sphinx_folio.csp", "sphinx_folio.languages"]
    settings = {"folio_languages": {"en": "", "zh_CN": "zh"}, "html_output_encoding": "gb2312"}
    for host in ("", "github-pages"):
        app = build(
            {"index.rst": page}, settings=NO_PORTFOLIO | settings | {"extensions": extensions, "folio_csp_host": host}
        )
        assert hashed("say('汉')") in (app.outdir / "content-security-policy.txt").read_text("utf-8")
        assert "say('汉')" in (app.outdir / "index.html").read_text("gb2312")


def test_local_style_sheets_are_read_with_their_imports(build: Any, tmp_path: Path) -> None:
    static = tmp_path / "source" / "_static"
    static.mkdir(parents=True)
    (static / "own.css").write_text('@import "fonts.css";\n@import url(own.css);\n', encoding="utf-8")
    fonts = "@font-face {src: url('data:font/woff2;base64,AA')}\n@font-face {src: url(//font.example/x.woff2)}\n"
    (static / "fonts.css").write_text(fonts, encoding="utf-8")
    settings = NO_PORTFOLIO | SETTINGS | {"html_static_path": ["_static"], "html_css_files": ["own.css"]}
    app = build({"index.rst": "Home\n====\n"}, settings=settings)
    [line] = warnings(app)
    assert line.startswith("_static/fonts.css:2: WARNING: ")
    assert "(font-src) blocks //font.example/x.woff2 on _static/fonts.css; " in line
    assert 'conf.py: folio_csp_sources = {"font-src": ["https://font.example"]}' in line
    policy = (app.outdir / "content-security-policy.txt").read_text("utf-8")
    assert directives(policy)["font-src"] == ["'self'", "data:"]


def test_generated_pages_are_included(build: Any, tmp_path: Path) -> None:
    templates = tmp_path / "source" / "_templates"
    templates.mkdir(parents=True)
    (templates / "layout.html").write_text(
        '{% extends "!layout.html" %}{% block extrahead %}<script>at("{{ pagename }}")</script>{% endblock %}', "utf-8"
    )
    text = "Home\n====\n\n.. py:module:: json\n"
    settings = NO_PORTFOLIO | SETTINGS | {"templates_path": ["_templates"]}
    app = build({"index.rst": text}, settings=settings | {"extensions": ["sphinx_folio.csp", "sphinx.ext.viewcode"]})
    allowed = directives((app.outdir / "content-security-policy.txt").read_text("utf-8"))["script-src"]
    written = {path.relative_to(app.outdir).with_suffix("").as_posix() for path in app.outdir.rglob("*.html")}
    assert "py-modindex" in written
    assert {hashed(f'at("{name}")') for name in written} <= {*allowed}


def test_a_policy_that_is_too_long_for_nginx_is_reported(build: Any) -> None:
    many = "".join(f'<i style="left: {number}px">x</i>' for number in range(80))
    app = build({"index.rst": f"Home\n====\n\n.. raw:: html\n\n   {many}\n"}, settings=NO_PORTFOLIO | SETTINGS)
    [line] = warnings(app)
    assert "starting with index.html [folio.long_policy]" in line


HOME = "Home\n====\n\n.. raw:: html\n\n   <script>own()</script>\n"


def built(build: Any, host: str, **pages: str) -> Path:
    """Build a page for a host, and return the output folder."""
    settings = NO_PORTFOLIO | {"extensions": ["sphinx_folio.csp"], "folio_csp_host": host}
    app = build({"index.rst": HOME} | pages, settings=settings)
    assert warnings(app) == []
    folder: Path = app.outdir
    return folder


@pytest.mark.parametrize(
    ("host", "name", "before", "after"),
    [
        ("apache", ".htaccess", 'Header always set Content-Security-Policy "', '"\n'),
        ("caddy", "content-security-policy.caddy", 'header Content-Security-Policy "', '"\n'),
        ("cloudflare-pages", "_headers", "/*\n  Content-Security-Policy: ", "\n"),
        ("netlify", "_headers", "/*\n  Content-Security-Policy: ", "\n"),
        ("nginx", "content-security-policy.nginx", 'add_header Content-Security-Policy "', '" always;\n'),
    ],
)
def test_a_file_makes_the_host_send_the_policy(build: Any, host: str, name: str, before: str, after: str) -> None:
    folder = built(build, host)
    policy = (folder / "content-security-policy.txt").read_text("utf-8").strip()
    assert (folder / name).read_text("utf-8") == before + policy + after
    assert hashed("own()") in policy
    assert "http-equiv" not in (folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize("host", ["github-pages", "readthedocs"])
def test_without_headers_each_page_has_the_policy_that_it_needs(build: Any, host: str) -> None:
    folder = built(build, host)
    home, search = ((folder / f"{name}.html").read_text("utf-8") for name in ("index", "search"))
    for page in (home, search):
        assert re.search(r'<head>\s*<meta charset="utf-8" /><meta http-equiv="Content-Security-Policy" content="', page)
        assert page.count("http-equiv") == 1
        assert "frame-ancestors" not in page
    policy = BeautifulSoup(home, "html.parser").find("meta", {"http-equiv": True})
    assert policy is not None
    assert hashed("own()") in directives(str(policy["content"]))["script-src"]
    assert hashed("own()")[1:-1] not in search
    assert ("https://media.ethicalads.io" in home) == (host == "readthedocs")


def test_pages_without_a_document_have_the_policy_too(build: Any) -> None:
    conf = """
def setup(app):
    app.connect("html-collect-pages", lambda app: [("added", {"title": "Added", "body": "<script>own()</script>"}, "page.html")])
"""
    settings = NO_PORTFOLIO | {
        "extensions": ["sphinx_folio.csp", "sphinx_folio.redirects"],
        "folio_redirects": {"old": "index"},
        "folio_csp_host": "github-pages",
    }
    app = build({"index.rst": "Home\n====\n"}, conf=conf, settings=settings)
    for name in ("added", "old", "index"):
        assert (app.outdir / f"{name}.html").read_text("utf-8").count('http-equiv="Content-Security-Policy') == 1, name
    assert hashed("own()") in (app.outdir / "content-security-policy.txt").read_text("utf-8")


def test_pages_that_were_built_again_have_the_policy_of_a_clean_build(build: Any) -> None:
    built(build, "readthedocs", **{"other.rst": ":orphan:\n\nOther\n=====\n"})
    again = built(build, "readthedocs", **{"other.rst": ":orphan:\n\nOther\n=====\n\nMore.\n"})
    pages = {path.name: path.read_bytes() for path in again.glob("*.html")}
    settings = NO_PORTFOLIO | {"extensions": ["sphinx_folio.csp"], "folio_csp_host": "readthedocs"}
    clean = build({}, settings=settings, folder="clean").outdir
    assert pages == {path.name: path.read_bytes() for path in clean.glob("*.html")}


def test_the_file_of_another_host_is_removed(build: Any) -> None:
    assert (built(build, "apache") / ".htaccess").exists()
    folder = built(build, "netlify")
    assert (folder / "_headers").exists()
    assert not (folder / ".htaccess").exists()
    assert not (built(build, "github-pages") / "_headers").exists()


def test_files_go_with_their_extension_and_those_of_the_site_stay(build: Any) -> None:
    pages = {"index.rst": "Home\n====\n", "robots.txt": "User-agent: *\n", "icon.svg": "<svg/>"}
    settings = NO_PORTFOLIO | {"folio_csp_host": "netlify", "html_baseurl": "https://ada.example.org/"}
    three = ["sphinx_folio.csp", "sphinx_folio.social", "sphinx_folio.redirects"]
    redirects = {"folio_redirects": {"old": "index"}}
    first = build(pages, settings={**settings, **redirects, "extensions": three})
    made = {"_headers", "content-security-policy.txt", "sitemap.xml", "robots.txt", "old.html"}
    assert made <= {path.name for path in first.outdir.iterdir()}
    (first.outdir / "CNAME").write_text("ada.example.org\n", "utf-8")
    settings |= dict.fromkeys(("folio_csp_host", "folio_redirects"))
    app = build({}, settings={**settings, "extensions": ["sphinx_folio.search"], "html_extra_path": ["robots.txt"]})
    left = {path.name for path in app.outdir.iterdir()}
    assert left & {*made, "CNAME"} == {"CNAME", "robots.txt"}
    assert {name for name in left if name.startswith(".folio-")} == {".folio-static"}  # of search
    assert (app.outdir / "robots.txt").read_text("utf-8") == "User-agent: *\n"


def test_pages_lose_the_policy_with_the_setting(build: Any) -> None:
    built(build, "github-pages")
    assert "http-equiv" not in (built(build, "") / "index.html").read_text("utf-8")


def test_a_policy_of_the_site_is_kept(build: Any) -> None:
    policy = "default-src 'self' https://cdn.example; object-src 'none'; script-src 'self'"
    own = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    layout = f'{{% extends "!layout.html" %}}{{% block extrahead %}}{own}{{% endblock %}}'
    settings = NO_PORTFOLIO | {"extensions": ["sphinx_folio.csp"], "templates_path": ["_templates"]}
    for host, count in (("github-pages", 2), ("", 1)):
        app = build({"index.rst": HOME, "_templates/layout.html": layout}, settings=settings | {"folio_csp_host": host})
        html = (app.outdir / "index.html").read_text("utf-8")
        assert (own in html, html.count("http-equiv")) == (True, count)


def test_headers_of_the_site_are_kept(build: Any, tmp_path: Path) -> None:
    extra = tmp_path / "source" / "extra"
    extra.mkdir(parents=True)
    (extra / "_headers").write_text("/private/*\n  X-Robots-Tag: noindex\n", "utf-8")
    settings = {"extensions": ["sphinx_folio.csp"], "folio_csp_host": "netlify", "html_extra_path": ["extra"]}
    for _ in range(2):
        app = build({"index.rst": HOME}, settings=NO_PORTFOLIO | settings)
        text = (app.outdir / "_headers").read_text("utf-8")
        assert text.startswith("/private/*\n  X-Robots-Tag: noindex\n\n/*\n  Content-Security-Policy: default-src ")
        assert text.count("Content-Security-Policy") == 1


def test_only_the_first_language_writes_the_file_of_the_host(build: Any) -> None:
    settings = {
        "extensions": ["sphinx_folio.csp", "sphinx_folio.languages"],
        "folio_languages": {"de": "", "en": "en"},
        "folio_csp_host": "netlify",
    }
    app = build({"index.rst": HOME}, settings=NO_PORTFOLIO | settings | {"language": "en"})
    assert not (app.outdir / "_headers").exists()
    first = build({"index.rst": HOME}, settings=NO_PORTFOLIO | settings | {"language": "de"}, folder="first")
    assert (first.outdir / "_headers").exists()


def test_a_policy_that_is_too_long_for_the_host_is_reported(build: Any) -> None:
    many = "".join(f'<i style="left: {number}px">x</i>' for number in range(40))
    settings = NO_PORTFOLIO | {"extensions": ["sphinx_folio.csp"], "folio_csp_host": "cloudflare-pages"}
    app = build({"index.rst": f"Home\n====\n\n.. raw:: html\n\n   {many}\n"}, settings=settings)
    [line] = warnings(app)
    assert "but cloudflare-pages accepts only 1973; move" in line


CONF = """
html_js_files = [
    ("https://count.example/a.js?a=1&b=2", {"defer": ""}),
]
"""


def test_a_script_of_conf_py_is_reported_at_its_line(build: Any) -> None:
    app = build({"index.rst": HOME}, conf=CONF, settings=NO_PORTFOLIO | {"extensions": ["sphinx_folio.csp"]})
    [line] = warnings(app)
    assert line.startswith("conf.py:3: WARNING: ")
    assert "(script-src) blocks https://count.example/a.js?a=1&b=2 on genindex.html and " in line


def test_a_formula_of_mathjax_is_reported_with_the_extension_that_needs_no_script(build: Any) -> None:
    app = build({"index.rst": f"{HOME}\n:math:`a`\n"}, settings=NO_PORTFOLIO | {"extensions": ["sphinx_folio.csp"]})
    [line] = warnings(app)
    assert line.startswith("index.rst: WARNING: the Content-Security-Policy (script-src) blocks https://")
    assert "on index.html; add 'sphinx_folio.formulas' to extensions in conf.py: it shows formulas without" in line


VIDEO = f"""{HOME}
   <iframe src="https://www.video.example/1"></iframe><video src="data:video/mp4;base64,AA"></video>
   <img src="//img.example/a.svg"><img src="https://media.ethicalads.io/a.svg">
"""


@pytest.mark.parametrize("host", ["", "github-pages", "netlify", "readthedocs"])
def test_the_settings_allow_other_sites(build: Any, host: str) -> None:
    own = {
        "frame-src": ["https://*.video.example"],
        "media-src": ["data:"],
        "img-src": ["https://img.example", "https://media.ethicalads.io"],
        "object-src": ["https://object.example"],
        "script-src": ["https://script.example"],
    }
    extensions = ["sphinx_folio.csp", "sphinx_folio.persistent_warnings"]
    settings = NO_PORTFOLIO | {"extensions": extensions, "folio_csp_host": host}
    assert len(warnings(build({"index.rst": VIDEO}, settings=settings))) > 2
    settings |= {"folio_csp_sources": own}
    for _ in range(2):
        app = build({"index.rst": VIDEO}, settings=settings)
        assert warnings(app) == []
        policy = (app.outdir / "content-security-policy.txt").read_text("utf-8").strip()
        found = directives(policy)
        assert found["frame-src"] == ["'self'", "https://*.video.example"]
        assert found["object-src"] == ["https://object.example"]
        assert found["script-src"][-1] == "https://script.example"
        assert hashed("own()") in found["script-src"]
        assert len(found["img-src"]) == len(set(found["img-src"]))
        page = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
        metas = [directives(str(meta["content"])) for meta in page.select('meta[http-equiv="Content-Security-Policy"]')]
        assert [meta["frame-src"] for meta in metas] == [found["frame-src"]] * (host in {"github-pages", "readthedocs"})
    app = build({"index.rst": VIDEO}, settings=settings | {"folio_csp_sources": {"img-src": ["https://img.example"]}})
    blocked = [line.partition(" on ")[0].partition("blocks ")[2] for line in warnings(app)]
    ads = ["https://media.ethicalads.io/a.svg"] if host != "readthedocs" else []
    assert blocked == ["https://www.video.example/1", *ads, "data:video/mp4;base64,AA"]
    assert "frame-src" not in (app.outdir / "content-security-policy.txt").read_text("utf-8")


def test_an_unknown_host_is_refused(build: Any) -> None:
    settings = NO_PORTFOLIO | {"extensions": ["sphinx_folio.csp"], "folio_csp_host": "netlfy"}
    with pytest.raises(ConfigError, match="'netlfy'; did you mean 'netlify'"):
        build({"index.rst": HOME}, settings=settings)
