"""The directive ``mermaid`` of sphinxcontrib-mermaid, with checks of the diagram."""

from __future__ import annotations

from docutils import nodes
from sphinxcontrib.mermaid import Mermaid, mermaid

from sphinx_folio._common.i18n import __
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.diagrams.drawing import can_draw, problems


class MermaidDirective(Mermaid):  # type: ignore[misc]  # sphinxcontrib-mermaid is untyped
    """Show a diagram; warn about syntax errors and a missing alternative text."""

    def run(self, **kwargs: object) -> list[nodes.Node]:
        """Return the diagram, inside a figure if it has a caption."""
        found: list[nodes.Node] = super().run(**kwargs)
        source, line = self.state_machine.get_source_and_line(self.lineno)
        self.set_figure_ids(found)
        diagrams = [diagram for node in found for diagram in node.findall(mermaid)]
        for diagram in diagrams:
            diagram.source, diagram.line = source, line
            if not self.options.get("alt"):
                message = __("diagram without option 'alt'; describe what the diagram shows")
                warn(Subtype.MISSING_ALTERNATIVE, message, location=diagram)
            get_code = getattr(self, "get_mm_code", None)
            if can_draw() and get_code is not None:  # other versions of sphinxcontrib-mermaid may lack the method
                self.check(diagram, get_code(), line or 0)
        return found

    def set_figure_ids(self, found: list[nodes.Node]) -> None:
        """Number figures without an id, so that their URL is the same in every language.

        The ids that docutils generates depend on the titles and targets of the page, which are translated.
        """
        for figure in found:
            if isinstance(figure, nodes.figure) and not figure["ids"]:
                figure["ids"].append(f"diagram-{self.state.document.settings.env.new_serialno('folio-diagram') + 1}")

    def check(self, diagram: nodes.Element, code: str, line: int) -> None:
        """Warn about each syntax error, and mark the diagram as broken.

        Args:
            diagram: The node of the diagram.
            code: The source of the diagram.
            line: The line of the page on which the directive begins.
        """
        for problem in problems(code):
            if self.content:
                location = f"{diagram.source}:{line + self.lines_above() + problem.line - 1}"
            else:
                location = f"{self.state.document.settings.env.relfn2path(self.arguments[0])[1]}:{problem.line}"
            warn(Subtype.INVALID_DIAGRAM, __("invalid diagram: %s"), problem.message, location=location)
            diagram["broken"] = True

    def lines_above(self) -> int:
        """Return the number of lines between the start of the directive and the diagram; MyST does not provide this."""
        block = [line.strip() for line in self.block_text.splitlines()]
        content = [line.strip() for line in self.content]
        return next(above for above in range(len(block)) if block[above : above + len(content)] == content)
