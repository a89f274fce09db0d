use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::{App, TEST_KEY};

/// What the server answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: String,
}

impl Reply {
    /// The header's value; several lines of it joined by commas.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<_> = self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Asserts status and body, to the letter.
    #[track_caller]
    pub fn is(&self, status: u16, body: &str) {
        assert_eq!((self.status, self.body.as_str()), (status, body));
    }

    /// Asserts an error on these fields.
    #[track_caller]
    pub fn is_error(&self, status: u16, fields: &[(&str, &str)]) {
        let fields: serde_json::Map<_, _> =
            fields.iter().map(|(field, message)| ((*field).to_owned(), json!(message))).collect();
        assert_eq!((self.status, self.json()), (status, json!({ "errors": fields })));
        assert_eq!(self.header("content-type").as_deref(), Some("application/json"));
    }
}

pub fn agent() -> ureq::Agent {
    // Under a command such as valgrind a line of passwords is hashed in minutes.
    let seconds = if super::server::under().is_some() { 1800 } else { 60 };
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(seconds)));
    config.build().into()
}

/// `Authorization` of a token for the user, signed as the server signs.
pub fn bearer(user: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    signed(&json!({"type": "access", "sub": user.to_string(), "nbf": now, "exp": now + 600}))
}

/// `Authorization` of a token with these claims.
pub fn signed(claims: &Value) -> String {
    let key = EncodingKey::from_secret(TEST_KEY.as_bytes());
    format!("Bearer {}", encode(&Header::default(), claims, &key).unwrap())
}

impl App {
    /// A request with a method of any name, headers and a body.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = self
            .agent
            .configure_request(request.body(body).unwrap())
            .allow_non_standard_methods(true)
            .build();
        let mut response = self.agent.run(sent).unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let body = response.body_mut().with_config().limit(64 << 20).read_to_string().unwrap();
        Reply { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, &[("Content-Type", "application/json")], body.to_string().as_bytes())
    }

    /// A request of a user's.
    pub fn send_as(&self, user: i64, method: &str, path: &str, body: &Value) -> Reply {
        self.send(method, path, &[("Authorization", &bearer(user))], body.to_string().as_bytes())
    }

    pub fn register(&self, email: &str, password: &str) -> Reply {
        let body = json!({"email": email, "password": password, "confirm_password": password});
        self.post("/api/users/register", &body)
    }

    pub fn log_in(&self, email: &str, password: &str) -> Reply {
        self.post("/api/users/login", &json!({"email": email, "password": password}))
    }

    /// The id of a new user.
    pub fn new_user(&self, email: &str) -> i64 {
        let reply = self.register(email, "password");
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.json()["id"].as_i64().unwrap()
    }

    /// The id of a new event of the user's.
    pub fn new_event(&self, user: i64, title: &str, start_at: &str) -> i64 {
        let reply =
            self.create_event(user, &json!({"title": title, "start_at": start_at, "end_at": start_at}));
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.json()["id"].as_i64().unwrap()
    }

    pub fn create_event(&self, user: i64, event: &Value) -> Reply {
        self.send_as(user, "POST", "/api/calendar/events", event)
    }

    pub fn list_events(&self, user: i64) -> Reply {
        self.send("GET", "/api/calendar/events", &[("Authorization", &bearer(user))], b"")
    }
}
