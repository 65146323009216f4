"""Split a page into its front matter (YAML, TOML or JSON) and its text, and reduce the text to paragraphs."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import MAX_DEPTH, UnreadableResumeError
from sphinx_folio.cli.importing.sources.json_file import decoded, read_json
from sphinx_folio.cli.importing.sources.yaml_file import read_yaml

_YAML = re.compile(r"(---[ \t]*\r?\n.*?^)(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_JSON = re.compile(r"(\{\r?\n.*?^\})[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = r"(?P<code>(?<!`)(?:`[^`\n]{1,2100}`|``[^\n]{1,500}?``)(?!`))"
_TEMPLATE = re.compile(
    _CODE + r"|\{%-?\s*comment\b.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)|\{::comment\}.*?(?:\{:/(?:comment)?\}|\Z)"
    r"|(?P<tag>\{%[^%]*%\}|\{\{[^{}]*\}\})|\{:(?:[:/]|(?=[\s.#}])|\w+[=}])(?:(?<=\})|[^{}\n]*\})|<!--.*?(?:-->|\Z)",
    re.DOTALL,
)
"""Code, which is kept, and comments, tags of Liquid and attributes of kramdown."""
_MARKS = re.compile(r"\{%-?\s*(?:(?:end)?raw|end\w+)\b")
"""The start of a tag of Liquid that shows nothing."""
_FORMULA = re.compile(
    _CODE + r"|(?<![\\$])\$\$(?P<block>[^$`]{1,2000})\$\$"
    r"|(?<![\\$\w])\$(?P<inline>(?!\s|\d[\d.,]*\w?[\s,][^$\\=^_]*\$)[^$`\n]{1,500}(?<![\s\\]))\$(?![\w$])"
)
_TAG = re.compile(_CODE + r"|(?<!\]\()</?[a-zA-Z][^<>]{0,500}>(?!\()")
_ADDRESS = re.compile(r"<(?:https?://|mailto:)")
_IMAGE = re.compile(_CODE + r"|!\[(?P<text>[^\[\]]*)\]\([^()]*\)(?:\{[^{}]*\})?")
_LOCAL_LINK = re.compile(_CODE + r"|(?<!\\)\[(?P<text>[^\[\]]+)\]\((?!https?://|mailto:)[^()\s<>]*\)")
_MEDIA = re.compile("<(?:img|iframe|video|audio|embed|object|svg)", re.IGNORECASE)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+(?=\S)")


def split_page(content: bytes) -> tuple[dict[str, Any], str]:
    """Return the front matter and the text of a page; the front matter is empty if there is none.

    Raises:
        UnreadableResumeError: The page is not UTF-8, or its front matter is invalid.
    """
    text = decoded(content)
    if match := _YAML.match(text):
        fields = read_yaml(match[1].encode()) if match[1].strip("- \t\r\n") else {}
    elif match := _TOML.match(text):
        fields = _toml(match[1])
    elif match := _JSON.match(text):
        fields = read_json(match[1].encode())
    else:
        return {}, text
    return fields, text[match.end() :]


def _toml(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = _as_text(tomllib.loads(text), 0)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableResumeError(__("not valid TOML: %s") % error) from None
    except RecursionError:
        raise UnreadableResumeError(__("nested more than %d levels deep") % MAX_DEPTH) from None
    return found


def _as_text(value: Any, depth: int) -> Any:
    """Return a value with texts instead of numbers and dates."""
    if depth > MAX_DEPTH:
        raise UnreadableResumeError(__("nested more than %d levels deep") % MAX_DEPTH)
    if isinstance(value, dict):
        return {name: _as_text(part, depth + 1) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_text(part, depth + 1) for part in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def paragraphs(text: str, left_out: list[str] | None = None) -> str:
    """Return the text of a page, one paragraph or list item a line.

    Code blocks, images, links within the site, HTML and template tags are left out.

    Args:
        text: The text.
        left_out: A list to which the omitted parts are added, except marks without a content of their own.
    """
    lost = [] if left_out is None else left_out

    def without(match: re.Match[str]) -> str:
        tag = match["tag"]
        lost.extend([tag] if tag and not _MARKS.match(tag) else [])
        return match["code"] or ""

    def text_of(match: re.Match[str]) -> str:
        lost.extend([] if match["code"] else [match[0]])
        return match["code"] or match["text"]

    text = text.replace("\r\n", "\n")
    lost += [match[0] for match in _FENCED.finditer(text)]
    text = _FORMULA.sub(_as_role, _FENCED.sub("", text))
    text = _TEMPLATE.sub(without, text)
    text = _LOCAL_LINK.sub(text_of, _IMAGE.sub(text_of, text))
    lost += [match[0] for match in _TAG.finditer(text) if _MEDIA.match(match[0])]
    text = without_tags(text)
    lines: list[str] = []
    is_open = False  # whether the next line continues the last one
    for line in text.split("\n"):
        heading = _HEADING.match(line)
        if is_open and _UNDERLINE.fullmatch(line):
            lines[-1], is_open = f"**{lines[-1]}**", False
        elif heading or not line.strip() or _BREAK.fullmatch(line):
            lines += [f"**{heading[1].strip()}**"] if heading and heading[1].strip() else []
            is_open = False
        elif is_open and not _ITEM.match(line):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(_ITEM.sub("- ", line).strip())
            is_open = True
    return "\n".join(lines)


def without_tags(text: str) -> str:
    """Return a text without HTML tags; code and addresses in angle brackets are kept."""
    return _TAG.sub(lambda match: match[0] if match["code"] or _ADDRESS.match(match[0]) else "", text)


def _as_role(match: re.Match[str]) -> str:
    """Return a formula between dollar signs as a role of MyST, which needs no extension; code as it is."""
    formula = match["block"] or match["inline"]
    return f"{{math}}`{' '.join(formula.split())}`" if formula else match[0]
