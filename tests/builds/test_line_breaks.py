"""Opportunities for line breaks are part of the HTML only, and names stay whole for searches."""

from __future__ import annotations

import json
from typing import Any

PAGE = """\
Names
=====

See ReservedIPManager, ``pkg/reservedipmanager --all`` and `CustomResourceDefinition <https://example.org/>`_.

::

   CustomResourceDefinition
"""


def test_names_can_be_broken_and_found(build: Any) -> None:
    app = build({"index.rst": PAGE})
    text = (app.outdir / "index.html").read_text("utf-8")
    assert "See Reserved<wbr/>IP<wbr/>Manager, <code" in text
    assert (
        '<span class="pre">pkg/</span><wbr/><span class="pre">reservedipmanager</span> <span class="pre">--all' in text
    )
    assert 'href="https://example.org/">Custom<wbr/>Resource<wbr/>Definition</a>' in text
    assert text.count("CustomResourceDefinition") == 1
    index = (app.outdir / "searchindex.js").read_text("utf-8")
    terms = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    assert {"reservedipmanag", "customresourcedefinit"} <= terms.keys()


def test_other_builders_write_the_text_as_it_is(build: Any) -> None:
    app = build({"index.rst": PAGE}, builder="text")
    assert 'See ReservedIPManager, "pkg/reservedipmanager --all"' in (app.outdir / "index.txt").read_text("utf-8")
