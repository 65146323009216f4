"""The directive ``mermaid``: as sphinxcontrib-mermaid has it, with a check of the diagram where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcontrib.mermaid import Mermaid, mermaid

from sphinx_folio.diagrams.drawing import can_draw, problems
from sphinx_folio.i18n import __
from sphinx_folio.warnings import Subtype, warn

if TYPE_CHECKING:
    from docutils import nodes


class MermaidDirective(Mermaid):  # type: ignore[misc]  # it brings no types
    """A diagram; warns at its line if it cannot be drawn, and if no text says what it shows."""

    def run(self, **kwargs: object) -> list[nodes.Node]:
        """Return the diagram, in a figure if it has a caption."""
        found: list[nodes.Node] = super().run(**kwargs)
        source, line = self.state_machine.get_source_and_line(self.lineno)
        diagrams = [diagram for node in found for diagram in node.findall(mermaid)]
        for diagram in diagrams:
            diagram.source, diagram.line = source, line
            if not self.options.get("alt"):
                message = __("a diagram lacks its option 'alt'; say in words what it shows")
                warn(Subtype.MISSING_ALTERNATIVE, message, location=diagram)
            if can_draw():
                self.check(diagram)
        return found

    def check(self, diagram: nodes.Element) -> None:
        """Warn of each line that Mermaid would not understand."""
        for problem in problems("\n".join(self.content) if self.content else diagram["code"]):
            if self.content:
                source, line = self.content.info(min(problem.line, len(self.content)) - 1)
                place = f"{source}:{(line or 0) + 1}"
            else:
                place = f"{self.state.document.settings.env.relfn2path(self.arguments[0])[1]}:{problem.line}"
            warn(Subtype.INVALID_DIAGRAM, __("a diagram cannot be drawn: %s"), problem.message, location=place)
            diagram["broken"] = True
