//! Queries within statements that look at the rows around them.

use crate::harness::{File, Session, number, text};

fn shelves(file: &File) -> Session {
    let mut session = file.application();
    for sql in [
        "CREATE TABLE shelves (id NUMBER PRIMARY KEY, room VARCHAR2(10), owner NUMBER)",
        "CREATE TABLE books (id NUMBER PRIMARY KEY, shelf NUMBER, title VARCHAR2(20), pages NUMBER)",
        "CREATE TABLE loans (book NUMBER, reader VARCHAR2(10), ended NUMBER(1))",
    ] {
        session.run(sql);
    }
    for row in ["1, 'hall', 7", "2, 'attic', 7", "3, 'attic', 8"] {
        session.run(&format!("INSERT INTO shelves VALUES ({row})"));
    }
    for row in ["1, 1, 'Emma', 400", "2, 1, 'Ulysses', 700", "3, 2, 'Kim', 300", "4, NULL, 'Dune', NULL"] {
        session.run(&format!("INSERT INTO books VALUES ({row})"));
    }
    for row in ["1, 'ann', 1", "1, 'bob', 0", "3, 'ann', 1", "4, 'cy', NULL"] {
        session.run(&format!("INSERT INTO loans VALUES ({row})"));
    }
    session
}

#[test]
fn several_tables_are_joined_by_conditions_with_binds() {
    let file = File::new();
    let mut session = shelves(&file);
    let sql = "SELECT b.title, s.room, l.reader FROM books b \
               LEFT JOIN shelves s ON s.id = b.shelf AND (s.owner = :owner OR :owner IS NULL) \
               LEFT JOIN loans l ON l.book = b.id AND (l.ended = :ended OR l.ended IS NULL) AND s.room IS NOT NULL \
               LEFT OUTER JOIN shelves x ON x.owner = s.owner AND x.id <> s.id \
               WHERE b.id > :least ORDER BY b.id, l.reader";
    let run = |session: &mut Session, owner, ended| {
        session.lines_with(sql, &[("OWNER", owner), ("ENDED", number(ended)), ("LEAST", number(0))]).join(" ")
    };
    assert_eq!(
        run(&mut session, number(7), 1),
        "Emma|hall|ann Ulysses|hall|NULL Kim|attic|ann Dune|NULL|NULL"
    );
    assert_eq!(
        run(&mut session, number(8), 1),
        "Emma|NULL|NULL Ulysses|NULL|NULL Kim|NULL|NULL Dune|NULL|NULL"
    );
    assert_eq!(
        run(&mut session, text(""), 0),
        "Emma|hall|bob Ulysses|hall|NULL Kim|attic|NULL Dune|NULL|NULL"
    );
    let sql = "SELECT s.id, c.n, c.most, COALESCE(c.n, 0) FROM shelves s LEFT JOIN (SELECT shelf, COUNT(*) n, MAX(pages) AS most \
               FROM books WHERE pages > :least GROUP BY shelf) c ON c.shelf = s.id ORDER BY s.id";
    let found = session.lines_with(sql, &[("LEAST", number(350))]);
    assert_eq!(found, ["1|2|700|2", "2|NULL|NULL|0", "3|NULL|NULL|0"]);
    let sql = "SELECT s.id FROM shelves s LEFT JOIN books b ON b.shelf = s.id AND b.pages > :least \
               WHERE b.id IS NULL ORDER BY s.id";
    assert_eq!(session.lines_with(sql, &[("LEAST", number(350))]), ["2", "3"]);
    let sql = "SELECT s.id FROM shelves s JOIN books b ON b.shelf = s.id AND EXISTS (SELECT 1 FROM loans l \
               WHERE l.book = b.id AND l.reader = :reader) ORDER BY s.id";
    assert_eq!(session.lines_with(sql, &[("READER", text("ann"))]), ["1", "2"]);
}

#[test]
fn rows_are_chosen_by_what_others_there_are() {
    let file = File::new();
    let mut session = shelves(&file);
    let cases = [
        (
            "SELECT id FROM shelves s WHERE EXISTS (SELECT 1 FROM books b WHERE b.shelf = s.id) ORDER BY id",
            "1 2",
        ),
        (
            "SELECT id FROM shelves s WHERE NOT EXISTS (SELECT b.id FROM books b JOIN loans l ON l.book = b.id WHERE b.shelf = s.id) ORDER BY id",
            "3",
        ),
        (
            "SELECT id FROM shelves s WHERE NOT EXISTS (SELECT 1 FROM books b WHERE b.shelf = s.id AND EXISTS (SELECT 1 FROM loans l WHERE l.book = b.id AND l.reader = 'ann' AND s.owner = 7)) ORDER BY id",
            "3",
        ),
        (
            "SELECT id, (SELECT MAX(b.title) FROM books b WHERE b.shelf = s.id), (SELECT COUNT(*) FROM loans) FROM shelves s ORDER BY id",
            "1|Ulysses|4 2|Kim|4 3|NULL|4",
        ),
        (
            "SELECT id, CASE WHEN EXISTS (SELECT 1 FROM books b WHERE b.shelf = s.id) THEN 1 ELSE 0 END AS used FROM shelves s ORDER BY id",
            "1|1 2|1 3|0",
        ),
        (
            "SELECT COALESCE((SELECT b.title FROM books b WHERE b.shelf = s.id AND b.pages < 350), room) FROM shelves s ORDER BY id",
            "hall Kim attic",
        ),
        (
            "SELECT id FROM books b WHERE pages = (SELECT MAX(x.pages) FROM books x WHERE x.shelf = b.shelf) ORDER BY id",
            "2 3",
        ),
        (
            "SELECT id FROM books b WHERE b.id IN (SELECT l.book FROM loans l WHERE l.book = b.id AND l.ended = 1) ORDER BY id",
            "1 3",
        ),
        (
            "SELECT s.room, COUNT(b.id), MAX(COALESCE(b.pages, 0)) FROM shelves s LEFT JOIN books b ON b.shelf = s.id GROUP BY s.room ORDER BY s.room",
            "attic|1|300 hall|2|700",
        ),
        ("SELECT MAX(t.n) FROM (SELECT COUNT(*) AS n FROM books GROUP BY shelf) t", "2"),
        ("SELECT t.shelf FROM (SELECT shelf, COUNT(*) AS n FROM books GROUP BY shelf) t WHERE t.n > 1", "1"),
    ];
    for (sql, expected) in cases {
        assert_eq!(session.lines(sql).join(" "), expected, "{sql}");
    }
}

#[test]
fn changes_look_at_other_tables() {
    let file = File::new();
    let mut session = shelves(&file);
    let read = |session: &mut Session| {
        session.lines("SELECT id, shelf, title, pages FROM books ORDER BY id").join(" ")
    };
    let cases = [
        (
            "UPDATE books SET pages = (SELECT COUNT(*) FROM loans l WHERE l.book = books.id), title = (SELECT 'x' FROM dual)",
            4,
            "1|1|x|2 2|1|x|0 3|2|x|1 4|NULL|x|1",
        ),
        (
            "UPDATE books b SET b.shelf = COALESCE((SELECT s.id FROM shelves s WHERE s.owner = b.id + 7), b.shelf) WHERE EXISTS (SELECT 1 FROM loans l WHERE l.book = b.id AND l.reader = 'ann')",
            2,
            "1|3|Emma|400 2|1|Ulysses|700 3|2|Kim|300 4|NULL|Dune|NULL",
        ),
        (
            "UPDATE books SET pages = CASE WHEN shelf IS NULL THEN 1 WHEN pages > 500 THEN 2 ELSE pages END WHERE NOT EXISTS (SELECT 1 FROM loans l WHERE l.book = books.id AND l.ended = 1)",
            2,
            "1|1|Emma|400 2|1|Ulysses|2 3|2|Kim|300 4|NULL|Dune|1",
        ),
        (
            "DELETE FROM books b WHERE NOT EXISTS (SELECT 1 FROM loans l WHERE l.book = b.id)",
            1,
            "1|1|Emma|400 3|2|Kim|300 4|NULL|Dune|NULL",
        ),
        (
            "DELETE FROM books WHERE EXISTS (SELECT 1 FROM loans WHERE book = books.id AND ended IS NULL)",
            1,
            "1|1|Emma|400 2|1|Ulysses|700 3|2|Kim|300",
        ),
        (
            "DELETE FROM books WHERE id IN (SELECT book FROM loans WHERE ended = 1 ORDER BY book FETCH FIRST 1 ROWS ONLY)",
            1,
            "2|1|Ulysses|700 3|2|Kim|300 4|NULL|Dune|NULL",
        ),
        ("DELETE FROM books WHERE shelf IN (SELECT id FROM shelves WHERE owner = 7)", 3, "4|NULL|Dune|NULL"),
        (
            "INSERT INTO books (id, shelf, title) SELECT b.id + 10, s.id, s.room || '!' FROM shelves s JOIN books b ON b.shelf = s.id WHERE NOT EXISTS (SELECT 1 FROM loans l WHERE l.book = b.id AND l.reader = 'ann')",
            1,
            "1|1|Emma|400 2|1|Ulysses|700 3|2|Kim|300 4|NULL|Dune|NULL 12|1|hall!|NULL",
        ),
        (
            "INSERT INTO books (id, title) SELECT 9, 'One' FROM dual WHERE NOT EXISTS (SELECT 1 FROM books WHERE title = 'One')",
            1,
            "1|1|Emma|400 2|1|Ulysses|700 3|2|Kim|300 4|NULL|Dune|NULL 9|NULL|One|NULL",
        ),
        (
            "INSERT INTO books (id, title) SELECT 9, 'One' FROM dual WHERE NOT EXISTS (SELECT 1 FROM books WHERE title = 'Emma')",
            0,
            "1|1|Emma|400 2|1|Ulysses|700 3|2|Kim|300 4|NULL|Dune|NULL",
        ),
        (
            "INSERT INTO books (id, title, shelf) SELECT MAX(id) + 1, MIN(title), COUNT(*) FROM books",
            1,
            "1|1|Emma|400 2|1|Ulysses|700 3|2|Kim|300 4|NULL|Dune|NULL 5|4|Dune|NULL",
        ),
    ];
    session.database.commit().unwrap();
    for (sql, changed, expected) in cases {
        assert_eq!(session.changed(sql), changed, "{sql}");
        assert_eq!(read(&mut session), expected, "{sql}");
        session.database.rollback().unwrap();
    }
    let sql = "INSERT INTO books (id, shelf, title) SELECT b.id + :more, :shelf, COALESCE(:title, b.title) FROM books b \
               LEFT JOIN loans l ON l.book = b.id AND l.reader = :reader WHERE l.book IS NULL AND b.id <= :most";
    let binds = [
        ("MORE", number(20)),
        ("SHELF", number(3)),
        ("TITLE", text("")),
        ("READER", text("ann")),
        ("MOST", number(4)),
    ];
    session.with(sql, &binds);
    assert_eq!(
        session.lines("SELECT id, shelf, title FROM books WHERE id > 9 ORDER BY id"),
        ["22|3|Ulysses", "24|3|Dune"]
    );
}

/// A statement sees what was there before it, also of the table that it changes.
#[test]
fn changes_see_their_own_table_as_it_was() {
    let file = File::new();
    let mut session = shelves(&file);
    let pages = |session: &mut Session| session.lines("SELECT pages FROM books ORDER BY id").join(" ");
    session.database.commit().unwrap();
    for (sql, expected) in [
        ("UPDATE books SET pages = (SELECT MAX(pages) FROM books) + 1", "701 701 701 701"),
        (
            "UPDATE books b SET pages = (SELECT SUM(x.pages) FROM books x WHERE x.id < b.id)",
            "NULL 400 1100 1400",
        ),
        (
            "UPDATE books b SET pages = (SELECT x.pages FROM books x WHERE x.id = b.id - 1) WHERE id > 1",
            "400 400 700 300",
        ),
        (
            "UPDATE books b SET pages = 1 WHERE NOT EXISTS (SELECT 1 FROM books x WHERE x.pages > b.pages)",
            "400 1 300 1",
        ),
    ] {
        session.run(sql);
        assert_eq!(pages(&mut session), expected, "{sql}");
        session.database.rollback().unwrap();
    }
    for (sql, expected) in [
        ("DELETE FROM books b WHERE EXISTS (SELECT 1 FROM books x WHERE x.id = b.id + 1)", "NULL"),
        ("DELETE FROM books b WHERE id > (SELECT MIN(x.id) FROM books x)", "400"),
        (
            "INSERT INTO books (id, pages) SELECT id + 4, pages + 1 FROM books WHERE NOT EXISTS (SELECT 1 FROM books x WHERE x.id > 4)",
            "400 700 300 NULL 401 701 301 NULL",
        ),
    ] {
        session.run(sql);
        assert_eq!(pages(&mut session), expected, "{sql}");
        session.database.rollback().unwrap();
    }
}

#[test]
fn a_change_returns_what_it_computed() {
    let file = File::new();
    let mut session = shelves(&file);
    let sql = "UPDATE books b SET pages = (SELECT COUNT(*) FROM loans l WHERE l.book = b.id) WHERE b.id = :id \
               RETURNING pages, title INTO :pages, :title";
    let outcome = session.with(sql, &[("ID", number(1))]);
    let oracle_client_stand_in::database::Outcome::Changed { rows: 1, returned } = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(crate::harness::shown(&returned[0]), "2|Emma");
    let error = session.error("UPDATE books SET pages = (SELECT ended FROM loans WHERE book = 1)");
    assert_eq!(error.code, 1427);
    let sql = "UPDATE books SET id = (SELECT MAX(x.id) FROM books x) - id + 1";
    assert_eq!(session.changed(sql), 4, "keys pass through one another");
    assert_eq!(session.lines("SELECT title FROM books ORDER BY id").join(" "), "Dune Kim Ulysses Emma");
}
