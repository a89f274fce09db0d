//! The calls as C makes them.

use std::ffi::{CStr, c_void};
use std::ptr::{null, null_mut};

use super::answer::{ERROR, INVALID_HANDLE, NO_DATA, SUCCESS, answer};
use super::array::{Array, NOT_NULL, NULL, TRUNCATED};
use super::attributes::OCIAttrSet;
use super::buffer::kind;
use super::context::{OCIContextGetValue, OCIContextSetValue, OCIMemoryAlloc, OCIMemoryFree};
use super::environment::{
    OCIArrayDescriptorAlloc, OCIArrayDescriptorFree, OCIEnvNlsCreate, OCIHandleAlloc, OCIHandleFree,
};
use super::error::OCIErrorGet;
use super::handles;
use super::prepare::{OCIStmtPrepare2, OCIStmtRelease};
use super::server::{OCIServerAttach, OCIServerDetach};
use super::session::{OCIPing, OCISessionBegin, OCISessionEnd};
use super::timestamp::{OCIDateTimeConstruct, OCIDateTimeGetTimeZoneOffset};
use crate::error::OracleError;
use crate::value::Value;

const ENV: u32 = 1;
const ERROR_HANDLE: u32 = 2;
const SERVICE: u32 = 3;
const SERVER: u32 = 8;
const SESSION: u32 = 9;
const TIMESTAMP_TZ: u32 = 69;

fn environment() -> *mut c_void {
    let mut handle = null_mut();
    // SAFETY, here and below: the pointers are to what the calls ask for.
    let status = unsafe {
        OCIEnvNlsCreate(
            &mut handle,
            0,
            null_mut(),
            null_mut(),
            null_mut(),
            null_mut(),
            0,
            null_mut(),
            873,
            873,
        )
    };
    assert_eq!(status, SUCCESS);
    handle
}

fn handle(environment: *mut c_void, kind: u32) -> *mut c_void {
    let mut handle = null_mut();
    assert_eq!(unsafe { OCIHandleAlloc(environment, &mut handle, kind, 0, null_mut()) }, SUCCESS);
    handle
}

fn message(error: *mut c_void, size: usize) -> (i32, String) {
    let mut text = vec![0xff; size];
    let mut code = 0;
    let status =
        unsafe { OCIErrorGet(error, 1, null_mut(), &mut code, text.as_mut_ptr(), size as u32, ERROR_HANDLE) };
    assert_eq!(status, SUCCESS);
    (code, CStr::from_bytes_until_nul(&text).unwrap().to_str().unwrap().to_owned())
}

#[test]
fn freeing_an_environment_frees_what_is_in_it() {
    let (environment, other) = (environment(), environment());
    let service = handle(environment, SERVICE);
    let server = handle(environment, SERVER);
    let mut descriptors = [null_mut(); 10];
    let allocated = unsafe {
        OCIArrayDescriptorAlloc(environment, descriptors.as_mut_ptr(), TIMESTAMP_TZ, 10, 0, null_mut())
    };
    assert_eq!(allocated, SUCCESS);
    assert_eq!(handles::count_in(environment), 13);
    unsafe {
        assert_eq!(OCIHandleFree(environment, ENV), SUCCESS);
        assert_eq!(handles::count_in(environment), 0);
        assert_eq!(OCIHandleFree(environment, ENV), INVALID_HANDLE);
        assert_eq!(OCIPing(service, null_mut(), 0), INVALID_HANDLE);
        assert_eq!(OCIServerDetach(server, null_mut(), 0), INVALID_HANDLE);
        assert_eq!(OCIArrayDescriptorFree(descriptors.as_mut_ptr(), TIMESTAMP_TZ), INVALID_HANDLE);
        assert_eq!(OCIHandleFree(other, ENV), SUCCESS);
    }
}

#[test]
fn an_array_of_descriptors_is_freed_by_its_first() {
    let environment = environment();
    let mut descriptors = [null_mut(); 3];
    unsafe {
        OCIArrayDescriptorAlloc(environment, descriptors.as_mut_ptr(), TIMESTAMP_TZ, 3, 0, null_mut());
        assert_eq!(OCIArrayDescriptorFree(descriptors.as_mut_ptr(), TIMESTAMP_TZ), SUCCESS);
        assert_eq!(handles::count_in(environment), 1);
        OCIHandleFree(environment, ENV);
    }
}

#[test]
fn a_handle_of_another_kind_is_refused() {
    let environment = environment();
    let server = handle(environment, SERVER);
    unsafe {
        assert_eq!(OCIPing(server, null_mut(), 0), INVALID_HANDLE);
        assert_eq!(OCIPing(null_mut(), null_mut(), 0), INVALID_HANDLE);
        OCIHandleFree(environment, ENV);
    }
}

#[test]
fn a_panic_becomes_an_internal_error() {
    let environment = environment();
    let error = handle(environment, ERROR_HANDLE);
    let status = answer(error, || panic!("out of cheese"));
    assert_eq!(status, ERROR);
    let (code, text) = message(error, 200);
    assert_eq!(code, 600);
    assert_eq!(text, "ORA-00600: internal error code, arguments: [stand-in], [out of cheese]\n");
    unsafe { OCIHandleFree(environment, ENV) };
}

#[test]
fn a_message_is_cut_between_characters() {
    let environment = environment();
    let error = handle(environment, ERROR_HANDLE);
    let mut code = 0;
    let none = unsafe { OCIErrorGet(error, 1, null_mut(), &mut code, null_mut(), 0, ERROR_HANDLE) };
    assert_eq!(none, NO_DATA);
    answer(error, || Err(OracleError::new(1, "üü").into()));
    assert_eq!(message(error, 100), (1, "ORA-00001: üü\n".to_owned()));
    assert_eq!(message(error, 15), (1, "ORA-00001: ü".to_owned()));
    unsafe { OCIHandleFree(environment, ENV) };
}

#[test]
fn a_session_keeps_memory_and_values() {
    let environment = environment();
    let session = handle(environment, SESSION);
    let mut memory = null_mut();
    let mut kept = null_mut();
    unsafe {
        assert_eq!(OCIContextGetValue(session, null_mut(), b"KEY".as_ptr(), 3, &mut kept), SUCCESS);
        assert!(kept.is_null());
        assert_eq!(OCIMemoryAlloc(session, null_mut(), &mut memory, 10, 9, 1), SUCCESS);
        assert_eq!(memory.cast::<[u8; 9]>().read(), [0; 9]);
        assert_eq!(OCIContextSetValue(session, null_mut(), 10, b"KEY".as_ptr(), 3, memory), SUCCESS);
        assert_eq!(OCIContextGetValue(session, null_mut(), b"KEY".as_ptr(), 3, &mut kept), SUCCESS);
        assert_eq!(kept, memory);
        assert_eq!(OCIMemoryFree(session, null_mut(), memory), SUCCESS);
        assert_eq!(OCIMemoryFree(session, null_mut(), memory), INVALID_HANDLE);
        OCIHandleFree(environment, ENV);
    }
}

#[test]
fn offsets_west_of_greenwich_have_two_negative_parts() {
    let environment = environment();
    let mut descriptor = [null_mut(); 1];
    let (mut hours, mut minutes) = (0, 0);
    let zone = b"-03:30";
    unsafe {
        OCIArrayDescriptorAlloc(environment, descriptor.as_mut_ptr(), TIMESTAMP_TZ, 1, 0, null_mut());
        let status = OCIDateTimeConstruct(
            environment,
            null_mut(),
            descriptor[0],
            2026,
            3,
            29,
            1,
            2,
            3,
            4,
            zone.as_ptr(),
            zone.len(),
        );
        assert_eq!(status, SUCCESS);
        OCIDateTimeGetTimeZoneOffset(environment, null_mut(), descriptor[0], &mut hours, &mut minutes);
        OCIHandleFree(environment, ENV);
    }
    assert_eq!((hours, minutes), (-3, -30));
}

#[test]
fn a_value_wider_than_its_buffer_is_cut_and_marked() {
    let mut values = [b'.'; 8];
    let (mut indicators, mut lengths, mut codes) = ([7; 2], [0; 2], [9; 2]);
    let array = Array {
        kind: kind::CHR,
        values: values.as_mut_ptr().cast(),
        size: 4,
        indicators: indicators.as_mut_ptr(),
        lengths: lengths.as_mut_ptr(),
        codes: codes.as_mut_ptr(),
    };
    unsafe {
        assert!(!array.write(0, &Value::Text("four".into())).unwrap());
        assert!(array.write(1, &Value::Text("fünf!".into())).unwrap());
    }
    assert_eq!((indicators[0], lengths[0], codes[0]), (NOT_NULL, 4, 0));
    assert_eq!((indicators[1], codes[1]), (6, TRUNCATED));
    assert_eq!(&values, "fourfün".as_bytes().first_chunk::<8>().unwrap());
}

#[test]
fn a_null_has_an_indicator_and_no_error() {
    let mut values = [0; 4];
    let (mut indicators, mut lengths, mut codes) = ([7], [5], [9]);
    let array = Array {
        kind: kind::INT,
        values: values.as_mut_ptr().cast::<u8>().cast(),
        size: 4,
        indicators: indicators.as_mut_ptr(),
        lengths: lengths.as_mut_ptr(),
        codes: codes.as_mut_ptr(),
    };
    unsafe {
        array.write(0, &Value::Null).unwrap();
        assert_eq!((indicators[0], lengths[0], codes[0]), (NULL, 0, 0));
        assert_eq!(array.read(0).unwrap(), Value::Null);
        array.write(0, &Value::Number("-7.9".into())).unwrap();
    }
    assert_eq!(i32::from_ne_bytes(values), -7);
    let Array { codes, .. } = array;
    assert_ne!(codes.cast_const(), null());
}

/// A logon, with the error's text where a step fails.
fn log_on(environment: *mut c_void) -> (*mut c_void, *mut c_void) {
    const ATTR_SERVER: u32 = 6;
    const ATTR_SESSION: u32 = 7;
    const ATTR_USERNAME: u32 = 22;
    const ATTR_PASSWORD: u32 = 23;
    let error = handle(environment, ERROR_HANDLE);
    let [server, service, session] = [SERVER, SERVICE, SESSION].map(|kind| handle(environment, kind));
    let succeed = |status| assert_eq!(status, SUCCESS, "{:?}", message(error, 500));
    let text = |attribute, text: &str| unsafe {
        let start = text.as_ptr().cast_mut().cast();
        succeed(OCIAttrSet(session, SESSION, start, text.len() as u32, attribute, error));
    };
    unsafe {
        let connect_string = "localhost/unit";
        succeed(OCIServerAttach(server, error, connect_string.as_ptr(), connect_string.len() as i32, 0));
        succeed(OCIAttrSet(service, SERVICE, server, 0, ATTR_SERVER, error));
        text(ATTR_USERNAME, "system");
        text(ATTR_PASSWORD, "stand-in");
        succeed(OCIAttrSet(service, SERVICE, session, 0, ATTR_SESSION, error));
        succeed(OCISessionBegin(service, error, session, 1, 0));
    }
    (service, session)
}

fn prepare(service: *mut c_void, text: &str) -> *mut c_void {
    let mut statement = null_mut();
    let status = unsafe {
        let error = null_mut();
        OCIStmtPrepare2(service, &mut statement, error, text.as_ptr(), text.len() as u32, null(), 0, 1, 0)
    };
    assert_eq!(status, SUCCESS);
    statement
}

fn release(statement: *mut c_void, mode: u32) {
    assert_eq!(unsafe { OCIStmtRelease(statement, null_mut(), null(), 0, mode) }, SUCCESS);
}

#[test]
fn statements_are_cached_until_they_fail_or_must_make_room() {
    const ATTR_STMTCACHESIZE: u32 = 176;
    const DELETE: u32 = 0x10;
    let folder = tempfile::tempdir().unwrap();
    // SAFETY: no other test of this program reads the environment.
    unsafe { std::env::set_var(crate::StandIn::VARIABLE, folder.path()) };
    let environment = environment();
    let (service, session) = log_on(environment);
    let one = prepare(service, "SELECT 1 FROM DUAL");
    assert_ne!(prepare(service, "SELECT 1 FROM DUAL"), one, "one that is in use is not given out again");
    release(one, 0);
    assert_eq!(prepare(service, "SELECT 1 FROM DUAL"), one);
    // The driver asks for a statement that failed to be forgotten.
    release(one, DELETE);
    assert_ne!(prepare(service, "SELECT 1 FROM DUAL"), one);
    let mut size = 1u32;
    let size: *mut u32 = &mut size;
    let status = unsafe { OCIAttrSet(service, SERVICE, size.cast(), 0, ATTR_STMTCACHESIZE, null_mut()) };
    assert_eq!(status, SUCCESS);
    let (two, three) = (prepare(service, "SELECT 2 FROM DUAL"), prepare(service, "SELECT 3 FROM DUAL"));
    release(two, 0);
    release(three, 0);
    assert_ne!(prepare(service, "SELECT 2 FROM DUAL"), two);
    assert_eq!(prepare(service, "SELECT 3 FROM DUAL"), three);
    unsafe {
        assert_eq!(OCISessionEnd(service, null_mut(), session, 0), SUCCESS);
        // Its statements went with the session: left are the environment and the four handles.
        assert_eq!(handles::count_in(environment), 5);
        OCIHandleFree(environment, ENV);
    }
    assert!(crate::StandIn::new(folder.path()).sessions().is_empty());
}
