"""Translated messages that this process has parsed, or an earlier one that has left them in a folder.

To read a translated page, Sphinx parses each message as a document of its own, which takes half of the time. After most
edits, one message of the page has changed, or none.
"""

from __future__ import annotations

import logging
import pickle
import re
import sys
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import docutils
import sphinx

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.write_log import fingerprint

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from docutils import nodes
    from sphinx.application import Sphinx

FILETYPE = "markdown"
MESSAGE = ":<translated>"
"""The end of the source of the document that Sphinx makes for a message."""
DEPENDENT = r"\{(?!(?:%s)\}`)|<|\[\^|\]\((?!https?:)|\]\["
"""Markup whose nodes may depend on more than the message, such as roles, and links to files that may exist or not.

The roles of the domain ``folio`` depend on nothing else.
"""
MOST = 5_000
"""With more stored messages, the oldest is dropped for each new one."""


class ParsedMessages:
    """The nodes of messages, by page and text; messages that cause warnings are not stored."""

    def __init__(self, folder: Path | None = None) -> None:
        """Start without messages, or with those that were saved in a folder; a page is loaded when it is parsed."""
        self._stored: OrderedDict[tuple[str, str], list[nodes.Node]] = OrderedDict()
        self._folder = folder
        self._rules = ""
        self._saved: dict[str, list[str]] = {}
        """The texts of the messages that are saved of a page."""
        self._used: dict[str, list[str]] = {}
        """The texts of the messages that the pages have, as far as the latest application has parsed them."""

    def use(self, app: Sphinx) -> None:
        """Make an application use the stored messages of its pages in Markdown."""
        original = app.registry.get_source_parsers().get(FILETYPE)
        if original is None:
            return
        messages = self
        self._rules, self._used = _rules(app), {}
        domain = app.env.domains.get("folio")
        dependent = re.compile(DEPENDENT % "|".join(sorted(domain.roles) if domain else ()))

        class Parser(original):  # type: ignore[misc,valid-type]
            """The parser of pages, which reads a message from the store if it is there."""

            def parse(self, inputstring: str, document: nodes.document) -> None:
                """Parse a page or a message."""
                is_message = document["source"].endswith(MESSAGE) and not dependent.search(inputstring)
                key = (app.env.current_document.docname, inputstring)
                messages.load(key[0])
                if is_message and messages.restore(key, document):
                    return
                records = Records()
                logger = logging.getLogger("sphinx")
                logger.addHandler(records)
                try:
                    super().parse(inputstring, document)
                finally:
                    logger.removeHandler(records)
                if is_message and not records.number:
                    messages.store(key, document)

        app.add_source_parser(Parser, override=True)

    def restore(self, key: tuple[str, str], document: nodes.document) -> bool:
        """Add the stored nodes of a message to its document, and return whether there are any."""
        if key not in self._stored:
            return False
        self._used[key[0]].append(key[1])
        self._stored.move_to_end(key)
        for node in self._stored[key]:
            copied = node.deepcopy()
            for part in copied.findall():
                if part.source is not None:
                    part.source = document["source"]
            document += copied
        return True

    def store(self, key: tuple[str, str], document: nodes.document) -> None:
        """Store the nodes of a message, without the document and its settings."""
        copies = [child.deepcopy() for child in document.children]
        for node in copies:
            for part in node.findall():
                part.document = None  # type: ignore[assignment]  # it has been set for another document
        self._stored[key] = copies
        self._used[key[0]].append(key[1])
        if len(self._stored) > MOST:
            self._stored.popitem(last=False)

    def load(self, docname: str) -> None:
        """Load the saved messages of a page, once."""
        if docname in self._used:
            return
        self._used[docname] = []
        content = caches.read(self._folder / f"{docname}.pickle", self._rules) if self._folder else None
        found: dict[str, list[nodes.Node]] = pickle.loads(content) if content else {}  # noqa: S301  as Sphinx's doctrees
        self._saved[docname] = [*found]
        self._stored |= {(docname, text): copies for text, copies in found.items()}

    def save(self, folder: Path, docnames: Container[str]) -> None:
        """Save the messages of the pages that were parsed, and remove those of all but the given pages."""
        for docname, texts in self._used.items():
            found = {text: self._stored[docname, text] for text in texts if (docname, text) in self._stored}
            if [*found] != self._saved[docname]:
                caches.write(folder / f"{docname}.pickle", self._rules, pickle.dumps(found))
        for path in folder.rglob("*.pickle"):
            if path.relative_to(folder).with_suffix("").as_posix() not in docnames:
                path.unlink()


def _rules(app: Sphinx) -> str:
    """Return what the nodes of a message depend on, apart from its text."""
    extensions = sorted((name, extension.version) for name, extension in app.extensions.items())
    settings = sorted((value.name, _stable(value.value)) for value in app.config.filter({"env"}))
    return fingerprint([__version__, sphinx.__version__, docutils.__version__, sys.version, extensions, settings])


def _stable(value: object) -> str:
    """Return the representation of a setting; that of a set has another order in each process."""
    return repr(sorted(value, key=repr)) if isinstance(value, set | frozenset) else repr(value)


class Records(logging.Handler):
    """Counts warnings."""

    def __init__(self) -> None:
        """Start at none."""
        super().__init__(logging.WARNING)
        self.number = 0

    def emit(self, record: Any) -> None:
        """Count a warning."""
        self.number += 1
