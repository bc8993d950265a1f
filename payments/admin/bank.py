"""Bank accounts, statements and their lines; lines wait here until they are matched."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from foundation.own_pages import OwnPage, OwnPages
from foundation.pence import pounds
from foundation.read_only import ReadOnlyAdmin
from membership import desk
from membership.admin.pages import require
from payments import bank_lines
from payments.admin import bank_statements
from payments.admin.bank_line_page import MATCH, bank_line, first_line
from payments.bank_lines import CannotMatch
from payments.models import BankAccount, BankFile, BankLine


@admin.register(BankAccount)
class BankAccountAdmin(admin.ModelAdmin):
    """The society's accounts, and how far each is known."""

    list_display = ("name", "takes_fees", "newest_line")
    change_list_template = "admin/payments/bank/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankAccount]:
        accounts: QuerySet[BankAccount] = super().get_queryset(request)
        return accounts.annotate(newest=Max("lines__on"))

    @admin.display(ordering="newest", empty_value="No line yet")
    def newest_line(self, account: BankAccount) -> Any:
        return getattr(account, "newest", None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(BankFile)
class BankFileAdmin(OwnPages, ReadOnlyAdmin):
    """Statements that were imported; from here the next one is."""

    list_display = ("name", "bank_account", "layout", "first_on", "last_on", "new_count", "came")
    list_filter = ("bank_account",)
    list_select_related = ("bank_account",)
    search_fields = ("name",)
    search_help_text = "The name of the file."
    date_hierarchy = "imported_at"
    change_list_template = "admin/payments/bank/list.html"
    fields = (
        *("name", "bank_account", "layout", "lines_count", "new_count", "came", "went"),
        *("first_on", "last_on", "imported_at", "imported_by", "sha256"),
    )
    readonly_fields = ("came", "went")

    @admin.display(ordering="credits_pence", description="paid in")
    def came(self, file: BankFile) -> str:
        return pounds(file.credits_pence)

    @admin.display(description="paid out")
    def went(self, file: BankFile) -> str:
        return pounds(file.debits_pence)

    def own_pages(self) -> Sequence[OwnPage]:
        return bank_statements.PAGES


class WaitsFilter(admin.SimpleListFilter):
    """What is still to be matched, the surest first."""

    title = "what waits"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "To match")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[BankLine]) -> QuerySet[BankLine]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(state__in=BankLine.TO_MATCH)


@admin.register(BankLine)
class BankLineAdmin(OwnPages, ReadOnlyAdmin):
    """Every line, once. Several suggestions are accepted at once from here."""

    list_display = ("on", "amount", "what_came", "state", "suggestion", "reason")
    list_display_links = ("on", "amount")
    list_filter = (WaitsFilter, "state", "bank_account")
    list_select_related = ("account__person", "invoice", "bank_account")
    list_per_page = 50
    search_fields = ("text", "payer", "account__payment_reference", "account__person__family_name")
    search_help_text = "What the bank wrote, a payer, a payment reference or a family name."
    date_hierarchy = "on"
    actions = ("accept_suggestions",)
    change_list_template = "admin/payments/bank/list.html"

    @admin.display(ordering="pence")
    def amount(self, line: BankLine) -> str:
        return pounds(line.pence)

    @admin.display(description="what the bank wrote")
    def what_came(self, line: BankLine) -> str:
        return line.text

    @admin.display(description="payer", empty_value="Nobody")
    def suggestion(self, line: BankLine) -> str | None:
        return f"{line.account.person} {line.account.payment_reference}" if line.account else None

    @admin.action(description="Accept the suggestions of the chosen lines", permissions=["match"])
    def accept_suggestions(self, request: HttpRequest, chosen: QuerySet[BankLine]) -> None:
        """Each is a step of its own: one that cannot be booked does not hold up the rest."""
        by, booked = require(request, MATCH), 0
        for pk in list(chosen.order_by("on", "pk").values_list("pk", flat=True)):
            try:
                bank_lines.accept(pk, by=by, at=timezone.now())
            except CannotMatch as reason:
                messages.warning(request, f"Bank line {pk}: {reason}")
            else:
                booked += 1
        messages.success(request, f"Booked as suggested: {booked}.")

    def has_match_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MATCH)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        waits = request.GET.get("waits") == "yes"
        return ("-points", "on", "pk") if waits else ("-on", "-pk")

    def beside_list(self, request: HttpRequest) -> dict[str, Any]:
        return {"money_known_until": desk.money_behind(timezone.localdate())}

    def own_pages(self) -> Sequence[OwnPage]:
        return [
            ("first/", first_line, "payments_bankline_first"),
            ("<int:pk>/change/", bank_line, "payments_bankline_change"),
        ]
