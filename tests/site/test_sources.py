"""No figure without a source: what the pages on Spiderpool say is in the collected facts, or in the data beside them.

A block of prose (a paragraph, a list, the words of a figure or chart) rests on the facts whose addresses it links to
and on those that the comment above it names: ``% facts: flow-6-queue bench-rank``. Each figure in it has to stand in one
of them; on the home page, or in the résumé.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "spiderpool"
DATA = Path(__file__).parent / "data"
HOME = "../index.md"
RESUME_PAGE = "../resume.md"
CASE_STUDIES = ("address-owner.md", "contention.md", "recovery.md", "testing.md", "webhook-rules.md")
PAGES = (
    "index.md",
    "how-it-works.md",
    "benchmark.md",
    "contributions.md",
    *(f"case-studies/{n}" for n in CASE_STUDIES),
    HOME,
    RESUME_PAGE,
)
WORDS = ("key-figure", "figure-chart")
"""Directives whose content is prose."""
RELEASE = "https://github.com/spidernet-io/spiderpool/blob/afe6f90b3442f4f2ecf3b69ead5930dd3f7f8b67/"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

FACTS: dict[str, dict[str, Any]] = {
    fact["id"]: fact for fact in yaml.safe_load((DATA / "spiderpool-facts.yaml").read_text("utf-8"))["facts"]
}
RESUME = (ROOT / "tests" / "site" / "resume-zh.md").read_text("utf-8")
ADDRESS = re.compile(r"\]\((?P<address>[^()\s]+)\)|<(?P<bare>https?://[^<>\s]+)>")
FIGURE = re.compile(r"\b[0-9a-f]*\d[0-9a-f]*[a-f][0-9a-f]{6,}\b|\d+m\d+s|(?<![A-Za-z\d.])v?\d+(?:\.\d+)*(?:-rc\d+)?")


class Block(NamedTuple):
    """A piece of prose, where it begins, and the facts that the comment above it names."""

    line: int
    text: str
    named: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    """Yield the prose of a page: without directives, headings and targets."""
    fence, is_prose, begins = "", True, 0
    named: tuple[str, ...] = ()
    lines: list[str] = []
    last: tuple[str, ...] = ()  # of the definition before this one; a list of definitions is one block
    for number, line in enumerate([*text.splitlines(), ""], 1):
        mark = re.match(r"(`{3,})(?:\{([\w-]+)\})?", line)
        if fence and line.rstrip() == fence:
            fence, is_prose = "", True
        elif mark and not fence:
            fence, is_prose = mark[1], mark[2] in WORDS
        elif not is_prose:
            continue
        elif line.startswith("% facts:"):
            assert not lines, f"line {number}: a comment belongs above its block"
            named = tuple(line.removeprefix("% facts:").split())
        elif line.strip() and not re.match(r"#|\(.+\)=|:{3,}|:[\w-]+:|\{\.", line):
            begins = begins or number
            lines.append(line)
        elif lines:
            defines = len(lines) > 1 and lines[1].startswith(": ")
            named = named or (last if defines else ())
            yield Block(begins, "\n".join(lines), named)
            last = named if defines else ()
            named, lines, begins = (), [], 0


def addresses(text: str) -> list[str]:
    """Return what a text links to on the web, in full."""
    found = [match["address"] or match["bare"] for match in ADDRESS.finditer(text)]
    found = [address.replace("v0.5.1:", RELEASE) for address in found]
    return [address for address in found if address.startswith("http")]


def figures(text: str) -> list[str]:
    """Return the figures of a text; months by their number, no leading zeros, no address."""
    text = ADDRESS.sub("]", text)
    for number, month in enumerate(MONTHS, 1):
        text = re.sub(rf"\b(?:{month}|{month[:3]})\b", str(number), text)
    found = (figure.removeprefix("v").rstrip(".") for figure in FIGURE.findall(text.replace(",", "")))
    return [str(int(figure)) if figure.isdigit() else figure for figure in found]


def of_fact(fact: dict[str, Any]) -> set[str]:
    """Return the figures that a fact is a source of."""
    dates = [str(fact["date"]), *(str(source.get("date", "")) for source in fact.get("more_sources", []))]
    said = " ".join([fact["statement_en"], fact["statement_zh"], fact.get("caution", "")])
    parts = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1 \2 \3", " ".join([said, *dates]))
    return {*figures(said), *figures(parts)}


def sources(fact: dict[str, Any]) -> set[str]:
    """Return the addresses of a fact."""
    return {fact["url"], *(source["url"] for source in fact.get("more_sources", []))}


def without_source(block: Block, known: Iterable[str] = ()) -> list[str]:
    """Return the figures of a block that none of its facts has, and that are not known."""
    linked = set(addresses(block.text))
    facts = [fact for key, fact in FACTS.items() if key in block.named or sources(fact) & linked]
    known = set(known).union(*(of_fact(fact) for fact in facts))
    return [figure for figure in figures(block.text) if figure not in known]


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_has_its_source(name: str) -> None:
    known = figures(RESUME) if name in {HOME, RESUME_PAGE} else ()
    found = {
        f"{name}:{block.line}": missing
        for block in blocks((FOLDER / name).read_text("utf-8"))
        if (missing := without_source(block, known))
    }
    assert found == {}


@pytest.mark.parametrize("name", PAGES)
def test_every_fact_that_a_page_names_is_known(name: str) -> None:
    named = {key for block in blocks((FOLDER / name).read_text("utf-8")) for key in block.named}
    assert len(named) >= 4
    assert named <= set(FACTS)


@pytest.mark.parametrize("name", PAGES)
def test_every_address_has_been_looked_up(name: str) -> None:
    known = set().union(*(sources(fact) for fact in FACTS.values()))
    known |= {address.removesuffix("/") for address in addresses(RESUME)}
    linked = [address for block in blocks((FOLDER / name).read_text("utf-8")) for address in addresses(block.text)]
    told = {
        "https://github.com/spidernet-io/spiderpool/blob/v0.5.1/docs/usage/performance-zh_CH.md"
    }  # as links.csv has it
    told.add("https://landscape.cncf.io/?item=runtime--cloud-native-network--spiderpool")
    assert linked
    assert [address for address in linked if address not in known | told] == []


def test_a_figure_that_is_not_in_the_facts_is_found() -> None:
    page = (FOLDER / "how-it-works.md").read_text("utf-8")
    assert "队列上限 1000。" in page
    wrong = page.replace("队列上限 1000。", "队列上限 1001。")
    assert [missing for block in blocks(wrong) if (missing := without_source(block))] == [["1001"]]


def test_a_figure_in_the_words_of_a_key_figure_is_compared() -> None:
    page = (FOLDER / "index.md").read_text("utf-8")
    assert page.count("PR 120\u00a0个") == 1
    wrong = page.replace("PR 120\u00a0个", "PR 121\u00a0个")
    assert [missing for block in blocks(wrong) if (missing := without_source(block))] == [["121"]]


@pytest.mark.parametrize(("name", "least"), [("spiderpool.po", 100), ("index.po", 10)])
def test_translations_keep_the_figures(name: str, least: int) -> None:
    with (ROOT / "docs" / "locales" / "en" / "LC_MESSAGES" / name).open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    assert len(messages) > least
    changed = {
        str(message.id): (figures(str(message.id)), figures(str(message.string)))
        for message in messages
        if Counter(figures(str(message.id))) != Counter(figures(str(message.string)))
    }
    assert changed == {}


def commits() -> list[dict[str, str]]:
    """Return the commits on main that are counted."""
    with (DATA / "spiderpool-commits.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file of the pages."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_pull_requests_are_dated_as_the_repository_has_them() -> None:
    page = (FOLDER / "index.md").read_text("utf-8")
    told = re.findall(r"pull/(\d+)\n:date: ([\d-]+)\n:revision: ([0-9a-f]{40})", page)
    assert len(told) >= 15
    known = {(commit["pull_request"], commit["pull_request_merged_at"][:10]) for commit in commits()}
    revisions = {(commit["pull_request"], commit["commit"]) for commit in commits()}
    assert [entry for entry in told if entry[:2] not in known] == []
    assert [entry for entry in told if (entry[0], entry[2]) not in revisions] == []


def test_commits_are_counted_by_month() -> None:
    counted = Counter(commit["author_date"][:7] for commit in commits())
    assert {row["month"]: int(row["commits"]) for row in rows("spiderpool-months.csv")} == counted
    assert f"以 {counted.total()} 次提交" in (FOLDER / "index.md").read_text("utf-8")


def test_pull_requests_are_counted_once_by_the_month_of_their_first_merge() -> None:
    with (DATA / "spiderpool-own-merges.csv").open(encoding="utf-8", newline="") as file:
        merges = list(csv.DictReader(file))
    months: dict[str, str] = {}
    for merge in merges:
        months.setdefault(merge["pull_request"], merge["committed_at"][:7])
    counted = Counter(months.values())
    assert {row["month"]: int(row["merged"]) for row in rows("spiderpool-pull-requests.csv")} == counted
    page = (FOLDER / "contributions.md").read_text("utf-8")
    assert f"{len(merges)} 个合并提交来自我的 fork，#413 的合并提交出现了两次，因此是 {counted.total()} 个 PR" in page


def test_commits_by_directory_and_lines_are_those_of_the_facts() -> None:
    areas = {row["directory"].rpartition("/")[2]: row["commits"] for row in rows("spiderpool-areas.csv")}
    told = re.findall(r"(\w+) \((\d+)\)", FACTS["c-areas"]["statement_en"])
    assert told
    assert all(areas[name] == number for name, number in told)
    for revision, key in (("v0.5.1", "c-blame"), ("a7fbd3b", "c-survives")):
        shares = {
            row["package"].rpartition("/")[2]: row["percent"]
            for row in rows("spiderpool-lines.csv")
            if row["revision"] == revision
        }
        told = [(name, share) for share, name in re.findall(r"(\d+) % of (\w+)", FACTS[key]["statement_en"])]
        assert told
        assert all(shares[name] == share for name, share in told if name in shares)
    files = {row["package"]: row["percent"] for row in rows("spiderpool-lines.csv") if row["revision"] == "v0.5.1"}
    mine = [int(number) for number in re.findall(r"(\d+) of (\d+)", FACTS["c-not-mine"]["statement_en"])[0]]
    assert files["pkg/gcmanager"] == f"{100 * mine[0] / mine[1]:.0f}"


def test_all_64_cells_are_those_of_the_facts() -> None:
    columns = {
        "Spiderpool": "Spiderpool",
        "Whereabouts": "Whereabouts (CRD backend)",
        "Kube-OVN": "Kube-OVN",
        "Calico": "calico-ipam (CRD backend)",
    }
    groups = {
        "bench-dual-1x1000": ("IPv4/IPv6 dual stack", "1 Deployment x 1000 replicas"),
        "bench-dual-100x10": ("IPv4/IPv6 dual stack", "100 Deployments x 10 replicas"),
        "bench-v4-1x1000": ("IPv4", "1 Deployment x 1000 replicas"),
        "bench-v4-100x10": ("IPv4", "100 Deployments x 10 replicas"),
    }
    count = 0
    for key, (stack, layout) in groups.items():
        for name, column in columns.items():
            [told] = re.findall(rf"{name} ([\w]+) / ([\w]+) / ([\w]+) / ([\w]+)", FACTS[key]["statement_en"])
            shown = [
                "failed" if row["outcome"] == "failed" else row["value_as_printed"]
                for row in rows("spiderpool-benchmark.csv")
                if (row["ip_stack"], row["deployment_layout"], row["ipam_plugin"]) == (stack, layout, column)
            ]
            assert shown == list(told)
            minutes = [re.fullmatch(r"(\d+)m(\d+)s", cell) for cell in told]
            seconds = [str(int(match[1]) * 60 + int(match[2])) if match else "" for match in minutes]
            assert seconds == [
                row["seconds"]
                for row in rows("spiderpool-benchmark.csv")
                if (row["ip_stack"], row["deployment_layout"], row["ipam_plugin"]) == (stack, layout, column)
            ]
            count += len(told)
    assert count == 64


SKILLS = ROOT / "docs" / "skills"
EVIDENCE = re.compile(r"{evidence} (?P<key>\S+)\n(?P<options>(?::.*\n)+)")


def evidence_options() -> dict[str, dict[str, str]]:
    """Return the options of every piece of evidence on the site, by key."""
    found = {}
    for path in (ROOT / "docs").rglob("*.md"):
        if path.parent.name != "make-your-own":
            for match in EVIDENCE.finditer(path.read_text("utf-8")):
                found[match["key"]] = dict(re.findall(r":([\w-]+): (.*)", match["options"]))
    return found


def test_every_figure_on_the_pages_of_skills_has_its_source() -> None:
    found: dict[str, list[str]] = {}
    named: set[str] = set()
    for path in sorted(SKILLS.glob("*.md")):
        for block in blocks(path.read_text("utf-8")):
            named.update(block.named)
            if missing := without_source(block):
                found[f"{path.name}:{block.line}"] = missing
    assert found == {}
    assert len(named) > 5
    assert named <= set(FACTS)


def test_own_work_is_decided_by_one_rule() -> None:
    """A pull request is the author's; lines are, if more than half of them are his by git blame."""
    with (DATA / "spiderpool-blame.csv").open(encoding="utf-8", newline="") as file:
        blame = {row["address"]: int(row["by_iiiceoo"]) * 2 > int(row["lines"]) for row in csv.DictReader(file)}
    found = evidence_options()
    assert len(found) > 45
    labels = {key: options["by"] == "own" for key, options in found.items()}
    own = {
        key: options["kind"] == "pull-request" or blame[options["url"].removeprefix(RELEASE)]
        for key, options in found.items()
    }
    assert labels == own


def test_pull_requests_on_the_pages_of_skills_are_dated_as_the_repository_has_them() -> None:
    merged = {(row["pull_request"], row["pull_request_merged_at"][:10], row["commit"]) for row in commits()}
    told = [
        (options["url"].rpartition("/")[2], options["date"], options["revision"])
        for options in evidence_options().values()
        if options["kind"] == "pull-request"
    ]
    assert len(told) > 25
    assert [entry for entry in told if entry not in merged] == []
