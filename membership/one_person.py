"""Several accounts of one person: what belongs to any of them is read together."""

from django.db.models import Q, QuerySet

from membership.models import Person


def accounts_of(person: Person) -> QuerySet[Person]:
    """The person, and whoever was merged into them."""
    return Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk)).order_by("pk")


def history_keys(people: QuerySet[Person]) -> list[str]:
    """What the chains of history of these accounts are filed under. One query."""
    return [person.history_key for person in people.only("key")]
