"""The addresses of this room."""

from django.urls import URLPattern, path

from records import (
    calculator,
    policy_view,
    views,
    views_certificate,
    views_disposal,
    views_terms,
    views_witness,
)

app_name = "records"
urlpatterns: list[URLPattern] = [
    path("records/", views.register, name="register"),
    path("records/calculator/", calculator.calculator, name="calculator"),
    path("records/policy/", policy_view.policy_page, name="policy"),
    path("records/terms/", views_terms.accept, name="terms"),
    path("records/terms/<str:version>/", views_terms.wording, name="terms_version"),
    path("records/add/", views.add, name="add"),
    path("records/<uuid:key>/", views.record, name="record"),
    path("records/<uuid:key>/change/", views.change, name="change"),
    path("records/<uuid:key>/holds/add/", views.add_hold, name="add_hold"),
    path(
        "records/<uuid:key>/holds/<int:hold_id>/resolve/", views.resolve_hold, name="resolve_hold"
    ),
    path("records/<uuid:key>/keep/", views.keep_longer, name="keep_longer"),
    path("records/meeting-pack/", views_certificate.meeting_pack, name="meeting_pack"),
    path("records/meeting-pack/pdf/", views_certificate.meeting_pack_pdf, name="meeting_pack_pdf"),
    path("records/disposals/", views_disposal.disposals, name="disposals"),
    path("records/disposals/propose/", views_disposal.propose, name="propose"),
    path("records/disposals/<uuid:key>/", views_disposal.disposal, name="disposal"),
    path("records/disposals/<uuid:key>/sign/", views_disposal.sign, name="sign_disposal"),
    path("records/disposals/<uuid:key>/withdraw/", views_disposal.withdraw, name="withdraw"),
    path("records/disposals/<uuid:key>/ask/", views_disposal.ask_another, name="ask_another"),
    path("records/witness/thank-you/", views_witness.thanks, name="witness_thanks"),
    path("records/witness/not-signed/", views_witness.refused, name="witness_refused"),
    path("records/witness/<str:token>/", views_witness.witness, name="witness"),
    path("records/witness/<str:token>/rather-not/", views_witness.refuse, name="witness_refuse"),
    path("records/certificates/find/", views_certificate.find, name="find_certificate"),
    path("records/certificates/<str:number>/", views_certificate.certificate, name="certificate"),
    path(
        "records/certificates/<str:number>/pdf/",
        views_certificate.certificate_pdf,
        name="certificate_pdf",
    ),
    path(
        "records/certificates/<str:number>/history/",
        views_certificate.certificate_history,
        name="certificate_history",
    ),
    path(
        "records/certificates/<str:number>/file/",
        views_certificate.confirm_file,
        name="confirm_file",
    ),
    path("records/verify/<str:token>/", views_certificate.verify, name="verify"),
]
