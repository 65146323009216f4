"""The parts of a résumé that a page of a site can be, by the name of its folder, and the keys of its front matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _names(**names: str) -> dict[str, str]:
    """Return each of the words of a value → the name of the argument."""
    return {word: name for name, words in names.items() for word in words.split()}


COMMON = _names(
    url="url link website homepage external_link external_url project_url redirect",
    startDate="start startdate start_date date_start from begin",
    endDate="end enddate end_date date_end to until",
)
"""Key of front matter, in lower case → field of JSON Resume, in all sections."""
SKILLS = {"skills", "tech", "technologies", "tech_stack", "stack", "tools"}
"""Keys whose values are skills, rather than any tags."""
TEXTS = ("description", "summary", "excerpt", "abstract", "details", "bio")
"""Keys with a text about the whole page; the first one that has a text is used."""
PRESENTATION = {
    *("layout", "permalink", "collection", "weight", "importance", "order", "draft", "published", "featured", "slug"),
    *("toc", "nav", "nav_order", "math", "schema", "is_owner", "superuser", "user_groups", "authors_ids"),
    "cms_exclude",
}
"""Keys that say how a page is shown, and nothing about the person."""


@dataclass(frozen=True)
class Section:
    """A section of JSON Resume."""

    text: str
    """The field for the text."""
    keys: Mapping[str, str]
    """Key of front matter, in lower case → field."""
    date: tuple[str, ...] = ("date",)
    """The fields for the key ``date``."""
    lists: frozenset[str] = field(default_factory=frozenset)
    """The fields that are lists."""
    identity: tuple[str, ...] = ("name",)
    """The fields by which two items are the same; without the first one, an item is the same as no other."""


SECTIONS: Mapping[str, Section] = {
    "work": Section(
        identity=("name", "position", "startDate"),
        text="summary",
        keys=_names(
            name="name company organization organisation org employer institution",
            position="title role position job_title jobtitle",
            url="company_url organization_url",
            location="location",
        ),
        date=("startDate", "endDate"),
    ),
    "volunteer": Section(
        identity=("organization", "position", "startDate"),
        text="summary",
        keys=_names(organization="organization organisation org institution name", position="title role position"),
        date=("startDate", "endDate"),
    ),
    "education": Section(
        identity=("institution", "studyType", "area", "startDate"),
        text="summary",
        keys=_names(
            institution="institution school university organization organisation org",
            studyType="degree title course study_type",
            area="area field major field_of_study",
            endDate="year",
            score="score gpa grade",
        ),
        date=("startDate", "endDate"),
    ),
    "projects": Section(
        text="description",
        keys=_names(
            name="title name",
            keywords=f"tags keywords categories {' '.join(sorted(SKILLS))}",
            roles="role roles",
            entity="company organization organisation org client employer entity",
            repository="repo repository github code url_code source_code",
            type="type",
        ),
        date=("startDate", "endDate"),
        lists=frozenset({"keywords", "roles"}),
    ),
    "publications": Section(
        text="summary",
        keys=_names(
            name="title name",
            releaseDate="year",
            publisher="publication journal venue booktitle publisher conference",
            authors="authors author",
            url="paperurl url_paper url_pdf pdf",
            doi="doi",
        ),
        date=("releaseDate",),
        lists=frozenset({"authors"}),
    ),
    "talks": Section(
        identity=("name", "event", "date"),
        text="summary",
        keys=_names(name="title name", event="event venue conference", location="location"),
    ),
    "awards": Section(
        identity=("title", "date"),
        text="summary",
        keys=_names(title="title name", awarder="awarder organization organisation org issuer", date="year"),
    ),
    "certificates": Section(
        text="summary",
        keys=_names(
            name="title name",
            issuer="issuer organization organisation org",
            url="certificate_url",
            date="year date_start",
        ),
    ),
    "skills": Section(
        text="summary",
        keys=_names(name="title name", level="level", keywords="keywords tags items"),
        lists=frozenset({"keywords"}),
    ),
    "languages": Section(
        identity=("language",),
        text="summary",
        keys=_names(language="language title name", fluency="fluency label level percent"),
    ),
    "interests": Section(
        text="summary", keys=_names(name="title name", keywords="keywords tags"), lists=frozenset({"keywords"})
    ),
    "references": Section(text="reference", keys=_names(name="name title author", position="position role job")),
}
FOLDERS = _names(
    work="work works experience experiences job jobs positions career",
    volunteer="volunteer volunteering",
    education="education",
    projects="project projects portfolio software",
    publications="publication publications paper papers",
    talks="talk talks event events presentations",
    awards="award awards honors honours",
    certificates="certificate certificates certification certifications",
    skills="skill skills",
    interests="interest interests",
    references="reference references testimonials",
)
"""Name of a folder, in lower case and without a leading underscore → section."""
