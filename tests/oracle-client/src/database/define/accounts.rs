//! CREATE USER, ALTER USER, DROP USER, GRANT, REVOKE.

use super::{Defined, Definer};
use crate::database::catalog::{Account, Grant, is_known_privilege};
use crate::database::messages::ora;
use crate::database::parse::ast::ObjectName;
use crate::error::OracleError;

impl Definer<'_> {
    fn require_system(&self, privilege: &str) -> Defined {
        if self.account()?.has(privilege) { Ok(()) } else { Err(ora(1031)) }
    }

    pub fn create_user(&mut self, name: &str, password: &str, quota: bool) -> Defined {
        self.require_system("CREATE USER")?;
        if self.catalog.accounts.contains_key(name) {
            let text = format_args!("user name '{name}' conflicts with another user or role name");
            return Err(OracleError::new(1920, text));
        }
        let account = Account { password: password.to_owned(), quota, ..Account::default() };
        self.catalog.accounts.insert(name.to_owned(), account);
        Ok(())
    }

    pub fn alter_user(&mut self, name: &str, password: Option<&str>, quota: Option<bool>) -> Defined {
        let own_password = name == self.user && quota.is_none();
        if !own_password {
            self.require_system("ALTER USER")?;
        }
        let account = self.catalog.accounts.get_mut(name).ok_or_else(|| no_user(name))?;
        if let Some(password) = password {
            account.password = password.to_owned();
        }
        account.quota = quota.unwrap_or(account.quota);
        Ok(())
    }

    pub fn drop_user(&mut self, name: &str, cascade: bool) -> Defined {
        self.require_system("DROP USER")?;
        if !self.catalog.accounts.contains_key(name) {
            return Err(no_user(name));
        }
        if name == "SYSTEM" {
            return Err(OracleError::new(28050, "specified user or role cannot be dropped"));
        }
        let owned: Vec<_> = self.catalog.tables.iter().filter(|table| table.owner == name).cloned().collect();
        let empty = owned.is_empty() && self.catalog.sequences.iter().all(|sequence| sequence.owner != name);
        if !cascade && !empty {
            return Err(OracleError::new(1922, format_args!("CASCADE must be specified to drop '{name}'")));
        }
        for table in &owned {
            self.locks.check_free(table.id)?;
            self.remove_table(table)?;
        }
        self.catalog.sequences.retain(|sequence| sequence.owner != name);
        self.catalog.accounts.remove(name);
        Ok(())
    }

    pub fn grant(&mut self, privileges: &[String], to: &[String], revoke: bool) -> Defined {
        self.require_system("GRANT ANY PRIVILEGE")?;
        if privileges.iter().any(|privilege| !is_known_privilege(privilege)) {
            return Err(ora(990));
        }
        for name in to {
            let account = self.catalog.accounts.get_mut(name).ok_or_else(|| no_user_or_role(name))?;
            for privilege in privileges {
                match revoke {
                    true => {
                        account.privileges.remove(privilege);
                    }
                    false => {
                        account.privileges.insert(privilege.clone());
                    }
                }
            }
        }
        Ok(())
    }

    pub fn grant_on(
        &mut self,
        privileges: &[String],
        table: &ObjectName,
        to: &[String],
        revoke: bool,
    ) -> Defined {
        const ALL: [&str; 7] = ["SELECT", "INSERT", "UPDATE", "DELETE", "REFERENCES", "ALTER", "INDEX"];
        let owner = table.schema.as_deref().unwrap_or(self.schema);
        let found =
            self.catalog.table(owner, &table.name).filter(|table| self.catalog.sees(self.user, table));
        let id = found.ok_or_else(|| ora(942).at(table.position.0))?.id;
        self.require(owner, "", "GRANT ANY OBJECT PRIVILEGE")?;
        let mut wanted: Vec<&str> = Vec::new();
        for privilege in privileges {
            match privilege.as_str() {
                "ALL" | "ALL PRIVILEGES" => wanted.extend(ALL),
                known if ALL.contains(&known) => wanted.push(known),
                "READ" => wanted.push("SELECT"),
                _ => return Err(ora(990)),
            }
        }
        for name in to {
            let account = self.catalog.accounts.get_mut(name).ok_or_else(|| no_user_or_role(name))?;
            account.grants.retain(|grant| grant.table != id || !wanted.contains(&grant.privilege.as_str()));
            if !revoke {
                let grants =
                    wanted.iter().map(|privilege| Grant { privilege: (*privilege).to_owned(), table: id });
                account.grants.extend(grants);
            }
        }
        Ok(())
    }
}

fn no_user(name: &str) -> OracleError {
    OracleError::new(1918, format_args!("user '{name}' does not exist"))
}

fn no_user_or_role(name: &str) -> OracleError {
    OracleError::new(1917, format_args!("user or role '{name}' does not exist"))
}
