use pbkdf2::pbkdf2_hmac;
use rand::distr::{Alphanumeric, SampleString};
use scrypt::{Params, scrypt};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Werkzeug's parameters since 2.3: `scrypt:32768:8:1`, 16 characters of salt, 64 bytes out.
const LOG_N: u8 = 15;
const R: u32 = 8;
const P: u32 = 1;
const SALT_LENGTH: usize = 16;
const OUTPUT_LENGTH: usize = 64;

/// The most memory that checking a password may take. A stored hash that wants more is refused.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;

/// A password hash in the form in which Werkzeug's `generate_password_hash` writes it:
/// `method$salt$hex`. The salt is used as its ASCII bytes.
///
/// Source: <https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.generate_password_hash>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordHash {
    method: Method,
    salt: String,
    digest: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Method {
    Scrypt { log_n: u8, r: u32, p: u32 },
    Pbkdf2Sha256 { iterations: u32 },
}

impl PasswordHash {
    /// Hashes a password with a fresh salt. About 70 ms of one core, and 32 MiB.
    pub fn generate(password: &str) -> Self {
        let method = Method::Scrypt { log_n: LOG_N, r: R, p: P };
        let salt = Alphanumeric.sample_string(&mut rand::rng(), SALT_LENGTH);
        let digest = method.derive(password, &salt, OUTPUT_LENGTH);
        Self { method, salt, digest }
    }

    /// A hash that no password is known to match, at the cost of a real one. Checking against it
    /// makes an address that nobody registered take as long as a wrong password.
    pub fn of_nobody() -> Self {
        let method = Method::Scrypt { log_n: LOG_N, r: R, p: P };
        Self { method, salt: "0".repeat(SALT_LENGTH), digest: vec![0; OUTPUT_LENGTH] }
    }

    /// Reads a stored hash: scrypt, or the PBKDF2 with SHA-256 of older Werkzeug.
    ///
    /// Gives `None` for any other form, and for parameters that are not valid (RFC 7914, section
    /// 2) or would take more than 256 MiB.
    pub fn parse(stored: &str) -> Option<Self> {
        let mut parts = stored.splitn(3, '$');
        let method = Method::parse(parts.next()?)?;
        let salt = parts.next().filter(|salt| !salt.is_empty())?.to_owned();
        let digest = from_hex(parts.next()?)?;
        Some(Self { method, salt, digest })
    }

    /// Whether this is the password's hash, compared in constant time.
    pub fn verify(&self, password: &str) -> bool {
        self.method.derive(password, &self.salt, self.digest.len()).ct_eq(&self.digest).into()
    }
}

/// The stored form.
impl std::fmt::Display for PasswordHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.method {
            Method::Scrypt { log_n, r, p } => write!(formatter, "scrypt:{}:{r}:{p}", 1_u64 << log_n)?,
            Method::Pbkdf2Sha256 { iterations } => write!(formatter, "pbkdf2:sha256:{iterations}")?,
        }
        write!(formatter, "${}$", self.salt)?;
        self.digest.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl Method {
    fn parse(text: &str) -> Option<Self> {
        match *text.split(':').collect::<Vec<_>>() {
            ["scrypt", n, r, p] => {
                let (n, r, p) = (number(n)?, number(r)?, number(p)?);
                let memory = u64::from(n).checked_add(p.into())?.checked_mul(128)?.checked_mul(r.into())?;
                let log_n = u8::try_from(n.ilog2()).ok()?;
                let valid = n.is_power_of_two() && n > 1 && memory <= MAX_MEMORY;
                (valid && Params::new(log_n, r, p).is_ok()).then_some(Self::Scrypt { log_n, r, p })
            }
            ["pbkdf2", "sha256", iterations] => Some(Self::Pbkdf2Sha256 { iterations: number(iterations)? }),
            _ => None,
        }
    }

    fn derive(&self, password: &str, salt: &str, length: usize) -> Vec<u8> {
        let mut digest = vec![0; length];
        match *self {
            Self::Scrypt { log_n, r, p } => {
                let params = Params::new(log_n, r, p).expect("checked when the method was read");
                scrypt(password.as_bytes(), salt.as_bytes(), &params, &mut digest)
                    .expect("the digest's length was checked when it was read");
            }
            Self::Pbkdf2Sha256 { iterations } => {
                pbkdf2_hmac::<Sha256>(password.as_bytes(), salt.as_bytes(), iterations, &mut digest);
            }
        }
        digest
    }
}

/// A positive decimal number, digits alone.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text)?.parse().ok().filter(|number| *number > 0)
}

/// A digest of a plausible length: a short one would match too easily.
fn from_hex(text: &str) -> Option<Vec<u8>> {
    let plausible = text.is_ascii() && text.len().is_multiple_of(2) && (32..=256).contains(&text.len());
    let digits = text.as_bytes().iter().map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<_> = digits.collect::<Option<_>>().filter(|_| plausible)?;
    Some(digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect())
}

#[cfg(test)]
mod tests;
