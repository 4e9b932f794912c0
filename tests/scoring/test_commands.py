from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from scoring.models import MeasureCell
from tests.factories import make_published, make_response

pytestmark = pytest.mark.django_db


def said(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def version():
    version = make_published(questions=[("speed", "speed")])
    for ratings in ("5", "4"):
        make_response(version, ratings)
    return version


def test_score_pending_says_how_many(version):
    assert [said("score_pending"), said("score_pending")] == [
        ["2 responses were scored."],
        ["0 responses were scored."],
    ]


def test_recount_says_that_all_is_well(version):
    said("score_pending")

    assert said("recount", "--check") == ["2 responses, 2 cells, 0 differ."]


def test_recount_check_fails_and_prints_each_difference(version):
    said("score_pending")
    MeasureCell.objects.update(n5=3)
    out = StringIO()

    with pytest.raises(CommandError, match=r"^2 responses, 2 cells, 1 differ\.$") as caught:
        call_command("recount", "--check", stdout=out)

    assert caught.value.returncode == 1
    assert out.getvalue().count("MeasureCell measure_id=") == 1


def test_recount_mends(version):
    said("score_pending")
    MeasureCell.objects.update(n5=3)

    assert said("recount")[-1] == "2 responses, 2 cells, 1 differ and were mended."
    assert said("recount", "--check") == ["2 responses, 2 cells, 0 differ."]
