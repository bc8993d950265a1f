"""Who the made-up people are; every name, address and number is invented."""

from dataclasses import dataclass

PASSWORD = "sample pass phrase"  # noqa: S105  # everybody's, in the demo only


@dataclass(frozen=True)
class Trade:
    """A profession and its registration; none of it for a vocational case manager."""

    profession: str = ""
    body: str = ""
    number: str = ""


NURSE = Trade("nurse", "NMC", "01A2345N")
PHYSIO = Trade("physiotherapist", "HCPC", "PH23456")
OT = Trade("occupational_therapist", "HCPC", "OT34567")
SPEECH = Trade("speech_language_therapist", "HCPC", "SL4567")
SOCIAL_WORK = Trade("social_worker", "SSSC", "3012345")
NONE = Trade()


@dataclass(frozen=True)
class Voucher:
    """A referee; without an address of their own they get one that nobody else has."""

    name: str
    organisation: str
    email: str = ""


VOUCHERS = (
    Voucher("Rhona Refers", "Example Rehabilitation"),
    Voucher("Piers Peer", "Invented Neurology"),
)
# One works where the applicant works, and both write from one house.
TIED_VOUCHERS = (
    Voucher("Rex Related", "Fictional Care Ltd", "rex@invented-care.example"),
    Voucher("Roz Related", "Invented Care", "roz@invented-care.example"),
)


@dataclass(frozen=True)
class Somebody:
    """One invented person and what they state of themselves."""

    login: str
    given: str
    family: str
    town: str
    postcode: str
    type: str = "case_manager"
    trade: Trade = NURSE
    nation: str = "ENG"
    expertise: tuple[str, ...] = ("brain_injury",)
    vocational_only: bool = False
    hours: int = 3100
    days_in_post: int = 1200
    areas: tuple[str, ...] = ()
    miles: int = 40
    about: str = ""
    employer: str = "Example Case Management"
    vouchers: tuple[Voucher, ...] = VOUCHERS

    @property
    def email(self) -> str:
        return f"{self.login}@example.org"

    @property
    def outcode(self) -> str:
        return self.postcode.split()[0]


OFFICER = Somebody("office", "Olive", "Office", "London", "SW1A 1AA")
COLLEAGUE = Somebody("colleague", "Oscar", "Second", "London", "SW1A 1AA")
CLERK = Somebody("clerk", "Clara", "Clerk", "London", "SW1A 1AA")

# One person in every state, each with a login of their own -----------------------------------
DRAFT = Somebody(
    "draft",
    "Tomos",
    "Draftwell",
    "Swansea",
    "SA1 1DP",
    trade=OT,
    nation="WLS",
    hours=1900,
    days_in_post=400,
)
SUBMITTED = Somebody("submitted", "Nadia", "Waitley", "Leeds", "LS1 4AP", expertise=("stroke",))
# Nadia again, who made a second account; and somebody whose referees stand close to them.
TWICE = Somebody("twice", "Nadia", "Waitley", "Leeds", "LS1 4AP", expertise=("stroke",))
TIED = Somebody(
    "tied", "Tilda", "Tiedup", "Hove", "BN3 1AA",
    employer="Fictional Care", vouchers=TIED_VOUCHERS,
)  # fmt: skip
ASKED = Somebody(
    "asked", "Aisha", "Moreinfo", "York", "YO1 7HH",
    expertise=("older_people",), hours=2600, days_in_post=760,
)  # fmt: skip
APPROVED = Somebody("approved", "Priya", "Payable", "Cardiff", "CF10 1EP", nation="WLS")
OFFERED = Somebody("offered", "Odile", "Offered", "Gosport", "PO12 1AA")
PART_PAID = Somebody("partpaid", "Petra", "Halfway", "Bath", "BA1 1SU")
MEMBER = Somebody(
    "member",
    "Megan",
    "Listed",
    "Cardiff",
    "CF14 3QP",
    nation="WLS",
    expertise=("brain_injury", "spinal_injury", "paediatric"),
    areas=("WLS",),
    miles=50,
    about="I work with people after brain and spinal cord injury, at home and in rehabilitation.",
)
UNLISTED = Somebody(
    "unlisted", "Ursula", "Private", "Exeter", "EX1 1SX", hours=2800, days_in_post=800
)
ASSOCIATE = Somebody(
    "associate", "Adam", "Associate", "Hull", "HU1 2AA",
    type="associate", hours=1500, days_in_post=400,
)  # fmt: skip
SUPPORTER = Somebody(
    "supporter", "Moira", "Supporter", "Derby", "DE1 2QY", type="supporter", expertise=()
)
OVERSEAS = Somebody(
    "overseas", "Helen", "Faraway", "Wellington", "SW1A 1AA", type="overseas", expertise=()
)
STUDENT = Somebody("student", "Luca", "Student", "Keele", "ST5 5BG", type="student", expertise=())
GRACE = Somebody("grace", "Grace", "Duesoon", "Poole", "BH15 1SZ", expertise=("chronic_pain",))
LAPSED = Somebody("lapsed", "Leon", "Lapsed", "Crewe", "CW1 2NG")
SUSPENDED = Somebody("suspended", "Simon", "Suspended", "Truro", "TR1 2NE")
LEFT = Somebody("left", "Sara", "Gone", "Luton", "LU1 2NE")
DECLINED = Somebody("declined", "Dennis", "Declined", "Stoke", "ST1 5BG")
WITHDRAWN = Somebody("withdrawn", "Wendy", "Withdrawn", "Ripon", "HG4 1QT")
EXPIRED = Somebody("expired", "Eric", "Expired", "Lincoln", "LN1 3AA")

# More members whom purchasers can find ---------------------------------------------------------
LISTED = (
    Somebody(
        "bryn", "Bryn", "Sampleton", "Newport", "NP20 4UR", nation="WLS",
        expertise=("brain_injury", "paediatric_brain_injury"), areas=("WLS",),
        about="Children and families after brain injury, in Welsh and English.",
    ),
    Somebody(
        "llyr", "Llŷr", "Ŵynford", "Aberystwyth", "SY23 2AZ", nation="WLS",
        expertise=("neurological", "stroke"), miles=60, trade=OT,
    ),
    Somebody(
        "gareth", "Gareth", "Workwell", "Bristol", "BS1 4ST", trade=NONE,
        vocational_only=True, expertise=("vocational",), miles=80,
        about="Back to work after injury: employers, training, and first steps.",
    ),
    Somebody("kirsty", "Kirsty", "Inventit", "Glasgow", "G1 1XQ", nation="SCT",
        trade=SOCIAL_WORK,
        expertise=("older_people", "mental_health"), areas=("SCT",)),
    Somebody("orla", "Orla", "Madeup", "Belfast", "BT1 5GS", nation="NIR",
        expertise=("amputation", "polytrauma"), areas=("NIR",), trade=PHYSIO),
    Somebody("jun", "Jun", "Testford", "Manchester", "M1 1AE",
        expertise=("spinal_injury", "vocational"), areas=("ENG-NW",), trade=PHYSIO),
    Somebody("efua", "Efua", "Placeholder", "Leeds", "LS2 7EW",
        expertise=("complex_care", "disorders_of_consciousness"), areas=("ENG-YH",)),
    Somebody("lukasz", "Łukasz", "Przykład", "London", "E1 6AN",
        expertise=("musculoskeletal", "chronic_pain"), miles=25, trade=OT),
    Somebody("harriet", "Harriet", "Fictional", "Norwich", "NR1 3JU",
        expertise=("learning_disability", "neurodevelopmental"), areas=("ENG-EE",)),
    Somebody("sol", "Sol", "Imagined", "Plymouth", "PL1 2AA",
        expertise=("veterans", "psychological_trauma"), miles=70),
    Somebody("tamsin", "Tamsin", "Notreal", "Brighton", "BN1 1EE",
        expertise=("communication_swallowing", "brain_injury"), areas=("ENG-SE",), trade=SPEECH),
    Somebody("ravi", "Ravi", "Specimen", "Birmingham", "B1 1BB",
        expertise=("brain_injury", "burns"), areas=("ENG-WM",), miles=45),
    Somebody("anwen", "Anwen", "Exampleby", "Wrexham", "LL11 1AR", nation="WLS",
        expertise=("older_people", "long_term_conditions"), miles=45),
    Somebody("fern", "Fern", "Dummer", "Newcastle", "NE1 7RU",
        expertise=("cancer", "palliative"), areas=("ENG-NE",)),
)  # fmt: skip
