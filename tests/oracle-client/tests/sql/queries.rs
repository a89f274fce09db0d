//! SELECT.

use oracle_client_stand_in::database::{Column, ColumnType, Database};

use crate::harness::{File, Session, number};

fn people(file: &File) -> Session {
    let mut session = file.application();
    session.run("CREATE TABLE towns (id NUMBER PRIMARY KEY, name VARCHAR2(20) NOT NULL)");
    session
        .run("CREATE TABLE people (id NUMBER PRIMARY KEY, name VARCHAR2(20), town NUMBER(5), age NUMBER(3))");
    for (id, name) in [(1, "Ulm"), (2, "Kiel"), (3, "Jena")] {
        session.run(&format!("INSERT INTO towns VALUES ({id}, '{name}')"));
    }
    for (id, name, town, age) in
        [(1, "Ada", "1", 30), (2, "Bob", "2", 20), (3, "Cid", "1", 9), (4, "Dan", "NULL", 9)]
    {
        session.run(&format!("INSERT INTO people VALUES ({id}, '{name}', {town}, {age})"));
    }
    session
}

#[test]
fn queries_give_the_rows_that_oracle_gives() {
    let file = File::new();
    let mut session = people(&file);
    let cases = [
        ("SELECT name FROM people ORDER BY age DESC, name", "Ada Bob Cid Dan"),
        ("SELECT name FROM people ORDER BY town, id", "Ada Cid Bob Dan"),
        ("SELECT name FROM people ORDER BY town DESC, id", "Dan Bob Ada Cid"),
        ("SELECT name FROM people ORDER BY town NULLS FIRST, id", "Dan Ada Cid Bob"),
        ("SELECT name, age FROM people ORDER BY 2, 1 DESC", "Dan|9 Cid|9 Bob|20 Ada|30"),
        ("SELECT name AS n FROM people ORDER BY n DESC", "Dan Cid Bob Ada"),
        ("SELECT id FROM people ORDER BY id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY", "2 3"),
        ("SELECT id FROM people ORDER BY id FETCH FIRST ROW ONLY", "1"),
        ("SELECT id FROM people ORDER BY id FETCH FIRST 0 ROWS ONLY", ""),
        ("SELECT id FROM people ORDER BY id OFFSET 3 ROWS", "4"),
        ("SELECT DISTINCT age FROM people ORDER BY age", "9 20 30"),
        ("SELECT COUNT(*) FROM people", "4"),
        ("SELECT COUNT(ALL id) FROM people", "4"),
        ("SELECT COUNT(town), COUNT(DISTINCT town) FROM people", "3|2"),
        ("SELECT MIN(age), MAX(age), SUM(age), AVG(age) FROM people", "9|30|68|17"),
        ("SELECT MAX(age) FROM people WHERE 1 = 2", "NULL"),
        ("SELECT town, COUNT(*) FROM people GROUP BY town ORDER BY town", "1|2 2|1 NULL|1"),
        ("SELECT age FROM people GROUP BY age HAVING COUNT(*) > 1", "9"),
        ("SELECT age + 1 FROM people GROUP BY age + 1 ORDER BY 1", "10 21 31"),
        (
            "SELECT p.name, t.name FROM people p JOIN towns t ON t.id = p.town ORDER BY p.id",
            "Ada|Ulm Bob|Kiel Cid|Ulm",
        ),
        (
            "SELECT p.name, t.name FROM people p LEFT OUTER JOIN towns t ON t.id = p.town ORDER BY p.id",
            "Ada|Ulm Bob|Kiel Cid|Ulm Dan|NULL",
        ),
        ("SELECT t.name FROM people p RIGHT JOIN towns t ON t.id = p.town WHERE p.id IS NULL", "Jena"),
        ("SELECT COUNT(*) FROM people CROSS JOIN towns", "12"),
        ("SELECT COUNT(*) FROM people, towns WHERE people.town = towns.id", "3"),
        ("SELECT people.name FROM app.people WHERE app.people.id = 1", "Ada"),
        ("SELECT p.* FROM people p WHERE id = 1", "1|Ada|1|30"),
        ("SELECT x.n FROM (SELECT name n FROM people WHERE age < 10 ORDER BY name DESC) x", "Dan Cid"),
        (
            "SELECT t.name, (SELECT COUNT(*) FROM people p WHERE p.town = t.id) FROM towns t ORDER BY t.id",
            "Ulm|2 Kiel|1 Jena|0",
        ),
        ("SELECT * FROM dual", "X"),
        ("SELECT 'OK' FROM DUAL", "OK"),
        ("SELECT name FROM people WHERE id = 1 FOR UPDATE", "Ada"),
    ];
    for (sql, expected) in cases {
        assert_eq!(session.lines(sql).join(" "), expected, "{sql}");
    }
    let page = "SELECT id FROM people ORDER BY id OFFSET :o ROWS FETCH FIRST :n ROWS ONLY";
    assert_eq!(session.lines_with(page, &[("O", number(2)), ("N", number(5))]), ["3", "4"]);
}

#[test]
fn queries_that_oracle_refuses_are_refused() {
    let file = File::new();
    let mut session = people(&file);
    for (sql, code) in [
        ("SELECT name, COUNT(*) FROM people", 937),
        ("SELECT name, COUNT(*) FROM people GROUP BY age", 979),
        ("SELECT age FROM people GROUP BY age ORDER BY name", 979),
        ("SELECT DISTINCT name FROM people ORDER BY age", 1791),
        ("SELECT name FROM people ORDER BY 2", 1785),
        ("SELECT name FROM people p, towns t", 918),
        ("SELECT people.name FROM people p", 904),
        ("SELECT x.* FROM people p", 904),
        ("SELECT id FROM people ORDER BY id FETCH FIRST 1 ROWS ONLY FOR UPDATE", 2014),
        ("SELECT DISTINCT id FROM people FOR UPDATE", 1786),
        ("SELECT SYSTIMESTAMP - SYSTIMESTAMP FROM dual", 3001),
        ("SELECT id n FROM people WHERE n = 1", 904),
    ] {
        let error = session.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
}

#[test]
fn a_describe_tells_names_and_types_without_running() {
    let file = File::new();
    let mut session = people(&file);
    let statement = Database::prepare(
        "SELECT id, name AS \"n\", age, COUNT(*), 'ok' FROM people WHERE id = :id GROUP BY id, name, age",
    );
    let columns = session.database.describe(&statement).unwrap();
    let column = |name: &str, kind, nullable| Column { name: name.into(), kind, nullable };
    let number = ColumnType::Number { precision: None, scale: -127 };
    assert_eq!(
        columns,
        [
            column("ID", number, false),
            column("n", ColumnType::Varchar2(20), true),
            column("AGE", ColumnType::Number { precision: Some(3), scale: 0 }, true),
            column("COUNT(*)", number, false),
            column("'OK'", ColumnType::Varchar2(2), false),
        ]
    );
    assert_eq!(session.database.describe(&Database::prepare("SELECT x FROM people")).unwrap_err().code, 904);
}
