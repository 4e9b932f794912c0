from urllib.parse import parse_qs, urlsplit

import pytest

from organisation.enums import Role
from reports.why.comments import comment_links, comments_query
from surveys.enums import Mode
from tests.factories import make_location, make_member, make_region
from tests.reports.answers import administrator, asked
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = make_survey_with_comment(is_anonymous=False)
    place = make_location(code="here", region=make_region(code="coast"))
    make_location(code="there")
    hear(version, *["slow"] * 3, ratings="11111", location=place)
    hear(version, *["kind"] * 4, ratings="55555", mode=Mode.KIOSK)
    return version


def links(query, member=None):
    member = member or administrator()
    one = asked(query, member)
    return comment_links(one, one.filters, member)


@pytest.mark.parametrize("query", ["mode=kiosk", "stage=consideration", "location=here&location=there"])
def test_what_the_comment_box_cannot_say_has_no_link(version, query):
    one = asked(query)

    assert comments_query(one, one.filters) is None
    assert links(query) == []


def test_days_and_places_go_along(version):
    one = asked("region=coast&location=here&from=2026-03-01&to=2026-03-31")

    assert comments_query(one, one.filters) == {
        "survey": version.survey.slug,
        "region": "coast",
        "location": "here",
        "first": "2026-03-01",
        "last": "2026-03-31",
    }


def test_overall_is_listed_by_score(version):
    found = {link.label: link.n for link in links("dimension=overall&period=all")}

    assert found == {
        "All comments": 7,
        "1 Very poor": 3,
        "2 Poor": 0,
        "3 Fair": 0,
        "4 Good": 0,
        "5 Excellent": 4,
    }


def test_another_dimension_is_listed_where_it_is_rated_low(version):
    assert [(link.n, bool(link.url)) for link in links("dimension=speed&period=all")] == [
        (7, True),
        (3, True),
    ]


def test_without_any_comment_only_that_is_said(version):
    found = links("dimension=overall&location=there&period=all")

    assert [(link.n, link.url) for link in found] == [(0, "")]


@pytest.mark.parametrize(
    "query", ["dimension=overall&period=all", "dimension=speed&location=here&from=2026-03-01&to=2026-03-31"]
)
def test_the_comment_box_shows_as_many_as_the_link_says(client, version, query):
    client.force_login(administrator())

    for link in links(query):
        if link.url:
            page = client.get(link.url)
            assert page.context["count"] == link.n, link
            assert parse_qs(urlsplit(link.url).query)["survey"] == [version.survey.slug]


def test_comments_of_another_survey_are_not_behind_it(version):
    hear(make_survey_with_comment(is_anonymous=False), "elsewhere")

    assert links(f"survey={version.survey.slug}&period=all")[0].n == 7


def test_an_anonymous_place_below_the_minimum_shows_none():
    version = make_survey_with_comment(is_anonymous=True)
    hear(version, *["slow"] * 7, ratings="11111", location=make_location(code="few"))
    hear(version, *["slow"] * 8, ratings="11111", location=make_location(code="many"))

    assert [link.n for link in links("period=all&dimension=overall")] == [8, 8, 0, 0, 0, 0]
    assert [link.n for link in links("period=all&location=few")] == [0]


def test_a_manager_is_led_to_comments_of_their_own_places(version):
    mine = make_location(code="mine")
    hear(version, "mine", location=mine)

    assert links("period=all", make_member(Role.MANAGER, locations=[mine]))[0].n == 1
