"""The public interface for other Sphinx extensions: add types of entries, listings and exports; query the portfolio.

Whatever is imported here keeps its name and its meaning within a major version, see the changelog; everything else in
the package may change. An extension adds what it has in its ``setup()``::

    from sphinx_folio.api import EntryType, add_folio_type

    def setup(app):
        add_folio_type(app, EntryType(record=Award, directive=AwardDirective, label="Award", name="award"))

The event ``folio-portfolio-ready`` is emitted with the application and the portfolio in every build, after all pages
are read and before the first one is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx_folio import registry
from sphinx_folio.collect.records import collect_fields
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import Option, date_option, list_option, name_option, url_option
from sphinx_folio.export.context import ExportContext
from sphinx_folio.listings.base import Writer
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.queries import Query, Target, answer, target_of
from sphinx_folio.portfolio.records import (
    Education,
    Entry,
    Evidence,
    Highlight,
    Link,
    Mention,
    Page,
    Person,
    Position,
    Project,
    Skill,
)
from sphinx_folio.registry import EntryType, Export, Listing

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.domain import FolioDomain

__all__ = [
    "Education",
    "Entry",
    "EntryDirective",
    "EntryType",
    "Evidence",
    "Export",
    "ExportContext",
    "Highlight",
    "Link",
    "Listing",
    "Mention",
    "Option",
    "Page",
    "PartialDate",
    "Period",
    "Person",
    "Portfolio",
    "Position",
    "Project",
    "Query",
    "Skill",
    "Target",
    "Writer",
    "add_folio_export",
    "add_folio_listing",
    "add_folio_type",
    "answer",
    "collect_fields",
    "date_option",
    "list_option",
    "name_option",
    "portfolio_of",
    "target_of",
    "url_option",
]


def add_folio_type(app: Sphinx, entry_type: EntryType) -> None:
    """Add a type of entry: its directive, its role, its objects, and what exports say of it.

    Its record is pickled into Sphinx's environment: define it in a module that can be imported, and raise the
    ``env_version`` that your ``setup()`` returns when its fields change.

    Raises:
        ValueError: The name of the type is taken, or it is no key.
    """
    app.setup_extension("sphinx_folio")
    registry.add_type(app, entry_type)


def add_folio_listing(app: Sphinx, listing: Listing) -> None:
    """Add a listing: a directive that shows rows of the whole portfolio.

    Pages that hold it are written again whenever its rows change.

    Raises:
        ValueError: The name of the listing is taken, or it is no key.
    """
    app.setup_extension("sphinx_folio")
    registry.add_listing(app, listing)


def add_folio_export(app: Sphinx, export: Export) -> None:
    """Add a file that is made of the portfolio, beside the pages of each language.

    It is made in every build of pages unless the setting ``folio_exports`` leaves its name out.

    Raises:
        ValueError: The name of the export is taken, or it is no key.
    """
    app.setup_extension("sphinx_folio.export")
    registry.add_export(app, export)


def portfolio_of(env: BuildEnvironment) -> Portfolio:
    """Return the portfolio as of the pages read so far, in the language of the build."""
    return cast("FolioDomain", env.domains["folio"]).portfolio()
