from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from organisation.models import Location, Touchpoint
from reviews.actions.hearing import hear_all_pending
from reviews.actions.mention_files import add_file
from reviews.enums import MentionSource, ReviewKind
from reviews.models import Label, Note, Review, ReviewPlace
from surveys.enums import Kind, Purpose
from surveys.models import Contact
from tests.factories.organisation import make_member, number
from tests.factories.surveys import (
    FIVE,
    NOW,
    make_draft,
    make_published,
    make_question,
    make_response,
    make_survey,
)


def make_review_form(**fields):
    """A published review form: five ratings and a comment."""
    return with_comment(make_survey(**{"purpose": Purpose.REVIEW_FORM, **fields}))


def with_comment(survey=None):
    """A published version of five ratings and a text."""
    draft = make_draft(survey or make_survey(), FIVE)
    make_question(draft, 6, key="comment", kind=Kind.TEXT)
    return make_published(draft=draft)


def make_review(text="Kind people", ratings="54435", *, version=None, name="Ana", publish=True, **fields):
    """A review that waits to be read, as the sweep makes it from a response to a review form."""
    response = make_response(
        version or make_review_form(), f"{ratings}.", answers={"comment": text} if text else {}, **fields
    )
    if name or publish:
        Contact.objects.create(response=response, name=name, consent_publish=publish)
    hear_all_pending(clock=lambda: NOW)
    return Review.objects.get(response=response)


def make_mention(text="Nice place", **fields):
    defaults = {
        "kind": ReviewKind.MENTION,
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
        "said_on": date(2026, 3, 2),
        "source": MentionSource.REVIEW_SITE,
        "source_name": "Stars",
        "author": "Ana",
    }
    return Review.objects.create(text=text, original=text, **{**defaults, **fields})


def make_label(**fields):
    return Label.objects.create(**{"name": f"Label {next(number)}", **fields})


def make_review_place(**fields):
    at = next(number)
    return ReviewPlace.objects.create(
        **{"name": f"Place {at}", "url": f"https://reviews.example/{at}", **fields}
    )


def make_note(**fields):
    defaults = {"said": "Queues are long", "did": "A second till", "done_on": date(2026, 3, 2)}
    return Note.objects.create(
        **{**defaults, "written_at": NOW, "written_by": fields.pop("by", None) or make_member(), **fields}
    )


def make_mention_file(by, content="Text\nGood bread\n"):
    file = SimpleUploadedFile("mentions.csv", content.encode())
    return add_file(file=file, by=by, now=NOW)
