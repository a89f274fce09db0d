/// What a merge patch (RFC 7396) says of a member: being left out and being `null` are two things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Left out: it stays as it is.
    #[default]
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

    /// What becomes of a value.
    pub fn over(self, value: Option<T>) -> Option<T> {
        match self {
            Self::Keep => value,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// What makes the one of the other.
    pub fn between(base: Option<&T>, changed: Option<&T>) -> Self
    where
        T: Clone + PartialEq,
    {
        match changed {
            _ if base == changed => Self::Keep,
            None => Self::Clear,
            Some(value) => Self::Set(value.clone()),
        }
    }

    /// Nothing where `forgotten` says so, else itself.
    pub fn unless(self, forgotten: bool) -> Self {
        if forgotten { Self::Keep } else { self }
    }

    /// As a value of another type; what has none any more has none there either.
    pub fn map<U>(self, value: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::Set(set) => Change::Set(value(set)),
        }
    }
}
