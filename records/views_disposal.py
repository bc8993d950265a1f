"""Destruction by two people, as the people of a register see it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from membership.accounts import login_of, of_request, person_of
from membership.forms import posted
from membership.models import Person, User
from records import versions
from records.choosing import chosen_by_query
from records.disposal import checking, people, proposing, signing
from records.disposal.checking import Checked
from records.disposal.papers import rule_words
from records.forms_disposal import ProposeForm, ReferenceForm, SecondForm, SignForm
from records.models import (
    Certificate,
    ClientRecord,
    ClientRecordQuerySet,
    Disposal,
    DisposalLine,
    Register,
)
from records.retention_rules import RuleSet

PAGE_SIZE = 50


@dataclass(frozen=True)
class LineShown:
    """One record of a disposal on its page; `objection` stands against signing it now."""

    line: DisposalLine
    rule: str
    objection: str


@never_cache
def disposals(request: HttpRequest) -> HttpResponse:
    """What waits for a signature, what has ended, and every certificate."""
    person = of_request(request)
    certificates = Certificate.objects.of(person).order_by("-destroyed_at", "-pk")
    mine = Disposal.objects.of(person)
    named = Prefetch("lines", DisposalLine.objects.select_related("record").order_by("pk"))
    context = {
        "waiting": mine.waiting().prefetch_related(named).order_by("proposed_at", "pk"),
        "ended": _ended(mine)[:PAGE_SIZE],
        "page": Paginator(certificates, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": ReferenceForm(on=timezone.localdate()),
        "register": chosen_by_query(request).register,
    }
    return render(request, "records/disposals.html", context)


def _ended(mine: QuerySet[Disposal]) -> QuerySet[Disposal]:
    ended = mine.exclude(ended_at=None).prefetch_related("lines")
    return ended.order_by("-ended_at", "-pk")


@never_cache
@sensitive_post_parameters()
def propose(request: HttpRequest) -> HttpResponse:
    """Choose records that wait; then say why they may go, and who signs second."""
    today, person = timezone.localdate(), of_request(request)
    named = list(_named(request, person))
    if not named:
        return _choose(request, today)
    others = people.others_who_may_act(named[0].register, besides=person)
    form = ProposeForm(posted(request), on=today, has_colleagues=bool(others))
    if form.is_valid():
        disposal = _propose(form, named, login_of(request))
        if disposal is not None:
            messages.success(request, "You have signed. A second person has to sign now.")
            return redirect("records:disposal", key=disposal.key)
    found = _checked(named, today)
    may_go = all(each.may_go for each in found)
    return render(request, "records/propose.html", {"form": form, "found": found, "may_go": may_go})


@never_cache
def disposal(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One disposal: what is in it, who is asked, what became of it."""
    found, by = _of_mine(request, key), login_of(request)
    lines = _lines(found, timezone.localdate())
    context = {
        "disposal": found,
        "lines": lines,
        "witness": found.witnesses.order_by("-asked_at", "-pk").first(),
        "is_first": people.is_same(found.proposed_by, by),
        "may_sign": _may_sign(found, by),
        "may_withdraw": _may_withdraw(found, by),
        "blocked": [each for each in lines if each.objection],
        "to_confirm": _to_confirm(lines),
    }
    return render(request, "records/disposal.html", context)


def _to_confirm(lines: Iterable[LineShown]) -> Certificate | None:
    """The first certificate whose file nobody has said to be destroyed."""
    certificates = [each.line.certificate for each in lines if hasattr(each.line, "certificate")]
    return next((one for one in certificates if not one.file_confirmed_at), None)


@never_cache
def sign(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The second signature of somebody else who works in the register, or their no."""
    found, by, now = _of_mine(request, key), login_of(request), timezone.now()
    if request.method != "POST" and not _may_sign(found, by):
        return redirect("records:disposal", key=key)
    says_no = "decline" in request.POST
    form = SignForm(None if says_no else posted(request), on=timezone.localdate())
    if says_no or form.is_valid():
        step = signing.decline if says_no else signing.sign
        try:
            step(disposal_id=found.pk, by=by, at=now)
        except (people.SamePerson, signing.NotAsked, proposing.HasEnded) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Nothing was destroyed." if says_no else "You have signed.")
        return redirect("records:disposal", key=key)
    context = {"form": form, "disposal": found, "lines": _lines(found, timezone.localdate())}
    return render(request, "records/disposal_sign.html", context)


@never_cache
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take the first signature back, after asking once."""
    found, by = _of_mine(request, key), login_of(request)
    if not _may_withdraw(found, by):
        return redirect("records:disposal", key=key)
    if request.method != "POST":
        return render(request, "records/disposal_withdraw.html", {"disposal": found})
    try:
        proposing.withdraw(disposal_id=found.pk, by=by, at=timezone.now())
    except proposing.HasEnded as ended:
        messages.error(request, str(ended))
    else:
        messages.success(request, "Taken back. Nothing was destroyed; the records wait as before.")
    return redirect("records:disposal", key=key)


@never_cache
@sensitive_post_parameters()
def ask_another(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask again, or somebody else, for the second signature."""
    found, by = _of_mine(request, key), login_of(request)
    if not _may_withdraw(found, by):
        return redirect("records:disposal", key=key)
    form = SecondForm(
        posted(request),
        on=timezone.localdate(),
        has_colleagues=bool(people.others_who_may_act(found.register, besides=person_of(by))),
        initial={"way": found.way},
    )
    if form.is_valid():
        try:
            proposing.ask_another(
                disposal_id=found.pk, second=form.second(), by=by, at=timezone.now()
            )
        except people.SamePerson as same:
            form.add_error("witness_email", str(same))
        except (proposing.NotPossible, proposing.HasEnded) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Asked.")
            return redirect("records:disposal", key=key)
    return render(request, "records/disposal_ask.html", {"form": form, "disposal": found})


def _choose(request: HttpRequest, today: dt.date) -> HttpResponse:
    """What waits in the chosen register, each with what the rules say."""
    waiting = _waiting(chosen_by_query(request).register, today)[: proposing.MOST]
    context = {
        "found": _checked(waiting, today),
        "none_chosen": "choose" in request.GET,
    }
    return render(request, "records/propose_choose.html", context)


def _propose(form: ProposeForm, named: list[ClientRecord], by: User) -> Disposal | None:
    """The disposal; None where it was refused, and the form says why."""
    try:
        return proposing.propose(
            record_ids=[record.pk for record in named],
            because=form.cleaned_data["because"],
            second=form.second(),
            by=by,
            at=timezone.now(),
        )
    except people.SamePerson as same:
        form.add_error("witness_email", str(same))
    except proposing.NotPossible as impossible:
        form.add_error(None, str(impossible))
    return None


def _named(request: HttpRequest, person: Person) -> ClientRecordQuerySet:
    """The person's own records that the address names; what is nobody's key is passed over."""
    keys = [key for text in _keys(request.GET) if (key := _key(text)) is not None]
    found = ClientRecord.objects.of(person).filter(key__in=keys)
    return (
        found.select_related("register__owner")
        .prefetch_related("holds")
        .order_by("reference", "pk")
    )


def _keys(query: QueryDict) -> list[str]:
    return [str(text) for text in query.getlist("record")][: proposing.MOST]


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _waiting(register: Register | None, on: dt.date) -> ClientRecordQuerySet:
    """What waits for a decision, and is not proposed yet; what was due first comes first."""
    open_lines = DisposalLine.objects.filter(settled_at=None, record__isnull=False)
    waiting = ClientRecord.objects.filter(register=register).waiting(on)
    free = waiting.exclude(pk__in=open_lines.values("record"))
    return free.prefetch_related("holds").order_by("retain_until", "reference", "pk")


def _checked(records: Iterable[ClientRecord], on: dt.date) -> list[Checked]:
    rules = versions.in_force(on=on)
    return [checking.check(rules, each, each.holds.all(), on=on) for each in records]


def _lines(disposal: Disposal, on: dt.date) -> list[LineShown]:
    rules = versions.in_force(on=on)
    found = disposal.lines.select_related("record", "certificate").prefetch_related("record__holds")
    return [
        LineShown(line, rule_words(rules, line.rule), _objection(rules, line, on))
        for line in found.order_by("pk")
    ]


def _objection(rules: RuleSet, line: DisposalLine, on: dt.date) -> str:
    if line.settled_at is not None or line.record is None:
        return line.refused_because
    return checking.objection(rules, line, line.record, on=on)


def _may_sign(found: Disposal, by: User) -> bool:
    is_asked = found.is_waiting and found.way == Disposal.Way.COLLEAGUE
    return is_asked and not people.is_same(found.proposed_by, by)


def _may_withdraw(disposal: Disposal, by: User) -> bool:
    """Who proposed it, and whose register it is."""
    is_owner = person_of(by).pk == disposal.owner.pk
    return disposal.is_waiting and (is_owner or people.is_same(disposal.proposed_by, by))


def _of_mine(request: HttpRequest, key: uuid.UUID) -> Disposal:
    """A disposal of a register that the signed-in person works in; others are not there."""
    found = Disposal.objects.of(of_request(request)).select_related(
        "register__owner", "proposed_by"
    )
    return get_object_or_404(found, key=key)
