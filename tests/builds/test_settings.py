"""Settings of a wrong type or value stop the build before it starts, and say what would be right."""

from __future__ import annotations

from typing import Any

import pytest
from sphinx.errors import ConfigError

from sphinx_folio.config import SETTINGS

WRONG = [
    ("folio_levels", "expert", r"folio_levels in conf\.py is a str; it must be a list or tuple\. The words for how well"),
    ("folio_levels", [1, 2], r"folio_levels in conf\.py: every level is a word"),
    ("folio_levels", ["a", ""], r"folio_levels in conf\.py: every level is a word"),
    ("folio_levels", ["a", "a"], r"folio_levels in conf\.py: every level stands there once"),
    ("folio_categories", ["languages"], r"folio_categories in conf\.py is a list; it must be a dict"),
    ("folio_categories", {"C++": "C++"}, r"folio_categories in conf\.py: 'C\+\+' is no key"),
    ("folio_categories", {"cni": ""}, r"category 'cni' needs a label"),
    ("folio_date_formats", {"en": "MMM"}, r"folio_date_formats in conf\.py: write \{'en'"),
    ("folio_date_formats", {"en": {"months": "MMM"}}, r"'months' is no format of 'en'; there are year, month, day, range"),
    ("folio_date_formats", {"en": {"range": "to"}}, r"the range of 'en' needs \{start\} and \{end\}"),
    ("folio_date_formats", {"en": {"range": "{start} {end} {x}"}}, r"'\{start\} \{end\} \{x\}' is no pattern for 'range' of 'en'"),
    ("folio_date_formats", {"en": {"range": "{start} {end} {"}}, r"is no pattern for 'range' of 'en'"),
    ("folio_date_formats", {"en": {"month": "bogus MMMMMMMM"}}, r"'bogus MMMMMMMM' is no pattern for 'month' of 'en'"),
    ("folio_evidence_fail_under", "80", r"folio_evidence_fail_under in conf\.py is a str; it must be a int or float"),
    ("folio_evidence_fail_under", 101, r"folio_evidence_fail_under in conf\.py: 101 is no percentage"),
    ("folio_today", 2026, r"folio_today in conf\.py is a int; it must be a str"),
    ("folio_today", "tomorrow", r"folio_today in conf\.py: not a date"),
    ("folio_today", "2026-11", r"folio_today in conf\.py: write a day, such as 2026-11-30"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "says"), WRONG)
def test_a_wrong_setting_names_itself_and_the_remedy(name: str, value: Any, says: str, build: Any) -> None:
    with pytest.raises(ConfigError, match=says):
        build({"index.rst": "Home\n====\n"}, conf=f"{name} = {value!r}\n", settings={name: None})


def test_every_setting_is_tested() -> None:
    assert {name for name, _value, _says in WRONG} == {setting.name for setting in SETTINGS}


def test_today_comes_from_source_date_epoch(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    app = build({"index.rst": "Home\n====\n"}, settings={"folio_today": ""}, run=False)
    assert app.config.folio_today == "2023-11-14"
