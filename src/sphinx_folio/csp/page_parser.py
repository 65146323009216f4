"""Find the inline code and the resources in the HTML of a page."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from sphinx_folio.csp.policy import PolicyInput
from sphinx_folio.csp.resources import LOADING_ELEMENTS, resources_in_style, resources_of_element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXECUTED_TYPES = {
    *("", "importmap", "module", "speculationrules"),
    *(
        f"{kind}/{name}"
        for kind in ("text", "application")
        for name in ("javascript", "ecmascript", "x-javascript", "x-ecmascript")
    ),
    *("text/jscript", "text/livescript", *(f"text/javascript1.{number}" for number in range(6))),
}
"""The types of ``script`` elements that browsers execute (https://mimesniff.spec.whatwg.org/#javascript-mime-type).

Others, such as JSON-LD, are data: no policy applies.
"""

_ELEMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
"""A comment, a script or a style sheet; one within another is text, so that the first match is the right one."""
_LOADING_TAG = re.compile(rf"<(?:{'|'.join(sorted(LOADING_ELEMENTS))})\b[^<]*".encode())
"""A start tag of an element that loads something, in lower case; it may also be text that looks like one."""
_INLINE_CODE = [
    re.compile(rb"style(?<=[\s\"'/]style)\s*="),
    re.compile(rb"on(?<=[\s\"'/]on)[a-z]+\s*="),
    re.compile(rb"javascript:(?<=[=\s\"']javascript:)"),
]
"""What marks inline code in a tag, in lower case. Patterns that begin with literal bytes are searched fast."""


def parse_page(html: str) -> PolicyInput:
    """Return the inline code and the resources of a page, including those of its inline styles.

    The content of linked style sheets is not included.
    """
    policy_input = _selected(html)
    for style in policy_input.styles | policy_input.attributes:
        policy_input.resources.update(resources_in_style(style))
    return policy_input


def _selected(html: str) -> PolicyInput:
    """Parse only the parts of a page that regular expressions select, since parsing whole pages is slow.

    If a selected tag turns out not to be relevant, for example because an attribute contains ``<``, the whole page is
    parsed.
    """
    policy_input = PolicyInput()
    for element in _ELEMENT.finditer(html):
        if element[1]:
            policy_input.add(_parsed(element[0]).policy_input)
    tags = [_parsed(tag) for tag in _tags(_ELEMENT.sub(_start_tag, html))]
    for tag in tags:
        policy_input.add(tag.policy_input)
    if sum(tag.relevant_tags for tag in tags) < len(tags):
        policy_input.add(_Parser(html).policy_input)
    return policy_input


@lru_cache(maxsize=512)
def _parsed(part: str) -> _Parser:
    """Return a parsed part of a page; most parts are on many pages."""
    return _Parser(part)


class _Parser(HTMLParser):
    """Finds the inline code and the resources in HTML."""

    def __init__(self, html: str) -> None:
        """Parse a page or a part of it; the result is in ``policy_input``."""
        super().__init__()
        self.policy_input = PolicyInput()
        self.relevant_tags = 0
        self._target: set[str] | None = None
        """The set that the text of the current element is added to; None if it is not executed or applied."""
        self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(reversed(attrs))  # of two with one name, the first counts
        handlers = {value or "" for name, value in attrs if name.startswith("on")}
        resources = set(resources_of_element(tag, attributes))
        self.policy_input.handlers |= handlers
        self.policy_input.resources |= resources
        if "style" in attributes:
            self.policy_input.attributes.add(attributes["style"] or "")
        self.relevant_tags += tag in LOADING_ELEMENTS or "style" in attributes or bool(handlers or resources)
        if tag == "style":
            self._target, self._text = self.policy_input.styles, ""
        elif tag == "script" and "src" not in attributes and _is_executed(attributes):
            self._target, self._text = self.policy_input.scripts, ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._target is not None and tag in {"script", "style"}:
            self._target.add(self._text)
            self._target = None


def _tags(html: str) -> Iterator[str]:
    """Yield candidates for start tags that the policy applies to, in any order."""
    data = html.encode("utf-8", "surrogateescape")
    lower = data.lower()  # of ASCII letters alone, so that all places stay the same
    tags = {tag.start(): tag.end() for tag in _LOADING_TAG.finditer(lower)}
    for pattern in _INLINE_CODE:
        end = 0
        for code in pattern.finditer(lower):
            if code.start() < end:
                continue  # in the same tag, or in the same text
            start, end = lower.rfind(b"<", end, code.start()), lower.find(b"<", code.end())
            end = end if end >= 0 else len(lower)
            if start >= 0:
                tags[start] = end
    return (data[start:end].decode("utf-8", "surrogateescape") for start, end in tags.items())


def _is_executed(attributes: Mapping[str, str | None]) -> bool:
    return (attributes.get("type") or "").strip().lower() in EXECUTED_TYPES


def _start_tag(match: re.Match[str]) -> str:
    """Return the start tag of an element; return nothing for a comment."""
    return match[0].partition(">")[0] + ">" if match[1] else ""
