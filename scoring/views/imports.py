from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organisation.access import members
from organisation.rules import may_edit
from scoring.undoing import NotImportedError, undo_import
from surveys.models import ImportRun

if TYPE_CHECKING:
    from django.http import HttpResponse

    from organisation.access import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@members(may_edit)
def undo(request: MemberRequest, run_id: int) -> HttpResponse:
    """Asks first, then undoes an import."""
    runs = ImportRun.objects.visible_to(request.user).select_related("survey")
    run = get_object_or_404(runs, pk=run_id)
    if request.method != "POST":
        context = {"run": run, "responses": run.responses.count()}
        return render(request, "surveys/imports/undo.html", context)
    try:
        deleted = undo_import(run=run, by=request.user, now=timezone.now())
    except NotImportedError:
        messages.error(request, _("There is nothing to undo."))
    else:
        said = ngettext("%(count)d response was deleted.", "%(count)d responses were deleted.", deleted)
        messages.success(request, said % {"count": deleted})
    return redirect("surveys:import_run", run.pk)
