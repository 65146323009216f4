"""Request addresses and note when they answered what. This needs a network, so no build does it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 20
AGENT = "sphinx-folio verify"
NOT_HEAD = {403, 404, 405, 501}
"""Answers after which the whole page is requested: some servers do not know the method HEAD."""
_OPENER = build_opener(HTTPRedirectHandler)


def check_links(addresses: Mapping[str, str], date: str) -> dict[str, dict[str, str]]:
    """Return for each web address the day and the answer: a status code, or a word for what went wrong.

    Args:
        addresses: Address → address of its archived copy, or an empty string.
        date: The day of the check.
    """
    asked = sorted({link for pair in addresses.items() for link in pair if urlsplit(link).scheme in {"http", "https"}})
    with ThreadPoolExecutor(min(8, (os.cpu_count() or 1) * 4)) as pool:
        answers = dict(zip(asked, pool.map(answer, asked), strict=True))
    found = {}
    for address in asked:
        copy = addresses.get(address, "")
        found[address] = {"date": date, "answer": answers[address]} | ({"archived": copy} if copy else {})
    return found


def answer(address: str) -> str:
    """Return the status code of an address after all redirects, or a word for what went wrong."""
    code = ""
    for method in ("HEAD", "GET"):
        request = Request(address, method=method, headers={"User-Agent": AGENT})  # noqa: S310  the scheme is checked
        try:
            with _OPENER.open(request, timeout=SECONDS) as response:
                return str(response.status)
        except HTTPError as error:
            code = str(error.code)
            error.close()
            if error.code not in NOT_HEAD:
                return code
        except TimeoutError:
            return "timeout"
        except (URLError, HTTPException, OSError, ValueError):
            return "unreachable"
    return code


def is_dead(answer_code: str) -> bool:
    """Return whether an answer means that the content is gone: not a temporary error."""
    return answer_code in {"404", "410", "unreachable"}
