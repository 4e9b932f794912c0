"""The page of a version. It is drawn once per version, language and face of the organisation; each request only
puts its own form token and place into it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from metrics.questionnaire import minutes_to_answer
from surveys.answering import places, tokens
from surveys.answering.about import FIELDS, drawn_about
from surveys.answering.published import Published, load, published
from surveys.answering.ways import LINK
from surveys.answering.words import told
from surveys.enums import RATING_LABELS, RATINGS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.http import HttpRequest

    from surveys.answering.places import Face
    from surveys.answering.tokens import FormToken
    from surveys.answering.ways import Way
    from surveys.models import Version

# A slot stands where each request puts its own; no text of a survey can look like one, since NUL is refused
# everywhere.
SLOT = re.compile(r"\0(\w+)\0")
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)


def survey_page(
    version: Published,
    *,
    face: Face,
    token: FormToken,
    place: str,
    origins: tuple[str, ...] = (),
    way: Way = LINK,
    about: str = "",
) -> str:
    """The empty form, from memory. `about` are the fields that a review form has besides its questions."""
    pieces = drawn(version.version_id, version.language, face, way)
    own = {"about": about, "promise": escape(promised(version, is_named=bool(about)))}
    return filled(pieces, {**slots_of(token, place, origins), **own})


@lru_cache(maxsize=512)
def drawn(version_id: int, language: str, face: Face, way: Way = LINK) -> list[str]:
    """The page in pieces: text, the name of a slot, text, the name of a slot, ..., text."""
    slots = open_slots(*SLOTS)
    return SLOT.split(draw_form(published(version_id, language), face=face, slots=slots, way=way))


def slots_of(token: FormToken, place: str, origins: tuple[str, ...] = ()) -> dict[str, SafeString]:
    """What a request puts into the page: the form token; where the page was opened, once more in the clear, for
    the language links and for the day on which nobody can read the token; the name of the place; and the websites
    that may hear how high the page is.
    """
    where = '<input type="hidden" name="at" value="{}"><input type="hidden" name="tp" value="{}">'
    return {
        "token": format_html('<input type="hidden" name="token" value="{}">', tokens.sign(token)),
        "where": format_html(where, token.location, token.touchpoint),
        "place": escape(place),
        "origins": escape(" ".join(origins)),
    }


SLOTS = ("token", "where", "place", "origins", "about", "promise")


def promised(version: Published, *, is_named: bool) -> str:
    """What is true of the answers. A survey may become a review form, on which customers may leave a name, at any time."""
    return _promise(version.language, is_named) if version.is_anonymous else ""


@lru_cache(maxsize=32)
def _promise(language: str, is_named: bool) -> str:
    with translation.override(language):
        if is_named:
            return gettext("Your answers are anonymous, unless you leave your name or how to reach you.")
        return gettext("Your answers are anonymous.")


def open_slots(*names: str) -> dict[str, SafeString]:
    return {name: mark_safe(f"\0{name}\0") for name in names}  # noqa: S308 (names of ours)


def filled(pieces: list[str], slots: Mapping[str, str]) -> str:
    return "".join(slots[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def draw_form(
    version: Published,
    *,
    face: Face,
    slots: Mapping[str, str],
    values: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
    is_preview: bool = False,
    way: Way = LINK,
) -> str:
    """The form with what was given so far and what is wrong with it."""
    return draw(
        "surveys/answer.html",
        version,
        face,
        {
            "way": way,
            "own_url": way.page_url(version),
            "send_url": "" if is_preview else way.send_url(version),
            "save_url": way.save_url(version),
            **asked(version),
            "slots": {"promise": promised(version, is_named=bool(slots.get("about"))), **slots},
            "values": values or {},
            "errors": errors or {},
            "problems": _problems(version, errors or {}),
            "is_preview": is_preview,
        },
    )


def asked(version: Published) -> dict[str, object]:
    """What every form of a version says about its questions."""
    return {
        "has_ratings": any(item.is_rating for item in version.items),
        "labels": [(rating, RATING_LABELS[rating]) for rating in RATINGS],
        "minutes": _minutes(version),
    }


def thanks_page(
    version: Published,
    *,
    face: Face,
    reference: str,
    origins: tuple[str, ...] = (),
    way: Way = LINK,
    onward: str = "",
) -> str:
    """The closing page, from memory; without a reference it names none. `onward` are links that follow it."""
    listed = escape(" ".join(origins))
    if not reference:
        return draw_thanks(version, face=face, reference="", origins=listed, way=way, onward=onward)
    pieces = drawn_thanks(version.version_id, version.language, face, way)
    return filled(pieces, {"reference": escape(reference), "origins": listed, "onward": onward})


@lru_cache(maxsize=512)
def drawn_thanks(version_id: int, language: str, face: Face, way: Way = LINK) -> list[str]:
    """The closing page in pieces, with slots for the reference and for who may hear how high it is."""
    slots = open_slots("reference", "origins", "onward")
    return SLOT.split(draw_thanks(published(version_id, language), face=face, way=way, **slots))


def draw_thanks(
    version: Published, *, face: Face, reference: str, origins: str = "", way: Way = LINK, onward: str = ""
) -> str:
    with translation.override(version.language):
        again = [(gettext("Answer once more, for another visit"), way.page_url(version))]
    links = [] if way.is_invited else again
    context = {
        "reference": reference,
        "links": links,
        "way": way,
        "slots": {"origins": origins, "onward": mark_safe(onward)},  # noqa: S308 (drawn by us)
    }
    return draw("surveys/thanks.html", version, face, context)


def draw_closed(
    version: Published,
    *,
    face: Face,
    opens_on: date | None,
    given: Mapping[str, Sequence[str]] | None = None,
    way: Way = LINK,
) -> str:
    """The page of a survey that takes no answers now. What was given all the same stands on it, to be copied."""
    with translation.override(version.language):
        answers = told(version, given or {})
    return draw("surveys/closed.html", version, face, {"opens_on": opens_on, "answers": answers, "way": way})


def draw_unplaced(version: Published, *, face: Face, where: Mapping[str, str], way: Way = LINK) -> str:
    """The page of an address whose place nobody knows. `where` is what it says rightly, for the way on."""
    query = urlencode({**where, "lang": version.language})
    with translation.override(version.language):
        links = [(gettext("Answer without naming the place"), f"{way.page_url(version)}?{query}")]
    return draw("surveys/unplaced.html", version, face, {"links": links, "way": way})


def preview_page(version: Version, language: str) -> HttpResponse:
    """The page as a customer would see it. It has no token and nowhere to go: nothing can be stored."""
    slots = {"about": drawn_about(language)} if version.survey.is_review_form else {}
    page = draw_form(load(version, language), face=places.face(), slots=slots, is_preview=True)
    return public_response(page)


def invited_response(content: str, *, status: int = 200) -> HttpResponse:
    """A page of one person's own: kept by no browser for the next one, in nobody's frame, and not told to any other."""
    response = HttpResponse(content, status=status)
    policy = CONTENT_SECURITY_POLICY.replace("connect-src 'none'", "connect-src 'self'")
    response.headers["Content-Security-Policy"] = policy + "'none'"
    return private(response)


def private[Answered: HttpResponse](response: Answered) -> Answered:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def public_response(
    content: str, *, status: int = 200, origins: tuple[str, ...] = (), way: Way = LINK
) -> HttpResponse:
    """A page that may stand in a frame of our own, and of the websites that the survey allows."""
    if way.is_invited:
        return invited_response(content, status=status)
    response = HttpResponse(content, status=status)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY + " ".join(["'self'", *origins])
    # The page may stay in the browser's own memory, so that going back finds every answer; nowhere else.
    response.headers["Cache-Control"] = "private, max-age=0"
    return response


def chosen_language(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """The language asked for in the address, else the browser's, else the survey's own."""
    if len(offered) == 1:
        return offered[0]
    asked = request.POST.get("lang") or request.GET.get("lang") or ""
    if asked in offered:
        return asked
    preferred = translation.get_language_from_request(request)
    return preferred if preferred in offered else offered[0]


def draw(template: str, version: Published, face: Face, context: dict[str, object]) -> str:
    names = dict(settings.LANGUAGES)
    shared = {
        "version": version,
        "organisation": face,
        "languages": [(code, names[code]) for code in version.languages],
    }
    with translation.override(version.language):
        return render_to_string(template, {**shared, **context})


def _problems(version: Published, errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong, each with the id of the field where it can be mended."""
    found = [("answers", errors[""])] if "" in errors else []
    for item in version.items:
        if item.key in errors:
            field = "text" if item.kind == Kind.TEXT else item.options[0].key if item.options else "1"
            found.append((f"q-{item.key}-{field}", f"{item.position}. {item.text} {errors[item.key]}"))
    found += [(f"about-{name}", errors[name]) for name in sorted(FIELDS & errors.keys())]
    return found


def _minutes(version: Published) -> int:
    kinds = [item.kind for item in version.items]
    texts, ratings = kinds.count(Kind.TEXT), kinds.count(Kind.RATING)
    return max(1, round(minutes_to_answer(ratings, len(kinds) - ratings - texts, texts)))
