use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::http::ClientAddress;

/// How many places of the line one client address may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shares {
    /// As many as it leaves free. Alone that is half of the line, and of two that press in each has
    /// a third; so there is always a place for who has none, and an office behind one address finds
    /// most of them while nobody else wants any. Packet switches share their buffers by this rule.
    ///
    /// Source: Choudhury and Hahne, "Dynamic queue length thresholds for shared-memory packet
    /// switches", IEEE/ACM Transactions on Networking 6 (1998), with alpha = 1
    Limited,
    /// All of them.
    Unlimited,
}

/// There is no place: try again later.
#[derive(Debug, PartialEq, Eq)]
pub enum Busy {
    /// In the whole line.
    Full,
    /// For this client address, which holds its share.
    Share,
}

/// The passwords that are being hashed or wait to be.
pub struct Line {
    places: usize,
    shares: Shares,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    all: usize,
    by: HashMap<ClientAddress, usize>,
}

/// A place of the line, until this is dropped.
pub struct Place {
    line: Arc<Line>,
    client: ClientAddress,
}

impl Line {
    /// With so many places, all of them free.
    pub fn new(places: usize, shares: Shares) -> Self {
        Self { places, shares, held: Mutex::default() }
    }

    /// How many places are held.
    pub fn held(&self) -> usize {
        self.lock().all
    }

    /// Takes a place for a client.
    ///
    /// # Errors
    /// `Busy` where there is none for it.
    pub fn enter(self: &Arc<Self>, client: ClientAddress) -> Result<Place, Busy> {
        let mut held = self.lock();
        let free = self.places - held.all;
        let own = held.by.get(&client).copied().unwrap_or(0);
        if free == 0 {
            return Err(Busy::Full);
        }
        if self.shares == Shares::Limited && own >= free {
            return Err(Busy::Share);
        }
        held.all += 1;
        held.by.insert(client, own + 1);
        Ok(Place { line: Arc::clone(self), client })
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.line.lock();
        held.all -= 1;
        if let Some(own) = held.by.get_mut(&self.client) {
            *own -= 1;
            if *own == 0 {
                held.by.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::iter;
    use std::net::Ipv4Addr;

    use super::*;

    fn client(number: u32) -> ClientAddress {
        ClientAddress::of(Ipv4Addr::from_bits(number).into())
    }

    /// All the places that a client gets now, and why it gets no more.
    fn fill(line: &Arc<Line>, client: ClientAddress) -> (Vec<Place>, Busy) {
        let mut refusal = Busy::Full;
        let enter = || line.enter(client).map_err(|busy| refusal = busy).ok();
        let places = iter::from_fn(enter).collect();
        (places, refusal)
    }

    #[test]
    fn one_client_holds_half_of_the_line_at_most() {
        let line = Arc::new(Line::new(66, Shares::Limited));
        let (places, refusal) = fill(&line, client(1));
        assert_eq!((places.len(), refusal, line.held()), (33, Busy::Share, 33));
        drop(places);
        assert_eq!(line.held(), 0);
        assert!(line.lock().by.is_empty(), "who holds nothing is forgotten");
        assert_eq!(fill(&line, client(1)).0.len(), 33);
    }

    #[test]
    fn each_that_comes_finds_half_of_what_is_free() {
        let line = Arc::new(Line::new(66, Shares::Limited));
        let all: Vec<_> = (0..6).map(|number| fill(&line, client(number)).0).collect();
        assert_eq!(all.iter().map(Vec::len).collect::<Vec<_>>(), [33, 17, 8, 4, 2, 1]);
        let last = line.enter(client(6)).unwrap();
        assert_eq!(line.enter(client(7)).err(), Some(Busy::Full));
        drop(last);
        assert!(line.enter(client(7)).is_ok());
    }

    #[test]
    fn two_that_press_in_have_a_third_each_in_the_end() {
        let line = Arc::new(Line::new(66, Shares::Limited));
        let (first, second) = (client(1), client(2));
        let (mut of_first, mut of_second) = (fill(&line, first).0, fill(&line, second).0);
        // The one that has waited longest is hashed, and both want its place.
        for _ in 0..66 {
            drop(of_first.pop());
            of_second.extend(line.enter(second));
            of_first.extend(line.enter(first));
            drop(of_second.pop());
            of_first.extend(line.enter(first));
            of_second.extend(line.enter(second));
        }
        // And one more for the one that asked when the other had just lost one.
        assert_eq!((of_first.len(), of_second.len(), line.held()), (23, 22, 45));
    }

    #[test]
    fn without_limits_one_client_may_hold_all() {
        let line = Arc::new(Line::new(66, Shares::Unlimited));
        let (places, refusal) = fill(&line, client(1));
        assert_eq!((places.len(), refusal), (66, Busy::Full));
    }
}
