"""Directives for this package's reference documentation: add ``sphinx_folio.reference`` to ``extensions``.

``folio-directive`` shows the summary and the options of a directive, ``folio-settings`` the settings of the loaded
extensions, ``folio-warnings`` the subtypes of warnings, ``folio-commands`` the commands with their arguments, and
``folio-exit-codes`` what they return. ``folio-example`` shows an example as source and result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER
from sphinx_folio.reference.examples import (
    STYLE,
    ExampleDirective,
    ExampleSettingsDirective,
    ShowResults,
    copy_style,
    folio_example,
)
from sphinx_folio.reference.tables import (
    CommandsDirective,
    DirectiveDirective,
    ExitCodesDirective,
    SettingsDirective,
    WarningsDirective,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

SHAPE = 2
"""The version of the data that examples store in doctrees; if it changes, Sphinx reads all pages again."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    app.setup_extension("sphinx_folio")
    app.add_message_catalog(CATALOG, str(CATALOG_FOLDER))
    app.add_directive("folio-directive", DirectiveDirective)
    app.add_directive("folio-settings", SettingsDirective)
    app.add_directive("folio-warnings", WarningsDirective)
    app.add_directive("folio-commands", CommandsDirective)
    app.add_directive("folio-exit-codes", ExitCodesDirective)
    app.add_directive("folio-example", type("ExampleDirective", (ExampleDirective,), {"registry": app.registry}))
    app.add_directive("folio-example-settings", ExampleSettingsDirective)
    app.add_node(folio_example)
    app.add_post_transform(ShowResults)
    app.connect("builder-inited", copy_style)
    app.add_css_file(STYLE)
    return {
        "version": __version__,
        "env_version": SHAPE,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
