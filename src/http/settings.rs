use std::time::Duration;

use serde::Deserialize;

use super::WebOrigin;
use crate::settings::{ConfigError, Table, at_least_one, number, truth};

/// The keys of the table that are about HTTP.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// Origins that browsers may call `/api/*` from, separated by commas, or `*`.
    cors_origins: Option<String>,
    /// The header in which a proxy names the client.
    client_ip_header: Option<String>,
    /// Where people reach the server, as an absolute URL.
    public_url: Option<String>,
    /// Whether cookies are for HTTPS alone, however a request came.
    #[serde(deserialize_with = "truth")]
    cookie_secure: bool,
    /// Seconds in which a request's body must have come.
    #[serde(deserialize_with = "number")]
    request_body_timeout: u32,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            cors_origins: None,
            client_ip_header: None,
            public_url: None,
            cookie_secure: false,
            request_body_timeout: 30,
        }
    }
}

/// Whom the server lets call it, and how it knows who does.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Who may call the API from a browser's page of another origin.
    pub cors: CorsOrigins,
    /// The header in which a proxy names the client; `None`: no header is believed.
    pub client_ip_header: Option<String>,
    /// The origin of the server's own pages; `None`: what a request itself says.
    pub public_origin: Option<WebOrigin>,
    /// Whether cookies are for HTTPS alone, however a request came.
    pub cookie_secure: bool,
    /// How long a request's body may take to come; of one that is read piece by piece, its next piece.
    pub request_body_timeout: Duration,
}

/// Which origins browsers may call `/api/*` from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorsOrigins {
    /// `*`.
    Any,
    /// Any port of this machine, for work on a web page.
    Localhost,
    /// These, as browsers spell them: `https://calendar.example.com`.
    Listed(Vec<String>),
}

impl Settings {
    /// Reads and checks the part of the table that is about HTTP. In the debug profile any port of
    /// this machine may call, unless origins are listed.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for what is no origin, no header's name, or no URL.
    pub fn read(table: &Table, debug: bool) -> Result<Self, ConfigError> {
        let keys: Keys = table.part()?;
        at_least_one("REQUEST_BODY_TIMEOUT", keys.request_body_timeout.into())?;
        Ok(Self {
            cors: cors_origins(keys.cors_origins.as_deref(), debug)?,
            client_ip_header: client_ip_header(keys.client_ip_header.as_deref())?,
            public_origin: keys.public_url.as_deref().map(public_origin).transpose()?,
            cookie_secure: keys.cookie_secure,
            request_body_timeout: Duration::from_secs(keys.request_body_timeout.into()),
        })
    }
}

fn cors_origins(setting: Option<&str>, debug: bool) -> Result<CorsOrigins, ConfigError> {
    let Some(list) = setting else {
        return Ok(if debug { CorsOrigins::Localhost } else { CorsOrigins::Listed(Vec::new()) });
    };
    let origins: Vec<&str> = list.split(',').map(str::trim).filter(|origin| !origin.is_empty()).collect();
    if origins == ["*"] {
        return Ok(CorsOrigins::Any);
    }
    let origins = origins
        .into_iter()
        .map(|origin| {
            rocket::http::uri::Absolute::parse(origin)
                .ok()
                .filter(|uri| uri.authority().is_some() && uri.path() == "" && uri.query().is_none())
                .map(|_| origin.to_ascii_lowercase())
                .ok_or_else(|| {
                    ConfigError(format!(
                        "CORS_ORIGINS: {origin:?} is not an origin such as https://calendar.example.com"
                    ))
                })
        })
        .collect::<Result<_, _>>()?;
    Ok(CorsOrigins::Listed(origins))
}

fn public_origin(url: &str) -> Result<WebOrigin, ConfigError> {
    WebOrigin::of_url(url.trim()).ok_or_else(|| {
        ConfigError(format!("PUBLIC_URL: {url:?} is not a URL such as https://calendar.example.com"))
    })
}

/// The name of the header that names the client. `Forwarded` (RFC 7239) is none: its value is no
/// list of addresses.
fn client_ip_header(setting: Option<&str>) -> Result<Option<String>, ConfigError> {
    let Some(name) = setting.map(str::trim) else { return Ok(None) };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    match is_name && !name.eq_ignore_ascii_case("Forwarded") {
        true => Ok(Some(name.to_owned())),
        false => Err(ConfigError(format!(
            "CLIENT_IP_HEADER: {name:?} is not a header that holds addresses, such as X-Forwarded-For"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cors_defaults_to_this_machine_in_debug_and_to_nobody_in_release() {
        assert_eq!(cors_origins(None, true).unwrap(), CorsOrigins::Localhost);
        assert_eq!(cors_origins(None, false).unwrap(), CorsOrigins::Listed(Vec::new()));
        assert_eq!(cors_origins(Some("*"), false).unwrap(), CorsOrigins::Any);
        let listed = CorsOrigins::Listed(vec!["https://a.example".into(), "http://b.example:8080".into()]);
        assert_eq!(cors_origins(Some("https://a.example, http://b.example:8080"), false).unwrap(), listed);
    }
}
