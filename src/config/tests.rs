use figment::Jail;

use std::time::Duration;

use super::*;
use crate::auth::SigningKey;
use crate::db::Engine;

const TEST_KEY: &str = "a-test-key-that-only-tests-know-0123456789";

fn load() -> Result<Config, String> {
    Config::load(&figment()).map_err(|error| error.to_string())
}

/// A jail whose environment holds nothing of ours; `Jail::set_env` refills it.
#[expect(clippy::result_large_err, reason = "the closure's type is Jail's")]
fn jail(test: impl FnOnce(&mut Jail)) {
    Jail::expect_with(|jail| {
        jail.clear_env();
        test(jail);
        Ok(())
    });
}

#[test]
fn nothing_set_means_the_embedded_engine_on_port_5000() {
    jail(|_| {
        let config = load().unwrap();
        assert!(matches!(config.database.engine, Engine::Embedded(path) if *path == *"persony.db"));
        assert_eq!(config.auth.access_token_lifetime, Duration::from_secs(3600));
        assert_eq!(config.users.password_min_length, 8);
        let rocket: rocket::Config = figment().extract().unwrap();
        assert_eq!((rocket.address.to_string(), rocket.port), ("127.0.0.1".into(), 5000));
    });
}

#[test]
fn the_environment_overrides_dotenv_and_dotenv_overrides_rocket_toml() {
    jail(|jail| {
        let toml =
            "[default.persony]\npassword_min_length = 9\njwt_access_token_expires = 9\noracle_max_conn = 9";
        jail.create_file("Rocket.toml", toml).unwrap();
        jail.create_file(".env", "JWT_ACCESS_TOKEN_EXPIRES=10\nORACLE_MAX_CONN=10\nROCKET_PORT=5010")
            .unwrap();
        jail.set_env("ORACLE_MAX_CONN", "11");
        for (name, value) in [("USER", "u"), ("PASSWORD", "0042"), ("DSN", "d/s")] {
            jail.set_env(format!("ORACLE_{name}"), value);
        }
        jail.set_env("JWT_SECRET_KEY", TEST_KEY);
        let config = load().unwrap();
        assert_eq!(config.users.password_min_length, 9);
        assert_eq!(config.auth.access_token_lifetime, Duration::from_secs(10));
        let Engine::Oracle(oracle) = &config.database.engine else { panic!("{config:?}") };
        assert_eq!(oracle.max_connections, 11);
        assert_eq!(oracle.password.expose(), "0042", "digits stay a password");
        assert_eq!(figment().extract_inner::<u16>("port").unwrap(), 5010);
    });
}

#[test]
fn an_empty_variable_is_not_set() {
    jail(|jail| {
        jail.set_env("ORACLE_DSN", "");
        assert!(matches!(load().unwrap().database.engine, Engine::Embedded(_)));
    });
}

#[test]
fn values_that_do_not_parse_are_named() {
    for (variable, value, message) in [
        (
            "PASSWORD_MIN_LENGTH",
            "eight",
            "PASSWORD_MIN_LENGTH: expected a whole number, not \"eight\" (from the environment)",
        ),
        (
            "PASSWORD_MIN_LENGTH",
            "-1",
            "PASSWORD_MIN_LENGTH: expected a whole number, not \"-1\" (from the environment)",
        ),
        ("PASSWORD_MIN_LENGTH", "0", "PASSWORD_MIN_LENGTH: must be at least 1"),
        ("JWT_ACCESS_TOKEN_EXPIRES", "0", "JWT_ACCESS_TOKEN_EXPIRES: must be at least 1"),
        (
            "CORS_ORIGINS",
            "calendar",
            "CORS_ORIGINS: \"calendar\" is not an origin such as https://calendar.example.com",
        ),
        (
            "PUBLIC_URL",
            "calendar.example.com",
            "PUBLIC_URL: \"calendar.example.com\" is not a URL such as https://calendar.example.com",
        ),
        ("COOKIE_SECURE", "yes", "COOKIE_SECURE: expected true or false (from the environment)"),
        ("EMBEDDED_DB_PATH", ":memory:", "EMBEDDED_DB_PATH: must be a file; :memory: keeps nothing"),
        (
            "JWT_SECRET_KEY",
            "short",
            "JWT_SECRET_KEY: has 5 bytes and needs at least 32; make one with: openssl rand -hex 32",
        ),
    ] {
        jail(|jail| {
            jail.set_env(variable, value);
            assert_eq!(load().unwrap_err(), message);
        });
    }
}

#[test]
fn unknown_keys_of_our_table_are_named() {
    jail(|jail| {
        jail.create_file("Rocket.toml", "[default.persony]\npasword_min_length = 9").unwrap();
        let error = load().unwrap_err();
        assert!(error.starts_with("pasword_min_length: no such key in Persony's table (from "), "{error}");
    });
}

#[test]
fn a_broken_dotenv_line_is_found_without_repeating_it() {
    jail(|jail| {
        jail.create_file(".env", "# a comment\nORACLE_PASSWORD=top secret\n").unwrap();
        let error = load().unwrap_err();
        assert!(error.contains("line 2") && error.contains("the file .env"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    });
}

#[test]
fn a_half_set_oracle_account_names_what_is_missing() {
    for (given, missing) in [
        (&["DSN"][..], "ORACLE_USER and ORACLE_PASSWORD: not set"),
        (&["USER", "DSN"], "ORACLE_PASSWORD: not set"),
        (&["USER", "PASSWORD"], "ORACLE_DSN: not set"),
    ] {
        jail(|jail| {
            given.iter().for_each(|name| jail.set_env(format!("ORACLE_{name}"), "x"));
            let error = load().unwrap_err();
            assert!(error.starts_with(missing), "{error}");
        });
    }
}

#[test]
fn oracle_needs_a_configured_signing_key() {
    jail(|jail| {
        ["USER", "PASSWORD", "DSN"].iter().for_each(|name| jail.set_env(format!("ORACLE_{name}"), "x"));
        let error = load().unwrap_err();
        assert!(error.starts_with("JWT_SECRET_KEY: not set. On Oracle"), "{error}");
        assert!(error.contains("openssl rand -hex 32"), "{error}");
    });
}

#[test]
fn placeholders_are_refused_as_signing_keys_however_long() {
    for placeholder in [
        "your-secret-key-change-in-production",
        "change-me-change-me-change-me-change-me",
        "Change_Me_to_something_long_and_random_please",
    ] {
        jail(|jail| {
            jail.set_env("JWT_SECRET_KEY", placeholder);
            let error = load().unwrap_err();
            assert!(error.starts_with("JWT_SECRET_KEY: is a placeholder"), "{error}");
            assert!(!error.contains(placeholder), "{error}");
        });
    }
}

#[test]
fn a_signing_key_has_32_bytes_at_least() {
    for (key, taken) in [("k".repeat(31), false), ("k".repeat(32), true), ("é".repeat(16), true)] {
        jail(|jail| {
            jail.set_env("JWT_SECRET_KEY", &key);
            assert_eq!(load().is_ok(), taken, "{key}");
        });
    }
}

#[test]
fn a_missing_key_is_made_once_and_kept_private_beside_the_database() {
    use std::os::unix::fs::PermissionsExt;
    jail(|jail| {
        let first = load().unwrap().auth.signing_key;
        let file = jail.directory().join("persony.db.jwt-key");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let second = load().unwrap().auth.signing_key;
        assert_eq!(first.as_bytes(), second.as_bytes());
        assert_eq!(first.as_bytes().len(), 64);
    });
}

#[test]
fn secrets_come_from_files_without_the_newline_at_their_end() {
    jail(|jail| {
        jail.create_file("key", &format!("{TEST_KEY}\n")).unwrap();
        jail.create_file("password", " tiger \r\n").unwrap();
        jail.create_file("previous", &format!("one-{TEST_KEY}\r\n\ntwo,{TEST_KEY}\n")).unwrap();
        for (name, value) in [
            ("JWT_SECRET_KEY_FILE", "key"),
            ("JWT_PREVIOUS_SECRET_KEYS_FILE", "previous"),
            ("ORACLE_PASSWORD_FILE", "password"),
            ("ORACLE_USER", "u"),
            ("ORACLE_DSN", "d/s"),
        ] {
            jail.set_env(name, value);
        }
        let config = load().unwrap();
        assert_eq!(config.auth.signing_key.as_bytes(), TEST_KEY.as_bytes());
        let previous: Vec<_> = config.auth.previous_keys.iter().map(SigningKey::as_bytes).collect();
        assert_eq!(
            previous,
            [format!("one-{TEST_KEY}").into_bytes(), format!("two,{TEST_KEY}").into_bytes()]
        );
        let Engine::Oracle(oracle) = &config.database.engine else { panic!("{config:?}") };
        assert_eq!(oracle.password.expose(), " tiger ");
    });
}

#[test]
fn previous_keys_are_separated_by_commas_and_as_good_as_the_present_one() {
    jail(|jail| {
        jail.set_env("JWT_PREVIOUS_SECRET_KEYS", format!("one-{TEST_KEY}, two-{TEST_KEY},"));
        assert_eq!(load().unwrap().auth.previous_keys.len(), 2);
    });
    for (keys, what) in
        [("short", "has 5 bytes"), ("change-me-change-me-change-me-change-me", "is a placeholder")]
    {
        jail(|jail| {
            jail.set_env("JWT_PREVIOUS_SECRET_KEYS", format!("{TEST_KEY},{keys}"));
            let error = load().unwrap_err();
            assert!(error.starts_with(&format!("JWT_PREVIOUS_SECRET_KEYS, key 2: {what}")), "{error}");
            assert!(!error.contains(keys) && !error.contains(TEST_KEY), "{error}");
        });
    }
}

#[test]
fn a_secret_set_twice_or_in_a_file_that_cannot_be_read_is_named() {
    for variable in ["JWT_SECRET_KEY", "JWT_PREVIOUS_SECRET_KEYS", "ORACLE_PASSWORD"] {
        for (file, content, what) in [
            ("missing", None, "_FILE: missing: No such file or directory"),
            (".", None, "_FILE: .: Is a directory"),
            ("empty", Some(&b"\n"[..]), "_FILE: empty: is empty"),
            ("binary", Some(b"tiger \xff"), "_FILE: binary: is not a text in UTF-8"),
        ] {
            jail(|jail| {
                if let Some(content) = content {
                    std::fs::write(jail.directory().join(file), content).unwrap();
                }
                jail.set_env(format!("{variable}_FILE"), file);
                let error = load().unwrap_err();
                assert!(error.starts_with(&format!("{variable}{what}")), "{error}");
                assert!(!error.contains("tiger"), "{error}");
            });
        }
        jail(|jail| {
            jail.create_file("key", TEST_KEY).unwrap();
            jail.set_env(variable, TEST_KEY);
            jail.set_env(format!("{variable}_FILE"), "key");
            let both = format!("{variable}: set both as it is and by {variable}_FILE; unset one of them");
            assert_eq!(load().unwrap_err(), both);
        });
    }
}

#[test]
fn no_secret_shows_in_a_debug_print() {
    jail(|jail| {
        jail.set_env("JWT_SECRET_KEY", TEST_KEY);
        [("USER", "u"), ("PASSWORD", "tiger-in-the-tank"), ("DSN", "d")]
            .iter()
            .for_each(|(name, value)| jail.set_env(format!("ORACLE_{name}"), value));
        let printed = format!("{:?}", load().unwrap());
        assert!(!printed.contains(TEST_KEY) && !printed.contains("tiger"), "{printed}");
    });
}
