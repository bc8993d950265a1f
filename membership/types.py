"""The five membership types and what follows from each; filled in by the rules."""

from enum import StrEnum


class MembershipType(StrEnum):
    CASE_MANAGER = "case_manager"
    ASSOCIATE = "associate"
    SUPPORTER = "supporter"
    OVERSEAS = "overseas"
    STUDENT = "student"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()
