"""The attacker of `test_neighbours` before real reports: every number of responses that they tell, by every filter."""

import random
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from organisation.enums import Stage
from reports.results import Computed
from surveys.enums import Dimension, Mode
from tests.factories import make_location, make_published, make_region, make_touchpoint
from tests.reports.answers import administrator, answer_all, count, of, report

pytestmark = pytest.mark.django_db
MINIMUM = 5
FIRST = date(2026, 3, 2)
WEEKS = range(2)
LOCATIONS, TOUCHPOINTS, MODES = ("a", "b", "c"), ("x", "y", "z"), (Mode.LINK, Mode.KIOSK)
PLACES = {"": LOCATIONS, "region=coast": ("a", "b"), **{f"location={one}": (one,) for one in LOCATIONS}}
STAGES = {
    "": TOUCHPOINTS,
    "stage=decision": ("x", "y"),
    **{f"touchpoint={one}": (one,) for one in TOUCHPOINTS},
}
WAYS = {"": MODES, **{f"mode={one}": (one,) for one in MODES}}
PERIOD = "from=2026-03-02&to=2026-03-15&by=week&dimension=overall"


def make_world(seed, is_answered=lambda _place, _touchpoint, _mode: True):
    """Responses by location, touchpoint, mode and week; none where it is not answered."""
    chance = random.Random(seed)
    density = chance.choice(([0, 0, 1, 2, 3], [0, 2, 4, 6, 9], [0, 1, 5, 20], [0, 0, 0, 0, 8, 30]))
    world = {
        key: chance.choice(density) * is_answered(*key[:3])
        for key in product(LOCATIONS, TOUCHPOINTS, MODES, WEEKS)
    }
    coast = make_region(code="coast")
    places = {one: make_location(code=one, region=None if one == "c" else coast) for one in LOCATIONS}
    stages = (Stage.DECISION, Stage.DECISION, Stage.AWARENESS)
    touchpoints = {
        one: make_touchpoint(code=one, stage=stage) for one, stage in zip(TOUCHPOINTS, stages, strict=True)
    }
    rows = [
        {
            "ratings": "4",
            "location": places[place],
            "touchpoint": touchpoints[touchpoint],
            "mode": mode,
            "on": FIRST + timedelta(days=7 * week),
        }
        for (place, touchpoint, mode, week), n in world.items()
        for _ in range(n)
    ]
    answer_all(make_published(questions=(("whole", Dimension.OVERALL),)), rows)
    count()
    return world


def told(found, places, touchpoints, modes):
    """Which weeks, and which places of them, each number of a report is about, and whether it is a rest of others."""
    overall = of(found, "overall")
    if not isinstance(overall.score, Computed):
        return
    inside = set(product(places, touchpoints, modes))
    ranked = {place.code for place in overall.locations if isinstance(place.score, Computed)}
    weeks = {(one.period.start - FIRST).days // 7 for one in overall.trend if isinstance(one.score, Computed)}
    yield tuple(WEEKS), inside, False
    for place in ranked:
        yield tuple(WEEKS), {key for key in inside if key[0] == place}, False
    yield tuple(WEEKS), {key for key in inside if key[0] not in ranked}, True
    for week in weeks:
        yield (week,), inside, False
    yield tuple(week for week in WEEKS if week not in weeks), inside, True


@pytest.mark.parametrize("seed", range(10))
def test_no_two_numbers_of_the_same_days_give_a_small_group(seed):
    world, member = make_world(seed), administrator()
    known = {
        (weeks, frozenset(inside), is_rest)
        for (place, places), (stage, touchpoints), (way, modes) in product(
            PLACES.items(), STAGES.items(), WAYS.items()
        )
        for weeks, inside, is_rest in told(
            report(f"{PERIOD}&{place}&{stage}&{way}", member), places, touchpoints, modes
        )
    }

    assert known
    for weeks in {weeks for weeks, *_others in known}:
        n = {key: sum(world[*key, week] for week in weeks) for key in product(LOCATIONS, TOUCHPOINTS, MODES)}
        rests = [inside for those, inside, is_rest in known if those == weeks and is_rest]
        assert [inside for inside in rests if 0 < sum(n[key] for key in inside) < MINIMUM] == []
        assert (
            small_groups([inside for those, inside, is_rest in known if those == weeks and not is_rest], n)
            == []
        )


def small_groups(sets, n):
    """Of sets known by their sums: those below the minimum, and what a pair of them leaves."""
    keys = [key for key, many in n.items() if many]
    sizes = np.array([n[key] for key in keys], float)
    has = np.array([[key in inside for key in keys] for inside in sets], float).reshape(len(sets), len(keys))
    total, both = has @ sizes, (has * sizes) @ has.T
    more = total[None, :] - total[:, None]
    pairs = np.argwhere((both == total[:, None]) & (more > 0) & (more < MINIMUM)).tolist()
    return [sets[at] for at in np.flatnonzero((total > 0) & (total < MINIMUM))] + [
        (sorted(sets[one]), sorted(sets[other])) for one, other in pairs
    ]
