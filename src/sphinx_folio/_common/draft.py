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
    """Mark an application whose builds are only for warnings; the mark stays."""
    _checks.add(app)


def is_check(app: Sphinx) -> bool:
    """Return whether a build is only for warnings; it need not write files that cannot cause any."""
    return app in _checks


def begin_draft(app: Sphinx) -> None:
    """Mark an application whose builds are drafts; the mark stays, and a complete build needs another application."""
    _postponed[app] = False


def is_draft(app: Sphinx) -> bool:
    """Return whether an application builds a draft."""
    return app in _postponed


def postpone(app: Sphinx) -> bool:
    """In a draft, record that work was postponed and return True: the caller must skip it; otherwise return False."""
    if app not in _postponed:
        return False
    _postponed[app] = True
    return True


def is_complete(app: Sphinx) -> bool:
    """Return whether the last build of an application has postponed nothing."""
    return not _postponed.get(app, False)
