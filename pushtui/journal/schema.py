"""The journal's tables, as numbered migrations in the dialect that SQLite and PostgreSQL share.

Times are UTC in ISO 8601 with six digits of a second, so that their text sorts like the times. Order is by
`seq`, never by time: clocks jump.
"""

from __future__ import annotations

APPLICATION = "pushtui journal"
"""What `meta` calls the program that a journal belongs to."""

_FIRST = (
    """
    CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE runs (
        seq BIGINT PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        plan_id TEXT NOT NULL UNIQUE,
        digest TEXT NOT NULL,
        made_at TEXT NOT NULL,
        environment TEXT NOT NULL,
        provider TEXT NOT NULL,
        app_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        account TEXT NOT NULL,
        body TEXT NOT NULL,
        reach TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE attempts (
        seq BIGINT PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        run_id TEXT NOT NULL REFERENCES runs (id),
        number INTEGER NOT NULL,
        quota_group TEXT NOT NULL,
        state TEXT NOT NULL,
        owner TEXT NOT NULL,
        method TEXT NOT NULL,
        url TEXT NOT NULL,
        headers TEXT NOT NULL,
        body TEXT NOT NULL,
        body_sha256 TEXT NOT NULL,
        planned_at TEXT NOT NULL,
        sent_at TEXT,
        ended_at TEXT,
        title TEXT,
        message TEXT,
        spends_quota INTEGER,
        code BIGINT,
        push_id TEXT,
        message_uid TEXT,
        request_id TEXT,
        answer_status INTEGER,
        answer_headers TEXT,
        answer_body TEXT,
        answer_elapsed DOUBLE PRECISION,
        UNIQUE (run_id, number)
    )
    """,
    "CREATE INDEX attempts_by_state ON attempts (state)",
    "CREATE INDEX attempts_by_quota ON attempts (quota_group, sent_at)",
    "CREATE INDEX attempts_by_body ON attempts (body_sha256)",
    """
    CREATE TABLE records (
        seq BIGINT PRIMARY KEY,
        at TEXT NOT NULL,
        subject TEXT NOT NULL,
        action TEXT NOT NULL,
        details TEXT NOT NULL
    )
    """,
)

_REACHED_AND_ABANDONED = (
    "ALTER TABLE attempts ADD COLUMN reached INTEGER",
    "ALTER TABLE attempts ADD COLUMN abandoned_at TEXT",
    "UPDATE attempts SET reached = 1 WHERE title IS NOT NULL",
    "UPDATE attempts SET reached = 0 WHERE state = 'rejected' AND title = 'Not sent'",
)

_RUNS_OF_MANY_REQUESTS = (
    "ALTER TABLE runs ADD COLUMN source TEXT",
    "ALTER TABLE runs ADD COLUMN batches BIGINT NOT NULL DEFAULT 1",
    "ALTER TABLE runs ADD COLUMN recipients BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE runs ADD COLUMN wish TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE runs ADD COLUMN halt TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE attempts ADD COLUMN batch BIGINT NOT NULL DEFAULT 1",
    "ALTER TABLE attempts ADD COLUMN recipients INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE attempts ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE attempts ADD COLUMN body_packed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE attempts ADD COLUMN answer_packed INTEGER NOT NULL DEFAULT 0",
    """
    UPDATE attempts SET superseded = 1 WHERE number < (
        SELECT MAX(later.number) FROM attempts AS later WHERE later.run_id = attempts.run_id
    )
    """,
    """
    CREATE INDEX attempts_by_progress
    ON attempts (run_id, superseded, state, number, recipients, sent_at, ended_at, seq)
    """,
    "CREATE INDEX attempts_by_batch ON attempts (run_id, superseded, batch)",
    "CREATE INDEX runs_by_owner ON runs (owner)",
)
"""An attempt is superseded once its request has a later one; a run's owner is the process that sends it."""

_ONE_STANDING_ATTEMPT = (
    "ALTER TABLE runs ADD COLUMN hosts TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE runs ADD COLUMN rate_group TEXT NOT NULL DEFAULT ''",
    """
    UPDATE attempts SET superseded = 1 WHERE superseded = 0 AND number < (
        SELECT MAX(later.number) FROM attempts AS later
        WHERE later.run_id = attempts.run_id AND later.superseded = 0 AND later.batch = attempts.batch
    )
    """,
    "DROP INDEX attempts_by_batch",
    "CREATE UNIQUE INDEX attempts_that_stand ON attempts (run_id, batch) WHERE superseded = 0",
)
"""No request of a run can ever have two attempts that both count."""

_CHANGES_OF_SETTINGS = (
    """
    CREATE TABLE changes (
        seq BIGINT PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        made_at TEXT NOT NULL,
        environment TEXT NOT NULL,
        provider TEXT NOT NULL,
        app_id TEXT NOT NULL,
        account TEXT NOT NULL,
        user_id TEXT NOT NULL,
        setting TEXT NOT NULL,
        scope TEXT NOT NULL,
        place TEXT NOT NULL,
        before_value TEXT NOT NULL,
        wanted_value TEXT NOT NULL,
        requests TEXT NOT NULL,
        undoes TEXT NOT NULL,
        owner TEXT NOT NULL,
        state TEXT,
        title TEXT,
        message TEXT,
        accepted INTEGER,
        code BIGINT,
        request_id TEXT,
        ended_at TEXT,
        abandoned_at TEXT,
        read_back TEXT,
        after_value TEXT
    )
    """,
    "CREATE INDEX changes_by_user ON changes (user_id, seq)",
    "CREATE INDEX changes_by_end ON changes (ended_at)",
)
"""Values are JSON; what has no `ended_at` is under way, or its owner died."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _REACHED_AND_ABANDONED,
    _RUNS_OF_MANY_REQUESTS,
    _ONE_STANDING_ATTEMPT,
    _CHANGES_OF_SETTINGS,
)
"""Each takes the journal from one schema number to the next; the first makes number 1."""
