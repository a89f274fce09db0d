//! The dictionary's views, written out from the catalog as a query would find them.

mod columns;
mod constraints;
mod indexes;
mod objects;

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

/// The view of that name as the user sees it: `USER_…` the user's own objects, `ALL_…` all that there are.
pub fn view(catalog: &Catalog, user: &str, name: &str) -> Option<View> {
    let (scope, what) = name.split_once('_')?;
    let owner = match scope {
        "USER" => Some(user),
        "ALL" => None,
        _ => return None,
    };
    let (headings, mut rows) = match what {
        "TABLES" => objects::tables(catalog),
        "OBJECTS" => objects::objects(catalog),
        "SEQUENCES" => objects::sequences(catalog),
        "USERS" => objects::users(catalog),
        "TAB_COMMENTS" => objects::table_comments(catalog),
        "COL_COMMENTS" => columns::comments(catalog),
        "TAB_COLUMNS" => columns::columns(catalog),
        "TAB_IDENTITY_COLS" => columns::identities(catalog),
        "INDEXES" => indexes::indexes(catalog),
        "IND_COLUMNS" => indexes::columns(catalog),
        "IND_EXPRESSIONS" => indexes::expressions(catalog),
        "CONSTRAINTS" => constraints::constraints(catalog),
        "CONS_COLUMNS" => constraints::columns(catalog),
        _ => return None,
    };
    match owner {
        Some(owner) => rows.retain(|row| matches!(&row[0], Cell::Text(of) if of == owner)),
        // Another's table is shown to those who may use it.
        None if what != "USERS" => rows.retain(|row| match (&row[0], &row[1]) {
            (Cell::Text(of), Cell::Text(name)) => {
                of == user || catalog.table(of, name).is_none_or(|table| catalog.sees(user, table))
            }
            _ => true,
        }),
        None => {}
    }
    // The owner of one's own objects goes without saying, but for constraints.
    let says_owner = owner.is_none() || ["USERS", "CONSTRAINTS", "CONS_COLUMNS"].contains(&what);
    let headings = if says_owner { headings } else { &headings[1..] };
    if !says_owner {
        rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
    Some(written(headings, &rows))
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
