import pytest
from django.urls import reverse

from surveys.answering import places
from surveys.answering.about import EMAIL, NAME, PHONE, PUBLISH, REACH, read_about
from surveys.answering.pages import preview_page
from surveys.enums import Purpose
from surveys.models import Contact, Response, Survey
from tests.factories import make_kiosk, make_published, make_review_form, make_survey
from tests.surveys.answering.kiosks import address_of


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, set()),
        ({NAME: ["Ana"]}, set()),
        ({PUBLISH: ["yes"]}, set()),
        ({EMAIL: ["a@example.org"], REACH: ["yes"]}, set()),
        ({PHONE: ["+45 12 34 56 78"], REACH: ["yes"]}, set()),
        ({EMAIL: ["a@example.org"]}, {REACH}),
        ({REACH: ["yes"]}, {EMAIL}),
        ({EMAIL: ["nobody"], REACH: ["yes"]}, {EMAIL}),
        ({EMAIL: ["a@example.org\nBcc: b@example.org"], REACH: ["yes"]}, {EMAIL}),
        ({PHONE: ["call me"], REACH: ["yes"]}, {PHONE}),
        ({PHONE: ["12"], REACH: ["yes"]}, {PHONE}),
        ({NAME: ["a" * 101]}, {NAME}),
        ({NAME: ["a\0b"]}, {NAME}),
        ({NAME: ["\0"]}, {NAME}),
    ],
)
def test_what_was_left_is_checked(given, wrong):
    assert set(read_about(given)[1]) == wrong


def test_without_anything_nothing_is_kept():
    assert read_about({NAME: ["  "], EMAIL: [""]}) == (None, {})
    assert read_about({NAME: ["\u200b\u202e \u3164"]}) == (None, {})


def send(client, version, **given):
    url = reverse("answering:answer", args=[version.survey.slug])
    page = client.get(url).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    return page, client.post(url, {"token": token, "overall": "5", **given})


LEFT = {NAME: "<script>Ana</script>", EMAIL: "a@example.org", REACH: "yes", PUBLISH: "yes"}


@pytest.mark.django_db
def test_review_form_keeps_what_was_left_in_a_row_of_its_own(client):
    page, answer = send(client, make_review_form(), **LEFT)

    contact = Contact.objects.get()
    assert (answer.status_code, page.count('type="checkbox"'), " checked" in page) == (303, 2, False)
    assert (contact.name, contact.email, contact.consent_publish) == (LEFT[NAME], "a@example.org", True)


@pytest.mark.django_db
def test_errors_keep_everything_that_was_left(client):
    _page, answer = send(client, make_review_form(), **{**LEFT, EMAIL: "nobody"})

    page = answer.content.decode()
    assert (answer.status_code, Response.objects.count()) == (422, 0)
    assert 'value="nobody"' in page
    assert "&lt;script&gt;Ana" in page
    assert page.count(" checked") == 3
    assert 'href="#about-your-email"' in page


@pytest.mark.django_db
def test_another_survey_asks_nothing_about_the_customer(client):
    page, answer = send(client, make_published(), **LEFT)

    assert (answer.status_code, "may-publish" in page) == (422, False)


ALWAYS, UNLESS = "Your answers are anonymous.", "unless you leave your name or how to reach you."


def promises(page):
    text = page if isinstance(page, str) else page.content.decode()
    return (ALWAYS in text, UNLESS in text)


@pytest.mark.django_db
def test_the_page_promises_no_more_than_is_true(client):
    form, plain = make_review_form(), make_published()
    named = make_published(make_survey(is_anonymous=False))

    told = [promises(send(client, one)[0]) for one in (form, plain, named)]

    assert told == [(False, True), (True, False), (False, False)]
    assert promises(send(client, form, **{EMAIL: "nobody"})[1]) == (False, True)
    assert promises(preview_page(form, "en")) == (False, True)


@pytest.mark.django_db
def test_a_survey_that_becomes_a_review_form_promises_less_at_once(client):
    version = make_published()
    before = promises(send(client, version)[0])
    Survey.objects.update(purpose=Purpose.REVIEW_FORM)
    places.forget()

    assert (before, promises(send(client, version)[0])) == ((True, False), (False, True))


@pytest.mark.django_db
def test_a_kiosk_promises_no_more_than_is_true(client):
    told = []
    for version in (make_review_form(), make_published()):
        make_kiosk(version.survey)
        told.append(promises(client.get(address_of(version))))

    assert told == [(False, True), (True, False)]


@pytest.mark.django_db
def test_a_retry_that_says_something_else_about_the_customer_is_not_dropped(client):
    version = make_review_form()
    url = reverse("answering:answer", args=[version.survey.slug])
    token = client.get(url).content.decode().split('name="token" value="')[1].split('"')[0]

    answers = [
        client.post(url, {"token": token, "overall": "5", **left}).status_code for left in (LEFT, LEFT, {})
    ]

    assert (answers, Contact.objects.count()) == ([303, 303, 422], 1)


@pytest.mark.django_db
def test_the_page_of_a_review_form_costs_no_query_more(client, django_assert_max_num_queries):
    url = reverse("answering:answer", args=[make_review_form().survey.slug])
    client.get(url)

    with django_assert_max_num_queries(1):
        client.get(url)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("\u202enimda", "nimda"),
        ("\u2067Ana\u2069 \u202bNovak", "Ana Novak"),
        ("علی\u200cرضا", "علی\u200cرضا"),
    ],
)
def test_no_name_is_read_backwards(given, kept):
    contact, wrong = read_about({NAME: [given]})

    assert (contact.name, wrong) == (kept, {})
