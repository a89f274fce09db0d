//! A place in the tokens, and the small steps that all readers share.

use super::ast::{ObjectName, Position};
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::read::{Token, Word, reserved::is_reserved, scan};
use crate::error::OracleError;

pub type Read<T> = Result<T, OracleError>;

pub struct Cursor<'a> {
    pub text: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Read<Self> {
        Ok(Self { text, tokens: scan(text)?, at: 0 })
    }

    pub fn token(&self) -> &Token {
        &self.tokens[self.at]
    }

    pub fn word(&self) -> &Word {
        &self.token().word
    }

    pub fn ahead(&self, by: usize) -> &Word {
        &self.tokens[(self.at + by).min(self.tokens.len() - 1)].word
    }

    pub fn advance(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    pub fn mark(&self) -> usize {
        self.at
    }

    pub fn reset(&mut self, mark: usize) {
        self.at = mark;
    }

    pub fn position(&self) -> Position {
        Position(self.token().start)
    }

    /// The text from a byte offset to the end of the last token taken.
    pub fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.tokens[self.at.max(1) - 1].end.max(start)]
    }

    /// The error with that number, at the current token.
    pub fn error(&self, code: i32) -> OracleError {
        ora(code).at(self.token().start)
    }

    pub fn fail<T>(&self, code: i32) -> Read<T> {
        Err(self.error(code))
    }

    /// Valid Oracle, but not understood here.
    pub fn unimplemented<T>(&self, what: &str) -> Read<T> {
        Err(unimplemented_feature(what).at(self.token().start))
    }

    pub fn at_word(&self, word: &str) -> bool {
        self.at_word_ahead(0, word)
    }

    pub fn at_word_ahead(&self, by: usize, word: &str) -> bool {
        matches!(self.ahead(by), Word::Name(name) if name == word)
    }

    pub fn at_words(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(by, word)| self.at_word_ahead(by, word))
    }

    pub fn take(&mut self, word: &str) -> bool {
        self.take_all(&[word])
    }

    /// Takes the words if all of them follow.
    pub fn take_all(&mut self, words: &[&str]) -> bool {
        let found = self.at_words(words);
        if found {
            words.iter().for_each(|_| self.advance());
        }
        found
    }

    pub fn expect(&mut self, word: &str, code: i32) -> Read<()> {
        if self.take(word) { Ok(()) } else { self.fail(code) }
    }

    pub fn at_symbol(&self, symbol: &str) -> bool {
        matches!(self.word(), Word::Symbol(known) if *known == symbol)
    }

    pub fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.at_symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    pub fn open(&mut self) -> Read<()> {
        if self.take_symbol("(") { Ok(()) } else { self.fail(906) }
    }

    pub fn close(&mut self) -> Read<()> {
        if self.take_symbol(")") { Ok(()) } else { self.fail(907) }
    }

    pub fn at_end(&self) -> bool {
        *self.word() == Word::End
    }

    /// Nothing may follow; `code` is what Oracle says where something does.
    pub fn end(&self, code: i32) -> Read<()> {
        match self.word() {
            Word::End => Ok(()),
            Word::Stray(_) => self.fail(911),
            _ => self.fail(code),
        }
    }

    pub fn at_name(&self) -> bool {
        match self.word() {
            Word::Name(name) => !is_reserved(name),
            Word::Quoted(_) => true,
            _ => false,
        }
    }

    /// An identifier; a reserved word or anything else is the error `code`.
    pub fn name(&mut self, code: i32) -> Read<String> {
        match self.word() {
            Word::Name(name) | Word::Quoted(name) if self.at_name() => {
                let name = name.clone();
                self.advance();
                Ok(name)
            }
            Word::Stray(_) => self.fail(911),
            _ => self.fail(code),
        }
    }

    pub fn object(&mut self, code: i32) -> Read<ObjectName> {
        let position = self.position();
        let first = self.name(code)?;
        if self.at_symbol("@") {
            return self.unimplemented("a database link");
        }
        Ok(match self.take_symbol(".") {
            true => ObjectName { schema: Some(first), name: self.name(code)?, position },
            false => ObjectName { schema: None, name: first, position },
        })
    }

    /// `(name, …)`
    pub fn names(&mut self) -> Read<Vec<String>> {
        self.open()?;
        let mut names = vec![self.name(904)?];
        while self.take_symbol(",") {
            names.push(self.name(904)?);
        }
        self.close()?;
        Ok(names)
    }

    pub fn text_literal(&mut self, code: i32) -> Read<String> {
        match self.word() {
            Word::Text(text) => {
                let text = text.clone();
                self.advance();
                Ok(text)
            }
            _ => self.fail(code),
        }
    }

    /// A whole number, perhaps signed.
    pub fn integer(&mut self, code: i32) -> Read<i64> {
        let sign = if self.take_symbol("-") { -1 } else { 1 };
        match self.word() {
            Word::Number(number) => {
                let number: i64 = number.parse().map_err(|_| self.error(code))?;
                self.advance();
                Ok(sign * number)
            }
            _ => self.fail(code),
        }
    }
}
