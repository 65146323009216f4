from __future__ import annotations

import gettext
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, DateFormatter
from sphinx_folio.portfolio.dates import PartialDate, Period

LANGUAGES = sorted(path.name for path in CATALOG_FOLDER.iterdir())


def test_there_are_catalogs() -> None:
    assert LANGUAGES == ["zh_CN"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_code_is_translated(language: str) -> None:
    po = CATALOG_FOLDER / language / "LC_MESSAGES" / f"{CATALOG}.po"
    catalog = read_po(BytesIO(po.read_bytes()), locale=language)
    keywords = {"_": None, "__": None, "mark": None, "_ngettext": (1, 2)}
    everywhere = extract_from_dir(CATALOG_FOLDER.parent, keywords=keywords, directory_filter=lambda _folder: True)
    for _file, _line, message, _comments, _context in everywhere:
        found = catalog.get(message if isinstance(message, str) else message[0])
        assert found is not None, message
        assert found.string, message
        assert all(found.string), message
        assert not found.fuzzy, message


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalog_says_what_the_written_one_says(language: str) -> None:
    folder = CATALOG_FOLDER / language / "LC_MESSAGES"
    written = read_po(BytesIO((folder / f"{CATALOG}.po").read_bytes()), locale=language)
    with (folder / f"{CATALOG}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in written:
        if isinstance(message.id, str) and message.id:
            assert compiled.gettext(message.id) == message.string
        elif message.id and message.string:
            assert compiled.ngettext(message.id[0], message.id[1], 2) == message.string[0]


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
    formatter = DateFormatter("ja", {"ja": {"present": "現在"}})
    assert formatter.period(Period(PartialDate(2020, 4), None)) == "2020年4月 – 現在"
    assert DateFormatter("en", {"ja": {"present": "現在"}}).period(Period(PartialDate(2020), None)) == "2020 – present"


@pytest.mark.parametrize(
    ("months", "text"), [(1, "1 mo"), (11, "11 mos"), (12, "1 yr"), (23, "1 yr 11 mos"), (24, "2 yrs")]
)
def test_durations(months: int, text: str) -> None:
    assert DateFormatter("en", {}).duration(months) == text


@pytest.mark.parametrize(
    ("months", "text"), [(1, "1+ mo"), (11, "11+ mos"), (12, "1+ yr"), (35, "2+ yrs"), (36, "3+ yrs")]
)
def test_the_duration_of_what_is_ongoing_stays_true(months: int, text: str) -> None:
    assert DateFormatter("en", {}).duration(months, ongoing=True) == text
