from io import BytesIO
from zipfile import ZipFile

from cards.printing.bundles import zipped


def test_archive_holds_every_file_as_it_was():
    pieces = list(zipped((f"{number}.pdf", bytes([number]) * 1000) for number in range(3)))

    with ZipFile(BytesIO(b"".join(pieces))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"{number}.pdf": bytes([number]) * 1000 for number in range(3)
        }


def test_a_file_is_made_only_when_the_one_before_was_sent():
    made = []

    def files():
        for number in range(3):
            made.append(number)
            yield f"{number}.pdf", b"content"

    pieces = zipped(files())
    next(pieces)

    assert made == [0]


def test_same_files_are_the_same_archive():
    assert b"".join(zipped([("a", b"1")])) == b"".join(zipped([("a", b"1")]))
