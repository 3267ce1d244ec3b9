"""Mandates in groups outside are open work when the term of the body that named them ends."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdys.accounts.models import User
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.actions.representations import set_end_of_mandate
from yhdys.councils.models import Representation, Term
from yhdys.councils.unfinished import Unfinished, source


@source
class Mandates:
    """Representatives whose mandate is in force."""

    key = "councils.mandates"
    title = gettext_lazy("Representatives in outside groups")
    carrying_over = gettext_lazy("The mandate goes on.")
    closing = gettext_lazy("The mandate ends today.")

    def open_in(self, term: Term) -> Iterable[Unfinished]:
        for one in Representation.objects.of_body(term.body).in_force().listed():
            where = {"pk": one.pk}
            yield Unfinished(
                one.pk, f"{one.contact}, {one.group}", one.get_stands_as_display(), "workspace:mandate", where, one.end
            )

    def carry_over(self, about: UUID, *, to: Term | None, by: User | None) -> None:
        """It holds as it did."""

    def close(self, about: UUID, *, reason: str, by: User | None) -> None:
        mandate = Representation.objects.filter(pk=about).first()
        if mandate is None:
            raise ActionRefused(_("The mandate was removed in the meantime. Look at the list again."))
        set_end_of_mandate(mandate, on=clock.today(), by=by)
