"""The policy names what is written into pages by its hash, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from sphinx_folio.policy import mend_translations, policy_of


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.strip().split("; "))}


def test_inline_scripts_styles_and_attributes_are_allowed_by_their_hash() -> None:
    page = '<style>\nb {}</style><p style="top: 0">x</p><script>let a = "<b>";</script><script type="application/ld+json">{}</script><script src="x.js"></script>'
    found = directives(policy_of([page, page]))
    assert found["script-src"] == ["'self'", hashed('let a = "<b>";')]
    assert found["style-src"] == ["'self'", hashed("\nb {}")]
    assert found["style-src-attr"] == ["'unsafe-hashes'", hashed("top: 0")]
    assert found["default-src"] == ["'self'"]
    assert found["object-src"] == ["'none'"]


def test_what_only_looks_like_it_is_passed_over_and_what_is_hard_to_see_is_not() -> None:
    page = (
        "<code>style=1 and <b>style = 2</b></code>"
        '<p title="a < b" style="left: 0">x</p><SCRIPT>one("</style>")</SCRIPT><script\ndefer>two()</script >'
        '<script src="x.js" style="top: 1px"></script><i STYLE=color:red>x</i>'
        '<!-- <style> and <script>no()</script> style="no" --><script>let a = "<!--";</script><style>p {}</style>'
    )
    found = directives(policy_of([page]))
    assert found["script-src"] == ["'self'", *sorted(map(hashed, ('one("</style>")', "two()", 'let a = "<!--";')))]
    assert found["style-src"] == ["'self'", hashed("p {}")]
    assert found["style-src-attr"] == ["'unsafe-hashes'", *sorted(map(hashed, ("left: 0", "top: 1px", "color:red")))]


def test_a_page_with_nothing_inline_needs_nothing() -> None:
    found = directives(policy_of(["<p>x</p>"]))
    assert (found["script-src"], found["style-src-attr"]) == (["'self'"], ["'none'"])
    assert "unsafe-inline" not in policy_of(["<p>x</p>"])


def test_a_build_writes_the_policy_of_its_pages(build: Any) -> None:
    text = "Home\n====\n\n.. raw:: html\n\n   <script>own()</script>\n"
    app = build({"index.rst": text}, settings={"extensions": ["sphinx_folio", "sphinx_folio.policy"]})
    found = directives((app.outdir / "content-security-policy.txt").read_text("utf-8"))
    assert hashed("own()") in found["script-src"]


def test_translated_words_need_no_string_run_as_code() -> None:
    script = (
        'Documentation.addTranslations({"locale": "de", "messages": {"Search": "Suche"}, "plural_expr": "(n != 1)"});'
    )
    mended = mend_translations(script)
    assert 'Object.assign(Documentation.TRANSLATIONS, {"Search": "Suche"});' in mended
    assert "Documentation.PLURAL_EXPR = (n) => (n != 1);" in mended
    assert mend_translations(mended) == mended
