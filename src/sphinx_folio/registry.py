"""What can be added to the portfolio: types of entries, listings and exports, each declared by one record.

The built-in ones are added in the same way as those of other extensions, see :mod:`sphinx_folio.api`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __
from sphinx_folio.collect.records import collect_fields
from sphinx_folio.directives.listings import listing_directive
from sphinx_folio.directives.roles import reference_role
from sphinx_folio.portfolio.records import KEY_FORM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_folio.collect.records import Collector
    from sphinx_folio.directives.entries import EntryDirective
    from sphinx_folio.export.context import ExportContext
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries import Query
    from sphinx_folio.portfolio.records import Entry

    AddressOf = Callable[[Entry], str]
    """Gives the address of an entry, absolute or as seen from the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryType:
    """A type of entry: how it is written, recorded, named and exported.

    The name of the type is the ``objtype`` of its record: that of its directive, its role and its objects in the
    inventory.
    """

    record: type[Entry]
    """A frozen dataclass. Fields named ``skills``, ``period``, ``project`` and ``position`` tie it to the portfolio."""
    directive: type[EntryDirective]
    label: Any
    """What readers see before an entry of this type, such as "Project"; translated when it is shown."""
    name: Any
    """The label as a word within a sentence, such as "project"."""
    inside: frozenset[str] | None = frozenset()
    """The types of entries that one of this type can be written inside of; None for all."""
    search_priority: int = 1
    """How Sphinx's search ranks it: 0 important, 1 default, 2 unimportant, -1 hidden."""
    collect: Collector = collect_fields
    """Makes the record from a finished and translated node."""
    json_resume: Callable[[Portfolio, Mapping[str, str]], Mapping[str, Any]] | None = None
    """Returns the parts of a JSON Resume that come from this type; private facts are given beside the portfolio."""
    person_properties: Callable[[Portfolio, AddressOf], Mapping[str, Any]] | None = None
    """Returns what the schema.org Person says by entries of this type, such as ``alumniOf``."""
    work: Callable[[Portfolio, Any, AddressOf], Mapping[str, Any]] | None = None
    """Returns an entry of this type as a schema.org work that the person contributed to."""

    @property
    def objtype(self) -> str:
        """Return the name of the type."""
        return self.record.objtype


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A directive that shows rows of the whole portfolio."""

    name: str
    query: Callable[[Portfolio, Query], Any]
    """Returns the rows: pure, and made of plain values whose ``repr`` tells when they differ."""
    write: Callable[[Any, Any], list[nodes.Node]]
    """Returns the nodes for a :class:`~sphinx_folio.listings.base.Writer` and the rows."""
    options: Sequence[str] = ()
    """Which of the filters category, level, project, skill and since it takes."""
    summary: str = ""
    """What it shows, for the reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file that is made of the portfolio, beside the pages of each language."""

    name: str
    """How ``folio_exports`` calls it."""
    filename: str
    """The name of the file; for a view, the name of the view is added: ``resume-network.pdf``."""
    make: Callable[[ExportContext], bytes]
    """Returns the content of the file."""
    label: Any = None
    """What readers see on a link to it; ``downloads`` offers only exports that have a label."""
    per_view: bool = False
    """Whether each view of the résumé has such a file, too."""
    missing: Callable[[], Sequence[str]] = tuple
    """Returns the names of libraries that are not installed; without them, the file is not made and the log says so."""
    extra: str = ""
    """The optional dependency of this package that installs these libraries."""

    def filename_for(self, view: str) -> str:
        """Return the name of the file for a view, by its name; for the whole portfolio if that is empty."""
        stem, dot, suffix = self.filename.rpartition(".")
        return f"{stem}-{view}{dot}{suffix}" if view else self.filename


@dataclass(slots=True)
class Registry:
    """The types, listings and exports of one application."""

    types: dict[str, EntryType] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)

    def add_type(self, added: EntryType) -> None:
        """Add a type of entry.

        Raises:
            ValueError: Its name is taken or is no key; the message says which.
        """
        self._check(added.objtype, self.types, __("type of entry"))
        self.types[added.objtype] = added

    def add_listing(self, added: Listing) -> None:
        """Add a listing; ValueError if its name is taken or is no key."""
        self._check(added.name, self.listings, __("listing"))
        self.listings[added.name] = added

    def add_export(self, added: Export) -> None:
        """Add an export; ValueError if its name is taken or is no key."""
        self._check(added.name, self.exports, __("export"))
        self.exports[added.name] = added

    @staticmethod
    def _check(name: str, taken: Mapping[str, object], kind: str) -> None:
        if name in taken:
            raise ValueError(__("the %s %r has been added already") % (kind, name))
        if not KEY_FORM.fullmatch(name):
            raise ValueError(
                __("%r cannot name a %s: use lower-case ASCII letters, digits, dots and hyphens") % (name, kind)
            )


def registry_of(app: Sphinx) -> Registry:
    """Return the registry of an application that has loaded ``sphinx_folio``."""
    domain: Any = app.registry.domains["folio"]
    registry: Registry = domain.registry
    return registry


def add_type(app: Sphinx, added: EntryType) -> None:
    """Add a type of entry with its directive and its role.

    Raises:
        ValueError: Its name is taken or is no key.
    """
    registry_of(app).add_type(added)
    app.add_directive_to_domain("folio", added.objtype, added.directive)
    app.add_role_to_domain("folio", added.objtype, reference_role())


def add_listing(app: Sphinx, added: Listing) -> None:
    """Add a listing with its directive.

    Raises:
        ValueError: Its name is taken or is no key.
    """
    registry_of(app).add_listing(added)
    app.add_directive_to_domain("folio", added.name, listing_directive(added.name, added.options, added.summary))


def add_export(app: Sphinx, added: Export) -> None:
    """Add a file that is made of the portfolio where ``sphinx_folio.export`` is loaded.

    Raises:
        ValueError: Its name is taken or is no key.
    """
    registry_of(app).add_export(added)
