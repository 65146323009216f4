"""Warn about missing, fuzzy and unsafe translations; Sphinx would silently show the source text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import extract_messages

from sphinx_folio._common.cjk import HAN_OR_FULL_WIDTH
from sphinx_folio._common.i18n import __
from sphinx_folio._common.site_languages import is_translated
from sphinx_folio._common.trees import ancestors
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.languages.catalog_reader import CatalogError, problems, read_catalog
from sphinx_folio.languages.metadata import has_words
from sphinx_folio.languages.sphinx_labels import is_from_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from babel.messages.catalog import Catalog, Message
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_ADDRESS = re.compile(
    r"(?:https?://|mailto:)[^\s<>()\]，。；、）.,:;][^\s<>()\]，。；、）]*"
    r"|\]\((?P<relative>[^)\s]+)\)|<(?P<auto>[a-z][a-z0-9+.-]*:[^<>\s]*)>"
    r"|\b(?:javascript|livescript|vbscript|data|file|blob|about):[^\s<>]+",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![`\\])(?P<fence>`+)(?!`).*?(?<!`)(?P=fence)(?!`)", re.DOTALL)
_ROLE_OR_CODE = re.compile(
    r"[{:](?P<role>[\w:+-]+)[}:]`(?:[^`<]*<(?P<target>[^`>]*)>|(?P<plain>[^`]*))`|" + _CODE.pattern, re.DOTALL
)
"""The first of both counts: code such as ```{doc}``` may look like the beginning of a role."""
_MARKUP = re.compile(
    r"</?[a-z][\w-]*(?:[\s/][^>]*)?>|<[!?][^>]*>"  # tags with their attributes, comments and the like
    r"|&(?:#[0-9]+|#x[0-9a-f]+|[a-z][a-z0-9]*);"  # entities
    r"|\{\{.*?\}\}",  # MyST's substitutions, which can run code
    re.IGNORECASE,
)
HAS_CATALOGS = "folio_has_catalogs"
"""The attribute of the environment that says whether the build's language has any catalog."""
MAX_SHOWN = 60
"""The maximum number of characters of a string in a message."""


class CheckTranslations(SphinxTransform):
    """Warn about strings of a page whose translation is missing, fuzzy or has different references.

    A translation that adds links, HTML or substitutions is ignored, so that translators cannot add scripts or links to
    pages. If the language has no catalogs yet, ``check_catalogs`` says so once instead. Priority 19: Sphinx applies
    translations at 20.
    """

    default_priority = 19

    def apply(self, **kwargs: Any) -> None:
        """Check the translation of each string of the page."""
        docname = self.env.current_document.docname
        messages = [*extract_messages(self.document)]
        names: list[str] = []
        if is_translated(self.config):
            names = self.check_all(messages)
            source_texts(self.env)[docname] = tuple(dict.fromkeys(self.reported))
        elif self.config.folio_languages:
            names = [_name(node, message) for node, message in messages]
        foreign_names(self.env)[docname] = tuple(dict.fromkeys(filter(HAN_OR_FULL_WIDTH.search, names)))

    def check_all(self, messages: Iterable[tuple[nodes.Element, str]]) -> list[str]:
        """Check the translation of each string; return the names whose translation is the same as the source."""
        self.is_silent = not getattr(self.env, HAS_CATALOGS, True)
        domain = docname_to_domain(self.env.current_document.docname, self.config.gettext_compact)
        folders = catalog_folders(self.env.srcdir, self.config)
        paths = [path for folder in folders if (path := folder / f"{domain}.po").is_file()]
        for path in paths:
            self.env.note_dependency(path)  # Sphinx tracks only the compiled catalog, which may be out of date
        catalogs = {path: _read(path, path.stat().st_mtime_ns) for path in paths}
        self.reported: list[str] = []
        names = []
        for node, message in messages:
            if None in catalogs.values():  # an invalid catalog, which check_catalogs has reported: use none of it
                node["translatable"] = False
                self.reported.append(message)
            elif self.check(node, message, catalogs, domain) and isinstance(node, nodes.TextElement):
                node["folio_message"] = message
            else:
                names.append(_name(node, message))
        return names

    def check(self, node: nodes.Element, text: str, catalogs: Mapping[Path, Catalog | None], domain: str) -> bool:
        """Warn about problems with the translation of a string; return whether Sphinx has to replace the string.

        Strings whose translation is missing or not used are added to ``reported``.
        """
        entries = ((path, catalog.get(text)) for path, catalog in catalogs.items() if catalog)
        path, found = next((entry for entry in entries if entry[1]), (None, None))
        shown, where = _shortened(text), warning_location(node)
        catalog_path = f"{self.config.language}/LC_MESSAGES/{domain}.po"
        if found is None and is_from_template(node, text, self.config.language):
            return False
        if found is None or not is_complete(found):
            if shows_names_only(node):
                return False
            message = __("no translation of %r in %s")
            if not self.is_silent:
                warn(Subtype.UNTRANSLATED, message, shown, catalog_path, location=where)
            self.reported.append(text)
            return False
        entry_location = f"{catalog_path}:{found.lineno}"
        if found.fuzzy and not self.config.gettext_allow_fuzzy_translations:
            message = __("the translation of %r in %s is fuzzy; check it and remove the fuzzy mark")
            warn(Subtype.FUZZY_TRANSLATION, message, shown, entry_location, location=where)
            self.reported.append(text)
            return False
        translation = str(found.string)
        lacking, added = differences(text, translation)
        if added:
            message = __("the translation of %r is ignored: it contains %s, which its source does not")
            location = f"{path}:{found.lineno}"
            warn(Subtype.TRANSLATION_MISMATCH, message, shown, ", ".join(added), location=location)
            node["translatable"] = False
            self.reported.append(text)
            return False
        if lacking:
            message = __("the translation of %r in %s lacks %s")
            warn(
                Subtype.TRANSLATION_MISMATCH,
                message,
                shown,
                entry_location,
                ", ".join(lacking),
                location=where,
            )
        if "\n\n" in translation.strip() and not isinstance(node, nodes.math_block):
            message = __("the translation of %r in %s has a second paragraph; write a single one")
            warn(Subtype.TRANSLATION_MISMATCH, message, shown, entry_location, location=where)
        return translation != text


class CheckAppliedTranslations(SphinxTransform):
    """Warn about translations in the catalog that Sphinx has not applied.

    Sphinx ignores translations that are not a single paragraph, and catalogs that are not compiled. Priority 26: after
    Sphinx has applied translations (20).
    """

    default_priority = 26

    def apply(self, **kwargs: Any) -> None:
        """Check the strings that ``CheckTranslations`` has marked as translated."""
        for node in self.document.findall(nodes.TextElement):
            text = node.attributes.pop("folio_message", None)
            if text is not None and not isinstance(node, addnodes.translatable) and not node.get("translated"):
                message = __("the translation of %r cannot be used: write a single paragraph, not a list or a heading")
                warn(Subtype.UNTRANSLATED, message, _shortened(text), location=warning_location(node))


def _name(node: nodes.Element, message: str) -> str:
    """Return a string if it is a title or the value of an option, which may be a name; otherwise an empty one."""
    if isinstance(node, addnodes.translatable):
        return message
    return node.astext() if isinstance(node, nodes.title | addnodes.not_smartquotable) else ""


def foreign_names(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    """Return for each page its names with Han characters that the author has not translated, such as that of a school.

    In the language of the source, these are all titles and values of options.
    """
    return _by_page(env, "folio_foreign_names")


def source_texts(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    """Return for each page the strings that are shown in the language of the source, which has been reported."""
    return _by_page(env, "folio_source_texts")


def _by_page(env: BuildEnvironment, name: str) -> dict[str, tuple[str, ...]]:
    """Return an attribute of the environment, which Sphinx pickles; by default, an empty dict is set."""
    found: dict[str, tuple[str, ...]] = vars(env).setdefault(name, {})
    return found


def remove_source_texts(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Remove the strings of a page that is read again or was deleted."""
    source_texts(env).pop(docname, None)
    foreign_names(env).pop(docname, None)


def merge_source_texts(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Add the strings of pages that another process has read."""
    for texts_of in (source_texts, foreign_names):
        texts_of(env).update({docname: texts_of(other).get(docname, ()) for docname in docnames})


def warning_location(node: nodes.Node) -> nodes.Node | str:
    """Return the location of a node: of its nearest ancestor with a line, if docutils has given it none."""
    for element in (node, *ancestors(node)):
        if isinstance(element, nodes.Element) and element.source and element.line:
            return f"{element.source}:{element.line}"
    return node


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def is_complete(message: Message) -> bool:
    """Return whether a message has a translation, in every plural form if it has several."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(form.strip() for form in forms)


def shows_names_only(node: nodes.Element) -> bool:
    """Return whether a text has no words of its own: only numbers, code, formulas, and references that show names.

    A reference to a term of a glossary shows what the author wrote.
    """
    if not isinstance(node, nodes.TextElement) or isinstance(node, nodes.FixedTextElement):
        return False
    own = [child for child in node.children if not (_is_code(child) or _shows_name(child))]
    return bool(node.children) and not any(map(_has_words, own))


def _is_code(node: nodes.Node) -> bool:
    return isinstance(node, nodes.literal) or (isinstance(node, nodes.math) and not has_words(node))


def _has_words(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.Text) or any(map(str.isalpha, node.astext()))


def _shows_name(node: nodes.Node) -> bool:
    return isinstance(node, addnodes.pending_xref) and not node.get("refexplicit") and node.get("reftype") != "term"


def references(text: str) -> Counter[str]:
    """Count the parts of a string that are not plain text: roles with targets, addresses, HTML and substitutions."""
    either = _ROLE_OR_CODE.finditer(text)
    roles = (f"{match['role']}:{match['target'] or match['plain']}" for match in either if match["role"])
    addresses = (match["relative"] or match["auto"] or match[0] for match in _ADDRESS.finditer(text))
    found = (" ".join(match[0].split()) for match in _MARKUP.finditer(_CODE.sub(" ", text)))
    markup = (part for part in found if part[0] != "&" or unescape(part) != part)
    return Counter((*roles, *(address.rstrip(".,:;") for address in addresses), *markup))


def differences(source: str, translation: str) -> tuple[list[str], list[str]]:
    """Return the references that a translation lacks, and those that it adds to the source."""
    expected, found = references(source), references(translation)
    return sorted((expected - found).elements()), sorted((found - expected).elements())


def catalog_folders(srcdir: Path, config: Config) -> list[Path]:
    """Return the folders with the catalogs of the build's language."""
    return [Path(srcdir, folder, config.language, "LC_MESSAGES") for folder in config.locale_dirs]


def has_catalogs(srcdir: Path, config: Config) -> bool:
    """Return whether there is any catalog in the build's language."""
    return any(next(folder.rglob("*.po"), None) for folder in catalog_folders(srcdir, config))


def pages_to_check_again(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> set[str]:
    """Return all pages if the language has got its first catalog since the last build, or has lost its last one.

    Their warnings about missing translations depend on it.
    """
    found = not is_translated(app.config) or has_catalogs(env.srcdir, app.config)
    has_changed = found is not getattr(env, HAS_CATALOGS, found)
    setattr(env, HAS_CATALOGS, found)
    return {*env.found_docs} if has_changed else set()


def check_catalogs(app: Sphinx) -> None:
    """Warn about every problem in the catalogs of the build's language, or that it has none yet.

    Pages do not use invalid catalogs.
    """
    if not is_translated(app.config):
        return
    if not has_catalogs(app.srcdir, app.config):
        folder = Path(app.srcdir, (app.config.locale_dirs or ["locales"])[0], app.config.language)
        message = __("no catalogs in %s: “sphinx-folio messages” creates them and lists the strings to translate")
        warn(Subtype.UNTRANSLATED, message, folder, location=None)
    for folder in catalog_folders(app.srcdir, app.config):
        for path in sorted(folder.rglob("*.po")):
            for problem in problems(path.read_bytes()):
                location = f"{path}:{problem.line}"
                warn(Subtype.INVALID_CATALOG, __("invalid catalog: %s"), problem.text, location=location)


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> Catalog | None:
    """Return a catalog, or None if it is invalid; the modification time is a part of the cache key."""
    try:
        return read_catalog(path)
    except CatalogError:
        return None
