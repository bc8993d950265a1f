"""Files that people send: told by their content, made harmless, or refused with a sentence.

Nothing here decides where a file is kept or who may see it.
"""

from foundation.uploads.checks import Checked, check, digest
from foundation.uploads.errors import Refused
from foundation.uploads.examining import examined
from foundation.uploads.kinds import Kind
from foundation.uploads.scanner import ScannerUnreachable, Verdict, scan
from foundation.uploads.serving import NO_POWERS, answer, stamped

__all__ = (
    "NO_POWERS",
    "Checked",
    "Kind",
    "Refused",
    "ScannerUnreachable",
    "Verdict",
    "answer",
    "check",
    "digest",
    "examined",
    "scan",
    "stamped",
)
