"""The comment box: the list, what is done with what is ticked, and the list as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from organisation.access import members
from reviews.actions.handling import assign_reviews, handle_reviews, label_reviews
from reviews.actions.labels import ensure_label
from reviews.enums import LabelColour, ReviewKind
from reviews.files import FILES, file_of
from reviews.forms.comments import CommentFilter
from reviews.forms.handling import Deed, DeedForm
from reviews.forms.offered import Offered
from reviews.queries.comments import (
    MOST_COUNTED,
    MYSELF,
    NOBODY,
    chosen_comments,
    colleagues_of,
    comments_of,
    page_of,
)
from reviews.queries.rows import answer_times, rows_of
from reviews.rules import may_moderate
from reviews.views.pages import section_page
from scoring.choice import place_of

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseRedirect, QueryDict
    from django.http.response import HttpResponseBase

    from organisation.access import MemberRequest
    from organisation.models import Member
    from reviews.models import Label
    from reviews.models.reviews import ReviewQuerySet


@require_safe
@members(may_moderate)
def comments(request: MemberRequest) -> HttpResponse:
    offered = Offered.to(request.user)
    filters = CommentFilter(request.GET, reader=request.user, offered=offered)
    rows = chosen_comments(request.user, filters.values, offered.locations)
    after = place_of(request.GET.get("after", ""))
    is_mentions = filters.values["kind"] == ReviewKind.MENTION
    page = page_of(rows, after, with_answers=is_mentions)
    context = {
        "filters": filters,
        "chips": _chips(request, filters),
        "rows": rows_of(page.comments),
        "deeds": DeedForm(offered=offered),
        "count": page.count,
        "shown_count": _counted(page.count),
        "times": answer_times(page.answered) if is_mentions else None,
        "query": _query(request.GET),
        "first_url": _url(request.GET, after=None) if after else "",
        "next_url": _url(request.GET, after=str(page.next)) if page.next else "",
    }
    return section_page(request, "comments", "reviews/comments.html", context)


@require_POST
@members(may_moderate)
def comments_deed(request: MemberRequest) -> HttpResponseRedirect:
    """Do one thing with every comment that is ticked. Those that the member may not read are left alone."""
    form = DeedForm(request.POST, offered=Offered.to(request.user))
    back = redirect(_url(request.GET))
    if not form.is_valid():
        messages.error(request, " ".join(form.reasons()))
        return back
    chosen = comments_of(request.user).filter(pk__in=form.cleaned_data["chosen"])
    count = _do(request, form, chosen)
    said = ngettext("%(count)s comment was changed.", "%(count)s comments were changed.", count)
    messages.success(request, said % {"count": number_format(count)})
    return back


@require_safe
@members(may_moderate)
def comments_file(request: MemberRequest, ending: str) -> HttpResponseBase:
    """The list as it is filtered, up to as many rows as a spreadsheet is good for."""
    if ending not in FILES:
        raise Http404
    offered = Offered.to(request.user)
    filters = CommentFilter(request.GET, reader=request.user, offered=offered)
    made = file_of(chosen_comments(request.user, filters.values, offered.locations), ending)
    name = f"comments.{ending}"
    if ending == "csv":
        response: HttpResponseBase = StreamingHttpResponse(made, content_type=FILES[ending])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return FileResponse(made, as_attachment=True, filename=name, content_type=FILES[ending])


def _do(request: MemberRequest, form: DeedForm, chosen: ReviewQuerySet) -> int:
    by, now, do = request.user, timezone.now(), Deed(form.cleaned_data["do"])
    if do is Deed.ASSIGN:
        return assign_reviews(reviews=chosen, to=_assignee(request, form), by=by, now=now)
    if do in {Deed.LABEL, Deed.UNLABEL}:
        return label_reviews(
            reviews=chosen, label=_label(request, form), is_set=do is Deed.LABEL, by=by, now=now
        )
    return handle_reviews(reviews=chosen, is_handled=do is Deed.HANDLE, by=by, now=now)


def _assignee(request: MemberRequest, form: DeedForm) -> Member | None:
    to = form.cleaned_data["to"]
    if to == NOBODY:
        return None
    return request.user if to == MYSELF else colleagues_of(request.user).get(pk=int(to))


def _label(request: MemberRequest, form: DeedForm) -> Label:
    """The label chosen, or the new one that was named; where its name is known, the one that has it."""
    if form.cleaned_data["do"] == Deed.UNLABEL or not form.cleaned_data["new_label"]:
        label: Label = form.cleaned_data["label"]
        return label
    name = form.cleaned_data["new_label"]
    return ensure_label(name=name, colour=LabelColour.GREY, by=request.user, now=timezone.now())


def _counted(count: int) -> str:
    if count > MOST_COUNTED:
        return _("more than %(count)s") % {"count": number_format(MOST_COUNTED, force_grouping=True)}
    return number_format(count, force_grouping=True)


def _chips(request: MemberRequest, filters: CommentFilter) -> list[dict[str, str]]:
    return [
        {"label": label, "value": value, "remove_url": _url(request.GET, after=None, **{name: None})}
        for name, label, value in filters.chosen()
    ]


def _url(said: QueryDict, **changes: str | None) -> str:
    query = _query(said, **changes)
    return f"{reverse('reviews:comments')}{'?' if query else ''}{query}"


def _query(said: QueryDict, **changes: str | None) -> str:
    """The filters of this address with the changes, without what is empty and what is no filter."""
    names = {*CommentFilter.base_fields, "after"}
    kept = said.copy()
    for name in list(kept):
        if name not in names or not kept[name]:
            del kept[name]
    for name, value in changes.items():
        kept.pop(name, None)
        if value is not None:
            kept[name] = value
    return kept.urlencode()
