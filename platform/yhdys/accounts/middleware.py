"""When somebody was last here."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from yhdys.accounts.sessions import note_use


class LastSeenMiddleware:
    """Note, a few minutes exactly, when a session was last used: its owner sees it in the list of devices.

    Only a request that has looked into its session counts, so a public page stays the same for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.session.accessed and SESSION_KEY in request.session:
            note_use(request.session)
        return response
