use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Key;

/// A key as a client carries it from one page to the next: base64url (RFC 4648, section 5). It is not signed:
/// whoever makes one up begins elsewhere in the same list.
pub fn write<K: Key>(key: &K) -> String {
    let mut bytes = Vec::new();
    key.write(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The key of a cursor; `None` for what was not written so, to the letter.
pub fn read<K: Key>(text: &str) -> Option<K> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let mut rest = &bytes[..];
    let key = K::read(&mut rest)?;
    rest.is_empty().then_some(key)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    use super::*;

    type OfLog = (DateTime<Utc>, String);

    fn time() -> impl Strategy<Value = DateTime<Utc>> {
        (-62_135_596_800_000_000_i64..253_402_300_800_000_000)
            .prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(time in time(), text in "\\PC{1,60}", id: i64) {
            prop_assert_eq!(read::<OfLog>(&write(&(time, text.clone()))), Some((time, text)));
            prop_assert_eq!(read::<(DateTime<Utc>, i64)>(&write(&(time, id))), Some((time, id)));
            prop_assert_eq!(read::<i64>(&write(&id)), Some(id));
        }

        #[test]
        fn no_text_makes_it_panic_and_what_is_read_is_written_so(text in "[A-Za-z0-9_=-]{0,80}|\\PC*") {
            if let Some(key) = read::<OfLog>(&text) {
                prop_assert_eq!(write(&key), text.clone());
            }
            if let Some(key) = read::<(String, i64)>(&text) {
                prop_assert_eq!(write(&key), text);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, kinds in "[itz]{2}") {
            let mut bytes = bytes;
            bytes.insert(0, kinds.as_bytes()[0]);
            bytes.insert(bytes.len().min(9), kinds.as_bytes()[1]);
            let text = URL_SAFE_NO_PAD.encode(&bytes);
            if let Some(key) = read::<OfLog>(&text) {
                prop_assert_eq!(write(&key), text.clone());
            }
            if let Some(key) = read::<(DateTime<Utc>, i64)>(&text) {
                prop_assert_eq!(write(&key), text);
            }
        }
    }

    #[test]
    fn a_cursor_with_anything_changed_added_or_left_out_is_none() {
        let key = (DateTime::from_timestamp_micros(1_764_892_800_000_001).unwrap(), "a".to_owned());
        let cursor = write(&key);
        assert_eq!(read(&cursor), Some(key));
        for text in [
            String::new(),
            format!("{cursor}="),
            format!("{cursor}A"),
            format!("{cursor}AAAA"),
            format!(" {cursor}"),
            cursor[1..].to_owned(),
            cursor[..cursor.len() - 1].to_owned(),
            // Bits that stand for nothing.
            URL_SAFE_NO_PAD.encode(b"t\x01a").replace('E', "F"),
        ] {
            assert_eq!(read::<OfLog>(&text), None, "{text}");
        }
    }

    #[test]
    fn the_cursor_of_a_list_that_is_sorted_by_something_else_is_none() {
        let time = Utc::now();
        assert_eq!(read::<i64>(&write(&time)), None);
        assert_eq!(read::<(DateTime<Utc>, i64)>(&write(&(time, time))), None);
        assert_eq!(read::<DateTime<Utc>>(&write(&(time, 1))), None);
        assert_eq!(read::<OfLog>(&write(&time)), None);
    }

    #[test]
    fn what_no_column_could_hold_is_none() {
        for micros in [i64::MIN, -62_135_596_800_000_001, 253_402_300_800_000_000, i64::MAX] {
            let bytes = [&b"z"[..], &micros.to_be_bytes()].concat();
            assert_eq!(read::<DateTime<Utc>>(&URL_SAFE_NO_PAD.encode(bytes)), None, "{micros}");
        }
        for bytes in [&b"t\x00"[..], b"t\x02\xc3\x28", b"t\x02a"] {
            assert_eq!(read::<String>(&URL_SAFE_NO_PAD.encode(bytes)), None, "{bytes:?}");
        }
    }
}
