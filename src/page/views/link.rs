use super::entry::Entry;

/// An event in a grid, as a link to its page.
pub struct Link {
    pub address: String,
    pub title: String,
    pub fill: String,
    /// Words of the stylesheet.
    pub class: String,
    /// What is not seen by looking alone.
    pub unseen: String,
    pub id: i64,
    pub occurrence: String,
    /// Whether it is the reader's to move.
    pub may_write: bool,
    /// When it begins on the clocks: a date where it is for whole days.
    pub begins: String,
    /// When it ends: the last date where it is for whole days.
    pub ends: String,
}

impl Link {
    /// Of this kind, with those words of `looks` that are so, and what is told of it.
    pub fn new(
        entry: &Entry,
        kind: &str,
        looks: &[(bool, &str)],
        told: impl IntoIterator<Item = String>,
    ) -> Self {
        let status = entry.status();
        let own = [(entry.is_free, "free"), (!status.is_empty(), status)];
        let mut class = kind.to_owned();
        for (_, word) in looks.iter().chain(&own).filter(|(is, _)| *is) {
            class.extend([" ", word]);
        }
        let whose = entry.owner.as_ref().map(|owner| format!("of {owner}"));
        let status = (!status.is_empty()).then(|| status.to_owned());
        let unseen: Vec<_> = told.into_iter().chain(status).chain(whose).collect();
        let (begins, ends) = entry.written();
        Self {
            address: entry.address(),
            title: entry.title.clone(),
            fill: entry.swatch.fill.clone(),
            class,
            unseen: unseen.join(", "),
            id: entry.id,
            occurrence: entry.occurrence(),
            may_write: entry.may_write,
            begins,
            ends,
        }
    }
}
