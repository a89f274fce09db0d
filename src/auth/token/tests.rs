use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};

use super::*;
use crate::auth::SigningKey;

const TEST_KEY: &str = "a-test-key-that-only-tests-know-0123456789";

/// Minted by Flask-JWT-Extended 4.7.4 with the test key, at 2025-12-05 for a hundred years:
///
/// ```python
/// app.config["JWT_SECRET_KEY"] = TEST_KEY
/// app.config["JWT_ACCESS_TOKEN_EXPIRES"] = datetime.timedelta(days=36500)
/// with app.app_context(), freeze_time("2025-12-05"):
///     print(create_access_token(identity="42"))
/// ```
const OF_FLASK: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJmcmVzaCI6ZmFsc2UsImlhdCI6MTc2NDg5MjgwMCwianRpIjoiNGE3MWM0NmEtODhlNi00ZDdlLWJjMjUtMDlmZWRlNWY3MDYyIiwidHlwZSI6ImFjY2VzcyIsInN1YiI6IjQyIiwibmJmIjoxNzY0ODkyODAwLCJjc3JmIjoiM2JlMzllNDItNmYzOC00NjJmLTkyZjUtMWFkMDM4ZmU1YWVmIiwiZXhwIjo0OTE4NDkyODAwfQ.wr3wfQEF2UXpiqZcCTSJPDI2AhWX7Uiq7Vc35I32XqM";

fn with_keys(key: &str, previous: &[&str]) -> Tokens {
    Tokens::new(&Settings {
        signing_key: SigningKey::for_tests(key),
        previous_keys: previous.iter().map(|key| SigningKey::for_tests(key)).collect(),
        access_token_lifetime: Duration::from_secs(3600),
        refresh_token_lifetime: Duration::from_secs(30 * 24 * 3600),
        revocation_poll: Duration::from_secs(5),
    })
}

fn tokens() -> Tokens {
    with_keys(TEST_KEY, &[])
}

fn claims() -> Value {
    let now = now().as_secs();
    json!({"type": "access", "sub": "42", "nbf": now, "exp": now + 60})
}

fn sign(header: Header, claims: &Value, key: &str) -> String {
    encode(&header, claims, &EncodingKey::from_secret(key.as_bytes())).unwrap()
}

/// What becomes of the claims above with some of them changed; `null` takes one away.
fn verdict(changes: Value) -> Result<UserId, Refusal> {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    user(tokens().verify(&sign(Header::new(Algorithm::HS256), &claims, TEST_KEY)))
}

fn user(verified: Result<Verified, Refusal>) -> Result<UserId, Refusal> {
    verified.map(|token| token.user)
}

#[test]
fn a_token_of_flask_jwt_extended_is_accepted() {
    assert_eq!(user(tokens().verify(OF_FLASK)), Ok(UserId(42)));
}

#[test]
fn an_issued_token_has_the_claims_of_flask_jwt_extended() {
    let token = tokens().issue(UserId(7), now().as_secs()).unwrap();
    assert_eq!(user(tokens().verify(&token)), Ok(UserId(7)));
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims.clear();
    let claims =
        decode::<Value>(&token, &DecodingKey::from_secret(TEST_KEY.as_bytes()), &validation).unwrap().claims;
    let mut names: Vec<_> = claims.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["csrf", "exp", "fresh", "iat", "jti", "nbf", "sub", "type"]);
    assert_eq!(
        (&claims["fresh"], &claims["type"], &claims["sub"]),
        (&json!(false), &json!("access"), &json!("7"))
    );
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 3600);
    assert_eq!(claims["nbf"], claims["iat"]);
    for name in ["jti", "csrf"] {
        let uuid = Uuid::parse_str(claims[name].as_str().unwrap()).unwrap();
        assert_eq!(uuid.get_version_num(), 4);
    }
    assert_ne!(claims["jti"], claims["csrf"]);
}

#[test]
fn times_are_checked_without_leeway() {
    let now = now().as_secs();
    assert_eq!(verdict(json!({"exp": now - 1})), Err(Refusal::Expired));
    assert_eq!(verdict(json!({"exp": now})), Err(Refusal::Expired));
    assert_eq!(verdict(json!({"exp": now + 60})), Ok(UserId(42)));
    assert_eq!(verdict(json!({"exp": now as f64 + 60.5})), Ok(UserId(42)));
    for ahead in [5, 60] {
        assert_eq!(verdict(json!({"nbf": now + ahead})), Err(Refusal::NotYetValid), "{ahead} s");
    }
    assert_eq!(verdict(json!({"nbf": null})), Ok(UserId(42)));
    assert_eq!(verdict(json!({"exp": null})), Err(Refusal::Invalid));
    assert_eq!(verdict(json!({"exp": "soon"})), Err(Refusal::Invalid));
}

#[test]
fn only_access_tokens_of_a_user_are_accepted() {
    assert_eq!(verdict(json!({"type": "refresh"})), Err(Refusal::NotOf(Kind::Access)));
    assert_eq!(verdict(json!({"type": null})), Err(Refusal::Invalid));
    for sub in [json!("john"), json!(""), json!("0"), json!("-1"), json!("1.5"), json!(42), json!(null)] {
        assert_eq!(verdict(json!({"sub": sub.clone()})), Err(Refusal::Invalid), "{sub}");
    }
}

#[test]
fn only_hs256_with_the_right_key_is_accepted() {
    let other_key = TEST_KEY.replace('0', "1");
    assert_eq!(
        tokens().verify(&sign(Header::new(Algorithm::HS256), &claims(), &other_key)),
        Err(Refusal::Invalid)
    );
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        assert_eq!(
            tokens().verify(&sign(Header::new(algorithm), &claims(), TEST_KEY)),
            Err(Refusal::Invalid)
        );
    }
    // {"alg":"none","typ":"JWT"}, with and without the signature that it goes without.
    let token = sign(Header::new(Algorithm::HS256), &claims(), TEST_KEY);
    let (_, rest) = token.split_once('.').unwrap();
    let (payload, signature) = rest.split_once('.').unwrap();
    for unsigned in [
        format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}."),
        format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.{signature}"),
    ] {
        assert_eq!(tokens().verify(&unsigned), Err(Refusal::Invalid));
    }
    for text in ["", ".", "..", "a.b.c", "not a token"] {
        assert_eq!(tokens().verify(text), Err(Refusal::Invalid), "{text}");
    }
}

#[test]
fn previous_keys_check_tokens_and_sign_none() {
    let [new, old, older] = ["new", "old", "older"].map(|name| format!("{name}-{TEST_KEY}"));
    let rotated = with_keys(&new, &[&old, &older]);
    for signer in [&new, &old, &older] {
        let token = with_keys(signer, &[]).issue(UserId(7), now().as_secs()).unwrap();
        assert_eq!(user(rotated.verify(&token)), Ok(UserId(7)), "{signer}");
    }
    let token = rotated.issue(UserId(7), now().as_secs()).unwrap();
    assert_eq!(user(with_keys(&new, &[]).verify(&token)), Ok(UserId(7)));
    assert_eq!(with_keys(&old, &[&older]).verify(&token), Err(Refusal::Invalid));
    assert_eq!(rotated.verify(&tokens().issue(UserId(7), now().as_secs()).unwrap()), Err(Refusal::Invalid));
    for (changes, refusal) in
        [(json!({"exp": 1}), Refusal::Expired), (json!({"type": "refresh"}), Refusal::NotOf(Kind::Access))]
    {
        let mut claims = claims();
        claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let token = sign(Header::new(Algorithm::HS256), &claims, &older);
        assert_eq!(rotated.verify(&token), Err(refusal));
    }
}
