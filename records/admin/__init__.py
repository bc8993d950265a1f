"""What the office sees of client records: the rules, and runs in counts; never a record."""

from records.admin.registers import RegisterAdmin
from records.admin.rules import RetentionRulesAdmin
from records.admin.runs import ScheduleRunAdmin

__all__ = ("RegisterAdmin", "RetentionRulesAdmin", "ScheduleRunAdmin")
