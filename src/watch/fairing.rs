use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Status;
use rocket::{Data, Request, Response, async_trait};

use super::metrics::{Answer, Metrics};
use super::request_id::HEADER;
use super::{Record, route_pattern};

/// Names of the routes that machines ask every few seconds. Their lines are for debugging, unless
/// they tell of an error.
const PROBES: [&str; 3] = ["get_health", "get_ready", "get_metrics"];

/// Gives each request its id, and tells the log and the metrics how it was answered.
pub struct Watch;

#[async_trait]
impl Fairing for Watch {
    fn info(&self) -> Info {
        Info { name: "Watch", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        Record::begin(request);
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        response.set_raw_header(HEADER, Record::of(request).id.to_string());
        tell(request, response.status());
    }
}

/// Tells of what could not be read as a request: no fairing gets to see such, the catcher alone does.
pub fn salvage(request: &Request<'_>, status: Status) {
    if !Record::of(request).is_read {
        tell(request, status);
    }
}

fn tell(request: &Request<'_>, status: Status) {
    let record = Record::of(request);
    let route = route_pattern(request);
    let name = request.route().and_then(|route| route.name.as_deref()).unwrap_or_default();
    let answer = Answer {
        method: record.method.map_or("OTHER", |method| method.as_str()),
        route,
        name,
        status: status.code,
        time: record.elapsed(),
    };
    let metrics = request.rocket().state::<Metrics>().expect("metrics are managed at the start");
    metrics.answered(&answer);
    let work = record.work();
    // The levels of tracing's lines are constants.
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                target: "persony::request",
                request_id = %record.id,
                method = answer.method,
                route,
                status = answer.status,
                duration_ms = milliseconds(answer.time),
                user_id = record.user(),
                db_ms = milliseconds(work.time),
                db_trips = work.trips,
                "answered"
            )
        };
    }
    match PROBES.contains(&name) && status.code < 500 {
        true => line!(debug),
        false => line!(info),
    }
}

/// To the microsecond.
fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1000.0
}
