"""Scores with and without the answers that are flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.access import MemberRequest, members
from organisation.rules import may_read_reports
from reports.absence import absence
from reports.addresses import in_short
from reports.filter_bar import filter_bar
from reports.flagged.result import flagged_result
from reports.reading import ask
from reports.views import unreadable
from reports.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@members(may_read_reports)
@in_short
def flagged(request: MemberRequest) -> HttpResponse:
    vocabulary = load_vocabulary(request.user)
    if not vocabulary.surveys:
        raise Http404
    now = timezone.now()
    asked = ask(request.GET, vocabulary, now=now)
    if asked.problems:
        return unreadable(request, asked, {"bar": filter_bar(asked), "url": asked.filters.url()})
    back = f"{reverse('reports:overview')}{asked.filters.url()}"
    context = {"bar": filter_bar(asked), "survey": asked.survey, "result": flagged_result(asked)}
    context |= {
        "back_url": back,
        "time_zone": asked.survey.time_zone,
        **absence(asked, request.user, now=now),
    }
    return render(request, "reports/flagged.html", context)
