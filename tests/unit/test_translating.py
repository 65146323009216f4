"""Catalogs are brought up to the pages without a mark that their strings are formats, and never lose anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_folio.cli.messages import update_catalog
from sphinx_folio.languages.catalog_reader import CatalogError, problems

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
ROLE = 'msgid "I know {skill}`go`, {name} and 100 %s."\nmsgstr ""\n'


@pytest.mark.parametrize("flags", ["", "#, python-brace-format, python-format\n"])
def test_a_string_with_a_role_is_not_marked_as_a_format(flags: str, tmp_path: Path) -> None:
    template = tmp_path / "index.pot"
    template.write_text(HEADER + flags + ROLE, encoding="utf-8")
    catalog = tmp_path / "zh_CN" / "index.po"
    for _time in range(2):
        update_catalog(catalog, template, "zh_CN")
        assert "format" not in catalog.read_text("utf-8")
        assert "{skill}`go`" in catalog.read_text("utf-8")
        assert problems(catalog.read_bytes()) == []


def test_locations_lead_from_the_catalog_to_the_page(tmp_path: Path) -> None:
    """Those of the template lead from the temporary folder in which Sphinx writes it."""
    template = tmp_path / "temporary" / "index.pot"
    template.parent.mkdir()
    template.write_text(f"{HEADER}#: ../docs/index.md:2\n{ROLE}", encoding="utf-8")
    catalog = tmp_path / "docs" / "locales" / "de" / "LC_MESSAGES" / "index.po"
    for _time in range(2):
        update_catalog(catalog, template, "de")
        assert "#: ../../../index.md:2\n" in catalog.read_text("utf-8")


def test_an_unsure_string_stays_marked(tmp_path: Path) -> None:
    template = tmp_path / "index.pot"
    template.write_text(HEADER + 'msgid "I know {skill}`go` well."\nmsgstr ""\n', encoding="utf-8")
    catalog = tmp_path / "index.po"
    catalog.write_text(HEADER + 'msgid "I know {skill}`go`."\nmsgstr "我会 {skill}`go`。"\n', encoding="utf-8")
    update_catalog(catalog, template, "zh_CN")
    assert "#, fuzzy\n" in catalog.read_text("utf-8")
    assert "我会" in catalog.read_text("utf-8")


def test_an_invalid_catalog_stays_as_it_is(tmp_path: Path) -> None:
    template = tmp_path / "index.pot"
    template.write_text(HEADER + ROLE, encoding="utf-8")
    catalog = tmp_path / "index.po"
    text = HEADER + 'msgid "a"\nmsgstr "b"\n\n=======\n'
    catalog.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"index\.po:8: '=======' is neither"):
        update_catalog(catalog, template, "zh_CN")
    assert catalog.read_text("utf-8") == text
