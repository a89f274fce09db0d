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
        // One character for one, whatever stands beside it.
        ("UPPER('straße ŉ ǰ ﬁ ΐ ᾳ ᾀ ö ÿ ı')", "STRAßE ŉ ǰ ﬁ ΐ ᾼ ᾈ Ö Ÿ I"),
        ("LOWER('ΟΔΟΣ İ I ẞ Ǆ ᾼ Ⓐ')", "οδοσ i i ß ǆ ᾳ ⓐ"),
        ("LENGTH(UPPER('ﬃ')) + LENGTH(LOWER('İ'))", "2"),
        ("INSTR('Über öl', 'öl')", "6"),
        ("INSTR(LOWER('ÜBER ÖL'), 'ö')", "6"),
        ("INSTR('abc', 'x')", "0"),
        ("INSTR('abc', 'B')", "0"),
        ("INSTR('abc', 'abcd')", "0"),
        ("INSTR('100%', '%')", "4"),
        ("INSTR('', 'a')", "NULL"),
        ("INSTR('a', '')", "NULL"),
        ("INSTR('a', 'a', NULL)", "NULL"),
        ("INSTR('CORPORATE FLOOR', 'OR', 3, 2)", "14"),
        ("INSTR('CORPORATE FLOOR', 'OR', -3, 2)", "2"),
        ("INSTR('aaaa', 'aa', 1, 3)", "3"),
        ("INSTR('aaaa', 'aa', -1)", "3"),
        ("INSTR('abc', 'c', -1)", "3"),
        ("INSTR('abc', 'a', -3)", "1"),
        ("INSTR('abc', 'a', 0)", "0"),
        ("INSTR('abc', 'a', -9)", "0"),
        ("INSTR('abc', 'a', 9)", "0"),
        ("INSTR(123, 2)", "2"),
        ("LENGTH('é€')", "2"),
        ("LENGTH('')", "NULL"),
        ("SUBSTR('abcdef', 2, 3)", "bcd"),
        ("SUBSTR('abcdef', -2)", "ef"),
        ("SUBSTR('abcdef', 0, 2)", "ab"),
        ("SUBSTR('abc', 9)", "NULL"),
        ("SUBSTR('abc', 1, 0)", "NULL"),
        ("'a' || NULL || 'b'", "ab"),
        ("'a' || 1", "a1"),
        ("1 || 2", "12"),
        ("GREATEST(1, 10, 9)", "10"),
        ("GREATEST('a', 'b')", "b"),
        ("GREATEST(1, NULL)", "NULL"),
        ("LEAST(2, '10')", "2"),
        ("CASE WHEN 1 = 1 THEN 'a' ELSE 'b' END", "a"),
        ("CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", "b"),
        ("CASE WHEN 1 = 2 THEN 'a' END", "NULL"),
        ("CASE WHEN 1 = 2 THEN 1 / 0 ELSE 5 END", "5"),
        ("COALESCE(5, 1 / 0)", "5"),
        ("1 * 12.50 || ''", "12.5"),
        ("'' || 0.5", ".5"),
        ("'' || -0.5", "-.5"),
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("-(1 + 2)", "-3"),
        ("'2' * '3'", "6"),
        ("(SELECT 'x' FROM dual)", "x"),
        ("(SELECT 'x' FROM dual WHERE 1 = 2)", "NULL"),
        ("USER", "APP"),
        ("MOD(-7, 3)", "-1"),
    ];
    for (expr, expected) in cases {
        assert_eq!(session.value(expr), expected, "{expr}");
    }
}

#[test]
fn types_are_converted_or_refused_as_in_oracle() {
    let file = File::new();
    let mut session = file.application();
    let cases = [
        ("'a' + 1", 1722),
        ("1 / 0", 1476),
        ("SYSTIMESTAMP + 'a'", 932),
        ("COALESCE(SYSTIMESTAMP, 'a')", 932),
        ("'1_0' + 1", 1722),
        ("SYSTIMESTAMP + SYSTIMESTAMP", 932),
        ("COALESCE('a', 1)", 932),
        ("CASE WHEN 1 = 1 THEN 'a' ELSE 1 END", 932),
        ("NVL(1, 'a')", 1722),
        ("NVL(1)", 909),
        ("COALESCE(1)", 938),
        ("INSTR('a')", 938),
        ("INSTR('a', 'a', 1, 1, 1)", 939),
        ("INSTR('a', 'a', 1, 0)", 1428),
        ("INSTR('a', 'a', 'x')", 1722),
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
