"""Write the previews that links to skills show on hover and focus, as a script."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.i18n import DateFormatter, _, labeled_text
from sphinx_folio._common.output_pages import SITE_BUILDERS
from sphinx_folio._common.write_log import cache_path, fingerprint
from sphinx_folio.doctree.lines import level_steps
from sphinx_folio.domain import domain_of
from sphinx_folio.listings.evidence import evidence_count_text
from sphinx_folio.portfolio.queries import Query, run_query
from sphinx_folio.portfolio.records import Skill

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.skills import SkillFacts

PREVIEWS_FILE = "folio-skills.js"


def write_previews(app: Sphinx, exception: Exception | None) -> None:
    """Write the previews, unless nothing they depend on has changed."""
    if exception or app.builder.name not in SITE_BUILDERS:
        return
    domain = domain_of(app.env)
    config = app.config
    settings = [config.language, config.folio_date_formats, config.folio_level_scale, config.html_link_suffix]
    rules = fingerprint([__version__, domain.state(), *settings, config.html_file_suffix, config.root_doc])
    path = Path(app.outdir, "_static", PREVIEWS_FILE)
    caches.update_file(path, cache_path(app, "skills"), rules, partial(_script, app, domain.portfolio()))


def _script(app: Sphinx, portfolio: Portfolio) -> bytes:
    """Return the preview of each skill, by the address of its entry relative to the root of the site.

    The file is a script instead of JSON, because browsers do not let pages opened from ``file:`` load JSON.
    """
    dates = DateFormatter.of(app.config)
    lines = {}
    for skill in portfolio.all(Skill):
        facts: SkillFacts = run_query(portfolio, Query(kind="skill-facts", key=skill.key))
        uri = app.builder.get_target_uri(skill.docname)
        levels = len(portfolio.levels) if app.config.folio_level_scale else 0
        lines[f"{uri}#{skill.node_id}"] = lines_of(facts, dates, levels)
    words = json.dumps(lines, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"globalThis.folioSkills={words};\n".encode()


def lines_of(facts: SkillFacts, dates: DateFormatter, levels: int) -> list[str]:
    """Return the lines of a preview: name, level, experience, sources.

    Args:
        facts: The facts about the skill.
        dates: Formats the experience.
        levels: The number of steps of the level scale; 0 if there is none.
    """
    lines = [facts.target.title]
    if facts.level_number:
        steps = level_steps(facts.level_number, levels).astext() if levels else ""
        lines.append(f"{facts.level_label} {steps}".rstrip())
    if facts.duration:
        months, is_minimum = facts.duration
        lines.append(labeled_text(_("Experience"), dates.duration(months, at_least=is_minimum)))
    if facts.evidence:
        lines.append(labeled_text(_("Sources"), evidence_count_text(facts.own_evidence, facts.team_evidence)))
    return lines
