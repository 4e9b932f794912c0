"""What customers open: no sign-in, stable addresses."""

from django.urls import path

from surveys.answering import scripts, views
from surveys.answering.ways import WIDGET

app_name = "answering"

urlpatterns = [
    path("widget.js", scripts.widget, name="widget"),
    path("<slug:slug>", views.with_slash, name="with_slash"),
    path("<slug:slug>/", views.answer, name="answer"),
    # A POST makes the browser forget its copy of the address it went to; sent here, the page that was filled in
    # stays in its memory, and going back finds the same token: sending again is the same row.
    path("<slug:slug>/send/", views.send, name="send"),
    path("<slug:slug>/thanks/", views.thanks, name="thanks"),
    # The same, small, for a frame on another website.
    path("<slug:slug>/embed/", views.answer, {"way": WIDGET}, name="embed"),
    path("<slug:slug>/embed/send/", views.send, {"way": WIDGET}, name="embed_send"),
    path("<slug:slug>/embed/thanks/", views.thanks, {"way": WIDGET}, name="embed_thanks"),
]
