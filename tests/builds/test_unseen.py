"""Hidden content is in no record, listing or inventory."""

from __future__ import annotations

from typing import Any

import pytest
from sphinx.util.inventory import InventoryFile

UNSEEN = {
    "index.rst": """\
Home
====

.. project-cards::

Pool
----

.. project:: pool

   Shown.

   .. SECRET comment: salary 100

   .. only:: draft

      SECRET draft.

   .. |name| replace:: SECRET substitution

   .. raw:: html

      <b>SECRET raw</b>

   .. note::

      A note.

      .. SECRET comment in a note

      .. highlight:: inside

         SECRET of another entry.
""",
    "index.md": """\
# Home

```{project-cards}
```

## Pool

````{project} pool
Shown.

% SECRET comment

<!-- SECRET comment -->

<div>SECRET raw</div>

```{note}
A note.
```
````
""",
}


@pytest.mark.parametrize("name", UNSEEN)
def test_a_summary_holds_what_is_shown_and_nothing_else(name: str, build: Any) -> None:
    app = build({name: UNSEEN[name]})
    assert app.warning.getvalue() == ""
    assert app.env.domains["folio"].portfolio().find("project", "pool").summary == "Shown.\n\nA note."


def test_an_error_in_an_entry_reaches_its_author_and_no_reader(build: Any) -> None:
    app = build(
        {
            "index.rst": "Home\n====\n\n.. project-cards::\n\n.. project:: pool\n   :name: Pool\n\n   Shown.\n\n   .. nosuch::\n"
        }
    )
    assert "nosuch" in app.warning.getvalue()
    assert app.env.domains["folio"].portfolio().find("project", "pool").summary == "Shown."


def test_an_inventory_holds_a_claim_on_one_line(build: Any) -> None:
    claim = ".. highlight:: claim\n\n   First line\n   second line.\n\n   std:label x 1 y.html z\n"
    app = build({"index.rst": f"Home\n====\n\nText.\n\n{claim}"})
    with (app.outdir / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, uri: uri)
    assert inventory["folio:highlight"]["claim"].display_name == "First line second line."
    assert "x" not in inventory["std:label"]


def test_a_page_without_a_section_goes_by_its_name(build: Any) -> None:
    text = ":orphan:\n\n.. note:: Careful\n\n   :skill:`go`\n"
    app = build({"index.rst": "Home\n====\n\n.. skill:: go\n   :name: Go\n   :category: languages\n", "bare.rst": text})
    assert app.env.domains["folio"].portfolio().pages[-1].title == "bare"


def test_a_reference_that_cannot_be_a_key_makes_a_plain_id(build: Any) -> None:
    app = build({"index.rst": 'Home\n====\n\nSee :skill:`a"b c`.\n'})
    assert 'id="mention_unknown"' in (app.outdir / "index.html").read_text("utf-8")


def test_epub_is_built_twice_without_a_word(build: Any, restructuredtext: dict[str, str]) -> None:
    settings = {"version": "1", "copyright": "Ada", "project": "Portfolio"}
    for _attempt in range(2):
        assert build(restructuredtext, builder="epub", settings=settings).warning.getvalue() == ""


def test_two_builders_that_share_what_is_remembered_stay_right(build: Any, restructuredtext: dict[str, str]) -> None:
    build(restructuredtext)
    renamed = {"skills.rst": restructuredtext["skills.rst"].replace("Go\n--", "Gopher\n------")}
    assert "Gopher" in (build(renamed, builder="text").outdir / "work.txt").read_text("utf-8")
    assert "Gopher" in (build({}).outdir / "work.html").read_text("utf-8")


def test_a_page_that_refers_by_any_is_written_again(build: Any, restructuredtext: dict[str, str]) -> None:
    build({**restructuredtext, "any.rst": ":orphan:\n\nAny\n===\n\n:any:`go`\n"})
    renamed = {"skills.rst": restructuredtext["skills.rst"].replace("Go\n--", "Gopher\n------")}
    assert "Gopher" in (build(renamed).outdir / "any.html").read_text("utf-8")


def test_the_last_evidence_takes_its_file_with_it(build: Any, restructuredtext: dict[str, str]) -> None:
    assert (build(restructuredtext).outdir / "evidence.json").exists()
    assert not (build({"proof.rst": "Proof\n=====\n"}).outdir / "evidence.json").exists()
