use figment::Figment;

/// How lines of the log are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for machines.
    Json,
}

impl LogFormat {
    /// The configured format. A configuration that does not hold is told of in the default one, by
    /// whoever reads the rest of it.
    pub fn load(figment: &Figment) -> Self {
        super::settings(figment).map_or_else(|_| Self::default(), |settings| settings.log_format)
    }
}
