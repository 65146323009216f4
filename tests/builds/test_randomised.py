"""However a portfolio is edited, building it again writes what a clean build writes, and gives the same warnings.

The gate makes a few steps from a fixed seed, and a clean build after every other one: what an edit spoils mostly stays
so. ``nox -s random -- --steps N --seed N`` makes longer runs with a clean build after each; it sets ``FOLIO_STEPS`` and
``FOLIO_SEED``.
"""

from __future__ import annotations

import gettext
import io
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio.cli.live.options import Options
from sphinx_folio.cli.live.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = int(os.environ.get("FOLIO_STEPS", "24"))
STEPS_TO_A_CLEAN_BUILD = 1 if "FOLIO_STEPS" in os.environ else 2
SEED = int(os.environ.get("FOLIO_SEED", "20261128"))

LISTINGS = (
    "skill-tags",
    "skill-index",
    "skill-matrix",
    "project-cards",
    "timeline",
    "highlight-list",
    "evidence-table",
    "evidence-coverage",
)
KINDS = ("skill", "project", "position", "highlight", "evidence", "prose", "listing", "mistake")
LEVELS = ("aware", "working", "expert")
LABELS = ("label-0", "label-1", "label-2", "label-3")
PICTURES = ("picture-0.svg", "picture-1.svg")
SLIPS = (
    "I know :skill:`nobody`.",
    ".. project:: {key}\n   :skils: go",
    ".. project:: {key}\n   :start: soon",
    ".. evidence:: {key}\n   :title: E\n   :kind: page\n   :by: own\n   :date: 2022",
    ".. code-block:: json\n\n   {{not json",
    ".. literalinclude:: nothing.txt",
    ".. nothing:: at all",
    "*emphasis",
    ":nothing:`at all`",
    ".. index:: pair: one",
    *(f".. image:: {picture}" for picture in PICTURES),
    *(".. include:: part.txt",) * 3,
)
"""What goes wrong, or may do so: files come and go."""
PARTS = ("Part.\n", "*part\n", ".. code-block:: json\n\n   {part\n", ":skill:`nobody`\n", ":ref:`label-0`\n", None)
"""What the included file holds; it may be missing."""


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
    label: str = ""
    """The label of its section, if it has one."""
    links: list[str] = field(default_factory=list)
    """The labels and pages that it links to."""
    mistake: str = ""

    def text(self) -> str:
        """Return it in reStructuredText, as a section of its own."""
        title = f"{self.name}\n{'-' * len(self.name)}\n\n"
        if self.label:
            title = f".. _{self.label}:\n\n{title}"
        if self.kind == "mistake":
            return f"{title}{self.mistake.format(key=self.key)}\n"
        shown = ", ".join(self.keys)
        if self.kind == "listing":
            tags = f"   :skills: {shown}\n" if self.name == "skill-tags" and shown else ""
            return f"{title}.. {self.name}::\n{tags}"
        if self.kind == "prose":
            named = " and ".join(f":skill:`{key}`" for key in self.keys)
            see = " and ".join(f":{'ref' if link in LABELS else 'doc'}:`{link}`" for link in self.links)
            return f"{title}A sentence before. Here I used {named or 'nothing'}. See {see or 'nothing'}.\n"
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
        self.unlisted: set[str] = set()
        self.part: str | None = PARTS[0]
        self.pictures = {PICTURES[0]}
        self.linked: list[str] = []
        """What the page in Markdown links to."""
        self.untranslated: set[str] = set()
        self.fuzzy: set[str] = set()
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
        item.links = self.random.sample(self.places(), self.random.randrange(3))
        item.mistake = self.random.choice(SLIPS)

    def places(self) -> list[str]:
        """Return what can be linked to, or cannot."""
        return [*LABELS, *sorted(self.pages), f"page{self.count + 1}"]

    def relabel(self) -> None:
        item = self.anything()
        if item:
            used = {other.label for other in self.items(*KINDS)}  # which of two equal labels wins, depends on Sphinx
            item.label = self.random.choice(["", *(label for label in LABELS if label not in used)])

    def relink(self) -> None:
        self.linked = self.random.sample(self.places(), 2)

    def mend(self) -> None:
        for page in self.pages.values():
            page[:] = [item for item in page if item.kind != "mistake" or self.random.random() < 0.5]

    def unlist(self) -> None:
        self.unlisted ^= {self.random.choice(sorted(self.pages))}

    def change_part(self) -> None:
        self.part = self.random.choice(PARTS)

    def change_pictures(self) -> None:
        self.pictures ^= {self.random.choice(PICTURES)}

    def translate(self) -> None:
        names = sorted({self.titles[name] for name in self.pages} | {item.name for item in self.items(*KINDS)})
        self.untranslated = set(self.random.sample(names, min(2, len(names))))
        self.fuzzy = set(self.random.sample(names, min(2, len(names))))

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
            self.retie, self.rekey, self.retitle, self.add_page, self.remove_page, self.nothing, self.nothing,
            self.relabel, self.relabel, self.relink, self.mend, self.unlist, self.change_part, self.change_pictures,
            self.translate,
        ]  # fmt: skip
        chosen = self.random.choice(edits)
        chosen()
        return chosen.__name__

    def sources(self) -> dict[str, str]:
        """Return the portfolio's files."""
        toctree = "".join(f"   {name}\n" for name in self.pages if name not in self.unlisted)
        found = {"index.rst": f"Home\n====\n\n.. skill-tags::\n\n.. toctree::\n\n   links\n{toctree}"}
        links = [f"[]({f'#{name}' if name in LABELS else f'{name}.rst'})" for name in self.linked]
        found["links.md"] = f"# Links\n\nA {{skill}}`nobody`, {', '.join(links)}\n"
        if self.part is not None:
            found["part.txt"] = self.part
        for picture in self.pictures:
            found[picture] = '<svg xmlns="http://www.w3.org/2000/svg"/>\n'
        for name, items in self.pages.items():
            title = self.titles[name]
            found[f"{name}.rst"] = f"{title}\n{'=' * len(title)}\n\n" + "\n".join(item.text() for item in items)
            found[f"locales/de/LC_MESSAGES/{name}.po"] = self.catalog([title, *(item.name for item in items)])
        return found

    def catalog(self, names: list[str]) -> str:
        """Return the translations of titles, some of them missing or unsure; prose is never translated."""
        entries = [
            f'{"#, fuzzy" + chr(10) if name in self.fuzzy else ""}msgid "{name}"\nmsgstr "{name} (de)"\n'
            for name in dict.fromkeys(names)
            if name not in self.untranslated
        ]
        return "\n".join(['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n', *entries])


def searched(files: dict[str, bytes]) -> dict[str, Any]:
    """Return the search index without the words that Sphinx keeps after the last page that has them is gone."""
    text = files["searchindex.js"].decode().removeprefix("Search.setIndex(").removesuffix(")")
    index: dict[str, Any] = json.loads(text)
    for words in ("terms", "titleterms"):
        index[words] = {word: pages for word, pages in index[words].items() if pages != []}
    return index


def without_pictures(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files without pictures: Sphinx keeps those that no page shows any more."""
    return {name: content for name, content in files.items() if not name.startswith("_images/")}


def warned(app: Any) -> list[str]:
    """Return the warnings of a build, in no order."""
    return sorted(strip_escape_sequences(app.warning.getvalue()).splitlines())


PLAIN: dict[str, Any] = {
    "extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.navigation"],
    "html_theme": "basic",
    "nitpicky": True,
}
CACHES: dict[str, Any] = PLAIN | {
    "extensions": [*PLAIN["extensions"], "sphinx_folio.search", "sphinx_speedups"],
    "html_theme": "furo",
    "html_sidebars": None,
}
"""With furo, the cached parts of the search index and all of sphinx_speedups."""
GERMAN: dict[str, Any] = PLAIN | {
    "extensions": [*PLAIN["extensions"], "sphinx_folio.languages", "sphinx_folio.export"],
    "folio_exports": ["docx", "json", "json-ld", "llms-full", "markdown", "rendercv", "txt", "vcard"],
    "folio_match": True,
    "folio_languages": {"en": "", "de": "de"},
    "language": "de",
    "locale_dirs": ["locales"],
}


@pytest.mark.filterwarnings("ignore:.*MystReferenceResolver:sphinx.deprecation.RemovedInSphinx11Warning")
@pytest.mark.parametrize(
    ("settings", "parallel", "steps"),
    [
        (PLAIN, 1, STEPS),
        (PLAIN, 3, STEPS // 3),
        (GERMAN, 1, STEPS // 3),
        (CACHES | {"folio_search_split": 10}, 1, STEPS // 4),
        (CACHES, 1, STEPS // 4),
    ],
    ids=["plain", "parallel", "translated", "caches and a split index", "caches"],
)
def test_editing_and_building_again_equals_building_anew(
    build: Any,
    contents: Callable[..., Any],
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, Any],
    parallel: int,
    steps: int,
) -> None:
    author = Author(SEED)
    sources = author.sources()
    build(sources, settings=settings, parallel=parallel)
    edits: list[str] = []
    for step in range(1, steps + 1):
        edits.append(author.edit())
        before, sources = sources, author.sources()
        changed = {
            name: sources.get(name) for name in before.keys() | sources.keys() if before.get(name) != sources.get(name)
        }
        monkeypatch.setattr(gettext, "_translations", {})  # Python keeps catalogs as long as the process lives
        incremental = build(changed, settings=settings, parallel=parallel)
        if step % STEPS_TO_A_CLEAN_BUILD:
            continue
        again, repeated = without_pictures(contents(incremental.outdir)), warned(incremental)
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        clean = build({}, settings=settings, parallel=parallel, folder="clean")
        expected = without_pictures(contents(clean.outdir))
        where = f"seed {SEED}, step {step} ({', '.join(edits[-STEPS_TO_A_CLEAN_BUILD:])})"
        assert repeated == warned(clean), where
        assert again.keys() == expected.keys(), where
        if "searchindex.js" in expected:
            assert searched(again) == searched(expected), where
        assert [name for name in sorted(again.keys() - {"searchindex.js"}) if again[name] != expected[name]] == [], (
            where
        )


@pytest.mark.filterwarnings("ignore:.*MystReferenceResolver:sphinx.deprecation.RemovedInSphinx11Warning")
def test_editing_while_live_serves_equals_building_anew(
    contents: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2] / "src"))
    author, site = Author(SEED), tmp_path / "site"
    settings = {**PLAIN, "extensions": [*PLAIN["extensions"], "sphinx_folio.search", "sphinx_folio.export"]}
    settings["folio_match"] = True
    sources = {**author.sources(), "conf.py": "\n".join(f"{name} = {value!r}" for name, value in settings.items())}

    def save(changed: dict[str, str | None]) -> None:
        for name, text in changed.items():
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_text(text, encoding="utf-8")

    def said(channel: io.StringIO) -> dict[str, Any]:
        """Return what a build has reported at its end, and the pages that it has reported first."""
        messages = [json.loads(line) for line in channel.getvalue().splitlines()]
        channel.truncate(channel.seek(0))
        return {**messages[-1], "first": [message["page"] for message in messages if message["event"] == "page"]}

    save(dict(sources))
    channel = io.StringIO()
    worker = Worker(Options.of(site, site, tmp_path / "html", tmp_path / "doctrees", "en"), channel)
    request.addfinalizer(worker.close)
    worker.build((), fresh=False, draft=False)
    for step in range(STEPS // 6):
        where = f"seed {SEED}, step {step}"
        first: dict[str, bytes] = {}
        for _edit in range(author.random.randrange(1, 3)):  # the author does not always pause
            where += f", {author.edit()}"
            before, sources = sources, {**author.sources(), "conf.py": sources["conf.py"]}
            changed = {
                name: sources.get(name)
                for name in before.keys() | sources.keys()
                if before.get(name) != sources.get(name)
            }
            save(changed)
            channel.truncate(channel.seek(0))
            fresh = any(not name.endswith((".rst", ".md")) for name in changed)
            viewed = [f"{name}.html" for name in author.random.sample(sorted(author.pages), 2)]
            worker.build([str(site / name) for name in changed], fresh=fresh, draft=True, viewed=viewed)
            first = {page: (tmp_path / "html" / page).read_bytes() for page in said(channel)["first"]}
        worker.build((), fresh=False, draft=False)
        warnings = said(channel)["warnings"]
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        command = (sys.executable, "-m", "sphinx", "-n", "-q", "-E", "--no-color", "-d", tmp_path / "clean-doctrees")
        clean = subprocess.run((*command, site, tmp_path / "clean"), capture_output=True, encoding="utf-8", check=True)
        assert {*"\n".join(warnings).splitlines()} == {*clean.stderr.splitlines()}, where
        again, expected = without_pictures(contents(tmp_path / "html")), without_pictures(contents(tmp_path / "clean"))
        assert again.keys() == expected.keys(), where
        assert [name for name in sorted(again.keys() - {"searchindex.js"}) if again[name] != expected[name]] == [], (
            where
        )
        assert [page for page, content in first.items() if content != expected[page]] == [], where
