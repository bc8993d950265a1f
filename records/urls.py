"""The addresses of this room."""

from django.urls import URLPattern, path

from records import (
    calculator,
    policy_view,
    views,
    views_certificate,
    views_disposal,
    views_handover,
    views_import,
    views_own_policy,
    views_register,
    views_released,
    views_sharing,
    views_terms,
    views_witness,
)

app_name = "records"
urlpatterns: list[URLPattern] = [
    path("records/", views_register.register, name="register"),
    path("records/calculator/", calculator.calculator, name="calculator"),
    path("records/policy/", policy_view.policy_page, name="policy"),
    path("records/own-policy/", views_own_policy.own_policy, name="own_policy"),
    path("records/own-policy/pdf/", views_own_policy.own_policy_pdf, name="own_policy_pdf"),
    path("records/registers/<uuid:key>/", views_register.register, name="one_register"),
    path("records/registers/<uuid:key>/add/", views.add, name="add_to"),
    path("records/registers/<uuid:key>/terms/", views_terms.accept, name="terms_of"),
    path("records/registers/<uuid:key>/take-out/", views_register.take_out, name="take_out"),
    path("records/registers/<uuid:key>/sharing/", views_sharing.sharing, name="sharing"),
    path(
        "records/registers/<uuid:key>/offer/<uuid:named_key>/", views_handover.offer, name="offer"
    ),
    path(
        "records/registers/<uuid:key>/offer/take-back/",
        views_handover.withdraw,
        name="withdraw_offer",
    ),
    path("records/registers/<uuid:key>/import/", views_import.send, name="import_send"),
    path("records/empty-file/", views_import.empty_file, name="empty_file"),
    path("records/imports/<uuid:key>/", views_import.one_import, name="import"),
    path("records/imports/<uuid:key>/confirm/", views_import.confirm, name="import_confirm"),
    path("records/imports/<uuid:key>/forget/", views_import.drop, name="import_drop"),
    path("records/imports/<uuid:key>/undo/", views_import.undo, name="import_undo"),
    path("records/registers/<uuid:key>/close/", views_handover.close, name="close"),
    path("records/named/<uuid:key>/end/", views_sharing.end, name="end_naming"),
    path("records/invitations/<uuid:key>/", views_sharing.invitation, name="invitation"),
    path("records/invitations/<uuid:key>/decline/", views_sharing.decline, name="not_joined"),
    path("records/offers/<uuid:key>/", views_handover.offered, name="offered"),
    path("records/offers/<uuid:key>/decline/", views_handover.decline, name="not_taken"),
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
    path(
        "records/disposals/<uuid:key>/withdraw/", views_disposal.withdraw, name="withdraw_disposal"
    ),
    path("records/disposals/<uuid:key>/ask/", views_disposal.ask_another, name="ask_another"),
    path("records/witness/thank-you/", views_witness.thanks, name="witness_thanks"),
    path("records/witness/not-signed/", views_witness.refused, name="witness_refused"),
    path("records/witness/<str:token>/", views_witness.witness, name="witness"),
    path("records/witness/<str:token>/rather-not/", views_witness.refuse, name="witness_refuse"),
    path("records/released/<str:token>/", views_released.released, name="released"),
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
