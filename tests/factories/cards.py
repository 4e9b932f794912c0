import uuid
from datetime import date

from cards.actions.batches import open_batch
from cards.actions.keying import Entry, file_card
from cards.actions.printing import record_print_run
from cards.enums import Source
from cards.models import ClerkShare, KeyingRule
from organisation.enums import Role
from organisation.models import Location, Touchpoint
from surveys.answering.answers import read_answers
from surveys.answering.published import published
from tests.factories.organisation import make_member
from tests.factories.surveys import NOW, make_published

DAY = date(2026, 3, 2)


def make_batch(survey=None, *, counted=10, share=0, by=None, **fields):
    """An open batch of ten cards of which none is keyed twice."""
    defaults = {
        "survey": survey or make_published().survey,
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
        "collected_from": DAY,
        "collected_to": DAY,
        "source": Source.BOX,
        "due_on": date(2026, 3, 9),
    }
    return open_batch(
        counted=counted, share=share, by=by or make_member(Role.CLERK), now=NOW, **{**defaults, **fields}
    )


def make_entry(version, ratings="55555", *, texts=None, **fields):
    """A card as a clerk read it: a sign for each rating question of the version, in order."""
    if fields.get("rejection"):
        return Entry(**{"id": uuid.uuid4(), "version_id": version.pk, "day": DAY, **fields})
    plain = published(version.pk, version.survey.language)
    rated = [item.key for item in plain.items if item.is_rating]
    given = {key: [] if sign == "-" else [sign] for key, sign in zip(rated, ratings, strict=True)}
    answers = read_answers(plain, {**given, **(texts or {})}, on_paper=True)
    assert not answers.errors, answers.errors
    return Entry(**{"id": uuid.uuid4(), "version_id": version.pk, "day": DAY, "answers": answers, **fields})


def make_card(batch, ratings="55555", *, by=None, now=NOW, **fields):
    """A card in the batch, keyed once, or rejected where a `rejection` is given."""
    entry = make_entry(batch.survey.live_version, ratings, **fields)
    return file_card(batch=batch, entry=entry, by=by or batch.opened_by, now=now)


def make_print_run(version=None, *, copies=100, by=None, **fields):
    version = version or make_published()
    defaults = {
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
        "language": version.survey.language,
        "paper": "a4",
        "per_page": 1,
    }
    return record_print_run(
        version=version, copies=copies, by=by or make_member(Role.EDITOR), now=NOW, **{**defaults, **fields}
    )


def make_rule(**fields):
    return KeyingRule.objects.create(**fields)


def make_clerk_share(clerk, share):
    return ClerkShare.objects.create(clerk=clerk, share=share, set_at=NOW, set_by=make_member(Role.MANAGER))
