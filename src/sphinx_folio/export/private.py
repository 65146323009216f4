"""Private facts, such as the phone number: they are stored outside the repository, and only private builds show them.

A private build is requested with ``-D folio_private=1``. The facts are in a TOML file, whose path is in the environment
variable ``FOLIO_PRIVATE``, or in the variables ``FOLIO_PRIVATE_PHONE``, ``FOLIO_PRIVATE_ADDRESS`` and
``FOLIO_PRIVATE_BIRTH``.
"""

from __future__ import annotations

import os
import tomllib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from sphinx_folio._common.characters import code_point, forbidden_characters
from sphinx_folio._common.i18n import DateFormatter, _, __
from sphinx_folio._common.output_pages import NO_INDEX, is_for_browsers
from sphinx_folio._common.settings import setting_error
from sphinx_folio.domain import portfolio_of
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.records import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


FACTS = ("phone", "address", "birth")
VARIABLE = "FOLIO_PRIVATE"
"""The environment variable with the path of the file; also the prefix of the variables of single facts."""


def check_privacy(app: Sphinx, config: Config) -> None:
    """Check that a private build is requested on the command line, is not published, and has private facts.

    Raises:
        ConfigError: One of these is not the case; the message says which.
    """
    if not config.folio_private:
        return
    if "folio_private" not in config.overrides:
        problem = __("remove it; private facts are requested by a single build, with -D folio_private=1")
        raise setting_error(config, "folio_private", str(problem))
    published = os.environ.get("READTHEDOCS_OUTPUT")
    if os.environ.get("READTHEDOCS") or (published and Path(app.outdir).is_relative_to(Path(published).resolve())):
        raise ConfigError(__("a private build is not allowed here: Read the Docs publishes all that it builds"))
    if not private_facts(app):
        message = __("a private build has nothing private to show: set %s to the path of a TOML file with %s")
        raise ConfigError(message % (VARIABLE, ", ".join(FACTS)))


def private_facts(app: Sphinx) -> Mapping[str, str]:
    """Return the private facts of a private build; empty for other builds.

    Raises:
        ConfigError: The file is in the repository, cannot be read, or contains unknown or invalid facts.
    """
    if not app.config.folio_private:
        return {}
    path = os.environ.get(VARIABLE, "")
    found = _read(app, Path(path).expanduser().resolve()) if path else {}
    own = {fact: os.environ.get(f"{VARIABLE}_{fact.upper()}", "") for fact in FACTS}
    facts = found | {fact: value for fact, value in own.items() if value}
    try:
        PartialDate.parse(facts.get("birth", "2000"))
    except ValueError as error:
        raise ConfigError(__("the private fact %r: %s") % ("birth", error)) from None
    for fact, value in facts.items():
        if forbidden_characters(value):
            message = __("the private fact %r has the character %s; remove it")
            raise ConfigError(message % (fact, code_point(forbidden_characters(value)[0])))
    return facts


def notice(app: Sphinx) -> str:
    """Return the notice for every page of a private build; empty for other builds."""
    return str(_("Private copy, not for publication")) if app.config.folio_private else ""


def mark_pages(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the notice to the top of every page of a private build, and ``noindex`` to its head.

    The page with the person has the private facts below the notice; no doctree contains them.
    """
    if app.config.folio_private:
        if is_for_browsers(app.builder):
            context["metatags"] = context.get("metatags", "") + NO_INDEX
        lines = [f"<strong>{notice(app)}</strong>"]
        if pagename in _page_of_person(app):
            dates = DateFormatter.of(app.config)
            lines += map(escape, _shown(private_facts(app), dates))
        context["body"] = f'<p class="folio-private">{"<br />".join(lines)}</p>\n{context.get("body", "")}'


def stale_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the page with the person in a private build: the facts may have changed, and nothing is kept of them."""
    return _page_of_person(app) if app.config.folio_private else []


def _page_of_person(app: Sphinx) -> list[str]:
    people = portfolio_of(app.env).all(Person)
    return [person.docname for person in people[:1]]


def _shown(facts: Mapping[str, str], dates: DateFormatter) -> Iterator[str]:
    """Yield private facts as lines of a page."""
    yield from (facts[fact] for fact in ("phone", "address") if fact in facts)
    if "birth" in facts:
        yield str(_("Born %s")) % dates.birth(PartialDate.parse(facts["birth"]))


def _read(app: Sphinx, path: Path) -> dict[str, str]:
    repository = next(_repository_roots(Path(app.confdir).resolve()))
    if path.is_relative_to(repository):
        message = __("%s names %s, which lies in the repository, %s; private facts belong outside of it")
        raise ConfigError(message % (VARIABLE, path, repository))
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ConfigError(__("%s names %s, which cannot be read: %s") % (VARIABLE, path, error)) from None
    unknown = [key for key in data if key not in FACTS]
    if unknown:
        raise ConfigError(__("%s: there is no private fact %r; there are %s") % (path, unknown[0], ", ".join(FACTS)))
    return {fact: str(value) for fact, value in data.items()}


def _repository_roots(folder: Path) -> Iterator[Path]:
    """Yield the roots of the repositories that contain a folder, innermost first, then the folder itself."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            yield candidate
    yield folder
