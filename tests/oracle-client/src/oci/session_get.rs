//! Sessions by the simple way in, which pools and connection classes take: OCISessionGet and OCISessionRelease.

use std::ffi::{c_char, c_int, c_void};
use std::sync::Arc;

use super::answer::{Failure, answer};
use super::handles::{self, Object};
use super::lease::{Lease, Member};
use super::raw;
use super::session::Service;

const GET_FROM_POOL: u32 = 1;
const RELEASE_DROP: u32 = 1;

/// # Safety
/// OCI's contract: `name` (a pool's, or a connect string) has the length given; `service` takes a
/// handle, the tag an address and a length, `found` a truth value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCISessionGet(
    environment: *mut c_void,
    error: *mut c_void,
    service: *mut *mut c_void,
    credentials: *mut c_void,
    name: *const u8,
    name_length: u32,
    _tag: *const u8,
    _tag_length: u32,
    found_tag: *mut *const c_char,
    found_tag_length: *mut u32,
    found: *mut c_int,
    mode: u32,
) -> c_int {
    answer(error, || {
        // SAFETY: the caller's promise.
        let name = unsafe { raw::text(name, name_length as usize) }?;
        let credentials = match credentials.is_null() {
            true => None,
            false => Some(handles::session(credentials)?.credentials()),
        };
        let lease = if mode & GET_FROM_POOL != 0 {
            let pool = handles::pool_named(environment, name.as_bytes())?;
            Lease { member: pool.acquire(environment, credentials)?, pool: Some(pool) }
        } else {
            let (who, password) = credentials.unwrap_or_default();
            Lease { member: Member::connect(environment, name, &password, who)?, pool: None }
        };
        let warning = lease.member.connection.session().take_warning();
        let token = handles::allocate(environment, Object::Service(Arc::new(Service::leased(lease))))?;
        // SAFETY: the caller's promise.
        unsafe {
            raw::put(service, handles::pointer(token));
            raw::put(found_tag, std::ptr::null());
            raw::put(found_tag_length, 0);
            raw::put(found, 0);
        }
        warning.map_or(Ok(()), |warning| Err(Failure::Warning(warning)))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCISessionRelease(
    service: *mut c_void,
    error: *mut c_void,
    _tag: *const u8,
    _tag_length: u32,
    mode: u32,
) -> c_int {
    answer(error, || {
        let lease = handles::service(service)?.take_lease().ok_or(Failure::InvalidHandle)?;
        match lease.pool {
            Some(pool) => pool.give_back(lease.member, mode & RELEASE_DROP != 0),
            None => lease.member.close(),
        }
        handles::free(service)
    })
}
