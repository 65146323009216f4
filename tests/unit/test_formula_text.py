"""Formulas in characters of Unicode, for files that cannot show MathML."""

from __future__ import annotations

import pytest
from docutils import nodes

from sphinx_folio._common.formula_text import formula_text, with_formulas


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("E=mc^2", "E = mc²"),
        (r"O(n \log n)", "O(n log n)"),
        (r"\log(n) \max(a,b) \Pr[X > 2]", "log(n) max(a, b) Pr[X > 2]"),
        (r"H_2O, 10^{-9} \mathrm{CO_2}", "H₂O, 10⁻⁹ CO₂"),
        (r"x_{i,j}^{n-1} + x^T", "x_(i,j)ⁿ⁻¹ + x^T"),
        (r"e^{-x^2/2}, K^{*0}, x', 30^\circ", "e^(−x²/2), K*⁰, x′, 30°"),
        (r"\mathbb{R}^n \to \mathbf{x}", "ℝⁿ → x"),
        (r"Z \to \mu^+\mu^-", "Z → μ⁺μ⁻"),
        (r"\sum_{i=1}^n x_i \le \int_0^1 f(x)\,dx", "∑_(i=1)ⁿ x_i ≤ ∫₀¹ f(x) dx"),
        (r"\frac{a+b}{2} \tfrac12 mv^2 = \frac{\partial f}{\partial x}", "((a + b)/2)(1/2)mv² = ∂f/∂x"),
        (r"\sqrt{2n} \sqrt{s} = 13~\mathrm{TeV}", "√(2n)√s = 13 TeV"),
        (r"\hat{x} = -1, \pm 2, x\!y", "x̂ = −1, ±2, xy"),
        (r"x \text{ if } (y)", "x if (y)"),
    ],
)
def test_simple_formulas_are_readable_text(source: str, text: str) -> None:
    assert formula_text(source) == text


@pytest.mark.parametrize(
    "source", [r"\begin{pmatrix}a\\b\end{pmatrix}", r"\binom{n}{k}", r"\overline{AB}", r"\vec x", r"\oops", r"a\\b"]
)
def test_other_formulas_keep_their_source(source: str) -> None:
    assert formula_text(source) == source


def test_the_text_of_a_paragraph_has_its_formulas_and_the_paragraph_keeps_them() -> None:
    paragraph = nodes.paragraph("", "", nodes.Text("in "), nodes.math("", "n^2"), nodes.Text(" steps"))
    assert with_formulas(paragraph) == "in n² steps"
    assert paragraph.astext() == "in n^2 steps"
