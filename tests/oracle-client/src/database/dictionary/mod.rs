//! The dictionary's views, written out from the catalog as a query would find them.

mod columns;
mod constraints;
mod indexes;

use super::ColumnType;
use super::catalog::Catalog;
use super::compile::{blob, quote};
use super::values::number;

/// A view: SQL that gives its rows, in columns that SQLite calls `column1`, `column2`, …
pub struct View {
    pub sql: String,
    pub columns: Vec<(String, ColumnType)>,
}

/// One value of a view's row.
pub enum Cell {
    Null,
    Text(String),
    Number(i64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Cell::Null, Cell::Number)
    }
}

/// A column's name, and its length if it is a text.
type Heading = (&'static str, u16);

/// The headings of a view and its rows.
type Content = (&'static [Heading], Vec<Vec<Cell>>);

/// The view of that name: the user's own objects.
pub fn view(catalog: &Catalog, user: &str, name: &str) -> Option<View> {
    let what = name.strip_prefix("USER_")?;
    let (headings, mut rows) = match what {
        "TABLES" => tables(catalog),
        "TAB_COLUMNS" => columns::columns(catalog),
        "INDEXES" => indexes::indexes(catalog),
        "IND_COLUMNS" => indexes::columns(catalog),
        "IND_EXPRESSIONS" => indexes::expressions(catalog),
        "CONSTRAINTS" => constraints::constraints(catalog),
        "CONS_COLUMNS" => constraints::columns(catalog),
        _ => return None,
    };
    rows.retain(|row| matches!(&row[0], Cell::Text(owner) if owner == user));
    // The owner of one's own objects goes without saying, but for constraints.
    if ["CONSTRAINTS", "CONS_COLUMNS"].contains(&what) {
        return Some(written(headings, &rows));
    }
    rows.iter_mut().for_each(|row| drop(row.remove(0)));
    Some(written(&headings[1..], &rows))
}

fn tables(catalog: &Catalog) -> Content {
    let rows = catalog.tables.iter().map(|table| {
        vec![(&table.owner).into(), (&table.name).into(), "USERS".into(), "VALID".into(), "N".into()]
    });
    (
        &[("OWNER", 128), ("TABLE_NAME", 128), ("TABLESPACE_NAME", 30), ("STATUS", 8), ("TEMPORARY", 1)],
        rows.collect(),
    )
}

fn written(headings: &[Heading], rows: &[Vec<Cell>]) -> View {
    let described = |length: u16| match length {
        0 => ColumnType::Number { precision: None, scale: -127 },
        _ => ColumnType::Varchar2(length),
    };
    let columns: Vec<_> =
        headings.iter().map(|(name, length)| ((*name).to_owned(), described(*length))).collect();
    let literal = |cell: &Cell| match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Text(text) => quote(text),
        Cell::Number(integer) => blob(&number::of_integer(*integer)),
    };
    let row = |row: &Vec<Cell>| format!("({})", row.iter().map(literal).collect::<Vec<_>>().join(", "));
    let sql = match rows.is_empty() {
        false => format!("VALUES {}", rows.iter().map(row).collect::<Vec<_>>().join(", ")),
        true => {
            let nulls: Vec<String> =
                (1..=columns.len()).map(|index| format!("NULL AS column{index}")).collect();
            format!("SELECT {} WHERE false", nulls.join(", "))
        }
    };
    View { sql, columns }
}

fn yes_no(yes: bool) -> Cell {
    if yes { "YES".into() } else { "NO".into() }
}
