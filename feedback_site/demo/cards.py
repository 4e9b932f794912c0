"""The demo's comment cards: a print run, a batch that closed, one in work, one late and short of a card, one to settle."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cards.actions.batches import NotBalanced, close_batch, open_batch
from cards.actions.keying import Entry, file_card
from cards.actions.printing import record_print_run
from cards.actions.settling import key_again, settle_card
from cards.answers import differences
from cards.enums import CardState, Paper, Rejection, Source, Turn
from cards.queries.keying import answers_of, last_reading
from feedback_site.demo.answers import SEED
from organisation.enums import Role
from organisation.models import Location, Member, Touchpoint
from surveys.answering.answers import Answers, read_answers
from surveys.answering.published import Published, published
from surveys.models import Survey

if TYPE_CHECKING:
    from datetime import datetime

    from cards.models import Batch, Card

SLIP = 0.01  # how often a keyer hits the key beside the right one
PLACE = "elmgate"


def make_cards(*, now: datetime) -> None:
    """Fill the ledger of Elmgate, with what every page of cards can show."""
    desk = Desk(now)
    desk.print()
    closed = desk.batch(counted=60, days_ago=30, share=100)
    desk.key(closed, 58, at=now - timedelta(days=26))
    desk.reject(closed, Rejection.TORN, Rejection.BLANK, at=now - timedelta(days=26))
    desk.settle(desk.key_again(closed, at=now - timedelta(days=25)), at=now - timedelta(days=24))
    close_batch(batch=closed, by=desk.manager, now=now - timedelta(days=24))
    short = desk.batch(counted=48, days_ago=20, share=0)
    desk.key(short, 47, at=now - timedelta(days=12))
    desk.miss(short, at=now - timedelta(days=11))
    open_one = desk.batch(counted=40, days_ago=4, share=50)
    desk.key(open_one, 16, at=now - timedelta(days=1))
    desk.reject(open_one, Rejection.UNREADABLE, at=now - timedelta(days=1))
    to_settle = desk.batch(counted=20, days_ago=8, share=100, slip=0.05)
    desk.key(to_settle, 20, at=now - timedelta(days=2))
    desk.key_again(to_settle, at=now - timedelta(days=1))


class Desk:
    """Where the demo's clerks sit. `slip` of a batch is how often they err on it."""

    def __init__(self, now: datetime) -> None:
        self.chance = random.Random(SEED + 2)  # noqa: S311 (made-up answers)
        self.now = now
        self.survey = Survey.objects.select_related("live_version").get(slug="comment-card")
        self.location = Location.objects.get(code=PLACE)
        self.touchpoint = Touchpoint.objects.get(code="checkout")
        self.manager = Member.objects.get(email="manager@example.org")
        self.clerk = Member.objects.get(email="clerk@example.org")
        self.other = Member.objects.create_user("otto@example.org", name="Otto Brandt", role=Role.CLERK)
        self.other.locations.set(self.clerk.locations.all())
        self.truth: dict[UUID, dict[str, list[str]]] = {}
        self.slip: dict[int, float] = {}

    @property
    def version(self) -> Published:
        version = self.survey.live_version_id
        assert version is not None  # noqa: S101 (the demo has published it)
        return published(version, self.survey.language)

    def print(self) -> None:
        version = self.survey.live_version
        assert version is not None  # noqa: S101 (likewise)
        record_print_run(
            version=version,
            location=self.location,
            touchpoint=self.touchpoint,
            language=self.survey.language,
            paper=Paper.A4,
            per_page=2,
            copies=200,
            by=self.manager,
            now=self.now - timedelta(days=60),
        )

    def batch(self, *, counted: int, days_ago: int, share: int, slip: float = SLIP) -> Batch:
        opened = self.now - timedelta(days=days_ago)
        batch = open_batch(
            survey=self.survey,
            location=self.location,
            touchpoint=self.touchpoint,
            collected_from=(opened - timedelta(days=6)).date(),
            collected_to=opened.date(),
            source=Source.BOX,
            counted=counted,
            due_on=(opened + timedelta(days=7)).date(),
            share=share,
            by=self.clerk,
            now=opened,
        )
        self.slip[batch.pk] = slip
        return batch

    def key(self, batch: Batch, many: int, *, at: datetime) -> None:
        """Most of a stack is Otto's, so that the clerk who signs in has something to key again."""
        for number in range(many):
            key = UUID(int=self.chance.getrandbits(128), version=4)
            self.truth[key] = self._filled_in()
            day = batch.collected_from + timedelta(days=number % 7)
            entry = Entry(key, self.version.version_id, day, self._read(key, batch))
            file_card(batch=batch, entry=entry, by=self.other, now=at + timedelta(seconds=12 * number))

    def reject(self, batch: Batch, *reasons: Rejection, at: datetime) -> None:
        for reason in reasons:
            key = UUID(int=self.chance.getrandbits(128), version=4)
            entry = Entry(key, self.version.version_id, batch.collected_to, rejection=reason)
            file_card(batch=batch, entry=entry, by=self.other, now=at)

    def key_again(self, batch: Batch, *, at: datetime) -> list[Card]:
        """Half of what waits in an open batch is left, for whoever looks around; returns the cards that differ."""
        waiting = list(batch.cards.awaiting_second().order_by("number"))
        again = waiting if at < self.now - timedelta(days=5) else waiting[: len(waiting) // 2]
        cards = [
            key_again(card=card, answers=self._read(card.pk, batch), by=self.clerk, now=at) for card in again
        ]
        return [card for card in cards if card.state == CardState.DIFFERING]

    def settle(self, cards: list[Card], *, at: datetime) -> None:
        for card in cards:
            first, second = (last_reading(card, turn) for turn in (Turn.FIRST, Turn.SECOND))
            if first and second:
                found = differences(self.version, answers_of(first), answers_of(second))
                chosen = {one.item.key: self.truth[card.pk][one.item.key] for one in found}
                settle_card(card=card, chosen=chosen, by=self.manager, now=at)

    def miss(self, batch: Batch, *, at: datetime) -> None:
        """Somebody wants to close it one card too early."""
        try:
            close_batch(batch=batch, by=self.manager, now=at)
        except NotBalanced:
            return

    def _filled_in(self) -> dict[str, list[str]]:
        """What stands on a card: ratings that are alike, some left blank."""
        mood = self.chance.choice([3, 4, 4, 5])
        return {
            item.key: []
            if self.chance.random() < 0.04  # noqa: PLR2004 (the share left blank)
            else [str(min(5, max(1, mood + self.chance.choice([-1, 0, 0, 0, 1]))))]
            for item in self.version.items
            if item.is_rating
        }

    def _read(self, key: UUID, batch: Batch) -> Answers:
        """What a keyer types of it, with a slip now and then."""
        typed = {
            name: [self.chance.choice("12345")] if self.chance.random() < self.slip[batch.pk] else values
            for name, values in self.truth[key].items()
        }
        if not any(typed.values()):
            typed[next(iter(typed))] = ["3"]
        return read_answers(self.version, typed, on_paper=True)
