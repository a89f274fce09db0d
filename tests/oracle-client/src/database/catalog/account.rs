//! Accounts and what they may do.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::model::{Catalog, Table};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Account {
    /// In the clear: these are the passwords of tests.
    pub password: String,
    /// System privileges and roles, as granted.
    pub privileges: BTreeSet<String>,
    /// Whether the account has room for rows in its tablespace.
    pub quota: bool,
}

/// What the roles that every database has stand for.
fn role(name: &str) -> &'static [&'static str] {
    match name {
        "CONNECT" => &["CREATE SESSION", "SET CONTAINER"],
        "RESOURCE" => {
            &["CREATE TABLE", "CREATE SEQUENCE", "CREATE TRIGGER", "CREATE PROCEDURE", "CREATE TYPE"]
        }
        _ => &[],
    }
}

/// Is this a system privilege or role that can be granted here?
pub fn is_known(privilege: &str) -> bool {
    ["CONNECT", "RESOURCE", "DBA", "SET CONTAINER"].contains(&privilege)
        || privilege.starts_with("CREATE ")
        || privilege.starts_with("ALTER ")
        || privilege.starts_with("DROP ")
        || privilege.starts_with("SELECT ")
        || privilege == "UNLIMITED TABLESPACE"
}

impl Account {
    /// Has the account a system privilege, itself or by a role?
    pub fn has(&self, privilege: &str) -> bool {
        self.privileges.contains("DBA")
            || self.privileges.contains(privilege)
            || self.privileges.iter().any(|granted| role(granted).contains(&privilege))
    }

    pub fn has_quota(&self) -> bool {
        self.quota || self.has("UNLIMITED TABLESPACE")
    }
}

impl Catalog {
    /// May the user do this with the table? One's own tables allow everything.
    pub fn allows(&self, user: &str, table: &Table, privilege: &str) -> bool {
        let Some(account) = self.accounts.get(user) else {
            return false;
        };
        table.owner == user || account.has(&format!("{privilege} ANY TABLE"))
    }

    /// Another's table without any right on it is as good as absent.
    pub fn sees(&self, user: &str, table: &Table) -> bool {
        ["SELECT", "INSERT", "UPDATE", "DELETE", "REFERENCES", "ALTER", "INDEX"]
            .iter()
            .any(|privilege| self.allows(user, table, privilege))
    }
}
