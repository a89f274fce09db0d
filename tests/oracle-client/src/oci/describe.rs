//! Parameter descriptors: what a column is.

use std::ffi::{c_int, c_void};
use std::sync::Arc;

use super::answer::{Failure, Result, answer};
use super::attributes::Value;
use super::buffer::kind;
use super::environment::CHARSET;
use super::handles::{self, Object};
use super::raw;
use crate::database::{Column, ColumnType};
use crate::error::OracleError;

const ATTR_DATA_SIZE: u32 = 1;
const ATTR_DATA_TYPE: u32 = 2;
const ATTR_NAME: u32 = 4;
const ATTR_PRECISION: u32 = 5;
const ATTR_SCALE: u32 = 6;
const ATTR_IS_NULL: u32 = 7;
const ATTR_TYPE_NAME: u32 = 8;
const ATTR_SCHEMA_NAME: u32 = 9;
const ATTR_CHARSET_ID: u32 = 31;
const ATTR_CHARSET_FORM: u32 = 32;
const ATTR_CHAR_SIZE: u32 = 286;
const ATTR_JSON_COL: u32 = 534;
const ATTR_OSON_COL: u32 = 623;

const FORM_IMPLICIT: u8 = 1;
/// The size of an expression: as wide as a VARCHAR2 gets.
const WIDEST: u16 = 4000;
/// How a describe tells a NUMBER without precision.
const FLOATING: i8 = -127;
const NUMBER_BYTES: u16 = 22;
const TIMESTAMP_TZ_BYTES: u16 = 13;

pub struct Parameter {
    column: Column,
}

impl Parameter {
    fn data_size(&self) -> u16 {
        match self.column.kind {
            ColumnType::Varchar2(0) => WIDEST,
            ColumnType::Varchar2(bytes) => bytes,
            ColumnType::Number { .. } => NUMBER_BYTES,
            ColumnType::TimestampTz { .. } => TIMESTAMP_TZ_BYTES,
            ColumnType::Raw(bytes) => bytes,
            ColumnType::Clob => WIDEST,
        }
    }

    pub fn get(&self, handle: *const c_void, attribute: u32) -> Result<Option<Value>> {
        let (data_type, precision, scale) = match self.column.kind {
            ColumnType::Varchar2(_) => (kind::CHR, 0, 0),
            ColumnType::Number { precision: None, .. } => (kind::NUM, 0, FLOATING),
            ColumnType::Number { precision: Some(precision), scale } => (kind::NUM, precision.into(), scale),
            ColumnType::TimestampTz { fraction } => (kind::TIMESTAMP_TZ, 0, fraction as i8),
            ColumnType::Raw(_) => (kind::BIN, 0, 0),
            ColumnType::Clob => (kind::CLOB, 0, 0),
        };
        let keep = |text: &str| Ok(Some(handles::environment_of(handle)?.1.keep(text)));
        Ok(Some(match attribute {
            ATTR_NAME => return keep(&self.column.name),
            ATTR_TYPE_NAME | ATTR_SCHEMA_NAME => return keep(""),
            ATTR_DATA_SIZE => Value::U16(self.data_size()),
            ATTR_DATA_TYPE => Value::U16(data_type),
            ATTR_PRECISION => Value::I16(precision),
            ATTR_SCALE => Value::I8(scale),
            ATTR_IS_NULL => Value::U8(self.column.nullable.into()),
            ATTR_CHARSET_ID => Value::U16(CHARSET),
            ATTR_CHARSET_FORM => Value::U8(FORM_IMPLICIT),
            // Lengths are in bytes here, and a character may need no more than one.
            ATTR_CHAR_SIZE => Value::U16(self.data_size()),
            ATTR_JSON_COL | ATTR_OSON_COL => Value::U8(0),
            _ => return Ok(None),
        }))
    }
}

/// The column of an executed or described query, from 1 on; or of an error handle the error of one
/// row, from 0 on, which goes into the caller's other error handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIParamGet(
    handle: *const c_void,
    _kind: u32,
    error: *mut c_void,
    parameter: *mut *mut c_void,
    position: u32,
) -> c_int {
    answer(error, || {
        let missing = || Failure::Oracle(OracleError::new(24334, "no descriptor for this position"));
        if let Object::Error(errors) = handles::get(handle)? {
            // SAFETY: OCI's contract: `parameter` holds an error handle of the caller's.
            let other = handles::error(unsafe { parameter.read() })?;
            return if errors.tell_batch_error(position as usize, &other) { Ok(()) } else { Err(missing()) };
        }
        let column =
            handles::statement(handle)?.state().columns.get(position.wrapping_sub(1) as usize).cloned();
        let new = Arc::new(Parameter { column: column.ok_or_else(missing)? });
        let token = handles::allocate(handle, Object::Parameter(new))?;
        // SAFETY: OCI's contract: `parameter` takes the descriptor.
        unsafe { raw::put(parameter, handles::pointer(token)) };
        Ok(())
    })
}
