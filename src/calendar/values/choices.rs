use serde::Serialize;
use utoipa::ToSchema;

/// Whether an event takes place: STATUS of RFC 5545, section 3.8.1.11. Confirmed is the default, and never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Status {
    Confirmed,
    Tentative,
    Cancelled,
}

/// Whether its time is taken: TRANSP of RFC 5545, section 3.8.2.7. Busy is the default, and never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum ShowAs {
    Busy,
    Free,
}

/// Who may know of it: CLASS of RFC 5545, section 3.8.1.3. Public is the default, and never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Visibility {
    Public,
    Private,
    Confidential,
}

impl Status {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Confirmed, "confirmed"), (Self::Tentative, "tentative"), (Self::Cancelled, "cancelled")];

    /// Reads it as the wire and the column spell it.
    ///
    /// # Errors
    /// What it must be, for a person.
    pub fn parse(text: &str) -> Result<Self, String> {
        one_of(&Self::ALL, text)
    }

    /// As the wire and the column spell it.
    pub fn as_str(self) -> &'static str {
        spelt(&Self::ALL, self)
    }
}

impl ShowAs {
    const ALL: [(Self, &'static str); 2] = [(Self::Busy, "busy"), (Self::Free, "free")];

    /// As [`Status::parse`].
    ///
    /// # Errors
    /// As [`Status::parse`].
    pub fn parse(text: &str) -> Result<Self, String> {
        one_of(&Self::ALL, text)
    }

    /// As the wire and the column spell it.
    pub fn as_str(self) -> &'static str {
        spelt(&Self::ALL, self)
    }
}

impl Visibility {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Public, "public"), (Self::Private, "private"), (Self::Confidential, "confidential")];

    /// As [`Status::parse`].
    ///
    /// # Errors
    /// As [`Status::parse`].
    pub fn parse(text: &str) -> Result<Self, String> {
        one_of(&Self::ALL, text)
    }

    /// As the wire and the column spell it.
    pub fn as_str(self) -> &'static str {
        spelt(&Self::ALL, self)
    }
}

fn one_of<T: Copy>(all: &[(T, &'static str)], text: &str) -> Result<T, String> {
    all.iter().find(|(_, name)| *name == text).map(|(choice, _)| *choice).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|(_, name)| *name).collect();
        format!("Must be {}", names.join(" or "))
    })
}

fn spelt<T: PartialEq>(all: &[(T, &'static str)], choice: T) -> &'static str {
    all.iter().find(|(one, _)| *one == choice).map_or("", |(_, name)| name)
}
