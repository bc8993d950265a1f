"""Whatever is typed, a page answers: saved, or said what to mend."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.membership import applying
from tests.membership.test_apply_access import FORMS

pytestmark = pytest.mark.django_db

REAL = {
    **applying.HOME,
    **applying.QUALIFICATION,
    **applying.NURSE,
    **applying.JOB,
    **applying.FIRST_REFEREE,
    **applying.DBS,
}
TYPED = st.one_of(
    st.text(max_size=60),
    st.sampled_from(sorted({*REAL.values()})),
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
    st.dates().map(str),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(draw=st.data())
def test_whatever_is_typed_a_page_answers(page, draw):
    path = draw.draw(st.sampled_from(sorted(FORMS)))
    answers = draw.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(FORMS[path], TYPED)))
    later = draw.draw(st.sampled_from([{}, {"later": "yes"}]))

    answer = page.post(path, {**answers, **later})
    again = page.get("/apply/check/")

    # Another type or route takes a section away: then it is not found.
    assert (answer.status_code in (200, 302, 404), again.status_code) == (True, 200)
