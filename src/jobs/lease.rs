use std::time::Duration;

use super::Job;
use super::holder::new_holder;
use super::queries::{self, Ended};
use crate::db::{Db, DbError};

/// How long a lease is in force unless it is renewed: so long a job waits whose holder has died. It
/// is twice as long as a batch may take, before each of which it is renewed.
const LEASE: Duration = Duration::from_secs(120);

/// The right to run a job, until it is given back, ends with the run or runs out.
pub struct Lease<'j> {
    db: Db,
    job: &'j Job,
    holder: String,
    /// How often in a row the job had failed when it was taken.
    pub failures: i64,
}

impl<'j> Lease<'j> {
    /// Takes the lease of a job: of one that is due, or of any that is wanted `at_once`. `None` where
    /// somebody else has it, or the job is not due any more.
    ///
    /// # Errors
    /// As [`Db::unit`]; whether the lease was taken is then not always known, and it runs out.
    pub async fn take(db: &Db, job: &'j Job, at_once: bool) -> Result<Option<Self>, DbError> {
        let holder = new_holder();
        let (name, of_holder) = (job.name, holder.clone());
        let taken = db
            .unit("take_job", move |db| queries::take_lease(db, (name, &of_holder), LEASE, at_once))
            .await?;
        Ok(taken.map(|failures| Self { db: db.clone(), job, holder, failures }))
    }

    /// Lets it run from now on. Says whether it is still in these hands.
    ///
    /// # Errors
    /// As [`Db::unit`].
    pub async fn renew(&self) -> Result<bool, DbError> {
        let (name, holder) = (self.job.name, self.holder.clone());
        self.db.unit("renew_job", move |db| queries::renew_lease(db, (name, &holder), LEASE)).await
    }

    /// Gives it back before the job is done, which stays as due as it was.
    ///
    /// # Errors
    /// As [`Db::unit`]; then it runs out.
    pub async fn give_back(self) -> Result<(), DbError> {
        let (name, holder) = (self.job.name, self.holder);
        self.db.unit("give_job_back", move |db| queries::give_lease_back(db, (name, &holder))).await
    }

    /// Ends it with the run. Says whether it was still in these hands: if not, the other's result
    /// stands.
    ///
    /// # Errors
    /// As [`Db::unit`]; then it runs out, and the job is done once more.
    pub async fn end(self, ended: Ended) -> Result<bool, DbError> {
        let (name, holder) = (self.job.name, self.holder);
        self.db.unit("end_job", move |db| queries::end_run(db, (name, &holder), &ended)).await
    }
}
