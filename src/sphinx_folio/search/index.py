"""Write the index files, which the browser loads from ``_static/folio-search/``.

Each file is a script that passes JSON to a function, so that pages opened from disk (``file:``) can also load it.
The names of all files except ``index.js`` contain a hash of the content, so that browsers never use an old copy.

``index.js`` calls ``folioSearch.index(core)``. It is loaded when a reader starts to search. The keys of ``core``:

``pages``
    ``[address from the root of the site, title]`` for each page of first rank; for all pages if the index is split.
``records``
    The results, as columns, which compress better than rows: the number of the page in ``pages``, anchor (empty for the
    page itself), title, trail (the titles of the sections around it), kind, keywords, skills (their keys), dates (first
    and last, ISO 8601; the last is empty if ongoing), and, if the index is split, the number of terms in its text. The
    number of a record is its position.
``kinds``
    Kind → label.
``skills``
    Key → name, for skills without a record.
``aliases``
    The groups of synonyms that have the name of a result.
``common``
    The pairs of Han characters that many texts have, if the index is split.
``isTraditional``
    True if the index is split and the site is in Traditional Chinese: its lists of terms are Simplified, its names not.
``texts``, ``words``, ``rare``, ``later``, ``terms``, ``characters``, ``pairs``
    Names of other files, see below. ``later`` exists only if there are pages of second rank and the index is not split;
    the last three exist only if it is split.

The other files call ``folioSearch.shard(name, content)``. Their content:

``texts``
    ``[texts of successive records, {position: "terms that it has by accident, and negated ones after a hyphen"}]``, see
    :mod:`~sphinx_folio.search.borders`. The core has ``[number of the first record, file name]`` for each file; if the
    index is not split, there is one, and the browser loads it soon after ``index.js``. In a text, a line with tabs is
    the row of a table; one that begins with a tab is its header.
``words``
    ``[names, groups of synonyms, query words]``. ``names`` is ``[[number of a record, word of an index entry, …], …]``;
    the groups are the others that have two forms on the site; :mod:`~sphinx_folio.search.query_words` has the last.
    Loaded with the texts.
``rare``
    ``[Traditional characters, their Simplified forms, titles, groups of synonyms, [[word in Taiwan, word on the
    mainland], …], pinyin, [[kind, [word, …]], …], [word, …]]``. ``titles`` is ``[[number of a record, title in
    another language, …], …]``; see :mod:`~sphinx_folio.search.pinyin` for pinyin. After it come words that portfolios
    seldom explain, with the kind of the entries that come closest, and words that are not misspelled, see
    :mod:`~sphinx_folio.search.unused_words`. Loaded if a query has a term that the
    index does not have.
``later``
    An index of its own of the pages of second rank: ``pages``, ``records``, ``titles`` and ``names`` as above, and the
    content of its file ``texts``. Loaded if there are few results.
``terms``, ``characters``, ``pairs``
    Term → postings list, see :mod:`~sphinx_folio.search.shards`; single Han characters have files of their own, and so
    have pairs of neighboring Latin words. A term is in the file whose position in the core is the code point of its
    first character modulo the number of files; for pairs, the number is a hash.
"""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import unidata_version

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.draft import postpone
from sphinx_folio._common.i18n import _, is_traditional_chinese
from sphinx_folio._common.output_pages import address_in_site
from sphinx_folio._common.output_record import remove_file
from sphinx_folio._common.searchable import SearchableDomain
from sphinx_folio._common.taiwan import TAIWAN
from sphinx_folio._common.write_log import build_fingerprint, cache_path, fingerprint
from sphinx_folio.search.borders import segmenter
from sphinx_folio.search.cache import IndexCache, current_page_indexes, is_second_rank
from sphinx_folio.search.catalogs import Catalogs
from sphinx_folio.search.objects import ObjectLookup
from sphinx_folio.search.page_index import KEYWORDS, KIND, NODE_ID, SKILLS, TEXT, TITLE, TRAIL, WORDS
from sphinx_folio.search.pinyin import pinyin_table
from sphinx_folio.search.query_words import query_words
from sphinx_folio.search.records import ReferenceReader, removed_elements, text_of
from sphinx_folio.search.shards import add_shard, script_calling, split_postings, split_texts, texts_content
from sphinx_folio.search.synonyms import IndexedWords, synonym_groups
from sphinx_folio.search.tokenizer import fold, is_japanese_language, tokenize
from sphinx_folio.search.unused_words import unused_words
from sphinx_folio.search.variants import (
    conversion_table,
    convertible_characters_in,
    regional_words_in,
    taiwan_words_for,
)
from sphinx_folio.search.vocabulary import FIELD, OBJECT_TYPES, RELATED, read_groups

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx.application import Sphinx

    from sphinx_folio.search.page_index import PageIndex, Row
    from sphinx_folio.search.synonyms import Groups

FOLDER = "folio-search"
LONGEST_REPEATED_TITLE = 24
"""In a large index, titles that the text repeats are cut after this number of characters: half of ``index.js``."""
SETTINGS = ("root_doc", "html_file_suffix", "html_link_suffix", "folio_search_split")
"""The settings that the index files depend on but page indexes do not."""


def write_index(app: Sphinx) -> None:
    """Write the index files at the end of a successful HTML build, unless up to date; remove those of older builds."""
    if app.builder.format != "html" or not getattr(type(app.builder), "search", False):
        return
    folder = Path(app.outdir, "_static", FOLDER)
    hashes_path, pickle_path = cache_path(app, "search"), cache_path(app, "search", ".pickle")
    catalogs = Catalogs(app)
    rules = _rules(app, catalogs)
    domains = [domain.state() for domain in app.env.domains.sorted() if isinstance(domain, SearchableDomain)]
    words = query_words(is_japanese=is_japanese_language(app.config.language))
    settings = [*(app.config[name] for name in SETTINGS), _configured_groups(app), words]
    state = build_fingerprint(app.env, rules, app.builder.name, settings, domains)
    if _is_up_to_date(hashes_path, state, folder) or (folder.is_dir() and postpone(app)):
        return
    cache = IndexCache.load(pickle_path, rules)
    files = {name: text.encode() for name, text in _index_files(app, cache, catalogs, domains).items()}
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.js"):
        if path.name not in files:
            if path.is_dir() and not path.is_symlink():
                caches.remove(path)
            remove_file(app.outdir, f"_static/{FOLDER}/{path.name}")
    for name, content in files.items():
        caches.write_if_changed(folder / name, content)
    hashes = {name: caches.digest_of_bytes(content) for name, content in files.items()}
    caches.write_json(hashes_path, state, hashes)
    cache.save(pickle_path)


def _rules(app: Sphinx, catalogs: Catalogs) -> str:
    """Return a fingerprint of everything except pages that page indexes depend on."""
    own = app.registry.get_envversion(app).get("sphinx_folio.search")
    versions = [__version__, own, unidata_version, segmenter()]
    languages = [app.config.language, app.config.gettext_compact, catalogs.state()]
    return fingerprint([versions, languages, FIELD, TAIWAN])


def _is_up_to_date(hashes_path: Path, state: str, folder: Path) -> bool:
    """Return whether the last build wrote the index in the same state and its files have not been modified since."""
    hashes = caches.read_json(hashes_path, state)
    if hashes is None:
        return False
    try:
        found = {path.name: caches.digest_of_bytes(path.read_bytes()) for path in folder.glob("*.js")}
    except OSError:
        return False
    return bool(hashes == found)


def _index_files(app: Sphinx, cache: IndexCache, catalogs: Catalogs, domains: list[str]) -> dict[str, str]:
    """Return file name → content for all index files, and update the cache."""
    is_removed = removed_elements(app)
    objects = ObjectLookup(
        app.env.domains.sorted(), lambda content: text_of(content, is_removed), ReferenceReader(app).text
    )
    page_indexes = current_page_indexes(app, cache, objects, catalogs, domains)
    rows = [row for page in page_indexes.values() for row in page.rows]
    is_split = sum(len(row[TEXT]) for row in rows) > app.config.folio_search_split
    postings = cache.update(page_indexes, is_split=is_split)
    # A split index needs no extra file for pages of second rank: its texts and terms are loaded on demand anyway.
    first_rank = {name: page for name, page in page_indexes.items() if is_split or not is_second_rank(app, name)}
    count = sum(len(page.rows) for page in first_rank.values())

    pages = [[address_in_site(app, docname), page.title] for docname, page in page_indexes.items()]
    records = [
        [
            number,
            row[NODE_ID],
            _title(row, is_split),
            *row[TRAIL:TEXT],
            *row[KEYWORDS:WORDS],
            *([length] if is_split else []),
        ]
        for number, page in enumerate(page_indexes.values())
        for row, length in zip(page.rows, page.lengths, strict=True)
    ]
    texts = [text_with_accidents for page in page_indexes.values() for text_with_accidents in _texts_of(page, is_split)]
    translated = chain.from_iterable(page.translated_titles for page in page_indexes.values())
    titles: list[list[Any]] = [[number, *others] for number, others in enumerate(translated) if others]
    names = [[number, *row[WORDS]] for number, row in enumerate(rows) if row[WORDS]]
    files: dict[str, str] = {}
    configured = _configured_groups(app)
    kinds = _kind_labels(objects, rows)
    core: dict[str, Any] = {"pages": pages[: len(first_rank)], "kinds": kinds, "skills": _skill_names(objects, rows)}
    is_japanese = is_japanese_language(app.config.language)
    words = _indexed_words(page_indexes.values(), kinds, postings.lists if is_split else None, is_japanese=is_japanese)
    titles_and_keywords = {fold(name) for row in rows[:count] for name in (row[TITLE], *row[KEYWORDS])}
    core["aliases"], word_groups, rare_groups = synonym_groups(
        kinds, {row[KIND] for row in rows[:count]}, words, titles_and_keywords, configured
    )
    first_names = [row for row in names if row[0] < count]
    core["words"] = add_shard(files, "words", [first_names, word_groups, query_words(is_japanese=is_japanese)])
    first_titles = [row for row in titles if row[0] < count]
    related = [[kind, list(others)] for kind, others in RELATED.items() if kind in kinds]
    unused = [] if OBJECT_TYPES.keys().isdisjoint(kinds) else unused_words(words, titles_and_keywords)
    rare = _rare_content(
        page_indexes.values(),
        [core, titles, rare_groups],
        first_titles,
        rare_groups,
        [*core["aliases"], *word_groups, *configured],
        [related, unused],
        is_japanese=is_japanese,
    )
    core["rare"] = add_shard(files, "rare", rare)
    if count < len(records):
        later = {
            "pages": pages[len(first_rank) :],
            "records": _columns([[record[0] - len(first_rank), *record[1:]] for record in records[count:]]),
            "titles": [[number - count, *others] for number, *others in titles if number >= count],
            "names": [[number - count, *words] for number, *words in names if number >= count],
            "texts": texts_content(texts[count:]),
        }
        core["later"] = add_shard(files, "later", later)
    core["texts"] = split_texts(texts[:count], files, is_split=is_split)
    if is_split:
        core |= split_postings(postings, files, count)
        if is_traditional_chinese(app.config.language):
            core["isTraditional"] = True
    core["records"] = _columns(records[:count])
    files["index.js"] = script_calling("index", core)
    return files


def _title(row: Row, is_split: bool) -> str:
    """Return the title of a result; a large index has the beginning of one that is repeated by the text."""
    title: str = row[TITLE]
    is_repeated = is_split and row[TEXT].startswith(title) and len(title) > LONGEST_REPEATED_TITLE
    return f"{title[:LONGEST_REPEATED_TITLE]}…" if is_repeated else title


def _texts_of(page: PageIndex, is_split: bool) -> Iterable[tuple[str, str]]:
    """Yield each text of a page with its accidental terms, which a split index has in its postings."""
    for row, accidents in zip(page.rows, page.accidents, strict=True):
        yield row[TEXT], "" if is_split else accidents


def _columns(records: list[list[Any]]) -> list[Any]:
    return list(zip(*records, strict=True))


def _configured_groups(app: Sphinx) -> Groups:
    """Return the groups of synonyms of the settings."""
    aliases: dict[str, list[str]] = app.config.folio_search_aliases
    files = [Path(app.confdir, name).read_text(encoding="utf-8-sig") for name in app.config.folio_search_vocabulary]
    imported = [list(group) for text in files for group in read_groups(text)]
    return [*([word, *others] for word, others in sorted(aliases.items())), *imported]


def _indexed_words(
    page_indexes: Iterable[PageIndex],
    kinds: dict[str, str],
    text_terms: Iterable[str] | None,
    *,
    is_japanese: bool,
) -> IndexedWords:
    """Return the words of pages and of labels of kinds; ``text_terms`` replaces the terms of the texts of pages.

    The vocabulary has Simplified characters, which terms in Japanese are not folded to.
    """
    terms = set(tokenize("\n".join(kinds.values())))
    phrases: set[str] = set()
    for page in page_indexes:
        terms.update(page.name_terms)
        phrases.update(page.phrases)
        if text_terms is None:
            terms.update(*page.term_counts())
    terms.update(text_terms or ())
    words = {term for term in terms if " " not in term}
    return IndexedWords({*map(fold, words)} if is_japanese else words, phrases)


def _rare_content(
    page_indexes: Collection[PageIndex],
    other_content: list[Any],
    titles: list[list[Any]],
    groups: Groups,
    aliases: Groups,
    more: list[Any],
    *,
    is_japanese: bool,
) -> list[Any]:
    """Return the content of the file ``rare``, in which tables are limited to what the site needs.

    Args:
        page_indexes: All page indexes.
        other_content: The other content of the index, as data for JSON.
        titles: The number of each record with titles in other languages, and these titles.
        groups: Groups of synonyms, for this file.
        aliases: Groups of synonyms that the site has.
        more: The lists that come last: kinds of entries with words that come closest to them, and unused words.
        is_japanese: Whether the pages are in Japanese, which has no Simplified characters and no pinyin.
    """
    if is_japanese:
        return ["", "", titles, groups, [], "", *more]
    text = json.dumps(other_content, ensure_ascii=False)
    words, characters = set(regional_words_in(text)), set(convertible_characters_in(text))
    for page in page_indexes:
        words.update(page.regional_words)
        characters.update(page.convertible_characters)
    regional = taiwan_words_for(words)
    characters.update(*(taiwan for taiwan, _mainland in regional))
    rows = [row for page in page_indexes for row in page.rows]
    names = [name for row in rows for name in (row[TITLE], *row[KEYWORDS], *row[WORDS])]
    names += [name for _number, *others in titles for name in others]
    spoken = pinyin_table([*names, *chain.from_iterable(aliases)], (page.chinese_characters for page in page_indexes))
    return [*conversion_table(characters), titles, groups, regional, spoken, *more]


def _skill_names(objects: ObjectLookup, rows: Iterable[Row]) -> dict[str, str]:
    """Return key → name of the skills that have no record."""
    with_record = {row[SKILLS][0] for row in rows if row[KIND] == "skill"}
    return {key: name for key, name in objects.names_of_kind("skill").items() if key not in with_record}


def _kind_labels(objects: ObjectLookup, rows: Iterable[Row]) -> dict[str, str]:
    """Return kind → label for pages, sections, and the kinds of objects in the index."""
    labels = {"page": str(_("page")), "section": str(_("section"))} | objects.labels({row[KIND] for row in rows})
    if "std:confval" in labels:
        labels["std:confval"] = str(_("setting"))  # Sphinx does not translate its own label
    return labels
