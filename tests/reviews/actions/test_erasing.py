"""What was erased is nowhere: every table, every column, every file that the site keeps."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cards.models import Keying
from organisation.enums import Role
from organisation.models import AuditEntry
from reports.actions import clear_expired
from reviews.actions.erasing import erase_review
from reviews.actions.hearing import hear_all_pending
from reviews.actions.mentions import MentionKnown, add_mention
from reviews.actions.moderation import hide_review, redact_review
from reviews.actions.replies import reply_to_review
from reviews.enums import ErasureReason, HiddenReason, RedactionKind, ReviewState
from reviews.mentions.entries import Mention
from reviews.models import CommentTally, Reply, Review, ReviewTally
from reviews.redacting import Phrase
from scoring.actions import score_pending
from scoring.undoing import undo_import
from surveys.actions.import_runs import import_file
from surveys.enums import Kind
from surveys.importing.examining import Source, hash_file
from surveys.importing.mapping import read_map
from surveys.models import Contact, Response
from tests.factories import (
    make_batch,
    make_card,
    make_draft,
    make_export,
    make_member,
    make_mention_file,
    make_published,
    make_question,
    make_response,
    make_review_form,
    make_survey,
)
from tests.factories.reviews import with_comment
from tests.factories.surveys import NOW
from tests.reports.exports.making import make
from tests.scoring.plain import assert_cells_are_right
from tests.surveys.importing.files import make_mixed_survey

pytestmark = pytest.mark.django_db
SECRET = "parrot"
REASON = ErasureReason.CUSTOMER


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def told_of():
    """(table, column) of each place of the database that has the secret, as text or as bytes."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of ours)
            columns = [column[0] for column in cursor.description]
            found |= {
                (table, name)
                for row in cursor
                for name, value in zip(columns, row, strict=True)
                if SECRET in plain(value).lower()
            }
    return found


def plain(value):
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


def kept_files(folder):
    return [
        path for path in Path(folder).rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()
    ]


def erase(review, **options):
    by = make_member(Role.EDITOR)
    erase_review(review=review, reason=REASON, by=by, now=NOW, **options)
    review.refresh_from_db()
    return review


@pytest.fixture
def review():
    """A published review with everything that may repeat its words, scored, and in a file that was asked for."""
    editor, version = make_member(Role.EDITOR), make_review_form()
    response = make_response(
        version, "54435.", answers={"comment": f"The {SECRET} said 555 123 4567, {SECRET}"}
    )
    Contact.objects.create(
        response=response,
        name=f"{SECRET} Ana",
        email=f"{SECRET}@example.org",
        phone="1234567",
        consent_publish=True,
        consent_contact=True,
    )
    hear_all_pending(clock=lambda: NOW)
    score_pending(now=NOW)
    found = Review.objects.get()
    redact_review(review=found, phrases=[Phrase(RedactionKind.PHONE, "555 123 4567")], by=editor, now=NOW)
    for text in (f"We know the {SECRET}", f"Dear {SECRET}"):
        reply_to_review(review=found, text=text, is_public=True, by=editor, now=NOW)
    hide_review(review=found, reason=HiddenReason.OTHER, note=f"the {SECRET}", by=editor, now=NOW)
    Review.objects.update(
        state=ReviewState.PUBLISHED, published_on=NOW.date(), hidden_reason="", hidden_note=""
    )
    return found


def test_what_was_erased_is_nowhere(review, folder):
    export = make(make_export(review.survey, asked_at=NOW))
    before = told_of()
    assert (len(before), kept_files(folder)) == (8 if connection.vendor == "sqlite" else 9, [export.path])

    erase(review, with_replies=True)
    clear_expired(now=NOW)

    assert (told_of(), kept_files(folder)) == (set(), [])
    entry = AuditEntry.objects.filter(action="erased").get()
    assert entry.changes == {"reason": "customer", "with_replies": True}


def test_a_file_made_before_is_nobodys_at_once(review):
    export = make(make_export(review.survey, asked_at=NOW))
    client = Client()
    client.force_login(export.owner)
    address = reverse("reports:export_file", args=[export.pk])
    assert client.get(address).status_code == 200

    erase(review)

    assert client.get(address).status_code == 404


def test_scores_and_tallies_stay(review):
    before = (review.score, review.quality, ReviewTally.objects.values().get())

    erase(review)

    assert (review.score, review.quality, ReviewTally.objects.values().get()) == before
    assert Response.objects.get().ratings == "54435."
    assert_cells_are_right()


def test_replies_stay_unless_they_are_to_go(review):
    erase(review)
    assert Reply.objects.count() == 2

    erase(review, with_replies=True)

    assert not Reply.objects.exists()


def test_no_sweep_brings_an_erased_review_back(review):
    erase(review)
    Response.objects.update(is_heard=False, answers={"comment": SECRET})

    hear_all_pending(clock=lambda: NOW)

    review.refresh_from_db()
    assert (review.text, review.words, review.original, review.name) == ("", "", "", "")
    assert review.state == ReviewState.PUBLISHED


def test_an_erased_comment_stays_and_leaves_its_group():
    version = with_comment(make_survey())
    response = make_response(version, "55555.", answers={"comment": SECRET})
    hear_all_pending(clock=lambda: NOW)

    erase(Review.objects.get())
    Response.objects.update(is_heard=False, is_held=True)
    hear_all_pending(clock=lambda: NOW)

    review = Review.objects.get()
    assert (review.response, review.is_held, CommentTally.objects.get().score_5) == (response, True, 0)
    assert told_of() == set()


def test_every_text_of_the_response_goes_and_its_choices_stay():
    draft = make_draft(make_survey())
    make_question(draft, 6, key="first", kind=Kind.TEXT)
    make_question(draft, 7, key="second", kind=Kind.TEXT)
    response = make_response(
        make_published(draft=draft), "55555..", answers={"first": SECRET, "second": SECRET}
    )
    hear_all_pending(clock=lambda: NOW)

    erase(Review.objects.get())

    response.refresh_from_db()
    assert (response.answers, told_of()) == ({}, set())


def test_what_was_keyed_from_a_card_goes_with_it():
    version = with_comment(make_survey())
    make_card(make_batch(version.survey), "54321", texts={"comment": [SECRET]})
    hear_all_pending(clock=lambda: NOW)
    assert Keying.objects.get().answers == {"comment": SECRET}

    erase(Review.objects.get())

    assert told_of() == set()
    assert Keying.objects.get().ratings == "54321."


@pytest.fixture
def mention():
    place = Review._meta.get_field("location").related_model.objects.get(is_default=True)
    touchpoint = Review._meta.get_field("touchpoint").related_model.objects.get(is_default=True)
    return Mention(
        location_id=place.pk,
        touchpoint_id=touchpoint.pk,
        said_on=NOW.date(),
        source="social_media",
        link=f"https://example.org/{SECRET}",
        author=f"{SECRET} Ana",
        text=f"The {SECRET} again",
    )


def test_a_mention_goes_with_its_author_and_link_and_does_not_come_again(mention):
    editor = make_member(Role.EDITOR)
    review = add_mention(mention=mention, by=editor, now=NOW)
    file = make_mention_file(editor)
    file.errors = [
        {"row": 2, "column": "Text", "value": mention.text[:9], "reason": "It is too long."},
        {"row": 3, "column": "Text", "value": "good", "reason": "No score."},
    ]
    file.save()

    erase(review)

    file.refresh_from_db()
    assert (told_of(), [error["value"] for error in file.errors]) == (set(), ["", "good"])
    with pytest.raises(MentionKnown):
        add_mention(mention=mention, by=editor, now=NOW)


@pytest.fixture
def bring(tmp_path):
    """A file of responses with an id, read as often as it is brought."""
    path = tmp_path / "answers.csv"
    path.write_text(f"Ticket,Speed,Note\n7,2,The {SECRET} again\n8,4,Fine\n")
    mode = {"questions": {"speed": "Speed", "note": "Note"}, "id": {"column": "Ticket"}, "mode": "paper"}

    def bring(survey):
        source = Source(path, hash_file(path), survey, read_map(mode))
        run = import_file(source=source, name="answers.csv", by=None, now=NOW, tell=lambda _tally: None)
        hear_all_pending(clock=lambda: NOW)
        score_pending(now=NOW)
        path.touch()
        return run

    return bring


def test_undoing_an_import_and_bringing_it_again_leaves_erased_words_out(bring):
    survey = make_mixed_survey()
    run = bring(survey)
    erase(Review.objects.get(text__contains=SECRET))

    undo_import(run=run, by=None, now=NOW)
    again = bring(survey)

    assert (again.state, again.rows_imported, told_of()) == ("imported", 2, set())
    assert sorted(Response.objects.values_list("ratings", flat=True)) == ["2-...", "4-..."]
    assert list(Review.objects.values_list("text", flat=True)) == ["Fine"]
    assert_cells_are_right()


def test_a_list_of_bad_rows_of_an_import_loses_what_was_erased(bring):
    run = bring(make_mixed_survey())
    run.errors = [
        {"row": 2, "column": "Note", "value": f"The {SECRET} again", "reason": "It is too long."},
        {"row": 3, "column": "Speed", "value": "9", "reason": "No score."},
    ]
    run.save()

    erase(Review.objects.get(text__contains=SECRET))

    run.refresh_from_db()
    assert (told_of(), [error["value"] for error in run.errors]) == (set(), ["", "9"])
