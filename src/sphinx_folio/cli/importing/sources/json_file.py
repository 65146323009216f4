"""Parse JSON, with numbers as they are written and a record of duplicate names."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import MAX_DEPTH, Number, UnreadableResumeError
from sphinx_folio.cli.paths import not_utf8


class JsonObject(dict[str, Any]):
    """A JSON object that records its duplicate names."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        """Store the pairs of names and values."""
        super().__init__(pairs)
        counted = Counter(name for name, _value in pairs)
        self.duplicates = {name for name, times in counted.items() if times > 1}


class JsonConstant(str):
    """``NaN``, ``Infinity`` or ``-Infinity``, which Python accepts but JSON does not allow."""

    __slots__ = ()


def decoded(data: bytes) -> str:
    """Return the text of a file.

    Raises:
        UnreadableResumeError: The file is not encoded in UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableResumeError(not_utf8(error)) from None


def read_json(data: bytes) -> Any:
    """Return the value of a JSON file.

    Raises:
        UnreadableResumeError: The file is not JSON, or nested too deeply.
    """
    text = decoded(data)
    if not text.strip():
        raise UnreadableResumeError(__("the file is empty"))
    try:
        return json.loads(
            text,
            object_pairs_hook=JsonObject,
            parse_constant=JsonConstant,
            parse_int=Number,
            parse_float=Number,
        )
    except RecursionError:
        raise UnreadableResumeError(__("nested more than %d levels deep") % MAX_DEPTH) from None
    except json.JSONDecodeError as error:
        message = __("not valid JSON, line %d, column %d: %s") % (error.lineno, error.colno, error.msg)
        raise UnreadableResumeError(message) from None
