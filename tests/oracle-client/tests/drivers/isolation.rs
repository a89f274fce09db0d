use std::thread;
use std::time::Duration;

use crate::support::{alone, connect, count, create_people, insert};

#[test]
fn a_reader_does_not_wait_for_a_writer() {
    alone(|_| {
        let (writer, reader) = (connect(), connect());
        create_people(&writer);
        insert(&writer, "Ada").unwrap();
        assert_eq!(count(&reader), 0);
        writer.commit().unwrap();
    });
}

#[test]
fn writers_take_turns() {
    alone(|_| {
        let first = connect();
        create_people(&first);
        insert(&first, "Ada").unwrap();
        let second = thread::spawn(|| {
            let second = connect();
            insert(&second, "Bob").unwrap();
            second.commit().unwrap();
        });
        thread::sleep(Duration::from_millis(50));
        first.commit().unwrap();
        second.join().unwrap();
        assert_eq!(count(&first), 2);
    });
}

#[test]
fn many_sessions_work_at_once() {
    alone(|_| {
        let reader = connect();
        create_people(&reader);
        let workers: Vec<_> = (0..8)
            .map(|worker| {
                thread::spawn(move || {
                    let connection = connect();
                    for row in 0..5 {
                        insert(&connection, &format!("{worker}-{row}")).unwrap();
                        connection.commit().unwrap();
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().unwrap();
        }
        assert_eq!(count(&reader), 40);
    });
}

#[test]
fn an_open_query_does_not_see_later_changes() {
    alone(|_| {
        let connection = connect();
        create_people(&connection);
        for name in ["Ada", "Bob", "Cid", "Dan"] {
            insert(&connection, name).unwrap();
        }
        let mut statement = connection
            .statement("SELECT NAME FROM PEOPLE ORDER BY NAME")
            .fetch_array_size(1)
            .build()
            .unwrap();
        let mut rows = statement.query_as::<String>(&[]).unwrap();
        assert_eq!(rows.next().unwrap().unwrap(), "Ada");
        connection.execute("DELETE FROM PEOPLE", &[]).unwrap();
        connection.commit().unwrap();
        let rest: Vec<String> = rows.map(|name| name.unwrap()).collect();
        assert_eq!(rest, ["Bob", "Cid", "Dan"]);
    });
}
