"""What a request says about its own encoding, read so that no header of it can break a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping


# Every browser sends UTF-8. Python knows “encodings” of bytes (hex) and of half characters (unicode_escape) too,
# and Django would read the address and the form by whatever a request names.
READ = frozenset({"utf-8", "utf8", "us-ascii"})


class Request(WSGIRequest):
    """Read as UTF-8. `is_understood` is False where its Content-Type cannot be read or names another encoding."""

    is_understood: bool

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        try:
            self.content_type, parameters = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (ValueError, LookupError):
            self.content_type, parameters = "", {"charset": ""}
        self.is_understood = parameters.pop("charset", "utf-8").lower() in READ
        self.content_params = parameters


class Application(WSGIHandler):
    request_class = Request
