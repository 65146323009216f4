"""The result of the command ``match`` as a table, Markdown, HTML and data."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.cjk import text_width
from sphinx_folio._common.i18n import __, mark
from sphinx_folio.matching.comparison import MISSING, NEAR, VALUES, years_text
from sphinx_folio.matching.conditions import MAY, MUST, ONE_OF
from sphinx_folio.portfolio.verification import RUNGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_folio.matching.comparison import Condition, HeldSkill, Match, Proof, SkillRow

STATUSES = (
    *(mark("proven"), mark("shown"), mark("named"), mark("near"), mark("missing")),
    *(mark("met"), mark("not met"), mark("to check")),
)
STRENGTHS = {"must": mark("must have"), "one of": mark("one of these"), "may": mark("nice to have")}
KINDS = {
    "years": mark("years of experience"),
    "degree": mark("degree"),
    "language": mark("language"),
    "permit": mark("right to work"),
    "seniority": mark("seniority"),
    "place": mark("place"),
}
WORDS = (
    *(mark("college"), mark("bachelor"), mark("master"), mark("doctor")),
    *(mark("junior"), mark("mid"), mark("senior"), mark("lead")),
    *(mark("remote"), mark("on-site or hybrid")),
    *(mark("native"), mark("fluent"), mark("working"), mark("professional"), mark("reading"), mark("conversational")),
    *(mark("English"), mark("Chinese"), mark("Mandarin"), mark("Cantonese"), mark("Japanese"), mark("Korean")),
    *(mark("German"), mark("French"), mark("Spanish"), mark("Russian")),
)
"""The words of conditions that have labels; others, such as B2 and names of places, stay as they are."""
RULE = mark(
    "The score counts only what the posting asks for: a required skill has 2 points, a welcome one 1."
    " Alternatives count as one skill, by the best of them. The status says how much is earned: proven 100%,"
    " shown 80%, named 50%, near 25%; half of that if the years asked are not shown."
)
NOTE = mark(
    "proven: with a public source; shown: used in the portfolio, or a part of it is proven; named: only listed"
    " or mentioned; near: not held, but a related skill is used. This compares words; it does not predict how"
    " anyone judges an application. It reads postings in English and Chinese."
)
"""Both are the words of the field on a page, so that they are translated once."""


def as_data(match: Match) -> dict[str, Any]:
    """Return a result as dicts and lists; the score can be computed from the rows."""
    earned, total = match.points
    return {
        "title": match.title,
        "score": {"points": round(earned, 2), "of": total, "percent": match.percent, "values": VALUES},
        "skills": [_row_data(row) for row in match.rows],
        "conditions": [
            {
                "kind": item.kind,
                "asked": item.asked,
                "found": item.found,
                "status": item.status,
                "strength": item.strength,
                "sentence": item.sentence,
            }
            for item in match.conditions
        ],
        "duties": [
            {name: value for name, value in _row_data(row).items() if name not in _ONLY_ASKED} for row in match.duties
        ],
        "not_understood": list(match.unknown),
    }


_ONLY_ASKED = frozenset({"strength", "group", "points", "value", "years_asked", "years_status"})
"""What the data has only of skills that are asked."""


def _row_data(row: SkillRow) -> dict[str, Any]:
    return {
        "skill": row.name,
        "asked_as": list(row.words),
        "status": row.status,
        "strength": row.ask.strength or None,
        "group": row.ask.group or None,
        "points": row.points,
        "value": row.value,
        "years_asked": row.ask.years or None,
        "years_shown": float(years_text(row.months)) if row.months else None,
        "years_status": row.years_status or None,
        "sentence": row.ask.sentence,
        "neighbors" if row.status == NEAR else "held": [_held_data(item) for item in row.held],
    }


def _held_data(item: HeldSkill) -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "is_part": item.is_part,
        "level": item.level or None,
        "status": item.status,
        "shown_in": list(item.shown_in),
        "evidence": [
            {"title": proof.title, "url": proof.url, "by": proof.by, "verified": proof.rung or None}
            for proof in item.proofs
        ],
    }


def score_line(match: Match) -> str:
    """Return the score with its parts."""
    earned, total = match.points
    if not total and match.rows:
        return str(__("Not scored: the posting is in neither English nor Chinese."))
    if not total:
        return str(__("The posting asks for no skill that the vocabulary knows."))
    if match.percent is None:
        text = str(__("Score: %s of %d points; too few for a percentage")) % (f"{earned:g}", total)
    else:
        text = str(__("Score: %s of %d points, %d%%")) % (f"{earned:g}", total, match.percent)
    counts = ", ".join(f"{__(status)} {number}" for status, number in match.counts().items() if number)
    return f"{text} ({counts})"


def _years(row: SkillRow) -> str:
    """Return the years that are asked and those that the portfolio shows, and whether these are enough."""
    if row.ask.years == 1:
        text = str(__("1 year asked, %s shown")) % years_text(row.months)
    else:
        text = str(__("%d years asked, %s shown")) % (row.ask.years, years_text(row.months))
    return f"{__(row.years_status)}: {text}" if row.years_status else text


def details(row: SkillRow) -> str:
    """Return which skills of the portfolio answer a row, and the years."""
    parts = []
    if row.ask.years:
        parts.append(_years(row))
    parts += [held_text(item) for item in row.held[:_MOST_HELD]]
    return "; ".join(parts)


_MOST_HELD = 3


def strength_text(row: SkillRow) -> str:
    """Return how strongly a skill is asked; one of several that are welcome says so."""
    names = (row.ask.strength, ONE_OF) if row.ask.strength == MAY and row.ask.group else (row.ask.strength,)
    return str(__(", ")).join(str(__(STRENGTHS[name])) for name in names if name)


def held_text(item: HeldSkill) -> str:
    """Return the name of a skill of the portfolio and what shows it."""
    name = str(__("part of it: %s")) % item.name if item.is_part else item.name
    if item.proofs:
        return f"{name} ({proofs_text(item.proofs)})"
    return f"{name} ({str(__(', ')).join(item.shown_in[:2])})" if item.shown_in else name


def proofs_text(proofs: Iterable[Proof]) -> str:
    """Return the number of pieces of evidence, and how far they are verified."""
    found = Counter(proof.rung for proof in proofs)
    number = found.total()
    text = str(__("%d piece of evidence") if number == 1 else __("%d pieces of evidence")) % number
    rungs = [f"{rung} {found[rung]}" for rung in reversed(RUNGS) if found[rung]]
    return f"{text}: {', '.join(rungs)}" if rungs else text


def by_sentence(rows: Iterable[SkillRow]) -> Iterator[tuple[str, list[SkillRow]]]:
    """Yield each sentence with the skills that it asks for."""
    groups: dict[str, list[SkillRow]] = {}
    for row in rows:
        groups.setdefault(row.ask.sentence, []).append(row)
    yield from groups.items()


def as_table(match: Match) -> str:
    """Return a result as text for a terminal."""
    lines = [match.title, score_line(match), ""]
    names = max((text_width(row.full_name) for row in match.rows), default=0)
    labels = max(text_width(str(__(label))) for label in STATUSES)
    strengths = max((text_width(strength_text(row)) for row in match.rows), default=0)
    for sentence, rows in by_sentence(match.rows):
        lines.append(sentence)
        for row in rows:
            cells = (
                padded(str(__(row.status)), labels),
                padded(strength_text(row), strengths),
                padded(row.full_name, names),
                details(row),
            )
            lines.append(f"  {'  '.join(cells)}".rstrip())
    if match.conditions:
        lines.append("")
    lines += [f"{padded(str(__(item.status)), labels)}  {condition_text(item)}" for item in match.conditions]
    if match.duties:
        lines += ["", duties_text(match)]
    if match.unknown:
        lines += ["", " ".join((str(__("Not understood:")), ", ".join(match.unknown)))]
    lines += ["", _explanation()]
    return "\n".join(lines) + "\n"


def _explanation() -> str:
    """Return what the statuses mean and how the score is computed."""
    return f"{__(RULE)}\n{__(NOTE)}"


def duties_text(match: Match) -> str:
    """Return what the duties name, which does not count, and what the portfolio has of it."""
    parts = []
    for row in match.duties:
        names = (item.name for item in row.held[:_MOST_HELD] if item.name != row.name)
        parts.append(f"{row.name} ({str(__(', ')).join((str(__(row.status)), *names))})")
    return str(__("Also named, not counted: %s")) % str(__("; ")).join(parts)


def condition_text(item: Condition) -> str:
    """Return what is asked and what the portfolio says."""
    found = item.found or str(__("the portfolio does not say"))
    separator, join = (" · ", " · ") if item.kind == "place" else (", ", str(__(", ")))
    words = item.asked.split(separator)
    asked = join.join(str(__(word)) if word in WORDS else word for word in words)
    strength = "" if item.strength == MUST else f" ({__(STRENGTHS[item.strength])})"
    if item.kind == "years" and item.found:
        in_all = str(__("%s asked, %s in all positions")) % (asked, found)
        return f"{__(KINDS[item.kind])}{strength}: {in_all}"
    return f"{__(KINDS[item.kind])}: {asked}{strength} → {found}"


def padded(text: str, columns: int) -> str:
    """Return a text with spaces up to a number of columns."""
    return text + " " * (columns - text_width(text))


def as_markdown(match: Match) -> str:
    """Return a result as Markdown."""
    lines = [f"# {_in_markdown(match.title)}", "", score_line(match), ""]
    head = (__("skill"), __("status"), __("asked"), __("in the portfolio"), __("sentence"))
    lines += [f"| {' | '.join(map(str, head))} |", "| --- | --- | --- | --- | --- |"]
    for row in match.rows:
        cells = (
            row.full_name,
            __(row.status),
            strength_text(row),
            details(row),
            row.ask.sentence,
        )
        lines.append(f"| {' | '.join(_in_markdown(str(cell)) for cell in cells)} |")
    lines.append("")
    lines += [f"- {__(item.status)}: {_in_markdown(condition_text(item))}" for item in match.conditions]
    if match.duties:
        lines += ["", _in_markdown(duties_text(match))]
    if match.unknown:
        lines += ["", " ".join((str(__("Not understood:")), _in_markdown(", ".join(match.unknown))))]
    lines += ["", _explanation()]
    return "\n".join(lines) + "\n"


def _in_markdown(text: str) -> str:
    """Return a text in which no character is markup."""
    escaped = "".join(f"\\{character}" if character in "\\`*_{}[]<>|#~!" else character for character in text)
    return " ".join(escaped.split())


STYLE = """\
body{font:16px/1.6 system-ui,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#16202a;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d8e0e4}
.proven,.met{color:#0b6b3a}.shown,.named{color:#0b6b6b}.near,.to-check{color:#7a5b00}.missing,.not-met{color:#a32020}
q,small{color:#4a5763}ul{margin:0;padding-inline-start:1.2rem}.score{font-weight:600}
@media(max-width:40rem){table,tbody,tr,td{display:block}thead{display:none}td{border:0;padding:.1rem 0}tr{border-bottom:1px solid #d8e0e4;padding:.5rem 0;display:block}}
@media(prefers-color-scheme:dark){body{color:#e4eaee;background:#11181f}th,td,tr{border-color:#2e3c47}.proven,.met{color:#6fd49b}.shown,.named,a{color:#5cc8c0}.near,.to-check{color:#e0c060}.missing,.not-met{color:#ff9d94}q,small{color:#aab6c0}}
"""  # noqa: E501


def as_html(matches: Iterable[Match]) -> str:
    """Return results as a page without scripts that loads nothing."""
    title = escape(str(__("Postings and the portfolio")))
    parts = [
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{title}</title><style>{STYLE}</style></head><body>",
    ]
    for match in matches:
        parts += _section(match)
    return "\n".join([*parts, f"<p><small>{escape(_explanation())}</small></p></body></html>", ""])


def _section(match: Match) -> Iterator[str]:
    yield f'<h1>{escape(match.title)}</h1><p class="score">{escape(score_line(match))}</p>'
    head = "".join(f"<th>{escape(str(text))}</th>" for text in (__("skill"), __("status"), __("in the portfolio")))
    yield f"<table><thead><tr>{head}</tr></thead><tbody>"
    for sentence, rows in by_sentence(match.rows):
        yield f'<tr><td colspan="3"><q>{escape(sentence)}</q></td></tr>'
        for row in rows:
            strength = escape(strength_text(row))
            status = escape(str(__(row.status)))
            name = f"<strong>{escape(row.full_name)}</strong> <small>{strength}</small>"
            yield f'<tr><td>{name}</td><td class="{row.status}">{status}</td><td>{_held_html(row)}</td></tr>'
    yield "</tbody></table><ul>"
    for item in match.conditions:
        kind = item.status.replace(" ", "-")
        label = escape(str(__(item.status)))
        yield f'<li><span class="{kind}">{label}</span> {escape(condition_text(item))}</li>'
    yield "</ul>"
    if match.duties:
        yield f"<p>{escape(duties_text(match))}</p>"
    if match.unknown:
        yield f"<p>{escape(str(__('Not understood:')))} {escape(', '.join(match.unknown))}</p>"


def _held_html(row: SkillRow) -> str:
    if row.status == MISSING:
        return ""
    years = _years(row) if row.ask.years else ""
    return escape(years) + "".join(map(_holder_html, row.held[:_MOST_HELD]))


def _holder_html(item: HeldSkill) -> str:
    """Return a skill of the portfolio; its evidence is shown when it is opened."""
    if not item.proofs:
        return f"<div>{escape(held_text(item))}</div>"
    items = "".join(f"<li>{_proof_html(proof)}</li>" for proof in item.proofs)
    return f"<details><summary>{escape(held_text(item))}</summary><ul>{items}</ul></details>"


def _proof_html(proof: Proof) -> str:
    title = escape(proof.title)
    link = f'<a href="{escape(proof.url)}" rel="noreferrer">{title}</a>' if proof.url.startswith("http") else title
    return f"{link} <small>{escape(' · '.join(filter(None, (proof.by, proof.rung))))}</small>"
