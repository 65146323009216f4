"""Codes of languages as arguments of commands: normalized for Sphinx, with a hint if one is unknown."""

from __future__ import annotations

from argparse import ArgumentTypeError
from difflib import get_close_matches

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from sphinx_folio._common.i18n import __, is_traditional_chinese
from sphinx_folio._common.warnings import did_you_mean

MAX_CODE_LENGTH = 3
"""The maximum length of a language code without script or territory (ISO 639)."""


def language_argument(text: str) -> str:
    """Return the code of a language, or raise the error that argparse prints for an unknown language."""
    try:
        return language_code(text)
    except ValueError:
        hint = did_you_mean(nearest_language(text)) or __("; use a code such as en, zh_CN or pt_BR")
        raise ArgumentTypeError(__("unknown language %r%s") % (text, hint)) from None


def language_code(text: str) -> str:
    """Normalize a language code for Sphinx: ``zh_CN`` for ``zh``, ``zh-CN`` or ``zh-Hans``, ``pt_BR`` for ``pt``.

    Raises:
        ValueError: The language is not in Unicode CLDR.
    """
    first, *others = text.replace("-", "_").split("_")
    parts = [first.lower(), *(part.title() if len(part) == len("Hans") else part.upper() for part in others)]
    try:
        Locale.parse("_".join(parts))
    except (ValueError, UnknownLocaleError):
        raise ValueError(text) from None
    code = "_".join(parts)
    if parts[0] == "zh" and not is_traditional_chinese(code):
        return "zh_CN"
    return "pt_BR" if code == "pt" else code  # docutils knows no other Portuguese


def nearest_language(text: str) -> str | None:
    """Return the language code closest to a misspelled code, an English name or a native name."""
    names: dict[str, str] = {}
    for code in locale_identifiers():
        native = "" if "_" in code else Locale(code).get_language_name() or ""
        names |= dict.fromkeys((code.casefold(), native.casefold()), code)
    names |= {name.casefold(): code for code, name in Locale("en").languages.items() if code in names}
    wanted = text.replace("-", "_").casefold()
    near = get_close_matches(wanted, names, n=1, cutoff=0.8) if len(wanted) > MAX_CODE_LENGTH else []
    guesses = [
        *(names[name] for name in near),
        wanted.partition("_")[0],
        wanted[:2] if len(wanted) <= MAX_CODE_LENGTH else "",
    ]
    return next(filter(None, map(_code_or_none, guesses)), None)


def _code_or_none(text: str) -> str | None:
    try:
        return language_code(text)
    except ValueError:
        return None
