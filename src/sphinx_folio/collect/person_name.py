"""Check that conf.py and the pages of a translation give the person the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes

from sphinx_folio._common.i18n import __
from sphinx_folio._common.settings import setting_location
from sphinx_folio._common.site_languages import is_translated
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.doctree.nodes import folio_entry, folio_fact, folio_term
from sphinx_folio.portfolio.records import Person

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.domain import FolioDomain

SETTINGS = ("project", "author", "copyright", "html_title")
"""The settings of Sphinx that often contain the name; themes show them on every page."""


def check_person_name(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn if the translation has another name for the person than the pages, and settings still have theirs."""
    if not is_translated(app.config):
        return
    people = cast("FolioDomain", env.domains["folio"]).portfolio().all(Person)
    original = _original_name(env.get_doctree(people[0].docname), people[0]) if people else ""
    if not original or original == people[0].name:
        return
    found = [name for name in SETTINGS if _ends_with(app.config[name], original)]
    if found:
        language = app.config.language
        message = __(
            "conf.py calls the person %r in %s (%s), but the pages say %r; write one name in conf.py and the catalog"
        )
        words = original, language, ", ".join(found), people[0].name
        warn(Subtype.UNTRANSLATED, message, *words, location=setting_location(app.config, found[0]))


def _ends_with(value: object, name: str) -> bool:
    """Return whether a setting is a name, or ends with it as copyright does after the years."""
    texts = value if isinstance(value, list | tuple) else (value,)
    return any(isinstance(text, str) and (text == name or text.endswith(f" {name}")) for text in texts)


def _original_name(document: nodes.document, person: Person) -> str:
    """Return the name of the person before translation: an option of the directive, or the title of its section."""
    for entry in document.findall(folio_entry):
        if (entry["objtype"], entry["key"]) != (person.objtype, person.key):
            continue
        named = (node for kind in (folio_fact, folio_term) for node in entry.findall(kind) if node["fact"] == "name")
        title = entry.parent.next_node(nodes.title) if isinstance(entry.parent, nodes.section) else None
        node = next(named, title)
        return node.rawsource if node is not None else ""
    return ""
