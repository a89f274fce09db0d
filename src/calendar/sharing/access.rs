use serde::Serialize;
use utoipa::ToSchema;

use crate::calendar::values::Visibility;

/// What a share lets its receiver do; each more than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[schema(as = ShareAccess)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// See when time is taken, and nothing else.
    Busy,
    /// See everything but what is private.
    Read,
    /// Create, change and delete events, too.
    Write,
}

impl Access {
    /// Takes what a column or a body says.
    ///
    /// # Errors
    /// What it must be, for a person.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "busy" => Ok(Self::Busy),
            "read" => Ok(Self::Read),
            "write" => Ok(Self::Write),
            _ => Err("Must be busy, read or write".into()),
        }
    }

    /// As the column has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    /// What it lets one do with an event of this visibility: a private or confidential one is busy to everybody but its
    /// owner.
    pub fn to(self, visibility: Option<Visibility>) -> Self {
        match visibility {
            None | Some(Visibility::Public) => self,
            Some(Visibility::Private | Visibility::Confidential) => Self::Busy,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_read_as_it_is_written_and_more_than_the_one_before() {
        let all = [Access::Busy, Access::Read, Access::Write];
        assert!(all.is_sorted());
        for access in all {
            assert_eq!(Access::parse(access.as_str()), Ok(access));
        }
        assert_eq!(Access::parse("owner"), Err("Must be busy, read or write".into()));
    }

    #[test]
    fn what_is_not_public_is_busy() {
        assert_eq!(Access::Write.to(None), Access::Write);
        assert_eq!(Access::Write.to(Some(Visibility::Public)), Access::Write);
        assert_eq!(Access::Write.to(Some(Visibility::Private)), Access::Busy);
        assert_eq!(Access::Read.to(Some(Visibility::Confidential)), Access::Busy);
    }
}
