from django.urls import path

from reviews.views import beside, comments, erasing, mentions, moderation, ranking

app_name = "reviews"

urlpatterns = [
    path("", moderation.queue, name="queue"),
    path("publish/", moderation.publish_many, name="publish_many"),
    path("locations/", ranking.ranking, name="ranking"),
    path("comments/", comments.comments, name="comments"),
    path("comments/deed/", comments.comments_deed, name="comments_deed"),
    path("comments/comments.<str:ending>", comments.comments_file, name="comments_file"),
    path("mentions/", mentions.files, name="mention_files"),
    path("mentions/add/", mentions.add, name="add_mention"),
    path("mentions/<int:file_id>/", mentions.file, name="mention_file"),
    path("mentions/<int:file_id>/import/", mentions.start, name="start_mention_file"),
    path("mentions/<int:file_id>/give-up/", mentions.give_up, name="give_up_mention_file"),
    path("mentions/<int:file_id>/bad-rows.csv", mentions.bad_rows, name="bad_mentions"),
    path("<uuid:review_id>/answered/", mentions.answer, name="answer_mention"),
    path("notes/", beside.notes, name="notes"),
    path("notes/add/", beside.add_note, name="add_note"),
    path("notes/<int:note_id>/", beside.change_note, name="change_note"),
    path("notes/<int:note_id>/remove/", beside.remove_note, name="remove_note"),
    path("places/", beside.places, name="places"),
    path("places/add/", beside.add_place, name="add_place"),
    path("places/<int:place_id>/", beside.change_place, name="change_place"),
    path("places/<int:place_id>/remove/", beside.remove_place, name="remove_place"),
    path("<uuid:review_id>/", moderation.review, name="review"),
    path("<uuid:review_id>/publish/", moderation.publish, name="publish"),
    path("<uuid:review_id>/hide/", moderation.hide, name="hide"),
    path("<uuid:review_id>/redact/", moderation.redact, name="redact"),
    path("<uuid:review_id>/reply/", moderation.reply, name="reply"),
    path("<uuid:review_id>/care/", moderation.care, name="care"),
    path("<uuid:review_id>/erase/", erasing.erase, name="erase"),
    path("<uuid:review_id>/handle/", moderation.handle, name="handle"),
]
