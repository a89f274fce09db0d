use super::Bind;

/// A list of integers of any length in a statement, without a statement text for each length.
///
/// The list is padded to the next of four lengths by repeating its last integer, which changes
/// nothing of what `IN` means; a longer one is taken in parts. So each statement has four texts, and
/// four cursors on Oracle, whose own limit is 1,000 (ORA-01795). A collection as a bind would be one
/// text, and would need the driver's object types on one engine and a table-valued function on the
/// other.
pub struct InList<'i> {
    name: &'i str,
    names: Vec<String>,
    integers: &'i [i64],
}

const LENGTHS: [usize; 4] = [1, 8, 64, 256];

impl<'i> InList<'i> {
    /// The list in parts of at most 256; none, if it is empty.
    pub fn parts(name: &'i str, integers: &'i [i64]) -> impl Iterator<Item = Self> {
        let longest = LENGTHS[LENGTHS.len() - 1];
        integers.chunks(longest).map(move |part| {
            let length = LENGTHS.into_iter().find(|length| *length >= part.len()).unwrap_or(longest);
            let names = (1..=length).map(|number| format!("{name}_{number}")).collect();
            Self { name, names, integers: part }
        })
    }

    /// The statement with the list's binds in the place of `(:name)`.
    pub fn expand(&self, sql: &str) -> String {
        let binds: Vec<_> = self.names.iter().map(|name| format!(":{name}")).collect();
        sql.replace(&format!("(:{})", self.name), &format!("({})", binds.join(", ")))
    }

    /// The list's binds.
    pub fn binds(&self) -> Vec<Bind<'_>> {
        let last = self.integers.last().copied().unwrap_or_default();
        let padded = self.integers.iter().copied().chain(std::iter::repeat(last));
        self.names.iter().zip(padded).map(|(name, integer)| (name.as_str(), integer.into())).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::db::Value;

    const SQL: &str = "SELECT ID FROM T WHERE ID IN (:ids) AND U = :ids_of";

    #[test]
    fn lists_of_all_lengths_share_four_texts() {
        let texts: BTreeSet<_> = (1..=600_i64)
            .flat_map(|length| {
                let integers: Vec<_> = (0..length).collect();
                InList::parts("ids", &integers).map(|part| part.expand(SQL)).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(texts.len(), 4);
        assert!(texts.contains("SELECT ID FROM T WHERE ID IN (:ids_1) AND U = :ids_of"), "{texts:?}");
    }

    #[test]
    fn each_part_holds_its_integers_and_no_others() {
        for length in [0, 1, 2, 8, 9, 64, 65, 256, 257, 1_000] {
            let integers: Vec<i64> = (0..length).collect();
            let bound: Vec<i64> = InList::parts("ids", &integers)
                .flat_map(|part| {
                    let binds = part.binds().into_iter().map(|(_, value)| match value {
                        Value::Integer(Some(integer)) => integer,
                        value => panic!("{value:?}"),
                    });
                    binds.collect::<BTreeSet<_>>()
                })
                .collect();
            assert_eq!(bound, integers, "{length}");
        }
    }
}
