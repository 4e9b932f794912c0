"""What customers open: no sign-in, stable addresses."""

from django.urls import URLPattern

app_name = "answering"

urlpatterns: list[URLPattern] = []
