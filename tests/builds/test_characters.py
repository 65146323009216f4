"""Forbidden characters are reported with their lines and removed from all outputs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from sphinx.errors import ConfigError
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio._common.characters import FORBIDDEN, forbidden_characters, strip_forbidden

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS: dict[str, Any] = {
    "extensions": ["myst_parser", "sphinx_folio.export", "sphinx_folio.search"],
    "html_theme": "furo",
}
ESC, BELL, OVERRIDE, ISOLATE, PRIVATE = "\x1b", "\a", "\u202e", "\u2066", "\ue001"
RESTRUCTUREDTEXT = f"""\
Home{PRIVATE} page
==========

.. person:: ada
   :name: Ada{ESC}{BELL} Example
   :label: Engineer{OVERRIDE}
   :profiles: Git{PRIVATE}Hub <https://github.com/ada>

   Builds networks
   of many *pa{ISOLATE}rts* and :skill:`go{PRIVATE}`.

.. skill:: go
   :name: G{PRIVATE}o
   :category: languages
   :keywords: gol\x0bang

Pool{OVERRIDE}
-----

``co{BELL}de``

.. comment{PRIVATE}
"""
MARKDOWN = f"""\
# Home{PRIVATE} page

```{{person}} ada
:name: "Ada\\e\\a Example"
:label: "Engineer\\u202e"
:profiles: Git{PRIVATE}Hub <https://github.com/ada>

Builds networks
of many *pa&#x2066;rts* and {{skill}}`go{PRIVATE}`.
```

```{{skill}} go
:name: "G\\uE001o"
:category: languages
:keywords: "gol\\rang"
```

## Pool{OVERRIDE}

`co{BELL}de`

% comment{PRIVATE}
"""
PLACES = {
    "rst": [(5, "U+001B, U+0007"), (6, "U+202E"), (7, "U+E001"), (10, "U+2066"), (10, "U+E001"), (13, "U+E001")],
    "md": [(4, "U+001B, U+0007"), (5, "U+202E"), (6, "U+E001"), (8, "U+2066"), (9, "U+E001"), (13, "U+E001")],
}


def reported(app: Any) -> list[tuple[int, str]]:
    lines = strip_escape_sequences(app.warning.getvalue()).splitlines()
    form = (
        r".*?(?::(\d+))?: WARNING: the character (U\+.*?) is left out: it is a control, .*\[folio\.invalid_character\]"
    )
    found = [re.fullmatch(form, line) for line in lines]
    assert all(found), lines
    return [(int(match[1] or 0), match[2]) for match in found if match]


def forbidden_in(folder: Path) -> list[tuple[str, list[str]]]:
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(folder.rglob("*")) if path.suffix in KINDS]
    return [
        (name, forbidden_characters(text.replace("\r\n", "\n")))
        for name, text in texts
        if forbidden_characters(text.replace("\r\n", "\n"))
    ]


KINDS = {".html", ".json", ".txt", ".vcf", ".js"}


@pytest.mark.parametrize("markup", ["rst", "md"])
@pytest.mark.parametrize("parallel", [1, 2])
def test_characters_are_reported_at_their_lines_and_left_out(markup: str, parallel: int, build: Any) -> None:
    text = RESTRUCTUREDTEXT if markup == "rst" else MARKDOWN
    app = build({f"index.{markup}": text}, settings=SETTINGS | {"html_copy_source": False}, parallel=parallel)
    known = reported(app)
    keywords = [] if markup == "rst" else [(15, "U+000D")]  # docutils treats U+000B as a space
    title, section, code = 1, 18, 20
    assert sorted(known) == sorted(
        [*PLACES[markup], *keywords, (title, "U+E001"), (section, "U+202E"), (code, "U+0007")]
    )
    ada = app.env.domains["folio"].portfolio().find("person", "ada")
    assert (ada.name, ada.label, ada.profiles[0].label) == ("Ada Example", "Engineer", "GitHub")
    assert ada.summary.endswith("Builds networks of many parts and Go.")
    assert forbidden_in(app.outdir) == []
    assert "FN:Ada Example\r\n" in (app.outdir / "contact.vcf").read_bytes().decode()
    assert json.loads((app.outdir / "resume.json").read_text("utf-8"))["basics"]["name"] == "Ada Example"
    assert "of many parts and Go." in PdfReader(app.outdir / "resume.pdf").pages[0].extract_text().replace("\n", " ")


def test_nul_is_reported_where_it_is(build: Any) -> None:
    page = "Home\n====\n\nA\0B and \\_C.\n\n.. include:: more.txt\n"
    pages = {"index.rst": page, "more.txt": "One\n\nC\0D\n", "other.md": "---\norphan: true\n---\n# O\0ther\n"}
    app = build(pages, settings=SETTINGS | {"folio_exports": []})
    assert reported(app) == [(4, "U+0000"), (3, "U+0000"), (4, "U+0000")]
    page = (app.outdir / "index.html").read_text("utf-8")
    assert "<p>AB and _C.</p>" in page
    assert "<p>CD</p>" in page
    assert "<h1>Other" in (app.outdir / "other.html").read_text("utf-8")


def test_a_translation_is_checked_too(build: Any) -> None:
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Builds networks."\nmsgstr "Baut\a Ne\\\\_tze."\n'
    pages = {"index.rst": "Home\n====\n\nBuilds networks.\n", "locales/de/LC_MESSAGES/index.po": catalog}
    app = build(pages, settings=SETTINGS | {"language": "de", "locale_dirs": ["locales"], "folio_exports": []})
    assert reported(app) == [(4, "U+0007")]
    assert "Baut Ne_tze." in (app.outdir / "index.html").read_text("utf-8")


def test_private_use_characters_of_search_are_in_no_text(build: Any) -> None:
    text = "Home\n====\n\nOne \ue000skill\ue001go\ue002 two.\n"
    settings = {
        "extensions": ["sphinx_folio.search"],
        **dict.fromkeys(("primary_domain", "folio_levels", "folio_categories", "folio_today")),
    }
    app = build({"index.rst": text}, settings=settings)
    texts = next((app.outdir / "_static/folio-search").glob("texts-*.js"))
    assert "One skillgo two." in texts.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("folio_levels", ["novice", "exp\x1bert"]),
        ("folio_categories", {"languages": "Lang\u202euages"}),
        ("folio_views", {"net": {"title": "N\ue000et", "skills": ["go"]}}),
        ("folio_search_aliases", {"k8s": ["Kuber\0netes"]}),
    ],
)
def test_a_setting_with_such_a_character_is_refused(name: str, value: Any, build: Any) -> None:
    with pytest.raises(ConfigError, match=rf"{name} in conf\.py: it has the character U\+[0-9A-F]{{4}}; remove it"):
        build({"index.rst": "Home\n====\n"}, settings=SETTINGS | {name: value})


@pytest.mark.parametrize("variable", ["phone", "address"])
def test_a_private_fact_with_such_a_character_is_refused(
    variable: str, build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("READTHEDOCS", raising=False)
    monkeypatch.setenv(f"FOLIO_PRIVATE_{variable.upper()}", "1\r2")
    with pytest.raises(ConfigError, match=rf"the private fact '{variable}' has the character U\+000D"):
        build({"index.rst": "Home\n====\n"}, settings=SETTINGS | {"folio_private": True})


def test_allowed_characters() -> None:
    kept = "a\tb\nc é 中 🎉 👩\u200d💻 \u200e\u200f\ufe0f\u2028"
    assert strip_forbidden(kept) is kept
    assert strip_forbidden("a\r\nb\x85c\x00d\ud800\ufdd0\U000f0000\U0010ffff") == "a \nb cd"
    assert all(FORBIDDEN.match(chr(code)) for code in (*range(9), *range(0x7F, 0xA0), *range(0x202A, 0x202F), 0xF8FF))


def test_escapes_of_restructuredtext_leave_no_nul_in_any_file(build: Any) -> None:
    text = """\
H\\ :sub:`2`\\ O
=============

.. person:: ada
   :name: Ada Example

   Knows \\*tides\\*.

Acme
----

.. position:: engineer
   :title: Engineer
   :start: 2021-08
   :skills: go

   Computed \\*tides\\*, H\\ :sub:`2`\\ O, *em*\\ phasis and :skill:`\\*Go\\* <go>`.

.. skill:: go
   :category: languages
"""
    exports = ["json", "json-ld", "llms-full", "markdown", "rendercv", "txt"]
    app = build({"index.rst": text}, settings=SETTINGS | {"folio_exports": exports})
    said = "Computed *tides*, H2O, emphasis and *Go*."
    assert json.loads((app.outdir / "resume.json").read_text("utf-8"))["work"][0]["summary"] == said
    assert "Computed \\*tides\\*, H2O, *em*phasis and" in (app.outdir / "index.md").read_text("utf-8")
    files = [path for path in app.outdir.rglob("*") if path.suffix in {*KINDS, ".md", ".yaml"}]
    written = {path.name: path.read_text("utf-8") for path in files if path.name != "folio-search-engine.js"}
    assert {"llms-full.txt", "resume-rendercv.yaml", "resume.txt"} <= written.keys()
    assert [name for name, text in written.items() if "\0" in text or "\\u0000" in text] == []
