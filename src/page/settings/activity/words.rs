use crate::audit::Act;

/// What was done, in a person's words.
pub fn of(act: Act) -> &'static str {
    match act {
        Act::Login => "Logged in",
        Act::LoginFailed => "A wrong password was tried",
        Act::Logout => "Logged out",
        Act::SessionEnded => "A session was ended",
        Act::SessionsEnded => "All other sessions were ended",
        Act::RefreshTokenReused => {
            "A session was ended because its token came twice: somebody else may have had it"
        }
        Act::PasswordChanged => "Password changed",
        Act::PasswordReset => "Password set anew",
        Act::EmailChanged => "Address changed",
        Act::Exported => "Everything that is known of you was downloaded",
        Act::Erased => "Account deleted",
        Act::Restored => "Account restored",
        Act::Deactivated => "Account deactivated: nobody could log in",
        Act::Activated => "Account activated again",
    }
}

/// What a later version of the program did, which this one has no words for.
pub fn unknown(act: &str) -> String {
    let mut text = act.replace('_', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_act_has_words_of_its_own_and_is_found_by_its_name() {
        let mut words = Act::ALL.map(of);
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]));
        for act in Act::ALL {
            assert_eq!(Act::named(act.name()), Some(act));
        }
        assert_eq!(Act::named("of_a_later_version"), None);
        assert_eq!(unknown("of_a_later_version"), "Of a later version");
        assert_eq!(unknown(""), "");
        assert_eq!(unknown("über_uns"), "über uns");
    }
}
