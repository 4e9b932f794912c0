import pytest

from surveys.forms.mailings import MailingForm, RecipientsForm, initial_for, initial_of
from surveys.inviting.lists import Choices
from tests.factories import make_member
from tests.factories.invitations import make_mailing

pytestmark = pytest.mark.django_db
NOTHING = Choices(frozenset({"en"}), {}, {})


def form_of(mailing, languages=("en", "cs"), **changes):
    data = None
    if changes:
        initial = initial_of(mailing)
        places = {name: initial[name].pk for name in ("location", "touchpoint")}
        data = {name: value for name, value in initial.items() if value is not None} | places | changes
    return MailingForm(
        data,
        member=make_member("editor"),
        languages=languages,
        zone="Europe/Prague",
        back="/",
        initial=initial_of(mailing),
    )


def test_words_in_other_languages_are_kept_by_their_code():
    form = form_of(make_mailing(), subject_cs="Jaké to bylo?", body_cs="Řekněte nám to.")

    assert form.is_valid(), form.errors
    assert form.values["translations"] == {"cs": {"subject": "Jaké to bylo?", "body": "Řekněte nám to."}}


def test_words_in_another_language_are_whole_or_not_there():
    assert "body_cs" in form_of(make_mailing(), subject_cs="Jaké to bylo?").errors


def test_form_opens_with_what_is_stored():
    mailing = make_mailing(translations={"cs": {"subject": "Jaké?", "body": "Text"}})

    form = form_of(mailing)

    assert form["subject_cs"].value() == "Jaké?"
    assert form["location"].value() == mailing.location_id


def test_new_mailing_begins_with_quiet_hours_and_a_cap():
    initial = initial_for(make_mailing().survey)

    assert (initial["quiet_from"], initial["cap_days"], initial["reminders"]) == ("20:00", 90, 1)


def test_list_is_pasted_or_a_file():
    assert RecipientsForm({"lines": ""}, {}, choices=NOTHING).is_valid() is False
    form = RecipientsForm({"lines": "anna@example.org"}, {}, choices=NOTHING)
    assert form.is_valid()
    assert list(form.listed.recipients) == ["anna@example.org"]
