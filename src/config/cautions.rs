use super::{Config, CorsOrigins};

impl Config {
    /// What is not as it should be where others than oneself use the server, in a few words each.
    pub fn cautions(&self, figment: &figment::Figment, rocket: &rocket::Config) -> Vec<&'static str> {
        let debug = figment.profile() == rocket::Config::DEBUG_PROFILE;
        [
            (debug, "the debug profile"),
            (self.signing_key.is_kept_beside_database(), "a signing key that it made by itself"),
            (self.cors == CorsOrigins::Any, "CORS_ORIGINS is *"),
            (!rocket.address.is_loopback() && self.limits.is_none(), "RATE_LIMIT_ENABLED is false"),
            (
                !rocket.address.is_loopback() && !rocket.tls_enabled(),
                "no TLS on an address that others can reach",
            ),
        ]
        .into_iter()
        .filter_map(|(holds, caution)| holds.then_some(caution))
        .collect()
    }
}
