"""Addresses as they are shared: what was chosen, and nothing of what was left open."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate

from django.shortcuts import redirect

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase, QueryDict

    from organisation.access import MemberRequest

type Page[**P] = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def in_short(view: Page[...]) -> Page[...]:
    """A form that is sent without a script names what was left open, too: its address leads on to one that does not."""

    @wraps(view)
    def shortened(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        short = said_in(request.GET)
        if request.method == "POST" or short == request.GET:
            return view(request, *args, **kwargs)
        return redirect(f"{request.path}?{short.urlencode()}")

    return shortened


def said_in(query: QueryDict) -> QueryDict:
    """Without parameters that say nothing."""
    short = query.copy()
    for name, values in query.lists():
        if said := [value for value in values if value]:
            short.setlist(name, said)
        else:
            del short[name]
    return short
