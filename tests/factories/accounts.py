"""Users for tests; call them inside a region's context (or the national one)."""

from datetime import date
from typing import Any

import factory

from yhdys.accounts.models import StaffRole, User

PASSWORD = "kuusi-kurkea-lensi"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """Somebody who signs in with ``PASSWORD``; ``password=None`` for a code by e-mail only."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"kayttaja{n}@esimerkki.example")
    name = factory.Sequence(lambda n: f"Kaija Käyttäjä {n}")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class StaffRoleFactory(factory.django.DjangoModelFactory[StaffRole]):
    class Meta:
        model = StaffRole

    user = factory.SubFactory(UserFactory)
    role = StaffRole.Role.EDITOR
    start = date(2020, 1, 1)


def user_with_role(role: str | None, **fields: Any) -> User:
    """A user who holds a staff role since 2020, or none."""
    user: User = UserFactory.create(**fields)
    if role is not None:
        StaffRoleFactory.create(user=user, role=role)
    return user
