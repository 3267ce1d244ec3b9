"""Forms without an account: what is taken, and from whom."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory

from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region
from yhdys.web.public.forms import OLDEST, PublicForm, is_same_site, public_form

HOST = "kainuu.localhost"
HERE = {"HTTP_HOST": HOST, "HTTP_ORIGIN": f"http://{HOST}"}


class NoteForm(PublicForm):
    name = "note"
    from_one_address = 3
    from_all = 5
    text = forms.CharField(max_length=20)


def request_from(**headers: str) -> HttpRequest:
    return RequestFactory().post("/", headers=None, **headers)


def opened(ago: timedelta = timedelta(minutes=1), form: type[PublicForm] = NoteForm) -> str:
    with clock.at(clock.now() - ago):
        return str(form(request=request_from(**HERE)).initial["opened"])


def sent(**changes: Any) -> NoteForm:
    address = changes.pop("address", "192.0.2.1")
    data = {"text": "Hei", "homepage": "", "opened": opened()} | changes
    return NoteForm(data=_query(data), request=request_from(**HERE, REMOTE_ADDR=address))


def _query(data: dict[str, str]) -> Any:
    return RequestFactory().post("/", data).POST


def codes(form: PublicForm) -> list[str | None]:
    return [error.code for error in form.non_field_errors().as_data()]


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"HTTP_ORIGIN": f"http://{HOST}"}, True),
        ({"HTTP_ORIGIN": f"http://{HOST}", "HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_ORIGIN": "http://lappi.localhost"}, False),
        ({"HTTP_ORIGIN": "http://localhost"}, False),
        ({"HTTP_ORIGIN": f"http://{HOST}.evil.example"}, False),
        ({"HTTP_ORIGIN": f"https://{HOST}"}, False),
        ({"HTTP_ORIGIN": f"http://{HOST}:8080"}, False),
        ({"HTTP_ORIGIN": f"http://{HOST}", "HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_ORIGIN": f"http://{HOST}", "HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_ORIGIN": f"http://{HOST}", "HTTP_SEC_FETCH_SITE": "none"}, False),
    ],
)
def test_only_a_page_of_the_very_host_may_send(headers: dict[str, str], taken: bool) -> None:
    assert is_same_site(request_from(HTTP_HOST=HOST, **headers)) is taken


def test_the_view_needs_no_csrf_token() -> None:
    @public_form
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("taken")

    request = request_from(**HERE)
    assert CsrfViewMiddleware(lambda r: HttpResponse()).process_view(request, view, (), {}) is None
    assert view(request).content == b"taken"


def test_a_form_of_the_same_region_in_due_time_is_taken_once(region: Region) -> None:
    token = opened()
    first, again = sent(opened=token), sent(opened=token)
    assert first.is_valid()
    assert again.is_valid()
    assert first.first_time() is True
    assert again.first_time() is False


def test_the_same_words_on_a_page_opened_anew_are_another_message(region: Region) -> None:
    first, second = sent(opened=opened(timedelta(minutes=2))), sent(opened=opened(timedelta(minutes=1)))
    assert first.is_valid()
    assert first.first_time()
    assert second.is_valid()
    assert second.first_time()


def test_a_form_sent_faster_than_a_person_writes_is_refused(region: Region) -> None:
    form = sent(opened=opened(timedelta(seconds=0)))
    assert codes(form) == ["too_quick"]


def test_a_page_kept_too_long_is_refused_and_gets_a_new_age(region: Region) -> None:
    old = opened(OLDEST + timedelta(minutes=1))
    form = sent(opened=old)
    assert codes(form) == ["too_old"]
    assert form["text"].value() == "Hei"
    assert form["opened"].value() != old


@pytest.mark.parametrize("token", ["", "nonsense", "InNvbWUi:1abc:def"])
def test_a_forged_age_is_refused(region: Region, token: str) -> None:
    assert codes(sent(opened=token)) == ["forged"]


def test_the_age_of_another_form_is_refused(region: Region) -> None:
    class OtherForm(NoteForm):
        name = "other"

    assert codes(sent(opened=opened(form=OtherForm))) == ["forged"]


def test_the_age_of_another_region_is_refused(kainuu: Region, lappi: Region) -> None:
    with in_region(lappi):
        theirs = opened()
    with in_region(kainuu):
        assert codes(sent(opened=theirs)) == ["forged"]


def test_a_robot_in_the_trap_believes_that_it_was_heard(region: Region) -> None:
    form = sent(homepage="https://spam.example", opened="")
    assert form.is_valid()
    assert form.first_time() is False


def test_one_address_may_send_only_so_often(region: Region) -> None:
    assert [sent().is_valid() for _ in range(3)] == [True] * 3
    refused = sent()
    assert codes(refused) == ["too_many"]
    assert refused.status == 429
    assert sent(address="192.0.2.2").is_valid()


def test_many_addresses_together_may_send_only_so_often(region: Region) -> None:
    taken = [sent(address=f"192.0.2.{n}").is_valid() for n in range(10)]
    assert taken == [True] * 5 + [False] * 5


def test_what_one_region_counts_is_nothing_to_another(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        assert [sent().is_valid() for _ in range(4)][-1] is False
    with in_region(lappi):
        assert sent().is_valid()


def test_an_oversized_text_is_a_field_error_with_status_422(region: Region) -> None:
    form = sent(text="x" * 21)
    assert form.status == 422
    assert form.errors.as_data()["text"][0].code == "max_length"


def test_the_trap_is_hidden_from_everybody(region: Region) -> None:
    html = str(NoteForm(request=request_from(**HERE))["homepage"])
    assert re.match(r"<div hidden>.*tabindex=\"-1\".*</div>$", html)
