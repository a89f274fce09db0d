mod metrics;
mod request_ids;
mod request_lines;
mod secrets;

use serde_json::Value;

use crate::api::support::App;

/// The lines of a JSON log that bear this request id.
pub fn lines_of(app: &App, request_id: &str) -> Vec<Value> {
    let log = app.program.log();
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect(line));
    lines.filter(|line| line["request_id"] == request_id).collect()
}

/// The line that tells how a request was answered.
pub fn line_of(app: &App, request_id: &str) -> Value {
    let mut lines = lines_of(app, request_id);
    lines.retain(|line| line["target"] == "persony::request");
    assert_eq!(lines.len(), 1, "{}", app.program.log());
    lines.remove(0)
}
