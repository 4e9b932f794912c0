from django.urls import include, path, re_path

from reports import views
from reports.alerts import stop_views
from reports.alerts import views as alert_views
from reports.breakdown import views as breakdown_views
from reports.breakdown.charts import NAMES as BREAKDOWN_CHARTS
from reports.changes import views as change_views
from reports.exports import choosing
from reports.exports import views as export_views
from reports.flagged import views as flagged_views
from reports.numbers import views as number_views
from reports.renderings import CHART_NAMES
from reports.schedules import leaving_views, sent_views
from reports.schedules import views as schedule_views
from reports.sharing import public_views as shared_views
from reports.sharing import views as share_views
from reports.why import views as why_views
from reports.why.charts import NAMES as WHY_CHARTS

app_name = "reports"

sent_file = re_path(r"^report\.(?P<kind>pdf|xlsx)$", sent_views.sent_file, name="sent_file")
sent_chart = re_path(
    r"^charts/(?P<name>[^/]+)\.(?P<kind>svg|png|csv|xlsx)$", sent_views.sent_chart, name="sent_chart"
)
shared_chart = re_path(
    r"^charts/(?P<name>[^/]+)\.(?P<kind>svg|png)$", shared_views.shared_chart, name="shared_chart"
)

urlpatterns = [
    path("", views.overview, name="overview"),
    re_path(rf"^charts/(?P<name>{CHART_NAMES})\.(?P<kind>svg|png|csv|xlsx)$", views.chart, name="chart"),
    path("changes/", change_views.changes, name="changes"),
    path("changes/add/", change_views.add_change, name="add_change"),
    path("changes/<int:change_id>/", change_views.change_change, name="change_change"),
    path("changes/<int:change_id>/remove/", change_views.remove_change, name="remove_change"),
    path("contents/", choosing.choose_contents, name="choose_contents"),
    path("exports/", export_views.exports, name="exports"),
    path("exports/<uuid:export_id>/progress/", export_views.export_progress, name="export_progress"),
    path("exports/<uuid:export_id>/file/", export_views.export_file, name="export_file"),
    path("exports/<uuid:export_id>/remove/", export_views.export_remove, name="export_remove"),
    path("number/", number_views.number, name="number"),
    path("number/counts.csv", number_views.number_file, name="number_file"),
    path("breakdown/", breakdown_views.breakdown, name="breakdown"),
    path("breakdown/number/", number_views.breakdown_number, name="breakdown_number"),
    path("breakdown/number/counts.csv", number_views.breakdown_number_file, name="breakdown_number_file"),
    re_path(
        rf"^breakdown/(?P<name>{BREAKDOWN_CHARTS})\.(?P<kind>svg|png|csv|xlsx)$",
        breakdown_views.breakdown_chart,
        name="breakdown_chart",
    ),
    path("breakdown.json", breakdown_views.breakdown_scores, name="breakdown_scores"),
    path("schedules/", schedule_views.schedules, name="schedules"),
    path("schedules/new/", schedule_views.schedule_new, name="schedule_new"),
    path("schedules/<int:schedule_id>/", schedule_views.schedule, name="schedule"),
    path("schedules/<int:schedule_id>/now/", schedule_views.schedule_now, name="schedule_now"),
    path("schedules/<int:schedule_id>/pause/", schedule_views.schedule_pause, name="schedule_pause"),
    path("schedules/<int:schedule_id>/resume/", schedule_views.schedule_resume, name="schedule_resume"),
    path("schedules/<int:schedule_id>/remove/", schedule_views.schedule_remove, name="schedule_remove"),
    path("leave/<str:token>/", leaving_views.leave, name="leave"),
    path("sent/", sent_views.sent, name="sent"),
    path("sent/<uuid:report_id>/", sent_views.sent_report, name="sent_report"),
    path("sent/<uuid:report_id>/", include([sent_file, sent_chart])),
    path("sent/<uuid:report_id>/leave/", sent_views.sent_leave, name="sent_leave"),
    path("flagged/", flagged_views.flagged, name="flagged"),
    path("why/", why_views.why, name="why"),
    re_path(
        rf"^why/(?P<name>{WHY_CHARTS})\.(?P<kind>svg|png|csv|xlsx)$", why_views.why_chart, name="why_chart"
    ),
    path("alerts/", alert_views.alerts, name="alerts"),
    path("alerts/new/", alert_views.alert_new, name="alert_new"),
    path("alerts/<int:alert_id>/", alert_views.alert, name="alert"),
    path("alerts/<int:alert_id>/change/", alert_views.alert_change, name="alert_change"),
    path("alerts/<int:alert_id>/leave/", alert_views.alert_leave, name="alert_leave"),
    path("alerts/<int:alert_id>/pause/", alert_views.alert_pause, name="alert_pause"),
    path("alerts/<int:alert_id>/resume/", alert_views.alert_resume, name="alert_resume"),
    path("alerts/<int:alert_id>/remove/", alert_views.alert_remove, name="alert_remove"),
    path("stop/<str:token>/", stop_views.alert_stop, name="alert_stop"),
    path("shares/", share_views.shares, name="shares"),
    path("shares/new/", share_views.share_new, name="share_new"),
    path("shares/<int:link_id>/revoke/", share_views.share_revoke, name="share_revoke"),
    path("shared/<str:token>/", shared_views.shared, name="shared"),
    path("shared/<str:token>/report.pdf", shared_views.shared_file, name="shared_file"),
    path("shared/<str:token>/", include([shared_chart])),
    path("wall/", views.wall, name="wall"),
    path("scores.json", views.scores, name="scores"),
    re_path(r"^report\.(?P<kind>pdf|xlsx)$", views.whole, name="whole"),
]
