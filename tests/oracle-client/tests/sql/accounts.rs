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
    system.run("CREATE USER other IDENTIFIED BY \"An other\"");
    system.run("GRANT CONNECT TO other");
    assert!(authenticate("OTHER", "An other").is_ok());
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
        ("SELECT * FROM app.t", 942),
        ("DROP TABLE app.t", 942),
        ("LOCK TABLE app.t IN EXCLUSIVE MODE", 942),
    ] {
        assert_eq!(poor.error(sql).code, code, "{sql}");
    }
    system.run("GRANT CREATE TABLE TO poor");
    poor.run("CREATE TABLE p (a NUMBER)");
    assert_eq!(
        poor.error("INSERT INTO p VALUES (1)").message,
        "ORA-01950: no privileges on tablespace 'USERS'"
    );
}

#[test]
fn schemas_are_apart() {
    let file = File::new();
    let mut app = file.application();
    app.run("CREATE TABLE t (a VARCHAR2(10))");
    app.run("INSERT INTO t VALUES ('app')");
    app.database.commit().unwrap();
    let mut system = file.system();
    system.run("CREATE USER other IDENTIFIED BY x QUOTA 10M ON users");
    system.run("GRANT RESOURCE TO other");
    let mut other = file.session("OTHER");
    other.run("CREATE TABLE t (a VARCHAR2(10))");
    other.run("INSERT INTO t VALUES ('other')");
    other.database.commit().unwrap();
    assert_eq!(other.lines("SELECT a, USER FROM t"), ["other|OTHER"]);
    assert_eq!(app.lines("SELECT a FROM t"), ["app"]);
    assert_eq!(system.lines("SELECT a FROM app.t"), ["app"]);
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
        ("GRANT CREATE TABLE TO nobody", 1917),
        ("GRANT NONSENSE TO app", 990),
        ("GRANT CREATE TABLE app", 946),
    ] {
        let error = system.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
}
