"""The search page once more, its rows out of SQL written by hand, through the same template."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from directory import cards, results
from directory.forms_search import SearchForm
from directory.marks import Entry, Found, Mark
from directory.matching import region_codes
from directory.nearby import nearby, reached_by
from directory.order import BAND_LIMITS_MILES, RULE, band
from directory.uk_map import uk_map
from directory.vocabulary import vocabulary
from foundation.prepared import as_day

# The first in the order of the day who match, out of indexes alone, and then the standing of these
# few, as a column: nothing that a database is told in one statement was faster.
LISTED = """
WITH first AS MATERIALIZED (
  SELECT l.id FROM directory_listing l WHERE l.opted_in_at IS NOT NULL
  AND (l.paused_at IS NULL OR l.pause_ends_on <= %(on)s) {matching}
  ORDER BY l.lot, l.id LIMIT 31)
SELECT {columns}, EXISTS (SELECT 1 FROM directory_photo f WHERE f.listing_id = l.id), l.lot, (
  EXISTS (SELECT 1 FROM membership_person p WHERE p.id = l.person_id
    AND p.merged_into_id IS NULL AND p.died_on IS NULL)
  AND EXISTS (SELECT 1 FROM membership_membership m WHERE m.person_id = l.person_id
    AND m.suspended_at IS NULL AND m.resigned_on IS NULL)
  AND EXISTS (SELECT 1 FROM membership_feedue f
    WHERE f.person_id = l.person_id AND f.type = 'case_manager' AND f.cancelled_at IS NULL
      AND f.starts_on <= %(on)s
      AND (f.ends_on >= %(on)s
        OR (f.ends_on >= (SELECT until_on FROM membership_moneyknown LIMIT 1)
          AND NOT EXISTS (SELECT 1 FROM membership_feedue n WHERE n.person_id = f.person_id
            AND n.starts_on > f.starts_on AND n.starts_on <= %(on)s))))
  AND (EXISTS (SELECT 1 FROM membership_registration r WHERE r.person_id = l.person_id
      AND r.status = 'registered' AND r.checked_on IS NOT NULL
      AND (r.expires_on IS NULL OR r.expires_on >= %(on)s))
    OR NOT EXISTS (SELECT 1 FROM membership_registration r
      WHERE r.person_id = l.person_id AND r.status <> 'unchecked')
    OR (EXISTS (SELECT 1 FROM membership_expertiseassignment e WHERE e.person_id = l.person_id
        AND e.area_id = 'vocational' AND e.withdrawn_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM membership_registration r WHERE r.person_id = l.person_id
        AND r.status IN ('suspended', 'removed'))))
  {assigned})
FROM directory_listing l WHERE l.id IN (SELECT id FROM first) ORDER BY l.lot, l.id
"""
COLUMNS = ", ".join(f"l.{name.replace('pk', 'id')}" for name in cards.Row._fields[:-1])
HOLDING = """
  AND l.person_id IN (SELECT e.person_id FROM membership_expertiseassignment e
    WHERE e.area_id = %(expertise)s AND e.withdrawn_at IS NULL)"""
STATES = """EXISTS (SELECT 1 FROM directory_listing_areas a
    WHERE a.listing_id = l.id AND a.area_id IN ({codes}))"""
ASSIGNED = """
  AND EXISTS (SELECT 1 FROM membership_expertiseassignment e
    LEFT JOIN membership_registration r ON r.id = e.registration_id
    WHERE e.person_id = l.person_id AND e.area_id = %(expertise)s AND e.withdrawn_at IS NULL
      AND (e.area_id = 'vocational' OR (r.status = 'registered' AND r.checked_on IS NOT NULL
        AND (r.expires_on IS NULL OR r.expires_on >= %(on)s))))
"""
SAID = """
SELECT a.listing_id, a.area_id, '', NULL FROM directory_listing_areas a
WHERE a.listing_id IN ({numbers})
UNION ALL
SELECT l.id, e.area_id, r.body, r.checked_on FROM directory_listing l
JOIN membership_expertiseassignment e ON e.person_id = l.person_id AND e.withdrawn_at IS NULL
LEFT JOIN membership_registration r ON r.id = e.registration_id
WHERE l.id IN ({numbers}) AND (e.area_id = 'vocational' OR (r.status = 'registered'
  AND r.checked_on IS NOT NULL AND (r.expires_on IS NULL OR r.expires_on >= %(on)s)))
"""


@login_not_required
def search_by_hand(request: HttpRequest) -> HttpResponse:
    words, now = vocabulary(), timezone.now()
    on = timezone.localdate(now)
    form = SearchForm(request.GET, vocabulary=words)
    if not form.is_valid():
        raise ValueError("The benchmark asks for what there is.")
    filters = form.filters()
    numbers = results.counted(filters, at=now)
    found = rows_by_hand(filters, words, on)
    shown = results.Results(
        filters=filters,
        found=found,
        cards=cards_by_hand(found, on, filters.place, words),
        total=results._total(filters, found, numbers),
        changes=[],
        blame="",
        is_first=True,
    )
    choices = results.lists(form, filters, numbers, words)
    typed = filters.place.code if filters.place else ""
    context = {
        "form": form,
        "fields": results.drawn_fields(form, postcode=typed, lists=choices),
        "map": uk_map(filters, numbers, words, page=request.path),
        "rule": RULE,
        "results": shown,
    }
    return render(request, "directory/search.html", context)


def rows_by_hand(filters, words, on) -> Found:
    """The first 21 in the order of the day; near a place those of the nearest band."""
    matching, around, assigned = "", {}, ""
    if filters.area:
        regions = words.tree.within(filters.area) & region_codes(words)
        inside = quoted(nearby().in_regions(regions))
        touching = quoted(words.tree.touching(filters.area))
        matching += f" AND (l.base_id IN ({inside or 'NULL'}) OR {STATES.format(codes=touching)})"
    if filters.expertise:
        matching, assigned = matching + HOLDING, ASSIGNED
    if filters.place:
        around = nearby().around(filters.place.centre, miles=BAND_LIMITS_MILES[0])
        covering = quoted(words.tree.covering(filters.place.area_codes))
        reached = " OR ".join(
            f"(l.base_id IN ({quoted(codes)}) AND l.radius_miles >= {miles})"
            for miles, codes in reached_by(around)
        )
        stated = STATES.format(codes=covering)
        matching += f" AND (({reached}) OR (l.base_id IN ({quoted(around)}) AND {stated}))"
    sql = LISTED.format(columns=COLUMNS, matching=matching, assigned=assigned)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": on, "expertise": "".join(filters.expertise)})
        found = [(cards.Row._make(told), lot) for *told, lot, stands in cursor.fetchall() if stands]
    entries = tuple(
        Entry(Mark(band(around.get(row.base_id)) if around else 0, lot, row.pk))
        for row, lot in found[:20]
    )
    return Found(entries, {row.pk: row for row, _lot in found}, has_more=len(found) > 20)


def cards_by_hand(found, on, place, words):
    numbers = ", ".join(map(str, found.listings)) or "0"
    gathered = {pk: [] for pk in found.listings}
    with connection.cursor() as cursor:
        cursor.execute(SAID.format(numbers=numbers), {"on": on})
        for listing, code, body, checked_on in cursor.fetchall():
            gathered[listing].append((code, body, as_day(checked_on)))
    said = {pk: cards._sorted(rows, words) for pk, rows in gathered.items()}
    return [cards._card(found.rows[pk], said[pk], on, place) for pk in found.listings]


def quoted(codes) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))
