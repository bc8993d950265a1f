"""News by e-mail: which kinds a member wants, and the way out that every letter carries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from benefits import news
from benefits.forms_news import NewsForm
from foundation.links import BrokenLink, LinkError
from membership import accounts
from membership.forms import posted

EVERYTHING = "everything"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Each kind is agreed to by itself, in the words that are shown."""
    person = accounts.of_request(request)
    form = NewsForm(posted(request), person=person)
    if form.is_valid():
        wanted = form.cleaned_data["topics"]
        news.choose(person, wanted, by=accounts.login_of(request), at=timezone.now())
        messages.success(request, "Saved. It holds from now on.")
        return redirect("benefits:news")
    return render(request, "benefits/news.html", {"form": form})


# Mail programs press the button by themselves (RFC 8058), without a cookie: the token is the key.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing; pressing the button ends it at once, without a login."""
    try:
        leaving = news.find(token)
    except LinkError as problem:
        status = 404 if isinstance(problem, BrokenLink) else 410
        return render(request, "benefits/news_link.html", {"problem": problem}, status=status)
    if request.method == "POST":
        everything = request.POST.get("what") == EVERYTHING
        news.leave(leaving, everything=everything, at=timezone.now())
        return render(request, "benefits/news_left.html", {"everything": everything})
    return render(request, "benefits/news_leave.html", {"leaving": leaving})
