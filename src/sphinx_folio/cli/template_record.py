"""The file ``.sphinx-folio.json``: what ``init`` has made of the template, for ``update``.

It has the version, the answers from which the template is rendered, and the rendered text of each file that the
template provides, apart from the pages and the README, which are the owner's. So an update needs no templates of
former versions: the text here is the base of the merge, the answers render the new text. Lines are one a string, so
that changes of the file can be read.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packaging.version import Version

from sphinx_folio import __version__
from sphinx_folio._common.i18n import __
from sphinx_folio.cli.exit_codes import NotRunError
from sphinx_folio.cli.importing.pages import EXTRA_FILE
from sphinx_folio.cli.paths import not_utf8, problem_with
from sphinx_folio.cli.portfolio_folder import RECORD
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.scaffold import OPTIONAL, Plan, files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 1
"""The version of the format; increase it when the meaning of a property changes."""
NOTE = "Written by init and update of sphinx-folio; update needs it. Commit it; do not edit it."
OWNED = ("README.md", "docs/locales/", f"docs/{EXTRA_FILE}")
"""What the owner edits from the first day, besides the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What ``init`` or the last ``update`` made of the template."""

    version: str
    """The version of sphinx-folio."""
    plan: Plan
    """The answers, without the pages."""
    texts: Mapping[str, str]
    """Path → text of the files as the template provided them."""


def of_template(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the files that the template provides and updates: all but the pages, their translation and the README."""
    return {path: text for path, text in texts.items() if not path.endswith(".md") and not path.startswith(OWNED)}


def template_files(plan: Plan) -> dict[str, str]:
    """Render the files that the template provides and updates."""
    return of_template(files(plan))


def record_of(plan: Plan, texts: Mapping[str, str], folder: Path) -> str:
    """Return the text of the record of a new portfolio.

    Args:
        plan: The answers.
        texts: Path → text of all files of the portfolio.
        folder: Where it is; optional files that exist there with a text of their own are the owner's.
    """
    made = of_template(texts)
    kept = [path for path in OPTIONAL if path in made and _is_other(folder / path, made[path])]
    return as_text(
        Record(version=__version__, plan=plan, texts={path: made[path] for path in made if path not in kept})
    )


def _is_other(path: Path, text: str) -> bool:
    return os.path.lexists(path) and not (path.is_file() and path.read_bytes() == text.encode())


def as_text(record: Record) -> str:
    """Return the text of a record."""
    plan = record.plan
    answers: dict[str, Any] = {
        "languages": list(plan.languages),
        "engine": plan.engine,
        "name": plan.name,
        "sample": plan.pages is None,
        "extra": bool(plan.extra),
        "photo": plan.photo,
        "levels": list(plan.levels),
        "unordered": list(plan.unordered),
        "categories": plan.categories and dict(plan.categories),
    }
    lines = {path: text.splitlines(keepends=True) for path, text in sorted(record.texts.items())}
    data = {"note": NOTE, "format": FORMAT, "version": record.version, "answers": answers, "files": lines}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_record(root: Path) -> Record:
    """Return the record of a portfolio.

    Raises:
        NotRunError: There is none, or it cannot be used; the message says what to do.
    """
    path = root / RECORD
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        message = __(
            "%s is missing. If init made this portfolio, restore the file, for example with “git checkout %s”."
            " Otherwise there is no template to merge: install the new version, then run “%s build”."
        )
        raise NotRunError(str(message) % (path, RECORD, program_name())) from None
    except (OSError, UnicodeDecodeError) as error:
        raise NotRunError(problem_with(error) if isinstance(error, OSError) else f"{path}: {not_utf8(error)}") from None
    try:
        return _parsed(json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError):
        message = __("%s is damaged; restore it, for example with “git checkout %s”")
        raise NotRunError(str(message) % (path, RECORD)) from None


def _parsed(data: dict[str, Any]) -> Record:
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    answers = data["answers"]
    categories = answers["categories"]
    plan = Plan(
        languages=tuple(map(str, answers["languages"])),
        engine=str(answers["engine"]),
        name=str(answers["name"]),
        pages=None if answers["sample"] else {},
        extra="{}" if answers["extra"] else "",
        photo=str(answers.get("photo", "")),
        levels=tuple(map(str, answers["levels"])),
        unordered=tuple(map(str, answers["unordered"])),
        categories=categories and {str(key): str(label) for key, label in categories.items()},
    )
    texts = {str(name): "".join(lines) for name, lines in data["files"].items()}
    return Record(version=str(Version(data["version"])), plan=plan, texts=texts)
