import pytest

from organisation.models import Location
from reviews.actions.hearing import hear_all_pending, hear_pending
from reviews.actions.moderation import redact_review
from reviews.enums import RedactionKind, ReviewKind, ReviewState
from reviews.models import Review
from reviews.redacting import Phrase
from scoring.actions import correct_response, delete_responses, hold_response, move_response, release_response
from surveys.actions.lifecycle import change_survey
from surveys.enums import Purpose
from surveys.models import Contact, Response
from tests.factories import (
    make_location,
    make_member,
    make_response,
    make_review,
    make_review_form,
    with_comment,
)
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


def hear():
    return hear_all_pending(clock=lambda: NOW)


def test_a_text_in_a_survey_becomes_a_private_comment():
    response = make_response(with_comment(), "12345.", answers={"comment": "Too slow"})

    assert (hear(), hear()) == (1, 0)
    review = Review.objects.get()
    assert (review.response_id, review.kind, review.state) == (
        response.pk,
        ReviewKind.COMMENT,
        ReviewState.PRIVATE,
    )
    assert (review.text, review.original, review.score, review.speed) == ("Too slow", "Too slow", 5, 2)


def test_ratings_of_a_survey_make_no_review():
    make_response(with_comment(), "12345.")

    assert (hear(), Review.objects.count(), Response.objects.unheard().count()) == (1, 0, 0)


def test_ratings_of_a_review_form_make_one():
    assert make_review(text="", name="", publish=False).state == ReviewState.PRIVATE


def test_consent_makes_it_wait_and_shows_the_name():
    review = make_review(name="Ana")

    assert (review.state, review.name) == (ReviewState.PENDING, "Ana")


def test_without_consent_nobody_is_named():
    review = make_review(name="Ana", publish=False)

    assert (review.state, review.name) == (ReviewState.PRIVATE, "")


def publish(review):
    Review.objects.filter(pk=review.pk).update(state=ReviewState.PUBLISHED, published_on=NOW.date())


def test_a_corrected_text_is_read_again_before_it_is_public():
    review = make_review()
    publish(review)

    correct_response(response=review.response, answers={"comment": "Other"}, by=None, now=NOW)
    hear()

    review.refresh_from_db()
    assert (review.state, review.text, review.published_on) == (ReviewState.PENDING, "Other", None)


def test_a_corrected_rating_is_followed_and_stays_public():
    review = make_review(ratings="54435")
    publish(review)

    correct_response(response=review.response, ratings="54431.", by=None, now=NOW)
    hear()

    review.refresh_from_db()
    assert (review.state, review.score) == (ReviewState.PUBLISHED, 1)


def test_a_moved_response_takes_its_review_along():
    review, elsewhere = make_review(), make_location()

    move_response(response=review.response, location=elsewhere, by=None, now=NOW)
    hear()

    review.refresh_from_db()
    assert review.location == elsewhere


def test_a_held_response_leaves_the_public_page_until_it_is_released():
    review, found = make_review(), []
    publish(review)

    for change in (hold_response, release_response):
        change(response=review.response, by=None, now=NOW)
        hear()
        found.append(Review.objects.published().count())

    assert found == [0, 1]


def test_a_redacted_text_survives_a_corrected_rating():
    review = make_review("Call 555-1234")
    Review.objects.filter(pk=review.pk).update(text="Call [...]", words="call")

    correct_response(response=review.response, ratings="11111.", by=None, now=NOW)
    hear()

    review.refresh_from_db()
    assert (review.text, review.original) == ("Call [...]", "Call 555-1234")


def test_a_text_that_is_gone_takes_its_comment_along():
    response = make_response(with_comment(), "12345.", answers={"comment": "Too slow"})
    hear()

    correct_response(response=response, answers={}, by=None, now=NOW)
    hear()

    assert Review.objects.count() == 0


def test_a_deleted_response_takes_its_review_along():
    review = make_review()

    delete_responses(
        responses=Response.objects.filter(pk=review.response_id),
        subject=Location.objects.first(),
        by=None,
        now=NOW,
    )

    assert (Review.objects.count(), Contact.objects.count()) == (0, 0)


def test_many_are_read_in_as_many_queries_as_one(django_assert_max_num_queries):
    version = make_review_form()
    for _each in range(30):
        make_response(version, "55555.", answers={"comment": "Good"})

    with django_assert_max_num_queries(12):
        assert hear_pending() == 30


def test_an_empty_sweep_asks_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert hear_pending() == 0


def test_a_name_that_was_taken_out_stays_out_whatever_follows():
    review, by = make_review(name="Ana Novak"), make_member("editor")
    publish(review)
    redact_review(review=review, phrases=[Phrase(RedactionKind.NAME, "Novak")], by=by, now=NOW)

    move_response(response=review.response, location=make_location(), by=by, now=NOW)
    hear()
    hold_response(response=review.response, by=by, now=NOW)
    hear()
    release_response(response=review.response, by=by, now=NOW)
    hear()

    review.refresh_from_db()
    assert (review.state, review.name) == (ReviewState.PUBLISHED, "")


def test_a_survey_that_becomes_a_review_form_has_its_ratings_read():
    response, text = (make_response(with_comment(), "12345.") for _twice in range(2))
    hear()
    survey = response.version.survey

    change_survey(survey=survey, settings={"purpose": Purpose.REVIEW_FORM}, by=None, now=NOW)
    hear()

    review = Review.objects.get()
    assert (review.response_id, review.kind, review.score) == (response.pk, ReviewKind.REVIEW, 5)
    assert text.pk != review.response_id
