"""Parse YAML as plain texts, lists and mappings: no types, no tags, no aliases."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import MAX_DEPTH, UnreadableResumeError
from sphinx_folio.cli.importing.sources.json_file import decoded

NULL = {"", "~", "null", "Null", "NULL"}
"""Plain scalars that mean “no value” (YAML 1.2.2, 10.3.2)."""
_STARTS = ("MappingStartToken", "SequenceStartToken")
_ENDS = ("BlockEndToken", "MappingEndToken", "SequenceEndToken")
"""The ends of the names of PyYAML's tokens that start or end a list or a mapping."""


def read_yaml(data: bytes) -> dict[str, Any]:
    """Return the mapping of a YAML file; numbers, dates and booleans stay as they are written.

    Raises:
        UnreadableResumeError: As :func:`read_yaml_value`, or the file is not a mapping.
    """
    found = read_yaml_value(data)
    if not isinstance(found, dict):
        raise UnreadableResumeError(__("a résumé must be a mapping"))
    return found


def read_yaml_value(data: bytes) -> Any:
    """Return the value of a YAML file; numbers, dates and booleans stay as they are written.

    Raises:
        UnreadableResumeError: The file is not YAML, has aliases or tags, is nested too deeply, or the library for YAML
            is not installed.
    """
    try:
        import yaml  # noqa: PLC0415  MyST brings it
    except ImportError:
        raise UnreadableResumeError(__("to import YAML, install PyYAML: pip install pyyaml")) from None
    text = decoded(data)
    try:
        depth = 0
        for token in yaml.scan(text):
            name = type(token).__name__
            depth += name.endswith(_STARTS) - name.endswith(_ENDS)
            if depth > MAX_DEPTH:
                raise UnreadableResumeError(__("nested more than %d levels deep") % MAX_DEPTH)
            if isinstance(token, yaml.AliasToken | yaml.TagToken):
                kind = __("aliases") if isinstance(token, yaml.AliasToken) else __("tags")
                message = __("YAML with %s cannot be imported, line %d") % (kind, token.start_mark.line + 1)
                raise UnreadableResumeError(message)
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = getattr(error, "problem", None) or str(error)
        raise UnreadableResumeError(__("not valid YAML, line %d, column %d: %s") % (*place, problem)) from None
    return _value(node)


def _value(node: Any) -> Any:
    """Return the value of a node."""
    import yaml  # noqa: PLC0415  MyST brings it

    if isinstance(node, yaml.MappingNode):
        names = Counter(key.value for key, _value_node in node.value if isinstance(key, yaml.ScalarNode))
        for key, _value_node in node.value:
            if not isinstance(key, yaml.ScalarNode) or names[key.value] > 1:
                problem = __("occurs more than once") if isinstance(key, yaml.ScalarNode) else __("not a name")
                message = __("not valid YAML, line %d, column %d: %s")
                mark = key.start_mark
                raise UnreadableResumeError(message % (mark.line + 1, mark.column + 1, problem))
        return {key.value: _value(part) for key, part in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(part) for part in node.value]
    if node is None or (node.style is None and node.value in NULL):
        return None
    return node.value
