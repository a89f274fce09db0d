use std::borrow::Cow;

use serde::{Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The day that a calendar's weeks begin with; Monday by itself, as ISO 8601 has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WeekStart {
    /// 0 on the wire.
    Sunday,
    /// 1 on the wire.
    #[default]
    Monday,
    /// 6 on the wire.
    Saturday,
}

impl WeekStart {
    /// Takes the number of a day, counted from Sunday, which is 0.
    ///
    /// # Errors
    /// What is wrong with it, for a person: another day, or none.
    pub fn parse(number: i64) -> Result<Self, String> {
        let days = [Self::Sunday, Self::Monday, Self::Saturday];
        let day = days.into_iter().find(|day| day.number() == number);
        day.ok_or_else(|| "Must be 0 (Sunday), 1 (Monday) or 6 (Saturday)".into())
    }

    /// The day's number, counted from Sunday, which is 0.
    pub fn number(self) -> i64 {
        match self {
            Self::Sunday => 0,
            Self::Monday => 1,
            Self::Saturday => 6,
        }
    }
}

impl Serialize for WeekStart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.number())
    }
}

impl PartialSchema for WeekStart {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some("The first day of a week: 0 is Sunday, 1 Monday, 6 Saturday."))
            .enum_values(Some([0, 1, 6]))
            .examples([1]);
        Schema::from(number.build()).into()
    }
}

impl ToSchema for WeekStart {
    fn name() -> Cow<'static, str> {
        "WeekStart".into()
    }
}

#[cfg(test)]
mod tests {
    use super::WeekStart;

    #[test]
    fn sunday_monday_and_saturday_are_taken_and_no_other_number() {
        for (number, day) in [(0, WeekStart::Sunday), (1, WeekStart::Monday), (6, WeekStart::Saturday)] {
            assert_eq!(WeekStart::parse(number), Ok(day));
            assert_eq!(day.number(), number);
        }
        for number in [-1, 2, 3, 4, 5, 7, i64::MIN, i64::MAX] {
            assert_eq!(
                WeekStart::parse(number),
                Err("Must be 0 (Sunday), 1 (Monday) or 6 (Saturday)".into())
            );
        }
    }
}
