"""Request addresses and note when they answered what. This needs a network, so no build does it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from string import punctuation
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from sphinx_folio.portfolio.verification import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

SECONDS = 20
AT_ONCE = 8
AGENT = "Mozilla/5.0 (compatible; sphinx-folio verify)"


def check_links(addresses: Iterable[str], date: str) -> dict[str, Answer]:
    """Return the answer of each web address.

    Args:
        addresses: The addresses; others than those of the web are left out, and so are fragments.
        date: The day of the check.
    """
    asked = sorted({address.partition("#")[0] for address in addresses if address.startswith(("http://", "https://"))})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {address: Answer(code, date) for address, code in zip(asked, pool.map(_code, asked), strict=True)}


def _code(address: str) -> str:
    """Return the status code after all redirects, or a word for what went wrong."""
    code = ""
    for method in ("HEAD", "GET"):  # some servers do not know HEAD
        try:
            url = quote(address, safe=punctuation)  # as browsers do with letters such as “é”
            request = Request(url, method=method, headers={"User-Agent": AGENT})  # noqa: S310  the scheme is checked
            with urlopen(request, timeout=SECONDS) as response:  # noqa: S310
                return str(response.status)
        except HTTPError as error:
            code = str(error.code)
            error.close()
        except TimeoutError:
            return "timeout"
        except (OSError, HTTPException, ValueError):
            return "unreachable"
    return code
