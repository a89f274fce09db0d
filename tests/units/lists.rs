use persony::db::{DbError, Row, required};

use super::support::{add, alone};

fn id(row: &dyn Row) -> Result<i64, DbError> {
    required(row.integer(0)?, "ID")
}

#[test]
fn a_list_of_any_length_is_looked_up_by_few_statements() {
    alone(|things| {
        things.unit(|db| (0..700).try_for_each(|number| add(db, &number.to_string()).map(drop))).unwrap();
        for (length, statements) in [(0_i64, 0), (1, 1), (5, 1), (256, 1), (257, 2), (700, 3)] {
            let wanted: Vec<i64> = (1..=length).collect();
            let list = wanted.clone();
            let mut found = Vec::new();
            let trips = things.trips(|| {
                let sql = "SELECT ID FROM THINGS WHERE ID IN (:ids) AND NAME <> :other ORDER BY ID";
                let other = [("other", "none".into())];
                found = things.read(move |db| db.rows_in(sql, ("ids", &list), &other, id)).unwrap();
            });
            assert_eq!(found, wanted);
            // A statement of more rows than are prefetched takes two trips more.
            let most = statements * 3;
            assert!(trips.is_none_or(|trips| (statements..=most).contains(&trips.len())), "{length}");
        }
    });
}

/// Pages by the key of the last row seen, as every list of the API will be paged.
#[test]
fn a_list_is_read_page_by_page() {
    alone(|things| {
        things.unit(|db| (0..25).try_for_each(|number| add(db, &number.to_string()).map(drop))).unwrap();
        let (mut seen, mut last, mut pages) = (Vec::new(), 0_i64, 0);
        loop {
            let page = things.read(move |db| {
                let sql = "SELECT ID FROM THINGS WHERE ID > :last_id ORDER BY ID FETCH FIRST :most ROWS ONLY";
                db.rows(sql, &[("last_id", last.into()), ("most", 10_i64.into())], id)
            });
            let page = page.unwrap();
            let Some(newest) = page.last() else { break };
            (last, pages) = (*newest, pages + 1);
            seen.extend(page);
        }
        assert_eq!((seen, pages), ((1..=25).collect(), 3));
    });
}
