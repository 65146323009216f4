"""The site under its own policy, and without JavaScript; see also test_every_page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


def test_both_languages_have_the_same_policy_and_it_allows_nothing_inline(site: Path, policy: str) -> None:
    assert (site / "en" / "content-security-policy.txt").read_text("utf-8").strip() == policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_the_policy_is_enforced_and_scripts_of_the_site_run_under_it(page: Page, strict_address: str) -> None:
    page.goto(f"{strict_address}skills/index.html")
    with pytest.raises(Exception, match="Content Security Policy"):
        page.add_script_tag(content="window.stranger = 1")
    assert page.evaluate("window.stranger") is None
    expect(page.locator("table.folio-matrix thead th").first.get_by_role("button")).to_be_visible()
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("searchbox").fill("webhook")
    expect(page.locator("dialog li a").first).to_be_visible()
    page.keyboard.press("Escape")
    before = page.locator("body").get_attribute("data-theme")
    page.locator(".theme-toggle-content button").click()
    assert page.locator("body").get_attribute("data-theme") != before


def test_without_a_script_drawers_open_proofs_open_and_search_says_what_it_needs(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 860})
    page = context.new_page()
    page.goto((site / "skills" / "kubernetes.html").as_uri())
    page.locator(".nav-overlay-icon").click()
    expect(page.locator(".sidebar-tree").get_by_role("link", name="简历")).to_be_in_viewport()
    page.mouse.click(380, 400)
    proofs = page.locator("#skill_webhook details:not(.folio-check)")
    proofs.locator("> summary").click()
    expect(proofs.locator("a").first).to_be_visible()
    expect(page.locator(".theme-toggle").first).to_be_hidden()
    page.goto((site / "search.html").as_uri())
    expect(page.locator("#search-page p")).to_be_visible()
    context.close()
