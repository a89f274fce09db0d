//! WHERE.

use crate::harness::{File, Session, text};

fn words(file: &File) -> Session {
    let mut session = file.application();
    session.run("CREATE TABLE words (id NUMBER, word VARCHAR2(20))");
    for (id, word) in [(1, "apple"), (2, "Banana"), (3, ""), (4, "50%"), (5, "Éclair")] {
        session.run(&format!("INSERT INTO words VALUES ({id}, '{word}')"));
    }
    session
}

#[test]
fn conditions_choose_the_rows_that_oracle_chooses() {
    let file = File::new();
    let mut session = words(&file);
    let cases = [
        ("id = 1", "1"),
        ("id <> 1", "2345"),
        ("id != 1 AND id ^= 2", "345"),
        ("id > 1 AND id <= 3 OR id = 5", "235"),
        ("(id > 1 AND id <= 3) OR id = 5", "235"),
        ("id > 1 AND (id <= 3 OR id = 5)", "235"),
        ("((id)) = (1)", "1"),
        ("(id + 1) * 2 = 4", "1"),
        ("NOT (id = 1 OR id = 2)", "345"),
        ("NOT id = 1", "2345"),
        ("id IN (1, 3, 9)", "13"),
        ("id NOT IN (1, 3)", "245"),
        ("id NOT IN (1, NULL)", ""),
        ("id = '2'", "2"),
        ("id BETWEEN 2 AND 4", "234"),
        ("id NOT BETWEEN 2 AND 4", "15"),
        ("word IS NULL", "3"),
        ("word IS NOT NULL", "1245"),
        ("word = ''", ""),
        ("word <> ''", ""),
        ("word = NULL", ""),
        ("word = 'APPLE'", ""),
        ("word LIKE 'a%'", "1"),
        ("word LIKE 'A%'", ""),
        ("word LIKE '_anana'", "2"),
        ("word LIKE '%a%a%'", "2"),
        ("word LIKE '_clair'", "5"),
        ("word LIKE '50!%' ESCAPE '!'", "4"),
        ("word NOT LIKE '%a%'", "4"),
        ("UPPER(word) = 'ÉCLAIR'", "5"),
        ("LOWER(word) LIKE '%éc%' ESCAPE '\\'", "5"),
        ("LOWER(word) LIKE '%\\%' ESCAPE '\\'", "4"),
        ("LOWER(word) LIKE '%\\_%' ESCAPE '\\'", ""),
        ("LOWER(word) NOT LIKE '%\\%%' ESCAPE '\\'", "125"),
        ("INSTR(LOWER(word), 'ban') > 0", "2"),
        ("INSTR(LOWER(word), 'e') = 0", "245"),
        ("INSTR(word, '%') > 0", "4"),
        ("EXISTS (SELECT 1 FROM dual)", "12345"),
        ("NOT EXISTS (SELECT 1 FROM words w WHERE w.id = words.id + 1)", "5"),
        ("id IN (SELECT w.id FROM words w WHERE w.word LIKE '%n%')", "2"),
        ("id = (SELECT MAX(w.id) FROM words w)", "5"),
        ("word > 'apple'", "5"),
        ("word < 'apple'", "24"),
    ];
    for (condition, expected) in cases {
        let sql = format!("SELECT id FROM words WHERE {condition} ORDER BY id");
        assert_eq!(session.lines(&sql).concat(), expected, "{condition}");
    }
}

#[test]
fn the_empty_text_in_a_bind_is_null() {
    let file = File::new();
    let mut session = words(&file);
    let sql = "SELECT id FROM words WHERE word = :w";
    assert!(session.lines_with(sql, &[("W", text(""))]).is_empty());
    assert_eq!(session.lines_with(sql, &[("W", text("apple"))]), ["1"]);
    let sql = "SELECT id FROM words WHERE word IS NULL AND :w IS NULL";
    assert_eq!(session.lines_with(sql, &[("W", text(""))]), ["3"]);
}

#[test]
fn texts_are_searched_for_what_a_bind_holds() {
    let file = File::new();
    let mut session = words(&file);
    session.run("INSERT INTO words VALUES (6, 'a_b\\c')");
    let like = "SELECT id FROM words WHERE LOWER(word) LIKE :pattern ESCAPE '\\' ORDER BY id";
    let instr = "SELECT id FROM words WHERE INSTR(LOWER(word), :pattern) > 0 ORDER BY id";
    for (sql, pattern, expected) in [
        (like, "%an%", "2"),
        (like, "%\\%%", "4"),
        (like, "%a\\_b%", "6"),
        (like, "%\\\\%", "6"),
        (like, "é%", "5"),
        (like, "%É%", ""),
        (like, "", ""),
        (instr, "%", "4"),
        (instr, "_b\\", "6"),
        (instr, "é", "5"),
        (instr, "", ""),
    ] {
        let found = session.lines_with(sql, &[("PATTERN", text(pattern))]).concat();
        assert_eq!(found, expected, "{sql} {pattern}");
    }
    assert_eq!(session.error_with(like, &[("PATTERN", text("a\\b"))]).code, 1424);
    assert_eq!(session.error_with(like, &[("PATTERN", text("a\\"))]).code, 1424);
}

#[test]
fn comparisons_across_types_fail_as_in_oracle() {
    let file = File::new();
    let mut session = words(&file);
    session.run("CREATE TABLE times (at TIMESTAMP WITH TIME ZONE)");
    session.run("INSERT INTO times VALUES (SYSTIMESTAMP)");
    for (sql, code) in [
        ("SELECT id FROM words WHERE word = 1", 1722),
        ("SELECT id FROM words WHERE id = 'x'", 1722),
        ("SELECT at FROM times WHERE at = 1", 932),
        // Oracle reads the text by the session's format, and nobody should rely on that.
        ("SELECT at FROM times WHERE at > '2025-12-06T10:00:00Z'", 3001),
        ("SELECT id FROM words WHERE id IN (SELECT word FROM words)", 932),
        ("SELECT id FROM words WHERE COUNT(*) = 1", 934),
    ] {
        let error = session.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
}
