"""Mentions from elsewhere: typed in one by one, or brought in from a file."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import members
from organisation.queries import organisation_day
from organisation.spreadsheets import as_text
from reviews.actions.mention_files import NotNow, add_file, check_file, give_up_file, import_file, path_of
from reviews.actions.mentions import MentionKnown, add_mention, answer_mention
from reviews.enums import FileState, ReviewKind
from reviews.forms.mentions import AnsweredForm, MentionFileForm, MentionForm, MentionMapForm
from reviews.mentions.mapping import MentionMap
from reviews.mentions.suggestions import suggest
from reviews.models import MentionFile, Review
from reviews.rules import may_moderate
from reviews.views.pages import section_page
from surveys.importing.profiles import profile_file
from surveys.importing.tables import UnreadableFileError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import QueryDict

    from organisation.access import MemberRequest

FILES_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_moderate)
def add(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    form = MentionForm(request.POST or None, by=request.user, today=organisation_day(now))
    if form.is_valid():
        try:
            add_mention(mention=form.mention(), by=request.user, now=now)
        except MentionKnown:
            form.add_error(None, _("This very mention is there already."))
        else:
            messages.success(request, _("The mention was added."))
            return redirect("reviews:comments")
    context = {"form": form, "heading": _("Add a mention")}
    return section_page(request, "mention_files", "reviews/mention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_moderate)
def answer(request: MemberRequest, review_id: UUID) -> HttpResponse:
    now, mentions = timezone.now(), Review.objects.visible_to(request.user).of_kind(ReviewKind.MENTION)
    review = get_object_or_404(mentions, pk=review_id)
    form = AnsweredForm(
        request.POST or None,
        initial={"answered_on": review.answered_on},
        said_on=review.said_on,
        today=organisation_day(now),
    )
    if request.method == "POST" and form.is_valid():
        answer_mention(review=review, answered_on=form.cleaned_data["answered_on"], by=request.user, now=now)
        messages.success(request, _("Saved."))
        return redirect("reviews:comments")
    context = {"form": form, "heading": _("When it was answered"), "review": review}
    return section_page(request, "mention_files", "reviews/mention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_moderate)
def files(request: MemberRequest) -> HttpResponse:
    form = MentionFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = add_file(file=form.cleaned_data["file"], by=request.user, now=timezone.now())
        return redirect("reviews:mention_file", kept.pk)
    rows = MentionFile.objects.visible_to(request.user).select_related("sent_by").order_by("-pk")
    context = {"form": form, "files": rows[:FILES_SHOWN]}
    return section_page(request, "mention_files", "reviews/mention_files.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_moderate)
def file(request: MemberRequest, file_id: int) -> HttpResponse:
    """What its columns hold, and what a check found with that."""
    kept, form, trouble = _file(request, file_id), None, ""
    if kept.state != FileState.IMPORTED:
        try:
            form = _map_form(request, kept, request.POST or None)
        except UnreadableFileError as error:
            trouble = str(error)
    if form and form.is_valid():
        try:
            check_file(kept=kept, said=form.result, by=request.user, now=timezone.now())
        except NotNow as error:
            messages.error(request, str(error))
        return redirect("reviews:mention_file", kept.pk)
    context = {"file": kept, "form": form, "trouble": trouble}
    return section_page(request, "mention_files", "reviews/mention_file.html", context)


@require_POST
@members(may_moderate)
def start(request: MemberRequest, file_id: int) -> HttpResponse:
    kept = _file(request, file_id)
    try:
        kept = import_file(kept=kept, by=request.user, now=timezone.now())
        if kept.state == FileState.IMPORTED:
            said = ngettext("%(count)s mention is new.", "%(count)s mentions are new.", kept.rows_new)
            messages.success(request, said % {"count": kept.rows_new})
    except NotNow as error:
        messages.error(request, str(error))
    return redirect("reviews:mention_file", kept.pk)


@require_POST
@members(may_moderate)
def give_up(request: MemberRequest, file_id: int) -> HttpResponse:
    try:
        give_up_file(kept=_file(request, file_id), by=request.user, now=timezone.now())
        messages.success(request, _("The file was removed."))
    except NotNow as error:
        messages.error(request, str(error))
    return redirect("reviews:mention_files")


@require_safe
@members(may_moderate)
def bad_rows(request: MemberRequest, file_id: int) -> HttpResponse:
    """As a file that a spreadsheet opens without taking anything in it for a formula."""
    kept = _file(request, file_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bad-rows-{kept.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Row"), _("Column"), _("Value"), _("Reason")])
    for error in kept.errors:
        texts = (error["column"], error["value"], error["reason"])
        writer.writerow([error["row"] or "", *map(as_text, texts)])
    return response


def _file(request: MemberRequest, file_id: int) -> MentionFile:
    return get_object_or_404(MentionFile.objects.visible_to(request.user), pk=file_id)


def _map_form(request: MemberRequest, kept: MentionFile, data: QueryDict | None) -> MentionMapForm:
    """Raises UnreadableFileError."""
    profile = profile_file(path_of(kept), MentionMap().file)
    said = MentionMap.of(kept.mapping) if kept.mapping else suggest(profile, _earlier(kept))
    return MentionMapForm(data, profile=profile, said=said, by=request.user)


def _earlier(kept: MentionFile) -> MentionMap | None:
    """The map of the sender's latest file that came in."""
    before = MentionFile.objects.filter(sent_by=kept.sent_by_id, state=FileState.IMPORTED)
    latest = before.exclude(pk=kept.pk).order_by("-pk").first()
    return MentionMap.of(latest.mapping) if latest else None
