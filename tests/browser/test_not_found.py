"""The page for missing addresses works at any depth, on a host at its root or below a path, whose address is unknown."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page, Route


@pytest.mark.parametrize("path", ["", "portfolio/"], ids=["root", "path"])
@pytest.mark.parametrize("missing", ["gone", "a/b/c/gone.html", "en/skills/gone.html"])
def test_a_missing_address_shows_a_page_that_leads_on(
    page: Page,
    site: Path,
    tmp_path: Path,
    serve: Callable[[Path], AbstractContextManager[str]],
    path: str,
    missing: str,
) -> None:
    host = tmp_path / "host"
    if path:
        host.mkdir()
        shutil.copy(site / "404.html", host)  # the server answers with the page of its root
    (host / path).symlink_to(site, target_is_directory=True)
    policy = (site / "content-security-policy.txt").read_text(encoding="utf-8").strip()

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    page.route("**/gone*", answer)
    with serve(host) as root:
        answered = page.goto(root + path + missing)
        assert answered is not None
        assert answered.status == 404
        assert page.locator(".sidebar-drawer").evaluate("(e) => getComputedStyle(e).display") == "flex"
        page.locator(".theme-toggle:visible").first.click()
        assert page.evaluate("document.body.dataset.theme") != "auto"
        page.locator(".skip-to-content").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{root}{path}{missing}#furo-main-content")
        page.locator("article").get_by_role("link", name="技能").click()
        expect(page).to_have_url(f"{root}{path}skills/index.html")


def test_opened_from_disk_its_links_lead_to_files(page: Page, site: Path) -> None:
    page.goto((site / "en" / "404.html").as_uri())
    page.locator("article").get_by_role("link").first.click()
    expect(page).to_have_url((site / "en" / "index.html").as_uri())
