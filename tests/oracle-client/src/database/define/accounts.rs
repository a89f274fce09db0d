//! CREATE USER and GRANT.

use super::{Defined, Definer};
use crate::database::catalog::{Account, is_known_privilege};
use crate::database::messages::ora;
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

    pub fn grant(&mut self, privileges: &[String], to: &[String]) -> Defined {
        self.require_system("GRANT ANY PRIVILEGE")?;
        if privileges.iter().any(|privilege| !is_known_privilege(privilege)) {
            return Err(ora(990));
        }
        for name in to {
            let account = self.catalog.accounts.get_mut(name).ok_or_else(|| no_user_or_role(name))?;
            account.privileges.extend(privileges.iter().cloned());
        }
        Ok(())
    }
}

fn no_user_or_role(name: &str) -> OracleError {
    OracleError::new(1917, format_args!("user or role '{name}' does not exist"))
}
