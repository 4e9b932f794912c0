"""Staff pages of mailings, walked as an editor does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.models import AccessKey, Invitation, Mail, Mailing
from tests.factories import make_member, make_published, make_survey
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_member("editor", email="editor@example.org"))
    return client


@pytest.fixture
def mailing():
    return make_mailing(name="Spring")


def at(mailing, *parts):
    return "/".join(["", "surveys", str(mailing.survey_id), "invitations", str(mailing.pk), *parts, ""])


def filled_in(mailing, **changes):
    given = {
        "name": "Spring",
        "subject": "How was it, {name}?",
        "body": "Dear {name},\n\nplease say.",
        "location": mailing.location_id,
        "touchpoint": mailing.touchpoint_id,
        "reminders": 1,
        "reminder_days": 7,
        "cap_days": 90,
        "quiet_from": "20:00",
        "quiet_until": "08:00",
        "starts_at": "",
    }
    return given | changes


def test_mailing_is_made_and_its_list_comes_next(editor):
    survey = make_published().survey
    form = editor.get(f"/surveys/{survey.pk}/invitations/new/").context["form"]
    given = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    given |= {name: form.initial[name].pk for name in ("location", "touchpoint")}

    answer = editor.post(f"/surveys/{survey.pk}/invitations/new/", given)

    made = Mailing.objects.get()
    assert answer.url == at(made, "recipients")
    assert made.quiet_from.isoformat() == "20:00:00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": ""},
        {"subject": "x" * 151},
        {"body": "a\x00b"},
        {"reminders": 4},
        {"cap_days": -1},
        {"quiet_until": ""},
        {"quiet_from": "25:00"},
        {"location": "nowhere"},
        {"location": "9" * 30},
        {"starts_at": "soon"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(editor, mailing, wrong):
    answer = editor.post(at(mailing, "change"), filled_in(mailing, **wrong))

    assert answer.status_code == 422
    assert "please say." in answer.content.decode() or "body" in wrong
    mailing.refresh_from_db()
    assert mailing.body != "Dear {name},\n\nplease say."


def test_subject_stays_one_line(editor, mailing):
    editor.post(at(mailing, "change"), filled_in(mailing, subject="How was it\r\nBcc: eva@example.org"))

    mailing.refresh_from_db()
    assert mailing.subject == "How was it Bcc: eva@example.org"


def test_pasted_list_with_a_bad_line(editor, mailing):
    answer = editor.post(at(mailing, "recipients"), {"lines": "anna@example.org, Anna\nnobody"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 row was not added" in page
    assert Invitation.objects.get().name == "Anna"


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (b"e-mail,name\nanna@example.org,Anna\neva@example.org,Eva\n", 2),
        (b"anna@example.org\n", 1),
        (b"PK\x03\x04 not really", 0),
        (b"", 0),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 0),
        (b"name\nAnna\n", 0),
    ],
)
def test_file_is_judged_by_what_is_in_it(editor, mailing, content, count):
    answer = editor.post(at(mailing, "recipients"), {"file": SimpleUploadedFile("list.csv", content)})

    assert answer.status_code == (302 if count else 422)
    assert Invitation.objects.count() == count


def test_workbook_is_read(editor, mailing, tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "list.xlsx") as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([("Name", "E-mail"), ("Anna", "anna@example.org")]):
            sheet.write_row(row, 0, cells)
    file = SimpleUploadedFile("list.xlsx", (tmp_path / "list.xlsx").read_bytes())

    assert editor.post(at(mailing, "recipients"), {"file": file}).status_code == 302
    assert Invitation.objects.get().name == "Anna"


def test_list_or_file_but_not_neither(editor, mailing):
    assert editor.post(at(mailing, "recipients"), {"lines": " "}).status_code == 422


def test_page_of_a_mailing_says_how_far_it_is(editor, mailing):
    make_invitation(mailing, sent_at=NOW, is_started=True, is_finished=True)
    make_invitation(mailing, sent_at=NOW, state="bounced")
    make_invitation(mailing)

    figures = editor.get(at(mailing)).context["figures"]

    assert (figures.invited, figures.sent, figures.bounced, figures.started, figures.finished) == (
        3,
        2,
        1,
        1,
        1,
    )


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_who_has_finished_is_told_only_where_nothing_was_promised(editor, is_anonymous):
    mailing = make_mailing(make_published(make_survey(is_anonymous=is_anonymous)).survey)
    make_invitation(mailing, sent_at=NOW, is_started=True, is_finished=True)
    make_invitation(mailing, sent_at=NOW, is_started=True)

    page = editor.get(at(mailing, "recipients")).content.decode()

    assert ("finished" in page, "· started" in page) == (not is_anonymous, not is_anonymous)


def test_progress_asks_again_only_while_mails_go_out(editor, mailing):
    make_invitation(mailing)
    Mailing.objects.update(state="sending")
    going = editor.get(at(mailing, "progress"))
    Mailing.objects.update(state="paused")
    ended = editor.get(at(mailing, "progress"))

    assert "hx-get" in going.content.decode()
    assert ended.headers["HX-Refresh"] == "true"


def test_start_pause_resume_stop(editor, mailing):
    make_invitation(mailing)
    states = []
    for deed in ("start", "pause", "resume", "stop", "start"):
        editor.post(at(mailing, deed))
        states.append(Mailing.objects.get().state)

    assert states == ["sending", "paused", "sending", "stopped", "stopped"]
    assert Mailing.objects.get().origin == "http://testserver"


def test_preview_shows_the_mail_and_runs_nothing(editor, mailing):
    Mailing.objects.update(body="<script>alert(1)</script> {name}")

    page = editor.get(at(mailing, "preview", "mail"))

    assert "<script" not in page.content.decode()
    assert "Anna" in page.content.decode()
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert editor.get(at(mailing, "preview")).status_code == 200


def test_test_mail_goes_to_whoever_asks(editor, mailing, smtp):
    editor.post(at(mailing, "test"))

    (mail,) = smtp.mails
    assert mail.to == "editor@example.org"
    assert Invitation.objects.count() == 0


def test_test_mail_that_cannot_be_sent_says_why(editor, mailing, settings, smtp):
    smtp.refuse["editor@example.org"] = "550 not you"

    page = editor.post(at(mailing, "test"), follow=True).content.decode()

    assert "not you" in page


def doubtful_in(mailing):
    one = make_invitation(mailing, sent_at=NOW)
    Mail.objects.create(
        invitation=one,
        turn=0,
        state="doubtful",
        claim="0" * 32,
        place=0,
        claimed_at=NOW,
        sent_at=NOW,
        message_id="<x@y>",
    )
    return one


def test_doubt_is_explained_and_the_mail_sent_again_when_somebody_says_so(editor, mailing):
    Mailing.objects.update(state="sent", ended_at=NOW)
    one = doubtful_in(mailing)
    page = editor.get(at(mailing)).content.decode()

    editor.post(at(mailing, "again"))

    assert "1 doubtful mail" in page
    assert "Send 1 mail again" in page
    one.refresh_from_db()
    assert one.due_at
    assert Mailing.objects.get().state == "sending"
    assert editor.get(at(mailing)).context["figures"].doubtful == 0
    assert (
        "No mail of this mailing is in doubt"
        in editor.post(at(mailing, "again"), follow=True).content.decode()
    )


def test_stopped_mailing_offers_to_send_nothing_again(editor, mailing):
    Mailing.objects.update(state="stopped", ended_at=NOW)
    doubtful_in(mailing)

    page = editor.get(at(mailing)).content.decode()

    assert "1 doubtful mail" in page
    assert "Send 1 mail again" not in page


@pytest.mark.parametrize(
    ("count", "is_anonymous", "tells"), [(4, True, False), (5, True, True), (1, False, True)]
)
def test_of_a_few_people_nobody_is_told_who_answered_anonymously(editor, mailing, count, is_anonymous, tells):
    type(mailing.survey).objects.update(is_anonymous=is_anonymous)
    for _ in range(count):
        make_invitation(mailing, sent_at=NOW, is_started=True, is_finished=True)
    make_invitation(mailing, sent_at=NOW, state="bounced")

    page = editor.get(at(mailing)).content.decode()
    asked_again = editor.get(at(mailing, "progress"))
    listed = editor.get(f"/surveys/{mailing.survey_id}/invitations/").content.decode()

    assert ("Response rate 100 %" in page, "finished</li>" in page, "started</li>" in page) == (tells,) * 3
    assert "finished" not in asked_again.content.decode()
    assert (f"'Finished'>{count}<" in listed.replace('"', "'")) is tells
    assert ("it would tell who has answered" in listed) is not tells


def test_recipients_of_an_anonymous_survey_are_listed_without_who_answered(editor, mailing):
    make_invitation(mailing, email="anna@example.org", sent_at=NOW, is_started=True, is_finished=True)
    make_invitation(mailing, email="eva@example.org", sent_at=NOW)

    def row(address):
        page = " ".join(editor.get(at(mailing, "recipients")).content.decode().split())
        return page.partition(f">{address}</th>")[2].partition("</tr>")[0]

    assert row("anna@example.org") == row("eva@example.org")
    type(mailing.survey).objects.update(is_anonymous=False)
    assert "finished" in row("anna@example.org")


def test_what_was_erased_is_counted_and_not_listed(editor, mailing):
    make_invitation(mailing, email="anna@example.org", sent_at=NOW)
    gone = make_invitation(mailing, sent_at=NOW)
    Invitation.objects.filter(pk=gone.pk).update(email="", name="", address_hash=b"x" * 32)

    answer = editor.get(at(mailing, "recipients"))

    assert [one.email for one in answer.context["page"]] == ["anna@example.org"]
    assert "name of 1 recipient were erased" in answer.content.decode()
    page = editor.get(at(mailing)).content.decode()
    assert "erased 90 days after the last mail to them · 1 erased already" in " ".join(page.split())


def test_recipient_is_removed_unless_invited(editor, mailing):
    waiting, sent = make_invitation(mailing), make_invitation(mailing, sent_at=NOW)
    for one in (waiting, sent):
        editor.post(at(mailing, "recipients", str(one.pk), "remove"))

    assert list(Invitation.objects.all()) == [sent]


def test_search_takes_anything(editor, mailing):
    make_invitation(mailing, email="anna@example.org")

    for words in ("anna", "\x00", "%", "'", "x" * 5000):
        assert editor.get(at(mailing, "recipients"), {"q": words, "state": words}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_whatever_their_length(editor, mailing, count, django_assert_max_num_queries):
    for _ in range(count):
        make_mailing(mailing.survey)
        make_invitation(mailing)

    with django_assert_max_num_queries(12):
        editor.get(f"/surveys/{mailing.survey_id}/invitations/")
    with django_assert_max_num_queries(14):
        editor.get(at(mailing, "recipients"))


def test_key_is_shown_once(editor):
    page = editor.post("/surveys/keys/", {"name": "Till", "may_add_recipients": "on"}).content.decode()
    key = AccessKey.objects.get()

    assert f">{key.begins_with}" in page
    assert page.count("fb_") >= 2
    assert editor.get("/surveys/keys/").content.decode().count("fb_") == 1
    editor.post(f"/surveys/keys/{key.pk}/revoke/")
    assert AccessKey.objects.get().revoked_at


def test_key_has_to_be_good_for_something(editor):
    assert editor.post("/surveys/keys/", {"name": "Till"}).status_code == 422


def test_mailing_of_another_survey_is_not_there(editor, mailing):
    other = make_published().survey

    assert editor.get(f"/surveys/{other.pk}/invitations/{mailing.pk}/").status_code == 404
