"""Pickled records in the environment are read only by code with the same record classes."""

from __future__ import annotations

import dataclasses
import hashlib
import pickle

import pytest

from sphinx_folio._common.lazy_pickle import LazyPickle
from sphinx_folio.domain import FolioDomain
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.queries import Query
from sphinx_folio.portfolio.records import (
    Link,
    Mention,
    Page,
)
from sphinx_folio.types import BUILT_IN


def test_changed_fields_of_records_require_a_new_data_version() -> None:
    records = (*(kind.record for kind in BUILT_IN), Link, Mention, Page, PartialDate, Period)
    forms = [(kind.__module__, kind.__name__, [field.name for field in dataclasses.fields(kind)]) for kind in records]
    forms.append((Query.__module__, Query.__name__, list(Query._fields)))
    digest = hashlib.sha256(repr(forms).encode()).hexdigest()[:16]
    assert (FolioDomain.data_version, digest) == (39, "bbfc3b550c23a9ce")


@pytest.mark.parametrize(
    ("url", "username"),
    [
        ("https://github.com/ada", "ada"),
        ("https://social.example/@ada/", "ada"),
        ("https://scholar.google.com/citations?hl=en&user=qc6CJjYAAAAJ", "qc6CJjYAAAAJ"),
        ("https://example.org/ada?tab=1", "ada"),
    ],
)
def test_the_user_name_is_in_the_query_or_ends_the_path(url: str, username: str) -> None:
    assert Link(label="", url=url).username == username


def test_a_value_stays_pickled_until_it_is_used() -> None:
    page = Page(docname="index", title="Home")
    packed = LazyPickle(page)
    again = pickle.loads(pickle.dumps(packed))  # noqa: S301  our own
    assert again.digest == packed.digest
    assert pickle.dumps(again) == pickle.dumps(packed)
    assert again.value == page
    assert again.value is again.value
    assert LazyPickle(dataclasses.replace(page, title="Other")).digest != packed.digest
