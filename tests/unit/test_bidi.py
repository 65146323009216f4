"""Names and numbers with marks keep their order in text from right to left."""

from __future__ import annotations

import pytest

from sphinx_folio._common.bidi import WITH_MARKS, with_direction_marks
from sphinx_folio._common.i18n import DateFormatter
from sphinx_folio.portfolio.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("من C++، وC# و.NET.", ["C++", "C#", ".NET"]),
        ("-5 % +40% +49 30 123456", ["-5 %", "+40%", "+49 30 123456"]),
        ("ב-5 שנים, 2018-2020, v1.2.3, example.org, a+b", []),
    ],
)
def test_what_is_isolated(text: str, found: list[str]) -> None:
    assert [match[0] for match in WITH_MARKS.finditer(text)] == found


def test_formats_without_isolation_get_invisible_marks() -> None:
    assert with_direction_marks("שפת C++") == "שפת \u200eC++\u200e"


@pytest.mark.parametrize(("language", "text"), [("en", "50%"), ("zh_CN", "50%"), ("de", "50\xa0%"), ("ar", "50%")])
def test_percentages_are_written_as_the_language_does(language: str, text: str) -> None:
    assert DateFormatter(language, {}).percent(50) == text


def test_a_date_of_birth_is_written_as_the_language_does() -> None:
    formats = {"zh_CN": {"birth": "y-MM", "month": "y年MM月"}}
    month, day = PartialDate(1990, 5), PartialDate(1990, 5, 17)
    assert DateFormatter("en", {}).birth(month) == "May 1990"
    assert DateFormatter("zh_CN", formats).birth(month) == "1990-05"
    assert DateFormatter("zh_CN", formats).birth(day) == "1990年5月17日"
