"""Give sections the same readable anchors in every language."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform


class UseStableAnchors(SphinxTransform):
    """Put ids from labels and objects before those that docutils derives from titles, for permalinks and references.

    Ids from Chinese titles are only numbers (``id1``). They stay, since they may be published addresses.
    Priority 860: after labels and objects have received their ids (850), before the table of contents is collected
    (880).
    """

    default_priority = 860

    def apply(self, **kwargs: Any) -> None:
        """Reorder the ids of sections, and point references to the first ones."""
        if len(self.config.folio_languages) < 2:  # noqa: PLR2004  nothing to keep equal
            return
        document = self.document
        types: dict[str, bool] = getattr(document, "nametypes", {})
        ids: dict[str, str | None] = getattr(document, "nameids", {})
        if not types or not ids:  # no names, or a docutils version without these attributes: keep all ids
            return
        explicit_ids = {node_id for name, explicit in types.items() if explicit and (node_id := ids.get(name))}
        title_ids = {ids.get(name) for name, explicit in types.items() if not explicit}
        replacements: dict[str, str] = {}
        for section in document.findall(nodes.section):
            kept = [
                node_id
                for node_id in section["ids"]
                if node_id in explicit_ids or not (node_id in title_ids or _is_number(node_id))
            ]
            if kept:
                replacements |= {node_id: kept[0] for node_id in section["ids"] if node_id not in kept}
                section["ids"] = [*kept, *(node_id for node_id in section["ids"] if node_id not in kept)]
        for reference in document.findall(nodes.reference):
            if reference.get("refid") in replacements:
                reference["refid"] = replacements[reference["refid"]]
        for name, node_id in ids.items():
            ids[name] = replacements.get(node_id or "", node_id)
        # MyST resolves links such as [text](page.md#title) with this table: slug → line, id and title.
        slugs: dict[str, Any] = getattr(document, "myst_slugs", {})
        for slug, target in slugs.items():
            match target:
                case (int() as line, str() as slug_id, title):  # other versions of MyST may store something else
                    slugs[slug] = (line, replacements.get(slug_id, slug_id), title)


def _is_number(node_id: str) -> bool:
    return node_id.startswith("id") and node_id[2:].isdigit()
