"""A build lists only the objects that ``only`` directives include in it, with links that work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

INDEX = "Home\n====\n\n.. toctree::\n\n   more\n\n.. skill-index::\n\n.. highlight-list::\n"
RST = """\
More
====

.. only:: latex

   .. skill:: printed
      :name: Printing
      :category: languages

   .. highlight:: printed-claim
      :skills: printed

      Print it.

.. only:: html

   .. skill:: shown
      :name: Showing
      :category: languages

.. skill:: always
   :name: Always
   :category: languages
"""
MD = """\
# More

````{only} latex
```{skill} printed
:name: Printing
:category: languages
```

```{highlight} printed-claim
:skills: printed

Print it.
```
````

````{only} html
```{skill} shown
:name: Showing
:category: languages
```
````

```{skill} always
:name: Always
:category: languages
```
"""


@pytest.fixture(params=[("more.rst", RST), ("more.md", MD)], ids=["rst", "md"])
def conditional(request: pytest.FixtureRequest) -> dict[str, str]:
    name, text = request.param
    return {"index.rst": INDEX, name: text}


def objects_of(app: Any) -> set[str]:
    return {name for name, *_ in app.env.domains["folio"].get_objects()}


@pytest.mark.parametrize("options", [{}, {"parallel": 2}], ids=["serial", "parallel"])
def test_html_lists_what_it_has(conditional: dict[str, str], options: dict[str, int], build: Any) -> None:
    app = build(conditional, **options)
    page = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert 'href="more.html#skill_shown"' in page
    assert 'id="skill_shown"' in (app.outdir / "more.html").read_text(encoding="utf-8")
    assert "Printing" not in page
    assert "Print it" not in page
    assert objects_of(app) == {"shown", "always"}


def test_each_builder_lists_its_own_from_the_same_doctrees(conditional: dict[str, str], build: Any) -> None:
    build(conditional)
    app = build(conditional, builder="latex")
    assert objects_of(app) == {"printed", "printed-claim", "always"}
    [tex] = [path.read_text(encoding="utf-8") for path in app.outdir.glob("*.tex")]
    assert "Print it" in tex
    assert "Showing" not in tex
    app = build(conditional)
    assert objects_of(app) == {"shown", "always"}


def test_a_tag_that_comes_later_is_followed(conditional: dict[str, str], build: Any) -> None:
    tagged = {name: text.replace("latex", "long") for name, text in conditional.items()}
    build(tagged)
    app = build(tagged, tags=["long"])
    assert objects_of(app) == {"printed", "printed-claim", "shown", "always"}
    page = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert 'href="more.html#skill_printed"' in page


def test_an_excluded_passage_is_no_usage(build: Any) -> None:
    skill = "Go\n==\n\n.. skill:: go\n   :category: languages\n\n"
    app = build({"index.rst": f"{skill}.. only:: latex\n\n   I know :skill:`go`.\n"})
    assert app.env.domains["folio"].portfolio().mentions_of("go") == ()


def test_references_within_an_excluded_passage_cause_no_warnings(build: Any) -> None:
    entries = """\
.. only:: internal

   .. skill:: secret
      :name: Secret
      :category: languages

   .. project:: hidden
      :name: Hidden
      :skills: secret

      Needs :skill:`secret`, like :project:`hidden`.

   .. highlight-list::
      :project: hidden
"""
    app = build({"index.rst": f"Home\n====\n\n{entries}"})
    assert app.warning.getvalue() == ""
    assert "Secret" not in (app.outdir / "index.html").read_text(encoding="utf-8")
    app = build({}, tags=["internal"])
    assert app.warning.getvalue() == ""
    assert "Needs" in (app.outdir / "index.html").read_text(encoding="utf-8")


def test_an_invalid_condition_excludes_nothing(build: Any, tmp_path: Path) -> None:
    text = "Go\n==\n\n.. only:: html or\n\n   .. skill:: go\n      :name: Go\n      :category: languages\n"
    app = build({"index.rst": text})
    assert objects_of(app) == {"go"}
    assert "exception while evaluating only directive expression" in app.warning.getvalue()
