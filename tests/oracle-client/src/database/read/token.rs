//! The pieces that a statement's text is made of.

/// One piece of a statement's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// An identifier or keyword without quotes, folded to upper case.
    Name(String),
    /// An identifier in double quotes, as written.
    Quoted(String),
    /// A string literal's content.
    Text(String),
    /// A number literal as written.
    Number(String),
    /// A bind's name in upper case, without the colon.
    Bind(String),
    Symbol(&'static str),
    /// A character that starts nothing in Oracle's SQL.
    Stray(char),
    End,
}

/// A word and the bytes of the text that it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub word: Word,
    pub start: usize,
    pub end: usize,
}
