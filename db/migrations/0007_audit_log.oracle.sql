-- What was done to accounts: who did it, when, and from where.

-- ID is a UUID that its writer made: written twice, it is one row. ACTED_AT is by the database's clock.
-- SESSION_ID is the session that it was done with, and SUBJECT what it was done to, where that is not the
-- account as a whole: no secret, ever.
CREATE TABLE AUDIT_LOG (
  ID VARCHAR2(36) PRIMARY KEY,
  USER_ID NUMBER NOT NULL,
  ACTED_AT TIMESTAMP WITH TIME ZONE NOT NULL,
  ACT VARCHAR2(32) NOT NULL,
  ACTOR VARCHAR2(16) NOT NULL,
  ADDRESS VARCHAR2(45),
  SESSION_ID VARCHAR2(36),
  SUBJECT VARCHAR2(255),
  CONSTRAINT FK_AUDIT_LOG_USER FOREIGN KEY (USER_ID) REFERENCES USERS (ID) ON DELETE CASCADE
);

CREATE INDEX IDX_AUDIT_LOG_USER_ACTED ON AUDIT_LOG (USER_ID, ACTED_AT, ID);

CREATE INDEX IDX_AUDIT_LOG_ACTED_AT ON AUDIT_LOG (ACTED_AT);
