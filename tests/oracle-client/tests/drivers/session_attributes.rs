use oracle::sql_type::OracleType;

use crate::support::{alone, connect};

#[test]
fn a_session_tells_who_it_is_at_its_next_round_trip() {
    alone(|db| {
        let connection = connect();
        connection.set_module("Persony").unwrap();
        connection.set_action("GET /events").unwrap();
        connection.set_client_info("a test").unwrap();
        connection.set_client_identifier("7").unwrap();
        let before = db.session_attributes(1).unwrap();
        assert_eq!((before.user.as_str(), before.module.as_str()), ("SYSTEM", ""));
        assert!(before.driver_name.starts_with("rust-oracle"), "{}", before.driver_name);
        assert_eq!((before.service.as_str(), before.process), ("STANDIN", std::process::id()));
        connection.ping().unwrap();
        let after = db.session_attributes(1).unwrap();
        assert_eq!((after.module.as_str(), after.action.as_str()), ("Persony", "GET /events"));
        assert_eq!((after.client_info.as_str(), after.client_identifier.as_str()), ("a test", "7"));
        drop(connection);
        assert_eq!(db.session_attributes(1), Some(after));
        assert_eq!(db.session_attributes(2), None);
    });
}

#[test]
fn nvarchar2_binds_are_noted() {
    alone(|db| {
        let connection = connect();
        let sql = "SELECT 1 FROM DUAL WHERE 'x' = :x";
        connection.query_row_as_named::<i32>(sql, &[("x", &(&"x", &OracleType::Varchar2(1)))]).unwrap();
        assert!(db.national_binds().is_empty());
        connection.query_row_as_named::<i32>(sql, &[("x", &"x")]).unwrap();
        assert_eq!(db.national_binds(), [sql]);
    });
}

/// The driver counts characters, of four bytes each.
#[test]
fn texts_that_are_bound_wider_than_a_varchar2_without_need_are_noted() {
    alone(|db| {
        let connection = connect();
        let sql = "SELECT 1 FROM DUAL WHERE 'x' = :x";
        let bind = |text: &str, characters| {
            let bound = connection
                .query_row_as_named::<i32>(sql, &[("x", &(&text, &OracleType::Varchar2(characters)))]);
            assert_eq!(bound.is_ok(), text == "x");
        };
        bind("x", 1000);
        bind(&"long".repeat(1001), 1001);
        assert!(db.wide_binds().is_empty());
        bind("x", 1001);
        assert_eq!(db.wide_binds(), [sql]);
    });
}

#[test]
fn the_database_s_character_set_is_what_a_test_says() {
    alone(|db| {
        let sql = "SELECT VALUE FROM NLS_DATABASE_PARAMETERS WHERE PARAMETER = 'NLS_CHARACTERSET'";
        let connection = connect();
        let told = || connection.query_row_as::<String>(sql, &[]).unwrap();
        assert_eq!(told(), "AL32UTF8");
        db.set_character_set("WE8ISO8859P15");
        assert_eq!(told(), "WE8ISO8859P15");
        db.clear_faults();
        assert_eq!(told(), "AL32UTF8");
    });
}
