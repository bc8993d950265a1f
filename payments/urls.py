"""The addresses of this room."""

from django.urls import URLPattern, path

from payments import views, views_papers
from payments.webhook_view import paypal_webhook

app_name = "payments"
urlpatterns: list[URLPattern] = [
    path("payments/paypal/webhook/", paypal_webhook, name="paypal_webhook"),
    path("payments/paypal/return/<slug:token>/", views.paypal_return, name="paypal_return"),
    path("payments/paypal/cancelled/<slug:token>/", views.paypal_cancel, name="paypal_cancel"),
    path("payments/", views_papers.all_payments, name="history"),
    path("payments/receipts/<slug:number>/", views_papers.receipt, name="receipt"),
    path("payments/receipts/<slug:number>/pdf/", views_papers.receipt_pdf, name="receipt_pdf"),
    path("payments/credit-notes/<slug:number>/", views_papers.credit_note, name="credit_note"),
    path(
        "payments/credit-notes/<slug:number>/pdf/",
        views_papers.credit_note_pdf,
        name="credit_note_pdf",
    ),
    path("payments/by-link/<str:token>/", views_papers.by_link, name="by_link"),
    path("payments/by-link/<str:token>/pdf/", views_papers.by_link, name="by_link_pdf"),
    path("payments/<slug:number>/", views_papers.invoice, name="invoice"),
    path("payments/<slug:number>/pdf/", views_papers.invoice_pdf, name="invoice_pdf"),
    path("payments/<slug:number>/use-credit/", views.use_credit, name="use_credit"),
    path("payments/<slug:number>/pay/", views.pay, name="pay"),
    path("payments/<slug:number>/bank-transfer/", views.bank_transfer, name="bank_transfer"),
]
