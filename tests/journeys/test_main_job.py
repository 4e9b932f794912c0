"""The main job, as a new user would try it, on the demo's own process: sign in, build, publish, answer on a phone,
see the score move within seconds, change a wording, and find both versions in the report.
"""

import re
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser import VIEWPORTS, axe_violations, opened
from tests.servers.processes import free_port, python, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.processes]
TOKEN = re.compile(r'name="token" value="([^"]*)"')


@pytest.fixture
def address(tmp_path):
    plain = dict.fromkeys(["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG"])
    port = free_port()
    environment = {**plain, "DATA_DIR": str(tmp_path), "DEMO": "1"}
    with python("manage.py", "demo", "--port", str(port), environment=environment) as process:
        process.wait_for_log("Sign in with the password")
        process.wait_for_port(port)
        yield f"http://127.0.0.1:{port}"


def sign_in(page, address, email):
    page.goto(f"{address}/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill("demo-feedback")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)


def answer_without_script(address, **answers):
    with urllib.request.urlopen(address) as page:
        token = TOKEN.search(page.read().decode())[1]
    with urllib.request.urlopen(
        address, urllib.parse.urlencode({"token": token, **answers}).encode()
    ) as thanks:
        return thanks.url


def test_a_new_user_builds_asks_and_reads(browser, address):
    with opened(browser) as page:
        sign_in(page, address, "admin@example.org")
        page.goto(f"{address}/surveys/new/")
        page.locator("label[for=starter-service]").click()
        page.get_by_label("Name", exact=False).first.fill("Corner shop")
        page.get_by_role("button", name="Create survey").click()

        add_until_full(page)
        page.get_by_role("link", name="Publish", exact=True).click()
        page.get_by_role("button", name="Publish version 1").click()
        expect(page.get_by_text("Version 1 was published.")).to_be_visible()

        answer_on_a_phone(browser, f"{address}/s/corner-shop/")
        for _ in range(5):
            answer_without_script(f"{address}/s/corner-shop/", overall="2")
        report = f"{address}/reports/?survey=corner-shop"
        wait_until(lambda: "2.50" in shown(page, report))

        reword_the_first_question(page, address)
        for _ in range(5):
            answer_without_script(f"{address}/s/corner-shop/", overall="4")
        wait_until(lambda: "3.18" in shown(page, report))
        assert "ersion 2" in shown(page, report)
        assert axe_violations(page) == {}


def add_until_full(page):
    """From the starter's 10 questions to 20, after which a 21st is refused."""
    for number in range(11, 21):
        page.get_by_role("link", name="Text", exact=True).click()
        page.locator("#question-form [name=text]").fill(f"What else comes to mind, part {number}?")
        page.get_by_role("button", name="Add question").click()
        page.get_by_text(f"{number} of 20 questions").wait_for()
    expect(page.get_by_role("button", name="Text", exact=True)).to_be_disabled()
    expect(page.get_by_text("A survey has at most 20 questions")).to_be_visible()


def answer_on_a_phone(browser, address):
    with opened(browser, size="phone", has_touch=True) as page:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == VIEWPORTS["phone"]["width"]
        page.locator("label", has=page.locator("#q-overall-5")).click()
        page.reload()
        expect(page.locator("#q-overall-5")).to_be_checked()
        page.get_by_role("button", name="Send my answers").click()
        page.wait_for_url("**/thanks/**")
        page.go_back()
        page.get_by_role("button", name="Send my answers").click()
        page.wait_for_url("**/thanks/**")


def shown(page, address):
    page.goto(address)
    return page.locator("main").inner_text()


def reword_the_first_question(page, address):
    page.goto(f"{address}/surveys/")
    page.get_by_role("link", name="Corner shop").first.click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("link", name="Change question 1", exact=True).click()
    page.locator("#question-form [name=text]").fill("All in all, how would you rate our service?")
    page.get_by_role("button", name=re.compile("Save")).click()
    expect(page.get_by_text("All in all, how would you rate our service?").first).to_be_visible()
    page.get_by_role("link", name="Review and publish").click()
    page.get_by_text("Same measure, new wording", exact=False).click()
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_text("Version 2 was published.")).to_be_visible()
