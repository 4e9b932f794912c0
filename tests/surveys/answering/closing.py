"""Where a customer is led after answering: to the closing page, with the reference sealed in its address."""

from urllib.parse import parse_qs, urlsplit

from surveys.answering.references import unsealed


def closing(reply):
    """The address of a reply in parts: its path, the reference that it leads to, and what else it says."""
    address = urlsplit(reply.headers["Location"])
    said = {name: values[0] for name, values in parse_qs(address.query).items()}
    return address.path, unsealed(said.pop("r")), said
