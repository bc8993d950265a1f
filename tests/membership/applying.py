"""What an applicant types, page by page, so that tests can fill in a whole application."""

from membership.models import Application

HOME = {
    "given_name": "Priya",
    "family_name": "Example",
    "phone": "020 7946 0000",
    "address_line_1": "1 Invented Street",
    "address_line_2": "",
    "town": "Cardiff",
    "postcode": "cf144xw",
    "country": "United Kingdom",
}
WORK = {
    "work_organisation": "Made-up Rehabilitation",
    "work_role": "Case manager",
    "work_email": "",
    "work_phone": "",
    "work_postcode": "",
}
IN_WALES = {"practice": "uk", "nation": "WLS"}
QUALIFICATION = {
    "title": "BSc Nursing",
    "awarding_body": "Invented University",
    "level": "degree",
    "relation": "clinical",
    "year": "2009",
}
NURSE = {"profession": "nurse", "body": "NMC", "number": "01a 2345n"}
JOB = {
    "employer": "Made-up Rehabilitation",
    "role": "Case manager",
    "is_case_management": "yes",
    "started_on_day": "1",
    "started_on_month": "1",
    "started_on_year": "2023",
    "ended_on_day": "",
    "ended_on_month": "",
    "ended_on_year": "",
    "hours_per_week": "30",
    "total_hours": "",
}
FIRST_REFEREE = {
    "name": "Rhona Referee",
    "kind": "professional",
    "relationship": "my manager since 2022",
    "organisation": "Made-up Rehabilitation",
    "email": "rhona@example.org",
    "phone": "",
}
SECOND_REFEREE = {
    "name": "Ravi Referee",
    "kind": "personal",
    "relationship": "a friend since school",
    "organisation": "",
    "email": "ravi@example.org",
    "phone": "",
}
DBS = {
    "dbs_on_day": "2",
    "dbs_on_month": "3",
    "dbs_on_year": "2026",
    "dbs_scheme": "DBS",
    "confirmed": "on",
}
SUPPORTER = {"supporter_role": "managerial", "does_not_practise": "on"}
OVERSEAS = {"overseas_country": "New Zealand", "accepted": "on"}
COURSE = {
    "course_title": "MSc Case Management",
    "course_provider": "Invented University",
    "course_ends_on_day": "30",
    "course_ends_on_month": "6",
    "course_ends_on_year": "2027",
    "course_relation": "relevant",
}


def start(client, type):
    return client.post("/apply/", {"type": type})


def fill_common(client):
    client.post("/apply/home/", HOME)
    client.post("/apply/practice/", IN_WALES)


def fill_practising(client):
    """Everything that a Case Manager or an Associate is asked, of a nurse in Wales."""
    fill_common(client)
    client.post("/apply/work/", WORK)
    client.post("/apply/route/", {"vocational_only": "no"})
    client.post("/apply/qualifications/add/", QUALIFICATION)
    client.post("/apply/qualifications/")
    client.post("/apply/registration/", NURSE)
    client.post("/apply/history/add/", JOB)
    client.post("/apply/history/")
    client.post("/apply/referees/1/", FIRST_REFEREE)
    client.post("/apply/referees/2/", SECOND_REFEREE)
    client.post("/apply/referees/")
    client.post("/apply/dbs/", DBS)
    client.post("/apply/indemnity/", {"confirmed": "on"})
    client.post("/apply/expertise/", {"expertise_requested": ["brain_injury", "vocational"]})


def send(client):
    return client.post("/apply/check/", {"accepted": "on"})


def own(person):
    return Application.objects.get(person=person)


def errors(response):
    """What a page says is wrong, by field."""
    return dict(response.context["form"].errors)
