"""The table of the model of contention on the page how-it-works, and the claims about it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "docs" / "_static" / "pool-model.js"


def test_the_table_is_that_of_the_model(model: ModuleType) -> None:
    with (ROOT / "docs" / "spiderpool" / "contention-model.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == model.table()


@pytest.mark.parametrize("load", [(8, 8), (12, 4)])
@pytest.mark.parametrize("mode", ["tickets", "free", "blocks"])
def test_the_run_on_the_page_is_close_to_the_median(model: ModuleType, mode: str, load: tuple[int, int]) -> None:
    runs = [model.run(mode, load, seed) for seed in range(1, 1001)]
    medians = [median(values) for values in zip(*runs, strict=True)]
    assert list(model.run(mode, load)) == pytest.approx(medians, rel=0.06)


def test_the_claims_of_the_page_hold(model: ModuleType) -> None:
    for load in model.LOADS:
        tickets, free, blocks = (model.run(mode, load) for mode in model.MODES)
        assert free.writes > tickets.writes
        assert free.failed > tickets.failed == 0
        assert tickets.milliseconds > free.milliseconds
        assert blocks.conflicts == 0
    assert model.run("blocks", (8, 8)).failed == 0
    assert model.run("blocks", (12, 4)).failed == 4


def test_the_script_is_small_and_loaded_by_its_page_only(site: Path) -> None:
    assert len(SCRIPT.read_bytes()) <= 6144
    loads = re.compile(r'<script [^>]*src="[^"]*pool-model\.js')
    pages = {
        path.relative_to(site).as_posix() for path in site.rglob("*.html") if loads.search(path.read_text("utf-8"))
    }
    assert pages == {"spiderpool/how-it-works.html", "en/spiderpool/how-it-works.html"}
