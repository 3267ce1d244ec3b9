"""What the nation should have been told, counted by plain SQL over a region's schema as the owner of all.

Written from the definitions of the figures alone, without a model, a query or a function of the product, so that a
mistake there is not repeated here.
"""

from datetime import date
from typing import LiteralString

import psycopg
from psycopg import sql

type Told = dict[tuple[str, str], int | None]
type Item = tuple[str, str, str, str]
"""Kind, key, address and the moment of publishing."""

BEGUN: LiteralString = "coalesce(b.founded_on, make_date(b.founded_year, 1, 1), '-infinity')"
DAYS: LiteralString = f"""
    WITH began AS (
        SELECT min(day) AS day FROM (
            SELECT coalesce(founded_on, make_date(founded_year, 1, 1)) AS day FROM councils_body
            UNION ALL SELECT start FROM councils_term
        ) AS days
    ), days AS (
        SELECT 'now' AS period, %(today)s::date AS day
        UNION ALL
        SELECT to_char(month, 'YYYY-MM'), least((month + interval '1 month - 1 day')::date, %(today)s::date)
        FROM began, generate_series(
            date_trunc('month', greatest(began.day::timestamp, %(today)s::timestamp - interval '359 months')),
            %(today)s::timestamp, interval '1 month'
        ) AS month WHERE began.day IS NOT NULL
    ), councils AS (
        SELECT d.period, d.day, c.id AS council FROM days d CROSS JOIN LATERAL (
            SELECT b.id FROM councils_body b
            WHERE b.kind = 'regional_council' AND {BEGUN} <= d.day AND coalesce(b.ended_on, 'infinity') >= d.day
            ORDER BY coalesce(b.ended_on, 'infinity') DESC, b.position, b.id LIMIT 1
        ) c
    ), terms AS (
        SELECT c.*, t.id AS term FROM councils c CROSS JOIN LATERAL (
            SELECT id FROM councils_term
            WHERE body_id = c.council AND start <= c.day AND coalesce("end", 'infinity') >= c.day
            ORDER BY start DESC LIMIT 1
        ) t
    ), seats AS (
        SELECT t.*, s.id AS seat FROM terms t LEFT JOIN councils_seat s
        ON s.term_id = t.term AND coalesce(s.start, '-infinity') <= t.day AND coalesce(s."end", 'infinity') >= t.day
    ), sitting AS (
        SELECT t.period, m.* FROM terms t
        JOIN councils_membership m ON m.body_id = t.council
        JOIN councils_term mt ON mt.id = m.term_id
        WHERE m.role <> 'deputy' AND m.start <= t.day AND coalesce(m."end", 'infinity') >= t.day
        AND coalesce(mt."end", 'infinity') >= t.day
    )
"""
STATE: dict[str, LiteralString] = {
    "bodies": f"""
        SELECT d.period, count(b.id) FROM days d LEFT JOIN councils_body b
        ON {BEGUN} <= d.day AND coalesce(b.ended_on, 'infinity') >= d.day GROUP BY 1
    """,
    "seats": "SELECT period, count(seat) FROM seats GROUP BY 1",
    "vacant_seats": """
        SELECT period, count(seat) FILTER (WHERE NOT EXISTS (
            SELECT FROM sitting WHERE sitting.period = seats.period AND sitting.seat_id = seats.seat
        )) FROM seats GROUP BY 1
    """,
    "members": """
        SELECT t.period, CASE WHEN count(DISTINCT contact_id) NOT BETWEEN 1 AND 4 THEN count(DISTINCT contact_id) END
        FROM terms t LEFT JOIN sitting s ON s.period = t.period AND (
            s.role NOT IN ('chair', 'vice_chair', 'secretary', 'communications')
            OR EXISTS (SELECT FROM seats WHERE seats.period = t.period AND seats.seat = s.seat_id)
        ) GROUP BY 1
    """,
}
"""The state of things by day."""
MOMENTS: dict[str, LiteralString] = {
    "meetings_convened": "SELECT starts_at FROM meetings_meeting WHERE state IN ('convened', 'held', 'closed')",
    "meetings_held": "SELECT starts_at FROM meetings_meeting WHERE state IN ('held', 'closed')",
    "items_resolved": """
        SELECT starts_at FROM meetings_agendaitem item
        JOIN meetings_meeting meeting ON meeting.id = item.meeting_id
        JOIN meetings_minutes minutes ON minutes.meeting_id = meeting.id
        WHERE item.outcome IN ('resolved', 'resolved_with_changes') AND minutes.state = 'published'
    """,
    "minutes_published": "SELECT published_at FROM meetings_minutes WHERE state = 'published'",
    "articles_published": "SELECT published_at FROM news_article WHERE state = 'published'",
}
"""What happens: the moment of each."""
SINGLE: dict[str, LiteralString] = {
    "council_founded": """
        SELECT coalesce(extract(year FROM founded_on), founded_year)::int FROM councils_body
        WHERE kind = 'regional_council' AND coalesce(ended_on, 'infinity') >= %(today)s
        ORDER BY coalesce(ended_on, 'infinity') DESC, position, id LIMIT 1
    """,
    "latest_meeting": """
        SELECT to_char(max(starts_at) AT TIME ZONE 'Europe/Helsinki', 'YYYYMMDD')::int
        FROM meetings_meeting WHERE state IN ('held', 'closed') HAVING count(*) > 0
    """,
}
"""One number of now; nothing is told where there is none."""
ITEMS: LiteralString = """
    SELECT kind, key, address, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM (
        SELECT *, row_number() OVER (PARTITION BY kind ORDER BY at DESC, key DESC) AS place FROM (
            SELECT 'article' AS kind, id::text AS key, slug AS address, published_at AS at
            FROM news_article WHERE state = 'published'
            UNION ALL
            SELECT 'minutes', minutes.id::text, slug, published_at
            FROM meetings_minutes minutes JOIN meetings_meeting meeting ON meeting.id = meeting_id
            WHERE minutes.state = 'published'
            UNION ALL
            SELECT 'agenda', meeting.id::text, slug, max(sent_at)
            FROM meetings_meeting meeting JOIN meetings_convocation call ON call.meeting_id = meeting.id
            WHERE state = 'convened' GROUP BY meeting.id
        ) AS published
    ) AS newest WHERE place <= 50
"""
EVERY = {*STATE, *MOMENTS, *SINGLE}


def figures(owner: psycopg.Connection, schema: str, today: date) -> Told:
    """Every figure of a region by name and period. Leaves the connection's search path as it was."""
    found: Told = {}
    with owner.transaction(force_rollback=True):
        _enter(owner, schema)
        for name, query in STATE.items():
            for period, value in owner.execute(DAYS + query, {"today": today}):
                found[name, period] = value
        for name, query in MOMENTS.items():
            found[name, f"{today:%Y}"] = found[name, f"{today:%Y-%m}"] = 0
            for form in ("YYYY", "YYYY-MM"):
                counted = owner.execute(
                    f"SELECT to_char(at AT TIME ZONE 'Europe/Helsinki', %s), count(*) FROM ({query}) AS m (at) "
                    "WHERE at IS NOT NULL GROUP BY 1",
                    [form],
                )
                found.update({(name, period): value for period, value in counted})
        for name, query in SINGLE.items():
            for (value,) in owner.execute(query, {"today": today}):
                if value is not None:
                    found[name, "now"] = value
    return found


def items(owner: psycopg.Connection, schema: str) -> set[Item]:
    """What a region has published, the newest fifty of each kind."""
    with owner.transaction(force_rollback=True):
        _enter(owner, schema)
        return {(kind, key, address, at) for kind, key, address, at in owner.execute(ITEMS)}


def told_figures(owner: psycopg.Connection, schema: str) -> Told:
    """What the nation has been told."""
    rows = owner.execute("SELECT metric, period, value FROM public.overview_figure WHERE schema = %s", [schema])
    return {(metric, period): value for metric, period, value in rows}


def told_items(owner: psycopg.Connection, schema: str) -> set[Item]:
    """What the nation is shown of the region."""
    rows = owner.execute(
        "SELECT kind, key, (regexp_match(path, '/([^/]+)/$'))[1], "
        "to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') "
        "FROM public.overview_publisheditem WHERE schema = %s",
        [schema],
    )
    return {(kind, key, address, at) for kind, key, address, at in rows}


def differences(owner: psycopg.Connection, schema: str, today: date) -> list[str]:
    """Where what was told is not what is so; empty when all is well."""
    told, counted = told_figures(owner, schema), figures(owner, schema, today)
    missing = object()
    found = [
        f"{schema}: {name} {period} is told as {told.get((name, period), 'nothing')}, "
        f"but is {counted.get((name, period), 'nothing')}"
        for name, period in sorted(told.keys() | counted.keys())
        if told.get((name, period), missing) != counted.get((name, period), missing)
    ]
    shown, published = told_items(owner, schema), items(owner, schema)
    found += [f"{schema}: {kind} {key} is shown as it is not" for kind, key, *_rest in sorted(shown - published)]
    found += [f"{schema}: {kind} {key} is not shown as it is" for kind, key, *_rest in sorted(published - shown)]
    return found


def _enter(owner: psycopg.Connection, schema: str) -> None:
    owner.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(schema)))
