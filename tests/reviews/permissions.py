"""Who may open the pages of reviews."""

from reviews.enums import HiddenReason
from tests.factories import make_mention, make_mention_file, make_note, make_review, make_review_place
from tests.house.permissions import Page

MODERATORS = "administrator editor manager"


def of_review(**page):
    return Page(
        roles=MODERATORS,
        scoped=True,
        kwargs=lambda world: {"review_id": make_review(location=world.location).pk},
        **page,
    )


def of_note(**page):
    return Page(
        roles=MODERATORS,
        scoped=True,
        kwargs=lambda world: {"note_id": make_note(location=world.location).pk},
        **page,
    )


def of_place(**page):
    return Page(
        roles=MODERATORS,
        scoped=True,
        kwargs=lambda world: {"place_id": make_review_place(location=world.location).pk},
        **page,
    )


def mention_of(world):
    return {"review_id": make_mention(location=world.location).pk}


def own_file(**page):
    """A manager sees the files that they sent themselves, so those of an editor are for editors."""
    return Page(
        roles="administrator editor",
        kwargs=lambda world: {"file_id": make_mention_file(world.editor).pk},
        **page,
    )


PERMISSIONS = {
    "at:location": Page(public=True, kwargs=lambda world: {"code": world.location.code}),
    "reviews:queue": Page(roles=MODERATORS),
    "reviews:publish_many": Page(roles=MODERATORS, method="post"),
    "reviews:ranking": Page(roles=MODERATORS),
    "reviews:comments": Page(roles=MODERATORS),
    "reviews:comments_deed": Page(roles=MODERATORS, method="post"),
    "reviews:comments_file": Page(roles=MODERATORS, kwargs=lambda _world: {"ending": "csv"}),
    "reviews:mention_files": Page(roles=MODERATORS),
    "reviews:add_mention": Page(roles=MODERATORS),
    "reviews:mention_file": own_file(),
    "reviews:start_mention_file": own_file(method="post"),
    "reviews:give_up_mention_file": own_file(method="post"),
    "reviews:bad_mentions": own_file(),
    "reviews:answer_mention": Page(roles=MODERATORS, scoped=True, kwargs=mention_of),
    "reviews:notes": Page(roles=MODERATORS),
    "reviews:add_note": Page(roles=MODERATORS),
    "reviews:change_note": of_note(),
    "reviews:remove_note": of_note(method="post"),
    "reviews:places": Page(roles=MODERATORS),
    "reviews:add_place": Page(roles=MODERATORS),
    "reviews:change_place": of_place(),
    "reviews:remove_place": of_place(method="post"),
    "reviews:review": of_review(),
    "reviews:publish": of_review(method="post"),
    "reviews:hide": of_review(method="post", data={"reason": HiddenReason.SPAM}),
    "reviews:redact": of_review(method="post", data={"words": "Kind", "kind": "name"}),
    "reviews:reply": of_review(method="post", data={"text": "Thank you"}),
    "reviews:care": of_review(method="post"),
    "reviews:handle": of_review(method="post"),
    "reviews:erase": Page(
        roles="administrator editor",
        kwargs=lambda world: {"review_id": make_review(location=world.location).pk},
    ),
}
