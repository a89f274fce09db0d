use super::settings::Limits;
use crate::http::{AddressLimit, ClientAddress, TooMany};

/// What each client address may do in this process.
pub struct AddressLimits {
    logins: Option<AddressLimit>,
    registrations: Option<AddressLimit>,
}

impl AddressLimits {
    /// Without limits, every address may do everything.
    pub fn new(limits: Option<&Limits>) -> Self {
        Self {
            logins: limits.map(|limits| AddressLimit::new(limits.logins)),
            registrations: limits.map(|limits| AddressLimit::new(limits.registrations)),
        }
    }

    /// Lets a login go on.
    ///
    /// # Errors
    /// `TooMany`, with the seconds left to wait.
    pub fn admit_login(&self, client: ClientAddress) -> Result<(), TooMany> {
        self.logins.as_ref().map_or(Ok(()), |limit| limit.admit(client))
    }

    /// Lets a registration go on.
    ///
    /// # Errors
    /// As [`AddressLimits::admit_login`].
    pub fn admit_registration(&self, client: ClientAddress) -> Result<(), TooMany> {
        self.registrations.as_ref().map_or(Ok(()), |limit| limit.admit(client))
    }
}
