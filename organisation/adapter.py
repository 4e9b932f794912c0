"""Sign-in as allauth does it; but nobody signs up by themselves, and the language is kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """What is written to the member from now on is in the language in which they have just signed in."""
        language = get_language()
        if language in dict(settings.LANGUAGES) and user.language != language:
            user.language = language
            user.save(update_fields=["language"])
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_user_display(self, user: Any) -> str:
        return str(user)
