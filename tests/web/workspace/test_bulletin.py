"""From published minutes to a bulletin in the editor."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from tests.factories.accounts import UserFactory
from tests.factories.meetings import held_meeting, member, secretary_of

from yhdys.core.errors import ActionRefused
from yhdys.councils.models import Term
from yhdys.meetings.actions import add_item, approve_minutes, publish_minutes, record_outcome, start_minutes
from yhdys.meetings.enums import Outcome
from yhdys.meetings.models import Meeting
from yhdys.news.actions import draft_bulletin
from yhdys.news.models import Article

pytestmark = pytest.mark.usefixtures("region")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def published(*, swedish: str = "", words: bool = True) -> Meeting:
    """A meeting whose minutes are public: two items resolved, one noted without a word, one for the members only."""
    meeting = held_meeting()
    for item in meeting.agenda_items.all():
        text = f"<p>Päätettiin {item.number} &amp; sovittiin.</p>" if words else ""
        record_outcome(item, by=None, outcome=Outcome.RESOLVED, resolution=text)
    record_outcome(add_item(meeting, by=None, title="Ilmoitukset"), by=None, outcome=Outcome.NOTED)
    closed = add_item(meeting, by=None, title="Jäsenten asia", publicity="members")
    record_outcome(closed, by=None, outcome=Outcome.RESOLVED, resolution="<p>Luottamuksellinen</p>")
    if swedish:
        item = meeting.agenda_items.get(number=2)
        record_outcome(item, by=None, outcome=Outcome.RESOLVED, resolution=swedish, language="sv")
    publish_minutes(approve_minutes(start_minutes(meeting, by=None), by=None), by=None)
    return Meeting.objects.get(pk=meeting.pk)


def test_a_bulletin_tells_the_public_decisions_and_leads_to_the_record() -> None:
    meeting = published(swedish="<p>Beslutades.</p>")
    article = draft_bulletin(meeting, by=None)
    assert (article.state, article.kind, article.meeting) == ("draft", "bulletin", meeting)
    assert meeting.title_fi in article.title_fi
    for words in ("<h2>Järjestöstrategia</h2>", "<p>Päätettiin 2 &amp; sovittiin.</p>", f"/kokoukset/{meeting.slug}/"):
        assert words in article.body_fi
    for words in ("Ilmoitukset", "Jäsenten asia", "Luottamuksellinen"):
        assert words not in article.body_fi
    # Swedish tells what was resolved in Swedish; nothing was in English.
    assert "Beslutades." in article.body_sv
    assert "Päätettiin" not in article.body_sv
    assert not article.title_en


def test_asking_again_opens_the_draft_that_is_there() -> None:
    meeting = published()
    first = draft_bulletin(meeting, by=None)
    assert draft_bulletin(meeting, by=None) == first
    assert Article.objects.count() == 1


def test_there_is_no_bulletin_before_publication_or_without_a_decision_in_words() -> None:
    held = held_meeting()
    with pytest.raises(ActionRefused, match="Publish the minutes first"):
        draft_bulletin(held, by=None)
    with pytest.raises(ActionRefused, match="nothing to tell yet"):
        draft_bulletin(published(words=False), by=None)


def test_the_page_of_the_minutes_leads_the_secretary_into_the_editor() -> None:
    meeting = published()
    client = Client(HTTP_HOST="kainuu.localhost")
    client.force_login(secretary_of(meeting.body), backend=BACKEND)
    address = f"/en/workspace/news/meetings/{meeting.pk}/bulletin/"
    assert address in client.get(f"/en/workspace/meetings/{meeting.pk}/minutes/").content.decode()
    answer = client.post(address)
    article = Article.objects.get()
    assert answer["Location"] == f"/en/workspace/news/{article.pk}/text/"
    assert "Päätettiin 2" in client.get(answer["Location"]).content.decode()


def test_a_plain_member_makes_none() -> None:
    meeting, user = published(), UserFactory()
    member(Term.objects.get(body=meeting.body), user=user)
    client = Client(HTTP_HOST="kainuu.localhost")
    client.force_login(user, backend=BACKEND)
    address = f"/en/workspace/news/meetings/{meeting.pk}/bulletin/"
    assert address not in client.get(f"/en/workspace/meetings/{meeting.pk}/minutes/").content.decode()
    assert client.post(address).status_code == 403
    assert not Article.objects.exists()
