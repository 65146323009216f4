"""The field that compares a posting: only where ``folio_match`` is true, and only in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

PAGES = {"index.md": "# Ada\n\n```{folio:match}\n```\n", "other.md": "---\norphan: true\n---\n# Other\n"}


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_field_needs_the_setting(build: Callable[..., Any], *, is_enabled: bool) -> None:
    app = build(PAGES, settings={"folio_match": is_enabled})
    text = {name: (app.outdir / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "other")}
    assert ("folio-match" in text["index"]) is is_enabled
    assert "folio-match" not in text["other"]
    files = {path.name for path in (app.outdir / "_static").glob("folio-match*")}
    assert files == (
        {"folio-match", "folio-match.js", "folio-match.css", "folio-match-engine.js"} if is_enabled else set()
    )


def test_durations_follow_changed_date_formats(build: Callable[..., Any]) -> None:
    job = "```{folio:position} job\n:title: Engineer\n:start: 2019-01\n:end: 2020-12\n```\n"
    pages = {"index.md": f"{PAGES['index.md']}\n{job}"}
    settings = {"folio_match": True, "language": "zh_CN"}
    spaced = settings | {"folio_date_formats": {"zh_CN": {"month": "y 年 M 月"}}}
    for changed, duration in ((settings, "2年"), (spaced, "2 年")):
        app = build(pages, settings=changed)
        assert f'"24":"{duration}"' in (app.outdir / "_static" / "folio-match-engine.js").read_text(encoding="utf-8")
