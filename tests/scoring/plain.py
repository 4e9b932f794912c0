"""The cells counted one response at a time, in plain Python: what every other way of counting must equal."""

from collections import Counter, defaultdict

from metrics.dimensions import response_score
from metrics.ratings import turned
from scoring.models import DimensionCell, MeasureCell
from surveys.models import Response

SIGNS = "12345x-?"
PLACE = ("day", "location_id", "touchpoint_id", "mode", "version_id")


def plain_measure_cells(responses):
    """{(measure, day, location, touchpoint, mode, version): (n1, ..., n5, does not apply, blank, unreadable)}."""
    counters = defaultdict(Counter)
    for response in responses:
        for question, sign in rated(response):
            counters[question.measure_id, *place(response)][sign] += 1
    cells = {key: tuple(counter[sign] for sign in SIGNS) for key, counter in counters.items()}
    return {key: counts for key, counts in cells.items() if any(counts)}


def plain_dimension_cells(responses):
    """{(survey, dimension, day, location, ...): (responses, mean_sum, mean_squares, share_sum, share_squares)}."""
    sums = defaultdict(lambda: (0, 0, 0, 0, 0))
    for response in responses:
        given = defaultdict(list)
        for question, sign in rated(response):
            if sign in "12345":
                given[question.measure.dimension].append((int(sign), question.weight))
        for dimension, pairs in given.items():
            score = response_score(*zip(*pairs, strict=True))
            key = response.version.survey_id, dimension, *place(response)
            added = (1, score.mean, score.mean_square, score.share, score.share_square)
            sums[key] = tuple(a + b for a, b in zip(sums[key], added, strict=True))
    return dict(sums)


def rated(response):
    """(question, sign) of every rating question, reversed items turned."""
    questions = response.version.questions.select_related("measure").order_by("position")
    for question, sign in zip(questions, response.ratings, strict=False):
        if question.measure.kind != "rating":
            continue
        is_turned = question.measure.is_reversed and sign in "12345"
        yield question, str(turned(int(sign))) if is_turned else sign


def place(response):
    return (
        response.received_on,
        response.location_id,
        response.touchpoint_id,
        response.mode,
        response.version_id,
    )


def stored_measure_cells():
    return _stored(
        MeasureCell,
        ("measure_id", *PLACE),
        ("n1", "n2", "n3", "n4", "n5", "not_applicable", "blank", "unreadable"),
    )


def stored_dimension_cells():
    return _stored(
        DimensionCell,
        ("survey_id", "dimension", *PLACE),
        ("responses", "mean_sum", "mean_squares", "share_sum", "share_squares"),
    )


def _stored(model, key, counts):
    return {
        tuple(row[: len(key)]): tuple(row[len(key) :]) for row in model.objects.values_list(*key, *counts)
    }


def counting_responses():
    return list(Response.objects.filter(is_scored=True).select_related("version"))


def assert_cells_are_right():
    responses = counting_responses()

    assert stored_measure_cells() == plain_measure_cells(responses)
    assert stored_dimension_cells() == plain_dimension_cells(responses)
