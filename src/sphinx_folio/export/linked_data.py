"""The JSON-LD of each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import language_tag
from sphinx_folio._common.output_pages import address_of_site
from sphinx_folio.export.formats.schema_org import as_script, profile_page, source_work, works_page
from sphinx_folio.export.settings import LINKED_DATA, is_portfolio, resume_page
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import Evidence, Person
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry
    from sphinx_folio.registry import EntryType

    Work = Callable[[Portfolio, Any, Callable[[Entry], str]], Mapping[str, Any]]


def linked_data(app: Sphinx, portfolio: Portfolio) -> Iterator[tuple[str, str]]:
    """Yield page name and script: the person on pages about the person, works on the other pages that describe them."""
    resume = resume_page(app, portfolio)
    if LINKED_DATA not in app.config.folio_exports or not resume:
        return
    types = registry_of(app).types.values()
    about_person = _pages_about(app, portfolio.all(Person)[0], resume)
    properties = [kind.schema_org_person for kind in types if kind.schema_org_person]
    language = language_tag(app.config.language)
    site = address_of_site(app)
    sources = _sources(portfolio)
    for docname in about_person:
        url = site + app.builder.get_target_uri(docname) if site else ""
        title = app.env.titles[docname].astext()
        address_of = _address_function(app, docname)
        works = [work(portfolio, entry, address_of) for work, entry in _works(types, portfolio)]
        works += [source_work(proof, identifier, address_of) for proof, identifier in sources.get(docname, [])]
        page = profile_page(portfolio, properties, works, address_of, url=url, name=title, language=language)
        yield docname, as_script(page)
    by_page: dict[str, list[tuple[Work, Entry]]] = {}
    for work, entry in _works(types, portfolio):
        by_page.setdefault(entry.docname, []).append((work, entry))
    for docname in {**by_page, **sources}:
        if docname not in about_person:
            address_of = _address_function(app, docname)
            works = [work(portfolio, entry, address_of) for work, entry in by_page.get(docname, [])]
            works += [source_work(proof, identifier, address_of) for proof, identifier in sources.get(docname, [])]
            yield docname, as_script(works_page(portfolio, works, address_of))


def _pages_about(app: Sphinx, person: Person, resume: str) -> dict[str, None]:
    """Return the pages about a person: the home page of a portfolio, the page that describes the person, the résumé.

    The home page of a site that is named after something else, such as a library, is about that.
    """
    home = app.config.root_doc
    title = app.env.titles[home].astext().casefold()
    is_about = is_portfolio(app, person) or any(name.casefold() in title for name in person.names())
    return dict.fromkeys((*([home] if is_about else []), person.docname, resume))


def _sources(portfolio: Portfolio) -> dict[str, list[tuple[Evidence, str]]]:
    """Return for each page its evidence that has an identifier (SWHID), with that."""
    found: dict[str, list[tuple[Evidence, str]]] = {}
    for proof in portfolio.all(Evidence):
        checked = portfolio.verification_of(proof)
        if checked and checked.swhid:
            found.setdefault(proof.docname, []).append((proof, checked.swhid))
    return found


def _works(types: Iterable[EntryType], portfolio: Portfolio) -> Iterator[tuple[Work, Entry]]:
    """Yield the entries that are works, with the function that describes them; grouped by type, newest first."""
    for kind in types:
        if kind.schema_org_work:
            yield from ((kind.schema_org_work, entry) for entry in newest_first(portfolio, kind.record))


def _address_function(app: Sphinx, docname: str) -> Callable[[Entry], str]:
    """Return a function from an entry to its address: absolute if that of the site is known, otherwise relative."""
    site = address_of_site(app)

    def address_of(entry: Entry) -> str:
        if site:
            uri = site + app.builder.get_target_uri(entry.docname)
        else:
            uri = app.builder.get_relative_uri(docname, entry.docname)
        return f"{uri}#{entry.node_id}"

    return address_of
