"""Everything here is asked as it is by browsers: a page, then the pictures on it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from organisation.enums import Role
from reports import ahead, reading
from reports.ahead import CALM, EVERY, draw_ahead
from reports.breakdown import making
from reports.charts import CHARTS
from reports.enums import ResultState
from reports.why import pairs
from reports.why import reading as why_reading
from reviews.models import CommentMove
from scoring.models import DataVersion
from surveys.models import Response
from tests.factories import make_location, make_member, make_published
from tests.reports.answers import administrator, answer, counted

pytestmark = pytest.mark.django_db

# By day and by night, for wide and narrow pages, and some for very wide ones.
PICTURES = sum(4 + 2 * bool(chart.very_wide) for chart in CHARTS.values())
PICTURE = re.compile(r'(?:src|srcset)="(/reports/[^"]*)"')
NEXT = re.compile(r'href="(/reports/(?:breakdown|why)/[^"]*)">\s*(?:Where\?|Why\?)<')
# Where and why, which have tables and no pictures.
PAGES = 2
ONCE = {"breakdowns": 1, "pairs": 1, "words": 1}


@pytest.fixture
def version():
    version = make_published()
    counted(version, *["55443"] * 6, on=timezone.localdate(), location=make_location(name="Harbour"))
    come_to_rest()
    return version


@pytest.fixture
def made(monkeypatch):
    """How many reports and pictures were made, and how often what is asked next was read for, by whomever."""
    found = {"reports": 0, "pictures": 0, **dict.fromkeys(ONCE, 0)}

    def counting(what, make):
        def counted_make(*args, **named):
            found[what] += 1
            return make(*args, **named)

        return counted_make

    monkeypatch.setattr(reading, "make_report", counting("reports", reading.make_report))
    drawn = counting("pictures", ahead.render_chart)
    monkeypatch.setattr(ahead, "render_chart", drawn)
    for views in ("reports", "reports.breakdown", "reports.why"):
        monkeypatch.setattr(f"{views}.views.render_chart", drawn)
    for what, module, name in (
        ("breakdowns", making, "make_breakdown"),
        ("pairs", pairs, "read_pairs"),
        ("words", why_reading, "telling_words"),
    ):
        monkeypatch.setattr(module, name, counting(what, getattr(module, name)))
    return found


def signed_in(member, language="en"):
    client = Client(headers={"accept-language": language})
    client.force_login(member)
    return client


def pictures_of(client):
    page = client.get("/reports/").content.decode()
    return [unescape(url) for url in PICTURE.findall(page)]


def asked_next(client):
    """Where its buttons lead from the report."""
    return [unescape(url) for url in NEXT.findall(client.get("/reports/").content.decode())]


def draw():
    """As the worker does it, with time enough."""
    now = timezone.now()
    return draw_ahead(clock=lambda: now, until=now + timedelta(hours=1))


def come_to_rest(by=CALM):
    DataVersion.objects.update(moved_at=timezone.now() - by)


def test_after_it_a_visitor_waits_for_no_drawing(version, made):
    member = administrator()
    pictures_of(signed_in(member))
    counted(version, "55443", on=timezone.localdate())
    come_to_rest()
    draw()
    ahead_of_them = dict(made)

    visitor = signed_in(make_member(Role.ADMINISTRATOR))
    answers = [visitor.get(url) for url in pictures_of(visitor)]

    assert len(answers) == PICTURES
    assert {one["Content-Type"] for one in answers} == {"image/svg+xml"}
    assert made == ahead_of_them == {"reports": 2, "pictures": PICTURES, **ONCE}


def test_who_asks_where_and_why_waits_for_nothing_either(version, made):
    visitor = signed_in(make_member(Role.ADMINISTRATOR))
    pictures_of(signed_in(administrator()))
    draw()
    ahead_of_them = dict(made)

    pages = [visitor.get(url) for url in asked_next(visitor)]
    for page in pages:
        for url in PICTURE.findall(page.content.decode()):
            visitor.get(unescape(url))

    assert [page.context["report"].state for page in pages] == [ResultState.COMPUTED] * PAGES
    assert made == ahead_of_them == {"reports": 1, "pictures": PICTURES, **ONCE}


def test_it_is_drawn_in_the_languages_that_are_read_in(version, made):
    member = administrator()
    for language in ("da", "en"):
        pictures_of(signed_in(member, language))

    assert draw() == 2 * PICTURES + PAGES + 1
    assert made == {"reports": 1, "pictures": 2 * PICTURES, **ONCE, "breakdowns": 2}


def test_each_manager_finds_the_places_they_hold(version, made):
    for name in ("Station", "Mill"):
        place = make_location(name=name)
        counted(version, *["11111"] * 5, on=timezone.localdate(), location=place)
        come_to_rest()
        pictures_of(signed_in(make_member(Role.MANAGER, locations=[place])))
    visitor = signed_in(make_member(Role.MANAGER, locations=[place]))
    draw()
    ahead_of_them = dict(made)

    for url in [*pictures_of(visitor), *asked_next(visitor)]:
        visitor.get(url)

    assert made == ahead_of_them


def test_nobody_reads_so_nothing_is_drawn(version, made):
    assert draw() == 0


def test_who_may_no_longer_read_has_nothing_drawn(version):
    member = administrator()
    pictures_of(signed_in(member))
    member.role = Role.CLERK
    member.save()

    assert draw() == 0


def test_it_gives_way_to_responses_that_wait(version, made):
    pictures_of(signed_in(administrator()))
    answer(version, "55443")
    assert draw() == 0

    Response.objects.unscored().delete()
    assert draw() > 0


def test_it_stops_in_time_and_goes_on_where_it_was(version):
    pictures_of(signed_in(administrator()))
    now = timezone.now()

    bites = [draw_ahead(clock=lambda: now, until=now) for _ in range(PICTURES + PAGES)]

    assert (bites, draw_ahead(clock=lambda: now, until=now)) == ([1] * (PICTURES + PAGES), 0)


def test_what_was_drawn_is_not_looked_at_again(version, django_assert_num_queries):
    pictures_of(signed_in(administrator()))
    now = timezone.now()
    draw_ahead(clock=lambda: now, until=now + timedelta(hours=1))

    with django_assert_num_queries(3):  # whether responses wait, and where the numbers and the comments stand
        assert draw_ahead(clock=lambda: now, until=now + timedelta(hours=1)) == 0


def test_numbers_that_move_are_drawn_when_they_rest_and_not_too_often(version):
    pictures_of(signed_in(administrator()))
    began = timezone.now().replace(minute=1)  # an hour that begins is another reason to look
    DataVersion.objects.update(moved_at=began)

    def drawn(after):
        return draw_ahead(clock=lambda: began + after, until=began + timedelta(hours=1)) > 0

    assert [drawn(CALM - timedelta(seconds=1)), drawn(CALM)] == [False, True]
    DataVersion.objects.update(number=99)
    assert [drawn(EVERY), drawn(EVERY + CALM)] == [False, True]


def test_a_survey_that_rests_for_months_is_left_alone(version):
    pictures_of(signed_in(administrator()))
    come_to_rest(by=ahead.IN_USE)

    assert draw() == 0


def test_a_report_without_scores_has_no_pictures(made):
    version = make_published()
    counted(version, "55443", on=timezone.localdate())
    come_to_rest()
    pictures_of(signed_in(administrator()))

    draw()

    assert (made["reports"], made["pictures"]) == (1, 0)


def test_words_are_told_again_when_comments_have_moved(version, made):
    pictures_of(signed_in(administrator()))
    began = timezone.now().replace(minute=1)  # an hour that begins is another reason to look
    DataVersion.objects.update(moved_at=began - CALM)

    def draw_at(after):
        return draw_ahead(clock=lambda: began + after, until=began + timedelta(hours=1))

    draw_at(timedelta())
    still = draw_at(EVERY)
    CommentMove.objects.create(survey=version.survey)

    assert (still, draw_at(EVERY), made["words"]) == (0, 1, 2)


def test_too_few_of_overall_hold_nothing_up(made):
    """What moves with it is not told, so nothing of it is kept: it is not looked for again either."""
    version = make_published()
    counted(version, *["5544x"] * 6, on=timezone.localdate())
    come_to_rest()
    pictures_of(signed_in(administrator()))

    now = timezone.now()

    bites = [draw_ahead(clock=lambda: now, until=now) for _ in range(PICTURES + PAGES + 1)]

    assert (bites[0], bites[-1], made["pairs"]) == (1, 0, 0)
