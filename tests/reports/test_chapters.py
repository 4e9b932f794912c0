"""Breakdowns and why as parts of a set: their names, and that each says what its own page says."""

import pytest

from organisation.enums import Role
from reports.breakdown.address import chapter_name
from reports.chapters import (
    MOST_BREAKDOWNS,
    chapter_label,
    chapter_names,
    marks_of_chapters,
    read_chapters,
    with_chapters_asked,
)
from reports.why.reading import why_for
from reports.why.words import WordsOf
from tests.factories import make_location, make_member, make_published
from tests.factories.reviews import make_review
from tests.reports.answers import administrator, asked, counted
from tests.reports.breakdown.samples import asked_breakdown, breakdown
from tests.reviews.heard import make_survey_with_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = make_published()
    for place in (make_location(code="here"), make_location(code="there")):
        counted(version, *["55443", "12345"] * 6, location=place)
    return version


def test_names_of_chapters_are_told_from_others_each_once_and_why_last():
    names = [
        "why",
        "means",
        "by-mode",
        "by-ghost",
        "by-mode-mode",
        "by-mode",
        "by-region-version.2",
        "by-",
        "",
    ]

    assert chapter_names(names) == ["by-mode", "by-region-version.2", "why"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("by-location", "Location"),
        ("by-location-touchpoint", "Location × Touchpoint"),
        ("by-location-weekday.1", "Location, Monday"),
        ("by-location-version.2", "Location, Version 2"),
    ],
)
def test_a_chapter_says_what_it_is(name, label):
    assert chapter_label(name) == label


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("rows=mode", "by-mode"),
        ("rows=mode&columns=region&order=name", "by-mode-region"),
        ("rows=mode&weekday=3", "by-mode-weekday.3"),
    ],
)
def test_the_page_of_a_breakdown_has_the_name_of_its_chapter(version, query, name):
    assert chapter_name(asked_breakdown(query).filters) == name
    assert chapter_names([name]) == [name]


@pytest.mark.parametrize("query", ["rows=location&columns=mode", "rows=location&weekday=2", "rows=measure"])
def test_a_breakdown_says_what_its_page_says(version, query):
    name = chapter_name(asked_breakdown(query).filters)

    assert read_chapters(asked("period=all"), [name], administrator()) == (breakdown(query),)


def test_why_says_what_its_page_says(version):
    reader = administrator()

    assert read_chapters(asked("period=all"), ["why"], reader) == (why_for(asked("period=all"), reader),)


def test_words_can_be_left_out(version):
    (why,) = read_chapters(asked("period=all"), ["why"], administrator(), words=WordsOf.NONE)

    assert why.words.is_left_out
    assert why.moving.responses == 24


def test_a_manager_is_told_of_their_own_places(version):
    place = make_location(code="mine")
    counted(version, *["55443"] * 6, location=place)
    manager = make_member(Role.MANAGER, locations=[place])

    (found,) = read_chapters(asked("period=all", manager), ["by-location"], manager)

    assert [row.head.code for row in found.rows] == ["mine"]


def test_what_cannot_be_told_is_refused(version):
    names = [f"by-location-version.{number}" for number in range(MOST_BREAKDOWNS + 1)]

    problems = with_chapters_asked(asked("dimension=speed"), ["by-mode-question.wait", *names]).problems

    assert {one.parameter for one in problems} == {"dimension", "version", "chart"}
    assert with_chapters_asked(asked(), ["by-mode", "why"]).problems == ()


def test_what_is_kept_moves_with_what_it_rests_on(version):
    reader, heard = administrator(), make_survey_with_comment()
    query = {"survey": heard.survey.slug}

    assert marks_of_chapters(["means"], query, reader) == []
    assert len(marks_of_chapters(["by-mode"], query, reader)) == 2
    assert len(marks_of_chapters(["why"], query, reader)) == 1
    before = marks_of_chapters(["why"], query, reader)
    make_review("Slow", version=heard)
    assert marks_of_chapters(["why"], query, reader) != before
