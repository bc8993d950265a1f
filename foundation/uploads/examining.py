"""A file that is kept only once it was checked and a scanner found nothing in it."""

from django.core.files.uploadedfile import UploadedFile

from foundation.uploads.checks import Checked, check
from foundation.uploads.errors import Refused
from foundation.uploads.scanner import ScannerUnreachable, Verdict, scan


def examined(upload: UploadedFile, *, max_bytes: int) -> Checked:
    """What may be kept of it. Raises Refused. Outside of any transaction: a scanner is asked."""
    checked = check(upload, max_bytes=max_bytes)
    try:
        verdict = scan(checked.content)
    except ScannerUnreachable as error:
        raise Refused("The virus scanner does not answer. Try again in a few minutes.") from error
    if verdict is Verdict.HARMFUL:
        raise Refused(
            "The virus scanner found something harmful in it, so it was not kept. Scan your device."
        )
    return checked
