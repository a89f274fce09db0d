use std::sync::Arc;

use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, async_trait};
use tokio::task_local;

use super::{DatabaseWork, Record};

task_local! {
    /// The record of the request that this task serves: what a handler calls need not be handed it.
    static CURRENT: Arc<Record>;
}

/// The route, with the request's record within reach of all that its guards and its handler await.
pub fn watched(mut route: Route) -> Route {
    route.handler = Box::new(Watched(route.handler));
    route
}

#[derive(Clone)]
struct Watched(Box<dyn Handler>);

#[async_trait]
impl Handler for Watched {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        CURRENT.scope(Arc::clone(Record::of(request)), self.0.handle(request, data)).await
    }
}

/// Notes who sent the request at hand, by USERS.ID.
pub fn saw_user(user: i64) {
    on_current(|record| record.saw_user(user));
}

/// Adds to what the request at hand took of the database.
pub fn saw_work(work: DatabaseWork) {
    on_current(|record| record.saw_work(work));
}

/// Work that no request asked for is on nobody's record.
fn on_current(note: impl FnOnce(&Record)) {
    CURRENT.try_with(|record| note(record)).unwrap_or_default();
}
