//! What the client library knows of a statement before the server has seen it.

use super::scan::scan;
use super::token::{Token, Word};
use crate::database::{Statement, StatementKind};

/// Reads kind and binds from the text alone. A text that cannot be read has no binds; executing it says why.
pub fn prepare(text: &str) -> Statement {
    let tokens = scan(text);
    // Whatever comes later, the first word tells the kind.
    let first = || scan(text.split_whitespace().next().unwrap_or_default()).unwrap_or_default();
    let kind = tokens.as_ref().map_or_else(|_| kind(&first()), |tokens| kind(tokens));
    let tokens = tokens.unwrap_or_default();
    let binds = names(&tokens);
    let returning = match kind {
        StatementKind::Insert | StatementKind::Update | StatementKind::Delete => {
            names(after_returning_into(&tokens))
        }
        _ => Vec::new(),
    };
    Statement { text: text.to_owned(), kind, binds, returning }
}

fn kind(tokens: &[Token]) -> StatementKind {
    let first = tokens.iter().find(|token| token.word != Word::Symbol("("));
    match first.map(|token| &token.word) {
        Some(Word::Name(name)) => match name.as_str() {
            "SELECT" | "WITH" => StatementKind::Select,
            "INSERT" => StatementKind::Insert,
            "UPDATE" => StatementKind::Update,
            "DELETE" => StatementKind::Delete,
            "MERGE" => StatementKind::Merge,
            "CREATE" => StatementKind::Create,
            "DROP" => StatementKind::Drop,
            "ALTER" => StatementKind::Alter,
            _ => StatementKind::Other,
        },
        _ => StatementKind::Other,
    }
}

fn names(tokens: &[Token]) -> Vec<String> {
    let name = |token: &Token| match &token.word {
        Word::Bind(name) => Some(name.clone()),
        _ => None,
    };
    tokens.iter().filter_map(name).collect()
}

/// The tokens after the `INTO` that follows `RETURNING` (or `RETURN`, which Oracle takes too).
fn after_returning_into(tokens: &[Token]) -> &[Token] {
    let is = |token: &Token, word: &str| matches!(&token.word, Word::Name(name) if name == word);
    let returning = tokens.iter().rposition(|token| is(token, "RETURNING") || is(token, "RETURN"));
    let into = returning
        .and_then(|start| tokens[start..].iter().position(|token| is(token, "INTO")).map(|n| start + n));
    into.map_or(&[], |into| &tokens[into..])
}
