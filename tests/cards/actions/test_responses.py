import pytest

from surveys.models import Response
from tests.factories import make_batch, make_card, make_published, make_survey
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("is_anonymous", "received_at"), [(True, None), (False, NOW)])
def test_a_card_of_an_anonymous_survey_keeps_the_day_only(is_anonymous, received_at):
    version = make_published(make_survey(is_anonymous=is_anonymous))

    card = make_card(make_batch(version.survey))

    assert Response.objects.get(pk=card.pk).received_at == received_at
