"""The components and the sign-in pages, looked at with a real browser in both sizes and both themes."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import expect

from feedback_site.styleguide.pages import ORGANISATIONS, page
from feedback_site.styleguide.reports import PLACES, shares
from organisation.enums import Role
from organisation.models import Organisation
from tests.browser import LOOKS, axe_violations, enter, look, opened, overflow, wait_for
from tests.factories import make_member

PAGES = ["", "?page=survey", "?page=wrong", "?page=thanks", "?page=closed"]
SIGNED_OUT = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]
ACCOUNT = [
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
]
# Any colour that an organisation may choose: corners of the cube, and tones between.
COLOURS = [
    f"#{red}{green}{blue}"
    for red in ("00", "55", "aa", "ff")
    for green in ("00", "55", "aa", "ff")
    for blue in ("00", "55", "aa", "ff")
] + ["#ffeb3b", "#1f5f8b"]
PAIRS = {
    "?page=survey": [("#ffffff", "--accent"), ("--accent-ink", "--sheet"), ("--accent-ink", "--paper")],
    "": [("#ffffff", "--accent"), ("--accent-ink", "--paper"), ("--accent-ink", "--sunken")],
}
# Resolves custom properties to what is painted, and gives the contrast of pairs of them.
CONTRASTS = """([colours, pairs]) => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true})
  const probe = document.body.appendChild(document.createElement('span'))
  const luminance = (name) => {
    probe.style.color = name.startsWith('#') ? name : `var(${name})`
    canvas.fillStyle = getComputedStyle(probe).color
    canvas.fillRect(0, 0, 1, 1)
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255)
    const [red, green, blue] = parts.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  return Object.fromEntries(colours.map((colour) => {
    document.documentElement.style.setProperty('--organisation-colour', colour)
    return [colour, pairs.map(([one, other]) => {
      const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
      return (lighter + 0.05) / (darker + 0.05)
    })]
  }))
}"""


def browser_test(test):
    return pytest.mark.once(pytest.mark.browser(test))


@pytest.fixture
def organisation(live_server):
    return Organisation.objects.get_or_create(pk=1)[0]


@pytest.fixture
def member(organisation):
    member = make_member(Role.SHOPPER, email="mara@example.org", name="Mara Holt")
    member.set_password("demo-feedback")
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


@browser_test
@pytest.mark.parametrize("query", PAGES)
def test_components_have_nothing_that_axe_finds(browser, live_server, organisation, query):
    with opened(browser) as page:
        page.goto(f"{live_server.url}/styleguide/{query}")

        assert axe_violations(page) == {}


@browser_test
@pytest.mark.parametrize("name", SIGNED_OUT)
def test_the_door_has_nothing_that_axe_finds(browser, live_server, organisation, name):
    with opened(browser) as page:
        page.goto(live_server.url + reverse(name))

        assert axe_violations(page) == {}


@browser_test
def test_the_account_has_nothing_that_axe_finds(browser, live_server, member):
    found = {}
    with opened(browser) as page:
        sign_in(page, live_server)
        for name in ACCOUNT:
            page.goto(live_server.url + reverse(name))
            found[name] = axe_violations(page, [LOOKS[0], LOOKS[-1]])

    assert {name: violations for name, violations in found.items() if violations} == {}


def sign_in(page, live_server):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mail").fill("mara@example.org")
    page.get_by_label("Password").fill("demo-feedback")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)


@browser_test
def test_refusals_have_nothing_that_axe_finds(browser, live_server, organisation):
    with opened(browser) as page:
        page.goto(f"{live_server.url}/nowhere/")

        assert page.get_by_role("heading").inner_text() == "There is no page at this address."
        assert axe_violations(page) == {}


@browser_test
@pytest.mark.parametrize("query", PAGES)
def test_components_fit_a_narrow_window(browser, live_server, organisation, query):
    with opened(browser) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{live_server.url}/styleguide/{query}")

        assert overflow(page) == 0


@browser_test
def test_customers_touch_targets_of_48_pixels(browser, live_server, organisation):
    with opened(browser, "phone") as page:
        page.goto(f"{live_server.url}/styleguide/?page=survey")
        heights = page.locator(".step, .apart, .choice, .button").evaluate_all(
            "targets => targets.map((target) => target.getBoundingClientRect().height)"
        )

    assert len(heights) == 24
    assert min(heights) >= 48


@browser_test
def test_survey_is_answered_with_the_keyboard_alone(browser, live_server, organisation):
    with opened(browser) as page:
        page.goto(f"{live_server.url}/styleguide/?page=survey")
        page.locator("#q-overall-1").focus()
        for key in ("Space", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)

        assert page.locator("[name=overall]:checked").input_value() == "3"


@browser_test
def test_mistakes_are_met_first_and_lead_to_their_question(browser, live_server, organisation):
    with opened(browser) as page:
        page.goto(f"{live_server.url}/styleguide/?page=wrong")
        assert page.evaluate("document.activeElement.className") == "trouble"

        page.get_by_role("alert").get_by_role("link").click()

        wait_for(page, "(document.activeElement.id || location.hash).endsWith('q-overall-1')")


@browser_test
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("query", PAIRS, ids=["public", "staff"])
@pytest.mark.usefixtures("organisation")
def test_every_colour_of_an_organisation_is_fit_to_read(browser, live_server, query, theme):
    with opened(browser, theme=theme) as page:
        page.goto(f"{live_server.url}/styleguide/{query}")
        contrasts = page.evaluate(CONTRASTS, [COLOURS, PAIRS[query]])

    assert {colour: values for colour, values in contrasts.items() if min(values) < 4.5} == {}


@browser_test
def test_theme_is_chosen_and_remembered(browser, live_server, member):
    with opened(browser) as page:
        enter(page, live_server, member)
        page.goto(live_server.url + reverse("account_change_password"))
        light = background(page)

        page.locator(".who summary").click()
        page.get_by_role("button", name="Dark").click()
        dark = background(page)
        page.reload()

        assert dark != light
        assert background(page) == dark


def background(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


@browser_test
def test_theme_follows_the_system_until_it_is_chosen(browser, live_server, organisation):
    with opened(browser) as page:
        page.goto(live_server.url + reverse("account_login"))
        light = background(page)

        look(page, "desktop", "dark")

        assert background(page) != light


@browser_test
def test_menu_opens_on_a_phone_without_any_script(browser, live_server, organisation):
    with opened(browser, "phone", java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/styleguide/")
        link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Surveys")
        expect(link).to_be_hidden()

        page.get_by_role("button", name="Menu").click()

        expect(link).to_be_visible()


@browser_test
def test_dialog_opens_and_closes(browser, live_server, organisation):
    with opened(browser) as page:
        page.goto(f"{live_server.url}/styleguide/")
        page.get_by_role("button", name="Open a dialog").click()
        expect(page.get_by_role("dialog")).to_be_visible()

        page.get_by_role("dialog").get_by_role("button", name="Cancel").click()

        expect(page.get_by_role("dialog")).to_be_hidden()


def test_public_sheet_is_small(settings):
    assert len((settings.BASE_DIR / "static/css/public.css").read_bytes()) < 32_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", [{"page": name} for name in ("", "survey", "wrong", "thanks", "closed", "?")]
)
def test_each_page_of_the_styleguide_is_drawn(client, query):
    assert client.get("/styleguide/", query).status_code == 200


def test_unknown_colour_is_the_usual_organisation():
    _template, context = page("survey", "no such")

    assert context["organisation"].name == ORGANISATIONS[""]


def test_shares_lie_end_to_end():
    assert [(part["start"], part["share"], part["middle"]) for part in shares(10, 20, 30, 25, 15)] == [
        (0, 10, 5),
        (10, 20, 20),
        (30, 30, 45),
        (60, 25, 72.5),
        (85, 15, 92.5),
    ]


def test_example_shares_are_whole():
    assert [sum(part["share"] for part in row["shares"]) for row in PLACES] == [100] * len(PLACES)
