//! Finding the table that a statement names, and whether the user may do this with it.

use super::{Checked, Compiler};
use crate::database::catalog::Table;
use crate::database::messages::ora;
use crate::database::parse::ast::ObjectName;

impl<'a> Compiler<'a> {
    /// The table, if the user may use it so. A table that the user has no right on at all is not there.
    pub fn table(&self, name: &ObjectName, privilege: &str) -> Checked<&'a Table> {
        let schema = name.schema.as_deref().unwrap_or(self.schema);
        let found = self.catalog.table(schema, &name.name);
        let absent = || ora(942).at(name.position.0);
        let table = found.filter(|table| self.catalog.sees(self.user, table)).ok_or_else(absent)?;
        if self.catalog.allows(self.user, table, privilege) {
            Ok(table)
        } else {
            Err(ora(1031).at(name.position.0))
        }
    }
}
