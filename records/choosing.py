"""Which of somebody's registers a page is about: the one its address names, else their first."""

import uuid
from dataclasses import dataclass

from django.db.models import Case, When
from django.http import Http404, HttpRequest

from membership import accounts
from membership.models import Person
from records.models import Register


@dataclass(frozen=True)
class Choice:
    """The registers that somebody works in, their own first, and the one that is chosen."""

    person: Person
    registers: tuple[Register, ...]
    register: Register | None

    @property
    def is_owner(self) -> bool:
        return self.register is not None and self.register.owner_id == self.person.pk

    @property
    def others(self) -> tuple[Register, ...]:
        """The registers that are not chosen."""
        return tuple(one for one in self.registers if one != self.register)

    def needed(self) -> Register:
        """The chosen register, on pages that are about one. Without one: 404."""
        if self.register is None:
            raise Http404("There is no such register.")
        return self.register

    def owned(self) -> Register:
        """The chosen register, where it is their own. Of others: 404."""
        if not self.is_owner:
            raise Http404("There is no such register.")
        return self.needed()


def chosen(request: HttpRequest, key: uuid.UUID | None = None) -> Choice:
    """The register of a key, or the first one. One that is not theirs is not there (404)."""
    person = accounts.of_request(request)
    own_first = Case(When(owner=person, then=0), default=1)
    registers = tuple(
        Register.objects.of(person).select_related("owner").order_by(own_first, "opened_at", "pk")
    )
    if key is None:
        return Choice(person, registers, registers[0] if registers else None)
    for register in registers:
        if register.key == key:
            return Choice(person, registers, register)
    raise Http404("There is no such register.")
