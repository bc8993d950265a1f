"""The applicant answers the office: agrees to another type or not, asks for a review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from foundation.pence import pounds
from foundation.typed import keeps_typed
from membership import lifecycle
from membership.accounts import login_of, of_request
from membership.forms import posted
from membership.forms_answering import AppealForm, OfferForm
from membership.models import Application, Person, TypeOffer
from membership.views_apply import own_open

AGREED = "Thank you. You are approved for {} membership: your profile shows what comes next."
BACK = "Thank you. Your application is back with the office, in the place that it had."


def offer(request: HttpRequest) -> HttpResponse:
    """What is offered, why, and what it costs; Agree, or No thank you."""
    application = own_open(of_request(request))
    made = application.offers.open().first() if application is not None else None
    if application is None or made is None:
        messages.warning(request, "Nothing is offered to you now.")
        return redirect("membership:apply")
    price = lifecycle.price_offered(made, on=timezone.localdate())
    form = OfferForm(
        posted(request),
        initial={"pence": price.pence if price else 0},
        offered=made.get_type_display(),
        wanted=application.get_type_display(),
    )
    if request.method == "POST" and form.is_valid():
        return _answered(request, application, made, form)
    page = {
        "application": application,
        "offer": made,
        "form": form,
        "amount": pounds(price.pence) if price and price.pence else "",
    }
    return render(request, "membership/offer.html", page)


def _answered(
    request: HttpRequest, application: Application, made: TypeOffer, form: OfferForm
) -> HttpResponse:
    by, at = login_of(request), timezone.now()
    try:
        if not form.agrees:
            lifecycle.refuse_offer(application_id=application.pk, by=by, at=at)
            messages.success(request, BACK)
            return redirect("membership:apply")
        fee = lifecycle.agree(
            application_id=application.pk, by=by, at=at, pence=form.cleaned_data["pence"]
        )
    except lifecycle.LifecycleError as refused:
        messages.warning(request, str(refused))
        return redirect("membership:offer")
    messages.success(request, AGREED.format(made.get_type_display()) if fee else BACK)
    return redirect("membership:apply")


@keeps_typed
def review(request: HttpRequest) -> HttpResponse:
    """Ask that somebody else looks at a decision again."""
    application = last_decided(of_request(request))
    why = (
        lifecycle.why_no_appeal(application, on=timezone.localdate())
        if application is not None
        else "There is no decision of ours to review."
    )
    if application is None or why:
        messages.warning(request, why)
        return redirect("membership:apply")
    form = AppealForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = lifecycle.appeal(
            application_id=application.pk,
            by=login_of(request),
            at=timezone.now(),
            reasons=form.cleaned_data["reasons"],
        )
        words = "Thank you. Somebody who did not take the decision answers by {:%-d %B %Y}."
        messages.success(request, words.format(made.due_on))
        return redirect("membership:apply")
    page = {"application": application, "form": form}
    return render(request, "membership/review.html", page)


def last_decided(person: Person) -> Application | None:
    """The application of this person that was declined last."""
    declined = person.applications.filter(state=Application.State.DECLINED)
    return declined.order_by("-decided_at", "-pk").first()
