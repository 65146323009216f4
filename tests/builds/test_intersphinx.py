"""Another Sphinx project links to a skill and to a project by their keys."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

TEXT = """\
Elsewhere
=========

I know :external+portfolio:folio:skill:`cni`, :external+portfolio:folio:project:`the pool <pool>`
and :external:folio:highlight:`pool-fast`.
"""


def test_another_project_links_by_key(build: Any, restructuredtext: dict[str, str], tmp_path: Any) -> None:
    portfolio = build(restructuredtext)
    inventory = tmp_path / "objects.inv"
    inventory.write_bytes((portfolio.outdir / "objects.inv").read_bytes())
    mapping = {"portfolio": ("https://portfolio.example.org/", str(inventory))}
    settings = {"extensions": ["sphinx.ext.intersphinx", "sphinx_folio"], "intersphinx_mapping": mapping}
    app = build({**dict.fromkeys(restructuredtext), "index.rst": TEXT}, settings=settings, folder="elsewhere")
    assert app.warning.getvalue() == ""
    page = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    links = {link.get_text(): link["href"] for link in page.select("a.external")}
    assert links == {
        "CNI": "https://portfolio.example.org/skills.html#skill_cni",
        "the pool": "https://portfolio.example.org/work.html#project_pool",
        "Gave out 1000 addresses in a minute.": "https://portfolio.example.org/work.html#highlight_pool-fast",
    }
