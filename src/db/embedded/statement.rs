use std::borrow::Cow;

use rusqlite::types::{Null, ToSqlOutput};
use rusqlite::{CachedStatement, Connection, ToSql};

use super::error::classify;
use super::file::seconds_of;
use crate::db::{Bind, DbError, Value};

/// A prepared statement with all of its binds, no more and no fewer, as Oracle wants them.
pub fn prepare<'c>(
    connection: &'c Connection,
    sql: &str,
    binds: &[Bind<'_>],
) -> Result<CachedStatement<'c>, DbError> {
    let mut statement = connection.prepare_cached(&in_sqlite(sql)).map_err(classify)?;
    bind(&mut statement, sql, binds)?;
    Ok(statement)
}

/// Gives a statement these binds in the place of those that it had.
pub fn bind(statement: &mut CachedStatement<'_>, sql: &str, binds: &[Bind<'_>]) -> Result<(), DbError> {
    if statement.parameter_count() != binds.len() {
        let (wants, given) = (statement.parameter_count(), binds.len());
        return Err(DbError::Failed(format!("{wants} binds wanted, {given} given: {sql}")));
    }
    for (name, value) in binds {
        let index = statement.parameter_index(&format!(":{name}")).map_err(classify)?;
        let index = index.ok_or_else(|| DbError::Failed(format!("no bind :{name} in: {sql}")))?;
        statement.raw_bind_parameter(index, value).map_err(classify)?;
    }
    Ok(())
}

/// The statement in SQLite's words, where it has others: row limiting, at the end of a query; and the length of
/// an interval that stands in the text, which an index can be of.
fn in_sqlite(sql: &str) -> Cow<'_, str> {
    match with_lengths(sql) {
        Cow::Borrowed(sql) => limited(sql),
        Cow::Owned(sql) => Cow::Owned(limited(&sql).into_owned()),
    }
}

fn limited(sql: &str) -> Cow<'_, str> {
    const BEFORE: &str = " FETCH FIRST ";
    const AFTER: &str = " ROWS ONLY";
    let Some((query, rest)) = sql.split_once(BEFORE) else { return Cow::Borrowed(sql) };
    let found = rest.split_once(AFTER).filter(|(rows, _)| !rows.contains(' '));
    Cow::Owned(match found {
        Some((rows, rest)) => format!("{query} LIMIT {rows}{}", limited(rest)),
        None => format!("{query}{BEFORE}{}", limited(rest)),
    })
}

/// `NUMTODSINTERVAL(31, 'DAY')` as the number that it is here. What is no number and unit stays a call.
fn with_lengths(sql: &str) -> Cow<'_, str> {
    const CALL: &str = "NUMTODSINTERVAL(";
    let Some((before, rest)) = sql.split_once(CALL) else { return Cow::Borrowed(sql) };
    let length = rest.split_once("')").and_then(|(call, after)| {
        let (length, unit) = call.split_once(", '")?;
        let micros = length.parse::<i64>().ok()?.checked_mul(seconds_of(unit.as_bytes())? * 1_000_000)?;
        Some((micros, after))
    });
    Cow::Owned(match length {
        Some((micros, after)) => format!("{before}{micros}{}", with_lengths(after)),
        None => format!("{before}{CALL}{}", with_lengths(rest)),
    })
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Self::Integer(Some(integer)) => ToSqlOutput::from(integer),
            Self::Text(Some(text)) if !text.is_empty() => ToSqlOutput::from(text),
            Self::Timestamp(Some(instant)) => ToSqlOutput::from(instant.timestamp_micros()),
            Self::Bytes(Some(bytes)) if !bytes.is_empty() => ToSqlOutput::from(bytes),
            Self::Integer(None) | Self::Text(_) | Self::Timestamp(None) | Self::Bytes(_) => {
                ToSqlOutput::from(Null)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::in_sqlite;

    #[test]
    fn row_limiting_at_the_end_of_a_query_is_said_in_sqlites_words() {
        for (oracle, sqlite) in [
            ("SELECT ID FROM T ORDER BY ID FETCH FIRST 5 ROWS ONLY", "SELECT ID FROM T ORDER BY ID LIMIT 5"),
            ("SELECT ID FROM T FETCH FIRST :rows ROWS ONLY", "SELECT ID FROM T LIMIT :rows"),
            (
                "DELETE FROM T WHERE ID IN (SELECT ID FROM T WHERE N <= :n FETCH FIRST 5 ROWS ONLY) AND N <= :n",
                "DELETE FROM T WHERE ID IN (SELECT ID FROM T WHERE N <= :n LIMIT 5) AND N <= :n",
            ),
            ("SELECT ' FETCH FIRST ' FROM T", "SELECT ' FETCH FIRST ' FROM T"),
            (
                "SELECT ' FETCH FIRST ' FROM T FETCH FIRST 5 ROWS ONLY",
                "SELECT ' FETCH FIRST ' FROM T LIMIT 5",
            ),
        ] {
            assert_eq!(in_sqlite(oracle), sqlite);
        }
    }

    #[test]
    fn the_length_of_an_interval_is_a_number_where_it_stands_in_the_text() {
        for (oracle, sqlite) in [
            ("A - B > NUMTODSINTERVAL(31, 'DAY')", "A - B > 2678400000000"),
            (
                "A < NUMTODSINTERVAL(1, 'SECOND') + NUMTODSINTERVAL(2, 'HOUR') FETCH FIRST 5 ROWS ONLY",
                "A < 1000000 + 7200000000 LIMIT 5",
            ),
            ("A < NUMTODSINTERVAL(:days, 'DAY')", "A < NUMTODSINTERVAL(:days, 'DAY')"),
            ("A < NUMTODSINTERVAL(5, 'day')", "A < NUMTODSINTERVAL(5, 'day')"),
            (
                "A < NUMTODSINTERVAL(9223372036854775807, 'DAY')",
                "A < NUMTODSINTERVAL(9223372036854775807, 'DAY')",
            ),
            ("A < NUMTODSINTERVAL(5, :unit)", "A < NUMTODSINTERVAL(5, :unit)"),
        ] {
            assert_eq!(in_sqlite(oracle), sqlite);
        }
    }
}
