"""The public interface for other Sphinx extensions: add types of entries, listings and exports; query the portfolio.

The names in ``__all__`` are stable within a major version, see the changelog. Everything else in the package may change
in any release. An extension registers its additions in its ``setup()`` function::

    from sphinx_folio.api import EntryType, add_folio_type

    def setup(app):
        add_folio_type(app, EntryType(record=Award, directive=AwardDirective, label="Award", noun="award"))
        return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}

The parts of the interface:

- Registration: :func:`add_folio_type`, :func:`add_folio_listing`, :func:`add_folio_export`, each with one record:
  :class:`EntryType`, :class:`Listing`, :class:`Export`.
- Writing a type of entry: the base classes :class:`Entry` (record) and :class:`EntryDirective`, options
  (:class:`Option`, :func:`name_option`, :func:`date_option`, :func:`url_option`, :func:`list_option`), and
  :func:`collect_fields`, the default collector.
- Writing a listing: :class:`Query` (the filters of the directive), :class:`Target` and :func:`target_of` (links to
  entries), :class:`ListingRenderer` (creates nodes).
- Writing an export: :class:`ExportContext`.
- Reading the portfolio: :func:`portfolio_of`, :class:`Portfolio`, :func:`run_query`, and the records.

The event ``folio-portfolio-ready`` is emitted in every build, after all pages are read and before the first page is
written. Its handlers are called with the application and the portfolio, which they must not modify.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import registry
from sphinx_folio.collect.records import collect_fields
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import Option, date_option, list_option, name_option, url_option
from sphinx_folio.domain import portfolio_of
from sphinx_folio.export.context import ExportContext
from sphinx_folio.listings.base import ListingRenderer
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.queries import Query, Target, run_query, target_of
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
    "ListingRenderer",
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
    "add_folio_export",
    "add_folio_listing",
    "add_folio_type",
    "collect_fields",
    "date_option",
    "list_option",
    "name_option",
    "portfolio_of",
    "run_query",
    "target_of",
    "url_option",
]


def add_folio_type(app: Sphinx, entry_type: EntryType) -> None:
    """Register a type of entry: its directive, its role, its Sphinx object type and its contributions to exports.

    Records are pickled in Sphinx's environment. So define the record class in an importable module, and increase the
    ``env_version`` that your ``setup()`` returns when its fields change.

    Args:
        app: The application; ``sphinx_folio`` is loaded if it is not yet.
        entry_type: The type. The ``objtype`` of its record is the name of the directive and the role.

    Raises:
        ValueError: The name is already registered, not a valid key, or not that of the directive.
    """
    app.setup_extension("sphinx_folio")
    registry.add_type(app, entry_type)


def add_folio_listing(app: Sphinx, listing: Listing) -> None:
    """Register a listing: a directive that shows rows of the portfolio.

    Pages with the listing are written again whenever its rows have changed.

    Args:
        app: The application; ``sphinx_folio`` is loaded if it is not yet.
        listing: The listing, with a pure query and a function that renders its rows.

    Raises:
        ValueError: The name is already registered or not a valid key, or a filter does not exist.
    """
    app.setup_extension("sphinx_folio")
    registry.add_listing(app, listing)


def add_folio_export(app: Sphinx, export: Export) -> None:
    """Register an export: a file that is generated from the portfolio, in the output folder of each language.

    HTML builds generate the file, unless the setting ``folio_exports`` does not list its name.

    Args:
        app: The application; ``sphinx_folio.export`` is loaded if it is not yet.
        export: The export.

    Raises:
        ValueError: The name is already registered or not a valid key.
    """
    app.setup_extension("sphinx_folio.export")
    registry.add_export(app, export)
