"""The way of a case after intake, notes, owners, and people's word on suggested links."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STEPS = (
    """
CREATE TABLE case_steps (
    id {counted} NOT NULL,
    reference TEXT NOT NULL,
    step TEXT NOT NULL,
    day TEXT,
    decision TEXT,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    line {number} NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(reference) REFERENCES cases (reference),
    FOREIGN KEY(line) REFERENCES intake_log (seq),
    CONSTRAINT ck_case_steps_step CHECK (step IN ({steps})),
    CONSTRAINT ck_case_steps_decision CHECK (decision IN ({decisions})),
    CONSTRAINT ck_case_steps_decided CHECK ((decision IS NOT NULL) = (step = 'decided' AND day IS NOT NULL))
)
""",
    "CREATE INDEX ix_case_steps_reference ON case_steps (reference)",
    """
CREATE TABLE case_notes (
    id {counted} NOT NULL,
    reference TEXT NOT NULL,
    note {bytes} NOT NULL,
    written_by TEXT NOT NULL,
    written_at TEXT NOT NULL,
    line {number} NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(reference) REFERENCES cases (reference),
    FOREIGN KEY(line) REFERENCES intake_log (seq)
)
""",
    "CREATE INDEX ix_case_notes_reference ON case_notes (reference)",
    """
CREATE TABLE case_owners (
    id {counted} NOT NULL,
    reference TEXT NOT NULL,
    owner TEXT,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    line {number} NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(reference) REFERENCES cases (reference),
    FOREIGN KEY(line) REFERENCES intake_log (seq)
)
""",
    "CREATE INDEX ix_case_owners_reference ON case_owners (reference)",
    """
CREATE TABLE link_verdicts (
    id {counted} NOT NULL,
    reference TEXT NOT NULL,
    link {number} NOT NULL,
    verdict TEXT NOT NULL,
    judged_by TEXT NOT NULL,
    judged_at TEXT NOT NULL,
    line {number} NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(reference) REFERENCES cases (reference),
    FOREIGN KEY(link) REFERENCES case_links (id),
    FOREIGN KEY(line) REFERENCES intake_log (seq),
    CONSTRAINT ck_link_verdicts_verdict CHECK (verdict IN ('accepted', 'refused'))
)
""",
    "CREATE INDEX ix_link_verdicts_reference ON link_verdicts (reference)",
    "CREATE INDEX ix_link_verdicts_link ON link_verdicts (link)",
)
CODES = {
    "steps": "'sent-to-panel', 'decided', 'notified', 'rapid-review-done', 'outcome', 'referrer-told', 'closed'",
    "decisions": "'criteria-met', 'single-agency-audit', 'multi-agency-audit', 'local-case-review', "
    "'serious-offence-review', 'seriously-good-outcome-review', 'no-further-action'",
}
TYPES = {
    "sqlite": {"bytes": "BLOB", "counted": "INTEGER", "number": "INTEGER"},
    "postgresql": {"bytes": "BYTEA", "counted": "BIGSERIAL", "number": "BIGINT"},
}


def upgrade() -> None:
    """Make the tables; a case already there stands at the beginning of its way."""
    connection = op.get_bind()
    for statement in STEPS:
        connection.exec_driver_sql(statement.format(**CODES, **TYPES[connection.dialect.name]))
