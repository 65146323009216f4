from __future__ import annotations

import pytest

from sphinx_folio.portfolio.dates import PartialDate, Period, duration_covered


@pytest.mark.parametrize("text", ["2021", "2021-08", "2021-08-31"])
def test_a_date_survives_parsing_and_formatting(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(("text", "precision"), [("2021", "year"), ("2021-08", "month"), ("2021-08-31", "day")])
def test_precision(text: str, precision: str) -> None:
    assert PartialDate.parse(text).precision == precision


@pytest.mark.parametrize("text", ["", "21", "2021-8", "2021/08", "08-2021", "2021-08-31T00:00", "soon", "２０２１"])
def test_a_date_in_another_format_is_rejected(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["2021-13", "2021-00", "2021-02-30", "0000"])
def test_a_date_missing_from_the_calendar_is_rejected(text: str) -> None:
    with pytest.raises(ValueError, match="no such date"):
        PartialDate.parse(text)


def test_dates_are_ordered() -> None:
    dates = [PartialDate.parse(text) for text in ("2022", "2021-08-02", "2021-08", "2021", "2021-09")]
    assert [str(date) for date in sorted(dates)] == ["2021", "2021-08", "2021-08-02", "2021-09", "2022"]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2021-08", "2023-06", 23),
        ("2020-05", "2021-08", 16),
        ("2021-08", "2021-08", 1),
        ("2019", "2020", 2),
        ("2021-08-31", "2021-09-01", 2),
        ("2026-01", None, 11),
        ("2026", None, 1),
        ("2012", "2014-08", 21),
        ("2014", "2014-08", 1),
        ("2014-03", "2014", 1),
        ("2014", "2014", 1),
        ("2026-01", "2028-01", 11),
    ],
)
def test_a_period_includes_its_first_and_its_last_month(start: str, end: str | None, months: int) -> None:
    period = Period(PartialDate.parse(start), PartialDate.parse(end) if end else None)
    assert period.months(PartialDate.parse("2026-11-30")) == months


@pytest.mark.parametrize(("start", "end"), [("2023-06", "2021-08"), ("2021-08-02", "2021-08-01"), ("2022", "2021-12")])
def test_an_end_before_the_start_is_rejected(start: str, end: str) -> None:
    with pytest.raises(ValueError, match="is before the start"):
        Period(PartialDate.parse(start), PartialDate.parse(end))


def test_an_end_less_precise_than_the_start_is_accepted() -> None:
    Period(PartialDate.parse("2021-08"), PartialDate.parse("2021"))


@pytest.mark.parametrize(("earlier", "later"), [("2021", "2021-01"), ("2021-08", "2021-08-01"), ("2020-12-31", "2021")])
def test_dates_with_the_same_first_day_are_sorted_by_precision(earlier: str, later: str) -> None:
    one, other = PartialDate.parse(earlier), PartialDate.parse(later)
    assert one < other
    assert not other < one
    assert not one < PartialDate.parse(earlier)


@pytest.mark.parametrize(
    ("one", "other", "precedes"),
    [
        ("2021", "2021-08", False),
        ("2020", "2021-08", True),
        ("2021-08", "2021-08-05", False),
        ("2021-07", "2021-08-05", True),
        ("2021-08-05", "2021-08-06", True),
        ("2021-08-05", "2021-08-05", False),
        ("2021-08-06", "2021-08-05", False),
    ],
)
def test_a_date_precedes_another_if_every_day_of_it_does(one: str, other: str, precedes: bool) -> None:
    assert PartialDate.parse(one).precedes(PartialDate.parse(other)) is precedes


def test_the_first_day_of_a_date() -> None:
    assert [str(PartialDate.parse(text).first_day) for text in ("2021", "2021-08", "2021-08-31")] == [
        "2021-01-01",
        "2021-08-01",
        "2021-08-31",
    ]


@pytest.mark.parametrize(("today", "months"), [("2026-11-30", 11), ("2026", 12), ("2027-03", 12)])
def test_an_end_in_the_year_of_today_is_at_most_today(today: str, months: int) -> None:
    first, last = Period(PartialDate(2026), PartialDate(2026)).month_range(PartialDate.parse(today))
    assert last - first + 1 == months


@pytest.mark.parametrize(
    ("start", "end", "duration"),
    [
        ("2012-01", "2014-08", (32, False)),
        ("2012", "2014-08", None),
        ("2014", "2014-08", None),
        ("2014", "2014-01", (1, False)),
        ("2012", "2014", None),
        ("2020-02", None, (82, True)),
        ("2020-02", "2027-01", (82, True)),
        ("2020", None, (72, True)),
        ("2025", None, (12, True)),
        ("2026", None, None),
        ("2026", "2027", None),
    ],
)
def test_a_duration_does_not_exceed_what_the_dates_prove(
    start: str, end: str | None, duration: tuple[int, bool] | None
) -> None:
    period = Period(PartialDate.parse(start), PartialDate.parse(end) if end else None)
    assert period.duration(PartialDate.parse("2026-11-30")) == duration


@pytest.mark.parametrize(
    ("periods", "duration"),
    [
        ([], None),
        ([("2012", "2014-08")], (21, True)),
        ([("2014", "2014-08")], None),
        ([("2012-01", "2014-08"), ("2013", "2013")], (32, False)),
        ([("2012-01", "2014-08"), ("2013", "2014")], (32, True)),
        ([("2012-01", "2014-08"), ("2016", "2018")], (46, True)),
    ],
)
def test_experience_counts_only_months_that_the_dates_prove(
    periods: list[tuple[str, str]], duration: tuple[int, bool] | None
) -> None:
    found = [Period(PartialDate.parse(start), PartialDate.parse(end)) for start, end in periods]
    assert duration_covered(found, PartialDate.parse("2026-11-30")) == duration
