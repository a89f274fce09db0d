//! The service name in a connect string.

use crate::error::OracleError;
use crate::messages;

/// Takes what the client takes: `[protocol://]host[:port]/service[:server][?parameters]`, a bare
/// alias, or a description with its `SERVICE_NAME=`. Host, port and parameters are ignored.
pub fn service(connect_string: &str) -> Result<String, OracleError> {
    let text = connect_string.trim();
    if text.is_empty() {
        return Err(messages::error(12162));
    }
    let name = if text.starts_with('(') { described(text) } else { easy(text) };
    let name = name.to_uppercase();
    if name.is_empty() {
        return Err(messages::error(12504));
    }
    // The name becomes a file's name.
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.$#".contains(c)) || name.starts_with('.') {
        return Err(messages::error(12154));
    }
    Ok(name)
}

fn easy(text: &str) -> String {
    let path = text.split('?').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    // `host:port` alone is no service; `service:pooled` is one, with a server type.
    last.split(':').next().unwrap_or_default().to_owned()
}

fn described(text: &str) -> String {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let upper = packed.to_uppercase();
    let start = upper.find("SERVICE_NAME=").map(|at| at + "SERVICE_NAME=".len());
    start.and_then(|at| packed[at..].split(')').next()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::service;

    #[test]
    fn the_last_part_of_the_path_is_the_service() {
        for text in [
            "db.example:1521/freepdb1",
            "//db.example/freepdb1",
            "tcps://db.example:1522/FreePdb1?wallet_location=/etc/wallet&transport_connect_timeout=5",
            "freepdb1",
            "db.example/freepdb1:pooled",
            "(DESCRIPTION=(ADDRESS=(HOST=db))(CONNECT_DATA=(SERVICE_NAME = freepdb1)))",
        ] {
            assert_eq!(service(text).unwrap(), "FREEPDB1", "{text}");
        }
    }

    #[test]
    fn a_connect_string_without_a_service_is_refused() {
        assert_eq!(service("").unwrap_err().code, 12162);
        assert_eq!(service("db.example:1521/").unwrap_err().code, 12504);
        assert_eq!(service("db.example/../secret/..").unwrap_err().code, 12154);
    }
}
