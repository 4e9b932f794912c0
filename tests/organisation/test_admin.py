"""Django's admin shows rows and changes none, in every room."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.house import ours


def registered():
    import feedback_site.urls  # noqa: F401 (which leaves our own tables alone in it)

    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def test_admin_holds_our_own_tables_alone():
    assert [model for model in registered() if model not in ours.models()] == []


def test_admin_changes_nothing(rf, administrator):
    request = rf.get("/admin/")
    request.user = administrator
    may = [
        (model._meta.label, deed)
        for model, page in admin.site._registry.items()
        for deed in ("add", "change", "delete")
        if getattr(page, f"has_{deed}_permission")(request)
    ]

    assert may == []


@pytest.mark.parametrize("model", registered(), ids=lambda model: model._meta.label)
def test_admin_lists_and_shows(signed_in, administrator, model):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    listed = signed_in.get(reverse(f"{name}_changelist"))
    row = model.objects.first()
    shown = signed_in.get(reverse(f"{name}_change", args=[row.pk])) if row else listed

    assert (listed.status_code, shown.status_code) == (200, 200)


def test_admin_shows_no_password(signed_in, administrator):
    administrator.set_password("a-long-enough-word")
    administrator.save()
    signed_in.force_login(administrator)

    page = signed_in.get(reverse("admin:organisation_member_change", args=[administrator.pk]))

    assert administrator.password not in page.content.decode()
    assert "admin@example.org" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "auditentry/?at__year=" + "9" * 30,
        "auditentry/?at__day=" + "9" * 30,
        "location/?region__in=" + "9" * 30,
        "location/?pk__in=" + "9" * 30,
    ],
)
def test_admin_asks_nothing_that_breaks_a_database(signed_in, administrator, query):
    assert signed_in.get(f"{reverse('admin:index')}organisation/{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["region__id__exact=" + "9" * 30, "is_default__exact=1", "region__isnull=True"]
)
def test_admin_asks_what_its_filters_offer(signed_in, administrator, query):
    page = signed_in.get(f"{reverse('admin:organisation_location_changelist')}?{query}")

    assert page.status_code == 200
