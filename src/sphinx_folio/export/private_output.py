"""Keep the output of private and public builds in separate folders.

A private build writes a marker file into its output folder. As long as that file exists, public builds into that
folder, a parent or a subfolder fail, even if the records of written files are lost or the exports are not loaded. A
private build into the folder of a public site, or below it, fails, too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from sphinx_folio._common.caches import write_if_changed
from sphinx_folio._common.i18n import __

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

MARKER = "folio-private.txt"
OUTPUT_FILES = (".buildinfo", "objects.inv", ".folio-exports")
"""Files that identify the output folder of a build; each output folder contains at least one of them."""
NOTICE = b"""\
This folder holds a private build: it shows facts that are not for publication. Do not upload it.
sphinx-folio refuses to build a public site here. To use the folder for one, delete it first, with all that is in it.
"""


def check_output(app: Sphinx, config: Config) -> None:
    """Check that the output folder has no output of the other kind of build; mark the output of a private build.

    Raises:
        ConfigError: Output of the other kind was found; the message has its folder.
    """
    output = Path(app.outdir)
    if getattr(config, "folio_private", False):
        public = next((folder for folder in (output, *output.parents) if _is_public(folder)), None)
        if public:
            message = __("a private build is refused in %s: a public site was built into %s; choose another folder")
            raise ConfigError(message % (output, public))
        write_if_changed(output / MARKER, NOTICE)
        return
    folders = (output, *output.parents, *(path for path in sorted(output.glob("*")) if path.is_dir()))
    private = next((folder for folder in folders if _is_private(folder)), None)
    if private:
        message = __("a public build is refused in %s: %s holds a private build; delete that folder or choose another")
        raise ConfigError(message % (output, private))


def _is_private(folder: Path) -> bool:
    return (folder / MARKER).exists() or (folder / MARKER).is_symlink()


def _is_public(folder: Path) -> bool:
    return not _is_private(folder) and any((folder / name).exists() for name in OUTPUT_FILES)
