"""The verdicts about questions, before real reports; `test_attacker` reads what comes of them."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from organisation.enums import Stage
from reports import crossings
from reports.crossings import Apart, Line
from reports.dominance import what_to_tell
from reports.near_questions import Lines, questions_to_tell
from reports.nearness import find_near, near_told_by
from reports.questions import Asked
from reports.results import Withheld
from reports.tallies import tally_measures
from scoring.actions import make_due_blocks
from scoring.models import Block
from surveys.enums import Dimension, Mode
from tests.factories import make_location, make_published, make_region, make_touchpoint
from tests.reports.answers import administrator, answer_all, count, of, report
from tests.reports.test_dominance import reader
from tests.reports.test_nearness import FIRST, MINIMUM, PERIOD, PLACES, STAGES, WAYS

pytestmark = pytest.mark.django_db
QUESTIONS = (("wait", Dimension.SPEED), ("pace", Dimension.SPEED))
LATER = datetime(2026, 9, 1, tzinfo=UTC)
DAYS = PERIOD.replace("overall", "speed")


def make_world(rows):
    """`rows`: location (a and b are of one region), touchpoint (x and y of one stage), mode, version and ratings."""
    coast, first = make_region(code="coast"), make_published(questions=QUESTIONS)
    places = {one: make_location(code=one, region=coast if one in "ab" else None) for one in "abc"}
    stages = {"x": Stage.DECISION, "y": Stage.DECISION, "z": Stage.AWARENESS}
    touchpoints = {one: make_touchpoint(code=one, stage=stage) for one, stage in stages.items()}
    versions = [first, make_published(first.survey, questions=QUESTIONS)]
    for number, version in enumerate(versions, start=1):
        answer_all(
            version,
            [
                {
                    "ratings": ratings,
                    "location": places[place],
                    "touchpoint": touchpoints[at],
                    "mode": mode,
                    "on": FIRST + timedelta(days=day % 4),
                }
                for day, (place, at, mode, of_version, ratings) in enumerate(rows)
                if of_version == number
            ],
        )
    count()


def some_rows(seed):
    chance = random.Random(seed)
    blank = chance.choice((0.1, 0.4, 0.7))
    density = chance.choice(([0, 0, 1, 3], [0, 2, 6, 9], [0, 0, 0, 8, 30]))
    return [
        (*place, chance.choice((1, 2)), "4" + ("-" if chance.random() < blank else "5"))
        for place in product("abc", "xyz", (Mode.LINK, Mode.KIOSK))
        for _response in range(chance.choice(density))
    ]


def questions_of(one):
    """How many rated each question, in each version and in all; and which of them a choice leaves a few of that contains
    this one by its names.
    """
    tallies = tally_measures(one.measure_rows())
    by_names = set()
    for measure, versions in tallies.items():
        total = Asked(dict.fromkeys(versions), versions).total
        lines = {None: total, **versions}
        by_names |= {
            Line("speed", measure, version)
            for version, tally in lines.items()
            if any(0 < n < MINIMUM for n in (tally.outside, *tally.besides.values()))
        }
    rated = {
        Line("speed", measure, version): tally.ratings.n
        for measure, versions in tallies.items()
        for version, tally in versions.items()
    }
    return rated, by_names


def shown(near, rated):
    """What matters of it: of questions that enough have rated."""
    sizes = Counter(rated)
    for line, n in rated.items():
        sizes[line._replace(version=None)] += n
    return {line for line in near["speed"].questions if sizes[line] >= MINIMUM}


def verdicts(seed, *, make=True, reports=None):
    """For each report by any filters, or so many of them: the questions that are near, what it comes to with everything told
    apart, and what is known by names.
    """
    if make:
        make_world(some_rows(seed))
    member, every = administrator(), list(product(PLACES, STAGES, WAYS))
    for filters in random.Random(seed).sample(every, reports or len(every)):
        one = reader("&".join((DAYS, *filters)), member)
        places = one.place_rows()
        if one.choice.is_everything or not places:
            continue
        (rated, by_names), versions = questions_of(one), {row.version for row in places}
        telling = replace(what_to_tell(one, places, versions), questions=Apart())
        found = find_near(one, places, versions, rated)
        full = near_told_by(telling, one, versions, rated)
        yield filters, shown(found, rated), shown(full, rated), by_names


@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_verdicts_are_those_of_everything_told_apart(seed):
    found = list(verdicts(seed))

    assert [one for one in found if not one[2] - one[3] <= one[1] <= one[2]] == []
    assert any(near - by_names for _filters, near, _full, by_names in found)


def test_a_sample_spares_nothing_that_is_near(monkeypatch):
    exact = {filters: near for filters, near, *_others in verdicts(0, reports=30)}
    monkeypatch.setattr(crossings, "MOST_RATED", 0)
    sampled = {filters: near for filters, near, *_others in verdicts(0, make=False, reports=30)}

    assert all(near <= sampled[filters] for filters, near in exact.items())
    assert exact != sampled


def test_sums_of_blocks_say_what_cells_say():
    make_world(some_rows(0))
    from_cells = list(verdicts(0, make=False, reports=30))

    make_due_blocks(clock=lambda: LATER)

    assert list(verdicts(0, make=False, reports=30)) == from_cells
    assert not Block.objects.due().exists()


def apart_for(query):
    one = reader(f"{DAYS}&{query}", administrator())
    return questions_to_tell(one, one.place_rows(), Lines(questions_of(one)[0]))


def rows_of(**sizes):
    """So many responses at each place, touchpoint and mode (k for a kiosk), and with a blank of them with an underscore."""
    modes = {"k": Mode.KIOSK, "l": Mode.LINK}
    return [
        (key[0], key[1], modes[key[2]], 1, "4-" if key.endswith("_") else "45")
        for key, n in sizes.items()
        for _response in range(n)
    ]


def test_nothing_is_told_apart_where_no_part_has_nearly_all():
    make_world(rows_of(axk=30, bxk=30, cxl=30, ayk=30, byl=30, cyl=30, czk=30))

    assert [apart_for(query) for query in ("mode=kiosk", "touchpoint=x", "region=coast")] == [None] * 3


def test_what_has_as_many_of_the_dimension_as_there_are_ratings_is_told_apart():
    """All who rated the pace by kiosk may be at touchpoint y, where others left it blank."""
    make_world(rows_of(axk=12, axk_=18, byk_=26, cyl=30, czl=30))

    apart = apart_for("mode=kiosk")

    assert (apart.touchpoints, apart.modes) == (True, True)
    assert apart_for("location=a") is None


def pace(query):
    return next(one for one in of(report(f"{DAYS}&{query}"), "speed").questions if one.key == "pace")


def test_a_question_gives_way_to_the_same_one_where_the_same_people_rated_it_and_a_few_more():
    """At touchpoint x 20 rated the pace, all at location a, where 3 more did at z; of the dimension they are far apart."""
    make_world(rows_of(axk=20, azk=3, bxk_=15, ayk_=15, bzl=30, czl=30))

    assert pace("location=a").score.n == 23
    assert isinstance(pace("touchpoint=x").score, Withheld)


def test_so_does_one_of_its_versions():
    first = rows_of(axk=20, azk=3, bxk_=15, ayk_=15, bzl=30, czl=30)
    make_world([*first, *((*row[:3], 2, "45") for row in rows_of(axk=9, ayk=9, bxk=9, bzl=9, czl=9))])

    there, here = pace("location=a"), pace("touchpoint=x")

    assert [line.score.n for line in there.lines] == [18, 23]
    assert here.score.n == 38
    assert {type(line.score) for line in here.lines} == {Withheld}
