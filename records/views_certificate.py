"""Certificates of destruction: for their owner as a page and a PDF, for anybody to verify."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from foundation import history_file, papers
from foundation.limits import allow, sender
from membership.accounts import login_of, of_request
from membership.forms import posted
from records.choosing import chosen_by_query
from records.disposal import certificates, meeting
from records.disposal import papers as disposal_papers
from records.forms_disposal import FileForm, ReferenceForm
from records.models import Certificate

ASKS_AN_HOUR = 120
HOUR = 3600


@never_cache
@sensitive_post_parameters("reference")
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate; made out with the owner's reference where they type the right one."""
    found = _mine(request, number)
    form = ReferenceForm(posted(request), on=timezone.localdate())
    reference = ""
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        if not certificates.is_of(found, reference):
            form.add_error("reference", "This certificate is not for that reference.")
            reference = ""
    paper = disposal_papers.of(found, certificates.prove(found), reference=reference)
    if reference and "pdf" in request.POST:
        return papers.answer(paper, name=f"{number}.pdf")
    context = {"certificate": found, "paper": paper, "form": form, "is_made_out": bool(reference)}
    return render(request, "records/certificate.html", context)


@require_safe
def certificate_pdf(request: HttpRequest, number: str) -> HttpResponse:
    found = _mine(request, number)
    paper = disposal_papers.of(found, certificates.prove(found))
    return papers.answer(paper, name=f"{number}.pdf")


@require_safe
def certificate_history(request: HttpRequest, number: str) -> HttpResponse:
    """The record's chain as a sealed file, which is verified without the portal."""
    found = _mine(request, number)
    rows = history_file.sealed([found.history_key], at=timezone.now())
    whole = "".join(f"{row}\n" for row in rows)
    answer = HttpResponse(whole, content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{number}-history.jsonl"'
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@require_POST
@sensitive_post_parameters("reference")
def find(request: HttpRequest) -> HttpResponse:
    """From a reference that the owner remembers to its certificate."""
    form = ReferenceForm(request.POST, on=timezone.localdate())
    if form.is_valid():
        found = certificates.find(of_request(request), form.cleaned_data["reference"])
        if found is not None:
            return redirect("records:certificate", number=found.number)
        form.add_error("reference", "You have no certificate for that reference.")
    return render(request, "records/certificate_find.html", {"form": form})


@never_cache
def confirm_file(request: HttpRequest, number: str) -> HttpResponse:
    """How the file itself was destroyed, and what was kept all the same."""
    found = _mine(request, number)
    if found.file_confirmed_at is not None:
        return redirect("records:certificate", number=number)
    form = FileForm(posted(request), on=timezone.localdate())
    if form.is_valid():
        try:
            certificates.confirm_file(
                certificate_id=found.pk,
                method=form.cleaned_data["method"],
                destroyed_on=form.typed_day(),
                exempt=form.cleaned_data["exempt"],
                by=login_of(request),
                at=timezone.now(),
            )
        except certificates.DayNotPossible as impossible:
            form.add_error("destroyed_on", str(impossible))
        except certificates.IsConfirmed as confirmed:
            form.add_error(None, str(confirmed))
        else:
            messages.success(request, "The certificate is complete.")
            return redirect("records:certificate", number=number)
    return render(request, "records/certificate_file.html", {"form": form, "certificate": found})


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What anybody may know of a certificate: that it is one, and that its history is sound."""
    key = sender(request)
    if not allow(action="verify-certificate", key=key, times=ASKS_AN_HOUR, seconds=HOUR):
        return render(request, "429.html", status=429)
    found = Certificate.objects.filter(token=token).first()
    if found is None:
        return render(request, "records/verify_none.html", status=404)
    context = {
        "certificate": found,
        "proof": certificates.prove(found),
        "rule": disposal_papers.rule_of(found),
        "now": timezone.localtime(),
    }
    return render(request, "records/verify.html", context)


@never_cache
@require_safe
def meeting_pack(request: HttpRequest) -> HttpResponse:
    """Every record that is due, to print for a meeting."""
    register = chosen_by_query(request).register
    if register is None:
        return redirect("records:register")
    paper = meeting.pack(register, on=timezone.localdate())
    return render(request, "records/meeting_pack.html", {"paper": paper, "register": register})


@require_safe
def meeting_pack_pdf(request: HttpRequest) -> HttpResponse:
    today, register = timezone.localdate(), chosen_by_query(request).register
    if register is None:
        return redirect("records:register")
    paper = meeting.pack(register, on=today)
    return papers.answer(paper, name=f"records-to-review-{today.isoformat()}.pdf")


def _mine(request: HttpRequest, number: str) -> Certificate:
    """A certificate of the signed-in person's registers; somebody else's is not there."""
    own = Certificate.objects.of(of_request(request)).select_related("register__owner")
    return get_object_or_404(own, number=number)
