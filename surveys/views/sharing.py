"""What customers get: a preview of the page, links, QR codes and sheets to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from organisation.access import members
from organisation.models import Location, Touchpoint
from organisation.rules import may_edit
from organisation.text import shown_text
from surveys.answering.pages import preview_page
from surveys.answering.published import languages
from surveys.queries.building import draft_or_live
from surveys.queries.changes import in_order
from surveys.queries.sharing import Link, link_to, qr_code
from surveys.views.pages import Tab, survey_of, survey_page

if TYPE_CHECKING:
    from organisation.access import MemberRequest
    from organisation.models.places import TouchpointQuerySet
    from surveys.models import Survey, Version

LINKS_ON_A_PAGE = 25


class SharedLink(NamedTuple):
    """A place's link with what can be taken along; as components/share_link.html wants it."""

    id: str
    name: str
    link: Link
    qr_url: str
    downloads: list[tuple[str, str]]


@require_safe
@members(may_edit)
def preview(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    version = draft_or_live(survey)
    offered = languages(version, in_order(version)) if version else ()
    asked = request.GET.get("language", "")
    context = {
        "version": version,
        "offered": offered,
        "language": asked if asked in offered else survey.language,
        "size": "desktop" if request.GET.get("as") == "desktop" else "phone",
    }
    return survey_page(request, survey, "preview", context)


@xframe_options_sameorigin
@require_safe
@members(may_edit)
def preview_frame(request: MemberRequest, survey_id: int) -> HttpResponse:
    """The page itself, as it stands in the preview's frame. It sends nothing: test answers never count."""
    survey = survey_of(request, survey_id)
    version = draft_or_live(survey)
    if version is None:
        raise Http404
    return preview_page(version, request.GET.get("language", survey.language))


@require_safe
@members(may_edit)
def share(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    context = chosen_places(request)
    links = [_link(request, survey, location, context["touchpoint"]) for location in context["page"]]
    context["links"] = [_shared(link, survey) for link in links]
    return survey_page(request, survey, "share", {**context, "ways": ways(survey, "share")})


def chosen_places(request: MemberRequest) -> dict[str, Any]:
    """A page of the locations whose name holds the words asked for, and the touchpoint asked for."""
    words = shown_text(request.GET.get("q", ""))
    locations = Location.objects.visible_to(request.user).open().filter(name__icontains=words)
    page = Paginator(locations.order_by("-is_default", "name", "pk"), LINKS_ON_A_PAGE)
    touchpoints = open_touchpoints(request)
    touchpoint = touchpoints.filter(code=shown_text(request.GET.get("tp", ""))).first() or touchpoints[0]
    shown = page.get_page(request.GET.get("page"))
    return {"page": shown, "touchpoints": touchpoints, "touchpoint": touchpoint, "words": words}


def open_touchpoints(request: MemberRequest) -> TouchpointQuerySet:
    return Touchpoint.objects.visible_to(request.user).open().order_by("-is_default", "name", "pk")


def ways(survey: Survey, current: str) -> list[Tab]:
    """The ways in which a survey is shared, each a page."""
    labels = {"share": _("Links and codes"), "share_kiosk": _("Kiosk"), "share_website": _("Website")}
    return [
        Tab(label, reverse(f"surveys:{name}", args=[survey.pk]), name == current)
        for name, label in labels.items()
    ]


@require_safe
@members(may_edit)
def qr(request: MemberRequest, survey_id: int) -> HttpResponse:
    """The QR code of a place's link; with `?download=1` as a file to keep."""
    survey = survey_of(request, survey_id)
    link = _asked_link(request, survey)
    response = HttpResponse(qr_code(link.url), content_type="image/svg+xml")
    if request.GET.get("download") == "1":
        name = f"{survey.slug}-{link.location.code}-{link.touchpoint.code}.svg"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@members(may_edit)
def sheet(request: MemberRequest, survey_id: int) -> HttpResponse:
    """One page of paper with the code, for a counter, a door or a table."""
    survey = survey_of(request, survey_id)
    version: Version | None = survey.live_version or draft_or_live(survey)
    context = {"survey": survey, "version": version, "link": _asked_link(request, survey)}
    return render(request, "surveys/builder/sheet.html", context)


def _shared(link: Link, survey: Survey) -> SharedLink:
    places = {"at": link.location.code, "tp": link.touchpoint.code}
    downloads = [
        (_("QR code (SVG)"), reverse("surveys:qr", args=[survey.pk], query={**places, "download": 1})),
        (_("Sheet to print"), reverse("surveys:sheet", args=[survey.pk], query=places)),
    ]
    return SharedLink(
        id=f"link-{link.location.code}",
        name=link.location.name,
        link=link,
        qr_url=reverse("surveys:qr", args=[survey.pk], query=places),
        downloads=downloads,
    )


def _asked_link(request: MemberRequest, survey: Survey) -> Link:
    """The link to the places that the address names by their codes; the default ones where it names none."""
    return _link(request, survey, *asked_places(request))


def asked_places(request: MemberRequest) -> tuple[Location, Touchpoint]:
    location = get_object_or_404(Location.objects.visible_to(request.user), **_asked(request, "at"))
    touchpoint = get_object_or_404(Touchpoint.objects.visible_to(request.user), **_asked(request, "tp"))
    return location, touchpoint


def _asked(request: MemberRequest, name: str) -> dict[str, Any]:
    code = shown_text(request.GET.get(name, ""))
    return {"code": code} if code else {"is_default": True}


def _link(request: MemberRequest, survey: Survey, location: Location, touchpoint: Touchpoint) -> Link:
    return link_to(survey, location=location, touchpoint=touchpoint, origin=origin_of(request))


def origin_of(request: MemberRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
