"""One small portfolio in both of Sphinx's languages, and the means to compare builds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import sphinx.domains.python  # noqa: F401  before the first catalog is loaded: labels stay lazy
from sphinx.locale import translators

import sphinx_folio.export  # noqa: F401  for the same reason
from sphinx_folio.cli.commands import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]

RESTRUCTUREDTEXT = {
    "index.rst": """\
Portfolio
=========

.. toctree::

   home
   skills
   work
   proof
""",
    "home.rst": """\
Home
====

.. person:: ada
   :name: Ada Example
   :label: Network engineer
   :email: ada@example.org
   :birth: 1990-05
   :profiles: GitHub <https://github.com/example>, Blog <https://blog.example.org/a,b>

   Builds networks.

Talents
-------

I know :skill:`go` and :skill:`the interface <cni>`.

Lists
-----

.. project-cards::

.. skill-index::
""",
    "skills.rst": """\
Skills
======

Go
--

.. skill:: go
   :category: languages
   :level: working
   :keywords: Golang, Go language

   Since 2015.

.. skill:: cni
   :name: CNI
   :category: networking
   :level: expert
""",
    "work.rst": """\
Work
====

Acme
----

.. position:: engineer
   :title: Engineer
   :start: 2021-08
   :end: 2023-06
   :skills: go

Pool
~~~~

.. project:: pool
   :languages: go
   :skills: cni
   :position: engineer
   :start: 2022-01
   :end: 2023-06
   :repository: https://example.org/pool
   :sketch: client -> allocator -> pool | log

   Gives out addresses.

.. highlight:: pool-fast
   :skills: cni

   Gave out *1000* addresses in a minute.

School
------

.. education:: school
   :area: Mathematics
   :study-type: Bachelor
   :start: 2010
   :end: 2014
""",
    "proof.rst": """\
Proof
=====

.. evidence:: pool-release
   :kind: release
   :title: Pool 1.0
   :url: https://example.org/pool/releases/1.0
   :date: 2022-06-01
   :by: team
   :highlights: pool-fast
   :projects: pool

.. evidence:: pool-code
   :kind: file
   :title: The allocator
   :url: https://example.org/pool/blob/v1.0.0/allocate.go
   :date: 2022-05
   :revision: v1.0.0
   :by: own
   :skills: go

.. skill-tags::

.. skill-matrix::

.. timeline::

.. highlight-list::

.. evidence-table::

.. evidence-coverage::
""",
}

MARKDOWN = {
    "index.md": """\
# Portfolio

```{toctree}

home
skills
work
proof
```
""",
    "home.md": """\
# Home

```{person} ada
:name: Ada Example
:label: Network engineer
:email: ada@example.org
:birth: 1990-05
:profiles: GitHub <https://github.com/example>, Blog <https://blog.example.org/a,b>

Builds networks.
```

## Talents

I know {skill}`go` and {skill}`the interface <cni>`.

## Lists

```{project-cards}
```

```{skill-index}
```
""",
    "skills.md": """\
# Skills

## Go

```{skill} go
:category: languages
:level: working
:keywords: Golang, Go language

Since 2015.
```

```{skill} cni
:name: CNI
:category: networking
:level: expert
```
""",
    "work.md": """\
# Work

## Acme

```{position} engineer
:title: Engineer
:start: 2021-08
:end: 2023-06
:skills: go
```

### Pool

```{project} pool
:languages: go
:skills: cni
:position: engineer
:start: 2022-01
:end: 2023-06
:repository: https://example.org/pool
:sketch: client -> allocator -> pool | log

Gives out addresses.
```

```{highlight} pool-fast
:skills: cni

Gave out *1000* addresses in a minute.
```

## School

```{education} school
:area: Mathematics
:study-type: Bachelor
:start: 2010
:end: 2014
```
""",
    "proof.md": """\
# Proof

```{evidence} pool-release
:kind: release
:title: Pool 1.0
:url: https://example.org/pool/releases/1.0
:date: 2022-06-01
:by: team
:highlights: pool-fast
:projects: pool
```

```{evidence} pool-code
:kind: file
:title: The allocator
:url: https://example.org/pool/blob/v1.0.0/allocate.go
:date: 2022-05
:revision: v1.0.0
:by: own
:skills: go
```

```{skill-tags}
```

```{skill-matrix}
```

```{timeline}
```

```{highlight-list}
```

```{evidence-table}
```

```{evidence-coverage}
```
""",
}


@pytest.fixture(params=[RESTRUCTUREDTEXT, MARKDOWN], ids=["rst", "md"])
def pages(request: pytest.FixtureRequest) -> dict[str, str]:
    """Return the portfolio in reStructuredText and in Markdown."""
    return dict(request.param)


@pytest.fixture
def restructuredtext() -> dict[str, str]:
    """Return the portfolio in reStructuredText."""
    return dict(RESTRUCTUREDTEXT)


@pytest.fixture
def markdown() -> dict[str, str]:
    """Return the portfolio in Markdown."""
    return dict(MARKDOWN)


class Done(NamedTuple):
    """What a command did."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Done]]:
    """Return a function that runs a command of the package in this process, with an empty home, in plain English."""
    (tmp_path / "home").mkdir()
    for name in (
        "READTHEDOCS", "READTHEDOCS_CANONICAL_URL", "READTHEDOCS_OUTPUT", "SITE_ADDRESS", "SOURCE_DATE_EPOCH",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    settings = {"HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def run(*words: str) -> Done:
        translators.clear()  # Sphinx keeps the catalogs of an earlier language
        capfd.readouterr()
        code = main(words)
        return Done(code, *capfd.readouterr())

    yield run
    translators.clear()


def contents(folder: Path, *, without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Return the bytes of every file that a build wrote, by name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".doctree" and path.name not in {"environment.pickle", *without}
    }


@pytest.fixture(name="contents")
def contents_fixture() -> object:
    """Return the function that reads what a build wrote."""
    return contents
