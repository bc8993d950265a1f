"""Which form asks for which section; a section without one lists entries or has its own page."""

from membership.forms_about import HomeForm, PracticeForm, RouteForm, TypeForm, WorkForm
from membership.forms_evidence import DbsForm, ExpertiseForm
from membership.forms_indemnity import IndemnityForm
from membership.forms_other import CourseForm, OverseasForm, SupporterForm

FormClass = (
    type[TypeForm]
    | type[HomeForm]
    | type[WorkForm]
    | type[PracticeForm]
    | type[RouteForm]
    | type[DbsForm]
    | type[IndemnityForm]
    | type[ExpertiseForm]
    | type[SupporterForm]
    | type[OverseasForm]
    | type[CourseForm]
)
FORMS: dict[str, FormClass] = {
    "type": TypeForm,
    "home": HomeForm,
    "work": WorkForm,
    "practice": PracticeForm,
    "route": RouteForm,
    "dbs": DbsForm,
    "indemnity": IndemnityForm,
    "expertise": ExpertiseForm,
    "supporter": SupporterForm,
    "overseas": OverseasForm,
    "course": CourseForm,
}
