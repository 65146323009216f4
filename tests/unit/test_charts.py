"""Dot charts: markers that would overlap are drawn above and below the line, and the axis has round figures."""

from __future__ import annotations

import pytest

from sphinx_folio.directives.figures.chart import Axis
from sphinx_folio.doctree.html_charts import lanes


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ([], []),
        ([10, 50, 90], [0, 0, 0]),
        ([50, 10, 52], [-1, 0, 1]),
        ([54, 52, 50], [1, 0, -1]),
        ([10, 13, 16, 19], [-1, 0, 1, -1]),  # each is near the next one only
        ([10, 10, 14], [-1, 1, 0]),  # 4 is not less than the distance
    ],
)
def test_only_markers_that_are_near_each_other_are_moved(positions: list[float], expected: list[int]) -> None:
    assert lanes(positions, 4) == expected


@pytest.mark.parametrize(
    ("figures", "ticks"),
    [
        ([], (0, 0.2, 0.4, 0.6, 0.8, 1)),
        ([0], (0, 0.2, 0.4, 0.6, 0.8, 1)),
        ([3, 7], (0, 2, 4, 6, 8)),
        ([-1, -2], (-2, -1.5, -1, -0.5, 0)),
        ([-1, 4], (-1, 0, 1, 2, 3, 4)),
    ],
)
def test_an_axis_includes_zero_and_all_figures(figures: list[float], ticks: tuple[float, ...]) -> None:
    assert Axis.linear(figures).ticks == ticks
