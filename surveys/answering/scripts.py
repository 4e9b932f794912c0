"""Scripts with an address of their own, which other people's pages and browsers' workers rely on."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

AN_HOUR = 3600


@require_safe
def widget(request: HttpRequest) -> HttpResponse:
    """The script that other websites load: its address never changes, so it is asked for anew within the hour."""
    response = public_script(request, "js/widget.js", seconds=AN_HOUR)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def public_script(request: HttpRequest, name: str, *, seconds: int) -> HttpResponse:
    """A script of ours under the address that was asked for, kept by browsers for so many seconds."""
    content = _content(name)
    etag = quote_etag(sha256(content).hexdigest()[:32])
    kind = "text/javascript; charset=utf-8"
    response = HttpResponse(content, content_type=kind, headers={"ETag": etag})
    patch_cache_control(response, public=True, max_age=seconds)
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


@cache
def _content(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()
