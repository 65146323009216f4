"""The process of ``live`` parses a translated message once, with the same pages as a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.cli.live.parsed_messages import ParsedMessages

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """# 首页

见 {skill}`cni`，*强调*和[链接](https://example.org/)。

见{doc}`other`。

```{skill} cni
:category: networking
```

还有一段。
"""
TRANSLATIONS = {
    "首页": "Home",
    "见 {skill}`cni`，*强调*和[链接](https://example.org/)。": "See {skill}`cni`, *stressed* and [linked](https://example.org/).",
    "见{doc}`other`。": "See {doc}`other`.",
    "还有一段。": "One more paragraph.",
}
SETTINGS = {
    "extensions": ["myst_parser", "sphinx_folio"],
    "language": "en",
    "locale_dirs": ["locales"],
    "folio_categories": {"networking": "Networking"},
}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "source" / "locales" / "en" / "LC_MESSAGES" / "index.po"
    path.parent.mkdir(parents=True)
    entries = (f'\nmsgid "{message}"\nmsgstr "{text}"\n' for message, text in TRANSLATIONS.items())
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n' + "".join(entries), "utf-8")
    return path


def built(build: Any, messages: ParsedMessages | None, page: str) -> tuple[str, list[str]]:
    """Return the home page of a clean build, and the warnings."""
    app = build({"index.md": page, "other.md": "---\norphan: true\n---\n\n# Other\n"}, settings=SETTINGS, run=False)
    if messages:
        messages.use(app)
    app.build(force_all=True)
    return (app.outdir / "index.html").read_text("utf-8"), app.warning.getvalue().splitlines()


@pytest.mark.usefixtures("catalog")
def test_stored_messages_give_the_same_page(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    messages, found = ParsedMessages(), []
    restore = ParsedMessages.restore

    def noted(self: ParsedMessages, key: tuple[str, str], document: Any) -> bool:
        found.append((key[1], restore(self, key, document)))
        return found[-1][1]

    monkeypatch.setattr(ParsedMessages, "restore", noted)
    first = built(build, messages, PAGE)
    found.clear()
    second = built(build, messages, PAGE)
    assert first == second == built(build, None, PAGE)
    restored = {text for text, is_stored in found if is_stored}
    assert set(TRANSLATIONS.values()) - restored == {TRANSLATIONS["见{doc}`other`。"]}
    moved = PAGE.replace("# 首页", "# 首页\n\n新的一段。")
    assert built(build, messages, moved) == built(build, None, moved)


@pytest.mark.usefixtures("catalog")
def test_saved_messages_give_the_same_page(build: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[tuple[str, bool]] = []
    restore = ParsedMessages.restore

    def noted(self: ParsedMessages, key: tuple[str, str], document: Any) -> bool:
        found.append((key[1], restore(self, key, document)))
        return found[-1][1]

    monkeypatch.setattr(ParsedMessages, "restore", noted)
    restored = []
    for text in (PAGE, PAGE, PAGE.replace("# 首页", "# 首页\n\n新的一段。"), PAGE):
        found.clear()
        messages = ParsedMessages(tmp_path / "messages")
        page = built(build, messages, text)
        messages.save(tmp_path / "messages", {"index", "other"})
        restored.append(sum(is_stored for _text, is_stored in found))
        assert page == built(build, None, text)
    assert restored[0] < restored[1] == restored[2] == restored[3]  # Sphinx parses some of them twice
    monkeypatch.setitem(SETTINGS, "myst_enable_extensions", ["deflist"])
    found.clear()
    built(build, ParsedMessages(tmp_path / "messages"), PAGE)
    assert sum(is_stored for _text, is_stored in found) == restored[0]
    assert [path.name for path in (tmp_path / "messages").iterdir()] == ["index.pickle"]
    messages.save(tmp_path / "messages", {"other"})  # the page was removed
    assert not [*(tmp_path / "messages").iterdir()]


def test_a_message_with_a_warning_is_parsed_again(build: Any, catalog: Path) -> None:
    catalog.write_text(catalog.read_text("utf-8").replace("One more paragraph.", r"# One\n\n### Two"), "utf-8")
    messages = ParsedMessages()
    assert built(build, messages, PAGE)[1] != []
    assert built(build, messages, PAGE) == built(build, messages, PAGE) == built(build, None, PAGE)
