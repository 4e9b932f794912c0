"""Who a customer says to be, and what may be done with it: apart from the answers, to be erased without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.checks import at_most
from surveys.models.responses import Response

if TYPE_CHECKING:
    from datetime import date

    from organisation.models import Member


LONGEST_NAME, LONGEST_EMAIL, LONGEST_PHONE = 100, 254, 30


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(response__in=Response.objects.visible_to(member))

    def older_than(self, day: date) -> Self:
        """Left before that day, with something that is not for the public."""
        return self.exclude(email="", phone="", consent_publish=True).filter(response__received_on__lt=day)


class Contact(models.Model):
    """What a customer chose to leave on a review form. Without any of it there is no row.

    The two consents are asked apart, and neither follows from the other.
    """

    response = models.OneToOneField(Response, models.CASCADE, primary_key=True, related_name="contact")
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    email = models.EmailField(_("e-mail"), max_length=LONGEST_EMAIL, blank=True)
    phone = models.CharField(_("phone"), max_length=LONGEST_PHONE, blank=True)
    consent_publish = models.BooleanField(_("may be published"), default=False)
    consent_contact = models.BooleanField(_("may be contacted"), default=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            at_most("name", LONGEST_NAME),
            at_most("email", LONGEST_EMAIL),
            at_most("phone", LONGEST_PHONE),
            models.CheckConstraint(
                condition=~Q(name="", email="", phone="", consent_publish=False, consent_contact=False),
                name="%(app_label)s_%(class)s_says_something",
            ),
            models.CheckConstraint(
                condition=Q(consent_contact=True) & ~Q(email="", phone="")
                | Q(consent_contact=False, email="", phone=""),
                name="%(app_label)s_%(class)s_reachable_only_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}"
