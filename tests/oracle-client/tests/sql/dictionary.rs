//! The schema read back as a test on a real Oracle reads it.

use crate::harness::File;
use crate::schema;

#[test]
fn the_columns_are_described_as_oracle_describes_them() {
    let file = File::new();
    let mut session = file.application();
    schema::create(&mut session);
    let sql = "SELECT column_name, data_type, data_length, data_precision, data_scale, nullable, data_default, \
               identity_column FROM user_tab_columns WHERE table_name = :t ORDER BY column_id";
    assert_eq!(
        session.lines_with(sql, &[("T", crate::harness::text("CALENDAR_EVENTS"))]),
        [
            "ID|NUMBER|22|NULL|NULL|N|\"APP\".\"ISEQ$$_70005\".nextval|YES",
            "USER_ID|NUMBER|22|NULL|NULL|N|NULL|NO",
            "TITLE|VARCHAR2|255|NULL|NULL|N|NULL|NO",
            "DESCRIPTION|VARCHAR2|2000|NULL|NULL|Y|NULL|NO",
            "START_AT|TIMESTAMP(6) WITH TIME ZONE|13|NULL|6|N|NULL|NO",
            "END_AT|TIMESTAMP(6) WITH TIME ZONE|13|NULL|6|N|NULL|NO",
            "IS_ALL_DAY|NUMBER|22|1|0|Y|0|NO",
            "LOCATION|VARCHAR2|255|NULL|NULL|Y|NULL|NO",
            "COLOR|VARCHAR2|32|NULL|NULL|Y|NULL|NO",
            "CREATED_AT|TIMESTAMP(6) WITH TIME ZONE|13|NULL|6|Y|SYSTIMESTAMP|NO",
            "UPDATED_AT|TIMESTAMP(6) WITH TIME ZONE|13|NULL|6|Y|NULL|NO",
        ]
    );
}

#[test]
fn tables_indexes_and_constraints_are_listed() {
    let file = File::new();
    let mut session = file.application();
    schema::create(&mut session);
    assert_eq!(session.lines("SELECT table_name FROM user_tables ORDER BY 1"), ["CALENDAR_EVENTS", "USERS"]);
    assert_eq!(
        session.lines(
            "SELECT i.index_name, i.uniqueness, i.index_type, c.column_name FROM user_indexes i \
             JOIN user_ind_columns c ON c.index_name = i.index_name WHERE i.index_name LIKE 'IDX%' ORDER BY 1"
        ),
        [
            "IDX_CAL_EVENTS_START_AT|NONUNIQUE|FUNCTION-BASED NORMAL|SYS_NC00012$",
            "IDX_CAL_EVENTS_USER_ID|NONUNIQUE|NORMAL|USER_ID",
            "IDX_USERS_EMAIL|UNIQUE|NORMAL|EMAIL",
        ]
    );
    assert_eq!(
        session.lines("SELECT column_expression FROM user_ind_expressions"),
        ["SYS_EXTRACT_UTC(\"START_AT\")"]
    );
    assert_eq!(
        session.lines(
            "SELECT c.constraint_type, c.index_name, cc.column_name FROM user_constraints c \
             JOIN user_cons_columns cc ON cc.constraint_name = c.constraint_name \
             WHERE c.table_name = 'USERS' AND c.constraint_type IN ('U', 'R')"
        ),
        ["U|IDX_USERS_EMAIL|EMAIL"]
    );
    assert_eq!(
        session.lines(
            "SELECT c.constraint_name, p.table_name, c.delete_rule, c.status FROM user_constraints c \
             JOIN user_constraints p ON p.constraint_name = c.r_constraint_name WHERE c.constraint_type = 'R'"
        ),
        ["FK_CAL_EVENTS_USER|USERS|NO ACTION|ENABLED"]
    );
    assert_eq!(
        session.lines(
            "SELECT search_condition FROM user_constraints WHERE table_name = 'CALENDAR_EVENTS' \
             AND constraint_type = 'C' ORDER BY constraint_name"
        ),
        [
            "\"ID\" IS NOT NULL",
            "\"USER_ID\" IS NOT NULL",
            "\"TITLE\" IS NOT NULL",
            "\"START_AT\" IS NOT NULL",
            "\"END_AT\" IS NOT NULL"
        ]
    );
}

#[test]
fn anothers_tables_are_not_shown() {
    let file = File::new();
    file.application().run("CREATE TABLE t (a NUMBER)");
    assert!(file.system().lines("SELECT table_name FROM user_tables").is_empty());
}

#[test]
fn views_have_the_columns_of_oracles_and_no_others() {
    let file = File::new();
    let mut session = file.application();
    for sql in
        ["SELECT owner FROM user_tables", "SELECT owner FROM user_tab_columns", "SELECT sql FROM user_tables"]
    {
        assert_eq!(session.error(sql).code, 904, "{sql}");
    }
    for sql in ["SELECT * FROM sqlite_schema", "SELECT * FROM dba_tables", "SELECT * FROM user_nothing"] {
        assert_eq!(session.error(sql).code, 942, "{sql}");
    }
    assert!(session.lines("SELECT owner FROM user_constraints").is_empty());
}

#[test]
fn a_column_tells_how_long_its_default_is() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (a NUMBER DEFAULT 100, b RAW(16), c CLOB NOT NULL)");
    let sql = "SELECT column_name, data_type, data_length, nullable, default_length, identity_column \
               FROM user_tab_columns WHERE table_name = 'T' ORDER BY column_id";
    assert_eq!(session.lines(sql), ["A|NUMBER|22|Y|3|NO", "B|RAW|16|Y|NULL|NO", "C|CLOB|4000|N|NULL|NO"]);
}

#[test]
fn the_database_tells_its_character_set() {
    let file = File::new();
    let mut session = file.application();
    let sql = "SELECT VALUE FROM NLS_DATABASE_PARAMETERS WHERE PARAMETER = 'NLS_CHARACTERSET'";
    assert_eq!(session.lines(sql), ["AL32UTF8"]);
    session.database.set_character_set("WE8ISO8859P15");
    assert_eq!(session.lines(sql), ["WE8ISO8859P15"]);
}
