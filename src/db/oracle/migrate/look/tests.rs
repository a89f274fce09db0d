use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::*;

type Rows = Vec<Vec<Option<&'static str>>>;
type Answer = Result<Rows, DbError>;

/// A database that answers each query by its beginning, and remembers what it was asked.
struct Answers {
    answers: Vec<(&'static str, Answer)>,
    asked: Vec<String>,
}

impl Answers {
    fn new(answers: Vec<(&'static str, Answer)>) -> Self {
        Self { answers, asked: Vec::new() }
    }
}

impl Asked for Answers {
    fn ask(
        &mut self,
        sql: &str,
        read: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        self.asked.push(sql.to_owned());
        let answer = self.answers.iter().find(|(begin, _)| sql.starts_with(begin));
        let Some((_, answer)) = answer else { return Err(DbError::NoTable("ORA-00942".into())) };
        answer.clone()?.iter().try_for_each(|row| read(&Texts(row)))
    }
}

struct Texts<'a>(&'a [Option<&'static str>]);

impl Row for Texts<'_> {
    fn integer(&self, column: usize) -> Result<Option<i64>, DbError> {
        Ok(self.0[column].map(|text| text.parse().unwrap()))
    }

    fn text(&self, column: usize) -> Result<Option<Cow<'_, str>>, DbError> {
        Ok(self.0[column].map(Cow::Borrowed))
    }

    fn bytes(&self, _: usize) -> Result<Option<Cow<'_, [u8]>>, DbError> {
        unreachable!("no bytes are asked for")
    }

    fn timestamp(&self, _: usize) -> Result<Option<DateTime<Utc>>, DbError> {
        unreachable!("no times are asked for")
    }
}

const DICTIONARY: &str = "SELECT TABLE_NAME, COLUMN_NAME";
const RECORDS: &str = "SELECT MIGRATION, STEP, WORKS_WITH, SHA256";
const RECORDS_FROM_BEFORE: &str = "SELECT MIGRATION, STEP FROM";

fn recorded() -> Rows {
    let steps =
        [("1", "1"), ("1", "2"), ("1", "3"), ("1", "4"), ("2", "1"), ("2", "2"), ("3", "1"), ("5", "1")];
    steps.map(|(migration, step)| vec![Some(migration), Some(step), None, None]).to_vec()
}

/// The account owns none of them: its dictionary is empty.
fn through_synonyms(users: Answer) -> Answers {
    Answers::new(vec![
        (DICTIONARY, Ok(vec![])),
        (RECORDS, Ok(recorded())),
        ("SELECT ID, EMAIL", users),
        ("SELECT ", Ok(vec![])),
    ])
}

#[test]
fn tables_that_are_seen_through_synonyms_serve() {
    let mut database = through_synonyms(Ok(vec![]));
    assert!(look(&mut database).unwrap().is_empty());
    // Records, the dictionary, each table, and the lock.
    assert_eq!(database.asked.len(), 3 + TABLES.len(), "{:#?}", database.asked);
}

#[test]
fn what_a_synonym_leads_to_must_have_the_columns() {
    let no_column = "ORA-00904: \"PASSWORD_HASH\": invalid identifier";
    let error = look(&mut through_synonyms(Err(DbError::Failed(no_column.into())))).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("SELECT ID, EMAIL, PASSWORD_HASH, NAME, CREATED_AT FROM USERS"), "{text}");
    assert!(text.contains(no_column), "{text}");
}

#[test]
fn a_database_that_goes_away_meanwhile_is_not_taken_for_somebody_elses() {
    let error = look(&mut through_synonyms(Err(DbError::Unavailable("ORA-03113".into())))).unwrap_err();
    assert!(matches!(error, DbError::Unavailable(_)), "{error:?}");
    let away = Answers::new(vec![(RECORDS, Err(DbError::Unavailable("ORA-03113".into())))]);
    assert!(matches!(look(&mut { away }), Err(DbError::Unavailable(_))));
}

#[test]
fn records_without_the_later_columns_are_read() {
    let mut database = Answers::new(vec![
        (DICTIONARY, Ok(vec![])),
        (RECORDS, Err(DbError::Failed("ORA-00904: \"SHA256\": invalid identifier".into()))),
        (RECORDS_FROM_BEFORE, Ok(recorded())),
        ("SELECT ", Ok(vec![])),
    ]);
    assert!(look(&mut database).unwrap().is_empty());
}

/// Else a table that another instance makes and records in between is recorded, and not there.
#[test]
fn records_are_read_before_tables() {
    let mut database = Answers::new(vec![(DICTIONARY, Ok(vec![]))]);
    assert!(!look(&mut database).unwrap().is_empty());
    assert!(database.asked[0].starts_with(RECORDS), "{:#?}", database.asked);
}
