"""What all queries have from us: orders that no column holds, and classes that are made once."""

import pickle

import pytest
from modeltranslation.manager import MultilingualQuerySet
from tests.factories.councils import BodyFactory, MembershipFactory, TermFactory

from yhdys.councils.enums import BodyKind, Role
from yhdys.councils.models import Body, Membership
from yhdys.news.models import Article

pytestmark = pytest.mark.usefixtures("region")


def test_the_class_of_translated_queries_is_made_once() -> None:
    first, second = Article.objects.all(), Article.objects.published()
    assert type(first) is type(second)
    assert isinstance(first, MultilingualQuerySet)
    assert type(first) is not type(Body.objects.all())


def test_a_translated_query_can_be_stored() -> None:
    BodyFactory(name_fi="Neuvosto")
    again = pickle.loads(pickle.dumps(Body.objects.filter(name="Neuvosto")))
    assert [body.name_fi for body in again] == ["Neuvosto"]


def test_kinds_and_roles_come_in_the_order_in_which_they_are_listed() -> None:
    council = BodyFactory(kind=BodyKind.REGIONAL_COUNCIL)
    for kind in reversed([kind for kind in BodyKind if kind != BodyKind.REGIONAL_COUNCIL]):
        BodyFactory(kind=kind, parent=council)
    assert [body.kind for body in Body.objects.in_order()] == BodyKind.values
    term = TermFactory(body=council)
    for role in reversed(Role):
        MembershipFactory(term=term, seat=None, role=role)
    assert [one.role for one in Membership.objects.in_order()] == Role.values


def test_the_words_of_a_choice_are_its_own_and_a_strange_value_speaks_for_itself() -> None:
    body = BodyFactory.build(kind=BodyKind.WORKING_COMMITTEE)
    assert body.get_kind_display() == str(BodyKind.WORKING_COMMITTEE.label)
    body.kind = "unheard-of"
    assert body.get_kind_display() == "unheard-of"
