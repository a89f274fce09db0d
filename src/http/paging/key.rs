use chrono::{DateTime, Utc};

/// What a list is sorted by, down to what no two rows share, as a cursor carries it. Each part begins with a byte
/// that says what it is, so that the cursor of a list that is sorted by something else is none of this one's.
pub trait Key: Sized {
    /// Appends it.
    fn write(&self, bytes: &mut Vec<u8>);

    /// Takes it off the front; `None` where that is something else, or what no column could hold.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

const INTEGER: u8 = b'i';
const TEXT: u8 = b't';
const TIME: u8 = b'z';

/// What both engines can hold, in microseconds since 1970: the years 1 to 9999.
const TIMES: std::ops::Range<i64> = -62_135_596_800_000_000..253_402_300_800_000_000;

impl Key for i64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(INTEGER);
        bytes.extend_from_slice(&self.to_be_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes, INTEGER)?;
        let (integer, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(Self::from_be_bytes(*integer))
    }
}

/// To the microsecond, as the columns are.
impl Key for DateTime<Utc> {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(TIME);
        bytes.extend_from_slice(&self.timestamp_micros().to_be_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes, TIME)?;
        let (micros, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        let micros = Some(i64::from_be_bytes(*micros)).filter(|micros| TIMES.contains(micros));
        micros.and_then(Self::from_timestamp_micros)
    }
}

/// An id: at most 255 bytes, of which no more are kept. An empty one would be NULL, which is after nothing.
impl Key for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        let most = usize::from(u8::MAX).min(self.len());
        let end = (0..=most).rev().find(|end| self.is_char_boundary(*end)).unwrap_or_default();
        let kept = &self[..end];
        bytes.extend_from_slice(&[TEXT, u8::try_from(kept.len()).unwrap_or(u8::MAX)]);
        bytes.extend_from_slice(kept.as_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes, TEXT)?;
        let (length, rest) = bytes.split_first()?;
        let (text, rest) = rest.split_at_checked(usize::from(*length))?;
        *bytes = rest;
        std::str::from_utf8(text).ok().filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

impl<A: Key, B: Key> Key for (A, B) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        A::read(bytes).zip(B::read(bytes))
    }
}

fn take(bytes: &mut &[u8], kind: u8) -> Option<()> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    (*first == kind).then_some(())
}
