"""Convert formulas in LaTeX to MathML with the converter of docutils."""

from __future__ import annotations

import re
from functools import cache
from inspect import signature

from sphinx_folio._common.i18n import __

_NUMBERED = re.compile(r"\s*\\begin\{((?:align|equation|gather|multline)\*?)\}(.*)\\end\{\1\}\s*", re.DOTALL)
"""An environment of LaTeX for a formula of its own, as the MyST extension ``amsmath`` reads it."""
_UNUSED = re.compile(r"\\label\{[^}]*\}|\\(?:nonumber|notag)\b")
"""Commands about numbers of equations, which Sphinx gives."""
_SPLIT = re.compile(r"\\(begin|end)\{split\}")
_SPACE = re.compile(r"\\\\\*?[ \t]*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
"""The end of a row with additional space below it, which the converter does not know."""
_DOTS = re.compile(r"\\dots[co]?(?![A-Za-z])")
"""Low dots of amsmath, which the converter knows by another name."""
_SHORT_FRACTION = re.compile(r"(\\[dt]?frac\s*\d)(?=\d)")
"""The start of a fraction such as ``\\frac12``, which the converter takes for the number 12."""
_INDENTATION = re.compile(r">\n\s*<")


class FormulaError(ValueError):
    """A formula cannot be converted; the message gives the reason."""


@cache
def to_mathml(source: str, *, is_block: bool) -> str:
    """Return a formula as MathML.

    Args:
        source: The formula in LaTeX; in a block, an empty line begins another row.
        is_block: Whether the formula stands in a block of its own.

    Raises:
        FormulaError: The converter does not know a command, or the syntax is wrong.
    """
    from docutils.utils.math.latex2mathml import tex2mathml  # noqa: PLC0415  pages without formulas do without it

    if is_block:
        enclosed = _NUMBERED.fullmatch(source)
        source = _UNUSED.sub("", enclosed[2] if enclosed else source)
        source = r" \\ ".join(filter(str.strip, source.split("\n\n")))
    # Before docutils 0.22, the parameter has another name.
    kind = {"as_block": is_block} if "as_block" in signature(tex2mathml).parameters else {"inline": not is_block}
    source = _SHORT_FRACTION.sub(r"\1 ", _DOTS.sub(r"\\ldots ", source))
    source = _SPACE.sub(r"\\\\", _SPLIT.sub(r"\\\1{aligned}", source))
    try:
        markup = str(tex2mathml(source, **kind))
    except (SyntaxError, ValueError) as error:
        raise FormulaError(str(error).rstrip(".!")) from error
    except Exception as error:  # for wrong input, the converter also raises IndexError, AttributeError and others
        raise FormulaError(str(__("check its braces, “&”, “_” and “^”"))) from error
    return _INDENTATION.sub("><", markup).replace("&ApplyFunction;", "\u2061")  # XML, such as EPUB, has no such name
