use rocket::{Orbit, Rocket};

use crate::config::{Config, is_debug};
use crate::http::CorsOrigins;

/// What is not as it should be where others than oneself use the server, in a few words each.
pub fn cautions(config: &Config, rocket: &Rocket<Orbit>) -> Vec<&'static str> {
    let (debug, server) = (is_debug(rocket.figment()), rocket.config());
    [
        (debug, "the debug profile"),
        (config.auth.signing_key.is_kept_beside_database(), "a signing key that it made by itself"),
        (config.http.cors == CorsOrigins::Any, "CORS_ORIGINS is *"),
        (!server.address.is_loopback() && config.users.limits.is_none(), "RATE_LIMIT_ENABLED is false"),
        (
            !server.address.is_loopback() && !server.tls_enabled(),
            "no TLS on an address that others can reach",
        ),
    ]
    .into_iter()
    .filter_map(|(holds, caution)| holds.then_some(caution))
    .collect()
}
