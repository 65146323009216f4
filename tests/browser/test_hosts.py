"""The site on a host that cannot send headers: the policy is in each page, and also applies to what the host adds."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

ADDED = """\
<script async src="/_/static/javascript/readthedocs-addons.js"></script><meta name="readthedocs-project-slug" content="me">
"""
ADDONS = """\
new Function("return 1")();
document.adoptedStyleSheets = [new CSSStyleSheet()];
const style = document.createElement("style");
style.textContent = ":root { --added: 1 }";
const client = document.createElement("script");
client.src = "https://media.ethicalads.io/media/client/ethicalads.min.js";
client.onload = async () => {
  await fetch("/_/addons/?client-version=0");
  new Image().src = "https://server.ethicalads.io/view.gif";
  document.documentElement.dataset.added = getComputedStyle(document.documentElement).getPropertyValue("--added");
};
document.head.append(style, client);
"""
"""What Read the Docs' script does, as far as a policy applies to it: readthedocs/addons 0.49, ethical-ad-client 2.3."""


def serve(page: Page, site: Any) -> None:
    """Answer what a page asks of the host with the files of its site."""

    def answer(route: Route) -> None:
        path = site.folder / route.request.url.removeprefix(site.address).partition("?")[0].partition("#")[0]
        if path.is_file():
            route.fulfill(path=path)
        else:
            route.fulfill(path=site.folder / "404.html", status=HTTPStatus.NOT_FOUND)

    page.route(f"{site.address}**", answer)


def test_pages_and_what_the_host_adds_are_quiet_under_the_policy(
    page: Page, hosted_site: Any, site_pages: Any, watch_page: Any
) -> None:
    serve(page, hosted_site)

    def add(route: Route) -> None:
        text = (hosted_site.folder / route.request.url.removeprefix(hosted_site.address)).read_text(encoding="utf-8")
        route.fulfill(content_type="text/html", body=text.replace("</head>", ADDED + "</head>"))

    page.route("**/*.html", add)
    page.route("**/readthedocs-addons.js", _answer("text/javascript", ADDONS))
    page.route("**/_/addons/*", _answer("application/json", "{}"))
    page.route("https://media.ethicalads.io/**", _answer("text/javascript", ""))
    page.route("https://server.ethicalads.io/**", _answer("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"))
    watching = watch_page(page, "https://")
    names = [name for name in site_pages.chinese if not name.startswith("sphinx-folio/")]
    assert len(names) > 10
    problems = []
    for name in names:
        page.goto(hosted_site.address + name)
        page.wait_for_function("document.documentElement.dataset.added === '1'")
        problems += watching.take(name)
    assert problems == [], "\n".join(problems)
    with pytest.raises(Exception, match="Content Security Policy"):
        page.add_script_tag(content="window.stranger = 1")


def _answer(kind: str, body: str) -> Callable[[Route], Any]:
    return lambda route: route.fulfill(content_type=kind, body=body)


def test_a_page_that_is_not_there_leads_on_at_any_depth(page: Page, hosted_site: Any) -> None:
    serve(page, hosted_site)
    address = hosted_site.address
    for missing in ("nowhere.html", "a/b/c/nowhere.html"):
        page.goto(address + missing)
        expect(page.get_by_role("heading", level=1)).to_contain_text("页面不存在")
        assert page.evaluate("getComputedStyle(document.querySelector('.languages')).display") == "flex"  # styled
        page.locator("article").get_by_role("link", name="项目").click()
        expect(page).to_have_url(f"{address}projects/index.html")
        page.goto(address + missing)
        page.locator(".languages a").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Page not found")
