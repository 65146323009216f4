"""What a build makes of the results of the command verify: marks, details, data and warnings."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.records import Evidence
from sphinx_folio.portfolio.verification import Answer, Check, Count, Lock, Proof, Source, Verification, claim_of
from sphinx_folio.verification.lock import as_text, file_digest, person_digest

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://github.com/example/pool"
PAGE = """\
Home
====

.. person:: ada
   :name: Ada Example

Pool
----

.. project:: pool
   :repository: https://github.com/example/pool

.. highlight:: fast

   Fast.

   .. evidence:: limit
      :kind: pull-request
      :title: #1 Limit the pool
      :url: https://github.com/example/pool/pull/1
      :date: 2023-01-05
      :by: own

   .. evidence:: talk
      :kind: page
      :title: A talk
      :url: https://example.org/talk
      :by: team
      :archived: https://archive.example.org/talk
"""
REPORT = """\
Evidence
========

.. evidence-table::

.. evidence-coverage::

.. evidence-checks::
"""
PAGES = {"index.rst": f"{PAGE}\n.. toctree::\n\n   proof\n", "proof.rst": REPORT}
LIMIT = Evidence(
    key="limit", name="#1 Limit", docname="", node_id="", line=1, kind="pull-request", by="own",
    url=f"{URL}/pull/1", date=PartialDate.parse("2023-01-05"),
)  # fmt: skip
TALK = Evidence(
    key="talk", name="A talk", docname="", node_id="", line=1, kind="page", by="team", url="https://example.org/talk"
)
SIGNED = Verification(
    rung="signed",
    checks=(("exists", Check("yes")), ("title", Check("unknown", "own-words")), ("author", Check("yes", "2/3")), ("signed", Check("yes", "GitHub"))),
    swhid="swh:1:rev:" + "a" * 40 + f";origin={URL}",
)  # fmt: skip
UNCHECKED = Verification(checks=(("exists", Check("unknown", "not-in-repository")),))
IDENTITIES = ["Ada Example"]
LOCK = Lock(
    date="2026-11-28",
    person=person_digest("ada", IDENTITIES),
    sources={URL: Source(head="b" * 40, notes=("grafts-ignored",))},
    proofs={"limit": Proof(claim=claim_of(LIMIT), verification=SIGNED), "talk": Proof(claim=claim_of(TALK), verification=UNCHECKED)},
)  # fmt: skip


@pytest.fixture
def built(build: Any) -> Any:
    """Return a function that builds the pages with a lock file."""

    def build_with(lock: Lock | str | None = LOCK, pages: dict[str, str | None] | None = None, **settings: Any) -> Any:
        text = lock if isinstance(lock, str) else as_text(lock) if lock else None
        files: dict[str, str | None] = {**PAGES, **(pages or {})}
        if text is not None:
            files["evidence.lock"] = text
        return build(files, settings={"folio_identities": IDENTITIES, **settings}, warningiserror=False)

    return build_with


def soup(app: Any, page: str) -> BeautifulSoup:
    return BeautifulSoup((app.outdir / page).read_text("utf-8"), "html.parser")


def warnings(app: Any) -> list[str]:
    return strip_escape_sequences(app.warning.getvalue()).splitlines()


def with_proof(verification: Verification) -> Lock:
    return replace(LOCK, proofs=dict(LOCK.proofs) | {"limit": Proof(claim=claim_of(LIMIT), verification=verification)})


def test_each_proof_shows_its_rung_and_on_demand_its_checks(built: Any) -> None:
    app = built()
    assert warnings(app) == []
    entry = soup(app, "index.html").find(id="evidence_limit")
    assert entry is not None
    details = entry.select_one("details.folio-check")
    assert details is not None
    summary = details.find("summary")
    assert summary is not None
    assert summary.get_text().strip() == "● author matches, signed"
    assert [item.get_text().strip() for item in details.select("li")] == [
        "Revision exists: yes",
        "Lines by the person: 2/3",
        "Signature: yes (GitHub)",
        f"Software Heritage (SWHID) swh:1:rev:{'a' * 40}",
        "Checked on Nov 28, 2026 with sphinx-folio verify How this was checked",
    ]
    links = [link["href"] for link in details.select("a")]
    assert links == [f"https://archive.softwareheritage.org/{SIGNED.swhid}", "proof.html"]
    talk = soup(app, "index.html").find(id="evidence_talk")
    assert talk is not None
    assert [item.get_text().strip() for item in talk.select("details li")][:2] == [
        "not in a repository",
        "archived copy",
    ]


def test_without_links_no_link_to_the_report_is_shown(build: Any) -> None:
    files = {**PAGES, "evidence.lock": as_text(LOCK)}
    app = build(files, builder="text", settings={"folio_identities": IDENTITIES})
    text = (app.outdir / "index.txt").read_text("utf-8")
    assert "Checked on Nov 28, 2026 with sphinx-folio verify\n" in text
    assert "How this was checked" not in text


def test_the_report_says_what_was_checked_against_what(built: Any) -> None:
    page = soup(built(), "proof.html")
    rows = [
        [cell.get_text().strip() for cell in row.select("th, td")] for row in page.select(".folio-check-table tbody tr")
    ]
    assert rows == [
        ["A talk", "○ not verified", "not in a repository"],
        ["#1 Limit the pool", "● author matches, signed"],
    ]
    assert [label.get_text() for label in page.select("summary")] == ["Passed (1)"]
    assert [cell.get_text() for cell in page.select(".folio-check-rungs tbody tr > :first-child .folio-rung")] == [
        "● author matches, signed",
        "◕ author matches, merged by others",
        "◑ author matches",
        "◔ in the repository",
        "○ not verified",
    ]
    sources = page.select_one(".folio-check-sources tbody")
    assert sources is not None
    assert [cell.get_text().strip() for cell in sources.select("th, td")] == [
        URL,
        "b" * 10,
        "with grafts, which were ignored",
    ]
    text = page.get_text()
    assert f"sphinx-folio verify --repository {URL}=CLONE" in text
    assert "This does not prove who did the work" in text
    marks = [mark.get_text() for mark in page.select(".folio-proof-table .folio-rung")]
    assert marks == ["● author matches, signed", "○ not verified"]
    [first, _second] = page.select(".folio-proof-table a:has(.folio-rung)")
    assert first["href"] == "index.html#evidence_limit"


def test_the_report_lists_everything_that_the_table_shows_as_not_verified(built: Any) -> None:
    more = """
.. skill:: go
   :name: Go

.. talk:: pools
   :title: Pools
   :event: Example Conference
   :url: https://example.org/pools
   :skills: go

.. talk:: slides
   :title: Slides
   :event: Example Conference
   :url: https://github.com/example/pool/blob/v1.0/slides.pdf
   :skills: go
"""
    changed = PAGE.replace(":date: 2023-01-05", ":date: 2023-01-06")
    app = built(pages={"index.rst": f"{changed}{more}\n.. toctree::\n\n   proof\n"})
    page = soup(app, "proof.html")
    rows = [[cell.get_text().strip() for cell in row.select("th, td")] for row in page.select(".folio-check-table tr")]
    assert rows[1:] == [
        ["#1 Limit the pool", "○ changed since the check", ""],
        ["A talk", "○ not verified", "not in a repository"],
        ["Pools", "○ not verified", "not in a repository"],
        ["Slides", "○ not verified", ""],
    ]
    assert [number.get_text() for number in page.select(".folio-check-rungs .folio-figure")] == [
        "0",
        "0",
        "0",
        "0",
        "4",
    ]
    assert len(page.select(".folio-proof-table .folio-rung")) == 4


def test_coverage_and_data_count_verified_proofs(built: Any) -> None:
    app = built()
    data = json.loads((app.outdir / "evidence.json").read_text("utf-8"))
    assert data["highlights"]["with_verified_evidence"] == 1
    [limit, talk] = data["evidence"]["highlight"]["fast"]
    assert (limit["verified"], limit["swhid"]) == ("signed", SIGNED.swhid)
    assert limit["checks"]["author"] == {"result": "yes", "reason": "2/3"}
    assert (talk["verified"], talk["swhid"]) == ("unchecked", None)
    header = [cell.get_text().strip() for cell in soup(app, "proof.html").select(".folio-coverage thead th")]
    assert header[-1] == "Verified"


def test_without_a_lock_nothing_is_shown_and_nothing_warns(built: Any) -> None:
    app = built(None)
    assert warnings(app) == []
    assert not soup(app, "index.html").select(".folio-rung, .folio-check")
    assert not soup(app, "proof.html").select(".folio-rung, .folio-check-table")
    assert "verified" not in (app.outdir / "evidence.json").read_text("utf-8")
    assert "archived copy" in soup(app, "index.html").get_text()


@pytest.mark.parametrize(
    ("old", "new", "facts"),
    [
        ("pull/1", "pull/2", "url"),
        ("2023-01-05", "2023-01-06", "date"),
        (":by: own", ":by: team", "by"),
        ("#1 Limit", "#2 Limit", "number"),
        (":by: own", ":revision: v1\n      :by: own", "revision"),
        (".. person:: ada", ".. person:: eve", "person"),
    ],
)
def test_changed_evidence_is_stale(built: Any, old: str, new: str, facts: str) -> None:
    app = built(pages={"index.rst": PAGES["index.rst"].replace(old, new)})
    [line] = warnings(app)
    assert f"evidence 'limit' has changed since it was checked ({facts}); run “sphinx-folio verify”" in line
    assert line.endswith("[folio.stale_check]")
    assert "index.rst:17: WARNING" in line
    assert "○ changed since the check" in soup(app, "index.html").get_text()


def test_other_identities_make_own_work_stale(built: Any) -> None:
    [line] = warnings(built(folio_identities=["Eve"]))
    assert "evidence 'limit' has changed since it was checked (person)" in line


def test_new_evidence_has_not_been_checked(built: Any) -> None:
    [line] = warnings(built(replace(LOCK, proofs={"limit": LOCK.proofs["limit"]})))
    assert "evidence 'talk' has not been checked; run “sphinx-folio verify”" in line


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (":kind: pull-request", ":kind: pull", "unknown kind 'pull'; "),
        (":by: own", ":by: owm", "unknown by 'owm'; did you mean 'own'?"),
        (":url: https:", ":url: htps:", "url: not a link"),
        (":date: 2023-01-05", ":date: 2023-13", "date: no such date: '2023-13'"),
    ],
)
def test_a_mistake_is_reported_without_the_stale_check(built: Any, old: str, new: str, says: str) -> None:
    assert old in PAGES["index.rst"]
    [line] = warnings(built(pages={"index.rst": PAGES["index.rst"].replace(old, new, 1)}))
    assert says in line


def test_new_evidence_without_options_is_reported_once(built: Any) -> None:
    [line] = warnings(built(pages={"index.rst": PAGES["index.rst"] + "\n.. evidence:: new\n"}))
    assert "evidence lacks the required options 'title', 'kind', 'url', 'by' [folio.missing_option]" in line


DOUBTS = (("merged", Check("no", "self")), ("signed", Check("no", "unsigned")))
"""Answers that contradict nothing."""


def test_failed_checks_warn_in_every_build(built: Any) -> None:
    failed = Verification(
        rung="failed", checks=(("exists", Check("yes")), ("date", Check("no", "2023-02-01")), *DOUBTS)
    )
    for _build in range(2):
        app = built(with_proof(failed))
        [line] = warnings(app)
        assert "evidence 'limit': date is 2023-01-05 here, 2023-02-01 in the repository; correct it, then run" in line
        assert line.endswith("[folio.failed_check]")
    assert "✗ contradicted" in soup(app, "index.html").get_text()


def test_marks_differ_without_color(built: Any) -> None:
    seen = set()
    for rung in ("failed", "unchecked", "exists", "author", "merged", "signed"):
        app = built(with_proof(replace(SIGNED, rung=rung)))
        mark = soup(app, "index.html").select_one("#evidence_limit .folio-rung")
        assert mark is not None
        seen.add(mark.get_text().strip()[0])
    assert len(seen) == 6


def test_a_new_lock_writes_the_pages_again(built: Any) -> None:
    built()
    app = built(with_proof(replace(SIGNED, rung="merged", checks=())))
    assert "◕ author matches, merged by others" in soup(app, "index.html").get_text()
    assert "◕ author matches, merged by others" in soup(app, "proof.html").get_text()


def test_too_little_verified_evidence_warns(built: Any) -> None:
    [line] = warnings(built(None, folio_evidence_verified_under=50))
    assert "0% of skills and highlights have verified evidence, less than folio_evidence_verified_under (50%)" in line
    assert line.endswith("[folio.evidence_verification]")
    assert warnings(built(folio_evidence_verified_under=100)) == []


@pytest.mark.parametrize(
    ("text", "reason"), [('{"format": 99}', "its format is version 99, not 1"), ("<<<<", "it is not a lock file")]
)
def test_an_unusable_lock_is_refused_with_the_remedy(built: Any, text: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=f"evidence.lock cannot be used: {reason}.*; run “sphinx-folio verify”"):
        built(text)
    assert warnings(built(text, folio_evidence_lock="")) == []


def test_counts_that_changed_or_failed_warn_at_their_setting(build: Any, tmp_path: Path) -> None:
    question = {"count": "commits", "repository": URL, "revision": "v1", "without": ("a",)}
    conf = f"folio_counts = {{'figures.csv': {question!r}}}\n"
    count = Count(question=question, result="yes", digest=file_digest("commits\n3\n"))
    lock = replace(LOCK, counts={"figures.csv": count})

    def build_counts(lock: Lock, figures: str = "commits\n3\n") -> list[str]:
        files = {**PAGES, "evidence.lock": as_text(lock), "figures.csv": figures}
        return warnings(build(files, conf=conf, settings={"folio_identities": IDENTITIES}))

    assert build_counts(lock) == []
    [line] = build_counts(lock, "commits\n4\n")
    assert "conf.py:1: WARNING: the counts in figures.csv have changed since they were checked" in line
    [line] = build_counts(LOCK)
    assert line.endswith("[folio.stale_check]")
    [line] = build_counts(replace(lock, counts={"figures.csv": replace(count, question=question | {"revision": "v2"})}))
    assert line.endswith("[folio.stale_check]")
    [line] = build_counts(replace(lock, counts={"figures.csv": replace(count, result="no", reason="other")}))
    assert (
        "the repository contradicts the counts in figures.csv; run “sphinx-folio verify --write” [folio.failed_check]"
        in line
    )
    absent = replace(LOCK, counts={"figures.csv": Count(question=question, result="no", reason="no-file")})
    (tmp_path / "source" / "figures.csv").unlink()
    app = build({**PAGES, "evidence.lock": as_text(absent)}, conf=conf, settings={"folio_identities": IDENTITIES})
    [line] = warnings(app)
    assert (
        "conf.py:1: WARNING: there is no file figures.csv (relative to the folder of conf.py); "
        "run “sphinx-folio verify --write” to create it [folio.failed_check]" in line
    )


def test_figures_show_that_they_were_recounted(build: Any) -> None:
    lock = replace(
        LOCK,
        counts={
            "docs/figures.csv": Count(question={"count": "commits"}, result="yes"),
            "figures.csv": Count(question={"count": "commits"}, result="no"),
        },
    )
    table = ".. figure-table:: figures.csv\n   :rows: month\n   :value: commits\n"
    key = ".. key-figure:: figures.csv\n   :value: commits\n\n   commits\n"
    pages = {**PAGES, "figures.rst": f"Figures\n=======\n\n{table}\n{key}", "figures.csv": "month,commits\n2023-01,3\n"}
    pages["proof.rst"] += "\n.. toctree::\n\n   figures\n"
    app = build({**pages, "evidence.lock": as_text(lock)}, settings={"folio_identities": IDENTITIES})
    marks = soup(app, "figures.html").select("a:has(.folio-rung)")
    assert [mark.get_text() for mark in marks] == ["✗ recounted on Nov 28, 2026: different"] * 2
    assert {mark["href"] for mark in marks} == {"proof.html"}


def test_dead_links_are_marked_with_their_archived_copies(built: Any) -> None:
    links = {
        "https://example.org/talk": Answer("404", "2026-11-28"),
        URL: Answer("200", "2026-11-28"),
        "https://example.org/old": Answer("410", "2026-11-27"),
    }
    more = "\nSee `the old page <https://example.org/old#part>`_ and `the pool <https://github.com/example/pool>`_.\n"
    settings = {"folio_archived": {"https://example.org/old": "https://archive.example.org/old"}}
    app = built(replace(LOCK, links=links), {"index.rst": PAGE + more + "\n.. toctree::\n\n   proof\n"}, **settings)
    page = soup(app, "index.html")
    assert [mark.get_text() for mark in page.select(".folio-dead")] == [
        "✗ dead link on Nov 28, 2026",
        "✗ dead link on Nov 27, 2026",
    ]
    assert "the old page ✗ dead link on Nov 27, 2026 archived copy and the pool." in " ".join(page.get_text().split())
    copies = [link["href"] for link in page.select("a") if "archived copy" in link.get_text()]
    assert "https://archive.example.org/old" in copies
    assert "https://archive.example.org/talk" in copies
    temporary = {"https://example.org/talk": Answer("503", "2026-11-28"), URL: Answer("timeout", "2026-11-28")}
    assert not soup(built(replace(LOCK, links=temporary)), "index.html").select(".folio-dead")


def test_other_builders_show_the_details_in_full(build: Any) -> None:
    files = {**PAGES, "evidence.lock": as_text(LOCK)}
    app = build(files, builder="text", settings={"folio_identities": IDENTITIES})
    text = (app.outdir / "index.txt").read_text("utf-8")
    assert "● author matches, signed" in text
    assert "* Lines by the person: 2/3" in text


def test_names_in_a_lock_are_escaped(built: Any) -> None:
    evil = replace(SIGNED, checks=(("signed", Check("yes", "<script>alert(1)</script>")),))
    html = (built(with_proof(evil)).outdir / "index.html").read_text("utf-8")
    assert "<script>alert(1)" not in html
    assert "yes (&lt;script&gt;alert(1)&lt;/script&gt;)" in html


def test_pages_name_the_identifiers_of_their_evidence_as_linked_data(build: Any) -> None:
    home = "Home\n====\n\n.. toctree::\n\n   work\n   proof\n"
    files = {
        **PAGES,
        "index.rst": home,
        "work.rst": PAGE.replace("Home\n====", "Work\n===="),
        "evidence.lock": as_text(LOCK),
    }
    extensions = ["sphinx_folio", "sphinx_folio.export"]
    settings = {
        "folio_identities": IDENTITIES,
        "extensions": extensions,
        "folio_exports": ["json-ld"],
        "folio_resume": "index",
    }
    app = build(files, settings=settings)
    script = soup(app, "work.html").find("script", type="application/ld+json")
    assert script is not None
    [work] = [item for item in json.loads(script.get_text())["@graph"] if "identifier" in item]
    assert (work["url"], work["identifier"]) == (f"{URL}/pull/1", SIGNED.swhid)
    assert work["@id"].endswith("work.html#evidence_limit") or work["@id"] == "#evidence_limit"
