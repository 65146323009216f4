"""Measure how well postings are understood, against labels.

A file has one JSON object a line, see ``tests/data/postings/README.md``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from sphinx_folio.export.match_field import engine
from sphinx_folio.matching.conditions import MUST
from sphinx_folio.matching.page_data import page_data, script_source
from sphinx_folio.matching.reading import plain_text
from sphinx_folio.matching.requirements import OPEN, Requirements, requirements
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.vocabulary import Finder, Vocabulary, built_in
from sphinx_folio.vocabulary.concepts import squashed

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = ROOT / "tests" / "data" / "postings" / "development.jsonl"


@dataclass
class Result:
    """Counts of right answers."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    found: int = 0
    """Skills that are found, right or wrong."""
    details: list[str] = field(default_factory=list)
    """What is wrong."""

    @property
    def precision(self) -> float:
        """Return the share of right skills among those that are found."""
        return self.right["skills"] / self.found if self.found else 1.0

    def share(self, name: str) -> float:
        """Return the share of right answers to a question; for ``skills``, the recall."""
        return self.right[name] / self.total[name] if self.total[name] else 1.0

    def count(self, name: str, posting: str, wanted: object, got: object) -> None:
        """Count an answer."""
        self.total[name] += 1
        self.right[name] += wanted == got
        if wanted != got:
            self.details.append(f"{posting}: {name}: {wanted!r} wanted, {got!r} found")


def measure(rows: list[dict[str, Any]], finder: Finder | None = None) -> Result:
    """Compare what is understood of postings with their labels.

    Args:
        rows: The postings.
        finder: With what names are found; otherwise the built-in vocabulary.
    """
    vocabulary = built_in()
    finder, result = finder or Finder(vocabulary), Result()
    for row in rows:
        asked = requirements(plain_text(row["text"]), finder)
        count_skills(row, asked, vocabulary, result)
        for name in ("years", "degree", "seniority", "place", "remote"):
            got = getattr(asked, name)
            wanted_value = row[name] or None if name == "years" else row[name]  # no years and 0 years ask the same
            result.count(name, row["id"], wanted_value, got if name == "remote" else got or None)
        wanted = {(item["name"], item["level"], item["must"]) for item in row["languages"]}
        found = {(item.name, item.level or None, item.strength == MUST) for item in asked.languages}
        result.count("languages", row["id"], wanted, found)
    return result


def count_skills(row: dict[str, Any], asked: Requirements, vocabulary: Vocabulary, result: Result) -> None:
    """Count the skills of a posting: found or not, must or may, their years, and the sentence."""
    labels = {}
    for label in row["skills"]:
        labels[key_of(label["name"], vocabulary)] = label
    found = {key_of(ask.concept.name, vocabulary): ask for ask in asked.skills}
    result.found += len(found)
    result.total["skills"] += len(labels)
    for key in sorted(labels.keys() - found.keys()):
        result.details.append(f"{row['id']}: not found: {key} in {labels[key]['sentence']!r}")
    for key in sorted(found.keys() - labels.keys()):
        result.details.append(f"{row['id']}: not asked: {key} in {found[key].sentence!r}")
    for key in sorted(labels.keys() & found.keys()):
        label, ask = labels[key], found[key]
        result.right["skills"] += 1
        strength = "must" if label["must"] else "one of" if label.get("any_of") else "may"
        result.count("must or may", f"{row['id']}: {key}", strength, ask.strength)
        result.count("years of a skill", f"{row['id']}: {key}", label["years"] or 0, ask.years)
        same = is_same_sentence(label["sentence"], ask.sentence)
        result.count("sentence", f"{row['id']}: {key}", wanted=True, got=same)


def is_same_sentence(labeled: str, found: str) -> bool:
    """Return whether one sentence contains the other; of the row of a table, its longest cell counts."""
    longest = max(labeled.split("|"), key=len).strip()
    return longest in found or found.rstrip(".。;；") in labeled


def agreement(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> Result:
    """Compare the labels of two authors for the same postings; those of the first are the wanted ones."""
    vocabulary, result = built_in(), Result()
    labels = {row["id"]: row for row in others}
    for row in rows:
        other = labels[row["id"]]
        one, two = ({key_of(label["name"], vocabulary): label for label in item["skills"]} for item in (row, other))
        result.found += len(two)
        result.total["skills"] += len(one)
        for key in sorted(one.keys() & two.keys()):
            result.right["skills"] += 1
            result.count("must or may", f"{row['id']}: {key}", one[key]["must"], two[key]["must"])
        result.details += [f"{row['id']}: only one has {key}" for key in sorted(one.keys() ^ two.keys())]
        for name in ("years", "degree", "seniority", "place", "remote"):
            result.count(name, row["id"], row[name], other[name])
    return result


def key_of(name: str, vocabulary: Vocabulary) -> str:
    """Return the same key for the names of one skill."""
    concept = vocabulary.find(name)
    return concept.key if concept else f"{OPEN}{squashed(name)}"


@dataclass(frozen=True)
class Sizes:
    """What a page with the field loads, in bytes that are compressed with gzip."""

    first: int
    """The script, when a reader enters the field."""
    more: list[int]
    """The shards of the vocabulary for each posting."""
    requests: list[int]
    """How many shards these are."""


_LOAD = """function load(text) {
  for (let missing; (missing = missingFor(text)).length; ) {
    for (const number of missing) finder.load(number, SHARDS[number]);
  }
  return JSON.stringify([...finder.shards]);
}
"""


def sizes(portfolio: Portfolio, vocabulary: Vocabulary, rows: list[dict[str, Any]]) -> Sizes:
    """Return what a page loads for each of some postings if it is the first one."""
    script, shards = engine(portfolio, vocabulary, {})
    weights = [len(gzip.compress(shard.encode(), 9)) for shard in shards]
    data, texts = page_data(portfolio, vocabulary, {})
    needed = []
    for row in rows:
        context: Any = import_module("quickjs").Context()
        context.eval(f"const DATA = {json.dumps(data)}, SHARDS = {json.dumps(texts)};\n{script_source()}\n{_LOAD}")
        needed.append(json.loads(context.get("load")(row["text"])))
    return Sizes(
        first=len(gzip.compress(script.encode(), 9)),
        more=[sum(weights[number] for number in numbers) for numbers in needed],
        requests=[*map(len, needed)],
    )


def read(path: Path) -> list[dict[str, Any]]:
    """Return the postings of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Print the result for a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEVELOPMENT, help="labeled postings")
    parser.add_argument("--labels", type=Path, help="the labels of another author, which are compared instead")
    parser.add_argument("--details", action="store_true", help="also print what is wrong")
    parser.add_argument(
        "--sizes", action="store_true", help="also print what a page with the field loads; needs quickjs"
    )
    options = parser.parse_args()
    rows = read(options.file)
    start = time.perf_counter()
    result = agreement(rows, read(options.labels)) if options.labels else measure(rows)
    seconds = time.perf_counter() - start
    print(f"{len(rows)} postings, {seconds * 1000 / len(rows):.1f} ms each")
    print(f"skills: precision {result.precision:.3f}, recall {result.share('skills'):.3f} of {result.total['skills']}")
    for name in result.total:
        if name != "skills":
            print(f"{name}: {result.share(name):.3f} of {result.total[name]}")
    if options.sizes:
        loaded = sizes(Portfolio(pages=()), built_in(), rows)
        print(f"the field loads {loaded.first} bytes when it is entered, and then for a posting", end=" ")
        print(f"{median(loaded.more):.0f} (at most {max(loaded.more)}) in {median(loaded.requests):.0f} requests")
    if options.details:
        print("\n".join(result.details))


if __name__ == "__main__":
    main()
