"""`/at/<location code>/`: what customers say of a place, for everybody to read. A GET has no effect, ever."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from organisation.models import Location
from reviews.onward import links
from reviews.queries.public import counted, listed, notes_of, open_review_form
from reviews.structured import as_json, described
from surveys.answering.pages import public_response
from surveys.answering.places import CODE, face

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from reviews.queries.public import Listed

FRESH = "public, max-age=60"


@require_safe
def location(request: HttpRequest, code: str) -> HttpResponseBase:
    with translation.override(_language(request)):
        found = Location.objects.open().filter(code=code).first() if CODE.fullmatch(code) else None
        if found is None:
            return _as_answer(request, _drawn("reviews/public/unknown.html", {}), status=404)
        return _as_answer(request, _drawn("reviews/public/location.html", _context(request, found)))


def _context(request: HttpRequest, found: Location) -> dict[str, object]:
    counts, url = counted(found), reverse("at:location", args=[found.code])
    reviews = listed(found, by_usefulness=_by_usefulness(request), after=request.GET.get("after", ""))
    said = described(
        name=found.name, url=request.build_absolute_uri(url), counts=counts, reviews=reviews.reviews
    )
    return {
        "location": found,
        "counts": counts,
        "reviews": reviews.reviews,
        "notes": notes_of(found),
        "places": links(found.pk),
        "structured": as_json(said),
        "form_url": _form_url(found),
        **_ways_on(request, url, reviews),
    }


def _ways_on(request: HttpRequest, url: str, reviews: Listed) -> dict[str, object]:
    by_usefulness = _by_usefulness(request)
    query = "sort=useful&" if by_usefulness else ""
    return {
        "url": url,
        "by_usefulness": by_usefulness,
        "is_first": not request.GET.get("after"),
        "next_url": f"{url}?{query}after={reviews.next}" if reviews.next else "",
    }


def _by_usefulness(request: HttpRequest) -> bool:
    return request.GET.get("sort") == "useful"


def _form_url(found: Location) -> str:
    """Where to leave a review of that place; empty where no review form takes answers."""
    form = open_review_form(timezone.now())
    return reverse("answering:answer", args=[form.slug]) + f"?at={found.code}" if form else ""


def _drawn(template: str, context: dict[str, object]) -> str:
    return render_to_string(template, {"organisation": face(), **context})


def _as_answer(request: HttpRequest, page: str, *, status: int = 200) -> HttpResponseBase:
    answer = public_response(page, status=status)
    answer.headers["Cache-Control"] = FRESH
    # The language may come from a cookie, too; most readers have none.
    answer.headers["Vary"] = "Accept-Language, Cookie"
    answer.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    if status != HttpResponse.status_code:
        return answer
    answer.headers["ETag"] = quote_etag(hashlib.sha256(page.encode()).hexdigest()[:32])
    return get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
