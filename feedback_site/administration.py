"""Django's admin, as a window onto our own tables."""

from __future__ import annotations

from pathlib import Path

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.conf import settings
from django.contrib import admin


def own_site() -> admin.AdminSite:
    """The admin behind the site's own sign-in, without the tables of parts: theirs hold keys and secrets."""
    for model in list(admin.site._registry):  # noqa: SLF001 (there is no other list of what is registered)
        if not _is_ours(model._meta.app_label):  # noqa: SLF001
            admin.site.unregister(model)
    admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
    return admin.site


def _is_ours(app_label: str) -> bool:
    return Path(apps.get_app_config(app_label).path).parent == settings.BASE_DIR
