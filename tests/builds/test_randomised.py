"""However a portfolio is edited, building it again writes what a clean build writes, file by file.

``FOLIO_SEED`` replays a run, ``FOLIO_STEPS`` makes it longer; the seed of a failure is in its message.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = int(os.environ.get("FOLIO_STEPS", "200"))
SEED = int(os.environ.get("FOLIO_SEED", random.SystemRandom().randrange(10**9)))

LISTINGS = (
    "skill-index",
    "skill-matrix",
    "project-cards",
    "timeline",
    "highlight-list",
    "evidence-table",
    "evidence-coverage",
)
KINDS = ("skill", "project", "position", "highlight", "evidence", "prose", "listing")
LEVELS = ("aware", "working", "expert")


@dataclass
class Item:
    """A piece of a page: an entry, a paragraph that names skills, or a listing."""

    kind: str
    key: str
    name: str
    level: str = "aware"
    category: str = "languages"
    year: int = 2020
    keys: list[str] = field(default_factory=list)
    """The skills that it shows or names."""
    target: str = ""
    """The project or highlight that it belongs to or proves."""

    def text(self) -> str:
        """Return it in reStructuredText, as a section of its own."""
        title = f"{self.name}\n{'-' * len(self.name)}\n\n"
        shown = ", ".join(self.keys)
        if self.kind == "listing":
            return f"{title}.. {self.name}::\n"
        if self.kind == "prose":
            named = " and ".join(f":skill:`{key}`" for key in self.keys)
            return f"{title}A sentence before. Here I used {named or 'nothing'}. A sentence after.\n"
        known: dict[str, dict[str, str | int]] = {
            "skill": {"category": self.category, "level": self.level, "keywords": f"{self.key}-too"},
            "project": {"sketch": f"in -> {self.name}", "skills": shown, "position": self.target, "start": self.year, "end": self.year + 1},
            "position": {"title": self.name, "start": self.year, "skills": shown},
            "highlight": {"skills": shown, "project": self.target},
            "evidence": {
                "title": self.name, "kind": "page", "url": f"https://example.org/{self.key}", "by": "own",
                "date": self.year, "skills": shown, "highlights": self.target,
            },
        }  # fmt: skip
        lines = "".join(f"   :{name}: {value}\n" for name, value in known[self.kind].items() if value)
        return f"{title}.. {self.kind}:: {self.key}\n{lines}\n   What {self.name} is, with :skill:`{self.keys[0] if self.keys else self.key}`.\n"


class Author:
    """Someone who writes a portfolio and keeps changing their mind."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  replayable, not secret
        self.count = 0
        self.pages: dict[str, list[Item]] = {f"page{number}": [] for number in range(4)}
        self.titles = {name: name.title() for name in self.pages}
        for kind in (*KINDS, *KINDS, *KINDS, "skill", "skill", "highlight"):
            self.add(kind)

    def items(self, *kinds: str) -> list[Item]:
        return [item for page in self.pages.values() for item in page if item.kind in kinds]

    def keys(self, *kinds: str) -> list[str]:
        return [item.key for item in self.items(*kinds)] or ["nothing"]

    def page(self) -> list[Item]:
        return self.pages[self.random.choice(sorted(self.pages))]

    def add(self, kind: str = "") -> None:
        self.count += 1
        kind = kind or self.random.choice(KINDS)
        name = self.random.choice(LISTINGS) if kind == "listing" else f"{kind.title()} {self.count}"
        item = Item(kind=kind, key=f"{kind}-{self.count}", name=name, year=self.random.randrange(2010, 2026))
        self.rework(item)
        page = self.page()
        page.insert(self.random.randrange(len(page) + 1), item)

    def rework(self, item: Item) -> None:
        item.keys = self.random.sample(self.keys("skill"), min(len(self.keys("skill")), self.random.randrange(3)))
        owners = {"project": "position", "highlight": "project", "evidence": "highlight"}
        item.target = self.random.choice(self.keys(owners[item.kind])) if item.kind in owners else ""

    def anything(self) -> Item | None:
        items = self.items(*KINDS)
        return self.random.choice(items) if items else None

    def remove(self) -> None:
        item = self.anything()
        for page in self.pages.values():
            page[:] = [other for other in page if other is not item]

    def move(self) -> None:
        item = self.anything()
        if item:
            for page in self.pages.values():
                page[:] = [other for other in page if other is not item]
            self.page().append(item)

    def rename(self) -> None:
        item = self.anything()
        if item and item.kind != "listing":
            item.name = f"Name {self.random.randrange(1000)}"

    def change(self) -> None:
        item = self.anything()
        if item:
            item.level = self.random.choice(LEVELS)
            item.category = self.random.choice(("languages", "networking"))
            item.year = self.random.randrange(2010, 2026)

    def retie(self) -> None:
        item = self.anything()
        if item:
            self.rework(item)

    def rekey(self) -> None:
        item = self.anything()
        if item:
            item.key = self.random.choice([f"{item.kind}-{self.count}x", *self.keys(item.kind)])

    def retitle(self) -> None:
        self.titles[self.random.choice(sorted(self.pages))] = f"Title {self.random.randrange(1000)}"

    def add_page(self) -> None:
        self.count += 1
        self.pages[f"page{self.count}"] = []
        self.titles[f"page{self.count}"] = f"Page {self.count}"

    def remove_page(self) -> None:
        if len(self.pages) > 2:
            self.pages.pop(self.random.choice(sorted(self.pages)))

    def nothing(self) -> None:
        pass

    def edit(self) -> str:
        """Change something, and say what."""
        edits: list[Callable[[], None]] = [
            self.add, self.add, self.remove, self.move, self.rename, self.rename, self.change, self.change,
            self.retie, self.rekey, self.retitle, self.add_page, self.remove_page, self.nothing,
        ]  # fmt: skip
        chosen = self.random.choice(edits)
        chosen()
        return chosen.__name__

    def sources(self) -> dict[str, str]:
        """Return the portfolio's files."""
        toctree = "".join(f"   {name}\n" for name in self.pages)
        found = {"index.rst": f"Home\n====\n\n.. skill-tags::\n\n.. toctree::\n\n{toctree}"}
        for name, items in self.pages.items():
            title = self.titles[name]
            found[f"{name}.rst"] = f"{title}\n{'=' * len(title)}\n\n" + "\n".join(item.text() for item in items)
        return found


def searched(files: dict[str, bytes]) -> dict[str, Any]:
    """Return the search index without the words that Sphinx keeps after the last page that has them is gone."""
    text = files["searchindex.js"].decode().removeprefix("Search.setIndex(").removesuffix(")")
    index: dict[str, Any] = json.loads(text)
    for words in ("terms", "titleterms"):
        index[words] = {word: pages for word, pages in index[words].items() if pages != []}
    return index


PLAIN: dict[str, Any] = {"extensions": ["sphinx_folio", "sphinx_folio.navigation"], "html_theme": "basic"}
CACHES: dict[str, Any] = {
    "extensions": [*PLAIN["extensions"], "sphinx_folio.search", "sphinx_speedups"],
    "html_theme": "furo",
    "html_sidebars": None,
}
"""With furo, the cached parts of the search index and all of sphinx_speedups."""


@pytest.mark.parametrize(
    ("settings", "steps"),
    [(PLAIN, STEPS), (CACHES | {"folio_search_split": 10}, STEPS // 4), (CACHES, STEPS // 4)],
    ids=["plain", "caches and a split index", "caches"],
)
def test_editing_and_building_again_equals_building_anew(
    build: Any, contents: Callable[..., Any], tmp_path: Any, settings: dict[str, Any], steps: int
) -> None:
    author = Author(SEED)
    sources = author.sources()
    build(sources, settings=settings)
    for step in range(steps):
        edit = author.edit()
        before, sources = sources, author.sources()
        changed = {
            name: sources.get(name) for name in before.keys() | sources.keys() if before.get(name) != sources.get(name)
        }
        again = contents(build(changed, settings=settings).outdir)
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        anew = contents(build({}, settings=settings, folder="clean").outdir)
        where = f"seed {SEED}, step {step} ({edit})"
        leftovers = {name for name in again.keys() - anew.keys() if name.removesuffix(".html") + ".rst" not in sources}
        kept = {name for name in again if name not in leftovers and not name.startswith("_sources")}
        assert kept == {name for name in anew if not name.startswith("_sources")}, where
        if "searchindex.js" in anew:
            assert searched(again) == searched(anew), where
        assert [name for name in sorted(kept - {"searchindex.js"}) if again[name] != anew[name]] == [], where
