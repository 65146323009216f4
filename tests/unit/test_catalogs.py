from __future__ import annotations

import gettext
import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from sphinx.locale import translators

from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, DateFormatter, catalog_languages
from sphinx_folio.portfolio.dates import PartialDate, Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

LANGUAGES = sorted(path.name for path in CATALOG_FOLDER.iterdir())
FOR_READERS = ["ar", "de", "es", "fr", "he", "it", "ja", "ko", "pt", "ru", "zh_TW"]
"""The languages without messages to authors."""


@cache
def read(language: str) -> Catalog:
    po = CATALOG_FOLDER / language / "LC_MESSAGES" / f"{CATALOG}.po"
    return read_po(BytesIO(po.read_bytes()), locale=language)


@cache
def strings_of_the_code(*, for_authors: bool) -> set[str | tuple[str, ...]]:
    keywords: dict[str, Any] = {"_": None, "_ngettext": (1, 2)} | ({"__": None, "mark": None} if for_authors else {})
    found = extract_from_dir(CATALOG_FOLDER.parent, keywords=keywords, directory_filter=lambda _folder: True)
    return {message for _file, _line, message, _comments, _context in found}


def translations(language: str) -> Iterator[tuple[str, str]]:
    """Yield each string with its translation; a string with plural forms once for each."""
    for message in read(language):
        if isinstance(message.id, str) and message.id:
            yield message.id, str(message.string)
        elif message.id:
            yield from ((message.id[-1], text) for text in message.string or ())


def test_there_are_catalogs() -> None:
    assert sorted([*FOR_READERS, "zh_CN"]) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_code_is_translated(language: str) -> None:
    catalog = read(language)
    wanted = strings_of_the_code(for_authors=language not in FOR_READERS)
    for string in wanted:
        found = catalog.get(string if isinstance(string, str) else string[0])
        assert found is not None, string
        assert found.string, string
        assert all(found.string), string
        assert not found.fuzzy, string
    if language in FOR_READERS:
        assert {message.id for message in catalog if message.id} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalog_says_what_the_written_one_says(language: str) -> None:
    with (CATALOG_FOLDER / language / "LC_MESSAGES" / f"{CATALOG}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in read(language):
        if isinstance(message.id, str) and message.id:
            assert compiled.gettext(message.id) == message.string
        elif message.id and message.string:
            assert {compiled.ngettext(message.id[0], message.id[1], number) for number in range(120)} == {
                *message.string
            }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_forms_are_those_of_cldr(language: str) -> None:
    """Sphinx shows no count of 0 and none above 120, where some languages have more forms."""
    rule, form = Locale.parse(language).plural_form, gettext.c2py(read(language).plural_expr)
    pairs = {(rule(number), form(number)) for number in range(1, 121)}
    assert len(pairs) == len({category for category, _form in pairs}) == len({index for _category, index in pairs})
    for message in read(language):
        forms = (message.string or ()) if isinstance(message.id, tuple) else ()
        for index, text in enumerate(forms):
            numbers = [number for number in range(1, 121) if form(number) == index]
            assert "{number}" in text or len(numbers) < 2, text


def test_no_catalog_of_the_repository_has_the_placeholders_of_a_tool() -> None:
    root = CATALOG_FOLDER.parents[2]
    catalogs = [path for folder in ("docs", "gallery", "manual", "src") for path in (root / folder).rglob("*.po")]
    assert len(catalogs) > len(LANGUAGES)
    found = re.compile("FIRST AUTHOR|FULL NAME|EMAIL@ADDRESS|LL@li|PROJECT VERSION|YEAR-MO-DA")
    assert [path for path in catalogs if found.search(path.read_text(encoding="utf-8"))] == []


def test_babel_compiles_every_catalog_of_the_repository_without_an_error() -> None:
    """It takes “80% of” for a placeholder, wherever it is."""
    root = CATALOG_FOLDER.parents[2]
    for path in (path for folder in ("docs", "gallery", "manual", "src") for path in (root / folder).rglob("*.po")):
        if "LC_MESSAGES" in path.parts:
            catalog = read_po(BytesIO(path.read_bytes()), locale=path.parts[path.parts.index("LC_MESSAGES") - 1])
            assert [(path, message.lineno, errors) for message, errors in catalog.check()] == []


PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


@pytest.mark.parametrize("language", FOR_READERS)
def test_translations_have_the_placeholders_of_the_source(language: str) -> None:
    for source, text in translations(language):
        found = PLACEHOLDER.findall(text)
        if "{number}" in source:
            assert found in ([], ["{number}"]), text
        elif "%(" in source:
            assert sorted(found) == sorted(PLACEHOLDER.findall(source)), text
        else:
            assert found == PLACEHOLDER.findall(source), text


NAMES = {"CNCF Landscape", "JSON Resume", "RenderCV", "vCard"}
"""Names that are the same in every language."""
SAME_WORDS = {
    "de": {
        *(
            "Commit",
            "Links",
            "Navigation",
            "Option",
            "Person",
            "Position",
            "Release",
            "Repository",
            "Revision",
            "Status",
        ),
        *("Team", "remote"),
    },
    "es": {"Commit", "Pull request", "Total"},
    "fr": {
        *(
            "Commit",
            "Date",
            "Documentation",
            "Extension",
            "Menu",
            "Navigation",
            "Option",
            "Page",
            "Pages",
            "Publication",
        ),
        *("Publications", "Pull request", "Signature", "Site", "Source", "Sources", "Sources (%d)", "Total", "Type"),
        *("argument", "page", "publication", "section", "source"),
    },
    "it": {"Commit", "File", "Home", "Menu", "Pull request", "Release", "Repository", "Team"},
    "pt": {"Commit", "Links", "Menu", "Pull request", "Site", "Total"},
}
"""Words of a language that are spelled as in English."""


def _plain(text: str) -> str:
    return PLACEHOLDER.sub("", text)


@pytest.mark.parametrize("language", FOR_READERS)
def test_no_translation_is_english(language: str) -> None:
    same = {
        source for source, text in translations(language) if source == text and re.search("[A-Za-z]{3}", _plain(text))
    }
    assert same == NAMES | SAME_WORDS.get(language, set())


MARKS = {
    **dict.fromkeys(("ko", "pt", "zh_CN"), "“”"),
    **dict.fromkeys(("es", "fr", "it", "ru"), "«»"),
    **dict.fromkeys(("ja", "zh_TW"), "「」"),
    "de": "„“",
    "ar": "”“",
    "he": "””",
}
"""The quotation marks of CLDR, which Babel does not have."""


@pytest.mark.parametrize("language", FOR_READERS)
def test_punctuation_is_that_of_the_language(language: str) -> None:
    found, wide = dict(translations(language)), language in {"ja", "zh_TW"}
    for source, text in found.items():
        assert not set("'\"") & {*text}, text
        if set("“”") & {*source}:
            assert "".join(re.findall("[“”„«»「」『』]", text)) == MARKS[language], text
        assert not wide or not set("(),.:;") & {*_plain(text)}, text
        if source.endswith("."):
            assert text.endswith("。" if wide else "."), text
        if language == "fr":
            assert not re.search("«[^\N{NO-BREAK SPACE}]| [;:?!»]", text), text
        if source.endswith(": "):
            assert text.endswith("：" if wide else "\N{NO-BREAK SPACE}: " if language == "fr" else ": "), text
    between = Locale.parse(language).list_patterns["standard"]["middle"].removeprefix("{0}").removesuffix("{1}")
    assert found[", "] == ("، " if language == "ar" else between)  # the Arabic list of CLDR is one for sentences


@pytest.mark.parametrize("language", FOR_READERS)
def test_the_note_of_a_comparison_explains_the_words_of_its_table(language: str) -> None:
    found = dict(translations(language))
    note = next(text for source, text in found.items() if source.startswith("proven: "))
    for status in ("proven", "shown", "named", "near"):
        assert re.search(rf"(^|; |；|؛ |\N{{NO-BREAK SPACE}}; ){re.escape(found[status])}\s?[:：]", note), status


@pytest.mark.parametrize("language", FOR_READERS)
def test_a_comment_asks_for_a_native_reader(language: str) -> None:
    comments = [comment for message in read(language) if message.id for comment in message.user_comments]
    assert all(comment.startswith("unsure: ") for comment in comments)


DATES = [
    ("en", "2021", "2021"),
    ("en", "2021-08", "Aug 2021"),
    ("en", "2021-08-31", "Aug 31, 2021"),
    ("zh_CN", "2021", "2021年"),
    ("zh_CN", "2021-08", "2021年8月"),
    ("zh_CN", "2021-08-31", "2021年8月31日"),
    ("de", "2021-08", "Aug. 2021"),
    ("xx", "2021-08", "Aug 2021"),
]


@pytest.mark.parametrize(("language", "date", "text"), DATES)
def test_dates_are_written_as_the_language_does(language: str, date: str, text: str) -> None:
    assert DateFormatter(language, {}).date(PartialDate.parse(date)) == text


def test_a_site_may_have_its_own_patterns() -> None:
    formatter = DateFormatter("zh_CN", {"zh_CN": {"month": "y年MM月", "range": "{start} - {end}"}})
    period = Period(PartialDate(2021, 8), PartialDate(2023, 6))
    assert formatter.period(period) == "2021年08月 - 2023年06月"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2016-02", "2016-02", "Feb 2016"),
        ("2016", "2016", "2016"),
        ("2016-02-01", "2016-02-01", "Feb 1, 2016"),
        ("2016", "2016-02", "2016 – Feb 2016"),
        ("2016-02", "2016-03", "Feb 2016 – Mar 2016"),
    ],
)
def test_a_period_that_starts_when_it_ends_is_one_date(start: str, end: str, text: str) -> None:
    period = Period(PartialDate.parse(start), PartialDate.parse(end))
    assert DateFormatter("en", {}).period(period) == text


def test_the_word_for_present_can_be_set_for_a_language_without_catalog() -> None:
    formatter = DateFormatter("nl", {"nl": {"present": "heden"}})
    assert formatter.period(Period(PartialDate(2020, 4), None)) == "apr 2020 – heden"
    assert DateFormatter("en", {"nl": {"present": "heden"}}).period(Period(PartialDate(2020), None)) == "2020 – present"


@pytest.mark.parametrize(
    ("months", "text"), [(1, "1 mo"), (11, "11 mos"), (12, "1 yr"), (23, "1 yr 11 mos"), (24, "2 yrs")]
)
def test_durations(months: int, text: str) -> None:
    assert DateFormatter("en", {}).duration(months) == text


@pytest.mark.parametrize(
    ("months", "text"), [(1, "1+ mo"), (11, "11+ mos"), (12, "1+ yr"), (35, "2+ yrs"), (36, "3+ yrs")]
)
def test_the_duration_of_what_is_ongoing_stays_true(months: int, text: str) -> None:
    assert DateFormatter("en", {}).duration(months, at_least=True) == text


def translation(language: str) -> gettext.NullTranslations:
    return gettext.translation(CATALOG, CATALOG_FOLDER, [language])


@pytest.mark.parametrize(
    ("language", "skills"),
    [
        *(("de_AT", "Kompetenzen"), ("pt_BR", "Competências"), ("fr_CA", "Compétences"), ("en_GB", "Skills")),
        *(("zh_TW", "技能"), ("zh_HK", "技能"), ("zh_Hant", "技能"), ("zh_SG", "技能"), ("zh", "技能")),
    ],
)
def test_a_language_without_a_catalog_uses_that_of_its_language_or_script(language: str, skills: str) -> None:
    found = gettext.translation(CATALOG, CATALOG_FOLDER, catalog_languages(language), fallback=True)
    assert found.gettext("Skills") == skills


@pytest.mark.parametrize(
    ("language", "catalog"),
    [("zh_HK", "zh_TW"), ("zh_SG", "zh_CN"), ("zh_Hans_HK", "zh_CN"), ("zh_Hans_TW", "zh_CN"), ("zh_Hant_CN", "zh_TW")],
)
def test_a_script_of_chinese_counts_more_than_the_region(language: str, catalog: str) -> None:
    assert catalog_languages(language) == [language, catalog]


LOCALIZED = [
    ("ar", "أغسطس 2021 – حتى الآن", "سنتان و3 أشهر", "11 شهرًا", "أكثر من 11 سنة"),
    ("de", "Aug. 2021 – heute", "2 Jahre, 3 Monate", "11 Monate", "über 11 Jahre"),
    ("es", "ago 2021 – actualidad", "2 años y 3 meses", "11 meses", "más de 11 años"),
    ("fr", "août 2021 – aujourd’hui", "2 ans et 3 mois", "11 mois", "plus de 11 ans"),
    ("he", "אוג׳ 2021 – היום", "שנתיים, 3 חודשים", "11 חודשים", "יותר מ־11 שנים"),
    ("it", "ago 2021 – oggi", "2 anni e 3 mesi", "11 mesi", "oltre 11 anni"),
    ("ja", "2021年8月～現在", "2年3か月", "11か月", "11年以上"),
    ("ko", "2021년 8월 ~ 현재", "2년 3개월", "11개월", "11년 이상"),
    ("pt", "ago. de 2021 – presente", "2 anos e 3 meses", "11 meses", "mais de 11 anos"),
    ("ru", "авг. 2021 г. — настоящее время", "2 года 3 месяца", "11 месяцев", "более 11 лет"),
    ("zh_TW", "2021年8月 – 現在", "2年3個月", "11個月", "11年以上"),
]


@pytest.mark.parametrize(("language", "period", "years_and_months", "months", "ongoing"), LOCALIZED)
def test_periods_and_durations_are_written_as_the_language_does(
    language: str, period: str, years_and_months: str, months: str, ongoing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(translators, ("general", CATALOG), translation(language))
    dates = DateFormatter(language, {})
    found = dates.period(Period(PartialDate(2021, 8))), dates.duration(27), dates.duration(11)
    spaces = dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"), " ")
    assert tuple(text.translate(spaces) for text in found) == (period, years_and_months, months)
    assert dates.duration(11 * 12 + 3, at_least=True).translate(spaces) == ongoing


def test_durations_in_chinese_are_spaced_as_dates_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(translators, ("general", CATALOG), translation("zh_CN"))
    assert DateFormatter("zh_CN", {}).duration(27) == "2年3个月"
    spaced = DateFormatter("zh_CN", {"zh_CN": {"month": "y 年 M 月"}})
    assert (spaced.date(PartialDate(2021, 8)), spaced.duration(27)) == ("2021 年 8 月", "2 年 3 个月")


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1 год"), (2, "2 года"), (5, "5 лет"), (11, "11 лет"), (21, "21 год"), (22, "22 года")],
)
def test_russian_years(number: int, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(translators, ("general", CATALOG), translation("ru"))
    assert DateFormatter("ru", {}).duration(12 * number).replace("\N{NO-BREAK SPACE}", " ") == text
