from surveys.answering.scripts import AN_HOUR


def test_widget_is_small_kept_and_open_to_every_website(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/s/widget.js")

    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == f"public, max-age={AN_HOUR}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(answer.content) < 4096
    assert not answer.cookies


def test_widget_is_not_sent_again_while_it_is_the_same(client, db):
    etag = client.get("/s/widget.js").headers["ETag"]

    again = client.get("/s/widget.js", headers={"if-none-match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_widget_is_only_read(client, db):
    assert client.post("/s/widget.js").status_code == 405
