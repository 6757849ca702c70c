CREATE TABLE cases (
    reference TEXT NOT NULL,
    first_received_at TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (reference)
);

CREATE TABLE health (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE intake_log (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    message TEXT,
    event TEXT NOT NULL,
    here TEXT,
    there TEXT,
    why TEXT NOT NULL,
    details TEXT NOT NULL,
    previous TEXT NOT NULL,
    mac TEXT NOT NULL,
    PRIMARY KEY (seq)
);

CREATE INDEX ix_intake_log_message ON intake_log (message);

CREATE TABLE intake_log_head (
    one INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    mac TEXT NOT NULL,
    PRIMARY KEY (one),
    CONSTRAINT ck_intake_log_head_one CHECK (one = 1)
);

CREATE TABLE leases (
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE messages (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    folder TEXT NOT NULL,
    uidvalidity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    received_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    content_sha256 TEXT,
    oversize BOOLEAN NOT NULL,
    stage TEXT NOT NULL,
    why TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_try TEXT,
    sender_trust TEXT,
    agency TEXT,
    linked TEXT,
    filed_to TEXT,
    screening BLOB,
    PRIMARY KEY (number),
    CONSTRAINT uq_messages_mailbox_folder_uidvalidity_uid UNIQUE (mailbox, folder, uidvalidity, uid),
    CONSTRAINT ck_messages_stage CHECK (stage IN ('received', 'screened', 'parsed', 'checked', 'registered', 'held', 'quarantined', 'set-aside')),
    CONSTRAINT ck_messages_attempts CHECK (attempts >= 0),
    CONSTRAINT ck_messages_sender_trust CHECK (sender_trust IN ('authenticated', 'unverified', 'failed', 'unknown', 'unusable', 'ourselves')),
    CONSTRAINT uq_messages_id UNIQUE (id),
    CONSTRAINT uq_messages_content_sha256 UNIQUE (content_sha256)
);

CREATE INDEX ix_messages_sha256 ON messages (sha256);

CREATE INDEX ix_messages_stage ON messages (stage);

CREATE TABLE blind_index (
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (kind, digest, reference),
    CONSTRAINT ck_blind_index_kind CHECK (kind IN ('file', 'child', 'incident')),
    FOREIGN KEY(reference) REFERENCES cases (reference)
);

CREATE TABLE case_links (
    id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    message TEXT NOT NULL,
    document INTEGER,
    kind TEXT NOT NULL,
    other TEXT,
    PRIMARY KEY (id),
    CONSTRAINT uq_case_links_reference_message_document_kind_other UNIQUE (reference, message, document, kind, other),
    CONSTRAINT ck_case_links_kind CHECK (kind IN ('resubmission', 'same-incident', 'reply', 'bounce')),
    FOREIGN KEY(reference) REFERENCES cases (reference),
    FOREIGN KEY(message) REFERENCES messages (id)
);

CREATE INDEX ix_case_links_reference ON case_links (reference);

CREATE TABLE case_versions (
    reference TEXT NOT NULL,
    version INTEGER NOT NULL,
    message TEXT NOT NULL,
    document INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    agency TEXT,
    sheet TEXT,
    edition TEXT,
    type TEXT NOT NULL,
    children INTEGER NOT NULL,
    band TEXT NOT NULL,
    qa_status TEXT NOT NULL,
    missing TEXT NOT NULL,
    alerts TEXT NOT NULL,
    document_sha256 TEXT NOT NULL,
    referral BLOB NOT NULL,
    assessment BLOB NOT NULL,
    PRIMARY KEY (reference, version),
    CONSTRAINT uq_case_versions_message_document UNIQUE (message, document),
    CONSTRAINT ck_case_versions_version CHECK (version >= 1),
    CONSTRAINT ck_case_versions_band CHECK (band IN ('within-calendar', 'within-working', 'late', 'cannot-say')),
    CONSTRAINT ck_case_versions_qa_status CHECK (qa_status IN ('confirmed', 'by-deputy', 'by-the-referrer', 'implied', 'named-not-a-member', 'agency-mismatch', 'statement-without-a-name', 'placeholder', 'blank', 'unreadable')),
    FOREIGN KEY(reference) REFERENCES cases (reference),
    FOREIGN KEY(message) REFERENCES messages (id)
);

CREATE TABLE documents (
    message TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT,
    recognised TEXT NOT NULL,
    sheet TEXT,
    edition TEXT,
    referral BLOB,
    assessment BLOB,
    PRIMARY KEY (message, "index"),
    FOREIGN KEY(message) REFERENCES messages (id)
);

CREATE TABLE exceptions (
    id INTEGER NOT NULL,
    message TEXT NOT NULL,
    reference TEXT,
    document INTEGER,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    told_at TEXT,
    times_told INTEGER NOT NULL,
    closed_at TEXT,
    closed_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT ck_exceptions_severity CHECK (severity IN ('note', 'attention', 'today', 'alert')),
    CONSTRAINT ck_exceptions_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
    FOREIGN KEY(message) REFERENCES messages (id)
);

CREATE INDEX ix_exceptions_closed_at ON exceptions (closed_at);

CREATE INDEX ix_exceptions_message ON exceptions (message);

CREATE TABLE findings (
    id INTEGER NOT NULL,
    message TEXT NOT NULL,
    document INTEGER,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(message) REFERENCES messages (id)
);

CREATE INDEX ix_findings_message ON findings (message);

CREATE TABLE letters (
    id INTEGER NOT NULL,
    message TEXT NOT NULL,
    kind TEXT NOT NULL,
    header_message_id TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT,
    recipient TEXT NOT NULL,
    sealed BLOB NOT NULL,
    "references" TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_try TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
    ended_at TEXT,
    queue_code TEXT,
    bounced_at TEXT,
    PRIMARY KEY (id),
    CONSTRAINT uq_letters_message_kind UNIQUE (message, kind),
    CONSTRAINT ck_letters_kind CHECK (kind IN ('acknowledgement', 'receipt', 'safety-alert', 'report')),
    CONSTRAINT ck_letters_state CHECK (state IN ('waiting', 'queued', 'sent', 'abandoned')),
    CONSTRAINT ck_letters_sent CHECK ((state = 'sent') = (queue_code IS NOT NULL)),
    FOREIGN KEY(message) REFERENCES messages (id),
    CONSTRAINT uq_letters_header_message_id UNIQUE (header_message_id)
);

CREATE INDEX ix_letters_recipient ON letters (recipient);

CREATE INDEX ix_letters_state ON letters (state);

CREATE TABLE reasons (
    line INTEGER NOT NULL,
    reason BLOB NOT NULL,
    PRIMARY KEY (line),
    FOREIGN KEY(line) REFERENCES intake_log (seq)
)
