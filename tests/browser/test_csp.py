"""The site under its own policy, from a file, and without JavaScript."""

from __future__ import annotations

import functools
import threading
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request


@pytest.fixture(scope="session")
def strict_address(site: Path, quiet_handler: Any) -> Iterator[str]:
    """The address of the site on a host that sends the policy with every answer."""
    policy = (site / "content-security-policy.txt").read_text("utf-8").strip()

    class Strict(quiet_handler):  # type: ignore[misc]  # the class comes out of a fixture
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_both_languages_have_the_same_policy_and_it_allows_nothing_inline(site: Path) -> None:
    policy = (site / "content-security-policy.txt").read_text("utf-8")
    assert (site / "en" / "content-security-policy.txt").read_text("utf-8") == policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_every_page_is_quiet_under_the_policy(page: Page, site_pages: Any, strict_address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for name in site_pages.all:
        page.goto(strict_address + name)
    assert said == []


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


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_every_page_opens_from_a_file_and_needs_nothing_else(
    browser: Browser, site: Path, site_pages: Any, *, javascript: bool
) -> None:
    context = browser.new_context(java_script_enabled=javascript, offline=True)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))

    def note_request(request: Request) -> None:
        if not request.url.startswith(site.as_uri()):
            problems.append(request.url)

    def note_failure(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page cut it short
            problems.append(request.url)

    page.on("request", note_request)
    page.on("requestfailed", note_failure)
    for name in site_pages.at_their_address:
        page.goto((site / name).as_uri())
        assert page.locator("article").inner_text().strip(), name
    assert problems == []
    context.close()


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
