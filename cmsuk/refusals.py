"""What is refused before anything of ours reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from cmsuk import errors

METHODS = ("GET", "HEAD", "POST")
Answering = Callable[[HttpRequest], HttpResponseBase]


def pages_and_forms_alone(get_response: Answering) -> Answering:
    """Browsers open pages and send forms; whoever does anything else is no reader of ours."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return answer


def no_nulls_in_addresses(get_response: Answering) -> Answering:
    """No address of ours holds the letter NUL, which PostgreSQL takes in no question at all."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            return errors.not_found(request)
        return get_response(request)

    return answer
