import pytest

from reviews.actions.moves import FEW, add_up_moves
from reviews.models import CommentMove
from reviews.tasks import hear_pending
from tests.factories import make_published

pytestmark = pytest.mark.django_db


def test_each_survey_keeps_its_own_sum():
    few, many = (make_published().survey_id for _each in range(2))
    CommentMove.objects.bulk_create([CommentMove(survey_id=many, number=3) for _each in range(FEW)])
    CommentMove.objects.create(survey_id=few, number=2)

    went = add_up_moves()

    assert went == FEW + 1
    assert dict(CommentMove.objects.values_list("survey", "number")) == {many: 3 * FEW, few: 2}


def test_the_worker_adds_up():
    survey = make_published().survey_id
    CommentMove.objects.bulk_create([CommentMove(survey_id=survey) for _each in range(FEW + 1)])

    hear_pending()

    assert CommentMove.objects.get().number == FEW + 1
