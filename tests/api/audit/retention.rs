use crate::api::jobs::persony_with;
use crate::api::support::App;

#[test]
fn a_line_is_kept_for_as_long_as_the_setting_says() {
    let app = App::start();
    app.new_user("john@example.com");
    let lines = 1005;
    for (id, days) in (0..lines).map(|id| (id, 8)).chain([(lines, 6)]) {
        let then = app.database.seconds_ago(days * 24 * 3600);
        app.database.execute(&format!(
            "INSERT INTO AUDIT_LOG (ID, USER_ID, ACTED_AT, ACT, ACTOR) VALUES ('{id}', 1, {then}, 'login', 'user')"
        ));
    }
    let left = || app.database.texts("SELECT COUNT(*) FROM AUDIT_LOG");
    for (days, said, rows) in [("9", "ok, 0 rows", "1006"), ("7", "ok, 1005 rows", "1")] {
        let (output, log, code) = persony_with(
            &*app.database,
            &["jobs", "run", "sweep_audit_log"],
            &[("AUDIT_RETENTION_DAYS", days)],
        );
        assert_eq!((output.as_str(), code), (&*format!("sweep_audit_log: {said}\n"), Some(0)), "{log}");
        assert_eq!(left(), [rows]);
    }
}
