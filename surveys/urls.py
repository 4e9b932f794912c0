from django.urls import URLPattern, path

from surveys.views import building, imports, lifecycle, listing, publishing, sharing, translations

app_name = "surveys"

urlpatterns: list[URLPattern] = [
    path("", listing.survey_list, name="list"),
    path("new/", listing.new_survey, name="new"),
    path("hints/", building.hints, name="hints"),
    path("<int:survey_id>/", building.build, name="build"),
    path("<int:survey_id>/new-question/<slug:kind>/", building.add_question, name="add_question"),
    path("<int:survey_id>/questions/<slug:key>/", building.change_question, name="change_question"),
    path("<int:survey_id>/questions/<slug:key>/move/<int:to>/", building.move_question, name="move_question"),
    path("<int:survey_id>/questions/<slug:key>/copy/", building.copy_question, name="copy_question"),
    path("<int:survey_id>/questions/<slug:key>/remove/", building.remove_question, name="remove_question"),
    path("<int:survey_id>/put-back/", building.put_back_question, name="put_back_question"),
    path("<int:survey_id>/texts/", building.change_version_texts, {"part": "texts"}, name="texts"),
    path("<int:survey_id>/closing/", building.change_version_texts, {"part": "closing"}, name="closing"),
    path("<int:survey_id>/settings/", lifecycle.change_settings, name="settings"),
    path("<int:survey_id>/archive/", lifecycle.archive, name="archive"),
    path("<int:survey_id>/restore/", lifecycle.restore, name="restore"),
    path("<int:survey_id>/copy/", lifecycle.copy, name="copy"),
    path("<int:survey_id>/draft/", publishing.start_draft, name="start_draft"),
    path("<int:survey_id>/draft/discard/", publishing.discard_draft, name="discard_draft"),
    path("<int:survey_id>/publish/", publishing.publish, name="publish"),
    path("<int:survey_id>/translations/", translations.translate, name="translate"),
    path("<int:survey_id>/preview/", sharing.preview, name="preview"),
    path("<int:survey_id>/preview/page/", sharing.preview_frame, name="preview_frame"),
    path("<int:survey_id>/share/", sharing.share, name="share"),
    path("<int:survey_id>/qr.svg", sharing.qr, name="qr"),
    path("<int:survey_id>/sheet/", sharing.sheet, name="sheet"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:run_id>/", imports.import_run, name="import_run"),
    path("imports/<int:run_id>/map/", imports.import_map, name="import_map"),
    path("imports/<int:run_id>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:run_id>/check/", imports.import_check, name="import_check"),
    path("imports/<int:run_id>/start/", imports.import_start, name="import_start"),
    path("imports/<int:run_id>/give-up/", imports.import_give_up, name="import_give_up"),
    path("imports/<int:run_id>/errors.csv", imports.import_errors, name="import_errors"),
    path("imports/<int:run_id>/map.toml", imports.import_toml, name="import_toml"),
]
