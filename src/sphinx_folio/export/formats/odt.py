"""A résumé as OpenDocument text (ISO/IEC 26300) that people can edit: styles, headings and lists, no text boxes.

The text and its order are those of the PDF. The same content gives the same bytes. The few elements are written as XML
without a library: odfpy and odfdo would still leave the names of elements and attributes to this module.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from sphinx_folio._common.bidi import with_direction_marks
from sphinx_folio._common.characters import xml_text
from sphinx_folio.export.formats.resume_document import Facts, ItemList, is_right_to_left, with_kept_separators

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_folio.export.formats.resume_document import Block, Line, ResumeDocument, Run

TYPE = "application/vnd.oasis.opendocument.text"
LATIN_FONT, CODE_FONT = "Liberation Sans", "Liberation Mono"
EAST_ASIAN = ("zh", "ja", "ko")
EAST_ASIAN_FONTS = {"zh-Hant": "Noto Sans CJK TC", "ja": "Noto Sans CJK JP", "ko": "Noto Sans CJK KR"}
"""Start of a language tag → font for the characters of East Asia; the others are shown in that of mainland China."""
EAST_ASIAN_FONT = "Noto Sans CJK SC"
ACCENT = "#0b6b6b"
PAPERS = {"a4": ("210mm", "297mm"), "us-letter": ("8.5in", "11in")}
"""Paper, by Typst's name → its width and height."""
LEVELS = 6
"""The number of levels of headings for which there are styles."""
STYLES = Template(Path(__file__).with_name("templates").joinpath("odt-styles.xml").read_text(encoding="utf-8"))
"""The styles of paragraphs and lists, and the page."""
SCHEMAS = {"fo": "xsl-fo-compatible", "svg": "svg-compatible"}
PREFIXES = ("office", "style", "text", "meta", "manifest", "fo", "svg")
NAMESPACES = " ".join(
    (
        *(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{SCHEMAS.get(name, name)}:1.0"' for name in PREFIXES),
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    )
)


def open_document(resume: ResumeDocument) -> bytes:
    """Return a résumé as OpenDocument text."""
    writer = _Writer(from_right=is_right_to_left(resume.language))
    body = f"<office:body><office:text>{writer.body(resume)}</office:text></office:body>"
    spans = f"<office:automatic-styles>{''.join(writer.styles.values())}</office:automatic-styles>"
    documents = {
        "content.xml": _document("content", spans + body),
        "styles.xml": _styles(resume),
        "meta.xml": _document("meta", f"<office:meta>{_meta(resume)}</office:meta>"),
    }
    manifest = _manifest({"/": TYPE, **dict.fromkeys(documents, "text/xml")})
    parts = {"mimetype": TYPE, **documents, "META-INF/manifest.xml": manifest}
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        # By default, the date of a ZipInfo is always the same.
        for name, text in parts.items():  # the type comes first and uncompressed, so that programs find it
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name), text.encode(), kind)
    return archive.getvalue()


def _document(kind: str, content: str) -> str:
    root = f"office:document-{kind}"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {NAMESPACES} office:version="1.3">{content}</{root}>\n'


def _manifest(types: Mapping[str, str]) -> str:
    entries = (
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in types.items()
    )
    root = f'manifest:manifest {NAMESPACES} manifest:version="1.3"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>{"".join(entries)}</manifest:manifest>\n'


def _meta(resume: ResumeDocument) -> str:
    date = f"{resume.date}T00:00:00"
    facts = (
        ("dc:title", resume.title),
        ("dc:creator", resume.name),
        ("meta:initial-creator", resume.name),
        ("dc:language", resume.language),
        ("meta:creation-date", date),
        ("dc:date", date),
        *(("meta:keyword", word) for word in resume.keywords),
    )
    return "".join(f"<{name}>{_text(value)}</{name}>" for name, value in facts)


def _styles(resume: ResumeDocument) -> str:
    """Return the styles."""
    tag, (width, height) = resume.language, PAPERS[resume.paper]
    asian = next((font for start, font in EAST_ASIAN_FONTS.items() if tag.startswith(start)), EAST_ASIAN_FONT)
    latin = _language("en-US") if tag.startswith(EAST_ASIAN) else ""  # without it, words are broken anywhere
    return STYLES.substitute(
        namespaces=NAMESPACES,
        latin_font=LATIN_FONT,
        code_font=CODE_FONT,
        asian_font=asian,
        languages=f"{latin} {_language(tag)}",
        direction="rl-tb" if is_right_to_left(tag) else "lr-tb",
        alignment="right" if is_right_to_left(tag) else "start",  # LibreOffice takes "start" for "left"
        width=width,
        height=height,
    )


def _language(tag: str) -> str:
    """Return a language as attributes of text; those of East Asian text and of text from right to left differ."""
    language, *rest = tag.replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == len("Hant")), "")
    country = next((part for part in rest if len(part) == len("CN")), "none")
    kind = "-asian" if tag.startswith(EAST_ASIAN) else "-complex" if is_right_to_left(tag) else ""
    before, after = ("style:" if kind else "fo:"), kind
    parts = {"language": language, "script": script, "country": country}
    return " ".join(f'{before}{name}{after}="{value}"' for name, value in parts.items() if value)


def _text(text: str) -> str:
    return escape(xml_text(text))


class _Writer:
    """Writes the text, and collects the styles of its runs."""

    def __init__(self, *, from_right: bool) -> None:
        self._from_right = from_right
        self.styles: dict[tuple[str, ...], str] = {}

    def body(self, resume: ResumeDocument) -> str:
        """Return the text of a résumé."""
        lines = [f'<text:p text:style-name="Title">{_text(resume.name)}</text:p>']
        lines += [
            f"<text:p>{_text(with_kept_separators(text))}</text:p>" for text in (resume.role, resume.label) if text
        ]
        lines += [self._facts(resume.contact), *map(self._block, resume.blocks), self._facts(resume.about)]
        return "".join(lines)

    def _block(self, block: Block) -> str:
        match block:
            case Facts():
                return self._facts(block.parts)
            case ItemList():
                items = "".join(
                    f"<text:list-item>{''.join(map(self._block, item))}</text:list-item>" for item in block.items
                )
                if not block.numbered:
                    return f'<text:list text:style-name="Bullets">{items}</text:list>'
                first = f'<text:list-item text:start-value="{block.start}">'
                return f'<text:list text:style-name="Numbers">{items.replace("<text:list-item>", first, 1)}</text:list>'
            case _:
                level = min(getattr(block, "level", 0), LEVELS)
                line = self._line(block.line)
                if not level:
                    return f'<text:p text:style-name="Standard">{line}</text:p>'
                return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{line}</text:h>'

    def _facts(self, parts: Iterable[Line]) -> str:
        """Return facts on a line; the separator is not part of any of them."""
        line = with_kept_separators(" | ").join(map(self._line, parts))
        return f'<text:p text:style-name="Facts">{line}</text:p>' if line else ""

    def _line(self, line: Line) -> str:
        return "".join(map(self._run, line))

    def _run(self, run: Run) -> str:
        text = run.text if run.code else with_kept_separators(run.text)
        text = _text(with_direction_marks(text) if self._from_right and not run.code else text)
        style = self._style(run)
        if style:
            text = f'<text:span text:style-name="{style}">{text}</text:span>'
        return f'<text:a xlink:type="simple" xlink:href={quoteattr(run.href)}>{text}</text:a>' if run.href else text

    def _style(self, run: Run) -> str:
        """Return the name of the style for the formatting of a run; empty if it has none."""
        weight = (
            'fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'
            if run.strong
            else ""
        )
        slant = (
            'fo:font-style="italic" style:font-style-asian="italic" style:font-style-complex="italic"'
            if run.emphasis
            else ""
        )
        code = f'style:font-name="{CODE_FONT}"' if run.code else ""
        color = f'fo:color="{ACCENT}"' if run.href else ""
        properties = tuple(filter(None, (weight, slant, code, color, _language(run.language) if run.language else "")))
        if not properties:
            return ""
        name = f"T{[*self.styles, properties].index(properties) + 1}"
        self.styles.setdefault(
            properties,
            f'<style:style style:name="{name}" style:family="text"><style:text-properties {" ".join(properties)}/>'
            "</style:style>",
        )
        return name
