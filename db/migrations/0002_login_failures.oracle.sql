-- Wrong passwords in a row, by the SHA-256 of the address as it was typed, registered or not. A row
-- that is a day old counts no more, and is deleted.

CREATE TABLE LOGIN_FAILURES (
  EMAIL_SHA256 VARCHAR2(64) PRIMARY KEY,
  FAILURES NUMBER NOT NULL,
  FAILED_AT TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX IDX_LOGIN_FAILURES_FAILED_AT ON LOGIN_FAILURES (FAILED_AT);
