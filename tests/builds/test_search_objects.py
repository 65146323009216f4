"""The objects of every domain are results, on a site with no extension but search."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
import sphinx.domains.c
import sphinx.domains.python  # noqa: F401  imported before any build, whose language its labels would have
from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxDirective

from sphinx_folio._common.searchable import Facts, SearchableNode, SearchEntry, UnsearchedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RESTRUCTUREDTEXT = """\
Frob
====

.. py:module:: frob.core

The prose of the page.

.. _first-steps:

Steps
-----

Read on.

.. py:class:: Frobber(speed: int = 3)

   Turns things.

   .. py:method:: spin(times: int) -> bool

      Spins it.

.. py:function:: open_frob(path)

   Takes a path.

.. c:function:: int frob_run(struct frob *f, int pace)

   Runs in C.

.. cpp:class:: template<typename T> frob::Mixer : public Base

   Mixes.

.. js:function:: frob.start(tempo)

   Starts.

.. program:: frob

.. option:: -s <n>, --speed <n>

   How fast.

.. envvar:: FROB_HOME

   Where it lives.

.. rst:directive:: .. frobbed:: name

   Draws.

.. glossary::

   frobnicate
   frobbing
      To turn.

.. _wide-table:

.. table:: Widths

   == ==
   a  b
   == ==

.. py:function:: unlisted(path)
   :no-index:

   Only words.
"""
MARKDOWN = """\
# Frob

```{py:module} frob.core
```

The prose of the page.

(first-steps)=
## Steps

Read on.

````{py:class} Frobber(speed: int = 3)
Turns things.

```{py:method} spin(times: int) -> bool
Spins it.
```
````

```{py:function} open_frob(path)
Takes a path.
```

```{c:function} int frob_run(struct frob *f, int pace)
Runs in C.
```

```{cpp:class} template<typename T> frob::Mixer : public Base
Mixes.
```

```{js:function} frob.start(tempo)
Starts.
```

```{program} frob
```

```{option} -s <n>, --speed <n>
How fast.
```

```{envvar} FROB_HOME
Where it lives.
```

```{rst:directive} .. frobbed:: name
Draws.
```

```{glossary}
frobnicate
frobbing
  To turn.
```

(wide-table)=
```{table} Widths
| a | b |
|---|---|
```

```{py:function} unlisted(path)
:no-index:

Only words.
```
"""
SETTINGS = dict.fromkeys(("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today"))
ALONE = {
    "rst": SETTINGS | {"extensions": ["sphinx_folio.search"], "language": "en"},
    "md": SETTINGS | {"extensions": ["myst_parser", "sphinx_folio.search"], "language": "en"},
}
TEXTS = {"rst": RESTRUCTUREDTEXT, "md": MARKDOWN}
EXPECTED = [
    ("page", "", "Frob", [], "The prose of the page."),
    ("py:module", "module-frob.core", "frob.core", [], ""),
    ("section", "first-steps", "Steps", [], "Read on. a b frob.core.unlisted(path) Only words."),
    ("py:class", "frob.core.Frobber", "frob.core.Frobber", [], "class frob.core.Frobber(speed: int = 3) Turns things."),
    ("py:method", "frob.core.Frobber.spin", "frob.core.Frobber.spin", [], "spin(times: int) -> bool Spins it."),
    ("py:function", "frob.core.open_frob", "frob.core.open_frob", [], "frob.core.open_frob(path) Takes a path."),
    ("c:function", "c.frob_run", "frob_run", [], "int frob_run(struct frob *f, int pace) Runs in C."),
    ("cpp:class", "_CPPv4I0EN4frob5MixerE", "frob::Mixer", [], "template<typename T> class frob::Mixer : public Base Mixes."),
    ("js:function", "frob.start", "frob.start", [], "frob.start(tempo) Starts."),
    ("std:cmdoption", "cmdoption-frob-s", "frob.-s", ["frob.--speed"], "-s <n>, --speed <n> How fast."),
    ("std:envvar", "envvar-FROB_HOME", "FROB_HOME", [], "FROB_HOME Where it lives."),
    ("rst:directive", "directive-frobbed", "frobbed", [], ".. frobbed:: name Draws."),
    ("std:term", "term-frobnicate", "frobnicate", ["frobbing"], "To turn."),
    ("std:label", "wide-table", "Widths", ["wide-table"], ""),
]  # fmt: skip


def core(app: Any) -> dict[str, Any]:
    """Return the content of index.js; in a record, the text follows the kind."""
    folder = app.outdir / "_static/folio-search"

    def read(name: str) -> Any:
        text = (folder / name).read_text("utf-8")
        return json.loads(f"[{text[text.index('(') + 1 : text.rindex(')')]}]")[-1]

    held: dict[str, Any] = read("index.js")
    texts = [text for _, name in held["texts"] for text in read(name)[0]]
    rows = zip(*held["records"], strict=True)
    return held | {"records": [[*row[:5], text, *row[5:]] for row, text in zip(rows, texts, strict=True)]}


def rows(app: Any) -> list[tuple[Any, ...]]:
    """Return kind, anchor, title, keywords and text of all records."""
    return [(row[4], row[1], row[2], row[6], row[5]) for row in core(app)["records"]]


def without_caption(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Remove the caption of the table, which is part of the text of its section, and the borders of its cells."""
    return [(*row[:4], " ".join(row[4].replace("Widths", "").split())) for row in found]


@pytest.mark.parametrize("markup", ["rst", "md"])
def test_objects_of_every_domain_are_records_with_names_and_text(build: Any, markup: str) -> None:
    app = build({f"index.{markup}": TEXTS[markup]}, settings=ALONE[markup])
    assert app.warning.getvalue() == ""
    assert without_caption(rows(app)) == EXPECTED


def test_labels_of_kinds_are_in_the_language_of_the_build(build: Any) -> None:
    kinds = core(build({"index.rst": RESTRUCTUREDTEXT}, settings=ALONE["rst"]))["kinds"]
    assert set(kinds) == {row[0] for row in EXPECTED}
    assert (kinds["py:class"], kinds["c:function"], kinds["std:envvar"]) == (
        "Python class",
        "C function",
        "environment variable",
    )
    chinese = build({}, settings=ALONE["rst"] | {"language": "zh_CN"}, folder="chinese")
    assert core(chinese)["kinds"]["std:envvar"] == "环境变量"


class WheelDomain(Domain):
    """A domain that puts objects at a section and at an anchor that no doctree has."""

    name = "wheel"
    label = "Wheel"
    object_types: ClassVar[dict[str, ObjType]] = {"hub": ObjType("hub", "hub")}

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        yield "h1", "The hub", "hub", "index", "first-steps", 1
        yield "h2", "Another hub", "hub", "index", "drawn-later", 1
        yield "h3", "A secret hub", "hub", "index", "nowhere", -1


class hub(SearchableNode, nodes.container):  # noqa: N801  docutils' convention
    def search_entry(self) -> SearchEntry:
        return SearchEntry("first-hub", "hub", "h1", keywords=("Nave",))


class spokes(UnsearchedNode, nodes.container):  # noqa: N801
    """A list that search skips."""


class HubDirective(SphinxDirective):
    has_content = True

    def run(self) -> list[nodes.Node]:
        content = self.parse_content_to_nodes()
        return [hub("", *content, ids=["first-hub"]), spokes("", nodes.paragraph("", "Thirty spokes."))]


class ExtendedDomain(WheelDomain):
    """A domain that implements ``SearchableDomain``."""

    directives: ClassVar[dict[str, Any]] = {"hub": HubDirective}
    roles: ClassVar[dict[str, Any]] = {"hub": XRefRole()}

    def search_facts(self, objtype: str, key: str) -> Facts | None:
        return Facts("The hub", text="of oak", dates=("2021", "2022")) if (objtype, key) == ("hub", "h1") else None

    def state(self) -> str:
        return "always the same"


@pytest.fixture(name="use")
def use_fixture(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[Domain]], dict[str, Any]]:
    """Return a function that makes a domain an extension and returns the settings of a site with it."""

    def use(domain: type[Domain]) -> dict[str, Any]:
        wheel: Any = ModuleType("wheel")
        wheel.setup = lambda app: app.add_domain(domain)
        monkeypatch.setitem(sys.modules, "wheel", wheel)
        return ALONE["rst"] | {"extensions": ["sphinx_folio.search", "wheel"]}

    return use


def test_objects_are_at_the_anchors_of_their_domains(build: Any, use: Any) -> None:
    text = "Frob\n====\n\n.. _first-steps:\n\nSteps\n-----\n\nRead on.\n"
    assert rows(build({"index.rst": text}, settings=use(WheelDomain))) == [
        ("page", "", "Frob", [], ""),
        ("wheel:hub", "first-steps", "The hub", ["h1", "Steps"], "Read on."),
        ("wheel:hub", "drawn-later", "Another hub", ["h2"], ""),
    ]


def test_extensions_can_add_keywords_and_facts(build: Any, use: Any) -> None:
    text = "Frob\n====\n\nTurn :wheel:hub:`h1`.\n\n.. wheel:hub::\n\n   It turns.\n"
    app = build({"index.rst": text}, settings=use(ExtendedDomain))
    assert rows(app) == [
        ("page", "", "Frob", [], "Turn The hub."),
        ("hub", "first-hub", "The hub", ["Nave"], "of oak It turns."),
    ]
    assert core(app)["records"][1][8] == ["2021", "2022"]


def test_each_signature_is_a_record_and_the_first_has_the_description(build: Any) -> None:
    text = "Frob\n====\n\n.. py:function:: open_frob(path)\n                 close_frob(path)\n\n   Both take a path.\n"
    assert rows(build({"index.rst": text}, settings=ALONE["rst"]))[1:] == [
        ("py:function", "open_frob", "open_frob", [], "open_frob(path) Both take a path."),
        ("py:function", "close_frob", "close_frob", [], "close_frob(path)"),
    ]


def test_an_alias_of_a_python_object_leads_to_the_object(build: Any) -> None:
    text = "Frob\n====\n\n.. py:class:: frob.Frobber\n   :canonical: frob.core._Frobber\n"
    found = rows(build({"index.rst": text}, settings=ALONE["rst"]))
    assert found[1][:4] == ("py:class", "frob.Frobber", "frob.Frobber", ["frob.core._Frobber"])


def test_text_of_inline_targets_and_grammars_is_indexed(build: Any) -> None:
    text = "Frob\n====\n\nMind _`the gap` here.\n\n.. productionlist::\n   sum: `term` `more`\n   more: `sum`\n"
    found = {row[1]: row for row in rows(build({"index.rst": text}, settings=ALONE["rst"]))}
    assert found["the-gap"][0] == "std:label"
    assert found[""][4].startswith("Mind the gap here. ")
    assert {"term", "more", "sum"} <= {*found[""][4].split()}
    assert found["grammar-token-sum"][0] == "std:token"


TABLES = """\
Frob
====

+--------+-----------------+
| Vendor | Offer           |
|        +-------+---------+
|        | Speed | Price   |
+========+=======+=========+
| Acme   | quick | cheap   |
|        +-------+---------+
|        | slow  | free    |
+--------+-------+---------+
| Both for nothing         |
+--------+-------+---------+
|        | later | unknown |
+--------+-------+---------+

.. list-table::

   * - Outer
     - .. list-table::

          * - Inner
            - Most
   * - Last
     - Row
"""


def test_cells_of_merged_and_nested_tables_stay_in_their_rows_and_columns(build: Any) -> None:
    [(*_names, text)] = rows(build({"index.rst": TABLES}, settings=ALONE["rst"]))
    assert text == (
        "\n\tVendor\tOffer\t\n\tVendor\tSpeed\tPrice\nAcme\tquick\tcheap\nAcme\tslow\tfree\nBoth for nothing\t\t"
        "\n \tlater\tunknown\n\nOuter\tInner Most\nLast\tRow"
    )


UNSEEN = """\
Of {level}
==========

Shown [#one]_ and shown\\ [#one]_.

.. [#one] A note.

.. todo:: Secret plans.

.. ifconfig:: release == "2.0"

   In the second release.

.. ifconfig:: release == "1.0"

   In the first release.

.. ifconfig:: unknown == "1.0"

   In no release.
"""


def test_what_pages_do_not_show_is_not_indexed(build: Any) -> None:
    extensions = ["sphinx_folio.search", "sphinx.ext.todo", "sphinx.ext.ifconfig"]
    settings = ALONE["rst"] | {"extensions": extensions, "release": "1.0"}
    found = rows(build({"index.rst": UNSEEN, "other.rst": ":orphan:\n\nNo title.\n"}, settings=settings))
    assert [(title, text) for _kind, _anchor, title, _keywords, text in found] == [
        ("Of {level}", "Shown and shown. 1 A note. In the first release."),
        ("other", "No title."),
    ]


def test_texts_are_indexed_as_readers_type_them(build: Any) -> None:
    text = "Re\u0301sume\u0301\n======\n\nThe ﬂow of ﾃﾞｰﾀ: Donau\u00addampf\u00adschiff, zero\u200bwidth, ½.\n"
    [(_kind, _anchor, title, _keywords, indexed)] = rows(build({"index.rst": text}, settings=ALONE["rst"]))
    assert (title, indexed) == ("Résumé", "The flow of データ: Donaudampfschiff, zerowidth, ½.")


def site() -> dict[str, str]:
    names = [f"p{number}" for number in range(8)]
    text = ":orphan:\n\n{0}\n==\n\n.. py:function:: {0}.call(word_{0})\n\n   Text of {0}, see :py:func:`p0.call`.\n"
    return {f"{name}.rst": text.format(name) for name in names} | {"index.rst": RESTRUCTUREDTEXT}


def test_serial_and_parallel_incremental_and_clean_builds_agree(build: Any) -> None:
    def index(app: Any) -> str:
        text: str = (app.outdir / "_static/folio-search/index.js").read_text("utf-8")
        return text

    serial = index(build(site(), settings=ALONE["rst"]))
    assert index(build({}, settings=ALONE["rst"], folder="parallel", parallel=2)) == serial
    changed: dict[str, str | None] = {
        "p3.rst": ":orphan:\n\np3\n==\n\n.. c:function:: int p3_call(void)\n",
        "p4.rst": None,
    }
    incremental = index(build(changed, settings=ALONE["rst"]))
    assert index(build({}, settings=ALONE["rst"], folder="clean")) == incremental
    assert ("p3_call" in incremental, "p3.call" in incremental, "p4.call" in incremental) == (True, False, False)
