import pytest

from reviews.mentions.mapping import MentionMap
from reviews.mentions.suggestions import suggest
from surveys.importing.mapping import FileMap
from surveys.importing.profiles import profile_file


@pytest.fixture
def suggested(tmp_path):
    def suggested(headers, earlier=None):
        (tmp_path / "a").write_text(f"{','.join(headers)}\n{','.join('x' for _ in headers)}\n")
        return suggest(profile_file(tmp_path / "a", FileMap()), earlier)

    return suggested


def test_usual_headers_are_known_whatever_their_case(suggested):
    said = suggested(["Review", "Author", "Created_at", "Stars", "URL", "Platform", "Replied", "Store"])

    assert said.columns == {
        "text": "Review",
        "author": "Author",
        "date": "Created_at",
        "score": "Stars",
        "link": "URL",
        "source": "Platform",
        "answered": "Replied",
        "location": "Store",
    }


def test_what_nobody_can_tell_is_left_open(suggested):
    assert suggested(["A", "B", "text", "text"]).columns == {}


def test_the_map_of_an_earlier_file_that_fits_is_taken(suggested):
    earlier = MentionMap(columns={"text": "A"}, scale_max=10, skip_bad_rows=True)

    assert suggested(["A", "B"], earlier) == MentionMap(columns={"text": "A"}, scale_max=10)
    assert suggested(["B"], earlier).columns == {}


def test_a_map_comes_back_from_what_is_kept():
    said = MentionMap(columns={"text": "A"}, scale_max=5, file=FileMap(delimiter=";"), source_name="Stars")

    assert MentionMap.of(said.as_data()) == said
