"""The builder: a draft's questions and texts, one action a request. All of it works as plain forms and links; a
script only swaps the page's content in place.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.rules import may_edit
from organisation.text import shown_text
from surveys.actions import building
from surveys.actions.building import NoSuchQuestion
from surveys.actions.drafts import change_texts
from surveys.enums import Kind
from surveys.forms.questions import ClosingForm, QuestionForm, TextsForm
from surveys.models import Question
from surveys.queries.building import cards_of, draft_or_live, length_of
from surveys.queries.wordings import last_wordings
from surveys.views.pages import REFUSALS, said, survey_of, survey_page, told
from surveys.wording import advice

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from organisation.access import MemberRequest
    from surveys.models import Survey

EDIT = ["GET", "HEAD", "POST"]
UNDONE_WITHIN = timedelta(minutes=15)
TEXT_FORMS = {"texts": TextsForm, "closing": ClosingForm}


@require_safe
@members(may_edit)
def build(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    version = draft_or_live(survey)
    cards = cards_of(version) if version else []
    context = {
        "version": version,
        "cards": cards,
        "length": length_of(card.question.measure.kind for card in cards),
        "kinds": Kind.choices,
        "touched": request.GET.get("touched", ""),
        "removed": _removed(request, survey),
    }
    return survey_page(request, survey, "build", context)


@require_http_methods(EDIT)
@members(may_edit)
def add_question(request: MemberRequest, survey_id: int, kind: str) -> HttpResponse:
    if kind not in Kind.values:
        raise Http404
    survey = survey_of(request, survey_id)
    initial = {"kind": kind, "weight": 1, "allows_not_applicable": True}
    form = _question_form(request, survey, initial=initial, submit=_("Add question"))
    if form.is_valid():
        question = _attempt(request, form, building.add_question, survey=survey, details=form.details())
        if question:
            return _back(survey, question.measure.key)
    return _form_page(request, survey, form, heading=_("New question"))


@require_http_methods(EDIT)
@members(may_edit)
def change_question(request: MemberRequest, survey_id: int, key: str) -> HttpResponse:
    survey = survey_of(request, survey_id)
    question = _question(survey, key)
    is_published = bool(last_wordings([question]))
    form = _question_form(
        request,
        survey,
        initial=QuestionForm.initial_of(question),
        submit=_("Save question"),
        key=key,
        is_published=is_published,
    )
    if form.is_valid():
        changed = _attempt(
            request, form, building.change_question, survey=survey, key=key, details=form.details()
        )
        if changed:
            return _back(survey, changed.measure.key)
    heading = _("Question %(position)s") % {"position": question.position}
    return _form_page(request, survey, form, heading=heading, is_published=is_published)


@require_http_methods(EDIT)
@members(may_edit)
def change_version_texts(request: MemberRequest, survey_id: int, part: str) -> HttpResponse:
    survey = survey_of(request, survey_id)
    draft = get_object_or_404(survey.versions.drafts())
    form_class = TEXT_FORMS[part]
    initial = {name: getattr(draft, name) for name in form_class.base_fields}
    form = form_class(request.POST or None, initial=initial, action=request.path, back=_builder_url(survey))
    if form.is_valid():
        with told(request):
            change_texts(survey=survey, texts=form.cleaned_data, by=request.user, now=timezone.now())
        return _back(survey)
    heading = _("Title and introduction") if part == "texts" else _("Closing page")
    return _form_page(request, survey, form, heading=heading)


@require_POST
@members(may_edit)
def move_question(request: MemberRequest, survey_id: int, key: str, to: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    with told(request):
        building.move_question(survey=survey, key=key, to=to, by=request.user, now=timezone.now())
    return _back(survey, key)


@require_POST
@members(may_edit)
def copy_question(request: MemberRequest, survey_id: int, key: str) -> HttpResponse:
    survey = survey_of(request, survey_id)
    touched = key
    with told(request):
        copy = building.copy_question(survey=survey, key=key, by=request.user, now=timezone.now())
        touched = copy.measure.key
    return _back(survey, touched)


@require_POST
@members(may_edit)
def remove_question(request: MemberRequest, survey_id: int, key: str) -> HttpResponse:
    survey, now = survey_of(request, survey_id), timezone.now()
    with told(request):
        removed = building.remove_question(survey=survey, key=key, by=request.user, now=now)
        memory = {"survey": survey.pk, "at": now.isoformat(), "question": removed}
        request.session["removed_question"] = memory
    return _back(survey)


@require_POST
@members(may_edit)
def put_back_question(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    removed = _removed(request, survey)
    if removed is None:
        messages.error(request, _("There is nothing to put back any more."))
        return _back(survey)
    key = ""
    with told(request):
        building.put_back_question(survey=survey, removed=removed, by=request.user, now=timezone.now())
        del request.session["removed_question"]
        key = removed["key"]
    return _back(survey, key)


@require_safe
@members(may_edit)
def hints(request: MemberRequest) -> HttpResponse:
    """Hints on a wording that is being typed."""
    text, language = request.GET.get("text", ""), request.GET.get("language", "")
    found = advice(shown_text(text, max_length=500), language=language[:10])
    return render(request, "surveys/builder/hints.html", {"hints": found})


def _question_form(request: MemberRequest, survey: Survey, **kwargs: Any) -> QuestionForm:
    return QuestionForm(
        request.POST or None,
        action=request.path,
        back=_builder_url(survey),
        language=survey.language,
        **kwargs,
    )


def _attempt(request: MemberRequest, form: forms.Form, action: Any, **details: Any) -> Question | None:
    """The action's question; None when it refused, which the form then says with everything typed still in it."""
    try:
        question: Question = action(**details, by=request.user, now=timezone.now())
    except REFUSALS as refusal:
        form.add_error(None, said(refusal))
        return None
    except NoSuchQuestion as missing:
        raise Http404 from missing
    return question


def _form_page(
    request: MemberRequest, survey: Survey, form: forms.Form, *, heading: str, is_published: bool = False
) -> HttpResponse:
    context = {"survey": survey, "form": form, "heading": heading, "is_published": is_published}
    return render(request, "surveys/builder/form.html", context, status=422 if form.errors else 200)


def _question(survey: Survey, key: str) -> Question:
    questions = Question.objects.filter(version__in=survey.versions.drafts())
    return get_object_or_404(questions.select_related("measure"), measure__key=key)


def _removed(request: MemberRequest, survey: Survey) -> dict[str, Any] | None:
    """The question that this member removed from this survey a moment ago."""
    memory = request.session.get("removed_question")
    if not memory or memory["survey"] != survey.pk:
        return None
    if timezone.now() - datetime.fromisoformat(memory["at"]) > UNDONE_WITHIN:
        return None
    removed: dict[str, Any] = memory["question"]
    return removed


def _builder_url(survey: Survey, **query: str) -> str:
    return reverse("surveys:build", args=[survey.pk], query=query)


def _back(survey: Survey, key: str = "") -> HttpResponseRedirect:
    """To the builder, at the question that was touched."""
    if not key:
        return HttpResponseRedirect(_builder_url(survey))
    return HttpResponseRedirect(f"{_builder_url(survey, touched=key)}#q-{key}")
