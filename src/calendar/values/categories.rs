use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an event belongs to: CATEGORIES of RFC 5545, section 3.8.1.2. At least one, none twice, each trimmed, and together no
/// more than 4,000 bytes as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = Vec<String>, example = json!(["Work", "Travel"]))]
pub struct Categories(pub Vec<String>);

/// The column's length.
const MOST_BYTES: usize = 4000;

/// The longest of them, in bytes.
const LONGEST: usize = 255;

impl Categories {
    /// Takes names; `None` where there are none. Blank ones do not count.
    ///
    /// # Errors
    /// What is wrong with them, for a person.
    pub fn parse(names: Vec<String>) -> Result<Option<Self>, String> {
        let mut kept: Vec<String> = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let name = name.trim();
            if name.len() > LONGEST {
                return Err(format!("categories[{index}]: Must not be longer than {LONGEST} bytes in UTF-8"));
            }
            if !name.is_empty() && kept.iter().all(|one| one != name) {
                kept.push(name.to_owned());
            }
        }
        let categories = Self(kept);
        match categories.column().len() {
            length if length > MOST_BYTES => {
                Err(format!("Together must not be longer than {MOST_BYTES} bytes"))
            }
            _ => Ok(Some(categories).filter(|categories| !categories.0.is_empty())),
        }
    }

    /// As the column keeps it.
    pub fn column(&self) -> String {
        // Texts are always JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}
