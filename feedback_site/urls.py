"""Every address of the site. Public ones come first; their names are stable."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from feedback_site import views
from feedback_site.administration import own_site

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/", include("surveys.public_urls")),
    path("kiosk/", include("surveys.kiosk_urls")),
    path("", include("surveys.invited_urls")),
    path("at/", include("reviews.public_urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("favicon.ico", views.icon, name="icon"),
    path("", views.home, name="home"),
    # A page asks for ten charts, most of which are kept: behind all others, finding the view takes a tenth of their time.
    path("reports/", include("reports.urls")),
    path("api/", include("surveys.api_urls")),
    path("surveys/", include("surveys.urls")),
    path("", include("scoring.urls")),
    path("cards/", include("cards.urls")),
    path("reviews/", include("reviews.urls")),
    path("organisation/", include("organisation.urls")),
    # Whoever could change an address without an administrator could take an account along.
    path("account/email/", views.closed, name="account_email_closed"),
    path("account/", include("allauth.urls")),
    path("admin/", own_site().urls),
]
if settings.STYLEGUIDE:
    urlpatterns.append(path("styleguide/", views.styleguide, name="styleguide"))

handler400 = "feedback_site.views.bad_request"
handler403 = "feedback_site.views.not_allowed"
handler404 = "feedback_site.views.not_found"
handler500 = "feedback_site.views.failed"
