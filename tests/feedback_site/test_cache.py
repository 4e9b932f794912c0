import pytest

from feedback_site import cache


@pytest.fixture
def files(tmp_path):
    return cache.FileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 10}})


def test_what_is_kept_comes_back(files):
    files.set("report", {"scores": [4.25] * 1000}, 60)

    assert (files.get("report"), files.get("other")) == ({"scores": [4.25] * 1000}, None)


def test_what_is_over_is_gone(files):
    files.set("report", "old", -1)

    assert files.get("report") is None


def test_there_is_a_bound_without_looking_each_time(files, tmp_path, monkeypatch):
    looks = []
    monkeypatch.setattr(cache, "randrange", lambda most: looks.append(most) or len(looks) % 5)
    for at in range(40):
        files.set(str(at), at)

    assert (len(looks), 10 <= len(list(tmp_path.iterdir())) <= 14) == (40, True)
