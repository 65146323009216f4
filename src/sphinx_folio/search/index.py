"""The index that the browser loads: one small script, or a core with shards that a query asks for."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import unidata_version

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.i18n import _
from sphinx_folio._common.output_record import remove_file
from sphinx_folio._common.searchable import SearchableDomain
from sphinx_folio._common.write_log import build_fingerprint, cache_path, fingerprint
from sphinx_folio.search.aliases import Said, groups_of, regional_for, regional_in, variants_for, variants_in
from sphinx_folio.search.cache import Held, comes_later, parts_of
from sphinx_folio.search.catalogs import Catalogs
from sphinx_folio.search.page_index import KIND, SKILLS, TEXT, Objects, Part
from sphinx_folio.search.shards import add, call, split
from sphinx_folio.search.terms import terms_of
from sphinx_folio.search.vocabulary import ENGINEERING, TAIWAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinx_folio.search.aliases import Groups
    from sphinx_folio.search.page_index import Row

FOLDER = "folio-search"
SETTINGS = ("root_doc", "html_file_suffix", "html_link_suffix", "folio_search_aliases", "folio_search_split")
"""What the index depends on beside its parts and what they are made by."""


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index once the site is written; what an earlier build wrote and this one did not is removed."""
    if exception is not None or app.builder.format != "html" or not getattr(type(app.builder), "search", False):
        return
    folder = Path(app.outdir, "_static", FOLDER)
    note, kept = cache_path(app, "search"), cache_path(app, "search", ".pickle")
    catalogs = Catalogs(app)
    rules = _rules(app, catalogs)
    domains = [domain.state() for domain in app.env.domains.sorted() if isinstance(domain, SearchableDomain)]
    state = build_fingerprint(app.env, rules, app.builder.name, [app.config[name] for name in SETTINGS], domains)
    if _is_written(note, state, folder):
        return
    held = Held.load(kept, rules)
    files = _files(app, held, catalogs)
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.js"):
        if path.name not in files:
            remove_file(app.outdir, f"_static/{FOLDER}/{path.name}")
    for name, content in files.items():
        with caches.replace_file(folder / name) as file:
            file.write(content.encode())
    caches.write_json(note, state, {name: caches.digest_of_bytes(content.encode()) for name, content in files.items()})
    held.save(kept)


def _rules(app: Sphinx, catalogs: Catalogs) -> str:
    """Return a digest of all that a page's part is made by: rules of terms, languages, words and catalogs."""
    versions = [__version__, app.registry.get_envversion(app).get("sphinx_folio.search"), unidata_version]
    languages = [app.config.language, app.config.gettext_compact, catalogs.state()]
    return fingerprint([versions, languages, ENGINEERING, TAIWAN])


def _is_written(note: Path, state: str, folder: Path) -> bool:
    """Tell whether an earlier build has made an index in the same state, and its files lie there unchanged."""
    noted = caches.read_json(note, state)
    try:
        return bool(noted == {path.name: caches.digest_of_bytes(path.read_bytes()) for path in folder.glob("*.js")})
    except OSError:
        return False


def _files(app: Sphinx, held: Held, catalogs: Catalogs) -> dict[str, str]:
    """Return the files of the index: the core, with the texts in it unless they are large, and what queries ask for."""
    objects = Objects(app.env.domains.sorted())
    parts = parts_of(app, held, objects, catalogs)
    rows = [row for part in parts.values() for row in part.rows]
    splits = sum(len(row[TEXT]) for row in rows) > app.config.folio_search_split
    postings = held.renew(parts, large=splits)
    # What is split is asked for by parts, anyhow.
    at_once = {docname: part for docname, part in parts.items() if splits or not comes_later(app, docname)}
    count = sum(len(part.rows) for part in at_once.values())

    pages = [[app.builder.get_target_uri(docname), part.title] for docname, part in parts.items()]
    records = [[page, *row] for page, part in enumerate(parts.values()) for row in part.rows]
    elsewhere = chain.from_iterable(part.elsewhere for part in parts.values())
    titles: list[list[Any]] = [[number, *others] for number, others in enumerate(elsewhere) if others]
    files: dict[str, str] = {}
    kinds = _kinds(objects, rows)
    core: dict[str, Any] = {"pages": pages[: len(at_once)], "kinds": kinds, "skills": _skills(objects, rows)}
    said = _said(at_once.values(), kinds, postings.lists if splits else None)
    core["aliases"], unsaid = groups_of(kinds, {row[KIND] for row in rows[:count]}, said, _aliases(app))
    first_titles = [row for row in titles if row[0] < count]
    core["rare"] = add(files, "rare", _rare(parts.values(), [core, titles, unsaid], first_titles, unsaid))
    if count < len(records):
        rest = [pages[len(at_once) :], records[count:], [row for row in titles if row[0] >= count]]
        core["later"] = add(files, "later", rest)
    if splits:
        core |= split([row[TEXT] for row in rows], postings, files)
        for record, length in zip(records, chain.from_iterable(part.lengths for part in parts.values()), strict=True):
            record[TEXT + 1] = length
    core["records"] = list(zip(*records[:count], strict=True))  # columns pack better than rows
    files["index.js"] = call("index", core)
    return files


def _aliases(app: Sphinx) -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = app.config.folio_search_aliases
    return aliases


def _said(parts: Iterable[Part], kinds: dict[str, str], lists: Iterable[str] | None) -> Said:
    """Return what parts say; the terms of their texts are those of the lists, where there are some."""
    terms = set(terms_of("\n".join(kinds.values())))
    phrases: set[str] = set()
    for part in parts:
        terms.update(part.said)
        phrases.update(part.phrases)
        if lists is None:
            terms.update(*part.terms())
    return Said(terms.union(lists or ()), phrases)


def _rare(parts: Iterable[Part], more: list[Any], titles: list[list[Any]], aliases: Groups) -> list[Any]:
    """Return what only a query asks for that has words which the site does not say.

    Args:
        parts: The parts of all pages.
        more: What else is said, beside the pages.
        titles: What records are called in other languages, each after its number.
        aliases: The groups of words that the site does not say.
    """
    text = json.dumps(more, ensure_ascii=False)
    words, variants = set(regional_in(text)), set(variants_in(text))
    for part in parts:
        words.update(part.regional)
        variants.update(part.variants)
    regional = regional_for(words)
    variants.update(*(there for there, _here in regional))
    return [*variants_for(variants), titles, aliases, regional]


def _skills(objects: Objects, rows: Iterable[Row]) -> dict[str, str]:
    """Return the names of skills by key, as far as no record of a skill says them."""
    said = {row[SKILLS][0] for row in rows if row[KIND] == "skill"}
    return {key: name for key, name in objects.named("skill").items() if key not in said}


def _kinds(objects: Objects, rows: Iterable[Row]) -> dict[str, str]:
    """Return what the kinds of records are called: pages, sections, and the objects of domains."""
    return {"page": str(_("page")), "section": str(_("section"))} | objects.labels({row[KIND] for row in rows})
