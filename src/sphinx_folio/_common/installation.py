"""From where this package was installed, and how to install an extra of it from there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "sphinx-folio"


def with_extra(extra: str) -> str:
    """Return what to write after ``pip install`` for an extra, in quotation marks.

    It is a name for a package from an index, and the path or the address for one that was installed from a wheel, a
    folder or a repository.
    """
    return requirement(extra, origin())


def origin() -> dict[str, Any]:
    """Return the content of ``direct_url.json`` as pip writes it (PEP 610).

    It is empty for a package from an index, and for one that runs from its source.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415  only for advice

    try:
        return parsed(distribution(NAME).read_text("direct_url.json"))
    except (PackageNotFoundError, OSError):
        return {}


def parsed(text: str | None) -> dict[str, Any]:
    """Return the content of a ``direct_url.json``; empty if it is missing or damaged."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def local_path(origin: Mapping[str, Any]) -> Path | None:
    """Return the wheel or the folder of an origin; None if it is elsewhere or gone."""
    address = urlsplit(origin.get("url", ""))
    if address.scheme != "file":
        return None
    from urllib.request import url2pathname  # noqa: PLC0415  it loads http, which a check without changes does not

    path = Path(url2pathname(address.path))
    return path if path.exists() else None


def requirement(extra: str, origin: Mapping[str, Any]) -> str:
    """Return what to write after ``pip install`` for an extra of a package with an origin."""
    address, version_control = origin.get("url", ""), origin.get("vcs_info", {})
    if address.startswith("file:") and not version_control:
        options = "-e " if origin.get("dir_info", {}).get("editable") else ""
        path = local_path(origin)
        return f'{options}"{path}[{extra}]"' if path else f'"{NAME}[{extra}]"'
    if not address:
        return f'"{NAME}[{extra}]"'
    return f'"{_at_address(extra, origin, version_control.get("requested_revision", ""))}"'


def pinned_requirement(extras: str, origin: Mapping[str, Any], version: str) -> str:
    """Return the requirement for exactly what was installed, with extras; empty for a package from an index.

    It is the commit of a repository or the address of an archive. What is only on this machine, such as a file, a
    folder or a local repository, becomes a wheel next to the requirements file.
    """
    address, commit = origin.get("url", ""), origin.get("vcs_info", {}).get("commit_id", "")
    if not address:
        return ""
    if urlsplit(address).scheme != "file":
        return _at_address(extras, origin, commit)
    name = unquote(urlsplit(address).path).rpartition("/")[2]
    wheel = name if name.endswith(".whl") else f"sphinx_folio-{version}-py3-none-any.whl"
    return f"./{wheel}[{extras}]"


def source_of_wheel(origin: Mapping[str, Any]) -> str:
    """Return what ``pip wheel`` makes a wheel of: a folder, an archive or a local repository; empty if it is gone."""
    path, commit = local_path(origin), origin.get("vcs_info", {}).get("commit_id", "")
    if not path:
        return ""
    return _address_of(origin, commit) if commit else str(path)


def _at_address(extras: str, origin: Mapping[str, Any], revision: str) -> str:
    """Return the requirement for an address; the revision is that of a repository, or empty."""
    return f"{NAME}[{extras}] @ {_address_of(origin, revision)}"


def _address_of(origin: Mapping[str, Any], revision: str) -> str:
    """Return the address of an origin as pip reads it; the revision is that of a repository, or empty."""
    prefix = f"{origin['vcs_info']['vcs']}+" if "vcs_info" in origin else ""
    folder = f"#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else ""
    return f"{prefix}{origin['url']}{f'@{revision}' if revision else ''}{folder}"
