"""The warning about a reference to an object that does not exist, with a suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio._common.markup_names import markup_name
from sphinx_folio._common.spelling import bare_key, several_keys
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.config import Config

    from sphinx_folio.portfolio.model import Portfolio


def warn_unknown_key(
    config: Config, portfolio: Portfolio, objtype: str, key: str, location: nodes.Node | tuple[str, int] | str
) -> None:
    """Warn that no object has a type and key.

    The message contains the new key if an object formerly had this one, otherwise the most similar key.

    Args:
        config: The settings, which decide how the directive is written.
        portfolio: The records of all pages.
        objtype: The type of the object that the reference expects.
        key: The unknown key.
        location: The node of the reference, page and line, or "path:line".
    """
    renamed = portfolio.find_renamed(objtype, key)
    if renamed:
        message = __("%s %r is now %r; write the new key")
        warn(Subtype.RENAMED_KEY, message, objtype, key, renamed.key, location=location)
        return
    hint = did_you_mean(portfolio.suggest(objtype, key) or portfolio.suggest(objtype, bare_key(key)))
    if portfolio.find(objtype, bare_key(key)):
        hint = did_you_mean(bare_key(key))
    several = several_keys(key)
    if several and all(portfolio.find(objtype, part) for part in several):
        hint = __("; these are several keys: %s") % ", ".join(several)
    described = __("; no known key is similar: correct it, or describe it with the directive %s")
    hint = hint or described % markup_name(objtype, config)
    warn(Subtype.UNKNOWN_KEY, __("unknown %s %r%s"), objtype, key, hint, location=location)
