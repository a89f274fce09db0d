use super::{begin, log_out, with_john};
use crate::api::jobs::persony;

const SESSIONS: &str = "SELECT ID FROM USER_SESSIONS";
const REVOKED_TOKENS: &str = "SELECT SUBJECT FROM REVOKED_TOKENS";

#[test]
fn what_has_expired_is_swept_and_nothing_else() {
    let (app, tokens) = with_john(&[]);
    for _ in 0..3 {
        begin(&app, "john@example.com");
    }
    let ended = [begin(&app, "john@example.com"), begin(&app, "john@example.com")];
    ended.iter().for_each(|one| assert_eq!(log_out(&app, &one.access).status, 200));
    let stays = super::claims(&tokens.access)["sid"].as_str().unwrap().to_owned();
    let revoked = super::claims(&ended[0].access)["sid"].as_str().unwrap().to_owned();
    let past = app.database.seconds_ago(1);
    app.database.execute(&format!("UPDATE USER_SESSIONS SET EXPIRES_AT = {past} WHERE ID <> '{stays}'"));
    app.database
        .execute(&format!("UPDATE REVOKED_TOKENS SET EXPIRES_AT = {past} WHERE SUBJECT <> '{revoked}'"));
    for (job, rows, left, left_of) in
        [("sweep_sessions", 3, &stays, SESSIONS), ("sweep_revoked_tokens", 1, &revoked, REVOKED_TOKENS)]
    {
        let (said, log, code) = persony(&*app.database, &["jobs", "run", job]);
        assert_eq!(code, Some(0), "{said}{log}");
        assert!(said.contains(&format!("{rows} row")), "{said}");
        assert_eq!(app.database.texts(left_of), [left.as_str()]);
    }
}
