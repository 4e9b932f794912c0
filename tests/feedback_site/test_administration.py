from django.contrib import admin

from feedback_site.administration import own_site


def test_admin_signs_in_where_everybody_does(client, db):
    answer = client.get("/admin/login/?next=/admin/organisation/member/")

    assert (answer.status_code, answer.url) == (
        302,
        "/account/login/?next=%2Fadmin%2Forganisation%2Fmember%2F",
    )


def test_own_site_leaves_out_tables_of_parts():
    rooms = {model._meta.app_label for model in own_site()._registry}

    assert rooms & {"account", "mfa", "auth", "sessions"} == set()
    assert own_site() is admin.site
