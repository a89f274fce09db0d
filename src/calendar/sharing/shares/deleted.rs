use serde::Serialize;
use utoipa::ToSchema;

/// A share is ended.
#[derive(Serialize, ToSchema)]
#[schema(as = ShareDeleted)]
pub struct Deleted {
    #[schema(example = "Share deleted successfully")]
    message: &'static str,
}

impl Deleted {
    /// As it is always said.
    pub const DONE: Self = Self { message: "Share deleted successfully" };
}
