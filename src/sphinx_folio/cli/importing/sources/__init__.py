"""Formats of résumés that can be imported, one module each; all of them are converted to JSON Resume first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import UnreadableResumeError
from sphinx_folio.cli.importing.sources import europass, europass_candidate, linkedin, rendercv, yamlresume
from sphinx_folio.cli.importing.sources.europass_parts import ROOTS, read_europass_xml
from sphinx_folio.cli.importing.sources.json_file import read_json
from sphinx_folio.cli.importing.sources.yaml_file import read_yaml_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_folio.cli.importing.sources.converted import MarkdownResume

YAML_FORMATS: Mapping[str, Callable[[dict[str, Any]], MarkdownResume]] = {
    "cv": rendercv.to_json_resume,
    "content": yamlresume.to_json_resume,
}
"""The key at the top of a YAML file that tells its format → the conversion; any other file is JSON Resume as YAML."""
OTHER_FORMATS: Mapping[bytes, str] = {b"%PDF": "PDF", b"<": "XML, HTML", b"\xd0\xcf\x11\xe0": "Word 97"}
"""The first bytes of a file → the name of a format that cannot be imported."""
OTHER_ARCHIVES: Mapping[bytes, str] = {b"word/document.xml": "Word", b"vnd.oasis.opendocument": "OpenDocument"}
"""The bytes of a ZIP archive → the name of a format that cannot be imported."""
MAX_START = 2_000
"""The number of bytes in which the root element of XML is looked for."""
_YAML_LINE = re.compile(rb"^(?:- )?[\w\"'-]+[ \t]*:(?:\s|$)", re.MULTILINE)


def read_source(data: bytes) -> Any:
    """Return the JSON Resume that a file contains or can be converted to; its content tells the format.

    Raises:
        UnreadableResumeError: The file is in none of the formats, or it is invalid.
    """
    if data.startswith(b"PK"):
        for part, name in OTHER_ARCHIVES.items():
            if part in data:
                raise _unknown_format(name)
        return linkedin.to_json_resume(data)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<") and any(root.encode() in start[:MAX_START] for root in ROOTS):
        content = read_europass_xml(data)
        module = europass if europass.ROOT in content else europass_candidate
        return module.to_json_resume(content)
    for signature, name in OTHER_FORMATS.items():
        if start.startswith(signature):
            raise _unknown_format(name)
    if start[:1] in {b"{", b"["} or not _YAML_LINE.search(start):
        found = read_json(data)
        is_europass = isinstance(found, dict) and isinstance(found.get(europass.ROOT), dict)
        return europass.to_json_resume(found) if is_europass else found
    found = read_yaml_value(data)
    if isinstance(found, list):
        from sphinx_folio.cli.importing.folder.time_table import read_time_table  # noqa: PLC0415  it needs this package

        return read_time_table(found)
    if not isinstance(found, dict):
        raise UnreadableResumeError(__("a résumé must be a mapping"))
    convert = next((YAML_FORMATS[key] for key in YAML_FORMATS if isinstance(found.get(key), dict)), None)
    return convert(found) if convert else found


def _unknown_format(name: str) -> UnreadableResumeError:
    known = "JSON Resume, RenderCV, YAMLResume, Europass, LinkedIn"
    return UnreadableResumeError(__("the format %s cannot be imported; these can: %s") % (name, known))
