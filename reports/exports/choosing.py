"""What goes into a document or a workbook: a page on which charts and chapters are ticked, and a breakdown is added."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.access import members
from organisation.rules import may_read_reports
from reports.breakdown.enums import Way
from reports.contents import contents_offered, names_in
from reports.schedules.queries import in_words
from reports.schedules.views import asked_of, refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_safe
@members(may_read_reports)
def choose_contents(request: MemberRequest) -> HttpResponse:
    asked = asked_of(request, request.GET)
    if asked is None or asked.problems:
        return refused(request, asked)
    chosen = names_in(request.GET)
    context = {
        "charts": [(name, label, name in chosen) for name, label in contents_offered(chosen)],
        "ways": Way.choices,
        "kept": parse_qsl(asked.filters.query()),
        "about": in_words(asked),
        "back": asked.filters.url(),
    }
    return render(request, "reports/choose_contents.html", context)
