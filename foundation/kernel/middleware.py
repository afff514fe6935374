"""A refusal that reaches the top becomes problem+json for programs and a clear page for people."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.kernel.problems import problem_response, wants_problem
from foundation.kernel.refusals import Refusal


class RefusalMiddleware:
    """Catches `Refusal` from any view that did not show it beside its form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if wants_problem(request):
            return problem_response(exception)
        return render(request, "refusal.html", {"refusal": exception}, status=exception.status)
