"""Find text that looks like one of our directives or roles but is parsed as something else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.conflicts import MARK, UNRESOLVED
from sphinx_folio._common.i18n import __
from sphinx_folio._common.markup_names import PREFIX, markup_name
from sphinx_folio._common.page_suffixes import MARKDOWN
from sphinx_folio._common.spelling import ascii_form
from sphinx_folio._common.trees import ancestors, nodes_in
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives.option_lines import are_options, check_lines, closes
from sphinx_folio.doctree.nodes import folio_entry, folio_fact, folio_summary, folio_term

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sphinx.config import Config

_QUOTES = "`｀´'＇\"＂‘’‚“”„«»「」『』"
_QUOTED = rf"\s?[{_QUOTES}](?:[^\s{{}}{_QUOTES}]+|[^{{}}{_QUOTES}]+[<＜][^<>{_QUOTES}]+[>＞])[{_QUOTES}]"
_NAME = r"\W{1,4}(?P<name>[\w:.+-]*\w)"  # in quotes of any language, because smart quotes have replaced them
_REJECTED = re.compile(rf"Error in {_NAME}\W+directive:")
_DOUBLE_PREFIX = re.compile(f"^{PREFIX}+")
"""The name of the domain with one colon or several."""
_VERBATIM = (nodes.literal, nodes.problematic, nodes.FixedTextElement)
_ESCAPED_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\{")
_FENCE_START = re.compile(r"\s{0,3}(?P<fence>`{3,}|~{3,}|:{3,})\s*\{")


class MarkupCheck:
    """Check one page for markup that was not parsed as a directive or role."""

    def __init__(
        self,
        document: nodes.document,
        directives: Mapping[str, Collection[str]],
        roles: Collection[str],
        config: Config,
    ) -> None:
        """Compile the patterns for the names in use.

        Args:
            document: The page, including its system messages.
            directives: The names of our directives → the options of each.
            roles: The names of our roles.
            config: The settings, which decide how names are written.
        """
        self._document = document
        self._directives = directives
        self._config = config
        role = rf"(?P<name>(?:folio[:：])?(?:{'|'.join(map(re.escape, roles))}))"
        directive = rf"(?:folio[:：]{{1,2}})?(?:{'|'.join(map(re.escape, directives))})"
        self._role = re.compile(
            rf"(?:[{{｛]{role}[}}｝]|(?<![A-Za-z0-9:])[:：]{role.replace('name', 'rst')}[:：])(?P<rest>{_QUOTED}|\s?$)"
        )
        self._fence = re.compile(rf"\s*(?P<fence>[`｀´~～]+|[:：]{{2,}})\s*[{{｛](?P<name>{directive})[}}｝]")
        self._inline = re.compile(rf"[{{｛](?P<name>{directive})[}}｝]\s+\S")
        self._first_line = re.compile(
            rf"\s*[`~:]{{3,}}\s*[{{｛\[(（]\s*(?P<name>{directive})\s*[}}｝\])）](?P<argument>.*)"
        )
        self._explicit = re.compile(rf"\s*\.\.\s*(?P<name>{directive})\s?[:：]{{1,2}}(?:\s|$)")
        self._comment = re.compile(rf"(?P<name>{directive})\s*(?P<colons>[:：]{{0,2}})(?:[ \t]+[^\s:]+)?\s*$")

    def run(self) -> None:
        """Warn about all mistakes on the page."""
        for node in nodes_in(self._document):
            if isinstance(node, nodes.Text):
                self._check_text(node)
            elif isinstance(node, nodes.system_message):
                self._check_message(node)
            elif isinstance(node, nodes.comment):
                self._check_comment(node)
            elif isinstance(node, nodes.literal_block):
                self._check_code(node)
            elif isinstance(node, nodes.container):
                self._check_container(node)
        self._check_summary()
        self._check_last_fence()

    # Rejected by docutils or MyST

    def _check_message(self, message: nodes.system_message) -> None:
        """Warn about malformed options that made docutils reject one of our directives."""
        rejected = _REJECTED.search(message.astext())
        name = rejected["name"].lower().removeprefix(PREFIX) if rejected else ""
        quoted = message.next_node(nodes.literal_block)
        if name not in self._directives or quoted is None:
            return
        block = check_lines(quoted.astext(), int(message.get("line", 0)), self._directives[name], ())
        for mistake in block.mistakes:
            warn(mistake.subtype, "%s", mistake.message, location=f"{message['source']}:{mistake.line}")

    # Read as text, comment or code

    def _check_text(self, text: nodes.Text) -> None:
        words = text.astext()
        parent = text.parent
        if not isinstance(parent, _VERBATIM) and (conflict := MARK.search(words)):
            warn(Subtype.UNREAD_MARKUP, __(UNRESOLVED), location=_place(parent, text, conflict.start()))
        if not any(sign in words for sign in "{｛:："):
            return
        if isinstance(parent, _VERBATIM):
            if isinstance(parent, nodes.literal) and "\n" in words and (fence := self._fence.match(f"``{words}")):
                self._warn_of_directive(fence["name"], text, 0)  # a fence in reStructuredText
            elif _is_all_of_a_paragraph(parent) and (inline := self._inline.match(words)):
                self._warn_of_directive(inline["name"], text, 0)  # a fence of one or two backticks
            return
        fence = self._fence.match(words) or self._explicit.match(words)
        if fence:
            if not _ESCAPED_FENCE.match(words) or _is_restructuredtext(self._document):
                self._warn_of_directive(fence["name"], text, fence.start("name"))
            return
        for match in self._role.finditer(words):
            name = match["name"] or match["rst"]
            if (match["rest"].strip() or _quote_follows(text)) and not self._is_escaped(match, parent):
                message = __("this is text, not the role %r; write %s, in ASCII and without a space")
                written = self._name(name)
                form = f":{written}:`…`" if _is_restructuredtext(self._document) else f"{{{written}}}`…`"
                warn(Subtype.UNREAD_MARKUP, message, name, form, location=_place(parent, text, match.start()))

    def _is_escaped(self, match: re.Match[str], parent: nodes.Element) -> bool:
        """Return whether a role is escaped: it is well-formed, so only a backslash can have made it text."""
        form = r":[\w:]+:`" if _is_restructuredtext(self._document) else r"\{[\w:]+\}(?:`|$)"
        is_option = isinstance(parent, folio_fact | folio_term)  # options have no escapes
        return not is_option and re.match(form, match[0]) is not None

    def _warn_of_directive(self, name: str, text: nodes.Text, start: int) -> None:
        message = __("this is text, not the directive %r; write %s")
        warn(
            Subtype.UNREAD_MARKUP, message, name, self._directive_form(name), location=_place(text.parent, text, start)
        )

    def _directive_form(self, name: str) -> str:
        name = self._name(name)
        return f".. {name}::" if _is_restructuredtext(self._document) else f"```{{{name}}}"

    def _name(self, written: str) -> str:
        """Return the name of a directive or role as it has to be written: as the author did, if that works here."""
        name = _DOUBLE_PREFIX.sub(PREFIX, ascii_form(written))
        return name if name.startswith(PREFIX) else markup_name(name, self._config)

    def _check_comment(self, comment: nodes.comment) -> None:
        """Warn about directives that are comments because a colon is missing or in the wrong place.

        Only those have the name of the domain in reStructuredText, a full-width colon, or options below them.
        """
        first, *rest = comment.astext().splitlines() or [""]
        match = self._comment.match(first)
        if not match:
            return
        written = self._name(match["name"])
        name = written.removeprefix(PREFIX)
        has_prefix = ascii_form(match["name"]) != name and _is_restructuredtext(self._document)
        if has_prefix or "：" in match["colons"] or are_options(rest, self._directives[name]):
            message = __("this is a comment, not the directive %r; write %s")
            place = _place(comment, lines_above=len(rest))  # docutils gives a comment the number of its last line
            warn(Subtype.UNREAD_MARKUP, message, name, self._directive_form(written), location=place)

    def _check_code(self, block: nodes.literal_block) -> None:
        """Warn about directives that are code blocks: braces are missing, or the first line or indentation is wrong."""
        language = ascii_form(block.get("language", ""))
        name = language.strip("{}").removeprefix(PREFIX)
        if name in self._directives:
            message = __("this is a code block, not the directive %r; write %s")
            warn(Subtype.UNREAD_MARKUP, message, name, self._directive_form(name), location=_place(block))
        elif language[:1] in {"{", "[", "("} and (first := self._first_line.match(_source_line(block))):
            form = f"{self._directive_form(first['name'])} {first['argument'].strip()}".rstrip()
            message = __("this is a code block, not the directive %r; write %s")
            warn(Subtype.UNREAD_MARKUP, message, first["name"], form, location=_place(block))
        elif language == "none" and (fence := self._fence.match(block.astext())):
            message = __("this is a code block, not the directive %r; indent it by less than four spaces")
            warn(Subtype.MISPLACED_ENTRY, message, fence["name"], location=_place(block))

    def _check_container(self, container: nodes.container) -> None:
        """Warn about directives that MyST takes for a container because braces are missing."""
        name = next((name for name in container["classes"] if name in self._directives), "")
        if name and container.get("is_div"):
            message = __("this is a container, not the directive %r; write %s")
            warn(Subtype.UNREAD_MARKUP, message, name, f":::{{{self._name(name)}}}", location=_place(container))

    def _check_summary(self) -> None:
        """Warn about a summary on a page without a person, which no export would contain."""
        summary = self._document.next_node(folio_summary)
        if summary is None or any(node["objtype"] == "person" for node in self._document.findall(folio_entry)):
            return
        message = __("this page describes no person; move the summary to the page that does")
        warn(Subtype.MISPLACED_ENTRY, message, location=_place(summary))

    # Not closed

    def _check_last_fence(self) -> None:
        """Warn about an unclosed fence that contains the rest of the page; only the last block can have one."""
        last: nodes.Node = self._document
        while isinstance(last, nodes.document | nodes.section):
            blocks = [node for node in last.children if not isinstance(node, nodes.system_message | nodes.Invisible)]
            if not blocks:
                return
            last = blocks[-1]
        if not isinstance(last, folio_entry) or not last.source or not last.line or last["unclosed"]:
            return
        lines = _source_lines(last)
        start = _FENCE_START.match(lines[last.line - 1]) if last.line <= len(lines) else None
        if start and not any(closes(line, start["fence"]) for line in lines[last.line :]):
            message = __("the fence of %s %r is not closed; end it with %s")
            warn(Subtype.UNCLOSED_FENCE, message, last["objtype"], last["key"], start["fence"], location=_place(last))


def _source_lines(node: nodes.Element) -> list[str]:
    """Return the lines of the file that a node is from; none if it is from a docstring, for example."""
    path = Path(node.source or "")
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []


def _source_line(node: nodes.Element) -> str:
    """Return the line of the file on which a node begins, or an empty string."""
    return "".join(_source_lines(node)[(node.line or 1) - 1 : node.line])


def _is_all_of_a_paragraph(literal: nodes.Element) -> bool:
    """Return whether inline code is a whole paragraph of a page, and not an item or a cell."""
    paragraph = literal.parent
    return (
        isinstance(literal, nodes.literal)
        and isinstance(paragraph, nodes.paragraph)
        and len(paragraph) == 1
        and isinstance(paragraph.parent, nodes.document | nodes.section)
    )


def _quote_follows(text: nodes.Text) -> bool:
    """Return whether inline code or a title reference follows, as which the content of a role is parsed."""
    siblings = text.parent.children
    following = siblings[text.parent.index(text) + 1 :][:1]
    return any(isinstance(node, nodes.literal | nodes.title_reference | nodes.problematic) for node in following)


def _is_restructuredtext(document: nodes.document) -> bool:
    return not str(document["source"]).endswith(MARKDOWN)


def _place(node: nodes.Element, text: nodes.Text | None = None, start: int = 0, lines_above: int = 0) -> str:
    """Return ``path:line`` of a node, or of the character ``start`` in one of its texts."""
    block = next((element for element in (node, *ancestors(node)) if element.line or element.get("line")), None)
    if block is None:
        return str(node.document["source"]) if node.document is not None else ""
    line = int(block.get("line") or block.line or 0) - lines_above
    above = ""
    for part in block.findall(nodes.Text) if text is not None else ():
        if part is text:
            above += part.astext()[:start]
            break
        above += part.astext()
    return f"{block.get('source') or block.source}:{line + above.count(chr(10))}"
