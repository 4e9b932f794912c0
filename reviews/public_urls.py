"""What everybody may read: no sign-in, stable addresses."""

from django.urls import path

from reviews.views import public

app_name = "at"

urlpatterns = [path("<slug:code>/", public.location, name="location")]
