"""The floor: bare Django on the same server. All default middleware, the same page as a prepared string, one
INSERT into a table of the same shape, a redirect, a prepared thank-you page. Nothing is checked.
"""

import os
import uuid
from datetime import UTC, datetime
from pathlib import Path

import dj_floor_settings  # noqa: F401 (configures Django before the models below are made)
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

application = get_wsgi_application()
PAGE = Path(os.environ["FLOOR_PAGE"]).read_text()
THANKS = Path(os.environ["FLOOR_THANKS"]).read_text()
VERSION, LOCATION, TOUCHPOINT = (int(number) for number in os.environ["FLOOR_IDS"].split(","))


class Response(models.Model):
    id = models.UUIDField(primary_key=True)
    version_id = models.IntegerField()
    location_id = models.IntegerField()
    touchpoint_id = models.IntegerField()
    mode = models.CharField(max_length=10)
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True)
    ratings = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    flags = models.PositiveSmallIntegerField(default=0)
    is_held = models.BooleanField(default=False)
    is_scored = models.BooleanField(default=False)
    is_heard = models.BooleanField(default=False)
    import_run_id = models.IntegerField(null=True)

    class Meta:
        app_label = "floor"
        db_table = "floor_response"
        managed = False

    def __str__(self):
        return str(self.id)


@csrf_exempt
def answer(request):
    if request.method == "GET":
        return HttpResponse(PAGE)
    ratings = "".join(request.POST.get(f"q{number}", "-") for number in range(1, 21))
    Response(
        id=uuid.uuid4(),
        version_id=VERSION,
        location_id=LOCATION,
        touchpoint_id=TOUCHPOINT,
        mode="link",
        received_on=datetime.now(tz=UTC).date(),
        ratings=ratings,
    ).save(force_insert=True)
    return HttpResponseRedirect("/s/bench/thanks/?r=AAAA-BBBB")


def thanks(request):
    return HttpResponse(THANKS)


urlpatterns = [path("s/bench/", answer), path("s/bench/thanks/", thanks)]
