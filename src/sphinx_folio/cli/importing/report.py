"""The report on an import: the fields that need attention."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, and_more
from sphinx_folio.cli.importing.pages import EXTRA_FILE
from sphinx_folio.cli.importing.text_language import NAMES

if TYPE_CHECKING:
    from sphinx_folio.cli.importing.pages import Imported


def import_report(found: Imported, *, has_home: bool = False) -> list[str]:
    """Return the lines of a report on fields that need attention; each paragraph starts with an empty line.

    Args:
        found: The result of the import.
        has_home: Whether a home page was written that has links to the person's addresses.
    """
    lines = []
    if found.seems_in:
        message = __("The résumé seems to be in %s; import it again with --language %s.")
        lines += ["", str(message) % (NAMES[found.seems_in], found.seems_in)]
    if found.files:
        lines += ["", str(__("Layout of the folder: %s. These files were read:")) % found.layout, ""]
        lines += [f"    {line}" for line in found.files]
    if found.unordered:
        message = __("The order of these levels is unknown: %s. Strict builds fail until they are in folio_levels.")
        lines += ["", str(message) % ", ".join(found.unordered)]
    if found.skipped:
        lines += ["", str(__("These résumé fields could not be imported:")), ""]
        lines += [f"    {line}" for line in found.skipped]
    if found.kept:
        message = __("No page has a place for these fields; %s keeps them for resume.json:")
        lines += ["", str(message) % EXTRA_FILE, ""]
        lines += [f"    {line}" for line in _grouped(found.kept)]
    if found.notes:
        lines += ["", str(__("These fields were imported with changes:")), ""]
        lines += [f"    {line}" for line in _grouped(found.notes)]
    if found.email:
        message = __("The pages and the PDF show your email address, %s; to keep it private, delete :email: in %s.")
        if has_home:
            message = __(
                "The pages and the PDF show your email address, %s; to keep it private, delete :email: in %s and the"
                " link in index.md."
            )
        lines += ["", str(message) % (found.email, "resume.md")]
    if found.redirects:
        lines += ["", str(__("To redirect the old addresses of pages, add these lines to conf.py:")), ""]
        lines += ['extensions += ["sphinx_folio.redirects"]', "folio_redirects = {"]
        lines += [*(f"    {old!r}: {new!r}," for old, new in found.redirects.items()), "}"]
    return lines + _skills_to_link(found)


def _skills_to_link(found: Imported) -> list[str]:
    """Return a paragraph about skills that no entry shows: most formats do not say what shows which."""
    text = "\n".join(page for name, page in found.pages.items() if name.endswith(".md"))
    skills = re.findall(r"^```{skill} (\S+)$", text, re.MULTILINE)
    shown = {key for line in re.findall(r"^:(?:skills|languages): (.+)$", text, re.MULTILINE) for key in line.split()}
    number = len({*skills} - {key.strip('",') for key in shown})
    if not number:
        return []
    message = __(
        "Skills that no entry uses yet: %d of %d. For each, add its key to :skills: of an entry that shows it, or "
        "delete the skill from %s."
    )
    return ["", str(message) % (number, len(skills), "skills.md")]


def _grouped(notes: list[str]) -> list[str]:
    """Return notes, merged into one line if the change is the same and the paths differ only in their numbers."""
    groups: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        path, _, change = note.partition(": ")
        groups.setdefault((re.sub(r"\d+", "", path), change), []).append(path)
    lines = []
    for (_kind, change), (first, *others) in groups.items():
        lines.append(f"{and_more(first, len(others))}: {change}")
    return lines
