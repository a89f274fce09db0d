use serde_json::{Value, json};

use super::{Two, accept, add_user, calendar, offer};

fn find(two: &Two, user: i64, text: &str) -> Value {
    let reply = two.get(user, &format!("/api/users?q={text}"));
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

fn list(two: &Two, user: i64) {
    assert_eq!(two.app.send_as(user, "PATCH", "/api/users/me", &json!({"is_listed": true})).status, 200);
}

#[test]
fn who_lets_themselves_be_found_is_found_by_name_and_by_address() {
    let two = Two::start();
    assert_eq!(find(&two, two.jane, "jo"), json!([]));
    list(&two, two.john);
    let john = json!([{"id": two.john, "name": "John Doe", "email": "john@example.com"}]);
    for text in ["jo", "JOHN", "John%20D", "john@ex", "JOHN@EXAMPLE.COM", "%20john%20"] {
        assert_eq!(find(&two, two.jane, text), john, "{text}");
    }
    for text in ["ohn", "doe", "john@example.com.", "example", "jo%25", "jo_n", "%25%25", "__"] {
        assert_eq!(find(&two, two.jane, text), json!([]), "{text}");
    }
    // Oneself one need not look for.
    assert_eq!(find(&two, two.john, "jo"), json!([]));
    two.app.send_as(two.john, "PATCH", "/api/users/me", &json!({"is_listed": false}));
    assert_eq!(find(&two, two.jane, "jo"), json!([]));
}

#[test]
fn those_with_whom_something_is_shared_find_each_other_once_it_is_accepted() {
    let two = Two::start();
    let share = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "busy");
    assert_eq!(find(&two, two.jane, "john"), json!([]));
    assert_eq!(find(&two, two.john, "jane"), json!([]));
    accept(&two.app, two.jane, share);
    assert_eq!(
        find(&two, two.jane, "john"),
        json!([{"id": two.john, "name": "John Doe", "email": "john@example.com"}])
    );
    assert_eq!(
        find(&two, two.john, "ja"),
        json!([{"id": two.jane, "name": "Jane Doe", "email": "jane@example.com"}])
    );
    // Once, where they are listed as well.
    list(&two, two.jane);
    assert_eq!(find(&two, two.john, "ja").as_array().unwrap().len(), 1);
    two.app.send_as(two.jane, "DELETE", &format!("{}/shares/{share}", calendar(two.work)), &json!(null));
    two.app.send_as(two.jane, "PATCH", "/api/users/me", &json!({"is_listed": false}));
    assert_eq!(find(&two, two.john, "ja"), json!([]));
}

#[test]
fn the_wildcards_of_sql_are_letters() {
    let two = Two::start();
    list(&two, two.john);
    two.app.database.execute(&format!("UPDATE USERS SET NAME = '%_x' WHERE ID = {}", two.john));
    for (text, found) in [("%25_", 1), ("%25_x", 1), ("%25x", 0), ("__", 0)] {
        assert_eq!(find(&two, two.jane, text).as_array().unwrap().len(), found, "{text}");
    }
}

#[test]
fn letters_beyond_ascii_are_found_as_they_are_written_and_where_something_is_shared_in_either_case() {
    let two = Two::start();
    list(&two, two.john);
    two.app.database.execute(&format!("UPDATE USERS SET NAME = 'Ödön' WHERE ID = {}", two.john));
    assert_eq!(find(&two, two.jane, "%C3%96d").as_array().unwrap().len(), 1);
    two.app.send_as(two.john, "PATCH", "/api/users/me", &json!({"is_listed": false}));
    two.share_work("read");
    for text in ["%C3%96d", "%C3%B6D"] {
        assert_eq!(find(&two, two.jane, text).as_array().unwrap().len(), 1, "{text}");
    }
}

#[test]
fn there_are_twenty_at_most_the_first_by_name() {
    let two = Two::start();
    for number in (10..35).rev() {
        let user = add_user(&two.app, &format!("p{number}"));
        two.app
            .database
            .execute(&format!("INSERT INTO USER_PROFILES (USER_ID, IS_LISTED) VALUES ({user}, 1)"));
    }
    let found = find(&two, two.jane, "p1");
    let names: Vec<_> = found.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, (10..20).map(|number| format!("P{number} Doe")).collect::<Vec<_>>());
    two.app.database.execute("UPDATE USERS SET NAME = NULL WHERE EMAIL LIKE 'p3%'");
    let found = find(&two, two.jane, "p1").as_array().unwrap().len()
        + find(&two, two.jane, "p3").as_array().unwrap().len();
    assert_eq!(found, 15);
    two.app.database.execute("UPDATE USERS SET NAME = 'Same ' || EMAIL WHERE EMAIL LIKE 'p%'");
    let found = find(&two, two.jane, "same");
    assert_eq!(found.as_array().unwrap().len(), 20);
    assert_eq!(found[0]["email"], "p10@example.com");
}

#[test]
fn two_characters_are_the_least() {
    let two = Two::start();
    let why = [("q", "Must be given once, with 2 to 255 characters")];
    for query in ["", "?q=", "?q=j", "?q=%20j%20", "?q=jo&q=ja", "?Q=jo"] {
        two.get(two.jane, &format!("/api/users{query}")).is_error(400, &why);
    }
    assert_eq!(two.app.get("/api/users?q=jo").status, 401);
}
