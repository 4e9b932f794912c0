"""A draft's words in the other languages, side by side with its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.access import members
from organisation.rules import may_edit
from surveys.actions.translating import change_translations
from surveys.answering.published import languages
from surveys.forms.translations import TranslationForm
from surveys.queries.changes import in_order
from surveys.views.pages import survey_of, survey_page, told

if TYPE_CHECKING:
    from organisation.access import MemberRequest
    from surveys.models import Survey


class Language(NamedTuple):
    code: str
    name: str
    is_current: bool
    is_offered: bool
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def translate(request: MemberRequest, survey_id: int) -> HttpResponse:
    survey = survey_of(request, survey_id)
    draft = survey.versions.drafts().first()
    codes = [code for code, _name in settings.LANGUAGES if code != survey.language]
    language = request.GET.get("language", codes[0])
    if language not in codes:
        raise Http404
    questions = in_order(draft) if draft else []
    form = draft and TranslationForm(
        request.POST or None, version=draft, questions=questions, language=language
    )
    if form and form.is_valid():
        return _store(request, survey, form)
    offered = languages(draft, questions) if draft else ()
    context = {"form": form, "language": language, "languages": _languages(survey, codes, language, offered)}
    status = 422 if form and form.errors else 200
    return survey_page(request, survey, "translate", context, status=status)


def _store(request: MemberRequest, survey: Survey, form: TranslationForm) -> HttpResponse:
    with told(request):
        change_translations(
            survey=survey,
            language=form.language,
            texts=form.texts,
            questions=form.words,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The translation was saved."))
    return HttpResponseRedirect(_url(survey, form.language))


def _languages(survey: Survey, codes: list[str], current: str, offered: tuple[str, ...]) -> list[Language]:
    names = dict(settings.LANGUAGES)
    return [
        Language(code, names[code], code == current, code in offered, _url(survey, code)) for code in codes
    ]


def _url(survey: Survey, language: str) -> str:
    return reverse("surveys:translate", args=[survey.pk], query={"language": language})
