"""Find the unchanged pages whose warnings may change because of other pages."""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING

from sphinx_folio._common.warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_folio.persistent_warnings.warning_records import WarningRecord


OF_TRANSLATIONS = {
    ("folio", about.subtype)
    for about in (Subtype.FUZZY_TRANSLATION, Subtype.TRANSLATION_MISMATCH, Subtype.UNTRANSLATED)
}
"""The types of warnings that depend on no other page, although the texts that they quote may name pages."""


def affected_pages(
    env: BuildEnvironment,
    changed: set[str],
    removed: set[str],
    warnings: Mapping[str, list[WarningRecord]],
    links: Mapping[str, set[str]],
) -> set[str]:
    """Return all pages, including the changed ones, whose warnings may differ from those of the last build.

    A warning such as “duplicate label, other instance in work.rst” depends on both pages, and on which of them is read
    first. So a page and the pages that its warnings name are affected together.

    Args:
        env: The environment.
        changed: The pages that are read in this build.
        removed: The pages that no longer exist.
        warnings: Page name → its warnings in the last build.
        links: Page name → the pages to which it links.
    """
    groups = [{docname, *_named_pages(env, docname, records)} for docname, records in warnings.items() if records]
    parents = {docname for docname, entries in env.toctree_includes.items() if removed.intersection(entries)}
    linking = {docname for docname, targets in links.items() if removed.intersection(targets)}
    found = {*changed, *removed, *parents, *linking}
    while more := {docname for group in groups if group & found for docname in group} - found:
        found |= more
    return found & env.found_docs


def _named_pages(env: BuildEnvironment, docname: str, records: Iterable[WarningRecord]) -> Iterator[str]:
    """Yield the words in warnings that may be page names: unchanged, as paths, and relative to the page."""
    for record in records:
        if (record.type, record.subtype) in OF_TRANSLATIONS:
            continue
        for word in re.findall(r"[^\s'\"“”‘’,;:()]+", record.message.replace(f"{env.srcdir}{os.sep}", "")):
            for name in (word, env.path2doc(word) or word):
                yield from (name, posixpath.normpath(posixpath.join(posixpath.dirname(docname), name)))
