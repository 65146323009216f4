"""Each mistake in conf.py is reported with a remedy, without a traceback."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from sphinx.errors import ConfigError
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio import config, navigation
from sphinx_folio._common.settings import EXTENSIONS, Setting
from sphinx_folio.csp import settings as policy
from sphinx_folio.diagrams import output as diagrams
from sphinx_folio.export import settings as exports
from sphinx_folio.languages import settings as languages
from sphinx_folio.redirects import settings as redirects
from sphinx_folio.search import settings as search
from sphinx_folio.social import settings as sharing

if TYPE_CHECKING:
    from collections.abc import Callable

MODULES: dict[str, Any] = {
    "sphinx_folio": config,
    "sphinx_folio.csp": policy,
    "sphinx_folio.diagrams": diagrams,
    "sphinx_folio.export": exports,
    "sphinx_folio.languages": languages,
    "sphinx_folio.navigation": navigation,
    "sphinx_folio.redirects": redirects,
    "sphinx_folio.search": search,
    "sphinx_folio.social": sharing,
}
SETTINGS: dict[str, Setting] = {setting.name: setting for module in MODULES.values() for setting in module.SETTINGS}


class Mistake(NamedTuple):
    """A setting, its value in conf.py, and the expected message."""

    name: str
    value: str
    says: str


MISTAKES = [
    Mistake("folio_levels", '"expert"', "'expert' is of type str, not list or tuple (example: folio_levels = [\"aware\""),
    Mistake("folio_levels", "None", "None is of type NoneType, not list or tuple"),
    Mistake("folio_levels", "(word for word in 'ab')", "is of type generator, not list or tuple"),
    Mistake("folio_levels", "[1, 2]", "1 is not a level; write a word"),
    Mistake("folio_levels", '["a", " "]', "' ' is not a level"),
    Mistake("folio_levels", '["a", "b", "a"]', "the level 'a' is listed more than once"),
    Mistake("folio_levels", '[["a"], ["a"]]', "['a'] is not a level"),
    Mistake("folio_level_scale", '"yes"', "'yes' is of type str, not bool (example: folio_level_scale = True)"),
    Mistake("folio_categories", '["languages"]', "['languages'] is of type list, not dict (example: folio_categories = {"),
    Mistake("folio_categories", '{"C++": "C++"}', "'C++' is not a valid key; use lowercase ASCII letters"),
    Mistake("folio_categories", '{1: "One"}', "1 is not a valid key"),
    Mistake("folio_categories", '{"cni": ""}', "category 'cni' needs a label"),
    Mistake("folio_categories", '{"cni": None}', "category 'cni' needs a label"),
    Mistake("folio_date_formats", '{"en": "MMM"}', "the formats of 'en' are of type str, not dict"),
    Mistake("folio_date_formats", '{"en-US": {"month": "MMM"}}', "'en-US' is not a language code; write a code such as en, zh_CN"),
    Mistake("folio_date_formats", '{None: {"month": "MMM"}}', "None is not a language code"),
    Mistake("folio_date_formats", '{"en": {"months": "MMM"}}', "en: unknown format 'months'; did you mean 'month'?"),
    Mistake("folio_date_formats", '{"en": {("day",): "d"}}', "en: unknown format ('day',); known: year, month, day, birth, range"),
    Mistake("folio_date_formats", '{"en": {"month": ""}}', "en: '' is not a valid pattern for 'month'"),
    Mistake("folio_date_formats", '{"en": {"present": ""}}', "en: '' is not a valid pattern for 'present'"),
    Mistake("folio_date_formats", '{"en": {"month": None}}', "en: None is not a valid pattern for 'month'"),
    Mistake("folio_date_formats", '{"en": {"range": "to"}}', "en: the pattern for 'range' must contain {start} and {end}"),
    Mistake("folio_date_formats", '{"en": {"range": "{start} {end} {x}"}}', "en: '{start} {end} {x}' is not a valid pattern for 'range'"),
    Mistake("folio_date_formats", '{"en": {"range": "{start} {end} {}"}}', "en: '{start} {end} {}' is not a valid pattern for 'range'"),
    Mistake("folio_date_formats", '{"en": {"range": "{start} {end} {"}}', "is not a valid pattern for 'range'"),
    Mistake("folio_date_formats", '{"en": {"month": "bogus MMMMMMMM"}}', "en: 'bogus MMMMMMMM' is not a valid pattern for 'month'"),
    Mistake("folio_evidence_fail_under", '"80"', "'80' is of type str, not int or float (example: folio_evidence_fail_under = 80"),
    Mistake("folio_match", "'yes'", "'yes' is of type str, not bool"),
    Mistake("folio_evidence_fail_under", "True", "True is of type bool, not int or float"),
    Mistake("folio_evidence_fail_under", "101", "101 is not a percentage between 0 and 100"),
    Mistake("folio_evidence_fail_under", "-1", "-1 is not a percentage"),
    Mistake("folio_evidence_fail_under", 'float("nan")', "nan is not a percentage"),
    Mistake("folio_evidence_fail_under", "10 ** 400", "is not a percentage"),
    Mistake("folio_evidence_verified_under", "101", "101 is not a percentage between 0 and 100"),
    Mistake("folio_evidence_lock", "None", "None is of type NoneType, not str"),
    Mistake("folio_repositories", "['https://github.com/a/b']", "is of type list, not dict"),
    Mistake("folio_repositories", "{'a/b': '../b'}", "'a/b' is not the address of a repository"),
    Mistake("folio_repositories", "{1: '../b'}", "1 is not the address of a repository"),
    Mistake("folio_repositories", "{'https://github.com/a/b': ''}", "needs the path of a clone or a bundle"),
    Mistake("folio_identities", "'Ada'", "'Ada' is of type str, not list or tuple"),
    Mistake("folio_identities", "['']", "'' is not an identity; write a name or an email address"),
    Mistake("folio_keys", "['key.asc']", "is of type list, not dict"),
    Mistake("folio_keys", "{'': 'key.asc'}", "'': 'key.asc' is not the name of a signer with the path"),
    Mistake("folio_archived", "['https://example.org']", "is of type list, not dict"),
    Mistake("folio_archived", "{'https://example.org': 'copy'}", "'copy' is not a web address"),
    Mistake("folio_counts", "['a.csv']", "is of type list, not dict"),
    Mistake("folio_counts", "{'a.csv': 'commits'}", "'a.csv' needs a dictionary"),
    Mistake("folio_counts", "{'a.csv': {'counts': 'commits'}}", "a.csv: unknown property 'counts'; did you mean 'count'?"),
    Mistake("folio_counts", "{'a.csv': {'count': 'commit'}}", "a.csv: unknown count 'commit'; did you mean 'commits'?"),
    Mistake("folio_counts", "{'a.csv': {'count': 'merged', 'by': 'package'}}", "'merged' cannot be counted by 'package'; known: '', 'month'"),
    Mistake("folio_counts", "{'a.csv': {'count': ['merged', 'lines'], 'by': 'month', 'repository': 'x', 'revision': 'y'}}", "a.csv: 'lines' cannot be counted by 'month'; known: "),
    Mistake("folio_counts", "{'a.csv': {'count': 'added', 'by': 'pull-request', 'repository': 'x', 'revision': 'y'}}", "a.csv: the property 'pull-requests' is missing"),
    Mistake("folio_counts", "{'a.csv': {'count': 'commits', 'by': 'month', 'repository': 'x', 'revision': 'y', 'areas': ['pkg']}}", "a.csv: the property 'areas' needs a dictionary"),
    Mistake("folio_counts", "{'a.csv': {'count': 'merged', 'repository': 'x'}}", "a.csv: the property 'revision' is missing"),
    Mistake("folio_today", "2026", '2026 is of type int, not str (example: folio_today = "2026-11-30"'),
    Mistake("folio_today", '__import__("datetime").date(2026, 11, 30)', "is of type date, not str"),
    Mistake("folio_today", '"tomorrow"', "not a date: 'tomorrow'"),
    Mistake("folio_today", '"2026-11"', "'2026-11' is not a full date (example: folio_today = \"2026-11-30\""),
    Mistake("folio_vocabulary", '"none.toml"', "there is no file "),
    Mistake("folio_vocabulary", "['skills.toml']", 'is of type list, not str (example: folio_vocabulary = "skills.toml"'),
    Mistake("folio_diagram_renderer", '"draw"', "unknown renderer 'draw'; did you mean 'drawn'?"),
    Mistake("folio_diagram_renderer", '"mermaid"', "unknown renderer 'mermaid'; known: auto, drawn, script"),
    Mistake("folio_diagram_renderer", "None", "None is of type NoneType, not str"),
    Mistake("folio_exports", '"pdf"', "'pdf' is of type str, not list or tuple (example: folio_exports = [\"pdf\", \"json\"]"),
    Mistake("folio_exports", "None", "None is of type NoneType, not list or tuple"),
    Mistake("folio_exports", '["PDF"]', "unknown export 'PDF'; did you mean 'pdf'?"),
    Mistake("folio_exports", '["rtf"]', "unknown export 'rtf'; known: pdf, docx, odt, txt, json, rendercv, vcard, llms, llms-full, markdown, json-ld"),
    Mistake("folio_exports", "[None]", "unknown export None; known: pdf"),
    Mistake("folio_exports", "[[]]", "unknown export []; known: pdf"),
    Mistake("folio_resume", "1", '1 is of type int, not str (example: folio_resume = "resume"'),
    Mistake("folio_resume", "None", "None is of type NoneType, not str"),
    Mistake("folio_private", "True", "remove it; private facts are requested by a single build, with -D folio_private=1"),
    Mistake("folio_private", '"yes"', "'yes' is of type str, not bool"),
    Mistake("folio_resume_fonts", '["nowhere"]', "there is no folder "),
    Mistake("folio_resume_fonts", "[1]", "it must be a list of folders (example: folio_resume_fonts = "),
    Mistake("folio_resume_fonts", '"fonts"', "'fonts' is of type str, not list"),
    Mistake("folio_resume_date", '"2023-13"', "no such date: '2023-13'"),
    Mistake("folio_resume_date", '"June 2023"', "not a date: 'June 2023'; write a year, 2021-08 or 2021-08-31 (example"),
    Mistake("folio_resume_paper", '"a4"', "'a4' is of type str, not list or tuple"),
    Mistake("folio_resume_paper", '["letter"]', "unknown paper 'letter'"),
    Mistake("folio_resume_paper", "[]", "list one or more papers, each once (example: folio_resume_paper = "),
    Mistake("folio_json_resume_extra", '"none.json"', "none.json: No such file or directory"),
    Mistake("folio_json_resume_extra", '"conf.py"', "conf.py: Expecting value"),
    Mistake("folio_sitemaps", '"sitemap.xml"', "'sitemap.xml' is of type str, not list"),
    Mistake("folio_resume_template", '"none.typ"', "there is no file "),
    Mistake("folio_resume_template", '"."', "unknown template '.'; known: academic, resume, sidebar"),
    Mistake("folio_resume_template", '"sidebr"', "unknown template 'sidebr'; did you mean 'sidebar'?"),
    Mistake("folio_resume_template", '"own"', "unknown template 'own'; known: academic, resume, sidebar"),
    Mistake("folio_resume_photo", '"none.jpg"', "there is no file "),
    Mistake("folio_resume_photo", '"photo.gif"', "photo.gif is not a photo (.jpg, .jpeg, .png, .svg, .webp)"),
    Mistake("folio_resume_photo", "None", "None is of type NoneType, not str"),
    Mistake("folio_resume_max_pages", "0", "0 is not a number of pages; write 1 or more"),
    Mistake("folio_resume_max_pages", '"2"', "'2' is of type str, not int or None"),
    Mistake("folio_resume_font_families", '"Lato"', "'Lato' is of type str, not list"),
    Mistake("folio_resume_font_families", '[""]', "it must be a list of font families"),
    Mistake("folio_resume_font_families", '["Latto"]', "unknown font family 'Latto'; did you mean 'Lato'?"),
    Mistake("folio_resume_font_families", '["Nowhere Regular"]', "unknown font family 'Nowhere Regular'; known: "),
    Mistake("folio_resume_template", "[]", "[] is of type list, not str"),
    Mistake("folio_views", '["network"]', "['network'] is of type list, not dict"),
    Mistake("folio_views", '{"Net": {"title": "N", "skills": ["cni"]}}', "'Net' is not a valid key; use lowercase ASCII letters"),
    Mistake("folio_views", '{"net": "N"}', "view 'net' is of type str, not dict (example: folio_views = {"),
    Mistake("folio_views", '{"net": {"title": "N", "skill": ["cni"]}}', "view 'net': unknown key 'skill'; did you mean 'skills'?"),
    Mistake("folio_views", '{"net": {"title": "N", 1: []}}', "view 'net': unknown key 1; known: title, skills, categories, without, first, max_pages"),
    Mistake("folio_views", '{"net": {"title": "N", None: []}}', "view 'net': unknown key None"),
    Mistake("folio_views", '{"net": {"skills": ["cni"]}}', "view 'net' needs a title"),
    Mistake("folio_views", '{"net": {"title": "", "skills": ["cni"]}}', "view 'net' needs a title"),
    Mistake("folio_views", '{"net": {"title": "N", "skills": "cni"}}', "view 'net': skills must be a list of names"),
    Mistake("folio_views", '{"net": {"title": "N", "categories": [["net"]]}}', "view 'net': categories must be a list of names"),
    Mistake("folio_views", '{"net": {"title": "N"}}', "view 'net' leaves nothing out; add skills, categories or without"),
    Mistake("folio_views", '{"net": {"title": "N", "without": "talk"}}', "view 'net': without must be a list of names"),
    Mistake("folio_views", '{"net": {"title": "N", "without": ["publications"]}}', "view 'net': cannot leave out 'publications'; did you mean 'publication'?"),
    Mistake("folio_views", '{"net": {"title": "N", "without": ["person"]}}', "view 'net': cannot leave out 'person'; known: education, "),
    Mistake("folio_views", '{"net": {"title": "N", "without": ["talk"], "max_pages": 0}}', "view 'net': max_pages must be a number of pages, or None"),
    Mistake("folio_views", '{"net": {"title": "N", "without": ["talk"], "max_pages": True}}', "view 'net': max_pages must be a number of pages, or None"),
    Mistake("folio_views", '{"net": {"title": "N", "categories": ["nets"]}}', "view 'net': unknown category 'nets'"),
    Mistake("folio_views", '{"net": {"title": "N", "categories": ["netwroking"]}}', "unknown category 'netwroking'; did you mean 'networking'?"),
    Mistake("folio_languages", '["en"]', "['en'] is of type list, not dict (example: folio_languages = {\"zh_CN\": \"\", \"en\": \"en\"}"),
    Mistake("folio_languages", '{"en": "", "xx_YY": "x"}', "'xx_YY' is not a language"),
    Mistake("folio_languages", '{"en": "", "zh-CN": "zh"}', "'zh-CN' is not a language; did you mean 'zh_CN'?"),
    Mistake("folio_languages", '{"en": "", None: "x"}', "None is not a language"),
    Mistake("folio_languages", '{"en": "", "de": "/de"}', "'/de' is not a folder of the site"),
    Mistake("folio_languages", '{"en": "", "de": "../de"}', "'../de' is not a folder of the site"),
    Mistake("folio_languages", '{"en": "", "de": "C:\\\\de"}', "is not a folder of the site"),
    Mistake("folio_languages", '{"en": "", "de": None}', "None is not a folder of the site"),
    Mistake("folio_languages", '{"en": "", "de": ""}', "two languages use the folder ''"),
    Mistake("folio_languages", '{"en": "", "de": "DE", "fr": "de"}', "two languages use the folder 'de'"),
    Mistake("folio_languages", '{"zh_CN": "", "de": "de"}', "the language of this build, 'en', is not listed; known: zh_CN, de"),
    Mistake("folio_navigation_most", "-5", "-5 is negative; write 0 or more"),
    Mistake("folio_navigation_most", "1.5", "1.5 is of type float, not int"),
    Mistake("folio_redirects", '["old"]', "['old'] is of type list, not dict (example: folio_redirects = {\"old\": \"new\""),
    Mistake("folio_redirects", '{"old": None}', "None is not a page name; write a string"),
    Mistake("folio_redirects", '{"/old": "new"}', "'/old' is not a page name; write the path from the source folder"),
    Mistake("folio_redirects", '{"old": "../new"}', "'../new' is not a page name"),
    Mistake("folio_redirects", '{"old": "javascript:alert(1)"}', "'javascript:alert(1)' is not a page name"),
    Mistake("folio_redirects", '{"a": "b", "b": "a"}', "a → b → a is a loop"),
    Mistake("folio_search_vocabulary", '"words.txt"', "'words.txt' is of type str"),
    Mistake("folio_search_vocabulary", "[1]", "1 is not the name of a file"),
    Mistake("folio_search_aliases", '["k8s"]', "['k8s'] is of type list, not dict"),
    Mistake("folio_search_aliases", '{"k8s": "Kubernetes"}', "'k8s' needs a list of words that mean the same, not 'Kubernetes'"),
    Mistake("folio_search_aliases", '{"k8s": []}', "'k8s' needs a list of words"),
    Mistake("folio_search_aliases", '{"k8s": [1]}', "'k8s' needs a list of words that mean the same, not [1]"),
    Mistake("folio_search_aliases", '{1: ["one"]}', '1 is not a word (example: folio_search_aliases = {"k8s": ["Kubernetes"]}'),
    Mistake("folio_search_page", '"yes"', "'yes' is of type str, not bool or None"),
    Mistake("folio_search_stock_index", "1", "1 is of type int, not bool"),
    Mistake("folio_search_split", "-1", "-1 is negative; write 0 or more"),
    Mistake("folio_search_split", "None", "None is of type NoneType, not int (example: folio_search_split = 200000"),
    Mistake("folio_accent", '"teal"', "'teal' is not a color of six hexadecimal digits (example: folio_accent = \"#7a1f5c\""),
    Mistake("folio_accent", "None", "None is of type NoneType, not str"),
    Mistake("folio_accent", "1", "1 is of type int, not str"),
    Mistake("folio_accent", "[]", "[] is of type list, not str"),
    Mistake("folio_cards", "None", "None is of type NoneType, not bool"),
    Mistake("folio_csp_host", '"netlfy"', "'netlfy'; did you mean 'netlify'? (example: folio_csp_host = \"netlify\")"),
    Mistake("folio_csp_sources", '["https://example.org"]', 'is of type list, not dict (example: folio_csp_sources = {"frame-src": ['),
    Mistake("folio_csp_sources", '{"frames-src": []}', "unknown directive 'frames-src'; did you mean 'frame-src'?"),
    Mistake("folio_csp_sources", '{"frame-src": "https://example.org"}', "'frame-src' needs a list of origins, not 'https://example.org'"),
    Mistake("folio_csp_sources", '{"frame-src": ["www.example.org/embed/"]}', "'www.example.org/embed/' is not an origin; write 'https://www.example.org'"),
    Mistake("folio_csp_sources", '{"frame-src": ["http://a.example:8000/?a=b"]}', "write 'http://a.example:8000'"),
    Mistake("folio_csp_sources", '{"frame-src": ["\'unsafe-inline\'"]}', "is not an origin, such as https://example.org"),
    Mistake("folio_csp_sources", '{"frame-src": ["javascript:"]}', "'javascript:' is not an origin, such as"),
    Mistake("folio_csp_sources", '{"frame-src": ["https://a.example; script-src *"]}', "is not an origin, such as"),
    Mistake("folio_csp_sources", '{"frame-src": [1]}', "1 is not an origin, such as"),
    Mistake("folio_noindex", '"yes"', "'yes' is of type str, not bool"),
    Mistake("folio_sitemaps", "'manual/sitemap.xml'", "'manual/sitemap.xml' is of type str, not list or tuple"),
]  # fmt: skip


@pytest.fixture
def refused(build: Any) -> Callable[[str, str], str]:
    """Return a function that builds a site with a setting and returns the message of the error."""

    def refuse(line: str, extension: str) -> str:
        settings = {"extensions": [extension], "primary_domain": None, "folio_levels": None, "folio_today": None}
        if extension not in {"sphinx_folio", "sphinx_folio.export"} or line.startswith("folio_categories"):
            settings["folio_categories"] = None
        with pytest.raises(ConfigError) as error:
            build({"index.rst": "Home\n====\n"}, conf=line, settings=settings, builder="dummy", run=False)
        return str(error.value)

    return refuse


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ada.example.org", "'ada.example.org' is not the address of a site; write 'https://ada.example.org'"),
        (" //ada.example.org/me/ ", "' //ada.example.org/me/ ' is not the address of a site; write 'https://ada.example.org/me/'"),
        ("HTTPS:/ada.example.org", "write 'https://ada.example.org'"),
        ("https://", "'https://' is not the address of a site, which begins with https:// or http:// (example: html_baseurl = \"https://example.org/\")"),
        ("ftp://ada.example.org/", "'ftp://ada.example.org/' is not the address of a site, which begins with https:// or http:// (example"),
        (5, "5 is not the address of a site, which begins with"),
    ],
)  # fmt: skip
def test_an_incomplete_address_of_the_site_is_refused(
    address: object, says: str, refused: Callable[[str, str], str]
) -> None:
    message = refused(f"html_baseurl = {address!r}\n", "sphinx_folio.languages")
    assert re.match(r"/.*/conf\.py:1: html_baseurl: ", message)
    assert says in message


@pytest.mark.parametrize(
    "address", ["", "/", "/me/", "https://example.org", "http://localhost:8000/me/", "HTTPS://例子.example/"]
)
def test_a_complete_address_of_the_site_is_accepted(address: str, build: Any) -> None:
    build({"index.rst": "Home\n====\n"}, settings={"html_baseurl": address}, builder="dummy", run=False)


def owner(name: str) -> str:
    return next(extension for extension, names in EXTENSIONS.items() if name in names)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.name}-{mistake.value}")
def test_a_wrong_value_names_the_setting_and_the_remedy(mistake: Mistake, refused: Callable[[str, str], str]) -> None:
    message = refused(f"{mistake.name} = {mistake.value}\n", owner(mistake.name))
    assert re.match(rf"/.*/conf\.py:1: {mistake.name}: ", message)
    assert mistake.says in message


def test_every_setting_has_mistakes() -> None:
    assert {mistake.name for mistake in MISTAKES} == SETTINGS.keys()


VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 1.5, float("nan"), float("inf"), 10**400, "", " ", "x", "\0", "../..", "%s {}", b"x",
    [], [None], [[]], [{}], [""], ["%s"], ["x", "x"], (), ("x",), {}, {"x": None}, {"x": []}, {"x": {}}, {"x": {"x": {}}},
    {None: None}, {1: 1}, {(): ()}, {"": ""}, {"en": {"range": "{start.x} {end[9]}"}}, {"en": {"day": "%s"}},
    {"x": {"title": "x", "skills": [None]}}, {"x": {"title": 1, None: 1}}, {"x": ["%s"]}, {"x", "y"}, frozenset(), object(),
    date(2026, 11, 30), range(3), iter("ab"), ValueError,
]  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_no_value_whatever_ends_in_a_traceback(setting: Setting) -> None:
    for value in VALUES:
        problem = setting.problem(value)
        assert problem or isinstance(value, setting.types)
    assert setting.problem(setting.default) == ""


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_example_is_right(setting: Setting) -> None:
    assert setting.problem(eval(setting.example)) == ""  # noqa: S307  our own examples


# Names


def unknown(build: Any, conf: str, **settings: Any) -> list[str]:
    """Return the warnings about unknown settings from a build with some text in conf.py."""
    app = build({"index.rst": "Home\n====\n"}, conf=conf, settings=settings, builder="dummy", run=False)
    lines = strip_escape_sequences(app.warning.getvalue()).splitlines()
    path = re.escape(f"{app.confdir / 'conf.py'}:")
    return [re.sub(f"^{path}", "", line) for line in lines if "[folio.unknown_setting]" in line]


@pytest.mark.parametrize(
    ("conf", "says"),
    [
        ("\nfolio_level = []\n", "2: WARNING: unknown setting 'folio_level'; did you mean 'folio_levels'?"),
        ("folio_Levels: list = []\n", "1: WARNING: unknown setting 'folio_Levels'; did you mean 'folio_levels'?"),
        ("if True:\n    folio_catgories = {}\n", "2: WARNING: unknown setting 'folio_catgories'; did you mean 'folio_categories'?"),
        ("folio_redirects = {}\n", "1: WARNING: folio_redirects is a setting of sphinx_folio.redirects; add 'sphinx_folio.redirects' to extensions in conf.py, or delete the setting ["),
        ("folio_redirect = {}\n", "1: WARNING: unknown setting 'folio_redirect'; did you mean 'folio_redirects'?"),
        ("folio_zzz = 1\n", "1: WARNING: unknown setting 'folio_zzz'; for your own variables, use a prefix other than folio_"),
        ("(a, folio_zzz) = 1, 2\n", "1: WARNING: unknown setting 'folio_zzz'"),
        ("for folio_zzz in [1]:\n    pass\n", "1: WARNING: unknown setting 'folio_zzz'"),
        ("exec('folio_level = []')\n", "WARNING: unknown setting 'folio_level'; did you mean 'folio_levels'?"),
        ("def setup(app):\n    app.config.folio_level = []\n", "2: WARNING: unknown setting 'folio_level'"),
        ("def change(app, config):\n    config['folio_level'] = []\n", "2: WARNING: unknown setting 'folio_level'"),
    ],
)  # fmt: skip
def test_an_unknown_setting_is_reported_at_its_line(conf: str, says: str, build: Any) -> None:
    [line] = unknown(build, conf)
    assert line.startswith(says)


@pytest.mark.parametrize(
    "conf",
    [
        "folio_levels = ['a']\n",
        "def folio_helper():\n    folio_local = 1\n    return [folio_item for folio_item in 'ab']\n",
        "import sys as folio_sys\n",
        "words = {'folio_level': 1}\n",
        "def setup(app):\n    app.add_config_value('folio_mine', 1, '')\nfolio_mine = 2\n",
        "# folio_level = []\n",
    ],
)
def test_what_is_no_unknown_setting_is_not_reported(conf: str, build: Any) -> None:
    assert unknown(build, conf) == []


def test_every_unknown_setting_is_reported_once_with_all_extensions(build: Any) -> None:
    extensions = [extension for extension in MODULES if extension != "sphinx_folio.diagrams"]
    conf = "folio_zzz = 1\nfolio_level = 1\nfolio_level = 2\n"
    found = unknown(build, conf, extensions=extensions, folio_languages={"en": ""})
    assert [line.partition(":")[0] for line in found] == ["3", "1"]


def test_an_unknown_setting_of_the_command_line_is_reported(build: Any) -> None:
    [line] = unknown(build, "", folio_resmue="home", extensions=["sphinx_folio.export"])
    assert line.startswith("WARNING: unknown setting 'folio_resmue'; did you mean 'folio_resume'?")


def test_without_the_namespace_the_text_of_conf_py_is_enough(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_folio._common.settings._namespace", lambda config: ())
    [line] = unknown(build, "folio_level = []\n")
    assert line.startswith("1: WARNING: unknown setting 'folio_level'")


@pytest.mark.parametrize("alone", [name for name in MODULES if "." in name])
def test_an_extension_alone_knows_the_settings_of_all(alone: str, build: Any) -> None:
    nothing = dict.fromkeys(("folio_levels", "folio_categories", "folio_today", "primary_domain"))
    [line] = unknown(build, "folio_redirect = 1\n", extensions=[alone], **nothing)
    assert "did you mean 'folio_redirects'?" in line


def test_the_table_of_extensions_is_what_they_declare(build: Any) -> None:
    extensions = [extension for extension in EXTENSIONS if "." in extension]
    app = build({"index.rst": "Home\n====\n"}, settings={"extensions": extensions}, builder="dummy", run=False)
    declared = {name for name in app.config.values if name.startswith("folio_")}
    assert declared == {name for names in EXTENSIONS.values() for name in names}
    for extension, module in MODULES.items():
        assert {setting.name for setting in module.SETTINGS} == {*EXTENSIONS[extension]}


# What only the pages can show

PERSON = "Home\n====\n\n.. person:: ada\n   :name: Ada\n   :email: ada@example.org\n"
NETWORK = "\nfolio_views = {\n    'net': {'title': 'N', 'skills': ['go',\n        'cnii']},\n}\n"


def exported(build: Any, pages: dict[str, str], conf: str, *, builder: str = "html") -> list[str]:
    settings = {"extensions": ["sphinx_folio.export"], "folio_exports": ["txt"]}
    app = build(pages, conf=conf, settings=settings, builder=builder)
    lines = strip_escape_sequences(app.warning.getvalue()).splitlines()
    return [line.replace(f"{app.confdir}/", "") for line in lines]


@pytest.mark.parametrize("builder", ["html", "gettext"])
@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("nope", "there is no page 'nope'"),
        ("hme", "there is no page 'hme'; did you mean 'home'?"),
        ("home.rst", "there is no page 'home.rst'; did you mean 'home'?"),
        ("/home", "there is no page '/home'; did you mean 'home'?"),
    ],
)
def test_a_resume_page_that_is_not_there_is_refused(wanted: str, says: str, builder: str, build: Any) -> None:
    pages = {"index.rst": "Site\n====\n\n.. toctree::\n\n   home\n", "home.rst": PERSON}
    with pytest.raises(ConfigError) as error:
        exported(build, pages, f"folio_resume = {wanted!r}\n", builder=builder)
    assert re.fullmatch(rf"/.*/conf\.py:1: folio_resume: {re.escape(says)}", str(error.value))


def test_an_unknown_skill_of_a_view_is_reported_at_its_line(build: Any) -> None:
    skills = "\n.. skill:: go\n   :name: Go\n   :category: languages\n\n.. skill:: cni\n   :name: CNI\n   :category: networking\n"
    [line] = exported(build, {"index.rst": PERSON + skills}, NETWORK)
    says = "conf.py:4: WARNING: folio_views: unknown skill 'cnii'; did you mean 'cni'? [folio.unknown_key]"
    assert line == says


def test_a_view_must_not_replace_a_page(build: Any) -> None:
    conf = "folio_views = {'net': {'title': 'N', 'categories': ['networking']}}\n"
    pages = {"index.rst": PERSON, "index-net.rst": ":orphan:\n\nMine\n====\n"}
    with pytest.raises(ConfigError, match="the page of the view 'net' would replace the page 'index-net'"):
        exported(build, pages, conf)


def test_files_without_a_person_are_reported(build: Any) -> None:
    [line] = exported(build, {"index.rst": "Home\n====\n"}, "")
    assert line.startswith("WARNING: no page describes a person, so txt cannot be made; add the directive person, ")
    assert line.endswith("[folio.missing_person]")


def test_a_broken_redirect_is_reported_at_its_line(build: Any) -> None:
    conf = "folio_redirects = {\n    'old': 'indx',\n    'search': 'index',\n}\n"
    app = build(
        {"index.rst": "Home\n====\n"}, conf=conf, settings={"extensions": ["sphinx_folio", "sphinx_folio.redirects"]}
    )
    lines = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert [line.partition("conf.py:")[2] for line in lines] == [
        "2: WARNING: folio_redirects in conf.py: no page 'indx'; did you mean 'index'? [folio.broken_redirect]",
        "3: WARNING: folio_redirects in conf.py: page 'search' still exists; remove the redirect or the page [folio.broken_redirect]",
    ]  # fmt: skip


@pytest.mark.parametrize("extension", ["rst", "md"])
def test_a_level_of_a_site_without_levels_is_reported(extension: str, build: Any) -> None:
    page = {
        "rst": "Home\n====\n\n.. skill:: go\n   :name: Go\n   :category: languages\n   :level: expert\n",
        "md": "# Home\n\n```{skill} go\n:name: Go\n:category: languages\n:level: expert\n```\n",
    }
    app = build({f"index.{extension}": page[extension]}, settings={"folio_levels": []})
    assert "unknown level 'expert'; folio_levels in conf.py is empty [folio.unknown_level]" in app.warning.getvalue()


# The environment


@pytest.mark.parametrize("epoch", ["1.5", "", "now", "1e9", str(10**30)])
def test_an_epoch_that_is_no_whole_number_is_refused(epoch: str, build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ConfigError) as error:
        build({"index.rst": "Home\n====\n"}, settings={"folio_today": ""}, builder="dummy", run=False)
    says = f"the environment variable SOURCE_DATE_EPOCH is {epoch!r}; set it to whole seconds since 1970, or unset it"
    assert str(error.value) == says


def test_today_comes_from_source_date_epoch(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    app = build({"index.rst": "Home\n====\n"}, settings={"folio_today": ""}, run=False)
    assert app.config.folio_today == "2023-11-14"


def test_a_conf_py_that_is_edited_while_sphinx_runs_it_is_no_error(build: Any) -> None:
    conf = "folio_level = ['novice']\nwith open(__file__, 'a') as file:\n    file.write('x = (')\n"
    app = build({"index.rst": "Home\n====\n"}, conf=conf)
    assert "unknown setting 'folio_level'; did you mean 'folio_levels'?" in app.warning.getvalue()
