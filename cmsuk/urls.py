"""Every address of the portal; each room lists its own."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from cmsuk import enrolment, errors, health
from cmsuk.metrics import page
from foundation import component_views, letter_views, outbox_views

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    # Addresses are tried in this order: what is asked most often comes first.
    path("", include("directory.urls")),
    path("", include("website.urls")),
    path("", include("membership.urls")),
    path("", include("payments.urls")),
    path("", include("benefits.urls")),
    path("", include("records.urls")),
    # The same list in our own words, with a button for each.
    path("accounts/sessions/", RedirectView.as_view(pattern_name="website:logins")),
    path("accounts/2fa/totp/activate/", enrolment.switch_on),
    path("accounts/", include("allauth.urls")),
    path("admin/office/disposals/", include("records.office_urls")),
    path("admin/office/", include("website.office_urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", page.metrics, name="metrics"),
]
if settings.DEMO:
    urlpatterns += [
        path("outbox/", outbox_views.outbox, name="outbox"),
        path("outbox/<str:name>/", outbox_views.letter, name="outbox_letter"),
        path("outbox/<str:name>/<int:number>/", outbox_views.enclosure, name="outbox_enclosure"),
        path("components/", component_views.components, name="components"),
        path("components/confirmation/", component_views.confirmation, name="confirmation"),
        path("components/paper/", component_views.paper, name="sample_paper"),
        path("letters/", letter_views.letters, name="letters"),
        path("letters/<str:name>/", letter_views.letter, name="letter"),
        path("letters/<str:name>/<int:number>/", letter_views.as_mail, name="letter_as_mail"),
    ]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
