"""Django with one page and nothing else, for the memory of the portal to stand beside."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="bare")


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Bare.")


urlpatterns = [re_path("", page)]
application = get_wsgi_application()
