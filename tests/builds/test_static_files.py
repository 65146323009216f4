"""Files of ours in ``_static``: those that a setting or an extension needs no longer are removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

EXTENSIONS = [
    *("sphinx_folio", "sphinx_folio.diagrams", "sphinx_folio.formulas", "sphinx_folio.languages"),
    *("sphinx_folio.redirects", "sphinx_folio.search", "sphinx_folio.assets"),
]
SETTINGS = {
    "extensions": EXTENSIONS,
    "folio_languages": {"en": "", "de": "de"},
    "folio_redirects": {"old": "index"},
    "folio_match": True,
    "html_theme": "furo",
}
PAGE = {"index.rst": "Home\n====\n\nSome words.\n"}


def names_in(app: Any) -> set[str]:
    """Return the files of ours in ``_static``, and the folders that have files."""
    static = Path(app.outdir, "_static")
    files = (path.relative_to(static).as_posix() for path in static.rglob("folio-*/*") if path.is_file())
    return {name.partition("/")[0] for name in files} | {path.name for path in static.glob("folio*") if path.is_file()}


def test_files_go_with_the_setting_or_the_extension_that_needed_them(build: Any) -> None:
    first = names_in(build(PAGE, settings=SETTINGS))
    assert names_in(build({}, settings=SETTINGS)) == first

    fewer = {**SETTINGS, "folio_languages": {"en": ""}, "folio_redirects": {}, "folio_match": False}
    second = names_in(build({}, settings=fewer))
    assert first - second == {
        *("folio-languages.css", "folio-redirects.css", "folio-redirects.js"),
        *("folio-match", "folio-match-engine.js", "folio-match.css", "folio-match.js"),
    }

    third = names_in(build({}, settings={"extensions": ["sphinx_folio.search"], "html_theme": "furo"}))
    assert second - third == {
        *("folio.css", "folio.js", "folio-sort.js", "folio-skills.js", "folio-styles.css"),
        *("folio-diagrams.css", "folio-formulas.css"),
    }
    assert third == names_in(build(PAGE, settings={"extensions": ["sphinx_folio.search"]}, folder="clean"))

    assert not names_in(build({}, settings={"extensions": ["sphinx_folio.csp"], "html_theme": "furo"}))


def test_a_file_of_the_site_with_such_a_name_stays(build: Any) -> None:
    build(PAGE, settings=SETTINGS)
    app = build(
        {"own/folio-languages.css": "p {}"},
        settings={**SETTINGS, "folio_languages": {"en": ""}, "html_static_path": ["own"]},
    )
    assert Path(app.outdir, "_static", "folio-languages.css").read_text(encoding="utf-8") == "p {}"
