"""Mounted where the thing that is undone has its page."""

from django.urls import path

from scoring import views

app_name = "scoring"

urlpatterns = [
    path("surveys/imports/<int:run_id>/undo/", views.undo, name="undo_import"),
]
