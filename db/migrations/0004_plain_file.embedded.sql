-- Makes of the tables' CHECKs and defaults what any SQLite since 3.37 knows, so that other programs
-- can check the file, copy it and write to it. Nothing to do on Oracle.
--
-- No row is touched, and what somebody has added to a table stays: the texts of the definitions are
-- changed where they stand, as https://www.sqlite.org/lang_altertable.html#otheralter has it for
-- changes that do not affect what is on the disk. A check by OCTET_LENGTH(X) and one by
-- LENGTH(CAST(X AS BLOB)) say the same. CURRENT_TIMESTAMP is a number, microseconds, in Persony's
-- connections, and a text anywhere else.

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql =
  REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(sql,
    'OCTET_LENGTH(EMAIL)', 'LENGTH(CAST(EMAIL AS BLOB))'),
    'OCTET_LENGTH(PASSWORD_HASH)', 'LENGTH(CAST(PASSWORD_HASH AS BLOB))'),
    'OCTET_LENGTH(NAME)', 'LENGTH(CAST(NAME AS BLOB))'),
    'OCTET_LENGTH(TITLE)', 'LENGTH(CAST(TITLE AS BLOB))'),
    'OCTET_LENGTH(DESCRIPTION)', 'LENGTH(CAST(DESCRIPTION AS BLOB))'),
    'OCTET_LENGTH(LOCATION)', 'LENGTH(CAST(LOCATION AS BLOB))'),
    'OCTET_LENGTH(COLOR)', 'LENGTH(CAST(COLOR AS BLOB))'),
    'OCTET_LENGTH(EMAIL_SHA256)', 'LENGTH(CAST(EMAIL_SHA256 AS BLOB))'),
    'DEFAULT CURRENT_TIMESTAMP',
    'DEFAULT (CASE TYPEOF(CURRENT_TIMESTAMP) WHEN ''integer'' THEN CURRENT_TIMESTAMP ELSE CAST(ROUND((JULIANDAY(''now'') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 END)')
  WHERE type = 'table' AND UPPER(name) IN ('USERS', 'CALENDAR_EVENTS', 'LOGIN_FAILURES', 'PERSONY_MIGRATIONS');

PRAGMA writable_schema = RESET;

-- Connections that are open read the schema again once something has been defined.
CREATE TABLE PERSONY_READ_AGAIN (ID INTEGER);

DROP TABLE PERSONY_READ_AGAIN;
