"""One of each thing, so that every address has something that it could show, or leak."""

from functools import cached_property

from allauth.mfa.models import Authenticator
from django.utils import timezone

from organisation.actions import record_change
from organisation.enums import Role
from organisation.models import Organisation
from tests.factories import (
    make_draft,
    make_invitation,
    make_location,
    make_mailing,
    make_member,
    make_published,
    make_region,
    make_response,
    make_survey,
    make_touchpoint,
)

HOLD_PLACES = [Role.MANAGER, Role.CLERK, Role.SHOPPER]


def with_second_factor(member):
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "none"})
    return member


class World:
    """Members of every role who hold `location`, others who hold `elsewhere`, and things that are made when
    they are asked for.
    """

    def __init__(self) -> None:
        Organisation.objects.update(logo=b"a picture", logo_type="image/png")
        self.region = make_region()
        self.location = make_location(region=self.region)
        self.elsewhere = make_location()
        self.members = {
            role: with_second_factor(make_member(role, locations=[self.location])) for role in Role
        }
        self.members_elsewhere = {
            role: with_second_factor(make_member(role, locations=[self.elsewhere])) for role in HOLD_PLACES
        }
        self.inactive = with_second_factor(make_member(Role.ADMINISTRATOR, is_active=False))

    @property
    def administrator(self):
        return self.members[Role.ADMINISTRATOR]

    @property
    def editor(self):
        return self.members[Role.EDITOR]

    @property
    def manager(self):
        return self.members[Role.MANAGER]

    @cached_property
    def touchpoint(self):
        return make_touchpoint()

    @cached_property
    def empty_region(self):
        return make_region()

    @cached_property
    def survey(self):
        """Published, with a version of five ratings."""
        return make_published().survey

    @property
    def version(self):
        return self.survey.live_version

    @cached_property
    def draft_survey(self):
        """Never published, with a draft of five ratings."""
        return make_draft(make_survey()).survey

    @property
    def draft(self):
        return self.draft_survey.versions.drafts().get()

    @property
    def question(self):
        return self.draft.questions.in_order().first()

    @cached_property
    def response(self):
        return make_response(self.version, location=self.location)

    @cached_property
    def mailing(self):
        """A draft with one recipient."""
        return make_invitation(make_mailing(self.survey)).mailing

    @cached_property
    def audit_entry(self):
        return record_change(
            action="changed", subject=self.location, by=self.administrator, now=timezone.now()
        )
