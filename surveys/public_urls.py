"""What customers open: no sign-in, stable addresses."""

from django.urls import path

from surveys.answering import views

app_name = "answering"

urlpatterns = [
    path("<slug:slug>", views.with_slash, name="with_slash"),
    path("<slug:slug>/", views.answer, name="answer"),
    # A POST makes the browser forget its copy of the address it went to; sent here, the page that was filled in
    # stays in its memory, and going back finds the same token: sending again is the same row.
    path("<slug:slug>/send/", views.send, name="send"),
    path("<slug:slug>/thanks/", views.thanks, name="thanks"),
]
