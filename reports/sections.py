"""What the pages of reports that are sent and shared have in common: their tabs, and reading a stored address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from organisation.access import MemberRequest

SECTIONS = {
    "sent": _("Sent to you"),
    "schedules": _("Schedules"),
    "alerts": _("Alerts"),
    "shares": _("Shared links"),
}


def section_page(request: MemberRequest, section: str, context: Mapping[str, Any]) -> HttpResponse:
    """The first page of a section, with the way to the others."""
    tabs = [
        {"label": label, "url": reverse(f"reports:{name}"), "is_current": name == section}
        for name, label in SECTIONS.items()
    ]
    return render(request, f"reports/sections/{section}.html", {"tabs": tabs, **context})


def form_page(
    request: MemberRequest, section: str, context: Mapping[str, Any], template: str = "form"
) -> HttpResponse:
    """A page with one form, below a section."""
    status = 422 if context["form"].errors else 200
    return render(request, f"reports/sections/{template}.html", {**up(section), **context}, status=status)


def ask_page(
    request: MemberRequest,
    section: str,
    *,
    question: str,
    deed: str,
    consequences: Sequence[str],
    keep_url: str = "",
) -> HttpResponse:
    """Asks before something ends; the form goes to the page's own address. `keep_url`: the section, where none is given."""
    back = up(section)
    asked = {"question": question, "deed": deed, "consequences": consequences}
    context = {**back, **asked, "keep_url": keep_url or back["up_url"]}
    return render(request, "reports/sections/ask.html", context)


def up(section: str) -> dict[str, Any]:
    return {"up_label": SECTIONS[section], "up_url": reverse(f"reports:{section}")}
