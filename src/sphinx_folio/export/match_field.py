"""The field on a page that compares a job posting with the portfolio, in the browser of the reader.

The directive ``match`` puts the field on a page if ``folio_match`` is true. The page loads a small script; the port of
the package ``matching`` and its data load when a reader starts to use the field. Nothing is sent or stored.

The vocabulary is in shards; the page loads those with names that the posting may have.

The rules of ``matching`` are imported when they are used: that takes long, and most builds do not need them.
"""

from __future__ import annotations

import html
import json
import re
from functools import partial
from itertools import product
from pathlib import Path
from string import ascii_letters
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_folio import __version__, matching
from sphinx_folio._common import caches
from sphinx_folio._common.draft import is_check, postpone
from sphinx_folio._common.i18n import DateFormatter, _, __, mark
from sphinx_folio._common.output_pages import address_in_site, is_for_browsers
from sphinx_folio._common.searchable import UnsearchedNode
from sphinx_folio._common.settings import setting_error
from sphinx_folio._common.static_files import need
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio._common.write_log import cache_path, fingerprint
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.domain import domain_of
from sphinx_folio.portfolio.records import Skill
from sphinx_folio.search.scripts import minified_of, short_hash, without_comments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.errors import ConfigError
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.vocabulary import Concept, Vocabulary

STATIC = Path(matching.__file__).with_name("static")
ENGINE, MINIFIED = "folio-match-engine.js", "folio-match-engine.min.js"
FILES = ("folio-match.js", "folio-match.css")
FOLDER = "folio-match"
"""The folder of the shards of the vocabulary."""
FRAME = """var folioMatch = (() => {
"use strict";
const DATA = FOLIO_MATCH_DATA;
%s
DATA.filter = "FOLIO_MATCH_FILTER";
return { show, compare, shard: (version, number, text) => version === DATA.version && finder.load(number, text) };
})();
"""
"""The script around its files; the build fills in the data, the filter last, where it compresses best."""
_HTML = """\
<div class="folio-match" hidden data-most="{most}" data-too-long="{too_long}" data-failed="{failed}"
 data-score="{score}" data-few="{few}" data-none="{none}" data-unread="{unread}"
 data-also="{also}" data-unknown="{unknown}">
<label for="folio-match-text">{label}</label>
<p id="folio-match-help">{help}</p>
<textarea id="folio-match-text" required rows="6" aria-describedby="folio-match-help" autocomplete="off"></textarea>
<button type="button">{compare}</button>
<p role="status"></p>
<details class="folio-match-note"><summary>{how}</summary><p>{rule}</p></details>
<p class="folio-match-note">{note}</p>
<div class="folio-match-result"></div>
</div>
"""


class folio_match(UnsearchedNode, nodes.General, nodes.Element):  # noqa: N801  the names of visitor methods contain it
    """The field; builders other than HTML write nothing."""


class MatchDirective(FolioDirective):
    """Show the field."""

    summary = mark("Shows a field into which readers paste a job posting, if the setting folio_match is true.")

    def run(self) -> list[nodes.Node]:
        """Return the field, or nothing if it is disabled, which is a mistake."""
        self.read_options()
        if not self.config.folio_match:
            message = __("match: the page will have no field; set folio_match = True in conf.py")
            warn(Subtype.MISSING_SETTING, message, location=self.location_of())
            return []
        field = folio_match()
        self.set_source_info(field)
        return [field]


def visit_folio_match_html(self: HTML5Translator, node: folio_match) -> None:
    """Write the field, hidden until the script shows it; an EPUB has no scripts."""
    if not is_for_browsers(self.builder):
        raise nodes.SkipNode
    from sphinx_folio.matching.reading import MAX_CHARACTERS  # noqa: PLC0415  see the module

    words = {
        "label": _("Job posting"),
        "help": _("Paste a job posting. It is compared on this page; nothing is sent or saved."),
        "compare": _("Compare"),
        "too_long": str(_("The text is too long: at most %s characters.")) % MAX_CHARACTERS,
        "failed": _("The comparison could not be loaded."),
        "score": _("%s of %s points, %s%%"),
        "few": _("%s of %s points; too few for a percentage"),
        "none": _("No skill was recognized."),
        "unread": _("Not scored: the posting is in neither English nor Chinese."),
        "also": _("Also named, not counted: %s"),
        "unknown": _("Not understood: %s"),
        "how": _("How the score is computed"),
        "rule": _(
            "The score counts only what the posting asks for: a required skill has 2 points, a welcome one 1."
            " Alternatives count as one skill, by the best of them. The status says how much is earned: proven 100%,"
            " shown 80%, named 50%, near 25%; half of that if the years asked are not shown."
        ),
        "note": _(
            "proven: with a public source; shown: used in the portfolio, or a part of it is proven; named: only listed"
            " or mentioned; near: not held, but a related skill is used. This compares words; it does not predict how"
            " anyone judges an application. It reads postings in English and Chinese."
        ),
    }
    self.body.append(
        _HTML.format(most=MAX_CHARACTERS, **{name: html.escape(str(text)) for name, text in words.items()})
    )
    raise nodes.SkipNode


def skip_folio_match(self: Any, node: folio_match) -> None:
    """Write nothing."""
    raise nodes.SkipNode


def labels() -> dict[str, str]:
    """Return the words of the result, in the language of the build."""
    words = {
        "skill": _("Skill"),
        "status": _("Status"),
        "held": _("In the portfolio"),
        "proven": _("proven"),
        "shown": _("shown"),
        "named": _("named"),
        "near": _("near"),
        "missing": _("missing"),
        "met": _("met"),
        "not met": _("not met"),
        "to check": _("to check"),
        "must": _("must have"),
        "one of": _("one of these"),
        "may": _("nice to have"),
        "asked": _("years asked: %s, shown: %s"),
        "inAll": _("years asked: %s, in all positions: %s"),
        "years": _("Experience"),
        "degree": _("Education"),
        "language": _("Language"),
        "permit": _("Right to work"),
        "seniority": _("Seniority"),
        "place": _("Place"),
        "remote": _("remote"),
        "on-site or hybrid": _("on-site or hybrid"),
        "sources": _("Sources (%d)"),
        "ofPart": _("part of it: %s"),
        "unsaid": _("the portfolio does not say"),
        "remark": str(_("%(answer)s (%(reason)s)")) % {"answer": "%s", "reason": "%s"},
        "separator": _(", "),
        "semicolon": _("; "),
    }
    return {name: str(text) for name, text in words.items()}


def site_vocabulary(config: Config, folder: Path) -> Vocabulary:
    """Return the built-in vocabulary with the owner's own concepts.

    Args:
        config: The configuration.
        folder: The folder of conf.py.

    Raises:
        ConfigError: The file of the setting ``folio_vocabulary`` is unusable.
    """
    from sphinx_folio.vocabulary import VocabularyError, built_in  # noqa: PLC0415  see the module

    try:
        own = own_concepts(config, folder)
        return built_in().with_concepts(own) if own else built_in()
    except VocabularyError as error:
        raise _vocabulary_error(config, error) from error


def own_concepts(config: Config, folder: Path) -> list[Concept]:
    """Return the concepts in the file of the setting ``folio_vocabulary``.

    Args:
        config: The configuration.
        folder: The folder of conf.py.

    Raises:
        ConfigError: There is no such file, or it is not a vocabulary.
    """
    name: str = config.folio_vocabulary
    if not name:
        return []
    from sphinx_folio.vocabulary import VocabularyError, parse_concepts  # noqa: PLC0415  see the module

    if not (folder / name).is_file():
        raise setting_error(config, "folio_vocabulary", str(__("there is no file %s")) % (folder / name))
    try:
        return parse_concepts((folder / name).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, VocabularyError) as error:
        raise _vocabulary_error(config, error) from error


def _vocabulary_error(config: Config, error: Exception) -> ConfigError:
    return setting_error(
        config, "folio_vocabulary", str(__("%s cannot be used: %s")) % (config.folio_vocabulary, error)
    )


def setup_field(app: Sphinx) -> None:
    """Add the directive, its node and the event handlers."""
    other = (skip_folio_match, None)
    app.add_node(folio_match, html=(visit_folio_match_html, None), latex=other, text=other, man=other, texinfo=other)
    app.add_directive_to_domain("folio", "match", MatchDirective)
    app.connect("config-inited", lambda app, config: own_concepts(config, Path(app.confdir)))
    app.connect("builder-inited", _copy_files)
    app.connect("html-page-context", _link_files)
    app.connect("build-finished", _write_engine)


def _is_enabled(app: Sphinx) -> bool:
    return bool(app.config.folio_match) and is_for_browsers(app.builder)


def _copy_files(app: Sphinx) -> None:
    if _is_enabled(app):
        folder = Path(app.outdir, "_static")
        folder.mkdir(parents=True, exist_ok=True)
        need(app, ENGINE, FOLDER, *FILES)
        for name in FILES:
            caches.write_if_changed(folder / name, (STATIC / name).read_bytes())


def _link_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link the script from pages with the field; it loads the style sheet, so that no page waits for it."""
    if is_for_browsers(app.builder) and doctree is not None and next(doctree.findall(folio_match), None) is not None:
        app.add_js_file("folio-match.js", loading_method="defer")


def _write_engine(app: Sphinx, exception: Exception | None) -> None:
    """Write the script with the data of the portfolio, unless both are those of the last build."""
    path = Path(app.outdir, "_static", ENGINE)
    folder = path.with_name(FOLDER)
    if exception or not _is_enabled(app) or (path.is_file() and postpone(app)):
        return
    if is_check(app) and not app.config.folio_vocabulary:  # which may have mistakes
        return
    from sphinx_folio.matching.comparison import names_skills  # noqa: PLC0415  see the module
    from sphinx_folio.matching.shards import NUMBER  # noqa: PLC0415  see the module
    from sphinx_folio.vocabulary.concepts import SKILLS_FILE  # noqa: PLC0415  see the module

    if len([*folder.glob("*.js")]) != NUMBER + 1:
        path.unlink(missing_ok=True)  # so that all are written
    domain = domain_of(app.env)
    portfolio = domain.portfolio()
    links = {
        entry.key if isinstance(entry, Skill) else f"{entry.objtype}:{entry.key}": address_in_site(
            app, entry.docname, entry.node_id
        )
        for entry in portfolio.objects()
        if isinstance(entry, Skill) or entry.is_qualification or names_skills(entry)
    }
    own = Path(app.confdir, app.config.folio_vocabulary) if app.config.folio_vocabulary else None
    files = [caches.content_or_none(path) for path in (SKILLS_FILE, STATIC / MINIFIED, *([own] if own else []))]
    digests = [caches.digest_of_bytes(content or b"") for content in files]
    settings = [app.config.language, app.config.folio_date_formats]
    rules = fingerprint([__version__, *settings, domain.state(), links, digests])
    make = partial(_write_shards, app, folder, portfolio, links)
    caches.update_file(path, cache_path(app, "match-field"), rules, make)


def _write_shards(app: Sphinx, folder: Path, portfolio: Portfolio, links: Mapping[str, str]) -> bytes:
    """Write the shards of the vocabulary, and return the script."""
    from sphinx_folio.matching.comparison import vocabulary_of  # noqa: PLC0415  see the module

    vocabulary = vocabulary_of(portfolio, site_vocabulary(app.config, Path(app.confdir)))
    dates = DateFormatter.of(app.config)
    script, shards = engine(portfolio, vocabulary, links, dates.duration, dates.date)
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(shards):
        caches.write_if_changed(folder / f"{number}.js", text.encode())
    return script.encode()


def engine(
    portfolio: Portfolio,
    vocabulary: Vocabulary,
    links: Mapping[str, str],
    duration: Callable[[int], str] = str,
    date_text: Callable[[PartialDate], str] = str,
) -> tuple[str, list[str]]:
    """Return the script with its data, minified unless its source has changed since, and the files of the shards."""
    from sphinx_folio.matching.page_data import page_data  # noqa: PLC0415  see the module

    data, shards = page_data(portfolio, vocabulary, links, duration, date_text)
    version = short_hash("\0".join(shards))
    code, patterns = _with_short_names(minified() or without_comments(engine_source()), data["patterns"])
    code = code.replace("FOLIO_MATCH_FILTER", data.pop("filter"))
    words = labels() | data.pop("durations")
    script = code.replace(
        "FOLIO_MATCH_DATA", _as_json({**data, "patterns": patterns, "labels": words, "version": version})
    )
    calls = (f"{_as_json(version)},{number},{_as_json(text)}" for number, text in enumerate(shards))
    return script, [f"folioMatch.shard({call});\n" for call in calls]


def _with_short_names(code: str, patterns: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the script and its patterns with names of one or two letters, which makes them 1 kB smaller."""
    letters = [*ascii_letters, *map("".join, product(ascii_letters, repeat=2))]
    short = dict(zip(sorted(patterns, key=lambda name: (-code.count(f".{name}"), name)), letters, strict=False))
    code = re.sub(r"(?<=\.)[A-Z_]+\b", lambda match: short.get(match[0], match[0]), code)
    return code, {short[name]: value for name, value in patterns.items()}


def _as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def engine_source() -> str:
    """Return the script without its data."""
    from sphinx_folio.matching.page_data import script_source  # noqa: PLC0415  see the module

    return FRAME % script_source("field")


def minified() -> str | None:
    """Return the minified script, or None if it is missing or its source has changed since."""
    return minified_of(engine_source(), STATIC / MINIFIED)


def write_source(folder: str) -> None:
    """Write the script for terser, which keeps the comment with the hash; ``nox -s scripts`` calls this."""
    text = engine_source()
    Path(folder, ENGINE).write_text(f"/*! {short_hash(text)}: nox -s scripts */\n{text}", encoding="utf-8")
