"""A running ``live``: it leaves its address in its folder, and the command ``check`` asks it for its result."""

from __future__ import annotations

import json
import os
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sphinx_folio import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS_FILE = "address.json"
OWN = "/.sphinx-folio/"
"""The folder of the addresses that are not of the site."""
PATIENCE = 300.0
"""Seconds after which the command ``check`` gets no result."""


def today() -> str:
    """Return what durations up to today depend on: SOURCE_DATE_EPOCH, or the day here, as in a build."""
    return os.environ.get("SOURCE_DATE_EPOCH") or datetime.now().astimezone().date().isoformat()


def _rules() -> dict[str, str]:
    return {"version": __version__, "today": today()}


@contextmanager
def announced(output: Path, address: str) -> Iterator[None]:
    """Leave the address in the folder as long as the server runs."""
    file = output / ADDRESS_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"address": address, **_rules()}), encoding="utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def ask(output: Path, settings: Path, pages: Path, builder: str = "html") -> list[dict[str, Any]]:
    """Return the results of the languages of a project from a running server; none if there is no such server.

    Args:
        output: The folder of the server.
        settings: The folder of conf.py.
        pages: The folder of the pages.
        builder: The builder of the site.
    """
    try:
        text = (output / ADDRESS_FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):  # there is none, or not one of ours
        return []
    import http.client  # noqa: PLC0415  a check seldom needs it
    from urllib.parse import urlsplit  # noqa: PLC0415

    try:
        found = json.loads(text)
        if {key: found[key] for key in _rules()} != _rules():
            return []
        with closing(http.client.HTTPConnection(urlsplit(found["address"]).netloc, timeout=PATIENCE)) as connection:
            connection.request("GET", f"{OWN}result")
            results = json.load(connection.getresponse())
        where = {"settings": str(settings.resolve()), "pages": str(pages.resolve()), "builder": builder}
        return [result for result in results or () if {key: result[key] for key in where} == where]
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):  # it has ended, or is not ours
        return []
