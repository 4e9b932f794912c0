import pytest
from django.db import DatabaseError, connection
from django.http import QueryDict

from organisation.enums import Role
from organisation.models import Location
from reports.enums import ResultState
from reports.reading import rendering_mark, report_for
from reports.vocabulary import survey_choices
from tests.factories import make_location, make_member, make_published
from tests.reports.answers import administrator, answer, asked, count, counted, of, report

pytestmark = pytest.mark.django_db


def mark(member, query="survey=a", *parts):
    return rendering_mark(member, QueryDict(query), survey_choices(member), *parts)


def test_a_report_is_made_once_for_the_same_numbers(django_assert_num_queries):
    counted(make_published(), *["55555"] * 5)
    one = asked()
    first = report_for(one)

    with django_assert_num_queries(1):  # how many wait
        again = report_for(one)

    assert again == first


def test_a_report_moves_with_its_cells():
    version = make_published()
    counted(version, *["55555"] * 5)
    assert of(report(), "speed").score.n == 5

    counted(version, "55555")

    assert of(report(), "speed").score.n == 6


def test_a_report_moves_with_the_names_in_it():
    place = make_location(name="Before")
    counted(make_published(), *["55555"] * 5, location=place)
    report()

    Location.objects.filter(pk=place.pk).update(name="After")

    assert of(report(), "speed").locations[0].name == "After"


def test_a_report_is_not_shared_between_scopes():
    version = make_published()
    here, there = make_location(), make_location()
    answer(version, *["55555"] * 5, location=here)
    answer(version, *["11111"] * 5, location=there)
    count()

    means = [of(report("", make_member(locations=[place])), "speed").score.mean for place in (here, there)]

    assert means == [5.0, 1.0]


def test_waiting_answers_are_not_kept():
    version = make_published()
    counted(version, *["55555"] * 5)
    assert report().waiting == 0

    answer(version, "55555")

    assert report().waiting == 1


def test_a_database_that_fails_is_a_state_not_an_error():
    make_published()
    one = asked()

    def refuse(*_args, **_kwargs):
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        found = report_for(one)

    assert (found.state, found.dimensions) == (ResultState.FAILED, ())
    assert report_for(one).state is ResultState.EMPTY


def test_a_mark_holds_while_nothing_moves():
    version = make_published()
    counted(version, "55555")
    member = administrator()
    address = f"survey={version.survey.slug}&period=30"

    assert mark(member, address) == mark(member, address)
    assert mark(member, f"{address}&theme=dark") != mark(member, address)
    assert mark(member, address, "trend") != mark(member, address, "means")


def test_a_mark_moves_with_its_survey_only():
    version, other = make_published(), make_published()
    member = administrator()
    address = f"survey={version.survey.slug}"
    before = mark(member, address)

    counted(other, "55555")
    assert mark(member, address) == before

    counted(version, "55555")
    assert mark(member, address) != before


def test_a_mark_belongs_to_a_scope(monkeypatch):
    monkeypatch.setattr("reports.vocabulary.REMEMBERED", 0)
    make_published()
    place = make_location()
    member = make_member(Role.MANAGER, locations=[place])
    before = mark(member)

    member.locations.add(make_location())

    assert mark(member) != before
    assert mark(administrator()) == mark(administrator())
