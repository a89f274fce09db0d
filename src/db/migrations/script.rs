//! Scripts as sqlplus splits them, kept to what both sqlplus and the program run alike: plain
//! statements, each ended by a semicolon at the end of a line.

use thiserror::Error;

/// Why a script is not run, and the line that it is about.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("line {line}: {why}")]
pub struct Refused {
    line: usize,
    why: &'static str,
}

const PLSQL: &str = "PL/SQL is not run; a migration is made of plain statements";
const EMPTY_LINE: &str = "sqlplus drops a statement at an empty line";
const COMMENT: &str = "sqlplus ends a statement at a semicolon that ends a line, even in a comment or a text";
const INNER: &str = "a semicolon must end its line";
const AMPERSAND: &str = "sqlplus asks for the value of what follows an &";
const NO_END: &str = "the statement has no semicolon at its end";

/// The statements of a script, without their semicolons; whole lines of comment are left out.
///
/// # Errors
/// `Refused` where the program and sqlplus would not run the same, and for PL/SQL.
pub fn statements(script: &str) -> Result<Vec<String>, Refused> {
    let mut found = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut last = 0;
    for (line, text) in (1..).zip(script.lines()).filter(|(_, text)| !text.trim_start().starts_with("--")) {
        let refuse = |why| Err(Refused { line, why });
        let text = text.trim_end();
        match text.trim() {
            "" if lines.is_empty() => continue,
            "" => return refuse(EMPTY_LINE),
            "/" => return refuse(PLSQL),
            _ if text.contains('&') => return refuse(AMPERSAND),
            _ => lines.push(text),
        }
        last = line;
        let statement = lines.join("\n");
        let bare = bare(&statement);
        if is_plsql(&bare) {
            return refuse(PLSQL);
        }
        let semicolons = bare.matches(';').count();
        match (text.ends_with(';'), bare.trim_end().ends_with(';')) {
            (true, true) if semicolons == 1 => {
                found.push(statement.trim().trim_end_matches(';').trim_end().to_owned());
                lines.clear();
            }
            (true, false) => return refuse(COMMENT),
            _ if semicolons > 0 => return refuse(INNER),
            _ => {}
        }
    }
    match lines.is_empty() {
        true => Ok(found),
        false => Err(Refused { line: last, why: NO_END }),
    }
}

/// The words of a statement, in upper case, without comments and quoted texts.
pub fn words(statement: &str) -> Vec<String> {
    let is_part = |character: char| character.is_alphanumeric() || "_$#".contains(character);
    let bare = bare(statement).to_uppercase();
    bare.split(|character| !is_part(character)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A statement with a blank for each comment and each quoted text.
fn bare(statement: &str) -> String {
    let (mut bare, mut rest) = (String::new(), statement);
    while let Some(next) = rest.chars().next() {
        let end = match next {
            '\'' | '"' => rest[1..].find(next).map_or(rest.len(), |end| end + 2),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        bare.push(if end > 0 { ' ' } else { next });
        rest = &rest[end.max(next.len_utf8())..];
    }
    bare
}

/// A block, or the definition of something that has one.
fn is_plsql(bare: &str) -> bool {
    let words = words(bare);
    let mut words = words.iter().map(String::as_str);
    match words.next() {
        Some("BEGIN" | "DECLARE") => true,
        Some("CREATE") => {
            let what = words.find(|word| !["OR", "REPLACE", "EDITIONABLE", "NONEDITIONABLE"].contains(word));
            matches!(what, Some("TRIGGER" | "PROCEDURE" | "FUNCTION" | "PACKAGE" | "TYPE" | "LIBRARY"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_splits_at_semicolons_that_end_lines() {
        let script =
            "-- one; not\nCREATE TABLE A (\n  B NUMBER -- ; inside\n);\n\nCREATE INDEX C ON A (B);\n";
        assert_eq!(
            statements(script).unwrap(),
            ["CREATE TABLE A (\n  B NUMBER -- ; inside\n)", "CREATE INDEX C ON A (B)"]
        );
        let quoted = "UPDATE A SET B = 'it''s; \"so\"' /* ; */\nWHERE \"C;\" = 1;";
        assert_eq!(statements(quoted).unwrap(), [quoted.trim_end_matches(';')]);
    }

    #[test]
    fn plsql_is_refused() {
        for script in [
            "BEGIN\n  NULL;\nEND;\n/\n",
            "declare x number;\n",
            "CREATE TABLE A (B NUMBER);\n/* first */ Begin NULL; END;\n",
            "CREATE TRIGGER T BEFORE INSERT ON A\nFOR EACH ROW BEGIN NULL; END;",
            "CREATE OR REPLACE EDITIONABLE PROCEDURE P AS BEGIN NULL; END;",
            "create or replace function f return number as",
            "CREATE PACKAGE BODY P AS",
            "CREATE OR REPLACE TYPE BODY T AS",
            "CREATE TABLE A (B NUMBER)\n/\n",
        ] {
            assert_eq!(statements(script).unwrap_err().why, PLSQL, "{script}");
        }
        let plain = "CREATE TABLE BEGINNING (\n  TRIGGER_AT NUMBER DEFAULT 1, -- BEGIN\n  TYPE NUMBER\n);";
        assert!(statements(plain).is_ok());
    }

    #[test]
    fn what_sqlplus_would_run_otherwise_is_refused() {
        for (script, line, why) in [
            ("CREATE TABLE A (B NUMBER);\nCREATE TABLE C (D NUMBER)\n\n", 3, EMPTY_LINE),
            ("CREATE TABLE A (B NUMBER);\nCREATE TABLE C (D NUMBER)\n", 2, NO_END),
            ("CREATE TABLE A (B NUMBER); -- the end\n", 1, INNER),
            ("CREATE TABLE A (B NUMBER); CREATE TABLE C (D NUMBER);", 1, INNER),
            ("CREATE TABLE A ( -- so;\n  B NUMBER);", 1, COMMENT),
            ("UPDATE A SET B = 'so;\n';", 1, COMMENT),
            ("UPDATE A SET B = 'this & that';", 1, AMPERSAND),
        ] {
            assert_eq!(statements(script), Err(Refused { line, why }), "{script}");
        }
    }

    #[test]
    fn words_are_those_outside_of_comments_and_quotes() {
        let statement = "create /* a */ unique INDEX i$1 -- on b\n on T_2 (a, 'c')";
        assert_eq!(words(statement), ["CREATE", "UNIQUE", "INDEX", "I$1", "ON", "T_2", "A"]);
    }
}
