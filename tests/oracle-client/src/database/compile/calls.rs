//! Functions.

use super::convert::of_kind;
use super::expr::number_literal;
use super::typed::{Type, Typed};
use super::{Checked, Compiler, invalid_identifier, quote};
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::parse::ast::{Call, Expr};

/// Oracle's functions that this stand-in does not have; any other unknown name is ORA-00904, as in Oracle.
const NOT_HERE: [&str; 74] = [
    "ABS",
    "ADD_MONTHS",
    "ASCII",
    "BITAND",
    "CAST",
    "CEIL",
    "CHR",
    "CONCAT_WS",
    "CONVERT",
    "CURRENT_DATE",
    "DECODE",
    "DENSE_RANK",
    "DUMP",
    "EXTRACT",
    "FIRST_VALUE",
    "FLOOR",
    "FROM_TZ",
    "INITCAP",
    "JSON_OBJECT",
    "JSON_QUERY",
    "JSON_VALUE",
    "LAG",
    "LAST_DAY",
    "LEAD",
    "LENGTHB",
    "LISTAGG",
    "LN",
    "LOG",
    "LPAD",
    "LTRIM",
    "MEDIAN",
    "MONTHS_BETWEEN",
    "NEW_TIME",
    "NEXT_DAY",
    "NLS_LOWER",
    "NLS_UPPER",
    "NULLIF",
    "NUMTOYMINTERVAL",
    "NVL2",
    "ORA_HASH",
    "POWER",
    "RANK",
    "REGEXP_COUNT",
    "REGEXP_INSTR",
    "REGEXP_LIKE",
    "REGEXP_REPLACE",
    "REGEXP_SUBSTR",
    "REPLACE",
    "ROUND",
    "ROW_NUMBER",
    "RPAD",
    "RTRIM",
    "SIGN",
    "SQRT",
    "STANDARD_HASH",
    "STDDEV",
    "SUBSTRB",
    "SYS_CONTEXT",
    "SYS_EXTRACT_UTC",
    "SYS_GUID",
    "TO_CHAR",
    "TO_CLOB",
    "TO_DATE",
    "TO_DSINTERVAL",
    "TO_NUMBER",
    "TO_TIMESTAMP",
    "TO_TIMESTAMP_TZ",
    "TRANSLATE",
    "TRIM",
    "TRUNC",
    "TZ_OFFSET",
    "USERENV",
    "VARIANCE",
    "VSIZE",
];

pub const AGGREGATES: [&str; 5] = ["COUNT", "MIN", "MAX", "SUM", "AVG"];

impl Compiler<'_> {
    pub fn call(&mut self, call: &Call) -> Checked<Typed> {
        if AGGREGATES.contains(&call.name.as_str()) {
            return self.aggregate(call);
        }
        if call.star || call.distinct {
            return Err(ora(936));
        }
        let arguments = &call.arguments[..];
        let name = call.name.as_str();
        arity(name, arguments.len())?;
        match name {
            "USER" => Ok(Typed::text(quote(self.user), 128)),
            "NVL" => {
                let values = self.exprs(arguments)?;
                let kind = if values[0].kind == Type::Null { values[1].kind } else { values[0].kind };
                let other = self.convert(values[1].clone(), kind)?;
                Ok(of_kind(kind, format!("ora_nvl({}, {})", values[0].sql, other.sql), &values))
            }
            "COALESCE" => {
                let values = self.exprs(arguments)?;
                let kind = self.same_type(&values)?;
                Ok(of_kind(kind, format!("coalesce({})", list(&values)), &values))
            }
            "GREATEST" | "LEAST" => self.extreme(name == "GREATEST", arguments),
            "UPPER" | "LOWER" => {
                let value = self.expr_as(&arguments[0], Type::Text)?;
                let bytes = value.bytes();
                Ok(Typed::text(format!("ora_{}({})", name.to_lowercase(), value.sql), bytes))
            }
            "LENGTH" => {
                let value = self.expr_as(&arguments[0], Type::Text)?;
                Ok(Typed::number(format!("ora_length({})", value.sql)))
            }
            "SUBSTR" => {
                let value = self.expr_as(&arguments[0], Type::Text)?;
                let numbers = self.arguments_as(&arguments[1..], Type::Number)?;
                Ok(Typed::text(format!("ora_substr({}, {})", value.sql, list(&numbers)), value.bytes()))
            }
            "INSTR" => {
                let mut values = self.arguments_as(&arguments[..2], Type::Text)?;
                values.extend(self.arguments_as(&arguments[2..], Type::Number)?);
                values.resize(4, number_literal("1")?);
                Ok(Typed::number(format!("ora_instr({})", list(&values))))
            }
            "MOD" => {
                let values = self.arguments_as(arguments, Type::Number)?;
                Ok(Typed::number(format!("ora_mod({})", list(&values))))
            }
            "HEXTORAW" | "RAWTOHEX" => {
                let (from, to) =
                    if name == "HEXTORAW" { (Type::Text, Type::Raw) } else { (Type::Raw, Type::Text) };
                let value = self.expr_as(&arguments[0], from)?;
                self.convert(value, to)
            }
            "NUMTODSINTERVAL" => {
                let number = self.expr_as(&arguments[0], Type::Number)?;
                let unit = self.expr_as(&arguments[1], Type::Text)?;
                Ok(Typed::interval(format!("ora_interval({}, {})", number.sql, unit.sql)))
            }
            _ if NOT_HERE.contains(&name) => Err(unimplemented_feature(format_args!("the function {name}"))),
            _ => Err(invalid_identifier(std::slice::from_ref(&call.name))),
        }
    }

    fn arguments_as(&mut self, arguments: &[Expr], kind: Type) -> Checked<Vec<Typed>> {
        arguments.iter().map(|argument| self.expr_as(argument, kind)).collect()
    }

    /// SQLite's max and min of several values give NULL where one is NULL, as Oracle's do.
    fn extreme(&mut self, greatest: bool, arguments: &[Expr]) -> Checked<Typed> {
        let values = self.exprs(arguments)?;
        let kind =
            values.iter().map(|value| value.kind).find(|kind| *kind != Type::Null).unwrap_or(Type::Null);
        let mut same = Vec::new();
        for value in values {
            same.push(self.convert(value, kind)?);
        }
        if same.len() == 1 {
            return Ok(same.remove(0));
        }
        let ordered: Vec<String> = same.iter().map(Typed::ordered).collect::<Checked<_>>()?;
        let function = if greatest { "max" } else { "min" };
        Ok(of_kind(kind, format!("{function}({})", ordered.join(", ")), &same))
    }

    fn aggregate(&mut self, call: &Call) -> Checked<Typed> {
        if !self.aggregates {
            return Err(ora(934));
        }
        if call.star {
            return match call.name.as_str() {
                "COUNT" => Ok(Typed { nullable: false, ..Typed::number("ora_number(count(*))".into()) }),
                _ => Err(ora(936)),
            };
        }
        arity(&call.name, call.arguments.len())?;
        // An aggregate of an aggregate needs an outer GROUP BY, and never stands in a plain query.
        self.aggregates = false;
        let value = self.expr(&call.arguments[0]);
        self.aggregates = true;
        let value = value?;
        let distinct = if call.distinct { "DISTINCT " } else { "" };
        Ok(match call.name.as_str() {
            "COUNT" => {
                let sql = format!("ora_number(count({distinct}{}))", value.ordered()?);
                Typed { nullable: false, ..Typed::number(sql) }
            }
            "MIN" | "MAX" => {
                let sql = format!("{}({})", call.name.to_lowercase(), value.ordered()?);
                Typed { nullable: true, ..Typed { sql, ..value } }
            }
            _ => {
                let value = self.convert(value, Type::Number)?;
                Typed::number(format!("ora_{}({distinct}{})", call.name.to_lowercase(), value.sql))
            }
        })
    }
}

fn list(values: &[Typed]) -> String {
    let sqls: Vec<&str> = values.iter().map(|value| value.sql.as_str()).collect();
    sqls.join(", ")
}

/// How many arguments a function takes; ORA-00938, ORA-00939 or ORA-00909 where they are too few or too many.
fn arity(name: &str, given: usize) -> Checked<()> {
    let (least, most) = match name {
        "NVL" | "MOD" | "NUMTODSINTERVAL" => (2, 2),
        "COALESCE" => (2, usize::MAX),
        "GREATEST" | "LEAST" => (1, usize::MAX),
        "HEXTORAW" | "RAWTOHEX" => (1, 1),
        "UPPER" | "LOWER" | "LENGTH" => (1, 1),
        "COUNT" | "MIN" | "MAX" | "SUM" | "AVG" => (1, 1),
        "SUBSTR" => (2, 3),
        "INSTR" => (2, 4),
        _ => return Ok(()),
    };
    match given {
        _ if least == most && given != least => Err(ora(909)),
        _ if given < least => Err(ora(938)),
        _ if given > most => Err(ora(939)),
        _ => Ok(()),
    }
}
