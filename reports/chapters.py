"""What can go into a file, a mail or a link beside the report's own charts: breakdowns, and why. Each has a name.

`by-location`, `by-location-touchpoint`: by these ways. `by-location-weekday.1`: one line of a way in place of columns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from reports.breakdown.address import BREAKDOWN, ONLY, WEEKDAY_CODES, broken_down
from reports.breakdown.enums import Way
from reports.breakdown.reading import breakdown_for
from reports.filters import Problem
from reports.vocabulary import survey_choices
from reports.why.reading import why_for, words_mark
from reports.why.words import WordsOf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from organisation.models import Member
    from reports.reading import Asked
    from reports.results import Report

WHY = "why"
# Of one file: each is a report of its own to be made.
MOST_BREAKDOWNS = 10
# What a form offers by itself; others are named by the address that leads to it.
USUAL = ("by-location-touchpoint", "by-touchpoint", "by-weekday", WHY)


def chapter_names(names: Iterable[str]) -> list[str]:
    """Those that name a chapter, each once; why comes last."""
    found = dict.fromkeys(names)
    breakdowns = [name for name in found if _query_of(name)]
    return [*breakdowns, WHY] if WHY in found else breakdowns


def chapter_label(name: str) -> str:
    """Of one that there is: Location × Touchpoint"""
    if name == WHY:
        return _("Why? What moves with overall, and words that tell")
    query = _query_of(name) or {}
    rows = str(Way(query["rows"]).label)
    if "columns" in query:
        return _("%(rows)s × %(columns)s") % {"rows": rows, "columns": Way(query["columns"]).label}
    lines = [_line(only, query[only]) for only in ONLY if only in query]
    return ", ".join([rows, *lines])


def _line(only: str, code: str) -> str:
    if only == "weekday" and code in WEEKDAY_CODES:
        return str(WEEKDAYS[int(code) - 1])
    return f"{ONLY[only].label} {code}"


def _query_of(name: str) -> dict[str, str] | None:
    """What the address of such a breakdown has besides the filters; None where the name is none of a breakdown."""
    rows, _hyphen, rest = name.removeprefix(BREAKDOWN).partition("-")
    if not name.startswith(BREAKDOWN) or rows not in Way.values:
        return None
    only, dot, code = rest.partition(".")
    if dot:
        return {"rows": rows, only: code} if only in ONLY and code else None
    if not rest:
        return {"rows": rows} if name == f"{BREAKDOWN}{rows}" else None
    return {"rows": rows, "columns": rest} if rest in Way.values and rest != rows else None


def with_chapters_asked(asked: Asked, names: Iterable[str]) -> Asked:
    """The same, with what is wrong about the chapters that are to go in."""
    chapters = chapter_names(names)
    problems = [problem for name in chapters if name != WHY for problem in _breakdown(asked, name).problems]
    if len(chapters) - (WHY in chapters) > MOST_BREAKDOWNS:
        words = _("Choose at most %(most)d breakdowns.") % {"most": MOST_BREAKDOWNS}
        problems.append(Problem("chart", words))
    new = dict.fromkeys(problem for problem in problems if problem not in asked.problems)
    return replace(asked, problems=(*asked.problems, *new))


def read_chapters(
    asked: Asked, names: Iterable[str], reader: Member, *, words: WordsOf = WordsOf.ALL
) -> tuple[Report, ...]:
    """Each as its own page tells it, through the same protection of small groups."""
    return tuple(
        why_for(asked, reader, words=words) if name == WHY else breakdown_for(_breakdown(asked, name))
        for name in chapter_names(names)
    )


def marks_of_chapters(names: Iterable[str], query: QueryDict, reader: Member) -> list[object]:
    """What moves with them besides the cells of the report's survey: those of all surveys, and comments."""
    chapters, surveys = chapter_names(names), survey_choices(reader)
    marks: list[object] = [*surveys] if len(chapters) > (WHY in chapters) else []
    if WHY in chapters:
        named = [one for one in surveys if one.slug == query.get("survey")]
        marks.append(words_mark([one.id for one in named or surveys]))
    return marks


def _breakdown(asked: Asked, name: str) -> Asked:
    query = QueryDict(mutable=True)
    query.update(_query_of(name) or {})
    return broken_down(replace(asked, problems=()), query)
