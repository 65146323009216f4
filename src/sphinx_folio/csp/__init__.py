"""A strict Content-Security-Policy for the site: add ``sphinx_folio.csp`` to ``extensions`` of any site.

At the end of a build, the extension reads the pages and computes a policy that allows inline scripts, styles, ``style``
attributes and event handlers such as ``onclick`` by their hash. It blocks all resources from other origins, except
those that the setting ``folio_csp_sources`` allows; the build warns about each blocked origin.

The policy is written to ``content-security-policy.txt``. How browsers get it depends on the setting ``folio_csp_host``,
see :data:`HOSTS`: from a file that makes the server send the header ``Content-Security-Policy``, or, if the host cannot
send headers, from a ``<meta>`` element in each page. Without the setting, there is no ``<meta>`` element: pages opened
from disk have no origin, so that ``'self'`` would block the files of the site itself.
"""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.i18n import __, and_more
from sphinx_folio._common.output_pages import SITE_BUILDERS, extra_files, output_pages
from sphinx_folio._common.output_record import OutputRecord
from sphinx_folio._common.settings import declare, location_of_word
from sphinx_folio._common.site_languages import is_translated
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.csp.hosts import HOSTS, Host, with_meta, without_meta
from sphinx_folio.csp.page_parser import parse_page
from sphinx_folio.csp.policy import PolicyInput, as_source, blocked_resources, policy_for
from sphinx_folio.csp.resources import origin_of, resources_in_style
from sphinx_folio.csp.settings import SETTINGS, is_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_folio.csp.resources import Resource

POLICY_FILE = "content-security-policy.txt"
AFTER_OTHERS = 900


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the policy at the end of each build."""
    declare(app, SETTINGS)
    rendered: set[str] = set()
    app.connect("html-page-context", lambda _app, pagename, *_: rendered.add(pagename))
    app.connect("build-finished", partial(write_policy, rendered), priority=AFTER_OTHERS)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def without_eval(script: str) -> str:
    """Rewrite Sphinx's ``translations.js`` so that it runs without ``'unsafe-eval'`` in the policy.

    ``Documentation.addTranslations`` compiles the plural rule from a string. The new script assigns the same values
    directly. A script of another form is returned unchanged.
    """
    before, after = "Documentation.addTranslations(", ");"
    text = script.strip()
    if not (text.startswith(before) and text.endswith(after)):
        return script
    catalog = json.loads(text.removeprefix(before).removesuffix(after))
    messages = json.dumps(catalog["messages"], ensure_ascii=False, sort_keys=True)
    return (
        f"Object.assign(Documentation.TRANSLATIONS, {messages});\n"
        f"Documentation.PLURAL_EXPR = (n) => {catalog['plural_expr']};\n"
        f"Documentation.LOCALE = {json.dumps(catalog['locale'])};\n"
    )


def write_policy(rendered: set[str], app: Sphinx, exception: Exception | None) -> None:
    """Write the policy for all pages to the output folder, and warn about resources that it blocks.

    Args:
        rendered: Names of pages that this process has rendered; pages that extensions add are among them.
        app: The application.
        exception: The error that ended the build, if any.
    """
    if exception or app.builder.name not in SITE_BUILDERS:
        return
    script = Path(app.outdir, "_static", "translations.js")
    if script.is_file():
        script.write_text(without_eval(script.read_text(encoding="utf-8")), encoding="utf-8")
    pages: dict[Path, PolicyInput] = {}
    sheets: dict[Path, PolicyInput] = {}
    host, encoding, additions = HOSTS.get(app.config.folio_csp_host), app.config.html_output_encoding, _additions(app)
    for path in dict.fromkeys([*output_pages(app), *_generated_pages(app, rendered)]):
        html = path.read_text(encoding=encoding, errors="surrogateescape")  # some pages may always be in UTF-8
        plain = without_meta(html)
        pages[path] = page = parse_page(plain)
        loaded = [sheets[sheet] for sheet in _read_sheets(path, page.resources, sheets)]
        if host and not host.file:
            plain = with_meta(plain, policy_for([page, *loaded], additions, meta=True))
        if plain != html:
            caches.write_if_changed(path, plain.encode(encoding, "surrogateescape"))
    policy = policy_for([*pages.values(), *sheets.values()], additions)
    caches.write_if_changed(Path(app.outdir, POLICY_FILE), f"{policy}\n".encode())
    _write_host_file(app, host if host and not is_translated(app.config) else Host(), policy)
    _warn_about_blocked(app, pages | dict(sorted(sheets.items())), additions)
    _warn_about_length(app, policy, pages)


def _additions(app: Sphinx) -> dict[str, tuple[str, ...]]:
    """Return directive → the sources that the host and conf.py add to the policy."""
    of_host = HOSTS.get(app.config.folio_csp_host, Host()).additions
    own = app.config.folio_csp_sources
    return {name: (*of_host.get(name, ()), *own.get(name, ())) for name in (*of_host, *own)}


def _write_host_file(app: Sphinx, host: Host, policy: str) -> None:
    """Write the file that makes the host send the header, and remove that of a host of an earlier build.

    If the site has a file of the same name, the header is added to its content.
    """
    texts = [path.read_text(encoding="utf-8").rstrip("\n") for path in extra_files(app, host.file)]
    names = {other.file for other in HOSTS.values() if other.file}
    record = OutputRecord(app.outdir, "csp")
    record.remove_stale(
        filter(None, [POLICY_FILE, host.file]), keep=[name for name in names if any(extra_files(app, name))]
    )
    if host.file:
        content = "\n\n".join([*texts, host.content.format(policy=policy)])
        caches.write_if_changed(Path(app.outdir, host.file), content.encode())


def _warn_about_length(app: Sphinx, policy: str, inputs: Mapping[Path, PolicyInput]) -> None:
    name = app.config.folio_csp_host or "nginx"  # without the setting, the server is unknown
    host = HOSTS[name]
    limit = host.max_line - max(map(len, host.content.format(policy="").splitlines()), default=0)
    if host.max_line and len(policy) > limit:
        message = __(
            "%s has %d characters, but %s accepts only %d; move inline scripts and styles to files, starting with %s"
        )
        largest = max(inputs, key=lambda path: len(policy_for([inputs[path]])))
        warn(
            Subtype.LONG_POLICY, message, POLICY_FILE, len(policy), name, limit, _relative(app, largest), location=None
        )


def _generated_pages(app: Sphinx, rendered: set[str]) -> Iterator[Path]:
    """Yield the pages without a document: of extensions, indices, source code of ``viewcode``, and redirects.

    Some of them are not rendered in each build.
    """
    builder = cast("StandaloneHTMLBuilder", app.builder)
    indices = {f"{domain.name}-{index.name}" for domain in app.env.domains.sorted() for index in domain.indices}
    names = indices | rendered
    yield from filter(Path.is_file, (Path(builder.get_output_path(name)) for name in sorted(names)))
    folder = Path(app.outdir)
    yield from sorted([*folder.glob("genindex-*.html"), *folder.glob("_modules/**/*.html")])
    yield from filter(Path.is_file, (folder / name for name in OutputRecord(folder, "redirects").files()))


def _read_sheets(path: Path, resources: Iterable[Resource], sheets: dict[Path, PolicyInput]) -> set[Path]:
    """Return the local style sheets that a page loads, including imported ones.

    Args:
        path: The page.
        resources: The resources that it loads.
        sheets: Style sheet → its resources; style sheets that are read are added.
    """
    found: set[Path] = set()
    waiting = [(path, resources)]
    while waiting:
        file, loaded = waiting.pop()
        for resource in loaded:
            if resource.directive != "style-src" or resource.origin:
                continue
            sheet = Path(os.path.normpath(file.parent / unquote(urlsplit(resource.url).path)))
            if sheet in found or not sheet.is_file():
                continue
            if sheet not in sheets:
                text = sheet.read_text(encoding="utf-8", errors="replace")
                sheets[sheet] = PolicyInput(resources=set(resources_in_style(text)))
            found.add(sheet)
            waiting.append((sheet, sheets[sheet].resources))
    return found


def _warn_about_blocked(
    app: Sphinx, inputs: Mapping[Path, PolicyInput], additions: Mapping[str, Sequence[str]]
) -> None:
    """Warn about blocked resources, once for each pair of directive and origin, at the first file that loads it."""
    site_origin = origin_of(app.config.html_baseurl)
    files: dict[tuple[str, str], list[Path]] = {}
    found: dict[tuple[str, str], Resource] = {}
    for path, page in inputs.items():
        for resource in blocked_resources(page, site_origin, additions):
            files.setdefault((resource.directive, resource.origin), []).append(path)
            found.setdefault((resource.directive, resource.origin), resource)
    for key, paths in sorted(files.items()):
        affected = and_more(_relative(app, paths[0]), len(paths) - 1)
        blocked = str(__("the Content-Security-Policy (%s) blocks %s on %s; %s"))
        values = (key[0], found[key].url, affected, _remedy(app, found[key]))
        warn(Subtype.CSP_VIOLATION, blocked, *values, location=_location(app, found[key].url, paths[0]))


def _location(app: Sphinx, url: str, file: Path) -> str | None:
    """Return the place that names a URL: in conf.py, in a style sheet of the site, or the document of a page."""
    in_conf = location_of_word(app, url)
    if in_conf:
        return in_conf
    static = Path(app.outdir, "_static")
    for folder in app.config.html_static_path if file.is_relative_to(static) else ():
        source = Path(app.confdir, folder, file.relative_to(static))
        if source.is_file():
            lines = source.read_text(encoding="utf-8", errors="replace").splitlines()
            return f"{source}:{next((number for number, line in enumerate(lines, start=1) if url in line), 1)}"
    builder = cast("StandaloneHTMLBuilder", app.builder)
    return next((docname for docname in app.env.all_docs if Path(builder.get_output_path(docname)) == file), None)


def _remedy(app: Sphinx, resource: Resource) -> str:
    """Return what to do about a blocked resource."""
    source = as_source(resource.origin)
    if source == "javascript:":
        return str(__("use a button and a script file instead"))
    if resource.url == getattr(app.config, "mathjax_path", ""):
        return str(__("add %r to extensions in conf.py: it shows formulas without a script")) % "sphinx_folio.formulas"
    if resource.directive == "form-action" and "//" not in source:
        return str(__("use a link instead of a form"))
    if "//" not in source or not is_source(source):
        return str(__("serve the file from the site"))
    setting = f'folio_csp_sources = {{"{resource.directive}": ["{source}"]}}'
    return str(__("serve the file from the site, or allow the other site in conf.py: %s")) % setting


def _relative(app: Sphinx, path: Path) -> str:
    return Path(os.path.relpath(path, app.outdir)).as_posix()
