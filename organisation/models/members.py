"""Who works with the site, as what, and for which places."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from organisation.checks import one_of
from organisation.enums import Role
from organisation.models.places import Location, Region


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, member: Member) -> Self:
        return self if member.is_administrator else self.filter(pk=member.pk)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        member = Member(email=email.lower(), **fields)
        member.set_password(password)
        member.save()
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Member:
        return self.create_user(email, password, role=Role.ADMINISTRATOR, **fields)


class Member(AbstractBaseUser):
    """A person who signs in. The role says what they may do, their places say where."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.CLERK)
    all_locations = models.BooleanField(_("every location"), default=False)
    locations = models.ManyToManyField(
        Location, blank=True, related_name="members", verbose_name=_("locations")
    )
    regions = models.ManyToManyField(Region, blank=True, related_name="members", verbose_name=_("regions"))
    is_active = models.BooleanField(_("may sign in"), default=True)
    # In which they signed in last: for what is written to them. Empty where they never did.
    language = models.CharField(_("language"), max_length=10, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = MemberManager()

    class Meta:
        constraints = [
            one_of("role", Role),
            models.CheckConstraint(
                condition=Q(language__in=["", *(code for code, _name in settings.LANGUAGES)]),
                name="%(app_label)s_%(class)s_language_is_known",
            ),
            models.UniqueConstraint(
                Lower("email"), name="%(app_label)s_%(class)s_email_once_whatever_its_case"
            ),
            models.CheckConstraint(
                condition=Q(email__contains="@"), name="%(app_label)s_%(class)s_email_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def sees_everywhere(self) -> bool:
        return self.all_locations or self.role in {Role.ADMINISTRATOR, Role.EDITOR}

    @property
    def may_see_recipients(self) -> bool:
        """Addresses of customers are for those who invite them, wherever they are."""
        return self.role in {Role.ADMINISTRATOR, Role.EDITOR}

    # What django.contrib.admin asks of a user.
    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    @property
    def is_superuser(self) -> bool:
        return self.is_administrator

    def has_perm(self, _permission: str, _object: Any = None) -> bool:
        return self.is_active and self.is_administrator

    def has_module_perms(self, _app_label: str) -> bool:
        return self.is_active and self.is_administrator
