"""Who may open the pages of cards."""

from cards.enums import Paper
from tests.factories import make_batch, make_card, make_print_run
from tests.house.permissions import Page

KEYERS = "administrator manager clerk"
OVERSEERS = "administrator manager"
PRINTERS = "administrator editor manager"
CHANGED = {"counted": "5", "due_on": "2026-03-20"}
CARDS = '{"member": %(member)s, "cards": [{"id": "no key"}]}'


def batch_of(world):
    return make_batch(world.survey, location=world.location)


def of_batch(roles=KEYERS, **page):
    return Page(roles=roles, scoped=True, kwargs=lambda world: {"batch_id": batch_of(world).pk}, **page)


def of_card(world):
    card = make_card(batch_of(world))
    return {"batch_id": card.batch_id, "card_id": card.pk}


def printed(world):
    return {"run_id": make_print_run(world.version, location=world.location, copies=2).pk}


def place_of(world):
    return f"survey={world.survey.pk}&at={world.location.code}&tp={world.touchpoint.code}&paper={Paper.A4}"


PERMISSIONS = {
    # The ledger
    "cards:batches": Page(roles=KEYERS),
    "cards:open_batch": Page(roles=KEYERS),
    "cards:batch": of_batch(),
    "cards:change_batch": of_batch(method="post", data=CHANGED),
    "cards:close_batch": of_batch(method="post"),
    "cards:reopen_batch": of_batch(OVERSEERS, method="post"),
    "cards:keyers": Page(roles=KEYERS),
    "cards:rule": Page(roles="administrator"),
    "cards:clerk_share": Page(
        roles=OVERSEERS, scoped=True, kwargs=lambda world: {"member_id": world.members["clerk"].pk}
    ),
    # Keying
    "cards:key": of_batch(),
    "cards:file": of_batch(method="post", data=CARDS),
    "cards:second": of_batch(),
    "cards:file_second": of_batch(method="post", data=CARDS),
    "cards:settle": of_batch(),
    "cards:settle_card": Page(roles=KEYERS, scoped=True, kwargs=of_card, method="post"),
    "cards:comment": of_batch(),
    "cards:correct": Page(
        roles=OVERSEERS, scoped=True, kwargs=lambda world: {"card_id": make_card(batch_of(world)).pk}
    ),
    "cards:worker": Page(public=True),
    # Printing
    "cards:print": Page(roles=PRINTERS, query=lambda world: f"survey={world.survey.pk}"),
    "cards:print_preview": Page(
        roles=PRINTERS,
        scoped=True,
        query=lambda world: f"survey={world.survey.pk}&location={world.location.pk}",
    ),
    "cards:print_run": Page(roles=PRINTERS, scoped=True, kwargs=printed),
    "cards:print_pdf": Page(roles=PRINTERS, scoped=True, kwargs=printed),
    "cards:print_zip": Page(roles=PRINTERS, scoped=True, kwargs=printed),
    "cards:poster": Page(roles=PRINTERS, scoped=True, query=place_of),
    "cards:tent": Page(roles=PRINTERS, scoped=True, query=place_of),
}
