//! Accounts and their rights.

use oracle_client_stand_in::database::Database;

use crate::harness::File;

#[test]
fn passwords_and_the_right_to_log_on_are_checked() {
    let file = File::new();
    let authenticate = |user: &str, password: &str| Database::authenticate(&file.path(), user, password);
    assert!(authenticate("SYSTEM", "stand-in").is_ok());
    let refused = "ORA-01017: invalid username/password; logon denied";
    assert_eq!(authenticate("SYSTEM", "STAND-IN").unwrap_err().message, refused);
    assert_eq!(authenticate("NOBODY", "x").unwrap_err().message, refused);
    let mut system = file.system();
    system.run("CREATE USER app IDENTIFIED BY Secret1");
    assert_eq!(
        authenticate("APP", "Secret1").unwrap_err().message,
        "ORA-01045: user APP lacks CREATE SESSION privilege; logon denied"
    );
    system.run("GRANT CREATE SESSION TO app");
    assert!(authenticate("APP", "Secret1").is_ok());
    system.run("ALTER USER app IDENTIFIED BY \"An other\"");
    assert_eq!(authenticate("APP", "Secret1").unwrap_err().code, 1017);
    assert!(authenticate("APP", "An other").is_ok());
    system.run("REVOKE CREATE SESSION FROM app");
    assert_eq!(authenticate("APP", "An other").unwrap_err().code, 1045);
    system.run("DROP USER app CASCADE");
    assert_eq!(authenticate("APP", "An other").unwrap_err().code, 1017);
}

#[test]
fn rights_are_asked_for() {
    let file = File::new();
    let mut app = file.application();
    app.run("CREATE TABLE t (a NUMBER)");
    app.run("INSERT INTO t VALUES (1)");
    app.database.commit().unwrap();
    let mut system = file.system();
    system.run("CREATE USER poor IDENTIFIED BY x");
    system.run("GRANT CREATE SESSION TO poor");
    let mut poor = file.session("POOR");
    for (sql, code) in [
        ("CREATE TABLE p (a NUMBER)", 1031),
        ("CREATE USER x IDENTIFIED BY y", 1031),
        ("GRANT CREATE TABLE TO poor", 1031),
        ("DROP USER app CASCADE", 1031),
        ("SELECT * FROM app.t", 942),
        ("DROP TABLE app.t", 942),
        ("LOCK TABLE app.t IN EXCLUSIVE MODE", 942),
    ] {
        assert_eq!(poor.error(sql).code, code, "{sql}");
    }
    app.run("GRANT SELECT, INSERT ON t TO poor");
    assert_eq!(poor.lines("SELECT a FROM app.t"), ["1"]);
    assert_eq!(poor.changed("INSERT INTO app.t VALUES (2)"), 1);
    poor.database.rollback().unwrap();
    assert_eq!(poor.error("DELETE FROM app.t").code, 1031);
    app.run("REVOKE SELECT, INSERT ON t FROM poor");
    assert_eq!(poor.error("SELECT a FROM app.t").code, 942);
    system.run("GRANT CREATE TABLE TO poor");
    poor.run("CREATE TABLE p (a NUMBER)");
    assert_eq!(
        poor.error("INSERT INTO p VALUES (1)").message,
        "ORA-01950: no privileges on tablespace 'USERS'"
    );
    system.run("ALTER USER poor QUOTA 10M ON users");
    poor.run("INSERT INTO p VALUES (1)");
}

#[test]
fn schemas_are_apart_and_the_current_one_can_be_chosen() {
    let file = File::new();
    let mut app = file.application();
    app.run("CREATE TABLE t (a VARCHAR2(10))");
    app.run("INSERT INTO t VALUES ('app')");
    app.database.commit().unwrap();
    let mut system = file.system();
    system.run("ALTER USER system QUOTA UNLIMITED ON users");
    system.run("CREATE TABLE t (a VARCHAR2(10))");
    system.run("INSERT INTO t VALUES ('system')");
    assert_eq!(system.lines("SELECT a FROM t"), ["system"]);
    assert_eq!(system.lines("SELECT a FROM app.t"), ["app"]);
    system.run("ALTER SESSION SET CURRENT_SCHEMA = app");
    assert_eq!(system.lines("SELECT a FROM t"), ["app"]);
    assert_eq!(system.lines("SELECT a, USER FROM system.t"), ["system|SYSTEM"]);
    system.run("CREATE TABLE app.u (a NUMBER)");
    assert_eq!(app.lines("SELECT COUNT(*) FROM u"), ["0"]);
}

#[test]
fn accounts_that_oracle_refuses_are_refused() {
    let file = File::new();
    file.application().run("CREATE TABLE t (a NUMBER)");
    let mut system = file.system();
    for (sql, code) in [
        ("CREATE USER app IDENTIFIED BY x", 1920),
        ("CREATE USER new", 922),
        ("DROP USER app", 1922),
        ("DROP USER nobody", 1918),
        ("ALTER USER nobody IDENTIFIED BY x", 1918),
        ("GRANT CREATE TABLE TO nobody", 1917),
        ("GRANT NONSENSE TO app", 990),
        ("GRANT NONSENSE ON app.t TO app", 990),
        ("GRANT CREATE TABLE app", 946),
    ] {
        let error = system.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
}
