"""The model of contention: its results are those of the reference, by keyboard, without motion and without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

if TYPE_CHECKING:
    from types import ModuleType

    from playwright.sync_api import Browser, Page, Route

PAGES = ("spiderpool/how-it-works.html", "en/spiderpool/how-it-works.html")
PLAY, STEP, TO_THE_END = range(3)


def choose(page: Page, mode: int, load: int) -> None:
    for group, choice in ((0, mode), (1, load)):
        page.locator(".pool-model fieldset").nth(group).get_by_role("radio").nth(choice).check()


def press(page: Page, button: int) -> None:
    page.locator(".pool-model button").nth(button).press("Enter")


def result(page: Page) -> tuple[int, ...]:
    """Return the numbers of writes, conflicts and failures, and the time."""
    found = re.findall(r"\d+", page.locator(".pool-model [role=status]").inner_text())
    return tuple(map(int, found[:4]))


@pytest.mark.parametrize("name", PAGES)
def test_each_setting_has_the_result_of_the_reference(
    page: Page, watch: Any, address: str, model: ModuleType, name: str
) -> None:
    page.goto(address + name)
    for number, mode in enumerate(model.MODES):
        for index, load in enumerate(model.LOADS):
            choose(page, number, index)
            press(page, TO_THE_END)
            assert result(page) == model.run(mode, load)
    watch.assert_quiet()


@pytest.mark.parametrize("seed", [1, 2, 77, 2026])
def test_so_have_other_seeds_and_loads(page: Page, address: str, model: ModuleType, seed: int) -> None:
    def change_seed(route: Route) -> None:
        answer = route.fetch()
        assert f"SEED = {model.SEED}" in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(f"SEED = {model.SEED}", f"SEED = {seed}"))

    def change_load(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("12 + 4", "3 + 11"))

    page.route("**/pool-model.js*", change_seed)
    page.route(f"**/{PAGES[0]}", change_load)
    page.goto(address + PAGES[0])
    for number, mode in enumerate(model.MODES):
        for index, load in enumerate(((8, 8), (3, 11))):
            choose(page, number, index)
            press(page, TO_THE_END)
            assert result(page) == model.run(mode, load, seed)


def test_the_keyboard_chooses_steps_plays_and_pauses(page: Page, address: str) -> None:
    page.goto(address + PAGES[0])
    first = page.get_by_role("radio").first
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="共享池，无令牌")).to_be_checked()
    page.get_by_role("button", name="单步").press("Enter")
    assert result(page)[3] == 5
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    play = page.locator(".pool-model button").nth(PLAY)
    play.press("Space")
    expect(play).to_have_text("暂停")
    status = page.locator(".pool-model").get_by_role("status")
    expect(status).to_have_attribute("aria-live", "off")
    expect(status).to_contain_text(re.compile(r"耗时（ms） (1[5-9]|[2-9]\d|\d{3})"))  # it goes on while we look
    play.press("Space")
    expect(play).to_have_text("播放")
    expect(status).to_have_attribute("aria-live", "polite")


def test_without_motion_it_is_stepped(browser: Browser, address: str) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(address + PAGES[0])
        expect(page.get_by_role("button", name="播放")).to_be_hidden()
        page.get_by_role("button", name="单步").press("Enter")
        assert result(page)[3] == 5


@pytest.mark.parametrize("name", PAGES)
def test_without_a_script_and_on_paper_there_is_the_table(
    browser: Browser, address: str, model: ModuleType, name: str
) -> None:
    for javascript in (True, False):
        with browser.new_context(java_script_enabled=javascript) as context:
            page = context.new_page()
            page.goto(address + name)
            if javascript:
                expect(page.locator(".pool-model table")).to_be_hidden()
                page.emulate_media(media="print")
                expect(page.locator(".pool-model-face")).to_be_hidden()
            expect(page.locator(".pool-model table")).to_be_visible()
            assert page.locator(".pool-model tbody tr").count() == len(model.MODES) * len(model.LOADS)


def test_axe_finds_nothing_while_it_runs(browser: Browser, address: str) -> None:
    with browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 860}) as context:
        page = context.new_page()
        page.goto(address + PAGES[1])
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        choose(page, 1, 1)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=cast("Any", scheme))
            for _step in range(4):
                for _time in range(12):
                    press(page, STEP)
                violations = page.evaluate(
                    "axe.run('.pool-model').then(({ violations }) => violations.map((v) => v.id))"
                )
                assert violations == []
