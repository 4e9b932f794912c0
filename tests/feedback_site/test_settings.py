"""What the environment makes of the settings, asked of fresh processes."""

import json
import os
import subprocess
import sys

import pytest

from tests.house import ours

ASK = """
import json
from feedback_site import settings

print(json.dumps({name: getattr(settings, name) for name in json.loads(input())}))
"""


def settings_with(tmp_path, *names, **environment):
    said = subprocess.run(
        [sys.executable, "-c", ASK],
        input=json.dumps(names),
        cwd=ours.ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(said.stdout)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, True),
        ({"DEMO": "1"}, False),
        ({"DEBUG": "1"}, False),
        ({"DEMO": "1", "REQUIRE_SECOND_FACTOR": "1"}, True),
    ],
)
def test_staff_need_a_second_factor_everywhere_but_in_the_demo(tmp_path, environment, expected):
    assert settings_with(tmp_path, "REQUIRE_SECOND_FACTOR", **environment) == {
        "REQUIRE_SECOND_FACTOR": expected
    }


def test_secret_of_a_single_machine_is_made_once_and_is_its_owners(tmp_path):
    first, second = (settings_with(tmp_path, "SECRET_KEY") for _ in range(2))

    kept = tmp_path / "secret-key"
    assert first == second == {"SECRET_KEY": kept.read_text()}
    assert (len(kept.read_text()) >= 50, oct(kept.stat().st_mode & 0o777)) == (True, "0o600")


def test_several_processes_are_refused_without_a_shared_secret(tmp_path):
    with pytest.raises(subprocess.CalledProcessError) as refusal:
        settings_with(tmp_path, "SECRET_KEY", REDIS_URL="redis://127.0.0.1:1")

    assert "Set SECRET_KEY" in refusal.value.stderr


def test_cookies_are_for_https_alone_where_the_site_is(tmp_path):
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")

    plain = settings_with(tmp_path, *names)
    secure = settings_with(tmp_path, *names, SITE_URL="https://feedback.example.org")

    assert list(plain.values()) == [False, False, 0]
    assert list(secure.values()) == [True, True, 31_536_000]


def test_a_name_with_accents_is_known_by_what_browsers_ask_for(tmp_path):
    said = settings_with(
        tmp_path, "SITE_URL", "SITE_HOST", "CSRF_TRUSTED_ORIGINS", SITE_URL="https://Bücher.example:8443/"
    )

    plain = "https://xn--bcher-kva.example:8443"
    assert said == {
        "SITE_URL": plain,
        "SITE_HOST": ["xn--bcher-kva.example"],
        "CSRF_TRUSTED_ORIGINS": [plain],
    }


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("postgres://me@127.0.0.1/one", "-c parallel_setup_cost=20000"),
        ("postgres://me@127.0.0.1/one?options=-c%20jit%3Doff", "-c jit=off"),
    ],
)
def test_a_page_waits_for_no_helpers_of_the_database(tmp_path, url, options):
    databases = settings_with(tmp_path, "DATABASES", DATABASE_URL=url)["DATABASES"]

    assert databases["default"]["OPTIONS"] == {"options": options}
