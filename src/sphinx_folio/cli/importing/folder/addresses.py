"""The addresses that pages had on a site of Jekyll or Hugo, as redirects name them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import is_language
from sphinx_folio.cli.importing.folder.sections import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping

RESUMES = {"cv", "resume", "vita", "curriculum-vitae"}
"""The names of pages that are the résumé."""
_LANGUAGE = re.compile("[a-z]{2}(?:-[a-z]{2})?", re.IGNORECASE)
_INVALID = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|\\|\.(?:html?|md|markdown|rst|txt)$")
"""A part that no name of a page has: an empty folder, one that leads out, a backslash, or the suffix of a file."""
_PLACEHOLDERS = re.compile(r":(?:path|name|title|slug)\b")


def is_overview(name: str) -> bool:
    """Return whether a page is the résumé or lists one of its sections, so that the page of the résumé replaces it."""
    stem = PurePosixPath(name).stem.lower()
    return stem in RESUMES or stem in FOLDERS


def old_address(name: str, fields: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """Return the former address of a page as the name of a page of Sphinx; empty if it is not known.

    Args:
        name: The file.
        fields: Its front matter.
        config: The settings of Jekyll; empty for another generator.
    """
    path = PurePosixPath(name)
    permalink = fields.get("permalink")
    if not isinstance(permalink, str):
        permalink = _of_collection(path, config) if config else _of_hugo(path, fields)
    if ":" in permalink or not permalink.strip("/"):
        return ""
    address = permalink.strip("/").removesuffix(".html").replace("#", "%23")
    page = f"{address}/index" if permalink.endswith("/") else address
    return "" if _INVALID.search(page) else page


def _of_collection(path: PurePosixPath, config: Mapping[str, Any]) -> str:
    """Return the address of a page of a collection of Jekyll, such as ``_projects``; empty if it has none."""
    collection = path.parts[0].removeprefix("_")
    collections = config.get("collections")
    options = collections.get(collection) if isinstance(collections, dict) else None
    if len(path.parts) == 1 or not isinstance(options, dict) or options.get("output") != "true":
        return ""
    end = "/" if str(config.get("permalink") or "").endswith(("/", "pretty")) else ""
    template = str(options.get("permalink") or f"/:collection/:path{end}")
    inner = str(PurePosixPath(*path.parts[1:]).with_suffix(""))
    plain = template.replace(":collection", collection).replace(":output_ext", "")
    return _PLACEHOLDERS.sub(lambda _match: inner, plain)


def _of_hugo(path: PurePosixPath, fields: Mapping[str, Any]) -> str:
    if path.parts[0] != "content" or {"slug", "url"} & fields.keys() or _is_in_language(path):
        return ""
    inner = PurePosixPath(*path.parts[1:]).with_suffix("")
    folder = inner.parent if inner.name in {"index", "_index"} else inner
    return f"{folder}/".lower() if folder.parts else ""


def _is_in_language(path: PurePosixPath) -> bool:
    """Return whether a page names its language, so that its address depends on the settings of Hugo."""
    codes = [PurePosixPath(path.stem).suffix[1:], *(path.parts[1:2] if len(path.parts) > 2 else ())]  # noqa: PLR2004
    found = (code for code in codes if _LANGUAGE.fullmatch(code) and code.lower() not in RESUMES)
    return any(is_language(code.replace("-", "_")) for code in found)
