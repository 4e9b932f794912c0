"""What other programs send, with a key of their own. The addresses are stable."""

from django.urls import path

from surveys.views import api

app_name = "api"

urlpatterns = [
    path("mailings/<int:mailing_id>/recipients/", api.recipients, name="recipients"),
    path("bounces/", api.bounces, name="bounces"),
]
