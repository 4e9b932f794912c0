import pytest
from django.utils import timezone

from feedback_site.demo.invitations import make_mailings
from surveys.actions.sending import send_due
from surveys.models import Mailing
from surveys.queries.mailings import figures_of
from tests.factories import make_member, make_published, make_survey


@pytest.mark.django_db
def test_demo_shows_a_mailing_that_is_through_and_sends_nothing():
    make_published(make_survey(slug="service"))
    now = timezone.now()

    make_mailings(by=make_member("editor"), now=now)

    through, waiting = Mailing.objects.order_by("pk")
    figures = figures_of(through, now=now)
    assert (figures.invited, figures.sent, figures.bounced, figures.skipped) == (200, 192, 6, 8)
    assert 0 < figures.finished < figures.started < figures.sent
    assert waiting.state == "draft"
    assert send_due(clock=timezone.now, until=now) == 0
