"""The policy on hosts that cannot send headers: in each page, where it also applies to what the host adds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page, Route

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Chinese pages of the site, built as Read the Docs builds them."""
    output = tmp_path_factory.mktemp("hosted") / "html"
    command = (sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-c", ".", "-d", str(output.parent / "doctrees"))
    environment = {**os.environ, "READTHEDOCS": "True", "PYTHONPATH": "src"}
    subprocess.run([*command, "docs", str(output)], cwd=ROOT, env=environment, check=True)
    return output


def test_pages_and_what_the_host_adds_are_quiet_under_the_policy(
    page: Page, hosted: Path, serve: Callable[[Path], AbstractContextManager[str]]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    def add(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("</head>", ADDED + "</head>"))

    page.route("**/*.html", add)
    page.route("**/readthedocs-addons.js", _answer("text/javascript", ADDONS))
    page.route("**/_/addons/*", _answer("application/json", "{}"))
    page.route("https://media.ethicalads.io/**", _answer("text/javascript", ""))
    page.route("https://server.ethicalads.io/**", _answer("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"))
    names = [path.relative_to(hosted).as_posix() for path in hosted.rglob("*.html") if "_static" not in path.parts]
    names = [name for name in names if "folio-moved-page" not in (hosted / name).read_text("utf-8")]
    assert len(names) > 10
    with serve(hosted) as address:
        for name in names:
            page.goto(address + name)
            page.wait_for_function("document.documentElement.dataset.added === '1'")
        assert said == []
        with pytest.raises(Exception, match="Content Security Policy"):
            page.add_script_tag(content="window.stranger = 1")


def _answer(kind: str, body: str) -> Callable[[Route], Any]:
    return lambda route: route.fulfill(content_type=kind, body=body)
