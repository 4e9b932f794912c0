"""Mounted where the things that are undone, held or released have their pages."""

from django.urls import path

from scoring.views import imports, responses

app_name = "scoring"

urlpatterns = [
    path("surveys/imports/<int:run_id>/undo/", imports.undo, name="undo_import"),
    path("surveys/<int:survey_id>/responses/", responses.responses, name="responses"),
    path("surveys/<int:survey_id>/responses/hold/", responses.hold_all, name="hold_all"),
    path("surveys/<int:survey_id>/responses/release/", responses.release_all, name="release_all"),
    path("surveys/<int:survey_id>/responses/<uuid:response_id>/hold/", responses.hold, name="hold"),
    path("surveys/<int:survey_id>/responses/<uuid:response_id>/release/", responses.release, name="release"),
    path("surveys/<int:survey_id>/responses/<uuid:response_id>/delete/", responses.delete, name="delete"),
]
