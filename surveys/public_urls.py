"""What customers open: no sign-in, stable addresses."""

from django.urls import path

from surveys.answering import views

app_name = "answering"

urlpatterns = [
    path("<slug:slug>", views.with_slash, name="with_slash"),
    path("<slug:slug>/", views.answer, name="answer"),
    path("<slug:slug>/thanks/", views.thanks, name="thanks"),
]
