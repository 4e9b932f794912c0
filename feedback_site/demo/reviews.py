"""The demo's reviews: some 300 in every state, with replies, notes, and places to review elsewhere."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from feedback_site.demo.answers import DAYS, SEED, make_responses
from feedback_site.demo.comments import COMMENTS
from organisation.models import Location, Member
from reviews.actions.handling import set_labels
from reviews.actions.hearing import hear_all_pending
from reviews.actions.labels import ensure_label
from reviews.actions.moderation import hide_review, publish_reviews, redact_review
from reviews.actions.pages import save_page_part
from reviews.actions.replies import reply_to_review
from reviews.enums import HiddenReason, LabelColour, RedactionKind
from reviews.models import Note, Review, ReviewPlace
from reviews.redacting import Phrase
from surveys.models import Contact, Response, Survey

if TYPE_CHECKING:
    from datetime import datetime

REVIEWS = 300
WAIT_DAYS = 12  # what is younger nobody has read yet
SHARE_NAMED, SHARE_AGREED, SHARE_REACHABLE, SHARE_WORDLESS = 0.6, 0.85, 0.15, 0.15
HIDDEN_EVERY, REPLY_EVERY, REDACT_EVERY = 29, 6, 47
NAMES = ["Ana", "Marek", "Sofie", "Jens", "Maria", "Tomáš", "Kasia", "Liza", "Ole", "Petra", "Juan", "Věra"]
REPLIES = [
    "Thank you for telling us. We have passed it on to everybody at the counter.",
    "We are sorry that you had to wait. A second till is open from 4 pm now.",
    "Thank you, we look forward to your next visit.",
]
NOTES = [
    ("The queue is too long on Saturdays.", "A third till is open on Saturdays from 10 to 2."),
    ("Nobody answers e-mails.", "Every e-mail gets an answer within two working days, and we count it."),
]
PLACES = [("Google", "https://www.google.com/maps"), ("Trustpilot", "https://www.trustpilot.com/")]


def make_reviews(*, now: datetime) -> None:
    rng = Random(SEED + 20)  # noqa: S311 (the same demo each time)
    survey, by = Survey.objects.get(slug="review"), Member.objects.get(email="editor@example.org")
    version = survey.live_version
    if version is None:
        return
    begun = (now - timedelta(days=DAYS)).date()
    responses = list(make_responses([(version, begun)], count=REVIEWS, today=now.date(), seed=SEED + 20))
    for response in responses:
        response.answers = {} if rng.random() < SHARE_WORDLESS else {"review": _words(response, rng)}
    Response.objects.bulk_create(responses)
    Contact.objects.bulk_create(
        contact for response in responses if (contact := _contact(response, rng)) is not None
    )
    hear_all_pending(clock=timezone.now)
    _moderate(by=by, now=now)
    _write_beside(by=by, now=now)


def _words(response: Response, rng: Random) -> str:
    rating = response.ratings[0]
    mood = "good" if rating in "45" else "mixed" if rating == "3" else "poor"
    return " ".join(rng.sample(COMMENTS[mood], rng.choice([1, 1, 2, 3])))


def _contact(response: Response, rng: Random) -> Contact | None:
    contact = Contact(
        response=response,
        name=rng.choice(NAMES) if rng.random() < SHARE_NAMED else "",
        consent_publish=rng.random() < SHARE_AGREED,
    )
    if rng.random() < SHARE_REACHABLE:
        contact.consent_contact, contact.email = True, "customer@example.org"
    return contact if contact.name or contact.consent_publish or contact.consent_contact else None


def _moderate(*, by: Member, now: datetime) -> None:
    read = Review.objects.for_the_public().filter(said_on__lte=(now - timedelta(days=WAIT_DAYS)).date())
    publish_reviews(reviews=read, by=by, now=now, today=now.date())
    waiting = ensure_label(name="Waiting", colour=LabelColour.AMBER, by=by, now=now)
    reasons = list(HiddenReason)
    for number, review in enumerate(Review.objects.published().order_by("said_on", "original", "pk")):
        if number % HIDDEN_EVERY == 0:
            reason = reasons[number // HIDDEN_EVERY % len(reasons)]
            hide_review(review=review, reason=reason, by=by, now=now)
        elif number % REPLY_EVERY == 0:
            text = REPLIES[number // REPLY_EVERY % len(REPLIES)]
            reply_to_review(review=review, text=text, is_public=True, by=by, now=now)
        elif number % REDACT_EVERY == 1 and "counter" in review.text:
            phrases = [Phrase(RedactionKind.OTHER, "counter")]
            redact_review(review=review, phrases=phrases, by=by, now=now)
        if "queue" in review.text:
            set_labels(review=review, labels=[waiting], by=by, now=now)


def _write_beside(*, by: Member, now: datetime) -> None:
    for number, (said, did) in enumerate(NOTES):
        location = Location.objects.get(code="grand-square") if number == 0 else None
        note = Note(said=said, did=did, location=location, done_on=(now - timedelta(days=30 * number)).date())
        note.written_at, note.written_by = now, by
        save_page_part(part=note, by=by, now=now)
    for position, (name, url) in enumerate(PLACES, start=1):
        save_page_part(part=ReviewPlace(name=name, url=url, position=position), by=by, now=now)
