use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many logins of each address are under way in this process.
#[derive(Default)]
pub struct InFlight(Mutex<HashMap<String, u32>>);

/// A login that is under way until this is dropped.
pub struct Place<'a> {
    all: &'a InFlight,
    key: String,
    /// How many of the same address were under way already.
    pub ahead: u32,
}

impl InFlight {
    /// Takes a place among the logins of an address.
    pub fn enter(&self, key: &str) -> Place<'_> {
        let mut all = self.lock();
        let places = all.entry(key.to_owned()).or_default();
        let ahead = *places;
        *places += 1;
        Place { all: self, key: key.to_owned(), ahead }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut all = self.all.lock();
        if let Some(places) = all.get_mut(&self.key) {
            *places -= 1;
            if *places == 0 {
                all.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_its_login_is_done() {
        let all = InFlight::default();
        let (first, second, other) = (all.enter("john"), all.enter("john"), all.enter("jane"));
        assert_eq!((first.ahead, second.ahead, other.ahead), (0, 1, 0));
        drop(first);
        assert_eq!(all.enter("john").ahead, 1);
        drop((second, other));
        assert!(all.lock().is_empty());
    }
}
