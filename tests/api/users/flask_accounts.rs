//! Rows that the Flask application wrote. How the hashes were made stands beside the tests of
//! `PasswordHash`.

use crate::api::support::App;

fn add(app: &App, id: u32, email: &str, hash: &str) {
    app.database
        .execute(&format!("INSERT INTO USERS (ID, EMAIL, PASSWORD_HASH) VALUES ({id}, '{email}', '{hash}')"));
}

#[test]
fn accounts_of_the_flask_application_log_in() {
    let app = App::start();
    let scrypt = "scrypt:32768:8:1$Ab3dEf6hIj9kLm2n$8666e31bd75d90786718fe7c3094c81036840108a4524d7a23ade27b0879cd1d97726aafa5d8a7d75950bd301aed91f9e6e6088dcedfabde3e872cae9112cd92";
    let pbkdf2 = "pbkdf2:sha256:600000$aB12cD34eF56gH78$2c3b6a154777681cfcb16fb999a157102d3327b461335f10d96dee7f38f0270a";
    add(&app, 41, "scrypt@example.com", scrypt);
    add(&app, 42, "pbkdf2@example.com", pbkdf2);
    for (id, email) in [(41, "scrypt@example.com"), (42, "pbkdf2@example.com")] {
        let reply = app.log_in(email, "correct horse battery staple");
        assert_eq!((reply.status, &reply.json()["user"]["id"]), (200, &serde_json::json!(id)), "{email}");
        app.log_in(email, "correct horse").is_error(401, &[("email", "Invalid credentials")]);
    }
}

#[test]
fn a_stored_value_of_another_form_is_a_failed_login_and_a_warning() {
    let app = App::start();
    for (id, hash) in [
        (1, "plain text"),
        (2, "$2b$12$abcdefghijklmnopqrstuv"),
        (
            3,
            "scrypt:262144:8:1$Ab3dEf6hIj9kLm2n$8666e31bd75d90786718fe7c3094c81036840108a4524d7a23ade27b0879cd1d",
        ),
        (4, "md5$salt$00"),
    ] {
        let email = format!("user{id}@example.com");
        add(&app, id, &email, hash);
        app.log_in(&email, hash).is_error(401, &[("email", "Invalid credentials")]);
        let log = app.program.log();
        let warning = format!("user {id} has a password hash that is not Werkzeug's");
        assert!(log.lines().any(|line| line.contains("WARN") && line.contains(&warning)), "{log}");
        assert!(!log.contains(hash), "{log}");
    }
}
