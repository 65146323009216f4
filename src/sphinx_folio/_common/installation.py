"""How to install an extra of this package from where the package itself was installed."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

NAME = "sphinx-folio"


def with_extra(extra: str) -> str:
    """Return what to write after ``pip install`` for an extra, in quotation marks.

    It is a name for a package from an index, and the path or the address for one that was installed from a wheel, a
    folder or a repository.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415  only for advice

    try:
        origin = distribution(NAME).read_text("direct_url.json")
    except (PackageNotFoundError, OSError):  # it runs from its source
        origin = None
    return requirement(extra, origin)


def requirement(extra: str, origin: str | None) -> str:
    """Return what to write after ``pip install`` for an extra.

    Args:
        extra: The name of the extra.
        origin: The content of ``direct_url.json`` as pip writes it (PEP 610); None for a package from an index.
    """
    try:
        found = json.loads(origin) if origin else {}
        address = urlsplit(found.get("url", ""))
        options = "-e " if found.get("dir_info", {}).get("editable") else ""
        version_control = found.get("vcs_info", {})
    except (ValueError, AttributeError):
        return f'"{NAME}[{extra}]"'
    if address.scheme == "file" and not version_control:
        from urllib.request import url2pathname  # noqa: PLC0415  it loads http, which a check without changes does not

        path = Path(url2pathname(address.path))
        return f'{options}"{path}[{extra}]"' if path.exists() else f'"{NAME}[{extra}]"'
    if address.scheme:
        prefix = f"{version_control['vcs']}+" if "vcs" in version_control else ""
        return f'"{NAME}[{extra}] @ {prefix}{address.geturl()}"'
    return f'"{NAME}[{extra}]"'
