import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from organisation.models import Location, Touchpoint
from surveys.actions.responses import (
    AnsweredOtherwise,
    Submission,
    spend_keys,
    store_response,
    store_responses,
)
from surveys.answering.answers import Answers
from surveys.enums import Flag, Mode
from surveys.models import Response, SpentKey
from tests.factories import make_published, make_response
from tests.surveys.importing.runs import make_run


def submission(version, **given):
    defaults = {
        "id": uuid.uuid4(),
        "version_id": version.pk,
        "location_id": Location.objects.get(is_default=True).pk,
        "touchpoint_id": Touchpoint.objects.get(is_default=True).pk,
        "mode": Mode.LINK,
        "received_on": date(2026, 3, 2),
        "received_at": None,
    }
    return Submission(**{**defaults, **given})


ANSWERS = Answers(ratings="5432x", answers={"more": "Thank you, děkuji"})


@pytest.mark.django_db
def test_store_response_writes_what_was_read():
    sent = submission(make_published(), flags=Flag.TOO_FAST)

    is_new = store_response(submission=sent, answers=ANSWERS)

    stored = Response.objects.get()
    assert is_new
    assert (stored.pk, stored.ratings, stored.answers, stored.received_on, stored.flags) == (
        sent.id,
        "5432x",
        {"more": "Thank you, děkuji"},
        date(2026, 3, 2),
        Flag.TOO_FAST,
    )
    assert (stored.is_scored, stored.is_held) == (False, False)


@pytest.mark.django_db
def test_store_response_stores_a_submission_once():
    sent = submission(make_published())

    assert [store_response(submission=sent, answers=ANSWERS) for _ in range(3)] == [True, False, False]
    assert Response.objects.count() == 1


@pytest.mark.django_db
def test_store_response_says_that_there_are_other_answers():
    sent = submission(make_published())
    store_response(submission=sent, answers=ANSWERS)

    with pytest.raises(AnsweredOtherwise):
        store_response(submission=sent, answers=Answers(ratings="11111"))

    assert Response.objects.get().ratings == "5432x"


@pytest.mark.django_db
def test_store_response_hides_no_other_mistake():
    sent = submission(make_published())

    with pytest.raises(IntegrityError), transaction.atomic():
        store_response(submission=sent, answers=Answers(ratings="6"))

    assert Response.objects.count() == 0


@pytest.mark.django_db
def test_what_was_deleted_does_not_come_back_under_its_key():
    sent = submission(make_published())
    store_response(submission=sent, answers=ANSWERS)
    spend_keys(Response.objects.all())
    Response.objects.all().delete()

    again = store_response(submission=sent, answers=ANSWERS)
    others = store_response(submission=sent, answers=Answers(ratings="11111", answers={}))

    assert (again, others, Response.objects.count()) == (False, False, 0)


@pytest.mark.django_db
def test_keys_of_cards_are_not_spent():
    make_response(make_published(), mode=Mode.PAPER)
    brought = make_response(make_published(), mode=Mode.PAPER, import_run=make_run())

    spend_keys(Response.objects.all())

    assert list(SpentKey.objects.values_list("key", "words_only")) == [(brought.pk, False)]


@pytest.mark.django_db
def test_what_is_deleted_after_its_words_were_erased_does_not_come_back_either():
    make_response(make_published())

    for words_only in (True, False, True):
        spend_keys(Response.objects.all(), words_only=words_only)

    assert [key.words_only for key in SpentKey.objects.all()] == [False]


@pytest.mark.django_db
def test_store_responses_leaves_out_what_was_deleted_and_the_words_that_were_erased():
    run = make_run()
    sent = [submission(run.survey.live_version) for _ in range(3)]
    SpentKey.objects.create(key=sent[0].id)
    SpentKey.objects.create(key=sent[1].id, words_only=True)
    said = Answers(ratings="54...", answers={"note": "Slow", "where": "a"})

    stored = store_responses(responses=[(one, said) for one in sent], run=run)

    found = dict(Response.objects.values_list("pk", "answers"))
    assert (stored, found) == (2, {sent[1].id: {"where": "a"}, sent[2].id: said.answers})
