"""Who may sign: for a register, and never the same human being twice."""

from allauth.account.models import EmailAddress

from membership.accounts import person_of
from membership.models import Person, User
from membership.one_person import accounts_of
from membership.sameness import plain_address
from records.disposal_words import Role
from records.models import Disposal, Register


class SamePerson(ValueError):
    """The second signature has to be somebody else's."""

    def __init__(self) -> None:
        super().__init__(
            "The same person cannot sign twice. The second signature has to be somebody else’s."
        )


def others_who_may_act(register: Register, *, besides: Person) -> list[Person]:
    """The other people who may act on this register, and so may sign second."""
    named = register.named.in_force().select_related("person").order_by("accepted_at", "pk")
    everybody = [register.owner, *(each.person for each in named)]
    return [person for person in everybody if person.pk != besides.pk]


def may_act(person: Person, disposal: Disposal) -> bool:
    return Disposal.objects.of(person).filter(pk=disposal.pk).exists()


def role_of(person: Person, owner: Person) -> Role:
    return Role.OWNER if person.pk == owner.pk else Role.NAMED


def is_same(first: User | None, second: User) -> bool:
    """Whether two logins are one human being; a login that is gone is taken for nobody's."""
    if first is None:
        return False
    return first.pk == second.pk or person_of(first).pk == person_of(second).pk


def is_address_of(user: User, email: str) -> bool:
    """Whether an address reaches this user, whatever its case and its “+tag”."""
    people = accounts_of(person_of(user)).select_related("user")
    known = {text for each in people for text in (each.email, each.work_email)}
    known |= {each.user.email for each in people if each.user is not None}
    known |= {*EmailAddress.objects.filter(user__person__in=people).values_list("email", flat=True)}
    return plain_address(email) in {plain_address(text) for text in known if text}
