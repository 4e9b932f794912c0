"""A form as it came back: what it was about, whether it may still be stored, and the row it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import translation

from metrics.questionnaire import straight_line, too_fast
from surveys.actions.responses import Submission
from surveys.answering import crowds, places, tokens
from surveys.answering.about import FIELDS, read_about
from surveys.answering.answers import Answers, count_answered, read_answers
from surveys.answering.pages import chosen_language
from surveys.answering.published import Published, published
from surveys.answering.ways import LINK
from surveys.enums import RESERVED, Flag
from surveys.models import Version

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from surveys.answering.places import Address, Place
    from surveys.answering.tokens import FormToken
    from surveys.answering.ways import Way
    from surveys.models import Contact


class PlaceUnknown(Http404):
    """The survey is there, but nobody has the code of a place. `address` names the places that are known."""

    def __init__(self, address: Address) -> None:
        super().__init__()
        self.address = address


@dataclass(frozen=True, slots=True)
class Sent:
    """`token` is None where there was none of ours; `version` is the one that the customer began on. `connection` is
    where it came from, which is forgotten within minutes: see `crowds`. `is_place_lost` where the place that it was
    about is not there any more.
    """

    address: Address
    version: Published
    token: FormToken | None
    given: dict[str, list[str]]
    is_robot: bool
    at: datetime
    way: Way = LINK
    connection: str = ""
    about: dict[str, list[str]] = field(default_factory=dict)
    is_place_lost: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether it has to be sent once more, under a token of today."""
        return self.token is None or self.token.is_expired(now=self.at)

    @property
    def is_in_time(self) -> bool:
        """Whoever began while the survey was open may finish."""
        begun = self.at if self.token is None or self.is_stale else self.token.issued_at
        return self.address.survey.is_open(at=begun)

    def fresh_token(self) -> FormToken:
        """A token of today. An expired one keeps its submission: what was sent twice is still one row."""
        fresh = new_token(self.address, self.version, self.at, self.way)
        if self.token is None:
            return fresh
        kept = {name: getattr(self.token, name) for name in ("submission", "mode", "invitation")}
        return replace(fresh, **kept)

    def contact(self) -> tuple[Contact | None, dict[str, str]]:
        """What is to be kept of the customer, and what is wrong with it in the page's language."""
        with translation.override(self.version.language):
            return read_about(self.about)

    def answers(self) -> Answers:
        read = read_answers(self.version, self.given)
        if not read.errors:
            return read
        # Only whoever has to read them needs them in the page's language.
        with translation.override(self.version.language):
            return read_answers(self.version, self.given)

    def unfinished_answers(self) -> Answers:
        """As far as they go: nothing has to be answered yet."""
        with translation.override(self.version.language):
            return read_answers(self.version.without_musts(), self.given, may_be_empty=True)


def read_sent(request: HttpRequest, slug: str, *, now: datetime, way: Way = LINK) -> Sent:
    """Raises Http404 for an address that names no published survey."""
    is_place_lost = False
    try:
        address, token = _address_and_token(request, slug, way)
    except PlaceUnknown as unknown:
        address, token, is_place_lost = unknown.address, None, True
    is_review_form = address.survey.is_review_form
    about = {name: values for name, values in request.POST.lists() if is_review_form and name in FIELDS}
    return Sent(
        address=address,
        version=version_for(request, address, token.version_id if token else address.version_id),
        token=token,
        given={name: values for name, values in request.POST.lists() if name not in RESERVED | about.keys()},
        is_robot=bool(request.POST.get("website")),
        at=now,
        way=way,
        connection=crowds.connection_of(request),
        about=about,
        is_place_lost=is_place_lost,
    )


def _address_and_token(request: HttpRequest, slug: str, way: Way) -> tuple[Address, FormToken | None]:
    read = tokens.read_invited if way.is_invited else tokens.read
    token = read(request.POST.get("token", ""))
    if token is not None:
        address = address_of(slug, token.location, token.touchpoint)
        if is_version_of(address, token.version_id):
            return address, token
    # The fields say where, in case the key that signed the token is no longer ours.
    asked = request.POST if "at" in request.POST else request.GET
    return address_of(slug, asked.get("at", ""), asked.get("tp", "")), None


def address_of(slug: str, location: str = "", touchpoint: str = "") -> Address:
    """Raises Http404 for a survey that is not published, and PlaceUnknown for a code that nobody has."""
    found = places.address(slug, location, touchpoint)
    if found is not None and found.location is not None and found.touchpoint is not None:
        return found
    known = (location if found and found.location else "", touchpoint if found and found.touchpoint else "")
    if found is None or known == (location, touchpoint):
        raise Http404
    raise PlaceUnknown(address_of(slug, *known))


def version_for(request: HttpRequest, address: Address, version_id: int) -> Published:
    """The version in the language that the request asks for."""
    version = published(version_id, address.survey.language)
    language = chosen_language(request, version.languages)
    return version if language == version.language else published(version_id, language)


def new_token(address: Address, version: Published, now: datetime, way: Way = LINK) -> FormToken:
    location, touchpoint = places_of(address)
    return tokens.issue(
        version_id=version.version_id,
        location=location.code,
        touchpoint=touchpoint.code,
        mode=way.mode,
        now=now,
    )


def submission(sent: Sent, token: FormToken, read: Answers) -> Submission:
    """The row that the answers become, on the local day of their location."""
    location, touchpoint = places_of(sent.address)
    return Submission(
        id=token.submission,
        version_id=sent.version.version_id,
        location_id=location.id,
        touchpoint_id=touchpoint.id,
        mode=token.mode,
        received_on=location.day(sent.at),
        received_at=None if sent.version.is_anonymous else sent.at,
        flags=_flags(sent, token, read),
        is_review=sent.address.survey.is_review_form,
    )


def _flags(sent: Sent, token: FormToken, read: Answers) -> int:
    seconds = (sent.at - token.issued_at).total_seconds()
    return (
        (Flag.STRAIGHT_LINE if straight_line(read.ratings) else 0)
        | (Flag.TOO_FAST if too_fast(seconds, count_answered(read)) else 0)
        | (Flag.ROBOT if sent.is_robot else 0)
        | (Flag.CROWDED if _is_of_a_crowd(sent, token) else 0)
    )


def _is_of_a_crowd(sent: Sent, token: FormToken) -> bool:
    """An invitation is good for one answer anyway."""
    if sent.way.is_invited:
        return False
    return crowds.is_one_too_many(sent.connection, sent.address.survey.pk, token.submission)


def places_of(address: Address) -> tuple[Place, Place]:
    if address.location is None or address.touchpoint is None:
        raise Http404
    return address.location, address.touchpoint


def is_version_of(address: Address, version_id: int) -> bool:
    try:
        return published(version_id, address.survey.language).survey_id == address.survey.pk
    except Version.DoesNotExist:
        return False
