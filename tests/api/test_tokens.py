"""What a token opens, and what it does not."""

from typing import Any

import pytest
from django.test import Client
from tests.api.conftest import Program, program_of
from tests.factories.accounts import user_with_role
from tests.factories.meetings import MeetingFactory, council, in_days
from tests.factories.news import ArticleFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import in_body, user
from tests.factories.tokens import token_for

from yhdys.accounts.models import StaffRole
from yhdys.api.pace import Pace
from yhdys.councils.enums import Role
from yhdys.meetings.models.meeting import Announcement
from yhdys.news.models import Article
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region
from yhdys.tokens.actions import revoke_token
from yhdys.tokens.enums import Scope

EVERY = [scope.value for scope in Scope if scope != Scope.OVERVIEW_READ]
LAPPI = "lappi.localhost"


@pytest.fixture
def editor(kainuu: Region) -> Any:
    with in_region(kainuu):
        return user_with_role(StaffRole.Role.EDITOR)


def test_a_token_of_kainuu_is_nothing_in_lapland(kainuu: Region, lappi: Region, editor: Any) -> None:
    with in_region(kainuu):
        _token, text = token_for(editor)
    with in_region(lappi):
        hidden = ArticleFactory.create()
        OrganisationFactory.create()
    assert Program(token=text).get("organisations/").status_code == 200
    for host in (LAPPI, "localhost"):
        stranger = Program(host, text)
        for path in ("organisations/", f"news/{hidden.pk}/", "bodies/", "regions/", "schema/"):
            answer = stranger.get(path)
            assert answer.status_code in (401, 404)
            assert hidden.title_fi not in answer.content.decode()
    answer = Program(LAPPI, text).get("bodies/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert Program(LAPPI, text).send("POST", "news/", {"title": {"fi": "Vieras"}}).status_code == 401
    with in_region(lappi):
        assert not Article.objects.filter(title_fi="Vieras").exists()


def test_a_session_opens_nothing_here(kainuu: Region, editor: Any) -> None:
    client = Client(headers={"host": "kainuu.localhost"})
    with in_region(kainuu):
        client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
        draft = ArticleFactory.create()
    assert client.get(f"/api/v1/news/{draft.pk}/").status_code == 404
    assert client.get("/api/v1/organisations/").status_code == 401
    assert client.post("/api/v1/news/", {"title": {"fi": "X"}}, content_type="application/json").status_code == 401


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer x",
        "Bearer yhdys_ " + "0" * 64,
        "Bearer yhdys_" + "0" * 64,
        "Bearer \xff\xfe",
        "Bearer " + "a" * 5000,
    ],
)
def test_what_is_no_token_is_refused(kainuu: Region, header: str) -> None:
    answer = Program().get("bodies/", authorization=header)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("header", ["Basic YTpi", "Token yhdys_0", ""])
def test_another_scheme_is_nobody(kainuu: Region, header: str) -> None:
    assert Program().get("bodies/", authorization=header).status_code == 200
    assert Program().get("organisations/", authorization=header).status_code == 401


def test_a_revoked_token_opens_nothing(kainuu: Region, editor: Any) -> None:
    with in_region(kainuu):
        token, text = token_for(editor)
        program = Program(token=text)
        assert program.get("organisations/").status_code == 200
        revoke_token(token, by=editor)
    assert program.get("organisations/").status_code == 401


@pytest.mark.parametrize("scope", EVERY)
def test_a_token_opens_its_own_part_alone(kainuu: Region, editor: Any, scope: str) -> None:
    with in_region(kainuu):
        program = program_of(editor, scope)
        draft = ArticleFactory.create()
        meeting = MeetingFactory.create()
    domain, action = scope.split(":")
    assert (program.get(f"news/{draft.pk}/").status_code == 200) is (domain == "news")
    assert (program.get(f"meetings/{meeting.pk}/").status_code == 200) is (domain == "meetings")
    assert (program.get("organisations/").status_code == 200) is (domain == "organisations")
    for path in ("news/", "meetings/", "organisations/"):
        status = program.send("POST", path, {}).status_code
        assert status == (400 if (domain, action) == (path.strip("/"), "write") else 403)


def test_a_token_gives_no_right_that_its_user_lacks(kainuu: Region) -> None:
    with in_region(kainuu):
        program = program_of(user())
        draft, organisation, term = ArticleFactory.create(), OrganisationFactory.create(), council()
        meeting = MeetingFactory.create(body=term.body)
    assert program.get("organisations/").status_code == 403
    for path in (f"news/{draft.pk}/", f"meetings/{meeting.pk}/", f"organisations/{organisation.pk}/"):
        assert program.get(path).status_code == 404
        assert program.send("PATCH", path, {"title": {"fi": "X"}}, if_match="*").status_code in (400, 404)
    assert program.send("POST", "news/", {"title": {"fi": "X"}}).status_code == 403
    assert program.send("POST", "organisations/", {"name": {"fi": "X"}}).status_code == 403
    new = {"title": {"fi": "X"}, "body": term.body.slug}
    assert program.send("POST", "meetings/", new).status_code == 403


def test_a_member_reads_and_does_not_change(kainuu: Region) -> None:
    with in_region(kainuu):
        term = council()
        program = program_of(in_body(term.body, Role.MEMBER))
        meeting = MeetingFactory.create(body=term.body, term=term, starts_at=in_days(5), ends_at=in_days(5, 16))
        Announcement.objects.create(meeting=meeting)
    assert program.told(f"meetings/{meeting.pk}/")["is_announced"] is True
    assert program.change("PATCH", f"meetings/{meeting.pk}/", {"address": "Muualla"}).status_code == 403


def test_the_public_reads_no_link_and_a_member_does(kainuu: Region) -> None:
    with in_region(kainuu):
        term = council()
        program = program_of(in_body(term.body, Role.MEMBER), "meetings:read")
        meeting = MeetingFactory.create(body=term.body, remote_link="https://meet.example/salainen")
        Announcement.objects.create(meeting=meeting)
    path = f"meetings/{meeting.pk}/"
    assert Program().told(path)["remote_link"] == ""
    assert program.told(path)["remote_link"] == "https://meet.example/salainen"
    assert "salainen" not in Program().get("meetings/").content.decode()
    assert program.get(path)["Cache-Control"] == "private, no-cache"
    assert "public" in Program().get(path)["Cache-Control"]
    assert "Authorization" in Program().get(path)["Vary"]


def test_a_token_has_a_pace_of_its_own(
    kainuu: Region, lappi: Region, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pace, "THROTTLE_RATES", {"anon": "1/min", "token": "3/min"})
    with in_region(kainuu):
        first, second = program_of(editor), program_of(editor)
    assert [first.get("bodies/").status_code for _n in range(4)] == [200, 200, 200, 429]
    assert second.get("bodies/").status_code == 200
    assert [Program().get("bodies/").status_code for _n in range(2)] == [200, 429]
    assert Program(LAPPI).get("bodies/").status_code == 200


def test_whoever_tries_tokens_is_counted(kainuu: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "THROTTLE_RATES", {"anon": "2/min", "token": "100/min"})
    answers = [Program(token=f"yhdys_{n:064}").get("bodies/").status_code for n in range(3)]
    assert answers == [401, 401, 429]
