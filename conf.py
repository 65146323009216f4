"""Settings of the portfolio site; `nox -s docs` builds it from docs/."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pygments.lexers.shell import BashLexer
from pygments.token import Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "src"))  # the extension from this checkout

# Site

project = "iiiceoo"
author = "iiiceoo"
copyright = "iiiceoo"
language = "zh_CN"  # of the pages; `nox -s docs` builds all folio_languages
folio_languages = {"zh_CN": "", "en": "en"}
html_title = "iiiceoo"
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL") or os.environ.get("SITE_ADDRESS", "")
folio_csp_host = os.environ.get("SITE_HOST", "")  # how the host sends the Content-Security-Policy

# Markup and extensions

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_folio",
    "sphinx_folio.diagrams",
    "sphinx_folio.export",
    "sphinx_folio.languages",
    "sphinx_folio.assets",
    "sphinx_folio.garbage_collection",
    "sphinx_folio.navigation",
    "sphinx_folio.csp",
    "sphinx_folio.redirects",
    "sphinx_folio.search",
    "sphinx_folio.social",
]
exclude_patterns = ["locales", "_static", "_templates"]
locale_dirs = ["locales"]
smartquotes = False  # keep quotation marks, and hyphens in URLs, as typed
gettext_location = False  # catalogs do not change when only line numbers do
primary_domain = "folio"  # `{skill}` is short for `{folio:skill}`
myst_url_schemes = {
    "http": None,
    "https": None,
    "mailto": None,
    "v0.5.1": "https://github.com/spidernet-io/spiderpool/blob/afe6f90b3442f4f2ecf3b69ead5930dd3f7f8b67/{{path}}#{{fragment}}",
}  # `[text](v0.5.1:path#L1-L2)` links to the commit of that tag in Spiderpool
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]

# Skills; the levels are those of the résumé

folio_levels = ["理解", "熟悉", "熟练", "深入理解", "精通"]
folio_categories = {
    "languages": "编程语言",
    "networking": "Linux 与网络",
    "containers": "容器",
    "kubernetes": "Kubernetes",
    "cni": "CNI",
    "testing": "测试",
}
folio_date_formats = {  # as in the prose; the résumé has its own words
    "zh_CN": {
        "year": "y\u00a0年",
        "month": "y\u00a0年\u00a0M\u00a0月",
        "birth": "y-MM",
        "day": "y\u00a0年\u00a0M\u00a0月\u00a0d\u00a0日",
        "range": "{start}至 {end}",
    }
}

# Search synonyms of this site; those of the field and the keywords of skills are included automatically

folio_search_aliases = {
    "Webhook": ["准入控制", "准入控制器", "admission controller"],
    "IP 回收": ["垃圾回收", "GC", "garbage collection"],
    "Linux Namespace": ["名字空间"],
    "TCP/IP": ["网络协议栈", "protocol stack"],
    "Shell": ["脚本", "bash"],
    "gomock": ["打桩", "mock", "mocking", "单元测试", "unit test"],
    "gomonkey": ["打桩", "mock", "mocking", "单元测试", "unit test"],
}

folio_sitemaps = ["sphinx-folio/sitemap.xml"]  # of the manual
folio_noindex = os.environ.get("READTHEDOCS_VERSION_TYPE") == "external"  # a preview of a pull request

# What `sphinx-folio verify` checks evidence against; the results are in evidence.lock

SPIDERPOOL = "https://github.com/spidernet-io/spiderpool"
MAIN = "a7fbd3b2968d13952572ab95092b2caf7aa08ea9"  # of July 2026
folio_repositories = {SPIDERPOOL: "../spiderpool"}  # a clone next to this one
folio_identities = ["iiiceoo", "iiice_oo"]
folio_keys = {"GitHub": "keys/github-web-flow.asc"}
BOTH = ["v0.5.1", "a7fbd3b"]
SQUASH = "4d38ebfb74a6535f18ee9e4006be9a3ac89d17a7"  # one commit with the work of several people
folio_counts = {
    "docs/spiderpool/spiderpool-months.csv": {
        "count": "commits",
        "by": "month",
        "repository": SPIDERPOOL,
        "revision": MAIN,
    },
    "docs/spiderpool/spiderpool-pull-requests.csv": {
        "count": "merged",
        "by": "month",
        "repository": SPIDERPOOL,
        "revision": MAIN,
    },
    "docs/spiderpool/spiderpool-areas.csv": {
        "count": "commits",
        "by": "directory",
        "repository": SPIDERPOOL,
        "revision": MAIN,
        "without": [SQUASH],
        "below": ["cmd", "pkg"],
        "depth": 2,
        "least": 14,
    },
    "docs/spiderpool/spiderpool-lines.csv": {
        "count": "lines",
        "by": "package",
        "repository": SPIDERPOOL,
        "files": ["*.go", "!*_test.go", "!*_mock.go"],
        "packages": {
            "pkg/limiter": BOTH,
            "pkg/reservedipmanager": BOTH,
            "pkg/ip": BOTH,
            "pkg/workloadendpointmanager": BOTH,
            "pkg/ipam": BOTH,
            "pkg/k8s/apis": BOTH,
            "pkg/subnetmanager": BOTH,
            "pkg/ippoolmanager": BOTH,
            "cmd/spiderpool": BOTH,
            "pkg/gcmanager": BOTH,
            "pkg/applicationcontroller": BOTH,
        },
    },
    "docs/spiderpool/contributions-areas.csv": {
        "count": "commits",
        "by": "month",
        "repository": SPIDERPOOL,
        "revision": MAIN,
        "without": [SQUASH],
        "areas": {
            "pkg/ipam": ["pkg/ipam/*"],
            "pkg/ippoolmanager": ["pkg/ippoolmanager/*"],
            "pkg/subnetmanager": ["pkg/subnetmanager/*"],
            "pkg/workloadendpointmanager": ["pkg/workloadendpointmanager/*"],
            "pkg/reservedipmanager": ["pkg/reservedipmanager/*"],
            "pkg/k8s": ["pkg/k8s/*"],
            "pkg/limiter": ["pkg/limiter/*"],
            "pkg/ip": ["pkg/ip/*"],
            "cmd": ["cmd/*"],
            "docs": ["docs/*"],
            "tests": ["*_test.go", "!vendor/*"],
        },
        "events": {
            "2022-05": "CODEOWNERS",
            "2022-09": "v0.2.0",
            "2022-10": "v0.3.0",
            "2023-02": "MAINTAINERS",
            "2023-03": "v0.4.0",
            "2023-04": "v0.4.1",
            "2023-05": "v0.5.0",
            "2023-06": "v0.5.1",
        },
    },
    "docs/spiderpool/contributions-months.csv": {
        "count": ["commits", "reviews"],
        "by": "month",
        "repository": SPIDERPOOL,
        "revision": MAIN,
    },
    "docs/spiderpool/case-studies/testing-lines.csv": {
        "count": "lines",
        "by": "package",
        "repository": SPIDERPOOL,
        "files": ["*_test.go"],
        "packages": {
            "pkg/ippoolmanager": ["v0.5.1"],
            "pkg/subnetmanager": ["v0.5.1"],
            "pkg/ip": ["v0.5.1"],
            "pkg/reservedipmanager": ["v0.5.1"],
            "pkg/workloadendpointmanager": ["v0.5.1"],
            "pkg/namespacemanager": ["v0.5.1"],
            "pkg/podmanager": ["v0.5.1"],
            "pkg/statefulsetmanager": ["v0.5.1"],
            "pkg/nodemanager": ["v0.5.1"],
            "pkg/limiter": ["v0.5.1"],
            "pkg/lock": ["v0.5.1"],
            "pkg/logutils": ["v0.5.1"],
            "test/e2e": ["v0.5.1"],
        },
    },
    "docs/spiderpool/case-studies/testing-steps.csv": {
        "count": "added",
        "by": "pull-request",
        "repository": SPIDERPOOL,
        "revision": MAIN,
        "pull-requests": [1097, 1157, 1178, 1181, 1189, 1251, 1258, 1354, 1402, 1472, 1489, 1577],
        "files": ["*_test.go", "!vendor/*"],
    },
}

# A field on the page of skills that compares a job posting with them, in the reader's browser

folio_match = True

# The résumé, and extracts of it, each as a page that search engines do not list, a PDF and JSON

folio_resume_date = "2023-06"
folio_views = {
    "network": {
        "title": {"zh_CN": "网络方向", "en": "Networking"},
        "skills": ["go"],
        "categories": ["networking", "containers", "kubernetes", "cni", "testing"],
    }
}

# Pages that have moved, and their anchors that did not move with them

folio_redirects = {
    "projects/powerredis": "projects/index",
    "projects/sauto3": "projects/index",
    "projects/spiderpool": "spiderpool/index",
    "projects/spiderpool#evidence_spiderpool-pr-1552": "skills/testing#evidence_spiderpool-pr-1258",
    "projects/spiderpool#spiderpool-own-areas": "spiderpool/contributions#spiderpool-own-areas",
    "projects/spiderpool-benchmark": "spiderpool/benchmark",
} | {
    f"projects/spiderpool#spiderpool-{part}": f"spiderpool/how-it-works#spiderpool-{part}"
    for part in (
        "allocation",
        "feature-dual-stack",
        "feature-fixed-ip",
        "feature-ippool",
        "feature-performance",
        "feature-reclaim",
        "features",
        "parts",
        "problem",
    )
}

# Appearance

html_theme = "furo"
html_static_path = ["docs/_static"]
html_favicon = "docs/_static/icon.svg"
templates_path = ["docs/_templates"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
LATIN_FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto'
CHINESE_FONTS = '"PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei"'
html_theme_options = {
    "top_of_page_buttons": [],
    "light_css_variables": {
        "font-stack": f"{LATIN_FONTS}, {CHINESE_FONTS}, sans-serif",
        "color-brand-primary": "var(--light-accent)",  # in site.css
        "color-brand-content": "var(--light-accent)",
        "color-brand-visited": "var(--light-accent)",
        "color-foreground-primary": "#16202a",
        "color-foreground-secondary": "#4a5763",
        "color-foreground-muted": "#5b6873",
        "color-foreground-border": "#7b8893",
        "color-background-secondary": "#f5f8f9",
        "color-background-hover": "#e8eef0",
        "color-background-hover--transparent": "#e8eef000",
        "color-background-border": "#d8e0e4",
        "color-highlight-on-target": "color-mix(in srgb, var(--light-accent) 11%, #fff)",
        "color-sidebar-link-text--top-level": "var(--color-foreground-primary)",
        "toc-font-size": "var(--font-size--small--2)",
        "toc-title-font-size": "var(--font-size--small--2)",
    },
    "dark_css_variables": {
        "color-brand-primary": "var(--dark-accent)",  # in site.css
        "color-brand-content": "var(--dark-accent)",
        "color-brand-visited": "var(--dark-accent)",
        "color-foreground-primary": "#e4eaee",
        "color-foreground-secondary": "#aab6c0",
        "color-foreground-muted": "#97a4af",
        "color-foreground-border": "#6b7883",
        "color-background-primary": "#11181f",
        "color-background-secondary": "#18222b",
        "color-background-hover": "#223039",
        "color-background-hover--transparent": "#22303900",
        "color-background-border": "#2e3c47",
        "color-highlight-on-target": "color-mix(in srgb, var(--dark-accent) 16%, #11181f)",
    },
}
html_use_index = False
html_domain_indices = False
html_copy_source = False
html_show_sourcelink = False
latex_engine = "xelatex"
latex_elements = {"papersize": "a4paper"}

# Translations of the settings above, applied once the language of the build is known

CATEGORIES_IN_ENGLISH = {
    "languages": "Languages",
    "networking": "Linux and networking",
    "containers": "Containers",
    "kubernetes": "Kubernetes",
    "cni": "CNI",
    "testing": "Testing",
}

# The manual is a project of its own, below sphinx-folio/ of the site; its pages were pages of this one

MANUAL_FOLDER = {"zh_CN": "./sphinx-folio/zh/", "en": "../sphinx-folio/"}
MANUAL_LINKS = {
    "zh_CN": {"关于本站": "colophon", '<span translate="no">sphinx-folio</span> 手册': "index"},
    "en": {"About this site": "colophon", "sphinx-folio manual": "index"},
}
MOVED_TO_MANUAL = {
    **{f"make-your-own/{page}": page for page in ("index", "tutorial", "guides", "reference", "background")},
    "colophon": "colophon",
}


def link_to_manual(app: Sphinx, config: Config) -> None:
    """Set the links at the foot of the pages, and the redirects to the manual."""
    folder = MANUAL_FOLDER[config.language]
    links = MANUAL_LINKS[config.language]
    config.html_context = {"foot_links": {text: f"{folder}{page}.html" for text, page in links.items()}}
    moved = {old: f"{folder}{page}.html" for old, page in MOVED_TO_MANUAL.items()}
    config.folio_redirects = config.folio_redirects | moved


def translate_settings(app: Sphinx, config: Config) -> None:
    """Use the English texts in an English build."""
    if config.language == "en":
        config.folio_categories = CATEGORIES_IN_ENGLISH
        config.folio_resume_paper = ["a4", "us-letter"]
    set_latex_fonts(app, config)


def set_latex_fonts(app: Sphinx, config: Config) -> None:
    """Let English pages in LaTeX show Chinese names, with quotation marks of Latin width."""
    if config.language == "en":
        packages = r"\usepackage{xeCJK}\xeCJKDeclareCharClass{Default}{`·,`–->`…}"
        config.latex_elements = config.latex_elements | {"extrapackages": packages}


def add_model(app: Sphinx, pagename: str, *_others: object) -> None:
    """Add the script of the model of contention to its page."""
    if pagename == "spiderpool/how-it-works":
        app.add_js_file("pool-model.js", defer="defer")


OPTION = re.compile(r"--?[A-Za-z][\w-]*")


class ShellLexer(BashLexer):  # type: ignore[misc]
    """Commands of a shell; options are marked, since browsers would break lines after their dashes (see site.css)."""

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, Any, str]]:
        """Yield the tokens of Bash, with options as attributes."""
        for index, kind, value in super().get_tokens_unprocessed(text):
            yield index, Name.Attribute if kind is Text and OPTION.fullmatch(value) else kind, value


def setup(app: Sphinx) -> None:
    """Set what depends on the language of the build before sphinx_folio validates it."""
    app.connect("config-inited", translate_settings, priority=100)
    app.connect("config-inited", link_to_manual, priority=100)
    app.connect("html-page-context", add_model)
    app.add_lexer("sh", ShellLexer)
    app.add_css_file("own-pages.css", priority=900)  # after site.css, which has 800
