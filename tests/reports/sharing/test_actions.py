from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from organisation.enums import Role
from organisation.models import AuditEntry
from reports.models import ShareLink
from reports.sharing import actions
from reports.sharing.actions import LinkWish, TooManyLinks, hash_of, revoke_link, share_report
from tests.factories import make_member, make_published, make_share
from tests.factories.reports import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return make_published().survey


def share(survey, by=None):
    wish = LinkWish("Board", days=7)
    return share_report(
        filters=f"survey={survey.slug}", wish=wish, language="en", by=by or make_member(), now=NOW
    )


def test_only_the_hash_of_a_token_of_192_bits_is_kept(survey):
    link, token = share(survey)

    assert len(token) == 32
    assert bytes(ShareLink.objects.get().token_hash) == hash_of(token)
    assert link.expires_at == NOW + timedelta(days=7)
    assert token not in str([*AuditEntry.objects.values(), *ShareLink.objects.values()])
    assert share(survey)[1] != token


def test_there_is_an_end_to_how_many_are_open(survey, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OPEN", 1)
    member = make_member()
    link, _token = share(survey, member)

    with pytest.raises(TooManyLinks):
        share(survey, member)
    revoke_link(link=link, by=member, now=NOW)
    assert share(survey, member)


def test_revoking_twice_is_as_once(survey):
    link, _token = share(survey)

    for _time in range(2):
        revoke_link(link=link, by=link.owner, now=NOW)

    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == ["shared", "revoked"]


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": NOW},
        {"name": ""},
        {"revoked_at": NOW - timedelta(days=1)},
        {"report": None},
        {"cleared_at": NOW},
    ],
    ids=str,
)
def test_the_database_refuses_what_no_link_can_be(survey, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_share(survey, now=NOW, **fields)


def test_a_link_is_seen_by_whoever_made_it_and_by_administrators(survey):
    link = make_share(survey)

    seen = [
        list(ShareLink.objects.visible_to(member)) == [link]
        for member in (link.owner, make_member(Role.ADMINISTRATOR), make_member(Role.MANAGER))
    ]
    assert seen == [True, True, False]
