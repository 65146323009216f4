"""The scripts of search as they are served: those that terser has made are of what is written today."""

from __future__ import annotations

import json

import pytest

from sphinx_folio.search import scripts

WORDS = {"search": "搜索", "quoted": 'a "word"'}


@pytest.mark.parametrize("name", scripts.SCRIPTS)
def test_what_is_served_was_made_of_what_is_written(name: str) -> None:
    assert scripts.small(name), f"{name} has changed: python3 noxfile.py -s scripts"


def test_words_and_versions_are_filled_in() -> None:
    files = scripts.static_files(WORDS)
    assert json.dumps(WORDS, ensure_ascii=False, separators=(",", ":")) in files["folio-search-engine.js"]
    assert f"folio-search-engine.js?{scripts.digest(files['folio-search-engine.js'])}" in files["folio-search.js"]
    assert f"folio-search-marks.js?{scripts.digest(files['folio-search-marks.js'])}" in files["folio-search-engine.js"]
    assert not [name for name, content in files.items() if "FOLIO_" in content]


def test_other_words_come_at_another_address() -> None:
    other = scripts.static_files(WORDS | {"search": "Search"})
    assert scripts.static_files(WORDS)["folio-search.js"] != other["folio-search.js"]


def test_a_part_that_has_changed_is_served_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = scripts.SCRIPTS["folio-search-marks.js"]
    monkeypatch.setitem(scripts.SCRIPTS, "folio-search-marks.js", "// changed\n" + frame)
    served = scripts.static_files(WORDS)["folio-search-marks.js"]
    assert served.startswith("folioSearch.inside((tools) => {\n")
    assert "\n  " not in served
    assert "// " not in served
