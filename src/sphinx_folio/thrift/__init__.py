"""Builds that take less time and memory, for any Sphinx site: ``extensions = ["sphinx_folio.thrift"]``.

Every byte of the output stays as it is. What is saved, by the names that ``folio_thrift`` takes:

``memory``
    Sphinx keeps the tree of every page that it has read until it writes it, though it has saved it to disk; here it is
    read back when its turn comes. What stays for the whole build is kept away from Python's garbage collector, which
    else walks through all of it again and again, and the collector waits for more garbage before it looks for it.
``messages``
    Sphinx makes a record of every event for its log, which only ``-vv`` shows, and for some writes out nodes as XML;
    here none that is not shown.
``traversal``
    docutils looks for nodes by generators within generators, one for each level of the tree; here by one loop.
``settings``
    Sphinx and MyST make all of docutils' settings anew for each page, and docutils looks up its style sheets, of which
    Sphinx uses none; here they are made once.
``translations``
    Sphinx saves a document for each translated message with its page; here the page alone.
``markdown``
    MyST searches its renderer for methods at each page; here once.
``highlighting``
    Sphinx visits every node of a page to find code blocks; here only code blocks.
``processes``
    With ``-j``, Sphinx starts a process for each of some twenty chunks of pages, and each sends back all that Sphinx
    knows so far, what others have read included; here there are as many as are asked for, and none waits for others.
``assets``
    Sphinx resolves the path of every style sheet and script for each page; here once.

All but ``memory`` and ``translations`` take, in part or in whole, the place of functions of Sphinx, docutils and MyST
while a build runs: of those whose source is known to be what the replacement stands for. With another version than the
known ones, the function stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from sphinx_folio import __version__
from sphinx_folio.i18n import __
from sphinx_folio.model import nearest
from sphinx_folio.thrift.memory import Memory
from sphinx_folio.thrift.messages import Messages
from sphinx_folio.thrift.replacing import Replacing
from sphinx_folio.thrift.savings import REPLACEMENTS, leave_out_style_sheets, take_in_translations
from sphinx_folio.warnings import did_you_mean

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

SAVINGS = ("memory", "messages", "translations", *dict.fromkeys(replacement.saving for replacement in REPLACEMENTS))
FIRST, LAST = 1, 999


def setup(app: Sphinx) -> ExtensionMetadata:
    """Save what the setting names, from the settings to the end of the build."""
    types = frozenset({list, tuple})
    app.add_config_value("folio_thrift", list(SAVINGS), "", types, "What a build saves; the output is the same.")
    app.connect("config-inited", check_setting, priority=FIRST)

    memory, messages, replacing = Memory(), Messages(), Replacing()

    def begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        memory.begin(app, app.config)  # for an application that builds more than once
        if "messages" in app.config.folio_thrift:
            messages.begin(app.verbosity)
        replacing.begin(REPLACEMENTS, app.config.folio_thrift)

    app.connect("config-inited", memory.begin, priority=LAST)
    app.connect("env-before-read-docs", begin, priority=LAST)
    app.connect("source-read", memory.note_read)
    app.connect("env-updated", memory.set_apart, priority=LAST)
    app.connect("doctree-resolved", memory.forget_doctrees)
    app.connect("doctree-read", take_in_translations, priority=FIRST)
    app.connect("doctree-resolved", leave_out_style_sheets, priority=FIRST)
    app.connect("build-finished", memory.set_rest_apart, priority=FIRST)
    app.connect("build-finished", memory.end, priority=LAST)
    app.connect("build-finished", messages.end, priority=LAST)
    app.connect("build-finished", replacing.end, priority=LAST)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def check_setting(app: Sphinx, config: Config) -> None:
    """Refuse a name that saves nothing.

    Raises:
        ConfigError: ``folio_thrift`` holds something else than the names of savings.
    """
    for name in config.folio_thrift:
        if name not in SAVINGS:
            hint = did_you_mean(nearest(str(name), SAVINGS))
            message = __("folio_thrift: %r saves nothing%s; what does: %s")
            raise ConfigError(str(message) % (name, hint, ", ".join(SAVINGS)))
