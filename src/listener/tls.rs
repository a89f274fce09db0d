use std::io;
use std::path::Path;
use std::sync::Arc;

use rocket::config::{CipherSuite, TlsConfig};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::ServerSessionMemoryCache;
use tokio_rustls::rustls::{ServerConfig, SupportedCipherSuite};

/// Sessions that are remembered for clients which cannot keep a ticket.
const SESSIONS: usize = 1024;

/// What ROCKET_TLS describes, with HTTP/2 for those who ask for it.
///
/// # Errors
/// For a file that cannot be read, what is no certificate or key, and a key that is not the certificate's.
pub fn acceptor(config: &TlsConfig) -> io::Result<TlsAcceptor> {
    let certificates = config.certs().either(|path| read(&path), |bytes| Ok(bytes.to_vec()))?;
    let key = config.key().either(|path| read(&path), |bytes| Ok(bytes.to_vec()))?;
    let bad =
        |what: &str, error: &dyn std::fmt::Display| io::Error::other(format!("bad TLS {what}: {error}"));
    let certificates = CertificateDer::pem_slice_iter(&certificates)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| bad("certificate chain", &error))?;
    let key = PrivateKeyDer::from_pem_slice(&key).map_err(|error| bad("private key", &error))?;
    let unknown = || bad("config", &"a cipher suite that is not known here");
    let cipher_suites = config.ciphers().map(|of| suite(of).ok_or_else(unknown)).collect::<Result<_, _>>()?;
    let provider = CryptoProvider { cipher_suites, ..ring::default_provider() };
    let mut tls = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| bad("config", &error))?
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .map_err(|error| bad("config", &error))?;
    tls.ignore_client_order = config.prefer_server_cipher_order();
    tls.session_storage = ServerSessionMemoryCache::new(SESSIONS);
    tls.ticketer = ring::Ticketer::new().map_err(|error| bad("ticketer", &error))?;
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(tls)))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    std::fs::read(path).map_err(named)
}

/// Rocket's name of a suite, as rustls has it.
fn suite(of: CipherSuite) -> Option<SupportedCipherSuite> {
    use CipherSuite as Named;
    use ring::cipher_suite as known;
    Some(match of {
        Named::TLS_CHACHA20_POLY1305_SHA256 => known::TLS13_CHACHA20_POLY1305_SHA256,
        Named::TLS_AES_256_GCM_SHA384 => known::TLS13_AES_256_GCM_SHA384,
        Named::TLS_AES_128_GCM_SHA256 => known::TLS13_AES_128_GCM_SHA256,
        Named::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 => {
            known::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        }
        Named::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 => {
            known::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        }
        Named::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 => known::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        Named::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 => known::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        Named::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 => known::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        Named::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 => known::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        _ => return None,
    })
}
