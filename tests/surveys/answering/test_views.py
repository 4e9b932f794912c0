import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from organisation.models import Location, Touchpoint
from organisation.text import LONGEST_TEXT
from surveys.answering import places, tokens
from surveys.answering.references import reference
from surveys.enums import Flag, Kind, Mode
from surveys.models import Response
from tests.factories import (
    make_draft,
    make_location,
    make_member,
    make_published,
    make_question,
    make_survey,
    make_touchpoint,
)
from tests.surveys.answering.closing import closing

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="token" value="([^"]*)"')


@pytest.fixture
def version():
    return make_published(make_survey(slug="service"))


def open_page(client, path="/s/service/"):
    page = client.get(path)
    return tokens.read(TOKEN.search(page.content.decode())[1]), page


def sign(version, **given):
    defaults = {"version_id": version.pk, "location": "main", "touchpoint": "service", "mode": Mode.LINK}
    return tokens.sign(tokens.issue(**{**defaults, "now": timezone.now() - timedelta(minutes=2), **given}))


def send(client, token, **answers):
    return client.post("/s/service/", {"token": token, **answers})


FIVE = {"quality": "5", "speed": "2", "convenience": "x", "knowledge": "4", "overall": "4"}


def test_answer_shows_each_question_with_its_scale_and_sets_no_cookie(client, version):
    _token, page = open_page(client)

    assert page.status_code == 200
    assert not page.cookies
    assert [page.content.decode().count(f'name="{key}"') for key in FIVE] == [6] * 5
    assert "How was the speed?" in page.content.decode()


def test_answer_changes_nothing_when_it_is_only_opened(client, version, django_assert_num_queries):
    open_page(client)

    with django_assert_num_queries(0):
        open_page(client)

    assert Response.objects.count() == 0


def test_answer_reads_once_when_a_moment_has_passed(client, version, django_assert_max_num_queries):
    open_page(client)
    places.forget()

    with django_assert_max_num_queries(1):
        open_page(client)


def test_answer_stores_one_row_and_thanks_with_a_reference(client, version):
    sent = send(client, sign(version), **FIVE)

    stored = Response.objects.get()
    assert stored.ratings == "52x44"
    assert (stored.version, stored.mode, stored.flags, stored.is_held) == (version, Mode.LINK, 0, False)
    assert sent.status_code == 303
    assert closing(sent) == ("/s/service/thanks/", reference(stored.pk), {})
    assert reference(stored.pk) in client.get(sent.headers["Location"]).content.decode()


def test_answer_reads_once_and_writes_once(client, version, django_assert_num_queries):
    open_page(client)
    token = sign(version)

    with django_assert_num_queries(4) as captured:
        send(client, token, **FIVE)

    # The savepoint and its release are there because a test runs inside a transaction.
    assert [query["sql"].split()[0] for query in captured] == ["SELECT", "SAVEPOINT", "INSERT", "RELEASE"]


def test_answer_keeps_nothing_finer_than_the_day_of_an_anonymous_survey(client, version):
    send(client, sign(version), **FIVE)

    assert Response.objects.get().received_at is None


def test_answer_keeps_the_time_where_the_survey_is_not_anonymous(client, version):
    version.survey.is_anonymous = False
    version.survey.save(update_fields=["is_anonymous"])

    send(client, sign(version), **FIVE)

    assert abs(Response.objects.get().received_at - timezone.now()) < timedelta(minutes=1)


def test_answer_counts_the_day_of_the_location(client, version):
    make_location(code="far-east", time_zone="Pacific/Kiritimati")
    make_location(code="far-west", time_zone="Pacific/Niue")

    for code in ("far-east", "far-west"):
        send(client, sign(version, location=code), **FIVE)

    days = dict(Response.objects.values_list("location__code", "received_on"))
    # The two are 25 hours apart: it is never the same day in both.
    assert days["far-west"] < days["far-east"]


@pytest.mark.parametrize("times", [2, 5])
def test_answer_sent_again_is_the_same_row(client, version, times):
    token = sign(version)

    replies = {closing(send(client, token, **FIVE))[1] for _ in range(times)}

    assert Response.objects.count() == 1
    assert len(replies) == 1


def test_answer_sent_again_with_other_ratings_is_offered_as_another(client, version):
    token = sign(version)
    send(client, token, **FIVE)

    offered = send(client, token, **{**FIVE, "quality": "1"})
    stored = list(Response.objects.values_list("ratings", flat=True))
    send(client, TOKEN.search(offered.content.decode())[1], **{**FIVE, "quality": "1"})

    assert offered.status_code == 422
    assert "have arrived already" in offered.content.decode()
    assert stored == ["52x44"]
    assert sorted(Response.objects.values_list("ratings", flat=True)) == ["12x44", "52x44"]


def test_answer_names_the_place_of_its_address(client, version):
    make_location(code="elmgate", name="Elmgate & Sons")
    make_touchpoint(code="checkout")

    token, page = open_page(client, "/s/service/?at=elmgate&tp=checkout")
    send(client, tokens.sign(token), **FIVE)

    assert "Elmgate &amp; Sons" in page.content.decode()
    stored = Response.objects.get()
    assert (stored.location, stored.touchpoint) == (
        Location.objects.get(code="elmgate"),
        Touchpoint.objects.get(code="checkout"),
    )


@pytest.mark.parametrize(
    "query", ["at=nowhere", "tp=nothing", "at=%00", "at=" + "a" * 5000, "tp=%ED%A0%80", "at=ELMGATE"]
)
def test_answer_says_that_a_place_is_unknown(client, version, query):
    page = client.get(f"/s/service/?{query}")

    assert page.status_code == 404
    assert 'href="/s/service/?lang=en"' in page.content.decode()


def test_answer_leads_on_with_what_is_known_of_a_place(client, version):
    make_location(code="elmgate")
    make_touchpoint(code="checkout")

    ways = [
        re.search(r'href="(/s/[^"]*)"', client.get(path).content.decode())[1]
        for path in (
            "/s/service/?at=elmgate&tp=nothing",
            "/s/service/?at=nowhere&tp=checkout",
            "/s/service/embed/?at=nowhere&tp=nothing",
        )
    ]

    assert ways == [
        "/s/service/?at=elmgate&amp;lang=en",
        "/s/service/?tp=checkout&amp;lang=en",
        "/s/service/embed/?lang=en",
    ]


def test_answer_keeps_every_answer_when_its_place_is_gone(client, version):
    place = make_location(code="elmgate")
    token = sign(version, location="elmgate")
    place.delete()

    kept = send(client, token, **FIVE)
    content = kept.content.decode()
    again = send(client, TOKEN.search(content)[1], **FIVE)

    assert (kept.status_code, content.count(" checked")) == (422, 5)
    assert "The place that you answered for is no longer there." in content
    assert (again.status_code, Response.objects.get().location.is_default) == (303, True)


@pytest.mark.parametrize("slug", ["nothing", "draft-only", "a" * 300, "UPPER"])
def test_answer_knows_only_published_surveys(client, slug):
    make_draft(make_survey(slug="draft-only"))

    assert client.get(f"/s/{slug}/").status_code == 404


def test_answer_keeps_every_answer_after_a_mistake(client):
    version = make_draft(make_survey(slug="service"))
    make_question(version, 6, key="more", kind="text")
    make_published(draft=version)

    sent = send(client, sign(version), **{**FIVE, "speed": "7", "more": "<b>Thank</b> you"})

    page = sent.content.decode()
    assert sent.status_code == 422
    assert Response.objects.count() == 0
    assert "&lt;b&gt;Thank&lt;/b&gt; you" in page
    assert len(re.findall(r"\schecked", page)) == 4
    assert 'href="#q-speed' in page


def test_answer_after_a_mistake_is_stored_under_the_same_submission(client, version):
    token = sign(version)
    refused = send(client, token, **{**FIVE, "speed": "7"})

    again = TOKEN.search(refused.content.decode())[1]
    send(client, again, **FIVE)

    assert Response.objects.get().pk == tokens.read(token).submission


def test_answer_with_an_expired_token_comes_back_whole_and_is_stored_once(client, version, settings):
    old = sign(version, now=timezone.now() - timedelta(hours=settings.FORM_TOKEN_HOURS + 1))

    asked_again = send(client, old, **FIVE)
    fresh = TOKEN.search(asked_again.content.decode())[1]
    send(client, fresh, **FIVE)
    send(client, fresh, **FIVE)

    assert asked_again.status_code == 422
    assert len(re.findall(r"\schecked", asked_again.content.decode())) == 5
    assert Response.objects.get().pk == tokens.read(old).submission


@pytest.mark.parametrize("token", ["", "forged", "W10:1t:x", "\0", "x" * 100_000])
def test_answer_with_a_forged_token_stores_nothing_and_loses_nothing(client, version, token):
    sent = send(client, token, **FIVE)

    assert sent.status_code == 422
    assert Response.objects.count() == 0
    assert len(re.findall(r"\schecked", sent.content.decode())) == 5


def test_answer_with_another_surveys_token_stores_nothing(client, version):
    other = make_published(make_survey(slug="other"))

    assert send(client, sign(other), **FIVE).status_code == 422
    assert Response.objects.count() == 0


def test_answer_begun_on_an_older_version_is_stored_there(client, version):
    token = sign(version)
    newer = make_draft(version.survey, (("price", "quality"),))
    make_published(draft=newer)

    send(client, token, **FIVE)

    assert Response.objects.get().version == version


def test_answer_by_a_robot_is_held_not_dropped(client, version):
    sent = send(client, sign(version), website="http://example.org", **FIVE)

    stored = Response.objects.get()
    assert sent.status_code == 303
    assert (stored.is_held, stored.flags) == (True, Flag.ROBOT)


def test_answer_that_was_too_fast_or_straight_is_flagged_and_counts(client, version):
    send(client, sign(version, now=timezone.now()), **dict.fromkeys(FIVE, "5"))

    stored = Response.objects.get()
    assert (stored.is_held, stored.flags) == (False, Flag.STRAIGHT_LINE | Flag.TOO_FAST)


def test_answer_refuses_other_methods(client, version):
    assert [client.put("/s/service/").status_code, client.delete("/s/service/").status_code] == [405, 405]


def test_answer_finds_its_slash(client, version):
    moved = client.get("/s/service?at=main")

    assert (moved.status_code, moved.headers["Location"]) == (302, "/s/service/?at=main")


@pytest.mark.parametrize("given", ["<script>", "AAAA-AAAA", "aaaa-aaaa", "\0", "A" * 3000])
def test_thanks_shows_only_what_can_be_a_reference(client, version, given):
    page = client.get("/s/service/thanks/", {"r": given})

    assert page.status_code == 200
    assert given not in page.content.decode()


def test_answer_speaks_the_language_asked_for_where_it_was_translated(client):
    version = make_draft(make_survey(slug="service"), (("speed", "speed"),))
    version.translations = {"cs": {"title": "Jak jsme obstáli?"}}
    version.save(update_fields=["translations"])
    version.questions.update(translations={"cs": {"text": "Jak rychlí jsme byli?"}})
    make_published(draft=version)

    pages = {
        "asked": client.get("/s/service/?lang=cs"),
        "browser": client.get("/s/service/", headers={"accept-language": "cs,en;q=0.5"}),
        "other": client.get("/s/service/?lang=da"),
    }

    assert {name: "Jak rychlí" in page.content.decode() for name, page in pages.items()} == {
        "asked": True,
        "browser": True,
        "other": False,
    }


def test_answer_in_another_language_stays_at_its_place(client):
    make_location(code="elmgate")
    version = make_draft(make_survey(slug="service"), (("speed", "speed"),))
    version.translations = {"cs": {"title": "Jak jsme obstáli?"}}
    version.save(update_fields=["translations"])
    version.questions.update(translations={"cs": {"text": "Jak rychlí jsme byli?"}})
    make_published(draft=version)

    page = client.get("/s/service/?at=elmgate").content.decode()
    languages = page.partition('class="languages"')[2].partition("</form>")[0]

    assert '<input type="hidden" name="at" value="elmgate">' in languages
    assert 'name="lang" value="cs"' in languages


def test_send_after_the_key_was_changed_stays_at_its_place(client, version, settings):
    make_location(code="elmgate")
    token, _page = open_page(client, "/s/service/?at=elmgate")
    signed = tokens.sign(token)
    settings.SECRET_KEY = "another"

    asked_again = client.post("/s/service/send/", {"token": signed, "at": "elmgate", "tp": "service", **FIVE})
    fresh = tokens.read(TOKEN.search(asked_again.content.decode())[1])

    assert asked_again.status_code == 422
    assert fresh.location == "elmgate"


def test_send_opened_as_a_page_leads_to_the_form(client, version):
    assert client.get("/s/service/send/").headers["Location"] == "/s/service/"


def test_answer_remembers_no_longer_than_a_moment(client, version):
    open_page(client)
    version.survey.archived_at = datetime(2026, 1, 1, tzinfo=UTC)
    version.survey.archived_by = make_member()
    version.survey.save(update_fields=["archived_at", "archived_by"])
    places.forget()

    assert client.get("/s/service/").status_code == 410


def test_answer_takes_twenty_texts_of_the_greatest_length_in_any_script(client):
    draft = make_draft(make_survey(slug="service"))
    draft.questions.all().delete()
    for position in range(1, 21):
        make_question(draft, position, key=f"text{position}", kind=Kind.TEXT)
    version, text = make_published(draft=draft), "\N{GRINNING FACE}" * LONGEST_TEXT

    sent = send(client, sign(version), **{f"text{position}": text for position in range(1, 21)})

    assert sent.status_code == 303
    assert set(Response.objects.get().answers.values()) == {text}


def test_answer_gives_a_text_that_is_too_long_back_whole(client):
    draft = make_draft(make_survey(slug="service"))
    make_question(draft, 6, key="why", kind=Kind.TEXT)
    version, text = make_published(draft=draft), "y" * (LONGEST_TEXT + 1)

    sent = send(client, sign(version), **FIVE, why=text)

    assert (sent.status_code, Response.objects.count()) == (422, 0)
    assert f">{text}</textarea>" in sent.content.decode()
    assert 'value="5" checked' in sent.content.decode()
