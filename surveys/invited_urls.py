"""What invited customers open: their personal link, and the addresses without a name that it leads to."""

from django.urls import path

from surveys.answering import invited_sending, invited_views, unsubscribe_views, views
from surveys.answering.ways import INVITED

app_name = "invited"

urlpatterns = [
    path("i/<str:token>/", invited_views.open_link, name="open"),
    path("i/<str:token>/unsubscribe/", unsubscribe_views.unsubscription, name="unsubscribe"),
    path("s/<slug:slug>/invited/", invited_views.answer, name="answer"),
    path("s/<slug:slug>/invited/send/", invited_sending.send, name="send"),
    path("s/<slug:slug>/invited/save/", invited_sending.save, name="save"),
    path("s/<slug:slug>/invited/saved/", invited_views.saved, name="saved"),
    path("s/<slug:slug>/invited/thanks/", views.thanks, {"way": INVITED}, name="thanks"),
]
