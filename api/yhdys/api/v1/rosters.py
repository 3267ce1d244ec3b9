"""A roster as data: the same question as the public page's."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from yhdys.api.fields import TEXTS, texts_of
from yhdys.core import clock
from yhdys.councils.enums import Role
from yhdys.councils.models import Membership
from yhdys.councils.queries import Place, Roster


class MemberSerializer(serializers.Serializer[Membership]):
    """A person in a role. What is public of them by their task, and nothing else."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Role.choices)
    name = serializers.CharField(source="contact.name")
    title = serializers.SerializerMethodField()
    on_behalf_of = serializers.SerializerMethodField(help_text="The organisation or authority; empty without one.")
    start = serializers.DateField()
    end = serializers.DateField(allow_null=True)

    @extend_schema_field(TEXTS)
    def get_title(self, member: Membership) -> dict[str, str]:
        return texts_of(member.contact, "title")

    @extend_schema_field(TEXTS)
    def get_on_behalf_of(self, member: Membership) -> dict[str, str]:
        return texts_of(member.on_behalf_of, "name") if member.on_behalf_of is not None else {}


class OfficerSerializer(MemberSerializer):
    """An officer, and while in office how they are reached: the post's address, the person's own by consent."""

    email = serializers.SerializerMethodField(help_text="Empty when none is public.")
    phone = serializers.SerializerMethodField(help_text="Empty without consent.")

    def get_email(self, member: Membership) -> str:
        return member.contact.public_email if member.holds_on(clock.today()) else ""

    def get_phone(self, member: Membership) -> str:
        return member.contact.public_phone if member.holds_on(clock.today()) else ""


class PlaceSerializer(serializers.Serializer[Place]):
    """One seat with those who hold it; a body without seats has members alone."""

    seat = serializers.UUIDField(source="seat.id", allow_null=True, default=None)
    is_vacant = serializers.BooleanField()
    member = MemberSerializer(allow_null=True)
    deputies = MemberSerializer(many=True)


class RosterSerializer(serializers.Serializer[Roster]):
    """Who sat in a body on a day."""

    body = serializers.SlugField(source="body.slug")
    on = serializers.DateField()
    term = serializers.UUIDField(source="term.id", allow_null=True, default=None, help_text="Null between terms.")
    officers = OfficerSerializer(many=True)
    places = PlaceSerializer(many=True)
    members = serializers.IntegerField(help_text="How many people hold a seat.")
