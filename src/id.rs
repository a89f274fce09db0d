//! Ids: positive integers, as identity columns give them out.

/// Reads an id as the wire spells it: digits alone, no sign, no leading zero.
pub fn positive_integer(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::positive_integer;

    #[test]
    fn an_id_is_a_positive_integer_in_plain_digits() {
        assert_eq!(positive_integer("1"), Some(1));
        assert_eq!(positive_integer("9223372036854775807"), Some(i64::MAX));
        for text in ["", "0", "-1", "+1", "01", "1.0", "1e3", " 1", "abc", "١", "9223372036854775808"] {
            assert_eq!(positive_integer(text), None, "{text:?}");
        }
    }
}
