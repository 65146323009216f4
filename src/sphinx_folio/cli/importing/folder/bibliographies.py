"""Find the bibliographies of a site, BibTeX and CSL-JSON: the import copies them, and the build reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.folder.files import suffix_of
from sphinx_folio.cli.importing.folder.sections import FOLDERS
from sphinx_folio.cli.importing.items import UnreadableResumeError
from sphinx_folio.cli.importing.sources.json_file import decoded
from sphinx_folio.directives.bibliography import READERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

PLACES = ("_bibliography", "data", "_data")
"""The folders at the top with a bibliography of the person; others belong to posts."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A file with publications."""

    name: str
    """Its name without folders."""
    text: str
    keys: dict[str, str]
    """Citation key → key of the entry, for the publications that are shown."""
    is_whole: bool
    """Whether all publications are shown."""
    titles: set[str]
    """What ``title_of`` returns for them."""
    problems: list[str] = field(default_factory=list)
    """What the build will say about the file."""


def reason_against(name: str, names: Collection[str]) -> str:
    """Return why a file is not a bibliography of the person: its folder or the page next to it; empty if it is one."""
    path = PurePosixPath(name)
    folders = path.parts[:-1]
    if folders and any(str(path.with_name(page)) in names for page in ("index.md", "_index.md", f"{path.stem}.md")):
        return str(__("the page next to it is read instead"))
    is_place = (
        not folders or folders[0] in PLACES or any(FOLDERS.get(part.lower()) == "publications" for part in folders)
    )
    return "" if is_place else str(__("its folder names no part of a résumé"))


def read_bibliography(
    name: str, content: bytes, titles: Collection[str], others: Iterable[Bibliography]
) -> Bibliography | str:
    """Return the publications of a file, except those whose titles are known; or the reason why it has none.

    One whose key is that of a publication in ``others`` is left out and reported.

    Raises:
        UnreadableResumeError: It is not UTF-8; the message starts with its name.
    """
    path = PurePosixPath(name)
    try:
        text = decoded(content)
    except UnreadableResumeError as error:
        raise UnreadableResumeError(f"{name}: {error}") from None
    found = READERS[suffix_of(name)](text)
    titled = {item.citation_key: title_of(item.options["title"]) for item in found.items if "title" in item.options}
    if not titled:
        return str(__("no publications"))
    taken = {key for other in others for key in other.keys.values()}
    shown: dict[str, str] = {}
    problems = [f"{mistake.line}: {mistake.says}" for mistake in found.mistakes]
    for item in found.items:
        title = titled.get(item.citation_key, "")
        if not title:
            problems.append(f"{item.line}: " + __("%r has no title") % item.citation_key)
        elif title not in titles and item.key in {*taken, *shown.values()}:
            problems.append(f"{item.line}: " + __("%r is the key of another publication") % item.citation_key)
        elif title not in titles:
            shown[item.citation_key] = item.key
    new = {titled[key] for key in shown}
    return Bibliography(path.name, text, shown, len(shown) == len(found.items), new, problems)


def title_of(value: object) -> str:
    """Return the letters and digits of a title, by which two publications are the same."""
    return "".join(filter(str.isalnum, str(value or "").casefold()))
