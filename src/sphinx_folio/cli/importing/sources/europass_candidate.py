"""Convert a Europass CV of 2020 and later: the ``Candidate`` that europass.europa.eu offers as XML.

It is the file ``attachment.xml`` in its PDF, too. Its elements are those of HR-XML 3, OAGIS 9, EURES and Europass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from babel import Locale
from babel.core import get_global

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import has_content
from sphinx_folio.cli.importing.sources.converted import ConvertedResume
from sphinx_folio.cli.importing.sources.europass_parts import NATIVE, take_list, take_object, take_text, with_rest
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = "Candidate"
PRIVATE = ("BirthDate", "GenderCode", "NationalityCode", "Disability", "PersonLegalID", "ResidencyCountryCode", "Visa")
"""Parts of the person that are not imported."""
PHONE = ("CountryDialing", "AreaDialing", "DialNumber")
ABOUT_FILE = ("ID", "RenderingInformation")


class Titled(NamedTuple):
    """A section of JSON Resume, and its fields for the title, the text, the date and the organization of an element."""

    section: str
    title: str
    text: str = "summary"
    date: str = ""
    organization: str = ""


TITLED: Mapping[str, Titled] = {
    "Projects": Titled("projects", "name", "description"),
    "VoluntaryWorks": Titled("volunteer", "organization"),
    "PublicationHistory": Titled("publications", "name", date="releaseDate", organization="publisher"),
    "Certifications": Titled("certificates", "name", date="date", organization="issuer"),
    "HonoursAndAwards": Titled("awards", "title", date="date", organization="awarder"),
    "HobbiesAndInterests": Titled("interests", "name"),
}
"""Element → section of JSON Resume, and the fields for the elements in it."""
SKILLS: Mapping[str, str] = {
    "Skills": "Skills",
    "DigitalSkills": "Digital skills",
    "CommunicationAndInterpersonalSkills": "Communication and interpersonal skills",
    "ManagementAndLeadershipSkills": "Management and leadership skills",
    "OrganisationalSkills": "Organisational skills",
}
"""Element with skills → its English title on a Europass CV."""


def to_json_resume(found: dict[str, Any]) -> ConvertedResume:
    """Return a Europass CV as JSON Resume; fields without a counterpart are kept under ``europass`` in each item."""
    person = take_object(found[ROOT], "CandidatePerson")
    profile = take_object(found[ROOT], "CandidateProfile")
    left_out = {f"CandidatePerson.{part}": __("private") for part in PRIVATE if has_content(person.pop(part, None))}
    if has_content(profile.pop("Attachment", None)):
        left_out["CandidateProfile.Attachment"] = __("not part of a résumé")
    for part in ABOUT_FILE:
        profile.pop(part, None)
    resume = ConvertedResume({
        "basics": _basics(person, profile),
        "work": [*_work(take_object(profile, "EmploymentHistory"))],
        "education": [*_education(take_object(profile, "EducationHistory"))],
        "skills": [],
        "languages": [*_native(person)],
    })  # fmt: skip
    for part, title in SKILLS.items():
        resume["skills"] += _skills(take_object(profile, part), title)
    for competency in take_list(take_object(profile, "PersonQualifications"), "PersonCompetency"):
        is_language = take_text(competency, "TaxonomyID").lower() == "language"
        resume["languages" if is_language else "skills"].append(_competency(competency, is_language=is_language))
    for part, kind in TITLED.items():
        items = [_titled(item, kind) for item in _children(take_object(profile, part))]
        resume |= {kind.section: items} if items else {}
    references = [*_references(take_object(profile, "EmploymentReferences"))]
    resume |= {"references": references} if references else {}
    left = {name: part for name, part in {**person, **profile}.items() if has_content(part)}
    resume |= {"europass": left} if left else {}
    resume.skipped = [f"{ROOT}.{path}: {reason}" for path, reason in left_out.items()]
    return resume


def _basics(person: dict[str, Any], profile: dict[str, Any]) -> dict[str, Any]:
    basics: dict[str, Any] = {
        "name": _name(take_object(person, "PersonName")),
        "summary": take_text(profile, "ExecutiveSummary"),
        "profiles": [],
    }
    phones = []
    for contact in take_list(person, "Communication"):
        channel, address = take_text(contact, "ChannelCode"), take_text(contact, "URI")
        phones.append(" ".join(filter(None, (take_text(contact, name) for name in PHONE))))
        if place := _place(contact):
            basics.setdefault("location", {"address": place})
        if "@" in address and "email" not in basics:
            basics["email"] = address
        elif channel.lower() == "web" and "url" not in basics:
            basics["url"] = address
        elif address:
            network = take_text(contact, "OtherTitle") or take_text(contact, "UseCode") or channel
            basics["profiles"].append({"network": network, "url": address})
    return {**basics, "phone": ", ".join(filter(None, phones))}


def _name(fields: dict[str, Any]) -> str:
    return " ".join(filter(None, (take_text(fields, name) for name in ("GivenName", "MiddleName", "FamilyName"))))


def _work(history: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the positions; an employer can have several."""
    for employer in take_list(history, "EmployerHistory"):
        name = take_text(employer, "OrganizationName")
        place, address = _contact(employer)
        for number, position in enumerate(take_list(employer, "PositionHistory") or [{}]):
            item = {
                "name": name,
                "position": take_text(position, "PositionTitle"),
                **_period(position),
                "summary": take_text(position, "Description"),
                "location": _city(position) or place,
                "url": address,
            }
            yield with_rest(item, {**position, **({} if number else employer)})


def _education(history: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the studies; an institution can have given several degrees."""
    for attended in take_list(history, "EducationOrganizationAttendance"):
        place, address = _contact(attended)
        shared = {
            "institution": take_text(attended, "OrganizationName"),
            **_period(attended),
            "location": _city(attended) or place,
            "url": address,
        }
        for number, degree in enumerate(take_list(attended, "EducationDegree") or [{}]):
            item = {
                "studyType": take_text(degree, "DegreeName") or take_text(attended, "ProgramName"),
                "area": take_text(degree, "DegreeMajor", "Name") or take_text(degree, "FieldOfStudy", "Name"),
                "score": take_text(degree, "FinalGrade"),
                "summary": take_text(degree, "OccupationalSkillsCovered") or take_text(attended, "Description"),
            }
            yield with_rest(shared | item, {**({} if number else attended), **degree})


def _skills(fields: dict[str, Any], title: str) -> Iterator[dict[str, Any]]:
    """Yield groups of skills, then the skills without a group: those with a text one by one."""
    words = []
    for name in list(fields):
        words += [] if name.endswith("Group") else _words({name: fields[name]})
    if words:
        yield {"name": title, "keywords": words}
    for item in _children(fields):
        name = take_text(item, "Title") or title
        text, words = take_text(item, "Description"), _words(item)
        if text or words:
            yield with_rest({"name": name, "keywords": words, X_FOLIO: {"summary": text}}, item)


def _words(fields: dict[str, Any]) -> list[str]:
    """Return the names of skills in a group, and remove them."""
    found: list[str] = []
    for name, value in list(fields.items()):
        parts = value if isinstance(value, list) else [value]
        texts = [part if isinstance(part, str) else take_text(part, "CompetencyName") for part in parts]
        found += filter(None, texts)
        if all(isinstance(part, str) or not has_content(part) for part in parts):
            del fields[name]
    return found


def _competency(item: dict[str, Any], *, is_language: bool) -> dict[str, Any]:
    code = take_text(item, "CompetencyID")
    name = take_text(item, "CompetencyName") or (_language(code) if is_language else code)
    levels = {}
    for dimension in take_list(item, "CompetencyDimension"):
        kind = take_text(dimension, "CompetencyDimensionTypeCode").removeprefix("CEF-").replace("-", " ")
        levels[kind] = take_text(dimension, "Score", "ScoreText")
    same = {*levels.values()}
    spelled = ", ".join(f"{kind} {level}" for kind, level in levels.items() if level)
    level = same.pop() if len(same) == 1 else spelled
    return with_rest({"language" if is_language else "name": name, "fluency" if is_language else "level": level}, item)


def _native(person: dict[str, Any]) -> Iterator[dict[str, Any]]:
    codes = person.pop("PrimaryLanguageCode", [])
    for code in codes if isinstance(codes, list) else [codes]:
        if isinstance(code, str) and code:
            yield {"language": _language(code), "fluency": NATIVE}


def _language(code: str) -> str:
    """Return the English name of a language by its code (ISO 639-1 or -2), or the code."""
    short = get_global("language_aliases").get(code.lower(), code.lower())
    return str(Locale("en").languages.get(short, code))


def _titled(item: dict[str, Any], kind: Titled) -> dict[str, Any]:
    names = ("Title", "CertificationName", "FormattedPublicationDescription")
    name = next(filter(None, (take_text(item, known) for known in names)), "")
    found = {kind.title: name, kind.text: take_text(item, "Description"), "url": take_text(item, "Link")}
    if not found["url"] and (doi := take_text(item, "DOI")):
        found["url"] = f"https://doi.org/{doi}"
    if kind.date:
        found[kind.date] = next(filter(None, (_date(item, known) for known in ("FirstIssuedDate", "Year", "Date"))), "")
        found[kind.organization] = take_text(item, "IssuingAuthority", "Name") or take_text(item, "Reference")
    else:
        found |= _period(item)
    return with_rest({field: value for field, value in found.items() if value}, item)


def _references(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the people who recommend the person, without their addresses."""
    for referee in take_list(fields, "Referee"):
        referee.pop("Communication", None)
        item = {"name": _name(take_object(referee, "PersonName")), "reference": take_text(referee, "Comment")}
        yield with_rest(item, referee)


def _children(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in list(fields):
        yield from take_list(fields, name)


def _period(item: dict[str, Any]) -> dict[str, str]:
    names = ("EmploymentPeriod", "AttendancePeriod", "FreeFormEffectivePeriod")
    fields = next(filter(None, (take_object(item, name) for name in names)), item)
    is_ongoing = "true" in (take_text(fields, "CurrentIndicator"), take_text(fields, "Ongoing"))
    start, end = _date(fields, "StartDate"), _date(fields, "EndDate")
    return {"startDate": start, "endDate": end or ("present" if is_ongoing else "")}


def _date(fields: dict[str, Any], name: str) -> str:
    return (take_text(fields, name) or take_text(fields, name, "FormattedDateTime")).partition("T")[0]


def _contact(item: dict[str, Any]) -> tuple[str, str]:
    """Return the place and the web address of an organization; its other addresses are left in it."""
    contacts = take_list(take_object(item, "OrganizationContact"), "Communication")
    places, addresses = [_place(contact) for contact in contacts], [take_text(contact, "URI") for contact in contacts]
    known = (*addresses, take_text(item, "Link"))
    address = next((url for url in known if url and "@" not in url), "")
    item["OrganizationContact"] = [url for url in known if url not in {"", address}]
    return next(filter(None, places), ""), address


def _place(contact: dict[str, Any]) -> str:
    address = take_object(contact, "Address")
    parts = [take_text(address, name) for name in ("AddressLine", "PostalCode", "CityName")]
    return ", ".join(filter(None, (*parts, _country(take_text(address, "CountryCode")))))


def _city(item: dict[str, Any]) -> str:
    city, country = take_text(item, "City"), take_text(item, "Country")
    return ", ".join(filter(None, (city, _country(country)))) if city else ""


def _country(code: str) -> str:
    return str(Locale("en").territories.get(code.upper(), code))
