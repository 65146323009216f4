"""The directive ``mermaid``: as sphinxcontrib-mermaid has it, with a check of the diagram where it is written."""

from __future__ import annotations

from docutils import nodes
from sphinxcontrib.mermaid import Mermaid, mermaid

from sphinx_folio._common.i18n import __
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.diagrams.drawing import can_draw, problems


class MermaidDirective(Mermaid):  # type: ignore[misc]  # it brings no types
    """A diagram; warns at its line if it cannot be drawn, and if no text says what it shows."""

    def run(self, **kwargs: object) -> list[nodes.Node]:
        """Return the diagram, in a figure if it has a caption."""
        found: list[nodes.Node] = super().run(**kwargs)
        source, line = self.state_machine.get_source_and_line(self.lineno)
        self.name_figures(found)
        diagrams = [diagram for node in found for diagram in node.findall(mermaid)]
        for diagram in diagrams:
            diagram.source, diagram.line = source, line
            if not self.options.get("alt"):
                message = __("a diagram lacks its option 'alt'; say in words what it shows")
                warn(Subtype.MISSING_ALTERNATIVE, message, location=diagram)
            source_of_diagram = getattr(self, "get_mm_code", None)
            if can_draw() and source_of_diagram is not None:  # another sphinxcontrib-mermaid may not have it
                self.check(diagram, source_of_diagram(), line or 0)
        return found

    def name_figures(self, found: list[nodes.Node]) -> None:
        """Give a figure without a name an address that is the same in every language; docutils would count all ids."""
        for figure in found:
            if isinstance(figure, nodes.figure) and not figure["ids"]:
                figure["ids"].append(f"diagram-{self.state.document.settings.env.new_serialno('folio-diagram') + 1}")

    def check(self, diagram: nodes.Element, code: str, line: int) -> None:
        """Warn of each line that Mermaid would not understand; the directive itself begins at a line."""
        for problem in problems(code):
            if self.content:
                place = f"{diagram.source}:{line + self.lines_above() + problem.line - 1}"
            else:
                place = f"{self.state.document.settings.env.relfn2path(self.arguments[0])[1]}:{problem.line}"
            warn(Subtype.INVALID_DIAGRAM, __("a diagram cannot be drawn: %s"), problem.message, location=place)
            diagram["broken"] = True

    def lines_above(self) -> int:
        """Return how many lines of the directive stand above the diagram: MyST says that of no content."""
        block = [line.strip() for line in self.block_text.splitlines()]
        content = [line.strip() for line in self.content]
        return next(above for above in range(len(block)) if block[above : above + len(content)] == content)
