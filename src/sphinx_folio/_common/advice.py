"""What to do about a library that is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx_folio._common.i18n import __
from sphinx_folio._common.installation import with_extra

HOOKS = ".pre-commit-config.yaml"


def how_to_install(extra: str) -> str:
    """Return how to install an extra of this package: the command, or the change of the configuration of pre-commit."""
    if is_hook():
        return add_to_hook(f".[{extra}]")
    return str(__("run “pip install %s”")) % with_extra(extra)


def add_to_hook(requirement: str) -> str:
    """Return how to install a package into the environment of a hook of pre-commit."""
    return str(__('add "%s" to additional_dependencies in %s')) % (requirement, HOOKS)


def is_hook() -> bool:
    """Return whether this runs in an environment that pre-commit has made, which only its configuration changes."""
    return Path(sys.prefix).name.startswith("py_env-")
