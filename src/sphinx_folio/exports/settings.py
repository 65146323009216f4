"""The settings of the exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from sphinx_folio.exporters.pdf import TEMPLATE
from sphinx_folio.i18n import _, __, mark
from sphinx_folio.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_folio.model import Portfolio

FILES: Mapping[str, str] = {
    "pdf": "resume.pdf",
    "json": "resume.json",
    "txt": "resume.txt",
    "vcard": "contact.vcf",
    "llms": "llms.txt",
}
"""What each kind of export is called, in the order in which they are made."""
ALL_FILES = frozenset(FILES.values())
EXPORTS = (*FILES, "json-ld")
"""All that there are; the last stands in pages, not in a file."""
FONTS = frozenset({".otc", ".otf", ".ttc", ".ttf"})
"""How the names of fonts end that Typst reads."""
LABELS: Mapping[str, Any] = {
    "pdf": _("Résumé as PDF"),
    "txt": _("Plain text"),
    "json": _("JSON Resume"),
    "vcard": _("vCard"),
}
"""What is offered to readers, in the order in which it is."""


def declare_settings(app: Sphinx) -> None:
    """Tell Sphinx of every setting."""
    types = frozenset({list, tuple})
    app.add_config_value("folio_exports", list(EXPORTS), "env", types, mark("Which files are made; all by default."))
    description = mark("The page that is the résumé; by default the one where the person stands.")
    app.add_config_value("folio_resume", "", "env", frozenset({str}), description)
    description = mark("The résumé told for a purpose: by name, a title, skills and categories.")
    app.add_config_value("folio_views", {}, "html", frozenset({dict}), description)
    description = mark("Whether private facts are told; asked for by a build, not by conf.py: -D folio_private=1.")
    app.add_config_value("folio_private", False, "html", frozenset({bool}), description)
    description = mark("A Typst template of your own for the PDF; relative to conf.py.")
    app.add_config_value("folio_resume_template", "", "", frozenset({str}), description)
    description = mark("Folders with further fonts for the PDF, for characters that ours lack; relative to conf.py.")
    app.add_config_value("folio_resume_fonts", [], "", types, description)


def check_settings(app: Sphinx, config: Config) -> None:
    """Refuse what cannot be meant.

    Raises:
        ConfigError: The message says what is wrong and what would be right.
    """
    unknown = [name for name in config.folio_exports if name not in EXPORTS]
    if unknown:
        message = __("folio_exports in conf.py: there is no %r; there are %s")
        raise ConfigError(message % (unknown[0], ", ".join(EXPORTS)))
    if config.folio_resume_template and not template_of(app).is_file():
        raise ConfigError(__("folio_resume_template in conf.py: there is no file %s") % template_of(app))
    check_fonts(app, config)


def check_fonts(app: Sphinx, config: Config) -> None:
    """Check that the folders of further fonts are there and hold fonts.

    Raises:
        ConfigError: The message names the folder.
    """
    folders = config.folio_resume_fonts
    if not isinstance(folders, list | tuple) or not all(isinstance(folder, str) and folder for folder in folders):
        raise ConfigError(__("folio_resume_fonts in conf.py: write a list of folders, such as ['fonts']"))
    for folder in fonts_of(app):
        if not folder.is_dir():
            raise ConfigError(__("folio_resume_fonts in conf.py: there is no folder %s") % folder)
        if not font_files([folder]):
            endings = ", ".join(sorted(FONTS))
            raise ConfigError(__("folio_resume_fonts in conf.py: %s has no fonts (%s)") % (folder, endings))


def fonts_of(app: Sphinx) -> tuple[Path, ...]:
    """Return the folders of further fonts."""
    return tuple(Path(app.confdir, folder) for folder in app.config.folio_resume_fonts)


def font_files(folders: Iterable[Path]) -> list[Path]:
    """Return the fonts in folders, those of folders within them included."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if path.suffix.lower() in FONTS)


def template_of(app: Sphinx) -> Path:
    """Return the template of the PDF."""
    own = app.config.folio_resume_template
    return Path(app.confdir, own) if own else TEMPLATE


def resume_page(app: Sphinx, portfolio: Portfolio) -> str:
    """Return the name of the page that is the résumé, or nothing if no page can be."""
    people = portfolio.all(Person)
    wanted = app.config.folio_resume or (people[0].docname if people else "")
    return wanted if people and wanted in app.env.all_docs else ""


def address_of_site(app: Sphinx) -> str:
    """Return the address of the folder in which the pages of this build will stand, or nothing if it is not known."""
    base: str = app.config.html_baseurl
    return base + "/" if base and not base.endswith("/") else base
