"""Convert a Europass CV, version 3, as XML or JSON: the ``SkillsPassport`` that was offered for download until 2020.

The elements are those of the web application by Cedefop. XML is brought into the form of its JSON first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import has_content, leaves
from sphinx_folio.cli.importing.sources.converted import ConvertedResume
from sphinx_folio.cli.importing.sources.europass_parts import NATIVE, take_list, take_object, take_text, with_rest
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = "SkillsPassport"
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


def to_json_resume(found: dict[str, Any]) -> ConvertedResume:
    """Return a Europass CV as JSON Resume; fields without a counterpart are kept under ``europass`` in each item."""
    passport = found[ROOT]
    learner = take_object(passport, "LearnerInfo")
    person = take_object(learner, "Identification")
    where = f"{ROOT}.LearnerInfo"
    skipped = [
        f"{where}.Identification.{part}: " + __("private") for part in PRIVATE if has_content(person.pop(part, None))
    ]
    others = {f"{where}.{part}": learner.pop(part, None) for part in ATTACHED}
    others |= {f"{ROOT}.{part}": value for part, value in passport.items() if part not in ABOUT_FILE}
    skipped += [f"{path}: " + __("not part of a résumé") for path, value in others.items() if has_content(value)]
    skills = take_object(learner, "Skills")
    resume = ConvertedResume({
        "basics": _basics(learner, person),
        "work": [_work(item) for item in take_list(learner, "WorkExperience")],
        "education": [_education(item) for item in take_list(learner, "Education")],
        "skills": [
            {"name": title, X_FOLIO: {"summary": text}}
            for part, title in SKILLS.items()
            if (text := take_text(skills, part, "Description"))
        ],
        "languages": _languages(take_object(skills, "Linguistic")),
    })  # fmt: skip
    for item in take_list(learner, "Achievement"):
        code = take_text(item, "Title", "Code")
        section, title, text = ACHIEVEMENTS.get(code, ("", "", ""))
        label = take_text(item, "Title", "Label") or code
        if section:
            _add(resume, section, {title: label, text: take_text(item, "Description")}, item)
        else:
            _add(resume, "achievements", {"title": label, "description": take_text(item, "Description")}, item)
    left = {name: part for name, part in {**learner, "Skills": skills}.items() if has_content(part)}
    if left:
        resume["europass"] = left
    resume.skipped = skipped
    return resume


def _basics(learner: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    names = (take_text(person, "PersonName", "FirstName"), take_text(person, "PersonName", "Surname"))
    contact = take_object(person, "ContactInfo")
    phones = [take_text(phone, "Contact") for phone in take_list(contact, "Telephone")]
    sites = [take_text(site, "Contact") for site in take_list(contact, "Website")]
    accounts = [
        {"network": take_text(account, "Use", "Label") or take_text(account, "Use", "Code"), "username": username}
        for account in take_list(contact, "InstantMessaging")
        if (username := take_text(account, "Contact"))
    ]
    headline = take_object(learner, "Headline")
    is_statement = take_text(headline, "Type", "Code") == "personal_statement"
    words = take_text(headline, "Description", "Label") or take_text(headline, "Description")
    basics = {
        "name": " ".join(filter(None, names)),
        "summary" if is_statement else "label": words,
        "email": take_text(contact, "Email", "Contact"),
        "phone": ", ".join(filter(None, phones)),
        "url": next(iter(sites), ""),
        "profiles": [*({"url": site} for site in sites[1:]), *accounts],
        "location": {"address": _address(contact)},
    }
    return with_rest(basics, person)


def _work(item: dict[str, Any]) -> dict[str, Any]:
    contact = take_object(item, "Employer", "ContactInfo")
    work = {
        "name": take_text(item, "Employer", "Name"),
        "position": take_text(item, "Position", "Label") or take_text(item, "Position"),
        **_period(item),
        "summary": take_text(item, "Activities"),
        "location": _address(contact),
        "url": take_text(contact, "Website", "Contact"),
    }
    return with_rest(work, {**item, "ContactInfo": contact})


def _education(item: dict[str, Any]) -> dict[str, Any]:
    contact = take_object(item, "Organisation", "ContactInfo")
    education = {
        "institution": take_text(item, "Organisation", "Name"),
        "studyType": take_text(item, "Title", "Label") or take_text(item, "Title"),
        "area": take_text(item, "Field", "Label"),
        **_period(item),
        "summary": take_text(item, "Activities"),
        "location": _address(contact),
        "url": take_text(contact, "Website", "Contact"),
    }
    return with_rest(education, {**item, "ContactInfo": contact})


def _languages(linguistic: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for kind in ("MotherTongue", "ForeignLanguage"):
        for item in take_list(linguistic, kind):
            levels = take_object(item, "ProficiencyLevel")
            same = {*leaves(levels)}
            spelled = (f"{re.sub('(?<=.)(?=[A-Z])', ' ', name)} {level}" for name, level in levels.items())
            fluency = NATIVE if kind == "MotherTongue" else same.pop() if len(same) == 1 else ", ".join(spelled)
            language = take_text(item, "Description", "Label") or take_text(item, "Description", "Code")
            found.append(with_rest({"language": language, "fluency": fluency}, item))
    return found


def _period(item: dict[str, Any]) -> dict[str, str]:
    period = take_object(item, "Period")
    ongoing = "present" if take_text(period, "Current") == "true" else ""
    return {"startDate": _date(period.get("From")), "endDate": _date(period.get("To")) or ongoing}


def _date(value: Any) -> str:
    """Return a date such as ``2021-08``; in XML, a month is written ``--08`` and a day ``---31``."""
    names = ("Year", "Month", "Day") if isinstance(value, dict) else ()
    parts = [str(value.get(name) or "").strip("-") for name in names]
    known = parts[: parts.index("")] if "" in parts else parts
    return "-".join(part.zfill(2) for part in known)


def _address(contact: dict[str, Any]) -> str:
    address = take_object(contact, "Address", "Contact")
    names = ("AddressLine", "AddressLine2", "PostalCode", "Municipality")
    country = take_text(address, "Country", "Label") or take_text(address, "Country", "Code")
    return ", ".join(filter(None, (*(take_text(address, name) for name in names), country)))


def _add(resume: dict[str, Any], section: str, item: dict[str, Any], rest: dict[str, Any]) -> None:
    resume.setdefault(section, []).append(with_rest(item, rest))
