use super::access::{self, Choice};
use crate::calendar::{Access, Person, Share, ShareState};

/// A share, for whoever shares.
pub struct ShownShare {
    pub id: i64,
    /// The other's address.
    pub email: String,
    /// What they are called, where one has to do with them.
    pub name: Option<String>,
    pub access: Access,
    pub state: ShareState,
    /// Whether it was answered.
    pub state_name: &'static str,
    /// What it can let them do.
    pub choices: &'static [Choice],
}

impl ShownShare {
    /// As its owner sees it, who knows these people.
    pub fn new(share: Share, choices: &'static [Choice], known: &[Person]) -> Self {
        let person = known.iter().find(|person| person.email == share.email);
        Self {
            id: share.id,
            name: person
                .filter(|_| share.state == ShareState::Accepted)
                .and_then(|person| person.name.clone()),
            email: share.email,
            access: share.access,
            state: share.state,
            state_name: access::state(share.state),
            choices,
        }
    }

    /// Whether it waits for nobody, and lets nobody do anything.
    pub fn is_declined(&self) -> bool {
        self.state == ShareState::Declined
    }

    /// What it lets them do.
    pub fn access_name(&self) -> &'static str {
        let chosen = self.choices.iter().find(|choice| choice.access == self.access);
        chosen.map_or("", |choice| choice.name)
    }
}
