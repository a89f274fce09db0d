use super::error::Code;

/// What a person can do about an error that keeps sessions from being opened.
pub fn advice(code: Code) -> &'static str {
    match code {
        Code::Dpi(1047) => {
            "The Oracle Client libraries cannot be loaded: install Oracle Instant Client (Basic or Basic Light) \
             and set ORACLE_CLIENT_LIB_DIR to its folder. The loader must find the other libraries there by \
             itself: name the folder to ldconfig or in LD_LIBRARY_PATH. On Debian it needs libaio as well."
        }
        Code::Dpi(1050) | Code::Dpi(1072) => {
            "These Oracle Client libraries do not serve: install Instant Client 19 or later."
        }
        Code::Ora(1017) | Code::Ora(1005) => {
            "Check ORACLE_USER and ORACLE_PASSWORD, and restart. A fresh container makes its account only after \
             its first start, which takes a minute or two. Attempts grow rare, because ten of them lock an account."
        }
        Code::Unanswered => {
            "Somebody takes the connection and says nothing: look whether the database hangs (its alert log), and \
             whether a firewall swallows what it says."
        }
        Code::Ora(1045) => "Grant the account CREATE SESSION.",
        Code::Ora(28000) => {
            "The account is locked: find who tries a wrong password, ALTER USER … ACCOUNT UNLOCK, and restart."
        }
        Code::Ora(28001) => {
            "The account's password has expired: ALTER USER … IDENTIFIED BY …, set ORACLE_PASSWORD, and restart."
        }
        Code::Ora(2391) => {
            "The account has no session left: lower ORACLE_MAX_CONN, or raise SESSIONS_PER_USER in its profile."
        }
        Code::Ora(257) => "The database has no room to archive its logs: make some in its recovery area.",
        Code::Ora(12261) => {
            "ORACLE_DSN is no Easy Connect string: host:1521/service, or tcps://host:1522/service."
        }
        Code::Ora(12262) => "Check the host in ORACLE_DSN: its name is not known here.",
        Code::Ora(12263) => "Set ORACLE_CONFIG_DIR to the folder of tnsnames.ora, which must be readable.",
        Code::Ora(12154) | Code::Ora(12533) | Code::Ora(12538) => {
            "Check ORACLE_DSN; for an alias of tnsnames.ora set ORACLE_CONFIG_DIR to that file's folder."
        }
        Code::Ora(12505) | Code::Ora(12514) => {
            "The listener does not know this service: check the service name in ORACLE_DSN; a database that is \
             starting registers it after a while."
        }
        Code::Ora(12541) | Code::Ora(12543) | Code::Ora(12545) => {
            "Nothing listens there: check host and port in ORACLE_DSN, and whether the database is up."
        }
        Code::Ora(12170) | Code::Ora(12535) => {
            "The host does not answer: check ORACLE_DSN, and whether a firewall is in between."
        }
        Code::Ora(12506) => {
            "The listener's access control list refuses this machine: add its address, or a private endpoint."
        }
        Code::Ora(12526) => "The database is in restricted mode: it lets administrators in alone.",
        Code::Ora(12528) | Code::Ora(1033) | Code::Ora(1034) | Code::Ora(1090) => {
            "The database is starting or stopping."
        }
        Code::Ora(18)
        | Code::Ora(20)
        | Code::Ora(12516)
        | Code::Ora(12518)
        | Code::Ora(12519)
        | Code::Ora(12520) => {
            "The database has no session left: lower ORACLE_MAX_CONN, or raise SESSIONS and PROCESSES there."
        }
        Code::Ora(28759) => {
            "The wallet cannot be opened: ORACLE_CONFIG_DIR must hold cwallet.sso, and the DIRECTORY in its \
             sqlnet.ora must name that folder."
        }
        Code::Ora(28788) | Code::Ora(29024) => {
            "The server's certificate is not trusted: download the wallet again, or use an Oracle Client that \
             allows TLS without a wallet (19.14, 21.5, 23.3)."
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_must_act_is_told_how() {
        let refused = [1005, 1017, 28000, 28001];
        let configuration = [1045, 12154, 12261, 12262, 12263, 12505, 12533, 12538, 28759, 28788, 29024];
        let client = [1047, 1050, 1072].map(Code::Dpi);
        let codes = refused.into_iter().chain(configuration).map(Code::Ora).chain(client);
        for code in codes.chain([Code::Unanswered]) {
            assert!(advice(code).ends_with('.'), "{code:?}");
        }
    }
}
