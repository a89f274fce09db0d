/// What was done to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Somebody logged in.
    Login,
    /// Somebody tried to, with a wrong password.
    LoginFailed,
    /// A session, or a token without one, was ended by who used it.
    Logout,
    /// One session was ended from another.
    SessionEnded,
    /// All sessions but the one that asked were ended; by an operator, all of them.
    SessionsEnded,
    /// A used refresh token was shown again, and its session ended: somebody else may have had it.
    RefreshTokenReused,
    /// The password was changed by who knows it.
    PasswordChanged,
    /// The password was set by an operator.
    PasswordReset,
    /// The address was changed.
    EmailChanged,
    /// All that is known of the person was handed out.
    Exported,
    /// The account is to be erased.
    Erased,
    /// It is not, after all.
    Restored,
    /// Nobody can log in.
    Deactivated,
    /// Its person can again.
    Activated,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Login,
        Self::LoginFailed,
        Self::Logout,
        Self::SessionEnded,
        Self::SessionsEnded,
        Self::RefreshTokenReused,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::EmailChanged,
        Self::Exported,
        Self::Erased,
        Self::Restored,
        Self::Deactivated,
        Self::Activated,
    ];

    /// The one of a name. `None`: what a later version knows.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }

    /// As the database and the wire have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::LoginFailed => "login_failed",
            Self::Logout => "logout",
            Self::SessionEnded => "session_ended",
            Self::SessionsEnded => "sessions_ended",
            Self::RefreshTokenReused => "refresh_token_reused",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::EmailChanged => "email_changed",
            Self::Exported => "exported",
            Self::Erased => "erased",
            Self::Restored => "restored",
            Self::Deactivated => "deactivated",
            Self::Activated => "activated",
        }
    }
}
