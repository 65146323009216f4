"""The same readable anchors in every language."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform


class SettleAnchors(SphinxTransform):
    """Leave a section that has a label, or that an object opens, the ids that come from these alone.

    The ids that docutils makes of titles differ between languages, and of Chinese titles they are mere numbers (id1).
    At priority 860: after labels and objects have theirs (850), before the table of contents is taken (880).
    """

    default_priority = 860

    def apply(self, **kwargs: Any) -> None:
        """Drop the ids made of titles, and lead references to them to those that stay."""
        document = self.document
        types: dict[str, bool] = getattr(document, "nametypes", {})
        ids: dict[str, str | None] = getattr(document, "nameids", {})
        if not types or not ids:  # no names, or a docutils that keeps them elsewhere: ids stay as they are
            return
        given = {node_id for name, explicit in types.items() if explicit and (node_id := ids.get(name))}
        made = {ids.get(name) for name, explicit in types.items() if not explicit}
        moved: dict[str, str] = {}
        for section in document.findall(nodes.section):
            kept = [
                node_id
                for node_id in section["ids"]
                if node_id in given or not (node_id in made or _is_number(node_id))
            ]
            if kept:
                moved |= {node_id: kept[0] for node_id in section["ids"] if node_id not in kept}
                section["ids"] = kept
        for reference in document.findall(nodes.reference):
            if reference.get("refid") in moved:
                reference["refid"] = moved[reference["refid"]]
        for name, node_id in ids.items():
            ids[name] = moved.get(node_id or "", node_id)
        # What MyST resolves links such as [text](page.md#title) by: slug to line, id and title.
        slugs: dict[str, Any] = getattr(document, "myst_slugs", {})
        for slug, target in slugs.items():
            match target:
                case (int() as line, str() as slug_id, title):  # another MyST may keep something else
                    slugs[slug] = (line, moved.get(slug_id, slug_id), title)


def _is_number(node_id: str) -> bool:
    return node_id.startswith("id") and node_id[2:].isdigit()
