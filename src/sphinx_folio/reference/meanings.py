"""What each directive is for and what each of its options means, in a sentence; a test holds it to the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.i18n import mark

if TYPE_CHECKING:
    from collections.abc import Mapping


class Meaning(NamedTuple):
    """What a directive is for, what its argument is, and what its options mean."""

    sentence: str
    argument: str = ""
    options: Mapping[str, str] = {}


KEY = mark("The object's key, which stands in its address: lower-case ASCII letters, digits, dots and hyphens.")
FILE = mark("A CSV file, relative to the page.")
SKILLS = mark("Keys of skills, separated by commas; they are shown as linked tags.")
SINCE = mark("Leaves out what ended before this date.")
FORMERLY = mark("Keys that the object had before; their addresses keep leading to it.")
OF_CATEGORY = mark("Only skills of this category, a key of folio_categories.")
OF_LEVEL = mark("Only skills of at least this level.")
OF_PROJECT = mark("Only what belongs to this project.")
OF_SKILL = mark("Only what shows this skill.")
START = mark("When it began: 2021, 2021-08 or 2021-08-31.")
END = mark("When it ended; without it, it goes on.")
LABELS = mark("Other words for what stands in the file, to be translated: create = Creation, …")
WHERE = mark("Which rows are meant: stack = IPv4, …")

MEANINGS: Mapping[str, Meaning] = {
    "person": Meaning(
        mark("Whom the portfolio is about; the text is the summary."),
        KEY,
        {
            "name": mark("The name; by default the title of the section that the entry opens."),
            "label": mark("What the person does, in a few words."),
            "email": mark("A mail address."),
            "url": mark("A site of the person's own."),
            "profiles": mark("Accounts elsewhere: GitHub <https://…>, Blog <https://…>."),
            "birth": mark("The month of birth, 1990-05."),
            "unlisted": mark("Of url and profiles, what is exported but not shown here."),
            "formerly": FORMERLY,
        },
    ),
    "summary": Meaning(mark("What is said of the person in sum, where that stands away from the person's entry.")),
    "skill": Meaning(
        mark("A skill. Where it is used, since when, and what proves it, is added by itself."),
        KEY,
        {
            "name": mark("The name; by default the title of the section that the entry opens."),
            "category": mark("A key of folio_categories."),
            "level": mark("A word of folio_levels."),
            "keywords": mark("Other names, for search and for résumé readers."),
            "formerly": FORMERLY,
        },
    ),
    "position": Meaning(
        mark("A role at an entity. Several roles in one section share the entity that is its title."),
        KEY,
        {
            "entity": mark("The company or institution; by default the title of the section."),
            "title": mark("What the role is called."),
            "start": START,
            "end": END,
            "skills": SKILLS,
            "formerly": FORMERLY,
        },
    ),
    "project": Meaning(
        mark("Something that was made; the text says in a line or two what it is."),
        KEY,
        {
            "name": mark("The name; by default the title of the section that the entry opens."),
            "languages": mark("Keys of the skills that are its programming languages."),
            "skills": SKILLS,
            "position": mark("The key of the position that it belongs to."),
            "start": START,
            "end": END,
            "sketch": mark("What it does, as boxes and arrows: client -> pool -> address | log"),
            "repository": mark("Address of the source."),
            "documentation": mark("Address of the documentation."),
            "homepage": mark("Address of the site."),
            "landscape": mark("Address of its entry in a landscape, such as CNCF's."),
            "package": mark("Address in a package index."),
            "report": mark("Address of a report on it."),
            "formerly": FORMERLY,
        },
    ),
    "education": Meaning(
        mark("Studies at an institution."),
        KEY,
        {
            "institution": mark("The institution; by default the title of the section that the entry opens."),
            "area": mark("What was studied."),
            "study-type": mark("The degree, such as Bachelor."),
            "start": START,
            "end": END,
            "formerly": FORMERLY,
        },
    ),
    "highlight": Meaning(
        mark("A claim: its text is one block of prose. It belongs to the project or position of its section."),
        KEY,
        {
            "name": mark("A short name; by default the claim itself."),
            "skills": SKILLS,
            "project": mark("The key of the project that it belongs to, if that is another than the section's."),
            "position": mark("The key of the position that it belongs to, if that is another than the section's."),
            "formerly": FORMERLY,
        },
    ),
    "evidence": Meaning(
        mark("Something public that proves the entry that it stands in, or what its options name."),
        KEY,
        {
            "title": mark("What it is called."),
            "kind": mark("One of pull-request, commit, release, report, file and page."),
            "url": mark("Where it is; files are linked at a tag or a commit, not at a branch."),
            "by": mark("Whose work it is: own or team."),
            "date": mark("When it was published."),
            "revision": mark("The tag or commit that it is pinned to."),
            "skills": mark("Keys of the skills that it proves."),
            "highlights": mark("Keys of the highlights that it proves."),
            "projects": mark("Keys of the projects that it proves."),
            "formerly": FORMERLY,
        },
    ),
    "skill-tags": Meaning(
        mark("Skills as linked tags."), "", {"category": OF_CATEGORY, "level": OF_LEVEL, "project": OF_PROJECT}
    ),
    "skill-index": Meaning(
        mark("Skills by category, with their levels."),
        "",
        {"category": OF_CATEGORY, "level": OF_LEVEL, "project": OF_PROJECT, "since": SINCE},
    ),
    "skill-matrix": Meaning(
        mark("Skills against projects and positions, with years, last use and evidence."),
        "",
        {"category": OF_CATEGORY, "level": OF_LEVEL, "project": OF_PROJECT, "since": SINCE},
    ),
    "project-cards": Meaning(
        mark("Projects as cards with their tags, the latest first."), "", {"skill": OF_SKILL, "since": SINCE}
    ),
    "timeline": Meaning(mark("Positions with their projects, and studies, on one line of time."), "", {"since": SINCE}),
    "highlight-list": Meaning(
        mark("Claims with what proves them."), "", {"project": OF_PROJECT, "skill": OF_SKILL, "since": SINCE}
    ),
    "evidence-table": Meaning(
        mark("All evidence, the latest first."), "", {"project": OF_PROJECT, "skill": OF_SKILL, "since": SINCE}
    ),
    "evidence-coverage": Meaning(
        mark("How much of the portfolio is proven, by category, and what rests on the author's word."),
        "",
        {"category": OF_CATEGORY, "level": OF_LEVEL},
    ),
    "downloads": Meaning(
        mark("Links to the résumé's other forms; it comes with sphinx_folio.export."),
        "",
        {
            "files": mark("Which of pdf, txt, json and vcard; all of them by default."),
            "views": mark("Keys of folio_views whose pages are linked, too."),
        },
    ),
    "figure-table": Meaning(
        mark("Figures of a CSV file as a table with a bar in each cell, so that none is typed into a page."),
        FILE,
        {
            "rows": mark("The column whose values go down."),
            "columns": mark("The column whose values go across; without it, there is one column of figures."),
            "value": mark("The column that holds the figures."),
            "text": mark("The column that holds what is shown for a figure, if not the figure itself."),
            "where": WHERE,
            "labels": LABELS,
            "best": mark("Which figure of a row stands out: least, greatest or none."),
            "relative-to": mark("The value across of which the others are shown as multiples."),
        },
    ),
    "figure-chart": Meaning(
        mark("Figures of a CSV file as marks along an axis, in HTML; the text says in a sentence what it shows."),
        FILE,
        {
            "rows": mark("One or two columns: the first makes groups, the second the lines in them."),
            "columns": mark("The column whose values are the marks on a line."),
            "value": mark("The column that holds the figures."),
            "text": mark("The column that holds what is shown for a figure, if not the figure itself."),
            "where": WHERE,
            "labels": LABELS,
            "emphasize": mark("The mark that the chart is about."),
            "unit": mark("How many of the file's units make one of the axis."),
            "axis": mark("What is measured, and in what unit."),
            "scale": mark("linear or logarithmic."),
        },
    ),
    "key-figure": Meaning(
        mark("One figure large, with a bar for each thing that was counted; the text says what that is."),
        mark("A CSV file, or own-evidence, proven-skills or proven-highlights, counted of the portfolio."),
        {
            "rows": mark("With first: the columns that tell the lines apart."),
            "columns": mark("With first: the column whose values are compared."),
            "value": mark("The column that is added up, or compared."),
            "text": mark("The column that holds what is shown for a figure, if not the figure itself."),
            "where": WHERE,
            "labels": LABELS,
            "first": mark("Counts in how many lines this value of columns is the best."),
            "best": mark("What the best is: least or greatest."),
        },
    ),
}
