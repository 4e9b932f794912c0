"""The organisation's pages. `logo` and `colours.css` are public: customers' pages fetch them."""

from django.urls import path

from organisation.views import audit, face, locations, members, overview, regions, touchpoints

app_name = "organisation"

urlpatterns = [
    path("logo", face.logo, name="logo"),
    path("colours.css", face.colours, name="colours"),
    path("", overview.overview, name="overview"),
    path("settings/", overview.settings, name="settings"),
    path("settings/logo/", overview.set_logo, name="set_logo"),
    path("settings/logo/remove/", overview.drop_logo, name="remove_logo"),
    path("locations/", locations.listing, name="locations"),
    path("locations/add/", locations.add, name="add_location"),
    path("locations/paste/", locations.paste, name="paste_locations"),
    path("locations/<slug:code>/change/", locations.change, name="change_location"),
    path("locations/<slug:code>/archive/", locations.archive, name="archive_location"),
    path("locations/<slug:code>/restore/", locations.restore, name="restore_location"),
    path("locations/<slug:code>/default/", locations.default, name="default_location"),
    path("regions/", regions.listing, name="regions"),
    path("regions/add/", regions.add, name="add_region"),
    path("regions/<slug:code>/change/", regions.change, name="change_region"),
    path("regions/<slug:code>/remove/", regions.remove, name="remove_region"),
    path("touchpoints/", touchpoints.listing, name="touchpoints"),
    path("touchpoints/add/", touchpoints.add, name="add_touchpoint"),
    path("touchpoints/<slug:code>/change/", touchpoints.change, name="change_touchpoint"),
    path("touchpoints/<slug:code>/archive/", touchpoints.archive, name="archive_touchpoint"),
    path("touchpoints/<slug:code>/restore/", touchpoints.restore, name="restore_touchpoint"),
    path("touchpoints/<slug:code>/default/", touchpoints.default, name="default_touchpoint"),
    path("members/", members.listing, name="members"),
    path("members/add/", members.add, name="add_member"),
    path("members/<int:pk>/change/", members.change, name="change_member"),
    path("members/<int:pk>/deactivate/", members.deactivate, name="deactivate_member"),
    path("members/<int:pk>/reactivate/", members.reactivate, name="reactivate_member"),
    path("members/<int:pk>/second-factor/reset/", members.reset_factor, name="reset_second_factor"),
    path("members/<int:pk>/password-link/offer/", members.offer_link, name="offer_password_link"),
    path("members/<int:pk>/password-link/", members.show_link, name="password_link"),
    path("audit/", audit.trail, name="audit"),
]
