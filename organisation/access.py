"""Who may open a page: signed in, active, and with a role that the page's rule allows."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from organisation.models import Member

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase


class MemberRequest(HttpRequest):
    """A request whose user is known to be a member."""

    user: Member


type Rule = Callable[[Member], bool]
type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
type MemberView[**P] = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def members(rule: Rule) -> Callable[[MemberView[...]], View[...]]:
    """Open a view to members whom `rule` allows: others sign in first (302) or are refused (403)."""

    def decorate(view: MemberView[...]) -> View[...]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not rule(request.user):
                raise PermissionDenied
            return view(cast("MemberRequest", request), *args, **kwargs)

        return guarded

    return decorate
