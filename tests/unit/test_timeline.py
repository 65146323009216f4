"""The line of time below a career: where its years are, and which of them are named."""

from __future__ import annotations

import pytest

from sphinx_folio.listings.work import MOST_YEARS, YEAR, _Time


@pytest.mark.parametrize(
    ("years", "named"),
    [
        (1, [2020, 2021]),
        (MOST_YEARS, [*range(2020, 2029)]),
        (MOST_YEARS + 1, [2020, 2022, 2024, 2026, 2028]),
        (2 * MOST_YEARS, [*range(2020, 2037, 2)]),
        (2 * MOST_YEARS + 1, [2020, 2023, 2026, 2029, 2032, 2035]),
    ],
)
def test_an_axis_is_divided_into_as_many_steps_as_can_be_read(years: int, named: list[int]) -> None:
    time = _Time.around([(2020 * YEAR, (2020 + years) * YEAR)])
    assert time is not None
    assert [int(year) for _place, year in time.years()] == named
    places = [place for place, _year in time.years()]
    assert places[0] == 0
    assert places == [pytest.approx((year - 2020) * 100 / years, abs=0.01) for year in named]


def test_an_axis_holds_whole_years() -> None:
    time = _Time.around([(2020 * YEAR + 7, 2021 * YEAR + 3), (2019 * YEAR + 11, 2020 * YEAR)])
    assert time == _Time(2019 * YEAR, 2022 * YEAR)
    assert time.segment((2020 * YEAR, 2021 * YEAR)) == (33.33, 33.34)
    assert _Time.around([(2020 * YEAR, 2021 * YEAR)]) == _Time(2020 * YEAR, 2021 * YEAR)
    assert _Time.around([]) is None
