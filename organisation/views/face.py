"""The organisation's colour and logo, as customers' pages fetch them: public, cached, without a session."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from organisation.models import Organisation
from organisation.queries import the_organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

A_MOMENT = 300
FOR_GOOD = 365 * 24 * 3600


@require_safe
def logo(request: HttpRequest) -> HttpResponseBase:
    organisation = Organisation.objects.only("logo", "logo_type").get(pk=1)
    if not organisation.logo_type:
        raise Http404
    return _cached(request, bytes(organisation.logo), organisation.logo_type, seconds=A_MOMENT)


@require_safe
def colours(request: HttpRequest) -> HttpResponseBase:
    """Under ?v= with the colour's own digits it never changes; under any other address it soon may."""
    colour = the_organisation().colour
    seconds = FOR_GOOD if request.GET.get("v") == colour.removeprefix("#") else A_MOMENT
    style = f":root{{--organisation-colour:{colour}}}\n"
    return _cached(request, style.encode(), "text/css; charset=utf-8", seconds=seconds)


def _cached(request: HttpRequest, content: bytes, kind: str, *, seconds: int) -> HttpResponseBase:
    etag = quote_etag(sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type=kind, headers={"ETag": etag})
    kept = {"immutable": True} if seconds == FOR_GOOD else {}
    patch_cache_control(response, public=True, max_age=seconds, **kept)
    return get_conditional_response(request, etag=etag, response=response) or response
