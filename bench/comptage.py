"""How many queries an answer took: a header that the measures read beside the time."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ENTETE = "X-Requetes"


class ComptageMiddleware:
    """First of all, so that the session and the account are counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nombre = 0

        def compter(executer: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal nombre
            nombre += 1
            return executer(*arguments)

        with connection.execute_wrapper(compter):
            reponse = self.get_response(request)
        reponse[ENTETE] = str(nombre)
        return reponse
