use utoipa::IntoParams;

/// The parameters of a list in pages, as the document names them.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParameters {
    /// How many rows the page has at most.
    #[param(minimum = 1, maximum = 1000, default = 50, example = 50)]
    pub limit: Option<i64>,
    /// Where the page begins, as the `Link` of the page before it says; left out, at the list's beginning.
    pub cursor: Option<String>,
}
