"""Formulas as MathML: what pages contain, and how formulas that cannot be converted are reported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio._common.mathml import FormulaError, to_mathml

if TYPE_CHECKING:
    from bs4.element import Tag

NO_PORTFOLIO = dict.fromkeys(("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today"))
SETTINGS = NO_PORTFOLIO | {
    "extensions": ["myst_parser", "sphinx_folio.formulas", "sphinx_folio.csp", "sphinx_folio.persistent_warnings"],
    "myst_enable_extensions": ["dollarmath", "amsmath"],
}
HOME = r"""# Home

The mean of {math}`x_1` and $x_2$ is {eq}`mean`.

```{math}
:label: mean

\bar{x} = \frac{x_1 + x_2}{2}
```

```{toctree}
plain
```
"""
PAGES = {"index.md": HOME, "plain.md": "# Plain\n\nIt costs 5 dollars.\n"}


def page(app: Any, name: str = "index") -> Tag:
    return BeautifulSoup((app.outdir / f"{name}.html").read_text("utf-8"), "html.parser")


def warnings(app: Any) -> list[str]:
    text = strip_escape_sequences(app.warning.getvalue())
    return [line.removeprefix(f"{app.srcdir}/") for line in text.splitlines()]


@pytest.mark.parametrize("parallel", [0, 2])
def test_formulas_are_mathml_without_scripts_and_without_a_change_of_the_policy(build: Any, parallel: int) -> None:
    app = build(PAGES, settings=SETTINGS, parallel=parallel)
    assert warnings(app) == []
    soup = page(app)
    assert [math.get_text() for math in soup.select("p math")] == ["x1", "x2"]
    block = soup.select_one("div.math#equation-mean")
    assert block is not None
    assert [math["display"] for math in block.select("math")] == ["block"]
    assert block.select("mfrac mrow msub")
    assert block.select(".eqno")[0].get_text().startswith("(1)")
    assert [link.get_text() for link in soup.select('a[href="#equation-mean"]:not(.headerlink)')] == ["(1)"]
    assert "mathjax" not in str(soup).lower().replace("mathjax_ignore", "").replace("tex2jax_ignore", "")
    assert soup.select('link[href*="folio-formulas.css"]')
    assert not page(app, "plain").select('link[href*="folio-formulas.css"]')
    policy = (app.outdir / "content-security-policy.txt").read_text("utf-8")
    plain = build({"index.md": "# Home\n\n```{toctree}\nplain\n```\n"}, settings=SETTINGS, parallel=parallel)
    assert (plain.outdir / "content-security-policy.txt").read_text("utf-8") == policy


def test_a_changed_formula_is_built_as_in_a_clean_build(build: Any, contents: Any) -> None:
    build({**PAGES, "index.md": HOME.replace("x_2", "y")}, settings=SETTINGS)
    without = ("searchindex.js",)  # Sphinx keeps words of the earlier page
    incremental = contents(build(PAGES, settings=SETTINGS).outdir, without=without)
    clean = build(PAGES, settings=SETTINGS, folder="clean")
    assert incremental == contents(clean.outdir, without=without)


def test_a_formula_that_cannot_be_converted_is_reported_in_every_build_and_shown_as_code(build: Any) -> None:
    wrong = HOME.replace(r"\bar{x}", r"\oops{x<y}").replace("$x_2$", "$^<$")
    lines = [
        "index.md:3: WARNING: the formula cannot be converted to MathML: check its braces, “&”, “_” and “^”; the page shows its source [folio.invalid_formula]",
        'index.md:5: WARNING: the formula cannot be converted to MathML: Unknown LaTeX command "\\oops"; the page shows its source [folio.invalid_formula]',
    ]
    app = build({**PAGES, "index.md": wrong}, settings=SETTINGS)
    assert warnings(app) == lines
    assert page(app).select("p code.math")[0].get_text() == "^<"
    assert page(app).select("div.math pre")[0].get_text().startswith(r"\oops{x<y}")
    assert warnings(build({**PAGES, "index.md": wrong}, settings=SETTINGS)) == lines


TABLE = """
See {numref}`sizes`.

(sizes)=
```{list-table} Sizes
* - a
```
"""


@pytest.mark.parametrize("extension", ["sphinx_folio", "sphinx_folio.formulas"])
def test_ids_of_formulas_and_tables_are_unique_with_furo(build: Any, extension: str) -> None:
    settings = SETTINGS | {"extensions": ["myst_parser", extension], "html_theme": "furo", "numfig": True}
    app = build({**PAGES, "index.md": HOME + TABLE}, settings=settings)
    assert warnings(app) == []
    soup = page(app)
    ids = [str(element["id"]) for element in soup.select("[id]")]
    assert [name for name, number in Counter(ids).items() if number > 1] == []
    assert [soup.select(f".table-wrapper {name}") != [] for name in ("#sizes", "table[id]")] == [True, True]
    assert [link.get_text() for link in soup.select('a[href="#sizes"]')] == ["Table 1"]
    assert len(soup.select("caption a.headerlink")) == 1
    assert soup.select(".math-wrapper #equation-mean")


def test_pages_of_an_epub_are_xml(build: Any) -> None:
    app = build({"index.md": "# Home\n\n{math}`\\sin x`\n"}, settings=SETTINGS, builder="epub")
    assert "<mi>sin</mi>" in (app.outdir / "index.xhtml").read_text("utf-8")
    assert "&ApplyFunction;" not in (app.outdir / "index.xhtml").read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("a", 0),
        ("a\n\nb", 2),
        (r"a &= b \\ &= c", 2),
        (r"a &= b \\[4pt] &= c \\*[ -1.5 em ] &= d", 3),
        ("a &= b\n\n\n&= c\n", 2),
        (r"\begin{split}a &= b \\ &= c\end{split}", 2),
        ("\\begin{align*}\na &= b \\label{b} \\\\\n&= c \\nonumber\n\\end{align*}\n", 2),
        (r"\begin{equation}a\end{equation}", 0),
        (r"x_1, \dots, x_n \dotsc x", 0),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", 2),
    ],
)
def test_rows_and_environments_are_understood(source: str, rows: int) -> None:
    markup = to_mathml(source, is_block=True)
    assert markup.count("<mtr>") == rows
    assert "[" not in markup


@pytest.mark.parametrize("source", ["^", "&", r"\limits", r"\oops", r"\frac{1}", r"\hspace{xmu}", "{" * 3000, "#"])
def test_every_mistake_is_one_error(source: str) -> None:
    with pytest.raises(FormulaError):
        to_mathml(source, is_block=False)


def test_the_converter_of_earlier_versions_of_docutils_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def tex2mathml(tex_math: str, inline: bool = True) -> str:
        return f"{tex_math}, {'inline' if inline else 'block'}"

    monkeypatch.setattr("docutils.utils.math.latex2mathml.tex2mathml", tex2mathml)
    to_mathml.cache_clear()
    assert [to_mathml("a", is_block=value) for value in (True, False)] == ["a, block", "a, inline"]
    to_mathml.cache_clear()
