"""Surveys as they are, for looking. Changes go through the builder, which knows the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from surveys.models import Measure, Question, Survey, Version

if TYPE_CHECKING:
    from django.http import HttpRequest


class ForLooking:
    """An admin page on which nothing can be added, changed or deleted."""

    def has_add_permission(self, _request: HttpRequest, *_: Any) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, *_: Any) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, *_: Any) -> bool:
        return False


@admin.register(Survey)
class SurveyAdmin(ForLooking, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "slug", "purpose", "live_version", "created_at", "archived_at")
    list_filter = ("purpose",)
    list_select_related = ("live_version",)
    search_fields = ("name", "slug")


@admin.register(Version)
class VersionAdmin(ForLooking, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("survey", "number", "title", "published_at", "published_by")
    list_select_related = ("survey", "published_by")
    search_fields = ("title", "survey__name")


@admin.register(Question)
class QuestionAdmin(ForLooking, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("version", "position", "measure", "text")
    list_select_related = ("version", "measure")
    search_fields = ("text", "measure__key")


@admin.register(Measure)
class MeasureAdmin(ForLooking, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("survey", "key", "kind", "dimension", "is_reversed")
    list_filter = ("kind", "dimension")
    list_select_related = ("survey",)
    search_fields = ("key", "survey__name")
