"""Several windows that send files at the same moment, on a database with row locks."""

import pytest

from membership import evidence_files
from membership.evidence_files import NotKept
from membership.models import EvidenceFile
from tests.factories import A_MOMENT, make_application
from tests.foundation.files import pdf, sent
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
WINDOWS = 5


def send_at_once(contents):
    """What became of each file, sent from windows that start together."""
    application = make_application()
    by = application.person.user

    def send(content):
        return evidence_files.add(
            sent(content),
            application_id=application.pk,
            section="qualifications",
            by=by,
            at=A_MOMENT,
        )

    return at_once((lambda one=one: send(one) for one in contents), refusals=(NotKept,))


def test_one_file_sent_from_several_windows_is_kept_once():
    became = send_at_once([pdf()] * WINDOWS)

    assert EvidenceFile.objects.count() == 1
    assert sorted(type(one).__name__ for one in became) == ["EvidenceFile", *["SameFile"] * 4]


def test_several_windows_do_not_fill_a_section_beyond_its_limit(settings):
    settings.EVIDENCE_MAX_FILES = 2

    became = send_at_once([pdf(b"/X %d" % number) for number in range(WINDOWS)])

    assert EvidenceFile.objects.count() == 2
    assert sorted(type(one).__name__ for one in became) == [
        *["EvidenceFile"] * 2,
        *["TooManyFiles"] * 3,
    ]
