"""The addresses of this room."""

from django.urls import URLPattern, path

from records import (
    calculator,
    policy_view,
    views,
    views_handover,
    views_import,
    views_own_policy,
    views_register,
    views_sharing,
    views_terms,
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
    path("records/registers/<uuid:key>/offer/take-back/", views_handover.withdraw, name="withdraw"),
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
]
