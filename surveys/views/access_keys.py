"""Keys for programs that add recipients and report bounces. A key is shown once, when it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisation.access import members
from organisation.rules import may_edit
from surveys.actions.access_keys import make_access_key, revoke_access_key
from surveys.forms.access_keys import AccessKeyForm
from surveys.models import AccessKey

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def keys(request: MemberRequest) -> HttpResponse:
    form, made, secret = AccessKeyForm(request.POST or None), None, ""
    if form.is_valid():
        made, secret = make_access_key(**form.cleaned_data, by=request.user, now=timezone.now())
        form = AccessKeyForm()
    rows = AccessKey.objects.visible_to(request.user).select_related("created_by")
    context = {"form": form, "made": made, "secret": secret, "keys": rows.order_by("-created_at", "-pk")}
    status = 422 if form.errors else 200
    return render(request, "surveys/builder/access_keys.html", context, status=status)


@require_POST
@members(may_edit)
def revoke(request: MemberRequest, key_id: int) -> HttpResponse:
    key = get_object_or_404(AccessKey.objects.visible_to(request.user), pk=key_id)
    revoke_access_key(key=key, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": key.name})
    return redirect("surveys:access_keys")
