//! Expressions over DUAL.

use crate::harness::{File, text};

#[test]
fn functions_give_what_oracle_gives() {
    let file = File::new();
    let mut session = file.application();
    let cases = [
        ("'OK'", "OK"),
        ("''", "NULL"),
        ("'it''s'", "it's"),
        ("q'[it's]'", "it's"),
        ("NVL('', 'x')", "x"),
        ("NVL(NULL, 1)", "1"),
        ("NVL('a', 1)", "a"),
        ("COALESCE(NULL, '', 'c')", "c"),
        ("UPPER('aé')", "AÉ"),
        ("LOWER('AÉ')", "aé"),
        ("TRIM('  a b ')", "a b"),
        ("TRIM(LEADING 'x' FROM 'xxaxx')", "axx"),
        ("TRIM(TRAILING 'x' FROM 'xxaxx')", "xxa"),
        ("TRIM('x' FROM 'xxaxx')", "a"),
        ("TRIM('   ')", "NULL"),
        ("LENGTH('é€')", "2"),
        ("LENGTHB('é€')", "5"),
        ("LENGTH('')", "NULL"),
        ("SUBSTR('abcdef', 2, 3)", "bcd"),
        ("SUBSTR('abcdef', -2)", "ef"),
        ("SUBSTR('abcdef', 0, 2)", "ab"),
        ("SUBSTR('abc', 9)", "NULL"),
        ("SUBSTR('abc', 1, 0)", "NULL"),
        ("INSTR('abc', 'c')", "3"),
        ("REPLACE('aXbX', 'X', '-')", "a-b-"),
        ("REPLACE('aX', 'X')", "a"),
        ("LPAD('7', 3, '0')", "007"),
        ("RPAD('abc', 2)", "ab"),
        ("'a' || NULL || 'b'", "ab"),
        ("'a' || 1", "a1"),
        ("1 || 2", "12"),
        ("TO_CHAR(12.50)", "12.5"),
        ("TO_CHAR(0.5)", ".5"),
        ("TO_CHAR(-0.5)", "-.5"),
        ("TO_NUMBER(' 12 ')", "12"),
        ("GREATEST(1, 10, 9)", "10"),
        ("GREATEST('a', 'b')", "b"),
        ("GREATEST(1, NULL)", "NULL"),
        ("LEAST(2, '10')", "2"),
        ("CASE WHEN 1 = 1 THEN 'a' ELSE 'b' END", "a"),
        ("CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", "b"),
        ("CASE WHEN 1 = 2 THEN 'a' END", "NULL"),
        ("CASE WHEN 1 = 2 THEN 1 / 0 ELSE 5 END", "5"),
        ("COALESCE(5, 1 / 0)", "5"),
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("-(1 + 2)", "-3"),
        ("'2' * '3'", "6"),
        ("(SELECT 'x' FROM dual)", "x"),
        ("(SELECT 'x' FROM dual WHERE 1 = 2)", "NULL"),
        ("USER", "APP"),
        ("SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')", "APP"),
        ("SYS_CONTEXT('userenv', 'session_user')", "APP"),
        ("SYS_CONTEXT('USERENV', 'MODULE')", "NULL"),
        ("ROUND(2.5) || ROUND(-2.5) || TRUNC(2.9)", "3-32"),
        ("MOD(-7, 3)", "-1"),
        ("FLOOR(-1.5) || CEIL(-1.5) || ABS(-1) || SIGN(-3)", "-2-11-1"),
    ];
    for (expr, expected) in cases {
        assert_eq!(session.value(expr), expected, "{expr}");
    }
    session.database.set_module("m");
    assert_eq!(session.value("SYS_CONTEXT('USERENV', 'MODULE')"), "m");
    assert!(session.value("SYS_CONTEXT('USERENV', 'SID')").parse::<u32>().is_ok());
}

#[test]
fn types_are_converted_or_refused_as_in_oracle() {
    let file = File::new();
    let mut session = file.application();
    let cases = [
        ("'a' + 1", 1722),
        ("TO_NUMBER('')+TO_NUMBER('1_0')", 1722),
        ("1 / 0", 1476),
        ("SYSTIMESTAMP + 'a'", 932),
        ("SYSTIMESTAMP + SYSTIMESTAMP", 932),
        ("COALESCE('a', 1)", 932),
        ("CASE WHEN 1 = 1 THEN 'a' ELSE 1 END", 932),
        ("NVL(1, 'a')", 1722),
        ("NVL(1)", 909),
        ("COALESCE(1)", 938),
        ("SYS_EXTRACT_UTC(1)", 932),
        ("(SELECT 1, 2 FROM dual)", 913),
        ("COUNT(COUNT(*))", 934),
        ("SYSTIMESTAMP + NUMTODSINTERVAL(1, 'FORTNIGHT')", 1867),
    ];
    for (expr, code) in cases {
        let error = session.error(&format!("SELECT {expr} FROM dual"));
        assert_eq!(error.code, code, "{expr}: {error}");
    }
    session.run("CREATE TABLE two (a NUMBER)");
    session.run("INSERT INTO two VALUES (1)");
    session.run("INSERT INTO two VALUES (2)");
    assert_eq!(session.error("SELECT (SELECT a FROM two) FROM dual").code, 1427);
    assert_eq!(session.lines_with("SELECT :x FROM dual", &[("X", text(""))]), ["NULL"]);
}
