"""Six thousand real answers, imported by command with the map of docs/importing.md: what the product then shows is
what pandas computes from the file, to the last digit. No line of the product's statistics is called here.
"""

import re
from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.management import call_command
from django.utils import timezone

from scoring.actions import check_cells, score_all_pending
from surveys.models import Response
from tests.factories import make_member, make_published, make_survey
from tests.house import ours

FILE = ours.ROOT.parent / "shared" / "data" / "airline.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason="The file of real answers is not beside the repository."),
]
MILLION = 1_000_000
CLASSES = {"Business": "business", "Eco": "eco", "Eco Plus": "eco-plus"}
PLACES = {"all": "", **CLASSES}
QUESTIONS = {
    "convenience": {
        "wifi": "Inflight_wifi_service",
        "times": "Departure_Arrival_time_convenient",
        "booking": "Ease_of_Online_booking",
        "gate": "Gate_location",
    },
    "speed": {
        "boarding": "Online_boarding",
        "baggage": "Baggage_handling",
        "checkin": "Checkin_service",
    },
    "quality": {
        "food": "Food_and_drink",
        "seat": "Seat_comfort",
        "entertainment": "Inflight_entertainment",
        "leg_room": "Leg_room_service",
        "cleanliness": "Cleanliness",
    },
    "knowledge": {"crew": "On_board_service", "inflight_service": "Inflight_service"},
}


@pytest.fixture(scope="module")
def frame():
    import pandas as pd

    return pd.read_csv(FILE)


@pytest.fixture
def shown(client, settings, tmp_path):
    """What /reports/scores.json says after the import, under any filters."""
    settings.REQUIRE_SECOND_FACTOR = False
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }
    questions = [(key, dimension) for dimension, columns in QUESTIONS.items() for key in columns]
    make_published(make_survey(slug="flights"), questions=questions)
    example = re.findall(r"```toml\n(.*?)```", (ours.ROOT / "docs" / "importing.md").read_text(), re.DOTALL)[
        -1
    ]
    (tmp_path / "map.toml").write_text(example)
    call_command("import_responses", str(FILE), "--survey=flights", f"--map={tmp_path / 'map.toml'}")
    now = timezone.now()
    score_all_pending(clock=timezone.now, until=now + timedelta(minutes=1))
    client.force_login(make_member("administrator"))

    def shown(**filters):
        asked = {"survey": "flights", "from": "2025-06-30", "to": "2025-06-30", **filters}
        answer = client.get("/reports/scores.json", asked)
        assert (answer.status_code, answer.json()["state"]) == (200, "computed")
        return answer.json()

    return shown


def millionths(part, whole):
    """Half up, as the product keeps what each response adds: so sums are whole numbers and any recount is equal."""
    return (part * MILLION + whole // 2) // whole


def expected(rows, columns):
    """n, both sums and both means of a dimension: over the responses that rated it, of each one's own mean and share."""
    ratings = rows[list(columns)]
    given = (ratings > 0).sum(axis=1)
    rated = given > 0
    given, total = given[rated], ratings.sum(axis=1)[rated]
    satisfied = (ratings >= 4).sum(axis=1)[rated]
    n, means, shares = len(given), millionths(total, given), millionths(satisfied, given)
    exact = sum(Fraction(int(t), int(g)) for t, g in zip(total, given, strict=True)) / n
    return {
        "n": n,
        "mean_sum": int(means.sum()),
        "share_sum": int(shares.sum()),
        "mean": round(int(means.sum()) / (MILLION * n), 6),
        "share_satisfied": round(int(shares.sum()) / (MILLION * n), 6),
        # Rounding each response to a millionth moves the mean by less than half of one.
        "is_exact": abs(exact - Fraction(int(means.sum()), MILLION * n)) <= Fraction(1, 2 * MILLION),
    }


def t_interval(rows, columns):
    from scipy import stats

    ratings = rows[list(columns)]
    means = ratings.where(ratings > 0).mean(axis=1).dropna()
    return stats.t.interval(0.95, len(means) - 1, means.mean(), stats.sem(means))


def score(result):
    return {
        "n": result["n"],
        "mean_sum": result["sums"]["mean_sum"],
        "share_sum": result["sums"]["share_sum"],
        "mean": result["mean"],
        "share_satisfied": result["share_satisfied"],
        "is_exact": True,
    }


def distribution(rows, column):
    """How often each rating was given, how often it did not apply, and the mean of the ratings given."""
    counts = rows[column].value_counts()
    given = rows[column][rows[column] > 0]
    return (
        {str(rating): int(counts.get(rating, 0)) for rating in range(1, 6)},
        int(counts.get(0, 0)),
        round(int(given.sum()) / len(given), 6),
    )


def questions_of(result):
    return {
        question["measure"]: (question["ratings"], question["does_not_apply"], question["mean"])
        for dimension in result["dimensions"]
        for question in dimension["questions"]
    }


def computed(results):
    """Without what has no response: the dimension overall, which the survey does not ask, and the default location."""
    return [one for one in results if one["state"] == "computed"]


def test_dimensions_are_what_pandas_computes(shown, frame):
    dimensions = computed(shown()["dimensions"])

    overall = {one["dimension"]: score(one) for one in dimensions}
    places = {
        (one["dimension"], place["location"]): score(place)
        for one in dimensions
        for place in computed(one["locations"])
    }
    assert overall == {name: expected(frame, columns.values()) for name, columns in QUESTIONS.items()}
    assert places == {
        (name, code): expected(frame[frame["Class"] == written], columns.values())
        for name, columns in QUESTIONS.items()
        for written, code in CLASSES.items()
    }
    assert [one["mean_interval"] for one in dimensions] == [
        pytest.approx(t_interval(frame, QUESTIONS[one["dimension"]].values()), abs=1e-6) for one in dimensions
    ]


def test_questions_are_what_pandas_computes(shown, frame):
    found = {
        name: questions_of(shown(**({"location": code} if code else {}))) for name, code in PLACES.items()
    }

    assert found == {
        name: {
            key: distribution(frame if name == "all" else frame[frame["Class"] == name], column)
            for columns in QUESTIONS.values()
            for key, column in columns.items()
        }
        for name in PLACES
    }
    assert Response.objects.count() == len(frame)
    assert check_cells(now=timezone.now()).differed == 0
