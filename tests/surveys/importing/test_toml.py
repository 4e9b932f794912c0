import tomllib

from hypothesis import given
from hypothesis import strategies as st

from surveys.importing.toml import write_toml

text = st.text(st.characters(exclude_categories=["Cs"]))
plain = text | st.booleans() | st.lists(text)


def test_write_toml_is_what_a_person_would_write():
    data = {
        "mode": "import",
        "questions": {"wifi": "Wi-Fi “fast”", "seat": 'a "b"'},
        "location": {"column": "Class", "create": True, "values": {"Eco Plus": "eco-plus"}},
        "values": {},
    }

    assert write_toml(data) == (
        'mode = "import"\n'
        "\n[questions]\n"
        'wifi = "Wi-Fi “fast”"\n'
        'seat = "a \\"b\\""\n'
        "\n[location]\n"
        'column = "Class"\n'
        "create = true\n"
        "\n[location.values]\n"
        '"Eco Plus" = "eco-plus"\n'
        "\n[values]\n"
    )


@given(st.dictionaries(text, plain | st.dictionaries(text, plain | st.dictionaries(text, text))))
def test_tomllib_reads_back_what_was_written(data):
    assert tomllib.loads(write_toml(data)) == data
