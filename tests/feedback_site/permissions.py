from tests.house.permissions import Page

PERMISSIONS = {
    "home": Page(roles="administrator editor manager clerk shopper"),
    "icon": Page(public=True),
    "healthz": Page(public=True),
    "readyz": Page(public=True),
}
