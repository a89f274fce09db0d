use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

/// The keys that a struct of settings is read from: its fields, as serde names them. Nothing lists
/// them a second time.
pub fn keys_of<S: DeserializeOwned>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // It always fails: there is nothing to read. What it was asked for is what counts.
    drop(S::deserialize(Asked(&mut fields)));
    fields
}

/// Takes down which fields a struct asks for.
struct Asked<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("no struct of settings"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::keys_of;

    #[test]
    fn the_keys_of_a_struct_are_its_fields() {
        #[derive(serde::Deserialize)]
        #[expect(dead_code, reason = "its fields' names are what is asked for")]
        struct Settings {
            one: u8,
            other: Option<String>,
        }
        assert_eq!(keys_of::<Settings>(), ["one", "other"]);
    }
}
