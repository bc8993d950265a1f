"""What the office types about bank statements and their lines."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from foundation.fields import PoundsField
from membership.admin.forms import OfficeForm
from payments import payer_search
from payments.bank_lines import CannotMatch, Part
from payments.models import BankAccount

MORE_ROWS = 3
NONE = ""


class ImportForm(OfficeForm):
    """A bank's file, and which account it is of."""

    bank_account = forms.ModelChoiceField(
        BankAccount.objects.all(),
        label="Bank account",
        required=False,
        empty_label="A new account, named below",
        error_messages={"invalid_choice": "Choose one of the accounts of the list."},
    )
    new_name = forms.CharField(
        label="Name of a new account",
        help_text="Only if it is not in the list yet, for example Current account.",
        max_length=80,
        required=False,
    )
    file = forms.FileField(
        label="Statement",
        help_text="As the bank gives it: CSV, OFX, QFX, QIF, camt.053, MT940, Santander's text.",
        error_messages={
            "required": "Choose the file that you downloaded from the bank.",
            "empty": "The file is empty. Download it from the bank again.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.STATEMENT_MAX_BYTES:
            megabytes = settings.STATEMENT_MAX_BYTES // 1_000_000
            raise ValidationError(f"This file has more than {megabytes} MB. Import it in parts.")
        return file

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("bank_account") and not (cleaned.get("new_name") or "").strip():
            self.add_error("bank_account", "Choose an account, or name a new one below.")
        return cleaned

    def account(self) -> BankAccount:
        """The account that was chosen, or one of that name, made where there is none."""
        chosen: BankAccount | None = self.cleaned_data["bank_account"]
        if chosen:
            return chosen
        name = self.cleaned_data["new_name"].strip()
        found = BankAccount.objects.filter(name__iexact=name).first()
        return found or BankAccount.objects.create(name=name)


class ColumnsForm(OfficeForm):
    """Which column is which, asked once for a layout."""

    on = forms.TypedChoiceField(label="Day", coerce=int)
    texts = forms.TypedMultipleChoiceField(
        label="What the bank wrote",
        help_text="Every column with words: description, reference, details.",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one column with words."},
    )
    payer = forms.TypedChoiceField(
        label="Who paid, if that is a column of its own",
        coerce=int,
        required=False,
        empty_value=None,
    )
    amount = forms.TypedChoiceField(
        label="Amount, if one column holds both what came and what went",
        help_text="What went out must have a minus there.",
        coerce=int,
        required=False,
        empty_value=None,
    )
    paid_in = forms.TypedChoiceField(
        label="Paid in, if that is a column of its own",
        coerce=int,
        required=False,
        empty_value=None,
    )
    paid_out = forms.TypedChoiceField(
        label="Paid out, if that is a column of its own",
        coerce=int,
        required=False,
        empty_value=None,
    )
    balance = forms.TypedChoiceField(label="Balance", coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, header: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(at, f"{at + 1}: {name or 'no heading'}") for at, name in enumerate(header)]
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                is_asked = field.required
                field.choices = named if is_asked else [(NONE, "No such column"), *named]
                field.error_messages["invalid_choice"] = f"Choose a column of the file: {name}."

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        signed = cleaned.get("amount") is not None
        apart = cleaned.get("paid_in") is not None
        if signed == apart:
            self.add_error("amount", "Choose either one column for the amount, or one for paid in.")
        return cleaned


class PartForm(OfficeForm):
    """Some of a line's money, and for whom; the page says once how a payer is named."""

    payer = forms.CharField(label="Payer", max_length=120, required=False)
    amount = PoundsField(label="Amount in pounds", required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        payer, pence = cleaned.get("payer"), cleaned.get("amount")
        if bool(payer) != bool(pence) and not self.errors:
            field, words = ("amount", "how much") if payer else ("payer", "for whom")
            self.add_error(field, f"Enter {words}, or leave the row empty.")
        if payer and pence:
            try:
                cleaned["invoice"] = payer_search.invoice_of(payer, pence=pence)
            except CannotMatch as reason:
                self.add_error("payer", str(reason))
        return cleaned


class PartsFormSet(forms.BaseFormSet):
    """The rows in which a line is matched by hand; two for one invoice are added up."""

    def parts(self) -> list[Part]:
        sums: dict[int, int] = {}
        for row in self.cleaned_data:
            if row.get("invoice"):
                sums[row["invoice"].pk] = sums.get(row["invoice"].pk, 0) + row["amount"]
        return [Part(invoice_id, pence) for invoice_id, pence in sums.items()]


Parts = forms.formset_factory(PartForm, formset=PartsFormSet, extra=MORE_ROWS, max_num=20)


class LeaveForm(OfficeForm):
    """Why a line is no payment of a member."""

    reason = forms.CharField(
        label="What is it?",
        max_length=200,
        help_text="For example: interest, a grant, a refund of a supplier.",
        error_messages={"required": "Write down what this money is."},
    )
    whose = forms.ChoiceField(
        label="Whose money is it?",
        choices=(
            ("other", "Somebody else's, or for something else"),
            ("own", "Our own, from or to another account of ours"),
            ("paypal", "PayPal's pay-out of what it held for us, or what it took back"),
        ),
        initial="other",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the three."},
    )


class UndoForm(OfficeForm):
    """Why a booking is taken back."""

    reason = forms.CharField(
        label="Why is it undone?",
        max_length=150,
        help_text="Kept with your name in the ledger.",
        error_messages={"required": "Write down why: it is kept with your name."},
    )
