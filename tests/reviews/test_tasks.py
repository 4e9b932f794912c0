from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.models import MentionFile, Review
from reviews.tasks import drop_files, hear_pending
from tests.factories import make_member, make_response, with_comment


@pytest.mark.django_db
def test_the_task_reads_what_waits():
    make_response(with_comment(), "12345.", answers={"comment": "Too slow"})

    hear_pending()

    assert Review.objects.count() == 1


@pytest.mark.django_db
def test_sweep_removes_files_that_nobody_brought_in():
    sent_at = timezone.now() - timedelta(days=8)
    MentionFile.objects.create(file_name="old.csv", sent_at=sent_at, sent_by=make_member())

    drop_files()

    assert (MentionFile.objects.count(), drop_files.name) == (0, "reviews.drop_left_files")
