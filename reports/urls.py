from django.urls import path, re_path

from reports import views
from reports.renderings import CHART_NAMES

app_name = "reports"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("scores.json", views.scores, name="scores"),
    re_path(rf"^charts/(?P<name>{CHART_NAMES})\.(?P<kind>svg|png|csv)$", views.chart, name="chart"),
]
