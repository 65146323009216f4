"""Old addresses in a real browser: from a file and under a strict policy, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "index.md": "# Home\n\n```{toctree}\nprojects/pool\nskills\n```\n",
    "projects/pool.md": "# Pool\n\n(pool-how)=\n## How\n\nIt works.\n",
    "skills.md": "# Skills\n\nAll of them.\n",
}
MOVED = {
    "made/pool": "projects/pool",
    "made/pool#all": "skills",
    "skills#how": "projects/pool#pool-how",
    "made/old": "projects/pool#pool-how",
}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


@pytest.fixture
def moved(build: Any) -> Path:
    """Return the folder of a site whose pages have moved."""
    settings = {
        "extensions": ["myst_parser", "sphinx_folio.redirects"],
        "folio_redirects": MOVED,
        "primary_domain": None,
        "folio_levels": None,
        "folio_categories": None,
        "folio_today": None,
    }
    app = build(PAGES, settings=settings)
    assert app.warning.getvalue() == ""
    outdir: Path = app.outdir
    return outdir


@pytest.mark.parametrize(
    ("old", "new", "new_without_scripts"),
    [
        ("made/pool.html", "projects/pool.html", "projects/pool.html"),
        ("made/pool.html#pool-how", "projects/pool.html#pool-how", "projects/pool.html"),
        ("made/pool.html#all", "skills.html", "projects/pool.html"),
        ("skills.html#how", "projects/pool.html#pool-how", "skills.html#how"),
        ("skills.html", "skills.html", "skills.html"),
        ("made/pool.html?a=1&b=%20", "projects/pool.html?a=1&b=%20", "projects/pool.html"),
        ("made/pool.html?a=1#all", "skills.html?a=1", "projects/pool.html"),
        ("made/old.html?a=1#pool-how", "projects/pool.html?a=1#pool-how", "projects/pool.html#pool-how"),
    ],
)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without-scripts"])
def test_an_old_address_leads_on(
    old: str, new: str, new_without_scripts: str, scripts: bool, moved: Path, browser: Any
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{moved.as_uri()}/{old}", wait_until="commit")
    page.wait_for_url(f"{moved.as_uri()}/{new if scripts else new_without_scripts}")
    assert not page.locator(".folio-moved").is_visible() or not scripts
    if old == "skills.html#how" and not scripts:
        assert page.locator("#how").is_visible()
        page.locator("#how a").click()
        page.wait_for_url(f"{moved.as_uri()}/projects/pool.html#pool-how")
    context.close()


def test_a_strict_policy_is_kept(moved: Path, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)

    def serve(route: Any) -> None:
        path = moved / route.request.url.removeprefix("https://example.org/me/").partition("?")[0]
        route.fulfill(path=path, headers={"Content-Security-Policy": POLICY})

    page.route("https://example.org/**", serve)
    page.goto("https://example.org/me/made/pool.html#pool-how", wait_until="commit")
    page.wait_for_url("https://example.org/me/projects/pool.html#pool-how")
    assert [text for text in refused if "made/pool" in text] == []
    context.close()
