use super::*;

/// Made with Werkzeug 3.1.9, its salt fixed so that the command can be repeated:
///
/// ```python
/// import werkzeug.security as ws
/// from unittest import mock
/// with mock.patch.object(ws, "gen_salt", lambda length: salt):
///     print(ws.generate_password_hash(password, method))
/// ```
const OF_WERKZEUG: [(&str, &str); 4] = [
    // method "scrypt"
    (
        "correct horse battery staple",
        "scrypt:32768:8:1$Ab3dEf6hIj9kLm2n$8666e31bd75d90786718fe7c3094c81036840108a4524d7a23ade27b0879cd1d97726aafa5d8a7d75950bd301aed91f9e6e6088dcedfabde3e872cae9112cd92",
    ),
    (
        "pässwörd €",
        "scrypt:32768:8:1$ZZZZ0000yyyy1111$df8051e6c1dbd0e038932a1079bec23eeab6dc1c79bfc61bb46a1601a13d181c2f68279b5254ec4980eb9fad1e3f4cec930ad0bf53debf91e483e87aa7d699c8",
    ),
    // method "scrypt:16384:8:2"
    (
        "old parameters",
        "scrypt:16384:8:2$Ab3dEf6hIj9kLm2n$e8a89ffc5ef1b4b6a2461f355a395191f0dfb1fcdd76dac8632acb89a35ab709a50e1ef756af15d94649964a69a627a92744800f47d224a858781c5e169b1fd2",
    ),
    // method "pbkdf2:sha256:600000"
    (
        "correct horse battery staple",
        "pbkdf2:sha256:600000$aB12cD34eF56gH78$2c3b6a154777681cfcb16fb999a157102d3327b461335f10d96dee7f38f0270a",
    ),
];

#[test]
fn hashes_of_werkzeug_are_verified_and_written_back_the_same() {
    for (password, stored) in OF_WERKZEUG {
        let hash = PasswordHash::parse(stored).expect(stored);
        assert!(hash.verify(password), "{stored}");
        assert!(!hash.verify(&password.to_uppercase()), "{stored}");
        assert_eq!(hash.to_string(), stored);
    }
}

#[test]
fn a_new_hash_has_werkzeugs_form_and_a_salt_of_its_own() {
    let (first, second) = (PasswordHash::generate("s3cret"), PasswordHash::generate("s3cret"));
    assert!(first.verify("s3cret") && !first.verify("S3cret"));
    assert_ne!(first.salt, second.salt);
    let stored = first.to_string();
    let parts: Vec<_> = stored.split('$').collect();
    assert_eq!(parts[0], "scrypt:32768:8:1");
    assert!(parts[1].len() == 16 && parts[1].bytes().all(|byte| byte.is_ascii_alphanumeric()), "{stored}");
    assert!(
        parts[2].len() == 128 && parts[2].bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    );
}

#[test]
fn nobodys_hash_costs_as_much_as_a_new_one() {
    assert_eq!(PasswordHash::of_nobody().method, PasswordHash::generate("x").method);
}

#[test]
fn other_forms_are_not_read() {
    let digest = "0".repeat(128);
    for method in [
        "scrypt:32768:8:1:1",
        "scrypt:32768:8",
        "scrypt",
        "scrypt:0:8:1",
        "scrypt:1:8:1",
        "scrypt:32767:8:1",
        "scrypt:32768:0:1",
        "scrypt:32768:8:0",
        "scrypt:+32768:8:1",
        "scrypt:a:8:1",
        "pbkdf2:sha256:0",
        "pbkdf2:sha1:1000",
        "pbkdf2:sha256",
        "md5",
        "argon2id",
        "",
    ] {
        assert_eq!(PasswordHash::parse(&format!("{method}$salt${digest}")), None, "{method}");
    }
    for stored in [
        "",
        "$",
        "$$",
        "plain text",
        "scrypt:32768:8:1$salt",
        "scrypt:32768:8:1$$00",
        "scrypt:32768:8:1$salt$",
    ] {
        assert_eq!(PasswordHash::parse(stored), None, "{stored}");
    }
    for digest in ["xy".repeat(64), "0".repeat(127), "00".into(), "é".repeat(64)] {
        assert_eq!(PasswordHash::parse(&format!("scrypt:32768:8:1$salt${digest}")), None, "{digest}");
    }
}

#[test]
fn parameters_that_take_more_than_256_mib_are_refused() {
    let digest = "0".repeat(128);
    for (method, fits) in [
        ("scrypt:131072:8:1", true),
        ("scrypt:262144:8:1", false),
        ("scrypt:131072:16:1", false),
        ("scrypt:2147483648:8:1", false),
        ("scrypt:32768:8:1000000", false),
        ("scrypt:16:4294967295:1", false),
    ] {
        assert_eq!(PasswordHash::parse(&format!("{method}$salt${digest}")).is_some(), fits, "{method}");
    }
}
