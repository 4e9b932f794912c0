"""What a kiosk of a survey sends."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from surveys.answering.kiosk_tokens import KioskPass, KioskPlace, sign_pass, sign_place
from tests.factories import make_kiosk

FIVE = {"quality": ["5"], "speed": ["2"], "convenience": ["x"], "knowledge": ["4"], "overall": ["4"]}


def address_of(version, location="main", touchpoint="service", edition=1):
    place = sign_place(KioskPlace(version.survey_id, location, touchpoint, edition))
    return f"/kiosk/{version.survey.slug}/?k={place}"


def pass_of(version, *, location="main", touchpoint="service", issued_at=None, edition=1):
    issued_at = issued_at or timezone.now() - timedelta(minutes=2)
    return sign_pass(KioskPass(version.pk, location, touchpoint, issued_at, edition))


def body_of(version, **given):
    plain = {"id": str(uuid4()), "answers": FIVE, "age": 0, "took": 40, "abandoned": False}
    return {"pass": pass_of(version), **plain, **given}


def leaving_body(version, pin="2468"):
    make_kiosk(version.survey, pin=pin)
    return {"pass": pass_of(version), "pin": pin}
