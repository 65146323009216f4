"""The index that the browser loads: one small script, or a core with shards that a query asks for."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio.i18n import _
from sphinx_folio.ledger import state_of
from sphinx_folio.search.aliases import groups_of, regional_in, variants_in
from sphinx_folio.search.catalogs import Catalogs
from sphinx_folio.search.records import Record, SearchRecords
from sphinx_folio.search.shards import add, call, split

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "folio-search"
SETTINGS = (
    *("language", "root_doc", "gettext_compact", "html_file_suffix", "html_link_suffix"),
    *("folio_search_aliases", "folio_search_split", "folio_levels", "folio_categories", "folio_today"),
)
"""What the index depends on beside the pages."""
REFERENCE = re.compile("\ue000([^\ue001]*)\ue001([^\ue002]*)\ue002")


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index once the site is written; what an earlier build wrote and this one did not is removed."""
    if exception is not None or app.builder.format != "html" or not getattr(type(app.builder), "search", False):
        return
    folder = Path(app.outdir, "_static", FOLDER)
    note = Path(app.doctreedir, f"folio-search-{_digest(f'{app.builder.name} {app.outdir}')}.json")
    state = _state(app)
    if _is_written(note, state, folder):
        return
    core, files, splits = _gather(app)
    if splits:
        split(core, files)
    columns = list(zip(*core["records"], strict=True))  # they pack better than rows
    files["index.js"] = call("index", core | {"records": columns})
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.js"):
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    digests = {name: _digest(content) for name, content in files.items()}
    note.write_text(json.dumps({"state": state, "files": digests}), encoding="utf-8")


def _state(app: Sphinx) -> str:
    """Return a digest of all that the index is made of: pages as they were read, rules of terms, settings, catalogs."""
    settings = [(name, getattr(app.config, name, None)) for name in SETTINGS]
    version = app.registry.get_envversion(app).get("sphinx_folio.search")
    return state_of(app.env, version, app.builder.name, settings, Catalogs(app).state())


def _is_written(note: Path, state: str, folder: Path) -> bool:
    """Tell whether an earlier build has made an index in the same state, and its files lie there unchanged."""
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
        kept = {path.name: _digest(path.read_text(encoding="utf-8")) for path in folder.glob("*.js")}
    except (OSError, ValueError):
        return False
    return bool(noted == {"state": state, "files": kept})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _gather(app: Sphinx) -> tuple[dict[str, Any], dict[str, str], bool]:
    """Return the core of the index with the texts in it, files that some queries ask for, and whether it is large."""
    names, portfolio = _objects(app)
    stored = SearchRecords(app.env).pages
    later = {docname for docname in stored if app.env.metadata[docname].get("search") == "later"}
    docnames = sorted(stored, key=lambda docname: (docname in later, docname))
    pages: list[list[str]] = []
    records: list[list[Any]] = []
    for docname in docnames:
        own = _worth_finding(stored[docname], names)
        pages.append([app.builder.get_target_uri(docname), _plain(stored[docname][0].title, names)])
        records += [_row(len(pages) - 1, record, names, portfolio) for record in own]
    splits = sum(len(row[5]) for row in records) > app.config.folio_search_split
    first = len(pages) if splits else len(pages) - len(later)  # what is split is asked for by parts, anyhow
    held = sum(row[0] < first for row in records)
    core: dict[str, Any] = {
        "pages": pages[:first],
        "records": records[:held],
        "kinds": _kinds(),
        "skills": _skills(names, records),
    }
    core["aliases"], unsaid = groups_of(core, app.config.folio_search_aliases)
    titles = _titles_elsewhere(app, docnames, records)
    files: dict[str, str] = {}
    rare = _rare([core, records[held:]], [row for row in titles if row[0] < held], unsaid)
    core["rare"] = add(files, "rare", rare)
    if held < len(records):
        rest = [pages[first:], records[held:], [row for row in titles if row[0] >= held]]
        core["later"] = add(files, "later", rest)
    return core, files, splits


def _titles_elsewhere(app: Sphinx, docnames: list[str], records: list[list[Any]]) -> list[list[Any]]:
    """Return what sections and objects are called in the site's other languages, each after the record's number."""
    catalogs = Catalogs(app)
    rows = [[number, *catalogs.elsewhere(docnames[row[0]], row[2])] for number, row in enumerate(records)]
    return [row for row in rows if len(row) > 1]


def _rare(said: list[Any], titles: list[list[Any]], aliases: list[list[str]]) -> list[Any]:
    """Return what only a query asks for that has words which the site does not say."""
    text = json.dumps([said, titles, aliases], ensure_ascii=False)
    regional = regional_in(text)
    return [*variants_in(text + "".join(there for there, _here in regional)), titles, aliases, regional]


def _worth_finding(records: list[Record], names: dict[tuple[str, str], str]) -> list[Record]:
    """Join places with the object that they are of: a section with its first object, a page with its namesake."""
    objects = {record.node_id: record for record in reversed(records) if record.objtype and record.node_id}
    namesakes = {
        names.get((record.objtype, record.key), ""): record
        for record in reversed(records)
        if record.objtype in {"project", "person"}
    }
    kept: list[Record] = []
    more: dict[int, list[str]] = {}
    for record in records:
        found = objects.get(record.node_id) if record.node_id else namesakes.get(record.title)
        if record.objtype or found is None:
            kept.append(record)
        else:
            more.setdefault(id(found), []).extend([" ", *record.text])
    return [replace(record, text=[*record.text, *more.get(id(record), [])]) for record in kept]


def _row(page: int, record: Record, names: dict[tuple[str, str], str], portfolio: Any) -> list[Any]:
    entry = portfolio.find(record.objtype, record.key) if portfolio and record.objtype else None
    title = record.title
    dates: list[str] = []
    keywords = list(record.keywords)
    if entry is not None:
        title = entry.name or ""
        if record.objtype in {"highlight", "position"} and not entry.name:
            title = record.trail[-1] if record.trail else ""
        if record.objtype == "position":
            keywords.append(entry.entity)
        date = getattr(entry, "date", None)
        period = portfolio.period_of(entry)
        if period is not None and period == getattr(entry, "period", None):
            dates = [str(period.start), str(period.end or "")]
        elif period is not None:  # that of what it belongs to, of which only the years are its own
            dates = [str(period.start.year), str(period.end.year if period.end else "")]
        elif date is not None:
            dates = [str(date), str(date)]
    said = [getattr(entry, "level_label", ""), " ", *record.text]
    text = re.sub(r"\s+", " ", _plain("".join(said), names)).strip()
    if record.objtype == "evidence" and title:
        text = text.replace(f" {title} ", " ", 1)  # its facts are enough beneath its title
    trail = [_plain(part, names) for part in record.trail if part and part != title]
    named = _plain(title, names) or (trail[-1] if trail else text[:40])
    kind = record.objtype or ("page" if not record.node_id else "section")
    return [
        page,
        record.node_id,
        named,
        trail,
        kind,
        text,
        list(dict.fromkeys(word for word in keywords if word and word != named)),
        [record.key] if record.objtype == "skill" else list(record.skills),
        dates,
    ]


def _objects(app: Sphinx) -> tuple[dict[tuple[str, str], str], Any]:
    """Return the names of the portfolio's objects by type and key, and the portfolio, where there is one."""
    domain: Any = app.env.domains.get("folio") if hasattr(app.env.domains, "get") else None
    if domain is None:
        return {}, None
    names = {(found[2], found[0]): found[1] for found in domain.get_objects()}
    return names, domain.portfolio()


def _plain(text: str, names: dict[tuple[str, str], str]) -> str:
    return REFERENCE.sub(lambda match: names.get((match[1], match[2]), match[2]), text)


def _skills(names: dict[tuple[str, str], str], records: list[list[Any]]) -> dict[str, str]:
    """Return the names of skills by key, as far as no record of a skill says them."""
    said = {row[7][0] for row in records if row[4] == "skill"}
    return {key: name for (objtype, key), name in names.items() if objtype == "skill" and key not in said}


def _kinds() -> dict[str, str]:
    kinds = {
        "page": _("page"),
        "section": _("section"),
        "person": _("person"),
        "skill": _("skill"),
        "position": _("position"),
        "project": _("project"),
        "education": _("education"),
        "highlight": _("highlight"),
        "evidence": _("evidence"),
    }
    return {kind: str(label) for kind, label in kinds.items()}
