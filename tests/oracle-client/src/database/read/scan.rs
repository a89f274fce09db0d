//! From text to tokens.

use super::token::{Token, Word};
use crate::database::messages::ora;
use crate::error::OracleError;

const SYMBOLS: [&str; 25] = [
    "<=", ">=", "<>", "!=", "^=", "||", "=>", "(", ")", ",", ".", "=", "<", ">", "+", "-", "*", "/", ";",
    "@", "?", "%", "[", "]", "&",
];

/// Splits the text into tokens, the last of them `End`. Comments are left out.
pub fn scan(text: &str) -> Result<Vec<Token>, OracleError> {
    let mut scanner = Scanner { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        scanner.skip_blanks_and_comments();
        let start = scanner.at;
        let word = scanner.word().map_err(|error| error.at(start))?;
        let done = word == Word::End;
        tokens.push(Token { word, start, end: scanner.at });
        if done {
            return Ok(tokens);
        }
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let length = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        let taken = rest[..length].to_owned();
        self.at += length;
        taken
    }

    fn skip_blanks_and_comments(&mut self) {
        loop {
            let rest = self.rest();
            self.at += match rest {
                _ if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
                _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
                _ => match rest.len() - rest.trim_start().len() {
                    0 => return,
                    blanks => blanks,
                },
            }
        }
    }

    fn word(&mut self) -> Result<Word, OracleError> {
        let Some(first) = self.peek() else {
            return Ok(Word::End);
        };
        let second = self.rest().chars().nth(1).unwrap_or(' ');
        match first {
            '\'' => self.literal().map(Word::Text),
            'q' | 'Q' if second == '\'' => self.alternative_literal().map(Word::Text),
            'n' | 'N' if second == '\'' => {
                self.at += 1;
                self.literal().map(Word::Text)
            }
            '"' => self.quoted_name().map(Word::Quoted),
            ':' if second == '"' => {
                self.at += 1;
                self.quoted_name().map(Word::Bind)
            }
            ':' if second.is_alphanumeric() => {
                self.at += 1;
                Ok(Word::Bind(self.take_while(is_name_character).to_uppercase()))
            }
            _ if first.is_ascii_digit() || (first == '.' && second.is_ascii_digit()) => Ok(self.number()),
            _ if first.is_alphabetic() => {
                let name = self.take_while(is_name_character).to_uppercase();
                if name.len() > 128 { Err(ora(972)) } else { Ok(Word::Name(name)) }
            }
            _ => Ok(self.symbol(first)),
        }
    }

    fn symbol(&mut self, first: char) -> Word {
        let known = SYMBOLS.iter().find(|symbol| self.rest().starts_with(**symbol));
        self.at += known.map_or(first.len_utf8(), |symbol| symbol.len());
        known.map_or(Word::Stray(first), |symbol| Word::Symbol(symbol))
    }

    fn literal(&mut self) -> Result<String, OracleError> {
        self.at += 1;
        let mut content = String::new();
        loop {
            let end = self.rest().find('\'').ok_or_else(|| ora(1756))?;
            content.push_str(&self.rest()[..end]);
            self.at += end + 1;
            if self.peek() != Some('\'') {
                return Ok(content);
            }
            content.push('\'');
            self.at += 1;
        }
    }

    /// `q'[it's]'`: the delimiter after the quote, or its closing bracket, ends the literal.
    fn alternative_literal(&mut self) -> Result<String, OracleError> {
        self.at += 2;
        let open = self.peek().ok_or_else(|| ora(1756))?;
        self.at += open.len_utf8();
        let close = match open {
            '[' => ']',
            '{' => '}',
            '(' => ')',
            '<' => '>',
            other => other,
        };
        let end = self.rest().find(&format!("{close}'")).ok_or_else(|| ora(1756))?;
        let content = self.rest()[..end].to_owned();
        self.at += end + close.len_utf8() + 1;
        Ok(content)
    }

    fn quoted_name(&mut self) -> Result<String, OracleError> {
        self.at += 1;
        let end = self.rest().find('"').ok_or_else(|| ora(1740))?;
        let name = self.rest()[..end].to_owned();
        self.at += end + 1;
        match name.len() {
            0 => Err(ora(1741)),
            1..=128 => Ok(name),
            _ => Err(ora(972)),
        }
    }

    fn number(&mut self) -> Word {
        let mut number = self.take_while(|c| c.is_ascii_digit());
        if self.peek() == Some('.') {
            self.at += 1;
            number.push('.');
            number += &self.take_while(|c| c.is_ascii_digit());
        }
        let exponent = self.rest().as_bytes();
        let signed = matches!(exponent.get(1), Some(b'+' | b'-')) as usize;
        if matches!(exponent.first(), Some(b'e' | b'E'))
            && exponent.get(1 + signed).is_some_and(u8::is_ascii_digit)
        {
            number += &self.rest()[..1 + signed];
            self.at += 1 + signed;
            number += &self.take_while(|c| c.is_ascii_digit());
        }
        Word::Number(number)
    }
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#')
}
