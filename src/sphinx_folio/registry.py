"""The registry of the types of entries, listings and exports of an application.

Each is declared by one record: :class:`EntryType`, :class:`Listing` or :class:`Export`. The built-in ones and those of
other extensions are registered in the same way, see :mod:`sphinx_folio.api`. All registration happens in ``setup()``
functions, before Sphinx creates the domain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.roles import XRefRole

from sphinx_folio._common.i18n import __
from sphinx_folio.collect.records import collect_fields
from sphinx_folio.directives.listings import FILTERS, listing_directive
from sphinx_folio.portfolio.queries import QUERIES
from sphinx_folio.portfolio.records import KEY_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinx_folio.collect.records import Collector
    from sphinx_folio.directives.entries import EntryDirective
    from sphinx_folio.export.context import ExportContext
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries import Query
    from sphinx_folio.portfolio.records import Entry
    from sphinx_folio.portfolio.resume_section import ResumeSection

    AddressOf = Callable[[Entry], str]
    """Returns the address of an entry: absolute if the address of the site is known, otherwise relative to the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryType:
    """A type of entry: a directive, a role, a Sphinx object type, records, and the contributions to exports.

    All of them share one name, the ``objtype`` of the record class. That name is part of addresses and of the
    inventory, so it should never change.

    The functions for exports must be pure: they return plain values, depend only on their arguments and change nothing.
    They are called in every build, some of them several times. An exception in a function ends the build.
    """

    record: type[Entry]
    """The record class: a frozen dataclass with slots that inherits from :class:`Entry` and sets ``objtype``.

    Records are pickled, so the class must be importable. Fields with the following names have a meaning for the whole
    portfolio: ``skills`` (keys of the skills that the entry shows), ``period``, ``date``, ``project`` and ``position``
    (keys of the entries that it belongs to); ``url``, ``authors`` and ``by`` too if the class sets ``is_evidence``, see
    :meth:`Entry.as_evidence`. Views remove keys of excluded entries from ``skills``, ``languages``,
    ``highlights`` and ``projects``.
    """
    directive: type[EntryDirective]
    """The directive: a subclass of :class:`EntryDirective` with the same ``objtype``."""
    label: Any
    """The name for readers, such as "Project": a string or a lazy translation."""
    noun: Any
    """The name within a sentence, such as "project": a string or a lazy translation."""
    allowed_parents: frozenset[str] | None = frozenset()
    """The types of entries whose directives may contain this one, or None for all; in others, the build warns."""
    search_priority: int = 1
    """The priority in Sphinx's search results: 0 important, 1 default, 2 unimportant, -1 hidden."""
    collect: Collector = collect_fields
    """Creates the record from the node of an entry; called once per entry, after translation.

    The default fills each field from the option of the same name. Write a collector if a field has a different source.
    It is called with the record class, the node, the texts of the options, and the values of the fields of
    :class:`Entry` except the name.
    """
    resume_section: ResumeSection | None = None
    """The section of JSON Resume whose items are the entries, for export and import."""
    json_resume: Callable[[Portfolio, Mapping[str, str]], Mapping[str, Any]] | None = None
    """Returns sections of a JSON Resume, such as ``{"awards": [...]}``; called once per JSON Resume.

    The second argument contains the private facts ``phone``, ``address`` and ``birth``; it is empty except in private
    builds. Empty values are removed from the result.
    """
    schema_org_person: Callable[[Portfolio, AddressOf], Mapping[str, Any]] | None = None
    """Returns properties of the schema.org ``Person``, such as ``alumniOf``; lists of several types are joined.

    It is called for each page whose JSON-LD describes the person. The second argument returns the address of an entry,
    for the properties ``url`` and ``@id``.
    """
    schema_org_work: Callable[[Portfolio, Any, AddressOf], Mapping[str, Any]] | None = None
    """Returns an entry as a schema.org ``CreativeWork`` of or about the person; called for each page that lists it."""

    @property
    def objtype(self) -> str:
        """Return the name of the type."""
        return self.record.objtype


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A directive that shows rows of the portfolio.

    A page with the listing is written again whenever its rows have changed. That works only if ``query`` is pure: it
    depends only on its arguments and changes nothing.
    """

    name: str
    """The name of the directive; it must not change, since authors write it."""
    query: Callable[[Portfolio, Query], Any]
    """Returns the rows for the portfolio and the filters of the directive.

    Rows are plain values, such as tuples of strings and records, whose ``repr`` is complete and deterministic: a page
    is stale if the ``repr`` of its rows has changed. The rows of each combination of filters are cached.
    """
    render: Callable[[Any, Any], list[nodes.Node]]
    """Returns the nodes for a :class:`~sphinx_folio.listings.base.ListingRenderer` and the rows.

    It is called for each page that contains the listing when that page is written. It must not modify the rows.
    """
    filters: Sequence[str] = ()
    """The options of the directive: any of category, level, project, skill, types, selected and since."""
    summary: str = ""
    """The description for the reference page, marked for translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file that is generated from the portfolio, in the output folder of each language."""

    name: str
    """The name in the setting ``folio_exports``."""
    filename: str
    """The name of the file; for a view, the name of the view is inserted, as in ``resume-network.pdf``."""
    make: Callable[[ExportContext], bytes]
    """Returns the content of the file; called once per build, and once more for each view if ``per_view`` is set."""
    label: Any = None
    """The text of links to the file; the directive ``downloads`` lists only exports with a label."""
    per_view: bool = False
    """Whether each view of the résumé also has such a file."""
    missing: Callable[[], Sequence[str]] = tuple
    """Returns the names of required libraries that are not installed; if there are any, the file is not generated."""
    extra: str = ""
    """The extra of this package that installs these libraries."""

    def filename_for(self, view: str) -> str:
        """Return the name of the file for the view with a name, or for the whole portfolio if the name is empty."""
        path = PurePosixPath(self.filename)
        return str(path.with_stem(f"{path.stem}-{view}")) if view else self.filename


@dataclass(slots=True)
class Registry:
    """The registered types, listings and exports of one application, by name."""

    types: dict[str, EntryType] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)
    fillers: dict[str, Callable[[Any, str, dict[str, str]], list[nodes.Node]]] = field(default_factory=dict)
    """Kind of placeholder → function with its content for search: from the domain, a docname and its options."""
    written: tuple[str, ...] = ()
    """The names of the exported files of this build."""

    def add_type(self, entry_type: EntryType) -> None:
        """Register a type of entry.

        Raises:
            ValueError: The name is already registered, not a valid key, or not that of the directive.
        """
        self._check(entry_type.objtype, self.types, __("type of entry"))
        name = getattr(entry_type.directive, "objtype", None)
        if name != entry_type.objtype:
            raise ValueError(
                __("the objtype of %s is %r; it must be that of its record, %r")
                % (entry_type.directive.__name__, name, entry_type.objtype)
            )
        self.types[entry_type.objtype] = entry_type

    def add_listing(self, listing: Listing) -> None:
        """Register a listing.

        Raises:
            ValueError: The name is already registered or not a valid key, or a filter does not exist.
        """
        self._check(listing.name, {**QUERIES, **self.listings}, __("listing"))
        unknown = next((name for name in listing.filters if name not in FILTERS), None)
        if unknown is not None:
            raise ValueError(__("unknown filter %r; known: %s") % (unknown, ", ".join(FILTERS)))
        self.listings[listing.name] = listing

    def add_export(self, export: Export) -> None:
        """Register an export; raise ValueError if the name is already registered or not a valid key."""
        self._check(export.name, self.exports, __("export"))
        self.exports[export.name] = export

    @staticmethod
    def _check(name: str, registered: Mapping[str, object], kind: str) -> None:
        """Raise ValueError if a name is already registered or not a valid key."""
        if name in registered:
            raise ValueError(__("the %s %r is already registered") % (kind, name))
        if not KEY_PATTERN.fullmatch(name):
            raise ValueError(
                __("%r cannot name a %s: use lowercase ASCII letters, digits, dots and hyphens") % (name, kind)
            )


def registry_of(app: Sphinx) -> Registry:
    """Return the registry of an application.

    Raises:
        ConfigError: The extension ``sphinx_folio`` is not loaded.
    """
    domain: Any = app.registry.domains.get("folio")
    if domain is None:
        raise ConfigError(str(__("add 'sphinx_folio' to extensions in conf.py")))
    registry: Registry = domain.registry
    return registry


def add_type(app: Sphinx, entry_type: EntryType) -> None:
    """Register a type of entry, and add its directive to Sphinx, and its role, which takes the key of an entry.

    Raises:
        ValueError: The name is already registered, not a valid key, or not that of the directive.
    """
    registry_of(app).add_type(entry_type)
    app.add_directive_to_domain("folio", entry_type.objtype, entry_type.directive)
    app.add_role_to_domain("folio", entry_type.objtype, XRefRole(innernodeclass=nodes.inline, warn_dangling=True))


def add_listing(app: Sphinx, listing: Listing) -> None:
    """Register a listing, and add its directive to Sphinx.

    Raises:
        ValueError: The name is already registered or not a valid key, or a filter does not exist.
    """
    registry_of(app).add_listing(listing)
    directive = listing_directive(listing.name, listing.filters, listing.summary)
    app.add_directive_to_domain("folio", listing.name, directive)


def add_export(app: Sphinx, export: Export) -> None:
    """Register an export; it is generated only if the extension ``sphinx_folio.export`` is loaded.

    Raises:
        ValueError: The name is already registered or not a valid key.
    """
    registry_of(app).add_export(export)
