import pytest
from django.utils import timezone

from feedback_site.demo.sending import READERS, make_sent_reports
from organisation.enums import Role
from reports.delivering import deliver_due
from reports.models import Alert, Schedule, SentReport, ShareLink
from tests.factories import make_location, make_member, make_published, make_survey


@pytest.mark.django_db
def test_demo_shows_a_schedule_and_what_it_sent_and_sends_nothing():
    make_published(make_survey(slug="service"))
    for email, role in zip(READERS, (Role.ADMINISTRATOR, Role.MANAGER), strict=True):
        make_member(role, email=email, locations=[make_location()])
    now = timezone.now()

    make_sent_reports(origin="http://127.0.0.1:8001", now=now)

    assert Schedule.objects.get().recipients.count() == 2
    kinds = set(Alert.objects.values_list("kind", flat=True))
    assert (kinds, ShareLink.objects.count()) == ({"mean_below", "outlier", "low_score"}, 1)
    assert SentReport.objects.made().count() == 2
    origins = {one.origin for model in (Schedule, Alert, SentReport) for one in model.objects.all()}
    assert origins == {"http://127.0.0.1:8001"}
    assert deliver_due(clock=timezone.now, until=now) == 0
