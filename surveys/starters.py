"""Surveys to start from. Their wording goes through gettext, so a new survey begins in its own language.

Each question asks one thing, in neutral words that fit the labels from “Very poor” to “Excellent”.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from surveys.details import QuestionDetails
from surveys.enums import Dimension, Kind, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import _StrOrPromise

THANKS_TITLE = _("Thank you")
THANKS_TEXT = _("Your answers help us to serve you better.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question of a starter, not yet in any language."""

    key: str
    text: _StrOrPromise
    kind: Kind = Kind.RATING
    dimension: str = ""
    help_text: _StrOrPromise = ""
    allows_not_applicable: bool = False
    options: tuple[_StrOrPromise, ...] = ()

    def details(self) -> QuestionDetails:
        """The question in the language that is active."""
        return QuestionDetails(
            key=self.key,
            text=str(self.text),
            kind=self.kind,
            dimension=self.dimension,
            help_text=str(self.help_text),
            allows_not_applicable=self.allows_not_applicable,
            options=tuple(str(option) for option in self.options),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A survey to start from: what it is for, and what it says."""

    key: str
    name: _StrOrPromise
    description: _StrOrPromise
    purpose: Purpose = Purpose.SURVEY
    title: _StrOrPromise = ""
    intro: _StrOrPromise = ""
    thanks_title: _StrOrPromise = THANKS_TITLE
    thanks_text: _StrOrPromise = THANKS_TEXT
    entries: tuple[Entry, ...] = ()

    def questions(self) -> Iterator[QuestionDetails]:
        return (entry.details() for entry in self.entries)


def _rating(key: str, dimension: Dimension, text: _StrOrPromise) -> Entry:
    return Entry(key=key, dimension=dimension, text=text)


def _if_any(entry: Entry) -> Entry:
    """Not every customer meets this, so “does not apply” is offered."""
    return replace(entry, allows_not_applicable=True)


def _comment(text: _StrOrPromise) -> Entry:
    return Entry(
        key="comment", kind=Kind.TEXT, text=text, help_text=_("Please leave out names and phone numbers.")
    )


OVERALL = _rating("overall", Dimension.OVERALL, _("Overall, how would you rate our service?"))
BETTER = _comment(_("What is the one thing we could do better?"))

SERVICE = Starter(
    key="service",
    name=_("General service survey"),
    description=_("All four sides of service, for any business. A good one to begin with."),
    title=_("How was our service?"),
    intro=_("Think of the last time you dealt with us. Every answer is read."),
    entries=(
        OVERALL,
        _rating("quality_needs", Dimension.QUALITY, _("How well did our service meet your needs?")),
        _rating(
            "quality_care", Dimension.QUALITY, _("How would you rate the care we took over your request?")
        ),
        _if_any(
            _rating("speed_wait", Dimension.SPEED, _("How would you rate the time you waited for your turn?"))
        ),
        _rating("speed_service", Dimension.SPEED, _("How would you rate the time it took to serve you?")),
        _rating("convenience_reach", Dimension.CONVENIENCE, _("How would you rate the ease of reaching us?")),
        _rating("convenience_hours", Dimension.CONVENIENCE, _("How would you rate our opening hours?")),
        _rating("knowledge_staff", Dimension.KNOWLEDGE, _("How would you rate our staff’s knowledge?")),
        _rating(
            "knowledge_listening",
            Dimension.KNOWLEDGE,
            _("How well did our staff understand what you needed?"),
        ),
        BETTER,
    ),
)
COMMENT_CARD = Starter(
    key="comment_card",
    name=_("In-store comment card"),
    description=_("Six short questions for the counter, the table or the till. Fits a paper card as well."),
    title=_("How was your visit today?"),
    intro=_("It takes less than a minute."),
    entries=(
        _rating("overall", Dimension.OVERALL, _("Overall, how was your visit today?")),
        _rating("quality", Dimension.QUALITY, _("How would you rate the quality of what you got?")),
        _rating("speed", Dimension.SPEED, _("How would you rate the speed of our service?")),
        _rating("convenience", Dimension.CONVENIENCE, _("How easily did you find what you came for?")),
        _if_any(
            _rating("knowledge", Dimension.KNOWLEDGE, _("How well did our staff answer your questions?"))
        ),
        BETTER,
    ),
)
PHONE = Starter(
    key="phone",
    name=_("Phone contact"),
    description=_("After a call: waiting, getting through, being helped, and whether it was settled."),
    title=_("How was your call?"),
    intro=_("Think of your last call to us."),
    entries=(
        _rating("overall", Dimension.OVERALL, _("Overall, how would you rate our service on the phone?")),
        _rating("speed_wait", Dimension.SPEED, _("How would you rate the time you waited for an answer?")),
        _rating(
            "convenience_reach",
            Dimension.CONVENIENCE,
            _("How would you rate the ease of reaching the right person?"),
        ),
        _rating(
            "knowledge",
            Dimension.KNOWLEDGE,
            _("How would you rate the knowledge of the person you spoke to?"),
        ),
        _rating(
            "quality_courtesy",
            Dimension.QUALITY,
            _("How would you rate the courtesy of the person you spoke to?"),
        ),
        _rating("quality_solution", Dimension.QUALITY, _("How would you rate the answer that we gave you?")),
        _rating("speed_call", Dimension.SPEED, _("How would you rate the time the call took?")),
        Entry(
            key="settled",
            kind=Kind.SINGLE_CHOICE,
            text=_("Was your request settled in this call?"),
            options=(_("Yes"), _("No, we will call you back"), _("No, I have to call again")),
        ),
        BETTER,
    ),
)
WEBSITE = Starter(
    key="website",
    name=_("Website"),
    description=_("For visitors of your website or web shop, after they looked around or ordered."),
    title=_("How was our website?"),
    intro=_("Think of your visit to our website today."),
    entries=(
        Entry(
            key="purpose_of_visit",
            kind=Kind.SINGLE_CHOICE,
            text=_("What did you come to our website for?"),
            options=(
                _("To look around"),
                _("To buy something"),
                _("To get help"),
                _("To get in touch"),
                _("Something else"),
            ),
        ),
        _rating("overall", Dimension.OVERALL, _("Overall, how would you rate our website?")),
        _rating(
            "convenience_finding",
            Dimension.CONVENIENCE,
            _("How easily did you find what you were looking for?"),
        ),
        _rating("speed_pages", Dimension.SPEED, _("How would you rate the speed of our pages?")),
        _rating(
            "quality_information", Dimension.QUALITY, _("How would you rate the information on our website?")
        ),
        _if_any(
            _rating("convenience_order", Dimension.CONVENIENCE, _("How would you rate the ease of ordering?"))
        ),
        _if_any(
            _rating(
                "knowledge_help",
                Dimension.KNOWLEDGE,
                _("How would you rate the help that our staff gave you online?"),
            )
        ),
        BETTER,
    ),
)
DELIVERY = Starter(
    key="delivery",
    name=_("Delivery"),
    description=_("After an order has arrived: on time, in good condition, at the right place."),
    title=_("How was your delivery?"),
    intro=_("Think of your last order."),
    entries=(
        Entry(
            key="received",
            kind=Kind.SINGLE_CHOICE,
            text=_("How did you receive your order?"),
            options=(_("At my door"), _("At a pick-up point"), _("From a locker"), _("Through a neighbour")),
        ),
        _rating("overall", Dimension.OVERALL, _("Overall, how would you rate our delivery?")),
        _rating("speed", Dimension.SPEED, _("How would you rate the time your order took to arrive?")),
        _rating("speed_punctuality", Dimension.SPEED, _("How well did we keep to the promised day?")),
        _rating("convenience", Dimension.CONVENIENCE, _("How would you rate the choice of delivery times?")),
        _rating(
            "quality_condition",
            Dimension.QUALITY,
            _("How would you rate the condition of your order on arrival?"),
        ),
        _if_any(
            _rating("knowledge_driver", Dimension.KNOWLEDGE, _("How well did the driver know what to do?"))
        ),
        Entry(
            key="trouble",
            kind=Kind.SEVERAL_CHOICES,
            text=_("What went wrong with this delivery?"),
            help_text=_("Choose as many as you like, or none."),
            options=(
                _("It came late"),
                _("Something was missing"),
                _("Something was damaged"),
                _("I was not told when it would come"),
            ),
        ),
        BETTER,
    ),
)
REVIEW = Starter(
    key="review",
    name=_("Review form"),
    description=_("A short review that customers write for others to read."),
    purpose=Purpose.REVIEW_FORM,
    title=_("Write a review"),
    intro=_("Tell other customers how it was."),
    thanks_text=_("Your review has arrived. We look at each one before it is published."),
    entries=(
        OVERALL,
        _rating("quality", Dimension.QUALITY, _("How would you rate the quality of what you got?")),
        _rating("speed", Dimension.SPEED, _("How would you rate the speed of our service?")),
        _rating("convenience", Dimension.CONVENIENCE, _("How would you rate the ease of dealing with us?")),
        _rating("knowledge", Dimension.KNOWLEDGE, _("How would you rate our staff’s knowledge?")),
        Entry(
            key="review",
            kind=Kind.TEXT,
            text=_("What would you tell other customers?"),
            help_text=_("Please leave out names and phone numbers."),
        ),
    ),
)
EMPTY = Starter(
    key="empty",
    name=_("Empty survey"),
    description=_("Start with a blank page and add your own questions."),
)
STARTERS = {
    starter.key: starter for starter in (SERVICE, COMMENT_CARD, PHONE, WEBSITE, DELIVERY, REVIEW, EMPTY)
}
