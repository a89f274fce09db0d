//! HTTPS by Rocket's own settings.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::json;
use tempfile::TempDir;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::api::support::{App, Program};

/// Writes a key and a certificate that signs itself.
fn certify(folder: &Path) -> Certificate<'static> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(folder.join("certificate.pem"), cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), signing_key.serialize_pem()).unwrap();
    Certificate::from_der(cert.der()).to_owned()
}

fn agent(trusted: Certificate<'static>) -> ureq::Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[trusted])).build();
    ureq::Agent::config_builder().http_status_as_error(false).tls_config(tls).build().into()
}

/// The settings in each of the places that can hold them.
fn set(folder: &Path, place: &str) -> &'static [(&'static str, &'static str)] {
    const TABLE: &str = "{certs=\"certificate.pem\",key=\"key.pem\"}";
    match place {
        "Rocket.toml" => {
            fs::write(folder.join(place), "[default.tls]\ncerts = \"certificate.pem\"\nkey = \"key.pem\"\n")
        }
        ".env" => fs::write(folder.join(place), format!("ROCKET_TLS='{TABLE}'\n")),
        _ => return &[("ROCKET_TLS", TABLE)],
    }
    .unwrap();
    &[]
}

#[test]
fn it_serves_https_wherever_the_certificate_was_set() {
    for place in ["the environment", ".env", "Rocket.toml"] {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let certificate = certify(folder.path());
        let variables = set(folder.path(), place);
        let mut app = App::over_tls(folder, variables, agent(certificate));
        assert!(app.base.starts_with("https://127.0.0.1:"), "{place}: {}", app.base);
        app.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
        app.new_user("john@example.com");
        assert_eq!(app.log_in("john@example.com", "password").status, 200);
        let login = json!({"email": "john@example.com", "password": "password"});
        let from_here = [("Origin", app.base.as_str()), ("Sec-Fetch-Site", "same-origin")];
        let reply = app.send("POST", "/api/session", &from_here, login.to_string().as_bytes());
        let secure = reply.header("set-cookie").unwrap().matches("; Secure").count();
        assert_eq!((reply.status, secure), (200, 4), "{}", reply.body);
        app.agent = agent(certify(&tempfile::tempdir().unwrap().keep()));
        assert!(
            app.agent.get(format!("{}/api/health", app.base)).call().is_err(),
            "a stranger's certificate"
        );
    }
}

/// What the program says when it ends over the files in this folder.
fn refusal(folder: &TempDir) -> String {
    let tls = "{certs=\"certificate.pem\",key=\"key.pem\"}".to_owned();
    let (log, status) = Program::start(folder.path(), &[("ROCKET_TLS", tls)]).end();
    assert_eq!(status.code(), Some(1), "{log}");
    assert!(!log.contains("panicked"), "{log}");
    log
}

#[test]
fn a_certificate_that_cannot_be_used_stops_the_start_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = refusal(&folder);
    assert!(missing.contains("Persony cannot start: ROCKET_TLS: "), "{missing}");
    assert!(missing.contains("certificate.pem") && missing.contains("No such file"), "{missing}");
    certify(folder.path());
    let key = fs::read(folder.path().join("key.pem")).unwrap();
    fs::write(folder.path().join("key.pem"), "no key").unwrap();
    let no_key = refusal(&folder);
    assert!(no_key.contains("Persony cannot start: ROCKET_TLS: bad TLS private key: "), "{no_key}");
    certify(folder.path());
    fs::write(folder.path().join("key.pem"), key).unwrap();
    let other_key = refusal(&folder);
    assert!(other_key.contains("Persony cannot start: ROCKET_TLS: bad TLS config: "), "{other_key}");
}
