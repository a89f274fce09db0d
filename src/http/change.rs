/// What a merge patch (RFC 7396) says of a member: being left out and being `null` are two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<T> {
    /// Left out: it stays as it is.
    Keep,
    /// `null`: it has no value any more.
    Clear,
    /// It has this value from now on.
    Set(T),
}

impl<T> Change<T> {
    /// Whether it says anything.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::Keep)
    }

    /// The new value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}
