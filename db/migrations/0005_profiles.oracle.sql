-- What people have set for themselves, beside USERS, which is the Flask application's, too. NULL is what
-- was never set, and so is a person without a row: then the program's default is meant.

CREATE TABLE USER_PROFILES (
  USER_ID NUMBER PRIMARY KEY,
  TIME_ZONE VARCHAR2(64),
  LOCALE VARCHAR2(64),
  WEEK_STARTS_ON NUMBER(1) CHECK (WEEK_STARTS_ON IN (0, 1, 6)),
  IS_LISTED NUMBER(1) DEFAULT 0 NOT NULL CHECK (IS_LISTED IN (0, 1)),
  CONSTRAINT FK_USER_PROFILES_USER FOREIGN KEY (USER_ID) REFERENCES USERS (ID) ON DELETE CASCADE
);
