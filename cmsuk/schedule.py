"""What Celery beat starts and when: idempotent sweeps over due dates that live in the database."""

from typing import Any

from celery.schedules import crontab

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "letters that wait": {
        "task": "foundation.tasks.send_waiting_letters",
        "schedule": 60.0,
    },
    "files that are put together for somebody": {
        "task": "foundation.tasks.look_after_made_files",
        "schedule": 300.0,
    },
    "an anchor over the history": {
        "task": "foundation.tasks.anchor_history",
        "schedule": crontab(hour=4, minute=20),
    },
    "applications and memberships that ran out": {
        "task": "membership.tasks.lapse_due",
        "schedule": crontab(hour=0, minute=10),
    },
    "renewal fees": {
        "task": "membership.tasks.raise_renewals",
        "schedule": crontab(hour=0, minute=30),
    },
    "letters before a membership ends": {
        "task": "website.tasks.remind_renewals",
        "schedule": crontab(hour=8, minute=0),
    },
    "registrations that run out": {
        "task": "membership.tasks.watch_registrations",
        "schedule": crontab(hour=7, minute=20),
    },
    "offers of another type that nobody answered": {
        "task": "membership.tasks.end_offers",
        "schedule": crontab(hour=0, minute=20),
    },
    "insurance that ends, DBS checks that grow old": {
        "task": "membership.tasks.watch_assurances",
        "schedule": crontab(hour=7, minute=30),
    },
    "checks of members that are due, once a week": {
        "task": "membership.tasks.tell_of_checks_due",
        "schedule": crontab(hour=7, minute=40),
    },
    "referees who have not answered": {
        "task": "membership.tasks.remind_referees",
        "schedule": crontab(hour=9, minute=0),
    },
    "Associates who may upgrade": {
        "task": "membership.tasks.tell_qualified",
        "schedule": crontab(hour=6, minute=40),
    },
    "Students whose course has ended": {
        "task": "membership.tasks.ask_what_follows_courses",
        "schedule": crontab(hour=6, minute=50),
    },
    "referees whose letters are refused": {
        "task": "membership.tasks.mark_refused_referees",
        "schedule": 600.0,
    },
    "drafts that nobody comes back to": {
        "task": "membership.tasks.care_for_drafts",
        "schedule": crontab(hour=6, minute=20),
    },
    "evidence files that wait for the virus scanner": {
        "task": "membership.tasks.scan_waiting_files",
        "schedule": 300.0,
    },
    "stored files whose application is gone": {
        "task": "membership.tasks.sweep_stray_files",
        "schedule": crontab(hour=3, minute=40),
    },
    "open PayPal attempts": {
        "task": "payments.tasks.sync_open_attempts",
        "schedule": 60.0,
    },
    "PayPal's messages that wait": {
        "task": "payments.tasks.process_waiting_webhooks",
        "schedule": 60.0,
    },
    "disputes at PayPal": {
        "task": "payments.tasks.sweep_disputes",
        "schedule": crontab(minute=25),
    },
    "whether the ledger holds together": {
        "task": "payments.tasks.check_ledger",
        "schedule": crontab(hour=3, minute=10),
    },
    "long bank statements that no worker is at": {
        "task": "payments.tasks.go_on_with_statements",
        "schedule": 300.0,
    },
    "lines of bank statements": {
        "task": "payments.tasks.look_after_bank_lines",
        "schedule": crontab(minute=5),
    },
    "members who are brought in from a file": {
        "task": "payments.tasks.look_after_arrivals",
        "schedule": crontab(minute=35),
    },
    "fees without an invoice": {
        "task": "payments.tasks.raise_missing_invoices",
        "schedule": 300.0,
    },
    "bookings of events": {
        "task": "benefits.tasks.look_after_bookings",
        "schedule": 60.0,
    },
    "differences to the price of an event that are due": {
        "task": "benefits.tasks.remind_of_differences",
        "schedule": crontab(hour=8, minute=10),
    },
    "complaints that are due": {
        "task": "website.tasks.remind_of_complaints",
        "schedule": crontab(hour=8, minute=20),
    },
    "requests about data that are due": {
        "task": "website.tasks.remind_of_data_requests",
        "schedule": crontab(hour=8, minute=25),
    },
    "the order of the directory": {
        "task": "directory.tasks.draw_lots",
        "schedule": crontab(hour=0, minute=1),
    },
    "numbers beside the directory's choices": {
        "task": "directory.tasks.recount",
        "schedule": 240.0,
    },
    "enquiries that wait for an answer": {
        "task": "directory.tasks.chase",
        "schedule": crontab(hour=9, minute=20),
    },
    "listings that nobody confirms": {
        "task": "directory.tasks.watch_listings",
        "schedule": crontab(hour=9, minute=40),
    },
    "details whose period is over": {
        "task": "records.tasks.clean_up",
        "schedule": crontab(hour=3, minute=10),
    },
    "destructions that wait for a second signature": {
        "task": "records.tasks.chase_disposals",
        "schedule": crontab(hour=8, minute=40),
    },
    "letters to owners of client records, once a week": {
        "task": "records.tasks.write_digests",
        "schedule": crontab(hour=7, minute=0),
    },
    "reviews of client records that nobody comes to": {
        "task": "records.tasks.remind_of_reviews",
        "schedule": crontab(hour=7, minute=10),
    },
    "whether all these jobs run": {
        "task": "foundation.tasks.watch_jobs",
        "schedule": crontab(minute=50),
    },
    "dates of client records after a change of rules": {
        "task": "records.tasks.look_after_dates",
        "schedule": 300.0,
    },
    "announcements": {
        "task": "benefits.tasks.look_after_announcements",
        "schedule": 60.0,
    },
    "client records": {
        "task": "records.tasks.run_schedule",
        "schedule": crontab(hour=2, minute=30),
    },
    "registers whose owner leaves, and who shares them": {
        "task": "records.tasks.care_for_registers",
        "schedule": crontab(hour=5, minute=20),
    },
}
