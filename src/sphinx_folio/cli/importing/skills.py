"""Import skills: their entries, their list on the résumé page, their levels and categories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.fallback import as_list_item
from sphinx_folio.cli.importing.fields import AS_TEXT, bullets, period_options
from sphinx_folio.cli.importing.levels import sort_levels
from sphinx_folio.cli.importing.markdown import directive, heading, prose
from sphinx_folio.directives import options as convert
from sphinx_folio.portfolio.records import KEY_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_folio.cli.importing.fields import FieldConverter
    from sphinx_folio.cli.importing.items import Item

CATEGORY = "skills"
"""The category of skills without one; JSON Resume has no field for categories."""


class _Skill(NamedTuple):
    key: str
    name: str
    level: str
    words: tuple[str, ...]
    is_ours: bool


class Skills:
    """The skills of a résumé, with a lookup by name and keyword."""

    def __init__(self, items: Iterable[Item], fields: FieldConverter, extension: Item) -> None:
        """Import the items of the section ``skills``; our own exports label categories and sort levels."""
        labels = extension.item("categories")
        self._fields = fields
        self._labels = labels
        self._found: list[_Skill] = []
        self._keys: dict[str, str] = {}
        self._levels: dict[str, str] = {}
        self.categories: dict[str, str] = {}
        self.entries = "".join(self._entry(item) for item in items)
        order = [*labels.data]
        self.categories = dict(sorted(self.categories.items(), key=lambda pair: _place(pair[0], order)))
        own = [text for _path, text in extension.texts("levels") if text.casefold() in self._levels]
        is_ours = len(own) == len(self._levels)
        self.levels, self.unordered = (own, []) if is_ours else sort_levels(self._levels.values())

    def find(self, word: str) -> tuple[str, str] | None:
        """Return the key and name of the skill with a name or keyword, or None."""
        key = self._keys.get(" ".join(word.split()).casefold())
        return next(((skill.key, skill.name) for skill in self._found if skill.key == key), None)

    def resume_part(self) -> str:
        """Return the skills on the résumé page: the index, or a list of all skills if some are groups of keywords.

        The index does not show keywords, but views, orders and levels apply to it. In the list, each skill with
        keywords comes first, then the others by level, highest first.
        """
        if not self.has_groups:
            return directive("skill-index", "", {}) if self._found else ""
        with_keywords = [
            self._line(self._with_level(skill), map(prose, skill.words)) for skill in self._found if skill.words
        ]
        plain = []
        for level in (*reversed([*self.unordered, *self.levels]), ""):
            names = [_reference(skill) for skill in self._found if skill.level == level and not skill.words]
            plain.append(self._line(prose(level), names))
        return bullets((*with_keywords, *plain))

    @property
    def has_groups(self) -> bool:
        """Return whether keywords are more than other names of their skills, which are few, or have keys of ours."""
        others = [skill for skill in self._found if skill.words and not skill.is_ours]
        return 2 * len(others) > len(self._found) or any(len(skill.words) > 1 for skill in others)

    def _line(self, label: str, words: Iterable[str]) -> str:
        line = self._fields.joined(words)
        return self._fields.options.headings["colon"].join(filter(None, (label, line))) if line else ""

    def _with_level(self, skill: _Skill) -> str:
        level = self._fields.options.headings["brackets"].format(prose(skill.level)) if skill.level else ""
        return _reference(skill) + level

    def _entry(self, item: Item) -> str:
        name, extension = item.line("name"), item.extension()
        if not name:
            item.log.keep([item.path], __("a skill needs a name"))
            return ""
        if self._fields.is_repeated(item, "skill", name):
            if self._fields.is_copy(item):
                return ""
            return f"{heading(2, name)}\n{as_list_item('skills', item, self._fields)}\n"
        key = self._fields.key("skill", extension, name)
        keywords, texts = _keywords(item)
        level = item.line("level")
        level = self._levels.setdefault(level.casefold(), level) if level else ""
        self._found.append(_Skill(key, name, level, (*keywords, *texts), is_ours=bool(extension.line("key"))))
        for word in (name, *keywords):
            self._keys.setdefault(word.casefold(), key)
        extension.used.add("evidence")
        facts = {"category": self._category(extension), "level": level, "keywords": ", ".join(keywords)}
        facts |= period_options(self._fields.period(extension))
        content = "\n\n".join(
            filter(None, (self._fields.prose(extension, "summary"), bullets(map(prose, texts)).strip()))
        )
        item.keep_unused(extension)
        return f"{heading(2, name)}\n{directive('skill', key, facts, content)}\n"

    def _category(self, extension: Item) -> str:
        category = extension.line("category")
        if category and not KEY_PATTERN.fullmatch(category):
            extension.log.keep(
                [extension.path_of("category")],
                __("%r is not a key; use lowercase letters, digits, hyphens and dots") % category,
            )
            category = ""
        label = self._labels.line(category) if category else self._fields.options.headings["skills"]
        self.categories.setdefault(category or CATEGORY, label or category.replace("-", " ").capitalize())
        return category or CATEGORY


def _place(key: str, order: list[str]) -> int:
    return order.index(key) if key in order else len(order)


def _keywords(item: Item) -> tuple[list[str], list[str]]:
    """Return the valid keywords, each once, and the others, which contain commas."""
    keywords: list[str] = []
    texts = []
    for path, text in item.texts("keywords"):
        word = " ".join(text.split())
        parts = convert.words(word)
        if parts == (word,):
            if word in keywords:
                item.log.note(path, __("occurs more than once"))
            keywords.append(word)
        elif parts and not re.search(r"[()\[\]<>（）]", word):
            keywords += parts
            item.log.note(path, __("split at the commas"), kept=True)
        else:
            texts.append(word)
            item.log.note(path, __("a keyword cannot contain a comma") + f"; {AS_TEXT}")
            item.log.keep_from_page([path])
    return list(dict.fromkeys(keywords)), list(dict.fromkeys(texts))


def _reference(skill: _Skill) -> str:
    return f"{{skill}}`{skill.key}`"
