"""The built-in types of entries, one module each: its directive, its collector, its exports and its registration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio.types.award import AWARD
from sphinx_folio.types.certificate import CERTIFICATE
from sphinx_folio.types.course import COURSE
from sphinx_folio.types.education import EDUCATION
from sphinx_folio.types.evidence import EVIDENCE
from sphinx_folio.types.highlight import HIGHLIGHT
from sphinx_folio.types.interest import INTEREST
from sphinx_folio.types.language import LANGUAGE
from sphinx_folio.types.person import PERSON
from sphinx_folio.types.position import POSITION
from sphinx_folio.types.project import PROJECT
from sphinx_folio.types.publication import PUBLICATION
from sphinx_folio.types.reference import REFERENCE
from sphinx_folio.types.skill import SKILL
from sphinx_folio.types.talk import TALK
from sphinx_folio.types.volunteer import VOLUNTEER

if TYPE_CHECKING:
    from sphinx_folio.registry import EntryType

BUILT_IN: tuple[EntryType, ...] = (
    *(PERSON, POSITION, EDUCATION, COURSE, SKILL, PROJECT),
    *(PUBLICATION, TALK, CERTIFICATE, AWARD, VOLUNTEER, LANGUAGE, INTEREST, REFERENCE),
    *(HIGHLIGHT, EVIDENCE),
)
"""The built-in types, in the order of the reference page."""
