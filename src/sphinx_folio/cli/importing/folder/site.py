"""Convert the folder of a site to JSON Resume: its data files, its pages and its person.

Known are the layouts of Jekyll, with those of al-folio and academicpages, and of Hugo, with that of HugoBlox. Any other
folder is read in the same way: the name of the folder of a page tells the section of the résumé that it belongs to.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from contextlib import suppress
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __, and_more, is_language
from sphinx_folio._common.installation import with_extra
from sphinx_folio._common.page_suffixes import MARKDOWN
from sphinx_folio.cli.importing.folder import blocks
from sphinx_folio.cli.importing.folder.addresses import is_overview, old_address
from sphinx_folio.cli.importing.folder.bibliographies import Bibliography, read_bibliography, reason_against, title_of
from sphinx_folio.cli.importing.folder.files import SiteFolder, suffix_of
from sphinx_folio.cli.importing.folder.front_matter import paragraphs, split_page
from sphinx_folio.cli.importing.folder.items import REST, item_of, keep_rest, merge, skills_of
from sphinx_folio.cli.importing.folder.person import author_part, config_part, names_in
from sphinx_folio.cli.importing.folder.sections import FOLDERS, SECTIONS
from sphinx_folio.cli.importing.folder.time_table import read_time_table
from sphinx_folio.cli.importing.items import UnreadableResumeError, kind_name
from sphinx_folio.cli.importing.photo import is_address
from sphinx_folio.cli.importing.sources import read_source
from sphinx_folio.cli.importing.sources.converted import ConvertedResume, MarkdownResume
from sphinx_folio.cli.importing.sources.json_file import JsonObject
from sphinx_folio.cli.importing.sources.yaml_file import read_yaml, read_yaml_value
from sphinx_folio.export.formats.json_resume import SECTIONS as RESUME_SECTIONS
from sphinx_folio.portfolio.person_names import own_names
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

RESUMES = re.compile(r"(?:(?:assets/json|_data|data|static)/)?(?:resume|cv)\.(?:json|ya?ml)", re.IGNORECASE)
"""The paths of résumés; the first one is read, and JSON goes before YAML."""
CONFIG = ("_config.yml", "_data/socials.yml", "_data/author.yml")
AUTHORS = re.compile(
    r"(?:content/(?:\w+/)?authors/(?P<page>[^/]+)/_?index\.md|data/authors/(?P<data>[^/]+)\.ya?ml)", re.IGNORECASE
)
IN_LANGUAGE = re.compile(r"content/(?P<code>[a-z]{2}(?:-[a-z]{2})?)/(?P<section>[^/]+)/")
OWNERS = ("me", "admin")
DATA = ("_data", "data")
MAX_NAMES = 20
"""How many files of a folder that are left out for the same reason are listed."""
MAX_PARTS, MAX_PART = 5, 40
"""How many parts that are left out of a text are listed, and with how many characters."""


def read_folder(root: Path) -> MarkdownResume:
    """Return the résumé in a folder.

    Raises:
        UnreadableResumeError: A file is invalid, the folder is too large or leads out of itself, or has no résumé; or
            a library that reads its files is not installed.
    """
    folder = SiteFolder(root)
    _check_libraries(folder.names)
    return _Site(folder).resume()


def _check_libraries(names: Sequence[str]) -> None:
    """Raise an error that says how to install all missing libraries that read the files of a folder."""
    has_yaml = any(suffix_of(name) in {".yml", ".yaml", *MARKDOWN} for name in names)
    has_bibtex = any(suffix_of(name) == ".bib" and not reason_against(name, names) for name in names)
    missing = {"PyYAML": "pyyaml"} if has_yaml and not find_spec("yaml") else {}
    missing |= {"bibtexparser": with_extra("bibtex")} if has_bibtex and not find_spec("bibtexparser") else {}
    if missing:
        message = __("to import this folder, install %s: pip install %s")
        raise UnreadableResumeError(message % (", ".join(missing), " ".join(missing.values())))


class _Site:
    """The résumé of a site while it is put together."""

    def __init__(self, folder: SiteFolder) -> None:
        self._folder = folder
        self._names = folder.names
        self._content: dict[str, Any] = {}
        self._files: list[str] = []
        self._skipped: dict[str, str] = {}
        self._skills: dict[str, None] = {}
        self._read_files: set[str] = set()
        self._bibliographies: list[Bibliography] = []
        self._resume_name = ""
        self._notes: list[str] = []
        self._config: dict[str, Any] = {}
        """The settings of Jekyll."""
        self._moved: dict[str, str] = {}
        """Former address of a page → path of the item that it became; empty for the whole résumé."""
        self._papers: list[dict[str, Any]] = []
        """The publications that only the résumé file has."""

    def resume(self) -> MarkdownResume:
        """Return the résumé."""
        self._add_resume()
        self._add_person()
        for name in self._names:
            if suffix_of(name) in MARKDOWN and not AUTHORS.fullmatch(name):
                self._add_page(name)
        self._add_bibliographies()
        self._skip_other_data()
        self._skipped |= dict.fromkeys(sorted(self._folder.broken_links), __("a symbolic link without a target"))
        if not self._files:
            message = __("no résumé in this folder: no pages in folders such as projects, work or talks, and no %s")
            raise UnreadableResumeError(message % "resume.json, cv.yml")
        if self._skills and not self._content.get("skills"):
            self._content["skills"] = [{"name": name} for name in self._skills]
        self._content.setdefault("basics", {})
        self._drop_rest()
        found = MarkdownResume(self._content)
        found.layout = self._layout()
        found.notes = self._notes
        found.moved = {address: path for address, path in self._moved.items() if address}
        found.files, found.bibliographies = self._files, self._bibliographies
        found.skipped = [f"{name}: {reason}".removesuffix(": ") for name, reason in self._grouped()]
        return found

    def _drop_rest(self) -> None:
        """Remove the keys without a counterpart, since they are not part of a résumé, and report their names."""
        for path, item in self._objects():
            names: dict[str, None] = {}
            for field in (REST, *(["author"] if path == "basics" else [])):
                rest = item.pop(field) if isinstance(item.get(field), dict) else {}
                for name, value in rest.items():
                    names |= dict.fromkeys(value if name == "author" and isinstance(value, dict) else [name])
            if names:
                self._notes.append(f"{path}: " + __("left out: %s") % ", ".join(names))

    def _objects(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the person and the items of all sections, with their paths."""
        own = self._content.get(X_FOLIO)
        own_sections = {f"{X_FOLIO}.{name}": value for name, value in own.items()} if isinstance(own, dict) else {}
        yield "basics", self._content["basics"]
        for section, items in {**self._content, **own_sections}.items():
            for number, item in enumerate(items if isinstance(items, list) else []):
                if isinstance(item, dict):
                    yield f"{section}[{number}]", item

    def _layout(self) -> str:
        """Return the name of the layout."""
        tops = {name.split("/")[0] for name in self._names}
        if {"_talks", "_portfolio"} & tops:
            return "academicpages (Jekyll)"
        if "_bibliography" in tops or any(name in self._names for name in ("_data/cv.yml", "_data/socials.yml")):
            return "al-folio (Jekyll)"
        if "_config.yml" in tops or any(top.startswith("_") for top in tops):
            return "Jekyll"
        if any(map(AUTHORS.fullmatch, self._names)):
            return "HugoBlox (Hugo)"
        return "Hugo" if "content" in tops else str(__("Markdown with front matter"))

    def _grouped(self) -> Iterator[tuple[str, str]]:
        """Yield the files that were left out, those of a folder and with the same reason together."""
        groups: dict[tuple[str, str], list[str]] = {}
        for name, reason in self._skipped.items():
            groups.setdefault((PurePosixPath(name).parent.as_posix(), reason), []).append(name)
        for (folder, reason), names in groups.items():
            first = ", ".join(PurePosixPath(name).name for name in names[:MAX_NAMES])
            shown = and_more(first, len(names) - MAX_NAMES)
            for name in [f"{folder} ({shown})"] if len(names) > 1 and folder != "." else names:
                yield name, reason

    # Data files

    def _add_resume(self) -> None:
        """Add the content of a résumé file."""
        found = sorted(filter(RESUMES.fullmatch, self._names), key=lambda name: (suffix_of(name) != ".json", name))
        for name in found[:1]:
            try:
                resume = _resume(name, self._folder.read(name))
            except UnreadableResumeError as error:
                raise UnreadableResumeError(f"{name}: {error}") from None
            if isinstance(resume, ConvertedResume):
                self._skipped |= {f"{name}: {line}": "" for line in resume.skipped}
            self._content, self._resume_name = resume, name
            papers = resume.get("publications")
            self._papers = [paper for paper in papers if isinstance(paper, dict)] if isinstance(papers, list) else []
            self._read_files.add(name)
            self._files.append(f"{name}: " + __("the résumé"))
        for name in found[1:]:
            self._skipped[name] = __("another résumé, %s, was read") % found[0]

    def _add_person(self) -> None:
        """Add what is said of the person in the settings of the site, and on the page of its author."""
        basics = self._content.setdefault("basics", {})
        if not isinstance(basics, dict):
            raise UnreadableResumeError("basics: " + __("must be an object, not %s") % kind_name(basics))
        other_names: list[str] = []
        matches = [match for match in map(AUTHORS.fullmatch, self._names) if match]
        owners = [match for match in matches if (match["page"] or match["data"]) in OWNERS] or matches[:1]
        for match in sorted(owners, key=lambda match: match["data"] is None):  # HugoBlox prefers the data
            name = match[0]
            fields, body = split_or_name(name, self._folder.read(name))
            part = author_part(fields, body)
            self._merge_part(part)
            self._read_files.add(name)
            self._files.append(f"{name}: basics")
        for match in matches:
            if match not in owners:
                self._skipped[match[0]] = __("another person")
        for name in CONFIG:
            if name in self._names:
                try:
                    fields = read_yaml(self._folder.read(name))
                except UnreadableResumeError as error:
                    self._skipped[name] = str(error)
                    continue
                if name == "_config.yml":
                    self._config = fields
                part = config_part(fields, is_personal=name != "_config.yml")
                other_names += [part["basics"].pop("name")] if basics.get("name") and "name" in part["basics"] else []
                other_names += names_in(fields)
                self._merge_part(part)
                self._files.append(f"{name}: basics")
        new = [name for name in dict.fromkeys(other_names) if not own_names([name], [str(basics.get("name"))])]
        if new and isinstance(basics.setdefault(X_FOLIO, {}), dict):
            basics[X_FOLIO].setdefault("otherNames", new)

    def _add_bibliographies(self) -> None:
        """Add the files with publications, which replace those of the résumé; of one in two files, the first counts."""
        papers = self._content.get("publications")
        known = [paper for paper in papers if isinstance(paper, dict)] if isinstance(papers, list) else []
        titles = {title_of(paper.get("name")) for paper in known if paper not in self._papers}
        for name in self._names:
            suffix = suffix_of(name)
            if name in self._read_files or suffix not in {".bib", ".json"}:
                continue
            if reason := reason_against(name, self._names):
                self._skipped |= {name: reason} if suffix == ".bib" else {}
                continue
            content = self._folder.read(name)
            if suffix == ".json" and not content.removeprefix(BOM_UTF8).lstrip().startswith(b"["):
                continue
            found = read_bibliography(name, content, titles, self._bibliographies)
            if isinstance(found, Bibliography) and found.keys:
                titles |= found.titles
                self._drop_papers(name, found.titles)
                self._bibliographies.append(found)
                self._read_files.add(name)
                self._files.append(f"{name}: publications")
                self._skipped |= {f"{name}:{problem}": "" for problem in found.problems}
            elif suffix == ".bib":
                self._skipped[name] = found if isinstance(found, str) else __("its publications are known already")

    def _drop_papers(self, name: str, titles: Collection[str]) -> None:
        """Leave out the publications of the résumé that a bibliography has, too."""
        for paper in self._papers:
            if title_of(paper.get("name")) in titles:
                self._skipped[f"{self._resume_name}: {paper['name']}"] = __("read from %s instead") % name
                paper.clear()  # in its place, so that the numbers of the others stay

    def _skip_other_data(self) -> None:
        """Report the data files that were not read."""
        for name in self._names:
            if name.split("/")[0] in DATA and name not in {*self._read_files, *CONFIG, *self._skipped}:
                self._skipped[name] = __("data of an unknown kind")

    def _merge_part(self, part: dict[str, Any]) -> None:
        """Add parts of a résumé; values that differ from those already there are kept, too."""
        for section, value in part.items():
            if section == "basics":
                self._merge_basics(value)
            else:
                for item in value:
                    self._add(section, item)

    def _merge_basics(self, new: dict[str, Any]) -> None:
        basics = self._content["basics"]
        for name, value in new.items():
            if not basics.get(name):
                basics[name] = value
            elif name == "profiles" and isinstance(basics[name], list):
                basics[name] += [profile for profile in value if profile not in basics[name]]
            elif basics[name] != value:
                keep_rest(basics, {name: value})

    # Pages

    def _add_page(self, name: str) -> None:
        """Add a page to the section that its folder names."""
        path = PurePosixPath(name)
        folders = [part.lower().removeprefix("_") for part in path.parts[:-1]]
        section = next((FOLDERS[folder] for folder in folders if folder in FOLDERS), "")
        language = self._foreign(path)
        if language:
            self._skipped[name] = __("in another language, %s") % language
            return
        if section and path.stem == "_index":
            self._skipped[name] = __("introduces a section")
            return
        if not section and blocks.PAGES.fullmatch(name) and self._add_blocks(name):
            return
        if not section and path.stem.lower() not in {"about", "bio"}:
            self._add_overview(name)
            self._skipped[name] = __("its folder names no part of a résumé")
            return
        fields, body = split_or_name(name, self._folder.read(name))
        if not section:
            self._add_about(name, fields, body)
        elif fields.get("draft") == "true" or fields.get("published") == "false":
            self._skipped[name] = __("a draft")
        elif not fields:
            self._skipped[name] = __("no front matter")
        else:
            self._skills |= dict.fromkeys(skills_of(fields))
            number = self._add(section, item_of(section, fields, self._text(name, body)))
            self._files.append(f"{name}: {section}[{number}]")
            own = "" if section in RESUME_SECTIONS else f"{X_FOLIO}."
            self._moved[old_address(name, fields, self._config)] = f"{own}{section}[{number}]"

    def _add_overview(self, name: str) -> None:
        """Note the address of a page that the page of the résumé replaces."""
        if is_overview(name):
            with suppress(UnreadableResumeError):  # such a page was not read before
                fields, _body = split_page(self._folder.read(name))
                self._moved[old_address(name, fields, self._config)] = ""

    def _text(self, name: str, body: str) -> str:
        """Return the text of a page as paragraphs, and report the omitted parts."""
        left_out: list[str] = []
        text = paragraphs(body, left_out)
        parts = [*dict.fromkeys(" ".join(part.split()) for part in left_out)]
        if parts:
            first = ", ".join(part[:MAX_PART] + "…" * (len(part) > MAX_PART) for part in parts[:MAX_PARTS])
            shown = and_more(first, len(parts) - MAX_PARTS)
            self._notes.append(f"{name}: " + __("left out of the text: %s") % shown)
        return text

    def _add_blocks(self, name: str) -> bool:
        """Add the items in the blocks of a page; return whether it has blocks with items or text."""
        found, others = blocks.parts_of(split_or_name(name, self._folder.read(name))[0])
        if others:
            self._skipped[name] = __("blocks that are not read: %s") % ", ".join(dict.fromkeys(others))
        for section, item in found:
            self._add(section, item)
        if found:
            self._files.append(f"{name}: " + ", ".join(dict.fromkeys(section for section, _item in found)))
        return bool(found or others)

    def _add_about(self, name: str, fields: dict[str, Any], body: str) -> None:
        """Add the text about the person and the line below the name, unless there is one, and report the portrait."""
        basics, subtitle, profile = self._content["basics"], fields.get("subtitle"), fields.get("profile")
        if isinstance(subtitle, str) and not basics.get("label") and (label := paragraphs(subtitle)):
            basics["label"] = label
            self._files.append(f"{name}: basics.label")
        image = profile.get("image") if isinstance(profile, dict) else None
        if isinstance(image, str) and image.strip():
            path = image if is_address(image) else f"assets/img/{image}"  # the folder of al-folio
            if not basics.get("image"):
                basics["image"] = path
                self._files.append(f"{name}: basics.image")
            elif basics["image"] != path:
                self._skipped[f"{name}: profile.image"] = __("basics.image is already known")
        text = paragraphs(body)
        if not text or basics.get("summary"):
            self._skipped[name] = __("basics.summary is already known") if text else __("no text")
            return
        basics["summary"] = self._text(name, body)
        self._files.append(f"{name}: basics.summary")

    def _add(self, section: str, item: dict[str, Any]) -> int:
        target = self._content if section in RESUME_SECTIONS else self._content.setdefault(X_FOLIO, {})
        if not isinstance(target, dict):
            raise UnreadableResumeError(f"{X_FOLIO}: " + __("must be an object, not %s") % kind_name(target))
        items = target.setdefault(section, [])
        if not isinstance(items, list):
            raise UnreadableResumeError(f"{section}: " + __("must be a list, not %s") % kind_name(items))
        number = merge(items, item, SECTIONS[section].identity)
        self._papers = [paper for paper in self._papers if paper is not items[number]]
        return number

    def _foreign(self, path: PurePosixPath) -> str:
        """Return the language of a page if it is a translation: ``index.fr.md``, or ``content/fr/`` besides others."""
        suffix = PurePosixPath(path.stem).suffix.removeprefix(".")
        if suffix and is_language(suffix.replace("-", "_")):
            stem = path.name.removesuffix(path.suffix).removesuffix(f".{suffix}")
            siblings = {stem + path.suffix, f"{stem}.en{path.suffix}"}
            if any(str(path.with_name(name)) in self._names for name in siblings - {path.name}):
                return suffix
        found = (match for match in map(IN_LANGUAGE.match, self._names) if match and match["section"] in FOLDERS)
        codes = {match["code"] for match in found if is_language(match["code"].replace("-", "_"))}
        own = match["code"] if (match := IN_LANGUAGE.match(str(path))) else ""
        return own if own in codes and own != ("en" if "en" in codes else min(codes)) else ""


def _resume(name: str, content: bytes) -> dict[str, Any]:
    """Return the content of a résumé file.

    Raises:
        UnreadableResumeError: It is invalid.
    """
    sections = read_yaml_value(content) if suffix_of(name) != ".json" else None
    found = read_time_table(sections) if isinstance(sections, list) else read_source(content)
    if not isinstance(found, dict):
        raise UnreadableResumeError(__("a résumé must be an object, not %s") % kind_name(found))
    if isinstance(found, JsonObject) and found.duplicates:
        raise UnreadableResumeError(f"{min(found.duplicates)}: " + __("occurs more than once"))
    return found


def split_or_name(name: str, content: bytes) -> tuple[dict[str, Any], str]:
    """Return the fields and the text of a page or of a data file; errors start with its name."""
    try:
        return split_page(content) if suffix_of(name) in MARKDOWN else (read_yaml(content), "")
    except UnreadableResumeError as error:
        raise UnreadableResumeError(f"{name}: {error}") from None
