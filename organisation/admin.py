"""Lists to look at. Changes are made on the organisation's own pages, whose actions keep the rules and the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from organisation.models import AuditEntry, Location, Member, Organisation, Region, Touchpoint

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 (Django’s signature)
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (Django’s signature)
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 (Django’s signature)
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """An address asks what the filters beside the list ask, and no more: `at__year=9999999` breaks a database."""
        path, _, kind = lookup.rpartition("__")
        wanted = (path or kind).removesuffix("__id")
        asked = wanted in self.get_list_filter(request) and (not path or kind in {"exact", "isnull"})
        return asked and super().lookup_allowed(lookup, value, request)


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ("name", "time_zone", "minimum_group", "minimum_comments")
    exclude = ("logo",)


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ("code", "name")
    search_fields = ("code", "name")
    ordering = ("code",)


@admin.register(Location)
class LocationAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "region", "time_zone", "is_default", "archived_at")
    list_filter = ("is_default", "region")
    list_select_related = ("region",)
    search_fields = ("code", "name")
    ordering = ("code",)


@admin.register(Touchpoint)
class TouchpointAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "channel", "stage", "is_default", "archived_at")
    list_filter = ("channel", "stage")
    ordering = ("code",)


@admin.register(Member)
class MemberAdmin(ReadOnlyAdmin):
    list_display = ("email", "name", "role", "all_locations", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    exclude = ("password",)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "action", "kind", "label")
    list_filter = ("kind", "action")
    list_select_related = ("by",)
    ordering = ("-at", "-pk")
