"""Convert a Europass CV, version 3, as XML or JSON: the ``SkillsPassport`` that was offered for download until 2020.

The elements are those of the web application by Cedefop. XML is brought into the form of its JSON first: a list such as
``WorkExperienceList`` becomes the list ``WorkExperience``, and a date has the fields ``Year``, ``Month`` and ``Day``.
A document type declaration, without which XML has no entities, is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn
from xml.parsers import expat

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import MAX_DEPTH, UnreadableResumeError, has_content, leaves
from sphinx_folio.cli.importing.sources.converted import ConvertedResume
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = "SkillsPassport"
NAMESPACE = "http://europass.cedefop.europa.eu/Europass"
PRIVATE = ("Demographics", "Photo")
"""Parts of the identification that are not imported: date of birth, gender, nationality and photo."""
ATTACHED = ("Documentation", "ReferenceTo")
ABOUT_FILE = ("DocumentInfo", "PrintingPreferences")
SKILLS: Mapping[str, str] = {
    "Communication": "Communication skills",
    "Organisational": "Organisational and managerial skills",
    "JobRelated": "Job-related skills",
    "Computer": "Digital skills",
    "Other": "Other skills",
}
"""Element with a text about skills → its English title on a Europass CV."""
ACHIEVEMENTS: Mapping[str, tuple[str, str, str]] = {
    "publications": ("publications", "name", "summary"),
    "projects": ("projects", "name", "description"),
    "honors_awards": ("awards", "title", "summary"),
    "certifications": ("certificates", "name", "summary"),
}
"""Code of an achievement → section of JSON Resume, and the fields for its title and its text."""
NATIVE = "Mother tongue"


def read_europass_xml(data: bytes) -> dict[str, Any]:
    """Return a Europass XML file in the form of Europass JSON.

    Raises:
        UnreadableResumeError: The file is not XML, not a Europass CV, nested too deeply, or declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = __("not valid XML, line %d, column %d: %s")
        raise UnreadableResumeError(message % (error.lineno, error.offset, expat.ErrorString(error.code))) from None
    return {ROOT: reader.content}


def _refuse_document_type(*arguments: object) -> NoReturn:
    raise UnreadableResumeError(__("XML with a document type declaration cannot be imported; remove <!DOCTYPE …>"))


class _Reader:
    """Builds nested dictionaries from the events of a parser."""

    def __init__(self) -> None:
        self.content: dict[str, Any] = {}
        self._open: list[tuple[str, dict[str, Any]]] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element; the attributes of a date become fields, and all others are dropped."""
        namespace, _space, local = name.rpartition(" ")
        if not self._open and (local != ROOT or namespace != NAMESPACE):
            raise UnreadableResumeError(__("not a Europass CV of version 3: the root element is <%s>") % local)
        if len(self._open) > MAX_DEPTH:
            raise UnreadableResumeError(__("nested more than %d levels deep") % MAX_DEPTH)
        date = {key.capitalize(): value for key, value in attributes.items() if key in {"year", "month", "day"}}
        self._open.append((local, dict(date)))
        self._text.clear()

    def text(self, text: str) -> None:
        """Add text to the current element."""
        self._text.append(text)

    def end(self, name: str) -> None:
        """Close an element and add it to the one around it."""
        local, fields = self._open.pop()
        value: Any = fields or "".join(self._text).strip()
        self._text.clear()
        if not self._open:
            self.content = fields
            return
        parent_name, parent = self._open[-1]
        if parent_name.endswith("List"):
            parent.setdefault(local, []).append(value)
        elif local.endswith("List") and isinstance(value, dict):
            parent.update(value)
        elif local in parent:
            known = parent[local]
            parent[local] = [*(known if isinstance(known, list) else [known]), value]
        else:
            parent[local] = value


def to_json_resume(found: dict[str, Any]) -> ConvertedResume:
    """Return a Europass CV as JSON Resume; fields without a counterpart are kept under ``europass`` in each item."""
    passport = found[ROOT]
    learner = _object(passport, "LearnerInfo")
    person = _object(learner, "Identification")
    where = f"{ROOT}.LearnerInfo"
    skipped = [
        f"{where}.Identification.{part}: " + __("private") for part in PRIVATE if has_content(person.pop(part, None))
    ]
    others = {f"{where}.{part}": learner.pop(part, None) for part in ATTACHED}
    others |= {f"{ROOT}.{part}": value for part, value in passport.items() if part not in ABOUT_FILE}
    skipped += [f"{path}: " + __("not part of a résumé") for path, value in others.items() if has_content(value)]
    skills = _object(learner, "Skills")
    resume = ConvertedResume({
        "basics": _basics(learner, person),
        "work": [_work(item) for item in _list(learner, "WorkExperience")],
        "education": [_education(item) for item in _list(learner, "Education")],
        "skills": [
            {"name": title, X_FOLIO: {"summary": text}}
            for part, title in SKILLS.items()
            if (text := _text(skills, part, "Description"))
        ],
        "languages": _languages(_object(skills, "Linguistic")),
    })  # fmt: skip
    for item in _list(learner, "Achievement"):
        code = _text(item, "Title", "Code")
        section, title, text = ACHIEVEMENTS.get(code, ("", "", ""))
        label = _text(item, "Title", "Label") or code
        if section:
            _add(resume, section, {title: label, text: _text(item, "Description")}, item)
        else:
            _add(resume, "achievements", {"title": label, "description": _text(item, "Description")}, item)
    left = {name: part for name, part in {**learner, "Skills": skills}.items() if has_content(part)}
    if left:
        resume["europass"] = left
    resume.skipped = skipped
    return resume


def _basics(learner: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    names = (_text(person, "PersonName", "FirstName"), _text(person, "PersonName", "Surname"))
    contact = _object(person, "ContactInfo")
    phones = [_text(phone, "Contact") for phone in _list(contact, "Telephone")]
    sites = [_text(site, "Contact") for site in _list(contact, "Website")]
    accounts = [
        {"network": _text(account, "Use", "Label") or _text(account, "Use", "Code"), "username": username}
        for account in _list(contact, "InstantMessaging")
        if (username := _text(account, "Contact"))
    ]
    headline = _object(learner, "Headline")
    is_statement = _text(headline, "Type", "Code") == "personal_statement"
    words = _text(headline, "Description", "Label") or _text(headline, "Description")
    basics = {
        "name": " ".join(filter(None, names)),
        "summary" if is_statement else "label": words,
        "email": _text(contact, "Email", "Contact"),
        "phone": ", ".join(filter(None, phones)),
        "url": next(iter(sites), ""),
        "profiles": [*({"url": site} for site in sites[1:]), *accounts],
        "location": {"address": _address(contact)},
    }
    return _with_rest(basics, person)


def _work(item: dict[str, Any]) -> dict[str, Any]:
    contact = _object(item, "Employer", "ContactInfo")
    work = {
        "name": _text(item, "Employer", "Name"),
        "position": _text(item, "Position", "Label") or _text(item, "Position"),
        **_period(item),
        "summary": _text(item, "Activities"),
        "location": _address(contact),
        "url": _text(contact, "Website", "Contact"),
    }
    return _with_rest(work, {**item, "ContactInfo": contact})


def _education(item: dict[str, Any]) -> dict[str, Any]:
    contact = _object(item, "Organisation", "ContactInfo")
    education = {
        "institution": _text(item, "Organisation", "Name"),
        "studyType": _text(item, "Title", "Label") or _text(item, "Title"),
        "area": _text(item, "Field", "Label"),
        **_period(item),
        "summary": _text(item, "Activities"),
        "location": _address(contact),
        "url": _text(contact, "Website", "Contact"),
    }
    return _with_rest(education, {**item, "ContactInfo": contact})


def _languages(linguistic: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for kind in ("MotherTongue", "ForeignLanguage"):
        for item in _list(linguistic, kind):
            levels = _object(item, "ProficiencyLevel")
            same = {*leaves(levels)}
            spelled = (f"{re.sub('(?<=.)(?=[A-Z])', ' ', name)} {level}" for name, level in levels.items())
            fluency = NATIVE if kind == "MotherTongue" else same.pop() if len(same) == 1 else ", ".join(spelled)
            language = _text(item, "Description", "Label") or _text(item, "Description", "Code")
            found.append(_with_rest({"language": language, "fluency": fluency}, item))
    return found


def _period(item: dict[str, Any]) -> dict[str, str]:
    period = _object(item, "Period")
    ongoing = "present" if _text(period, "Current") == "true" else ""
    return {"startDate": _date(period.get("From")), "endDate": _date(period.get("To")) or ongoing}


def _date(value: Any) -> str:
    """Return a date such as ``2021-08``; in XML, a month is written ``--08`` and a day ``---31``."""
    names = ("Year", "Month", "Day") if isinstance(value, dict) else ()
    parts = [str(value.get(name) or "").strip("-") for name in names]
    known = parts[: parts.index("")] if "" in parts else parts
    return "-".join(part.zfill(2) for part in known)


def _address(contact: dict[str, Any]) -> str:
    address = _object(contact, "Address", "Contact")
    names = ("AddressLine", "AddressLine2", "PostalCode", "Municipality")
    country = _text(address, "Country", "Label") or _text(address, "Country", "Code")
    return ", ".join(filter(None, (*(_text(address, name) for name in names), country)))


def _object(value: Any, *path: str) -> dict[str, Any]:
    """Return the object at a path, and remove it; empty if there is none."""
    for name in path[:-1]:
        value = value.get(name) if isinstance(value, dict) else None
    found = value.get(path[-1]) if isinstance(value, dict) else None
    return value.pop(path[-1]) if isinstance(found, dict) else {}


def _text(value: Any, *path: str) -> str:
    """Return the text at a path, and remove it; empty if there is none."""
    for name in path[:-1]:
        value = value.get(name) if isinstance(value, dict) else None
    found = value.get(path[-1]) if isinstance(value, dict) else None
    if not isinstance(found, str | bool):
        return ""
    del value[path[-1]]
    return found if isinstance(found, str) else str(found).lower()


def _list(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list, and remove it."""
    found = value.get(name)
    items = [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]
    if items:
        del value[name]
    return items


def _with_rest(item: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    """Return an item with the fields that have no counterpart, so that they are kept."""
    left = {name: part for name, part in rest.items() if has_content(part)}
    return item | ({"europass": left} if left else {})


def _add(resume: dict[str, Any], section: str, item: dict[str, Any], rest: dict[str, Any]) -> None:
    resume.setdefault(section, []).append(_with_rest(item, rest))
