"""The scripts of search: minified files are up to date, and messages and versions are filled in."""

from __future__ import annotations

import json

import pytest

from sphinx_folio.search import scripts

MESSAGES = {"results": "结果", "none": 'a "word"', "kind": "Type"}


@pytest.mark.parametrize("name", scripts.SCRIPTS)
def test_minified_scripts_are_up_to_date(name: str) -> None:
    assert scripts.minified(name), f"{name} has changed: python3 noxfile.py -s scripts"


def test_messages_and_versions_are_filled_in() -> None:
    files = scripts.static_files(MESSAGES)
    assert json.dumps(MESSAGES, ensure_ascii=False, separators=(",", ":")) in files["folio-search-engine.js"]
    assert f"folio-search-engine.js?{scripts.short_hash(files['folio-search-engine.js'])}" in files["folio-search.js"]
    assert (
        f"folio-search-marks.js?{scripts.short_hash(files['folio-search-marks.js'])}" in files["folio-search-engine.js"]
    )
    assert not [name for name, content in files.items() if "FOLIO_" in content]


def test_a_script_has_only_the_messages_that_it_uses() -> None:
    files = scripts.static_files(MESSAGES | {"noscript": "without scripts", "unmark": "clear"})
    having = {text: [name for name in files if text in files[name]] for text in ("结果", "without scripts", '"clear"')}
    assert having == {"结果": ["folio-search-engine.js"], "without scripts": [], '"clear"': ["folio-search-marks.js"]}


def test_other_messages_change_the_version() -> None:
    other = scripts.static_files(MESSAGES | {"results": "Results"})
    assert scripts.static_files(MESSAGES)["folio-search.js"] != other["folio-search.js"]


def test_changed_sources_are_served_without_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = scripts.SCRIPTS["folio-search-marks.js"]
    monkeypatch.setitem(scripts.SCRIPTS, "folio-search-marks.js", "// changed\n" + frame)
    served = scripts.static_files(MESSAGES)["folio-search-marks.js"]
    assert served.startswith("folioSearch.inside((tools) => {\n")
    assert "\n  " not in served
    assert "// " not in served
