"""Check the written HTML pages for text in another language that has no ``lang`` attribute."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from sphinx_folio import __version__
from sphinx_folio._common.caches import digest_of_bytes, read_json, write_json
from sphinx_folio._common.cjk import HAN, HAN_OR_FULL_WIDTH
from sphinx_folio._common.i18n import CATALOG_FOLDER, __, catalog_languages
from sphinx_folio._common.output_pages import SITE_BUILDERS, output_pages
from sphinx_folio._common.site_languages import is_translated
from sphinx_folio._common.spelling import LIST_SEPARATORS
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.languages.catalogs import foreign_names, source_texts, warning_location
from sphinx_folio.languages.settings import writes_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

WORD = re.compile(r"[A-Za-z]{2,}")
HANGUL = re.compile("[\uac00-\ud7a3]")
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905  HTML Standard, 13.1.2
)
UNSEEN = frozenset({"script", "style", "template"})
VERBATIM = frozenset({"code", "pre", "kbd"})
"""Elements that may contain English words on a page in any language."""
PICTURES = ("img", "svg")
SPOKEN = ("title", "aria-label", "alt", "placeholder")
"""Attributes whose values are shown or read aloud."""
_SPOKEN_VALUE = re.compile(rf"\b(?:{'|'.join(SPOKEN)})\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)


SHOWN = 80
"""The number of characters of a text in a message."""


class Text(NamedTuple):
    """A text of a page: its line, whether it belongs to the interface or to code, and its value of ``lang``."""

    line: int
    text: str
    interface: bool
    language: str
    verbatim: bool


class _OpenElement(NamedTuple):
    tag: str
    language: str
    unseen: bool
    verbatim: bool
    article: bool


class _Reader(HTMLParser):
    """Collect the texts of a page with their marked languages."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[Text] = []
        self._open = [_OpenElement("", "", unseen=False, verbatim=False, article=False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent, found = self._open[-1], dict(attrs)
        opened = _OpenElement(
            tag,
            "" if tag == "html" else found.get("lang") or parent.language,  # that of the page does not mark a text
            unseen=parent.unseen or tag in UNSEEN or found.get("translate") == "no",
            verbatim=parent.verbatim or tag in VERBATIM,
            article=parent.article or tag == "article",
        )
        spoken = [found.get(name) for name in SPOKEN]
        if tag == "meta" and found.get("name") == "description":
            self._note(found.get("content") or "", opened, interface=False)  # written by the author
        # The author writes the alternative text of pictures; titles of references are names of objects.
        is_authors = tag in PICTURES or "reference" in (found.get("class") or "").split()
        for text in filter(None, spoken):
            self._note(text, opened, interface=not (opened.article and is_authors))
        if tag not in VOID:
            self._open.append(opened)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._note(data, self._open[-1], interface=not self._open[-1].article)

    def _note(self, text: str, element: _OpenElement, *, interface: bool) -> None:
        text = " ".join(text.split())
        if text and not element.unseen:
            interface = interface and not element.verbatim
            self.texts.append(Text(self.getpos()[0], text, interface, element.language, element.verbatim))


def read_texts(html: str) -> list[Text]:
    """Return the texts of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.texts


def foreign_texts(html: str, language: str, names: set[str]) -> Iterator[Text]:
    """Yield the texts of a page that are in another language and are not marked with it.

    On a page in a language without Han characters, this is any text with Han characters or full-width punctuation. On
    other pages, prose may contain English words, so only the interface is checked: words outside of the article, or in
    an attribute, that are not in ``names``.
    """
    for text in read_texts(_blank_article(html, language, names)):
        if writes_han(language):
            if text.interface and not text.language and WORD.search(_remove_names(text.text, names)):
                yield text
        elif _is_foreign(text.text, language) and not writes_han(text.language.replace("-", "_")):
            yield text


def _is_foreign(text: str, language: str) -> bool:
    """Return whether a text on a page in a language without Han characters may be in Chinese or Japanese.

    Korean has brackets of full width, and may explain a word with Han characters.
    """
    if language.partition("_")[0] == "ko":
        return HAN.search(text) is not None and not HANGUL.search(text)
    return HAN_OR_FULL_WIDTH.search(text) is not None


def _blank_article(html: str, language: str, names: set[str]) -> str:
    """Replace the article of a page by empty lines if it cannot contain foreign text.

    Parsing the article takes most of the time. On pages in a language with Han characters, only the attributes of the
    article are checked.
    """
    start, end = html.find("<article"), html.rfind("</article>")
    article = html[start:end] if 0 <= start < end else ""
    if writes_han(language):
        must_parse = any(WORD.search(_remove_names(value, names)) for value in _SPOKEN_VALUE.findall(article))
    else:
        must_parse = "&#" in article or HAN_OR_FULL_WIDTH.search(article) is not None
    if must_parse or not article or "<article" in article[1:]:
        return html
    return html[:start] + "\n" * article.count("\n") + html[end:]


def _remove_names(text: str, names: set[str]) -> str:
    """Return a text without names; longer names are removed first."""
    for name in sorted((name for name in names if name in text), key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def check_pages(app: Sphinx, exception: Exception | None) -> None:
    """Warn about foreign texts on all pages of a build, except those whose missing translation is reported."""
    config = app.config
    if exception or app.builder.name not in SITE_BUILDERS or not config.folio_languages:
        return
    if writes_han(config.language):
        # The author cannot change the English text of another theme, or of furo without a catalog in this package.
        has_catalog = any((CATALOG_FOLDER / code).is_dir() for code in catalog_languages(config.language))
        if config.html_theme != "furo" or not has_catalog:
            return
    elif len(config.folio_languages) == 1:
        return
    is_han = writes_han(config.language)
    message = (
        __("%r is not in the language of the page (%s); translate it or mark its language")
        if is_han
        else __("%r is not in the language of the page (%s); translate it, or mark its language: […]{.language-zh}")
    )
    reported = [" ".join(text.split()) for texts in source_texts(app.env).values() for text in texts]
    reported += ["".join(HAN.findall(text)) for text in reported]  # without markup
    in_other_script = {name for texts in foreign_names(app.env).values() for text in texts for name in _parts(text)}
    docnames = {app.builder.get_output_path(docname): docname for docname in app.env.all_docs}  # type: ignore[attr-defined]
    sources, warned = _Sources(app), set()
    for path, line, whole, interface in _foreign_texts_of_pages(app):
        text = _excerpt(whole)
        is_name = not is_han and not _is_foreign(_remove_names(whole, in_other_script), config.language)
        if is_name or _is_reported(text, reported):
            continue
        where = sources.place_of(text, docnames.get(path), in_others=not interface)
        where = where or f"{path.relative_to(app.outdir)}:{line}"
        if (where, _foreign_part(text)) not in warned:
            warned.add((where, _foreign_part(text)))
            warn(Subtype.FOREIGN_TEXT, message, text, config.language, location=where)


def _foreign_texts_of_pages(app: Sphinx) -> Iterator[tuple[Path, int, str, bool]]:
    """Yield the texts of all pages in another language: path, line, text, and whether it belongs to the interface.

    A cache holds those of pages that have not changed.
    """
    config = app.config
    names = _names(app) if writes_han(config.language) else set()
    cache = Path(app.doctreedir, "folio-foreign-texts.cache")
    code_too = is_translated(config)  # in the language of the pages, the author means what is in code
    rules = json.dumps([__version__, "line, text, interface", config.language, sorted(names), code_too])
    earlier, found = read_json(cache, rules) or {}, {}
    for path in output_pages(app):
        html = path.read_bytes()
        digest = digest_of_bytes(html)
        if digest not in earlier:
            texts = foreign_texts(html.decode(config.html_output_encoding, "replace"), config.language, names)
            shown = [text for text in texts if code_too or not text.verbatim]
            earlier[digest] = [[text.line, text.text, text.interface] for text in shown]
        found[digest] = earlier[digest]
        for line, text, interface in found[digest]:
            yield path, line, text, interface
    write_json(cache, rules, found)


def _parts(text: str) -> tuple[str, ...]:
    """Return a name as pages show it: as a whole, the parts of a list, and their letters in the general index."""
    parts = [part.strip() for part in re.split(f"[{LIST_SEPARATORS}]", text) if HAN_OR_FULL_WIDTH.search(part)]
    return (" ".join(text.split()), *parts, *(part[0] for part in parts))


def _foreign_part(text: str) -> str:
    """Return the characters of a text that are in another script, or the text if there are none."""
    return "".join(HAN_OR_FULL_WIDTH.findall(text)) or text


def _is_reported(text: str, reported: Sequence[str]) -> bool:
    """Return whether a text consists of strings, or parts of strings, whose missing translation has been reported."""
    parts = HAN.findall(text) or HAN_OR_FULL_WIDTH.findall(text)
    return bool(parts) and all(any(part in string for string in reported) for part in parts)


def _excerpt(text: str) -> str:
    """Return the part of a text with its first Han character, or its beginning."""
    match = HAN_OR_FULL_WIDTH.search(text)
    start = match.start() - 20 if match and match.start() > SHOWN - 20 else 0
    return text[start : start + SHOWN]


class _Sources:
    """Find the lines of the source files that hold a text of a page."""

    def __init__(self, app: Sphinx) -> None:
        self._env = app.env
        self._blocks: dict[str, list[tuple[str, nodes.Node | str]]] = {}

    def place_of(self, text: str, docname: str | None, *, in_others: bool) -> nodes.Node | str | None:
        """Return the file and line of a text of a page, or None if it is not from a source file.

        Listings show texts of other pages, sometimes with text around them: there, the part in the other script counts.
        """
        own = self._blocks_of(docname) if docname else []
        place = next((place for words, place in own if text in words), None)
        if place or not in_others:
            return place
        parts = HAN_OR_FULL_WIDTH.findall(text)
        others = (block for name in sorted(self._env.all_docs) for block in self._blocks_of(name))
        return next((place for words, place in others if parts and all(part in words for part in parts)), None)

    def _blocks_of(self, docname: str) -> list[tuple[str, nodes.Node | str]]:
        """Return the texts of the blocks of a page with their locations."""
        if docname not in self._blocks:
            found = self._blocks[docname] = []
            for block in self._env.get_doctree(docname).findall(nodes.Element):
                words = block.astext() if isinstance(block, nodes.TextElement) else block.get("alt") or ""
                if words:
                    found.append((" ".join(words.split()), warning_location(block)))
        return self._blocks[docname]


def _names(app: Sphinx) -> set[str]:
    """Return names that the interface may contain in any language: of the site, its pages and their sections."""
    config = app.config
    names = {config.project, config.html_title, config.html_short_title, config.author, config.copyright}
    for toc in app.env.tocs.values():
        for title in toc.findall(nodes.reference):
            names.add(" ".join(title.astext().split()))
            names.update(text.astext().strip() for text in title.findall(nodes.Text))
    return {name for name in names if name and WORD.search(name)}
