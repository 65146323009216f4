"""Builds that come before a complete one: pages are written at once, files that take long are postponed.

The command ``live`` builds a draft after each edit, shows it, and completes it when the author pauses. The command
``check`` builds for the warnings alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_postponed: WeakKeyDictionary[Sphinx, bool] = WeakKeyDictionary()
"""The applications that build drafts, and whether they have postponed something."""
_checks: WeakSet[Sphinx] = WeakSet()
"""The applications that build for their warnings."""


def begin_check(app: Sphinx) -> None:
    """Make the next build of an application one for the warnings alone."""
    _checks.add(app)


def is_check(app: Sphinx) -> bool:
    """Return whether files are not needed if writing them causes no warnings."""
    return app in _checks


def begin_draft(app: Sphinx) -> None:
    """Make the next build of an application a draft."""
    _postponed[app] = False


def is_draft(app: Sphinx) -> bool:
    """Return whether an application builds a draft."""
    return app in _postponed


def postpone(app: Sphinx) -> bool:
    """Return whether the caller must leave its work to the complete build; the build is incomplete then."""
    if app not in _postponed:
        return False
    _postponed[app] = True
    return True


def is_complete(app: Sphinx) -> bool:
    """Return whether the last build of an application has postponed nothing."""
    return not _postponed.get(app, False)
