"""The command that adds a language to a portfolio, and lists what is translated."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from sphinx_folio.cli.commands import main
from sphinx_folio.cli.known_texts import known_page_texts, known_translations
from sphinx_folio.cli.languages import Work, work
from sphinx_folio.cli.scaffold import TEMPLATES, Plan, files, sample_translations
from sphinx_folio.languages.catalog_reader import read_catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., str]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command in an empty folder, and returns what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))  # of the Sphinx that a command runs

    def run_command(*words: str, code: int = 0) -> str:
        capfd.readouterr()
        found = main(list(words))
        printed = capfd.readouterr()
        assert found == code, printed.err
        assert bool(printed.err) == bool(code)
        return printed.out + printed.err

    return run_command


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_languages_are_added_to_the_sample_and_built(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    mine = tmp_path / "mine"
    before = contents(mine)
    said = run("languages", "add", "ja", "mine")
    assert "ja (日本語) is a language of the site now, in the folder ja/.\nChanged: docs/conf.py\n" in said
    assert "Catalogs written: 6, in docs/locales/ja\n" in said
    assert "Every string has a translation in ja." in said
    assert said.endswith(" build\n")
    said = run("languages", "add", "ar", "mine")
    assert "No PDF and no cards in ar yet" in said
    assert "put Amiri into docs/fonts" in said
    after = contents(mine)
    assert {path for path in before if after[path] != before[path]} == {"docs/conf.py"}
    assert "is a language of the site already" in run("languages", "add", "ar", "mine")
    assert contents(mine) == after
    assert run("languages", "list", "mine").splitlines() == [
        "en  /    language of the pages (English)",
        "ja  /ja  66 of 66 strings translated (日本語)",
        "ar  /ar  66 of 66 strings translated (العربية)",
    ]
    run("build", "mine")
    for folder, direction, name in (("", None, "Alex Sample"), ("ja", None, "見本 薫"), ("ar", "rtl", "أليكس سامبل")):
        site = mine / "build" / "html" / folder
        page = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
        assert page.html is not None
        assert page.html.get("dir") == direction
        assert page.select_one("h1")
        assert page.select("h1")[0].get_text().startswith(name)
        assert len(page.select(".languages a[hreflang]")) == 2
        assert (site / "404.html").is_file()
        assert (site / "resume.pdf").is_file() == (folder != "ar")


def test_a_language_without_labels_or_translations(run: Run) -> None:
    run("init", "mine", "--second", "zh_CN")
    said = run("languages", "add", "nl", "mine")
    assert "Labels such as “Skills” stay in English" in said
    assert "src/sphinx_folio/locales/nl/LC_MESSAGES/sphinx_folio.po" in said
    lines = {
        name: int(line)
        for line, name in re.findall(r"docs/conf\.py:(\d+): check and translate the new entry of (\w+),", said)
    }
    assert {*lines} == {"NAMES", "CATEGORIES"}
    conf = Path("mine/docs/conf.py").read_text(encoding="utf-8").splitlines()
    assert conf[lines["NAMES"] - 1] == '    "nl": "Alex Sample",'
    # names are filled in and listed, but not that of a school
    assert re.search(r"nl: 51 of 66 strings have to be translated \(words: \d+\); the build fails until then", said)
    assert "Names copied into nl: Alex Sample · Lantern" in said
    assert "Fill in the empty msgstr entries of the .po files in docs/locales/nl; copy texts" in said
    assert said.endswith(" messages\n")
    listed = run("languages", "list", "mine")
    assert re.search(r"(?m)^nl +/nl  15 of 66 strings translated, \d+ words left, labels in English", listed)


def translation(folder: Path, text: str) -> str:
    """Return the translation of a text on the page of the résumé."""
    with (folder / "LC_MESSAGES" / "resume.po").open("rb") as file:
        return str(read_po(file)[text].string)


def test_titles_of_the_sections_of_an_imported_resume_are_translated(run: Run) -> None:
    resume = {
        "basics": {"name": "Ada Example"},
        "skills": [{"name": "Go"}],
        "languages": [{"language": "English"}],
        "certificates": [{"name": "CKA"}],
        "awards": [{"title": "Of merit"}],
    }
    Path("resume.json").write_text(json.dumps(resume), encoding="utf-8")
    run("init", "mine", "--from", "resume.json", "--second", "fr")
    run("messages", "mine")
    said = run("languages", "add", "de", "mine")
    assert "Changed: docs/conf.py\n" in said
    for language, titles in (("fr", ("Langues", "Certifications")), ("de", ("Sprachen", "Zertifikate"))):
        found = [translation(Path("mine/docs/locales", language), text) for text in ("Languages", "Certificates")]
        assert tuple(found) == titles
        assert not translation(Path("mine/docs/locales", language), "Of merit")
        assert translation(Path("mine/docs/locales", language), "CKA") == "CKA"


def test_texts_that_are_translated_as_in_the_sample_are_listed(run: Run) -> None:
    resume = {
        "basics": {"name": "Ada Example"},
        "work": [{"name": "Acme", "position": "Platform engineer", "startDate": "2020-01"}],
        "skills": [{"name": "Go"}],
    }
    Path("resume.json").write_text(json.dumps(resume), encoding="utf-8")
    run("init", "mine", "--from", "resume.json", "--second", "fr")
    pairs = {
        "fr": "    Platform engineer → Ingénierie plateforme",
        "de": "    Platform engineer → Plattform-Entwicklung",
    }
    for language, words in (("fr", ("messages", "mine")), ("de", ("languages", "add", "de", "mine"))):
        said = run(*words).splitlines()
        start = next(
            i for i, line in enumerate(said) if line.startswith(f"Translated into {language} as in the sample")
        )
        number = int(re.findall(r"sample of init: (\d+)\.", said[start])[0])
        listed = said[start + 1 : start + 1 + number]
        assert pairs[language] in listed
        assert all(" → " in line for line in listed)
        assert "Skills" not in "".join(listed)
    assert "as in the sample" not in run("messages", "mine")


def test_a_long_list_of_translated_texts_is_cut(run: Run) -> None:
    run("init", "mine")
    said = run("languages", "add", "ja", "mine")
    assert re.search(r"\n    and \d\d more in the catalogs\n", said)
    assert said.count(" → ") == 10


def test_categories_of_skills_are_translated_as_categories_and_titles_of_pages_as_titles() -> None:
    assert known_translations("en", "de")["Languages"] == "Programmiersprachen"
    assert known_page_texts("en", "de")["Languages"] == "Sprachen"
    assert known_page_texts("zh_CN", "ja")["语言"] == "言語"
    assert known_page_texts("de", "en")["Sprachen"] == "Languages"
    assert "Languages" not in known_page_texts("en", "nl")
    assert known_page_texts("zh_CN", "en")["了解"] == "aware"
    assert known_page_texts("zh_CN", "de")["了解"] == known_page_texts("en", "de")["aware"]


def test_an_unknown_language_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["languages", "add", "japanese", "mine"])
    assert "unknown language 'japanese'; did you mean 'ja'?" in capsys.readouterr().err


def test_nothing_is_half_written(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    conf = Path("mine/docs/conf.py")
    text = conf.read_text(encoding="utf-8")
    assert "is one to translate them to" in run("languages", "add", "en", "mine", code=3)
    conf.write_text(f"{text}folio_languages = dict(en='')\n", encoding="utf-8")
    before = contents(tmp_path)
    assert '    folio_languages = {"en": ""}\n' in run("languages", "add", "ja", "mine", code=3)
    assert contents(tmp_path) == before
    conf.write_text(text, encoding="utf-8")
    Path("mine/docs/locales/ja/LC_MESSAGES").mkdir(parents=True)
    Path("mine/docs/locales/ja/LC_MESSAGES/index.po").write_text('msgid "a', encoding="utf-8")
    before = contents(tmp_path)
    assert "index.po:1: " in run("languages", "add", "ja", "mine", code=3)
    assert contents(tmp_path) == before
    conf.write_text(f"{text}folio_languages = {{'en': '', 'de': 'de', 'ja': 'ja'}}\n", encoding="utf-8")
    before = contents(tmp_path)
    assert "index.po:1: " in run("messages", "mine", code=3)  # in the second of two languages
    assert contents(tmp_path) == before
    assert "index.po:1: " in run("languages", "list", "mine", code=3)
    assert "no conf.py in " in run("languages", "list", ".", code=3)


DOCS = {
    "conf.py": 'project = "Kit"\nhtml_title = "The kit"\nextensions = ["sphinx.ext.viewcode"]\nextensions += ["sphinx_folio.search"]\n'
    'html_theme = "furo"\n',
    "index.rst": "Home\n====\n\nWelcome.\n\n.. toctree::\n\n   more\n",
    "more.rst": "More\n====\n\nText.\n",
}


def test_catalogs_may_be_elsewhere(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    settings = 'extensions = ["sphinx_folio", "sphinx_folio.languages"]\nfolio_languages = {"en": "", "de": "de"}\nlocale_dirs = ["po"]\n'
    Path("conf.py").write_text(settings, encoding="utf-8-sig")  # with a mark of the order of bytes
    Path("index.rst").write_text("Home\n====\n", encoding="utf-8")
    said = run("messages")
    assert "in po/de" in said
    assert [str(path) for path in Path().rglob("*.po")] == ["po/de/LC_MESSAGES/index.po"]
    assert "0 of 1 strings translated, 1 word left" in run("languages")
    old = Path("po/de/LC_MESSAGES/old.po")  # of a page that was renamed
    old.write_bytes(Path("po/de/LC_MESSAGES/index.po").read_bytes())
    assert "0 of 1 strings translated" in run("languages")
    old.unlink()
    assert "Changed: conf.py" in run("languages", "add", "fr")
    assert main(["doctor"]) == 1
    assert "1 string has no translation in fr" in capfd.readouterr().out


def test_numbers_and_names_of_authors_are_filled_in(run: Run) -> None:
    settings = 'extensions = ["sphinx_folio", "sphinx_folio.languages"]\nfolio_languages = {"en": "", "de": "de"}\n'
    Path("conf.py").write_text(settings, encoding="utf-8")
    entry = ".. folio:publication:: paper\n   :title: The paper\n   :authors: %s\n\n"
    page = "Home\n====\n\n" + entry % "Nora Example, Otto Example"
    page += entry.replace("paper", "other") % "Nora Example, et al." + "240 000\n"
    Path("index.rst").write_text(page, encoding="utf-8")
    run("messages")
    catalog = read_catalog(Path("locales/de/LC_MESSAGES/index.po"))
    for text in ("Nora Example, Otto Example", "240 000"):
        assert catalog[text].string == text
    assert catalog["Nora Example, et al."].string == ""


def test_without_a_place_the_whole_function_is_printed(run: Run) -> None:
    for name, text in DOCS.items():
        more = "\n\ndef setup(sphinx):\n    return {}\n" if name == "conf.py" else ""
        Path(name).write_text(text + more, encoding="utf-8")
    said = run("languages", "add", "de")
    lines = [
        "def set_language(app, config):",
        '    """Translate the settings into the language of the build."""',
        '    if config.language == "de":',
        '        config.html_title = "The kit"',
    ]
    assert "".join(f"    {line}\n" for line in lines) in said
    assert '    sphinx.connect("config-inited", set_language, priority=100)\n' in said


@pytest.mark.parametrize(
    "listed", ["", 'folio_languages = {"en": "", "de": "de"}\nextensions += ["sphinx_folio.languages"]\n']
)
def test_a_site_of_ones_own_gets_a_language(run: Run, listed: str) -> None:
    for name, text in DOCS.items():
        Path(name).write_text(text + (listed if name == "conf.py" else ""), encoding="utf-8")
    said = run("languages", "add", "de")
    assert "Changed: conf.py\n" in said
    conf = Path("conf.py").read_text(encoding="utf-8")
    assert conf.count('folio_languages = {"en": "", "de": "de"}\n') == 1
    assert conf.count('"sphinx_folio.languages"') == 1
    assert "def set_language(app, config):" in conf
    assert 'config.html_title = "The kit"' in conf
    assert "config.project" not in conf  # it has no portfolio, and the name of a project stays
    again = run("languages", "add", "de")
    assert "Changed" not in again
    assert Path("conf.py").read_text(encoding="utf-8") == conf
    for path in Path("locales").rglob("*.po"):
        path.write_text(
            re.sub(r'(?m)^(msgid ("[^"]+"))\nmsgstr ""', r"\1\nmsgstr \2", path.read_text("utf-8")), encoding="utf-8"
        )
    run("build", ".")
    page = BeautifulSoup(Path("build/html/de/more.html").read_text(encoding="utf-8"), "html.parser")
    assert [str(link["href"]) for link in page.select("nav.languages a")] == ["./../more.html"]
    assert page.select("nav.languages.headerlink")  # Sphinx's search leaves it out of excerpts
    assert page.select('link[href*="_static/folio-languages.css"]')
    assert "folio-languages.css" not in Path("conf.py").read_text(encoding="utf-8")


def test_files_that_build_only_one_language_are_named(run: Run) -> None:
    Path("docs").mkdir()
    for name, text in DOCS.items():
        Path("docs", name).write_text(text, encoding="utf-8")
    build = "To build all languages, run “python -m sphinx_folio build”; sphinx-build builds only one of them.\n"
    setting = (
        'If some pages stay untranslated, such as those of an API, set suppress_warnings = ["folio.untranslated"].\n'
    )
    said = run("languages", "add", "de")
    assert build in said
    assert "Change the files" not in said
    assert setting in said
    Path("docs/Makefile").write_text("SPHINXBUILD ?= sphinx-build\n", encoding="utf-8")
    Path("tox.ini").write_text("commands = python -m sphinx -W docs out\n", encoding="utf-8")
    Path("noxfile.py").write_text("import nox\n", encoding="utf-8")
    Path(".readthedocs.yaml").write_text("sphinx:\n  configuration: docs/conf.py\n", encoding="utf-8")
    with Path("docs/conf.py").open("a", encoding="utf-8") as file:
        file.write('suppress_warnings = ["folio.untranslated"]\n')
    said = run("languages", "add", "fr")
    assert "Change the files that build only one: .readthedocs.yaml, docs/Makefile, tox.ini\n" in said
    assert "fr: 4 of 4 strings are not translated yet (words: 4).\n" in said
    assert setting not in said
    Path("docs/Makefile").write_text("html:\n\tsphinx-folio build\n", encoding="utf-8")
    Path("tox.ini").unlink()
    command = "      html:\n        - python -m sphinx_folio build --output $READTHEDOCS_OUTPUT/html\n"
    Path(".readthedocs.yaml").write_text(command, encoding="utf-8")
    assert "Change the files" not in run("languages", "add", "es")
    Path(".readthedocs.yaml").write_text("build:\n  jobs:\n    build:\n      html: [nox -s docs]\n", encoding="utf-8")
    assert "Change the files" not in run("languages", "add", "it")


def test_catalogs_that_lack_no_string_stay_as_they_are(run: Run) -> None:
    for name, text in DOCS.items():
        Path(name).write_text(text, encoding="utf-8")
    run("languages", "add", "de")
    folder = Path("locales/de/LC_MESSAGES")
    one, other = folder / "index.po", folder / "more.po"
    wrapped = re.sub(r"(?m)^#:.*\n", "#: ../../elsewhere.rst:1\n#: other.rst:2\n", one.read_text("utf-8"))
    one.write_bytes(b"\xef\xbb\xbf# mine\r\n" + wrapped.encode().replace(b"\n", b"\r\n"))
    (folder / "gone.po").write_bytes(one.read_bytes())
    before = one.read_bytes()
    with Path("more.rst").open("a", encoding="utf-8") as file:
        file.write("\nA new sentence.\n")
    said = run("languages", "add", "de")
    assert one.read_bytes() == before
    assert "A new sentence." in other.read_text("utf-8")
    assert "Catalogs written: 1, in locales/de\n" in said
    assert f"{folder / 'gone.po'} belongs to no page; delete it." in said
    assert "index.po belongs" not in said


@pytest.mark.parametrize("theme", ["alabaster", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"])
def test_other_themes_show_the_links_above_the_content(run: Run, theme: str) -> None:
    for name, text in DOCS.items():
        Path(name).write_text(text.replace("furo", theme), encoding="utf-8")
    assert "No template shows" not in run("languages", "add", "de")
    assert '{% include "languages.html" %}' in Path("_templates/page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("has_page", [True, False])
def test_the_lines_of_a_template_for_the_links_are_printed(run: Run, has_page: bool) -> None:
    theme = "furo" if has_page else "classic"
    for name, text in DOCS.items():
        Path(name).write_text(text.replace("furo", theme), encoding="utf-8")
    if has_page:
        Path("_templates").mkdir()
        Path("_templates/page.html").write_text('{% extends "!page.html" %}\n', encoding="utf-8")
        Path("conf.py").write_text(f'{DOCS["conf.py"]}templates_path = ["_templates"]\n', encoding="utf-8")
    said = run("languages", "add", "de")
    block = '{% block folio_languages %}{% include "languages.html" %}{% endblock %}\n'
    lines = block if has_page else f'{{% extends "!page.html" %}}\n{block}'
    assert f"Add this to _templates/page.html:\n{lines}" in said


def test_words_are_counted() -> None:
    catalog = 'msgid "Don\'t stop 2 times, 容器网络 IPv6!"\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n'
    assert work([read_po(StringIO(catalog))]) == Work(strings=2, left=1, words=8)


TRANSLATED = sorted(path.stem for path in (TEMPLATES / "catalogs" / "languages").glob("*.po"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_sample_is_translated(language: str) -> None:
    texts = sample_translations(language)
    assert texts.keys() == sample_translations("de").keys() >= sample_translations("en").keys()
    assert all(texts.values())
    catalogs = files(Plan(languages=("zh_CN", language)))
    assert work(read_po(StringIO(text)) for path, text in catalogs.items() if path.endswith(".po")).left == 0
    assert f'"{language}": "{texts["Alex Sample"]}"' in catalogs["docs/conf.py"]


@pytest.mark.parametrize(("language", "label"), [("en", "Nora’s"), ("de", "Von Nora")])
def test_a_catalog_of_ones_own_changes_labels(language: str, label: str, tmp_path: Path) -> None:
    manual = (ROOT / "manual" / "extending.md").read_text("utf-8").partition("## Change labels")[2]
    code, settings = re.findall(r"```python\n(.+?)```", manual, re.DOTALL)
    catalog = re.findall(r"```po\n(.+?)```", manual, re.DOTALL)[0].replace("Nora’s", label)
    path = tmp_path / "labels" / language / "LC_MESSAGES" / "sphinx_folio.po"
    path.parent.mkdir(parents=True)
    path.write_text(catalog, encoding="utf-8")
    with path.open("rb") as source, path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(source))
    (tmp_path / "own_labels.py").write_text(code, encoding="utf-8")
    first = f'extensions = ["sphinx_folio"]\nlanguage = "{language}"\nfolio_categories = {{"tools": "Tools"}}\n'
    (tmp_path / "conf.py").write_text(first + settings, encoding="utf-8")
    page = "Home\n====\n\n.. folio:skill:: go\n   :name: Go\n   :category: tools\n\n.. folio:evidence:: talk\n"
    page += "   :title: Talk\n   :kind: page\n   :url: https://example.org/\n   :by: own\n   :skills: go\n\n"
    (tmp_path / "index.rst").write_text(f"{page}.. folio:evidence-table::\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "-b",
        "text",
        "-j",
        "2",
        str(tmp_path),
        str(tmp_path / "out"),
    ]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    text = (tmp_path / "out" / "index.txt").read_text("utf-8")
    assert label in text
    assert "Mine" not in text
