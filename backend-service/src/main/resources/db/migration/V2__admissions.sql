-- Ways into the data plane. Only hashes are kept, so that a copy of the database opens no session.
CREATE TABLE tickets (
    hash VARCHAR(64) PRIMARY KEY,
    session_id VARCHAR(16) NOT NULL,
    user_id VARCHAR(128) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX tickets_by_expiry ON tickets (expires_at);
CREATE INDEX tickets_by_session ON tickets (session_id);

CREATE TABLE admissions (
    hash VARCHAR(64) PRIMARY KEY,
    session_id VARCHAR(16) NOT NULL,
    user_id VARCHAR(128) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX admissions_by_expiry ON admissions (expires_at);
CREATE INDEX admissions_by_session ON admissions (session_id);
