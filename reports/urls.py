from django.urls import path, re_path

from reports import views
from reports.breakdown import views as breakdown_views
from reports.exports import views as export_views
from reports.numbers import views as number_views
from reports.renderings import CHART_NAMES

app_name = "reports"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("exports/", export_views.exports, name="exports"),
    path("exports/<uuid:export_id>/progress/", export_views.export_progress, name="export_progress"),
    path("exports/<uuid:export_id>/file/", export_views.export_file, name="export_file"),
    path("exports/<uuid:export_id>/remove/", export_views.export_remove, name="export_remove"),
    path("number/", number_views.number, name="number"),
    path("number/counts.csv", number_views.number_file, name="number_file"),
    path("breakdown/", breakdown_views.breakdown, name="breakdown"),
    path("breakdown.json", breakdown_views.breakdown_scores, name="breakdown_scores"),
    path("scores.json", views.scores, name="scores"),
    re_path(rf"^charts/(?P<name>{CHART_NAMES})\.(?P<kind>svg|png|csv|xlsx)$", views.chart, name="chart"),
    re_path(r"^report\.(?P<kind>pdf|xlsx)$", views.whole, name="whole"),
]
