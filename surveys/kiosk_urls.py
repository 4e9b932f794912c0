"""What a kiosk opens: no sign-in, stable addresses."""

from django.urls import path

from surveys.answering import kiosk_views

app_name = "kiosk"

urlpatterns = [
    path("worker.js", kiosk_views.worker, name="worker"),
    path("<slug:slug>/", kiosk_views.kiosk, name="kiosk"),
    path("<slug:slug>/send/", kiosk_views.send, name="send"),
    path("<slug:slug>/leave/", kiosk_views.leave, name="leave"),
]
