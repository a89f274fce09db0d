//! Oracle's implicit conversions, and the pairs of types that have none.

use super::typed::{Type, Typed};
use super::{Checked, Compiler, inconsistent};
use crate::database::messages::unimplemented_feature;

impl Compiler<'_> {
    /// The value as that type, converted as Oracle would.
    pub fn convert(&self, value: Typed, to: Type) -> Checked<Typed> {
        let call = |function: &str| format!("{function}({})", value.sql);
        Ok(match (value.kind, to) {
            (Type::Null, _) | (_, Type::Null) => value,
            (from, to) if from == to => value,
            (Type::Text, Type::Number) => Typed::number(call("ora_to_number")),
            (Type::Number, Type::Text) => Typed::text(call("ora_number_text"), 40),
            (Type::Text, Type::Clob) => Typed::clob(value.sql),
            (Type::Text, Type::Raw) => Typed::raw(call("ora_hex_raw")),
            (Type::Raw, Type::Text) => Typed::text(format!("nullif({}, '')", call("hex")), value.bytes()),
            (Type::Text, Type::Timestamp) | (Type::Timestamp, Type::Text) => {
                return Err(unimplemented_feature("a conversion by the session's format of timestamps"));
            }
            (Type::Clob, Type::Text) => return Err(unimplemented_feature("a CLOB as VARCHAR2")),
            (from, to) => return Err(inconsistent(to.name(), from.name())),
        })
    }

    /// Both as one type to compare them in: a text gives way to the other side's type.
    pub fn unify(&self, left: Typed, right: Typed) -> Checked<(Typed, Typed)> {
        let to = match (left.kind, right.kind) {
            (Type::Null, kind) | (kind, Type::Null) => kind,
            (Type::Text, kind) | (kind, Type::Text) => kind,
            (kind, _) => kind,
        };
        Ok((self.convert(left, to)?, self.convert(right, to)?))
    }

    /// The values of a CASE or COALESCE: one type for all, nothing converted.
    pub fn same_type(&self, values: &[Typed]) -> Checked<Type> {
        let mut kind = Type::Null;
        for value in values {
            match (kind, value.kind) {
                (_, Type::Null) => {}
                (Type::Null, found) => kind = found,
                (kind, found) if kind == found => {}
                (kind, found) => return Err(inconsistent(kind.name(), found.name())),
            }
        }
        Ok(kind)
    }
}

/// An expression of that kind, as wide as its widest part.
pub fn of_kind(kind: Type, sql: String, parts: &[Typed]) -> Typed {
    let nullable = parts.iter().all(|part| part.nullable);
    let typed = match kind {
        Type::Null | Type::Text => {
            let mut text = Typed::text(sql, parts.iter().map(Typed::bytes).max().unwrap_or(1));
            text.kind = kind;
            text
        }
        Type::Number => Typed::number(sql),
        Type::Timestamp => Typed::timestamp(sql),
        Type::Interval => Typed::interval(sql),
        Type::Raw => Typed::raw(sql),
        Type::Clob => Typed::clob(sql),
    };
    Typed { nullable, ..typed }
}
