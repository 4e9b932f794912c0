"""The list of surveys, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import members
from organisation.rules import may_edit
from organisation.text import shown_text
from surveys.actions.lifecycle import create_survey
from surveys.forms.surveys import NewSurveyForm
from surveys.queries.building import length_of
from surveys.queries.listing import rows_of, surveys_matching
from surveys.starters import STARTERS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest

ROWS_ON_A_PAGE = 50


@require_safe
@members(may_edit)
def survey_list(request: MemberRequest) -> HttpResponse:
    words, archived = shown_text(request.GET.get("q", "")), request.GET.get("archived") == "1"
    surveys = surveys_matching(request.user, words=words, archived=archived)
    page = Paginator(surveys, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(page.object_list, now=timezone.now())
    context = {"rows": rows, "page": page, "words": words, "archived": archived}
    return render(request, "surveys/builder/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def new_survey(request: MemberRequest) -> HttpResponse:
    initial = {"language": settings.LANGUAGE_CODE, "starter": "service"}
    form = NewSurveyForm(request.POST or None, initial=initial)
    if form.is_valid():
        starter, name = form.chosen, form.cleaned_data["name"] or str(form.chosen.name)
        survey = create_survey(
            name=name,
            starter=starter,
            language=form.cleaned_data["language"],
            by=request.user,
            now=timezone.now(),
        )
        return redirect("surveys:build", survey.pk)
    starters = [(starter, length_of(e.kind for e in starter.entries)) for starter in STARTERS.values()]
    context = {"form": form, "starters": starters}
    return render(request, "surveys/builder/new.html", context, status=422 if form.errors else 200)
