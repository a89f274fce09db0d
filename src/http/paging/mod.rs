//! Lists in pages, everywhere the same: `limit` says how many rows a page has, and `cursor` after which row it
//! begins. The body is the plain list; the next page, where there is one, is named by the answer's `Link`.

mod cursor;
mod key;
mod link;
mod page;
mod parameters;

pub use cursor::{read as read_cursor, write as write_cursor};
pub use key::Key;
pub use page::{Page, PageSize, Paged};
pub use parameters::PageParameters;

#[cfg(test)]
mod tests;
