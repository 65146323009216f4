"""The time axis of a career: which years it covers, and which years are labeled."""

from __future__ import annotations

import pytest

from sphinx_folio.listings.work import MAX_TICKS, _TimeAxis
from sphinx_folio.portfolio.dates import MONTHS_PER_YEAR


@pytest.mark.parametrize(
    ("years", "named"),
    [
        (1, [2020, 2021]),
        (MAX_TICKS, [*range(2020, 2029)]),
        (MAX_TICKS + 1, [2020, 2022, 2024, 2026, 2028]),
        (2 * MAX_TICKS, [*range(2020, 2037, 2)]),
        (2 * MAX_TICKS + 1, [2020, 2023, 2026, 2029, 2032, 2035]),
    ],
)
def test_an_axis_has_at_most_so_many_labels(years: int, named: list[int]) -> None:
    time = _TimeAxis.covering([(2020 * MONTHS_PER_YEAR, (2020 + years) * MONTHS_PER_YEAR)])
    assert time is not None
    assert [int(year) for _place, year in time.years()] == named
    places = [place for place, _year in time.years()]
    assert places[0] == 0
    assert places == [pytest.approx((year - 2020) * 100 / years, abs=0.01) for year in named]


def test_an_axis_covers_whole_years() -> None:
    time = _TimeAxis.covering(
        [
            (2020 * MONTHS_PER_YEAR + 7, 2021 * MONTHS_PER_YEAR + 3),
            (2019 * MONTHS_PER_YEAR + 11, 2020 * MONTHS_PER_YEAR),
        ]
    )
    assert time == _TimeAxis(2019 * MONTHS_PER_YEAR, 2022 * MONTHS_PER_YEAR)
    assert time.segment((2020 * MONTHS_PER_YEAR, 2021 * MONTHS_PER_YEAR)) == (33.33, 33.34)
    assert _TimeAxis.covering([(2020 * MONTHS_PER_YEAR, 2021 * MONTHS_PER_YEAR)]) == _TimeAxis(
        2020 * MONTHS_PER_YEAR, 2021 * MONTHS_PER_YEAR
    )
    assert _TimeAxis.covering([]) is None
