use std::cell::RefCell;

use crate::api::sessions::cookies::Browser;
use crate::api::support::{App, Reply};

/// What browsers ask for.
pub const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Somebody in front of a browser that runs no scripts.
pub struct Person<'a> {
    pub app: &'a App,
    browser: RefCell<Browser>,
}

impl<'a> Person<'a> {
    /// Who is not logged in.
    pub fn nobody(app: &'a App) -> Self {
        Self { app, browser: RefCell::default() }
    }

    /// Who has an account of this address, and has logged in by the page.
    pub fn new(app: &'a App, email: &str) -> Self {
        app.new_user(email);
        Self::known(app, email)
    }

    /// Who has logged in by the page to an account that is there.
    pub fn known(app: &'a App, email: &str) -> Self {
        let person = Self::nobody(app);
        person.post("/login", &[("email", email), ("password", "password")]).leads_to("/");
        person
    }

    pub fn get(&self, path: &str) -> Reply {
        self.browser.borrow_mut().send(self.app, "GET", path, &[("Accept", HTML)], b"")
    }

    /// Sends a form's fields, without what it proves itself by.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("Accept", HTML), ("Content-Type", "application/x-www-form-urlencoded")];
        self.browser.borrow_mut().send(self.app, "POST", path, &headers, body.as_bytes())
    }

    /// Sends a form's fields, as a form of ours does.
    pub fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.csrf_token();
        self.post(path, &[&[("csrf_token", token.as_str())], fields].concat())
    }

    pub fn csrf_token(&self) -> String {
        self.browser.borrow().0.get("csrf_access_token").cloned().unwrap_or_default()
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.browser.borrow().0.get(name).cloned()
    }
}

impl Reply {
    /// Asserts that it leads elsewhere, after something was done.
    #[track_caller]
    pub fn leads_to(&self, path: &str) {
        assert_eq!((self.status, self.header("location").as_deref()), (303, Some(path)), "{}", self.body);
    }

    /// Asserts that it is a page with all these pieces of HTML, in this order.
    #[track_caller]
    pub fn shows(&self, status: u16, pieces: &[&str]) {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.header("content-type").as_deref(), Some("text/html; charset=utf-8"));
        let mut rest = self.body.as_str();
        for piece in pieces {
            let found =
                rest.find(piece).unwrap_or_else(|| panic!("no {piece:?} in what is left of\n{}", self.body));
            rest = &rest[found + piece.len()..];
        }
    }

    /// Asserts that it has none of these.
    #[track_caller]
    pub fn has_none_of(&self, pieces: &[&str]) {
        for piece in pieces {
            assert!(!self.body.contains(piece), "{piece:?} in\n{}", self.body);
        }
    }
}
