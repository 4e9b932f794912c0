"""Files of others are what their names say: unchanged since they were brought in, all of them listed."""

from hashlib import sha256

import pytest

from tests.house import ours

VENDOR = ours.ROOT / "static" / "vendor"
LISTED = {
    name: digest
    for digest, name in (line.split() for line in (VENDOR / "sha256.txt").read_text().splitlines())
}
NOTES = {"README.md", "sha256.txt"}


@pytest.mark.parametrize("name", LISTED)
def test_vendored_file_is_unchanged(name):
    assert sha256((VENDOR / name).read_bytes()).hexdigest() == LISTED[name]


def test_every_vendored_file_is_listed():
    files = {path.name for path in VENDOR.iterdir()}

    assert {name for name in files - NOTES if "LICENSE" not in name} == set(LISTED)


def test_vendored_files_load_nothing_from_elsewhere():
    texts = {path.name: path.read_text() for path in VENDOR.iterdir() if path.suffix in {".css", ".js"}}

    assert {name for name, text in texts.items() if "sourceMappingURL" in text or "@import" in text} == set()
