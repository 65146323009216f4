"""Ask the search of a built site: the engine of the browser, run by QuickJS (the extra ``search-check``).

A set of queries is a file with one query a line: the query, a tab, and the addresses that count as correct, separated
by spaces. An address is correct if it begins with one of these; ``-`` means that nothing may be found. A column between
the two, such as the kind of the query, is allowed. ``#`` and a space begin a comment line.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_folio.search.scripts import ANSWERING_FILES, script_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

SHOWN = 12
"""The number of results that the dialog shows."""

HARNESS = """
const ROOT = "";
%s
const load = (name) => {
  let content;
  const folioSearch = { index: (core) => (content = core), shard: (_, shard) => (content = shard) };
  new Function("folioSearch", readIndexFile(name))(folioSearch);
  return content;
};
const core = load("index.js");
const engine = new (core.terms ? LargeSearchEngine : SearchEngine)(core, async (name) => load(name));
const addressOf = ({ engine, record }) => engine.core.pages[record[PAGE]][0] + (record[ANCHOR] && `#${record[ANCHOR]}`);
let answer = "";
function ask(query) {
  answer = "";
  engine.search(query).then(
    ({ found }) => (answer = JSON.stringify({ found: found.slice(0, %d).map(addressOf) })),
    (error) => (answer = JSON.stringify({ error: String(error) })),
  );
}
"""


class Query(NamedTuple):
    """A query, its kind, and the beginnings of correct addresses; none if nothing may be found."""

    text: str
    kind: str
    accepted: tuple[str, ...]


class Score(NamedTuple):
    """How well a search answers a set of queries."""

    ranks: dict[str, int]
    """Query → rank of the first correct result; 0 if there are results but none is correct, -1 if there are none."""
    first: dict[str, str]
    """Query whose first result is not correct → that result."""
    unwanted: dict[str, str]
    """Query that must find nothing → the first result that it has."""
    empty: list[str]
    """The queries that must find nothing, and do."""

    @property
    def number(self) -> int:
        """Return the number of all queries."""
        return len(self.ranks) + len(self.unwanted) + len(self.empty)

    def recall(self, within: int) -> float:
        """Return the share of queries with a correct result within the first ones."""
        return sum(1 <= rank <= within for rank in self.ranks.values()) / max(1, len(self.ranks))


def is_available() -> bool:
    """Return whether QuickJS is installed."""
    return find_spec("quickjs") is not None


def read_queries(text: str) -> list[Query]:
    """Return the queries of a set, see the module.

    Raises:
        ValueError: A line has no tab; the message is its number.
    """
    queries = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        query, *others = line.split("\t")
        if not query or not others:
            raise ValueError(number)
        *kinds, accepted = others
        queries.append(Query(query, " ".join(kinds), () if accepted.strip() == "-" else tuple(accepted.split())))
    return queries


class BuiltSearch:
    """The search of a site in a folder."""

    def __init__(self, folder: Path) -> None:
        """Load the index of the site; ``folder`` has ``_static``."""
        index = folder / "_static" / "folio-search"
        self._context: Any = import_module("quickjs").Context()
        self._context.add_callable("readIndexFile", lambda name: (index / name).read_text(encoding="utf-8"))
        self._context.eval(HARNESS % (script_source(ANSWERING_FILES), SHOWN))
        self._ask: Any = self._context.get("ask")

    def results(self, query: str) -> list[str]:
        """Return the addresses of the results that the dialog shows, from the root of the site."""
        self._ask(query)
        while not self._context.get("answer") and self._context.execute_pending_job():
            pass
        answer: dict[str, Any] = json.loads(self._context.eval("answer"))
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return list(answer["found"])

    def score(self, queries: Iterable[Query]) -> Score:
        """Ask all queries."""
        score = Score({}, {}, {}, [])
        for query in queries:
            found = self.results(query.text)
            if query.accepted:
                score.ranks[query.text] = rank = _rank(found, query.accepted)
                if found and rank != 1:
                    score.first[query.text] = found[0]
            elif found:
                score.unwanted[query.text] = found[0]
            else:
                score.empty.append(query.text)
        return score


def _rank(found: Sequence[str], accepted: tuple[str, ...]) -> int:
    if not found:
        return -1
    return next((place for place, address in enumerate(found, 1) if address.startswith(accepted)), 0)
