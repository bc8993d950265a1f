"""Which pictures there are: who looks at which address, and what is pressed there first."""

from dataclasses import dataclass

DESK, TABLET, PHONE = (1180, 820), (768, 900), (390, 780)


@dataclass(frozen=True)
class Shot:
    """One picture. `press` names what is pressed in turn; `at` scrolls to one, else to the top."""

    name: str
    address: str
    who: str = ""
    press: tuple[str, ...] = ()
    at: str = ""
    size: tuple[int, int] = DESK
    dark: bool = False


FIRST_LISTED = "main h2 a, main h3 a"
SHOTS = (
    # Everybody ---------------------------------------------------------------------------------
    Shot("home", "/"),
    Shot("home-phone-dark", "/", size=PHONE, dark=True),
    Shot("types", "/membership/", at="h2"),
    Shot("flowchart", "/membership/flowchart/"),
    Shot("questions", "/faq/"),
    Shot("calculator", "/records/calculator/"),
    Shot("events", "/events/"),
    Shot("outbox", "/outbox/"),
    Shot("letter", "/letters/approved/", at="iframe"),
    # Purchasers --------------------------------------------------------------------------------
    Shot("directory", "/directory/?expertise=brain_injury"),
    Shot("directory-map", "/directory/", press=(".map-box summary",), at=".map-box"),
    Shot("listing", "/directory/?expertise=brain_injury", press=(FIRST_LISTED,)),
    Shot(
        "contact",
        "/directory/?expertise=brain_injury",
        press=(FIRST_LISTED, "main a[href$='/contact/']"),
    ),
    # Applicants and members --------------------------------------------------------------------
    Shot("application", "/apply/", "draft"),
    Shot("experience", "/apply/history/", "draft"),
    Shot("check-answers", "/apply/check/", "draft"),
    Shot("status", "/apply/", "submitted"),
    Shot("copy", "/apply/copy/", "submitted"),
    Shot("asked-tablet", "/apply/", "asked", size=TABLET),
    Shot("profile-pay", "/profile/", "approved"),
    Shot("profile-member", "/profile/", "member"),
    Shot("own-listing", "/profile/listing/", "member"),
    Shot("card", "/profile/card/", "member"),
    Shot("client-records", "/records/", "member"),
    # The office --------------------------------------------------------------------------------
    Shot("office-home", "/admin/", "office"),
    Shot("office-review", "/admin/", "office", press=("text=Nadia Waitley >> nth=0",)),
    Shot("office-people", "/admin/membership/person/?q=Listed", "office"),
    Shot("office-bank", "/admin/payments/bankline/", "office"),
    Shot("office-payment", "/admin/payments/invoice/", "office"),
    Shot("office-events", "/admin/benefits/event/", "office"),
    Shot("office-announcements", "/admin/benefits/announcement/", "office"),
    Shot("office-fees", "/admin/membership/feerate/", "office"),
    Shot("office-pages", "/admin/website/page/", "office"),
)
