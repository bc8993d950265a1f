"""Payers, invoices and the ledger; from an invoice a bank payment is recorded."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest

from foundation.own_pages import OwnPage, OwnPages
from foundation.pence import pounds
from foundation.read_only import ReadOnlyAdmin
from payments import settlement
from payments.admin import bank_payment, money_page, treasurer
from payments.models import Account, Entry, Invoice


class CreditFilter(admin.SimpleListFilter):
    """Payers to whom the society owes something back."""

    title = "credit"
    parameter_name = "credit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "In credit"), ("owes", "Still to pay")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Account]) -> QuerySet[Account]:
        counted = queryset.alias(sum=Sum("entries__pence"))
        if self.value() == "yes":
            return counted.filter(sum__gt=0)
        return counted.filter(sum__lt=0) if self.value() == "owes" else queryset


class UndoneFilter(admin.SimpleListFilter):
    """Invoices of settled fees whose money was taken back."""

    title = "money taken back"
    parameter_name = "undone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "After the fee was settled")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=settlement.settled_and_undone().values("pk"))


@admin.register(Account)
class AccountAdmin(OwnPages, ReadOnlyAdmin):
    """Payers and what is left of their money: above zero is credit."""

    list_display = ("payment_reference", "person", "balance")
    list_filter = (CreditFilter,)
    list_select_related = ("person",)
    search_fields = ("payment_reference", "person__family_name", "person__email")
    search_help_text = "A payment reference, a family name or an e-mail address."
    fields = ("payment_reference", "person", "balance")
    readonly_fields = ("balance",)
    change_form_template = "admin/payments/account/change_form.html"

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("of/<int:pk>/", money_page.money_of_person, "payments_money_of_person"),
            ("<int:pk>/pay-back/", money_page.pay_back, "payments_pay_back"),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        accounts: QuerySet[Account] = super().get_queryset(request)
        own = Entry.objects.filter(account=OuterRef("pk")).order_by().values("account")
        total = Subquery(own.annotate(total=Sum("pence")).values("total"))
        return accounts.annotate(total=total)

    @admin.display(ordering="total")
    def balance(self, account: Account) -> str:
        return pounds(getattr(account, "total", 0) or 0)


@admin.register(Invoice)
class InvoiceAdmin(OwnPages, ReadOnlyAdmin):
    list_display = ("number", "payer_name", "text", "total", "paid", "state", "issued_on")
    list_filter = ("state", "kind", UndoneFilter)
    search_fields = ("number", "payer_name", "account__payment_reference")
    search_help_text = "An invoice number, a payer or a payment reference."
    date_hierarchy = "issued_on"
    fields = (
        *("number", "account", "text", "kind", "fee", "payer_name", "payer_address"),
        *("total", "paid", "state", "issued_on", "due_on", "paid_on"),
    )
    readonly_fields = ("total", "paid")

    @admin.display(ordering="total_pence")
    def total(self, invoice: Invoice) -> str:
        return pounds(invoice.total_pence)

    @admin.display(ordering="paid_pence")
    def paid(self, invoice: Invoice) -> str:
        return pounds(invoice.paid_pence)

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/record-payment/", bank_payment.record_payment, "payments_record_payment"),
            ("<int:pk>/use-credit/", money_page.use_credit, "payments_office_credit"),
            ("<int:pk>/write-off/", money_page.write_off, "payments_write_off"),
        )


@admin.register(Entry)
class EntryAdmin(OwnPages, ReadOnlyAdmin):
    list_display = ("posted_at", "account", "kind", "method", "amount", "invoice", "occurred_on")
    list_filter = ("kind", "method")
    list_select_related = ("account", "invoice")
    search_fields = ("invoice__number", "account__payment_reference", "note", "source_key")
    search_help_text = "An invoice number, a payment reference or words of the note."
    date_hierarchy = "occurred_on"
    fields = (
        *("account", "kind", "method", "amount", "invoice", "attempt", "bank_line", "reverses"),
        *("occurred_on", "posted_at", "posted_by", "note", "source_key"),
    )
    readonly_fields = ("amount",)
    change_list_template = "admin/payments/entry/change_list.html"

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("books/", treasurer.books, "payments_books"),
            ("books/balance.csv", treasurer.balance_file, "payments_balance_file"),
            ("books/journal.csv", treasurer.journal_file, "payments_journal_file"),
        )

    @admin.display(ordering="pence")
    def amount(self, entry: Entry) -> str:
        return pounds(entry.pence)
