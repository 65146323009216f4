"""What a reader would stumble over: text that is not in the language of its page and not marked with its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from sphinx_folio._common.cjk import HAN_OR_FULL_WIDTH
from sphinx_folio._common.i18n import FOLDER, __
from sphinx_folio._common.output_pages import output_pages
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.languages.settings import is_translated, writes_han

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

WORD = re.compile(r"[A-Za-z]{2,}")
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905  HTML Standard, 13.1.2
)
UNSEEN = frozenset({"script", "style", "template"})
VERBATIM = frozenset({"code", "pre", "kbd"})
"""Where English words are at home on a page in any language."""
PICTURES = ("img", "svg")
SPOKEN = ("title", "aria-label", "alt", "placeholder")
"""The attributes that a reader sees or hears."""
_SPOKEN_VALUE = re.compile(rf"\b(?:{'|'.join(SPOKEN)})\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)


class Text(NamedTuple):
    """A text of a page: the line it begins in, whether it belongs to the interface, and its language if marked."""

    line: int
    text: str
    interface: bool
    language: str


class _Open(NamedTuple):
    tag: str
    language: str
    unseen: bool
    verbatim: bool
    article: bool


class _Reader(HTMLParser):
    """Collect the texts of a page with the language that is marked on them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[Text] = []
        self._open = [_Open("", "", unseen=False, verbatim=False, article=False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above, found = self._open[-1], dict(attrs)
        opened = _Open(
            tag,
            found.get("lang") or ("" if tag == "html" else above.language),
            unseen=above.unseen or tag in UNSEEN or found.get("translate") == "no",
            verbatim=above.verbatim or tag in VERBATIM,
            article=above.article or tag == "article",
        )
        if tag == "html":
            opened = opened._replace(language="")  # the page's own language is not a mark
        spoken = [found.get(name) for name in SPOKEN]
        if tag == "meta" and found.get("name") == "description":
            self._note(found.get("content") or "", opened, interface=False)  # the page's own prose
        picture = opened.article and tag in PICTURES  # what it shows is told by the author, as prose is
        for text in filter(None, spoken):
            self._note(text, opened, interface=not picture)
        if tag not in VOID:
            self._open.append(opened)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._note(data, self._open[-1], interface=not self._open[-1].article)

    def _note(self, text: str, around: _Open, *, interface: bool) -> None:
        text = " ".join(text.split())
        if text and not around.unseen:
            self.texts.append(Text(self.getpos()[0], text, interface and not around.verbatim, around.language))


def read_texts(html: str) -> list[Text]:
    """Return the texts of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.texts


def foreign_texts(html: str, language: str, names: set[str]) -> Iterator[Text]:
    """Yield the texts that are not in a page's language, nor marked with their own.

    On a page in a language without Han characters, that is every Han character. On one with them, prose may well name
    things in English; it is the interface that must not: a word outside of the article, or in a label, that is no name.
    """
    for text in read_texts(_without_article(html, language, names)):
        if writes_han(language):
            if text.interface and not text.language and WORD.search(_without(text.text, names)):
                yield text
        elif HAN_OR_FULL_WIDTH.search(text.text) and not writes_han(text.language.replace("-", "_")):
            yield text


def _without_article(html: str, language: str, names: set[str]) -> str:
    """Return a page without the inside of its article, where nothing can be foreign in there; its lines stay.

    To parse it takes most of the time. In the language of a page with Han characters, only attributes count in there.
    """
    start, end = html.find("<article"), html.rfind("</article>")
    article = html[start:end] if 0 <= start < end else ""
    if writes_han(language):
        doubtful = any(WORD.search(_without(value, names)) for value in _SPOKEN_VALUE.findall(article))
    else:
        doubtful = "&#" in article or HAN_OR_FULL_WIDTH.search(article) is not None
    if doubtful or not article or "<article" in article[1:]:
        return html
    return html[:start] + "\n" * article.count("\n") + html[end:]


def _without(text: str, names: set[str]) -> str:
    """Return what is left of a text without names, the longest taken out first."""
    for name in sorted((name for name in names if name in text), key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def check_pages(app: Sphinx, exception: Exception | None) -> None:
    """Report such texts on all pages of a build."""
    config = app.config
    if exception or app.builder.name not in {"html", "dirhtml"} or not config.folio_languages:
        return
    if writes_han(config.language):
        # What another theme says in English, or furo without a catalog of ours, is not the author's to change.
        if config.html_theme != "furo" or not (FOLDER / config.language).is_dir():
            return
    elif not is_translated(config):
        return
    names = _names(app)
    for path in output_pages(app):
        for text in foreign_texts(path.read_text(encoding="utf-8"), config.language, names):
            message = __("%r is not in the language of the page (%s), nor marked with its own")
            where = f"{path.relative_to(app.outdir)}:{text.line}"
            warn(Subtype.FOREIGN_TEXT, message, text.text[:80], config.language, location=where)


def _names(app: Sphinx) -> set[str]:
    """Return what may stand in the interface in any language: the site's name, and titles of pages and sections."""
    config = app.config
    names = {config.project, config.html_title, config.html_short_title, config.author, config.copyright}
    for toc in app.env.tocs.values():
        for title in toc.findall(nodes.reference):
            names.add(" ".join(title.astext().split()))
            names.update(text.strip() for text in title.findall(nodes.Text))
    return {name for name in names if name and WORD.search(name)}
