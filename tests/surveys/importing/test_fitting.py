import pytest

from surveys.importing.entries import BadMapError
from tests.surveys.importing.files import make_mixed_survey, make_reader

pytestmark = pytest.mark.django_db


def reasons_of(**said):
    with pytest.raises(BadMapError) as refusal:
        make_reader(make_mixed_survey(), **said)
    return refusal.value.reasons


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (
            {"questions": {"speed": "Sped"}, "headers": ["Speed", "Note"]},
            ["The file has no column “Sped”. Its columns are “Speed”, “Note”."],
        ),
        (
            {"questions": {"speed": "Speed"}, "headers": ["Speed", "Speed", "Note", "Note"]},
            ["More than one column has the header “Speed”."],
        ),
        (
            {"questions": {"sped": "Speed"}},
            [
                "The survey has no question “sped”. Its questions are “speed”, “tidy”, “where”, “ways”, “note”."
            ],
        ),
        ({"location": {"code": "atlantis"}}, ["There is no place with the code “atlantis”."]),
        ({"touchpoint": {"code": "atlantis"}}, ["There is no place with the code “atlantis”."]),
        ({"date": {"on": "2026-03-03"}}, ["[date] on: This day is yet to come."]),
        ({"date": {"on": "1989-01-01"}}, ["[date] on: This day is before 1990."]),
        (
            {"question_values": {"tidy": {"0": "x"}, "where": {"q": "q"}, "note": {"?": "a"}}},
            [
                "[question_values.tidy] “x” is no answer that the question takes.",
                "[question_values.where] “q” is no answer that the question takes.",
                "[question_values.note] “a” is no answer that the question takes.",
            ],
        ),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_what_there_is(said, reasons):
    assert reasons_of(**said) == reasons
