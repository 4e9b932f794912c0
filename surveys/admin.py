"""Surveys as they are, for looking. Changes go through the builder, which knows the rules."""

from __future__ import annotations

from django.contrib import admin

from organisation.admin import ReadOnlyAdmin
from surveys.models import Measure, Question, Survey, Version


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    list_display = ("name", "slug", "purpose", "live_version", "created_at", "archived_at")
    list_filter = ("purpose",)
    list_select_related = ("live_version",)
    search_fields = ("name", "slug")


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ("survey", "number", "title", "published_at", "published_by")
    list_select_related = ("survey", "published_by")
    search_fields = ("title", "survey__name")


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ("version", "position", "measure", "text")
    list_select_related = ("version", "measure")
    search_fields = ("text", "measure__key")


@admin.register(Measure)
class MeasureAdmin(ReadOnlyAdmin):
    list_display = ("survey", "key", "kind", "dimension", "is_reversed")
    list_filter = ("kind", "dimension")
    list_select_related = ("survey",)
    search_fields = ("key", "survey__name")
