"""How each host delivers the policy: as a header from a file that it reads, or as a ``<meta>`` element of each page."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.csp.policy import UNSAFE_INLINE

if TYPE_CHECKING:
    from collections.abc import Mapping


class Host(NamedTuple):
    """A host or a web server."""

    file: str = ""
    """The name of the file in the output folder that makes it send the header; empty if it cannot send one."""
    content: str = ""
    """The content of the file, with ``{policy}`` in it."""
    max_line: int = 0
    """The maximum length of a line of the file, in characters; 0 if no limit is known."""
    additions: Mapping[str, tuple[str, ...]] = {}
    """Directive → sources of what the host adds to pages."""


HEADERS_FILE = "/*\n  Content-Security-Policy: {policy}\n"
"""The format of https://docs.netlify.com/manage/routing/headers/ and of Cloudflare Pages."""
ADVERTISEMENTS = ("https://media.ethicalads.io", "https://server.ethicalads.io")
HOSTS: Mapping[str, Host] = {
    # https://httpd.apache.org/docs/2.4/mod/mod_headers.html
    "apache": Host(".htaccess", 'Header always set Content-Security-Policy "{policy}"\n'),
    # https://caddyserver.com/docs/caddyfile/directives/header
    "caddy": Host("content-security-policy.caddy", 'header Content-Security-Policy "{policy}"\n'),
    # https://developers.cloudflare.com/pages/configuration/headers/
    "cloudflare-pages": Host("_headers", HEADERS_FILE, 2_000),
    "github-pages": Host(),
    "netlify": Host("_headers", HEADERS_FILE),
    # NGX_CONF_BUFFER in src/core/ngx_conf_file.c
    "nginx": Host(
        "content-security-policy.nginx", 'add_header Content-Security-Policy "{policy}" always;\n', max_line=4_096
    ),
    # It adds the script https://github.com/readthedocs/addons, which checks data with Ajv, a compiler of JSON schemas,
    # and may show advertisements with https://github.com/readthedocs/ethical-ad-client.
    "readthedocs": Host(
        additions={
            "script-src": ("'unsafe-eval'", *ADVERTISEMENTS),
            "style-src": (UNSAFE_INLINE,),
            "img-src": ADVERTISEMENTS,
        }
    ),
}

_META = re.compile(
    r"""<meta http-equiv="Content-Security-Policy" content="default-src 'self'[^";]*; object-src [^";]*;"""
    r""" script-src 'self'[^";]*; script-src-attr [^"]*">"""
)
"""The element that this module adds; a template may have one of its own."""
_BEFORE = re.compile(r"<head\b[^>]*>(?:\s*<meta\s+charset[^>]*>)?", re.IGNORECASE)
"""The start of the head and the character encoding, which must be in the first 1024 bytes (HTML, section 4.2.5.4)."""


def with_meta(page: str, policy: str) -> str:
    """Return a page with the policy as a ``<meta>`` element, in place of that of an earlier build.

    The element precedes everything that the policy applies to.
    """
    return _BEFORE.sub(rf"\g<0>{_meta(policy)}", without_meta(page), count=1)


def without_meta(page: str) -> str:
    """Return a page without the policy of an earlier build."""
    return _META.sub("", page, count=1)


def _meta(policy: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'
