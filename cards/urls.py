from django.urls import URLPattern, path

from cards.views import batches, correcting, keyers, keying, printing, second, settling

app_name = "cards"

urlpatterns: list[URLPattern] = [
    # The ledger
    path("", batches.listing, name="batches"),
    path("batches/new/", batches.new, name="open_batch"),
    path("batches/<int:batch_id>/", batches.batch, name="batch"),
    path("batches/<int:batch_id>/change/", batches.change, name="change_batch"),
    path("batches/<int:batch_id>/close/", batches.close, name="close_batch"),
    path("batches/<int:batch_id>/reopen/", batches.reopen, name="reopen_batch"),
    path("keyers/", keyers.listing, name="keyers"),
    path("keyers/rule/", keyers.rule, name="rule"),
    path("keyers/<int:member_id>/", keyers.share, name="clerk_share"),
    # Keying
    path("batches/<int:batch_id>/key/", keying.key, name="key"),
    path("batches/<int:batch_id>/key/cards/", keying.file_cards, name="file"),
    path("batches/<int:batch_id>/second/", second.second, name="second"),
    path("batches/<int:batch_id>/second/cards/", second.file_second, name="file_second"),
    path("batches/<int:batch_id>/settle/", settling.settle, name="settle"),
    path("batches/<int:batch_id>/settle/<uuid:card_id>/", settling.settle_one, name="settle_card"),
    path("batches/<int:batch_id>/comments/", settling.comment, name="comment"),
    path("cards/<uuid:card_id>/", correcting.correct, name="correct"),
    path("worker.js", keying.worker, name="worker"),
    # Printing
    path("print/", printing.print_cards, name="print"),
    path("print/preview.png", printing.print_preview, name="print_preview"),
    path("print/<int:run_id>/", printing.print_run, name="print_run"),
    path("print/<int:run_id>.pdf", printing.print_pdf, name="print_pdf"),
    path("print/<int:run_id>.zip", printing.print_zip, name="print_zip"),
    path("poster.pdf", printing.poster, name="poster"),
    path("tent.pdf", printing.tent, name="tent"),
]
