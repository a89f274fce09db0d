/// How long one attempt to reach the host may take, in seconds: Oracle Net's own limit is a minute,
/// and a logon's thread is left behind for as long.
const CONNECT_TIMEOUT: &str = "5";

/// After so many idle minutes the connection is probed, again and again: a firewall does not forget
/// it, and a host that is gone is noticed.
const EXPIRE_TIME: &str = "1";

/// Bounds what reaching the database takes and has idle connections probed, where the connect string
/// can say so and does not: Easy Connect Plus and EXPIRE_TIME came with client 19. An alias is
/// described elsewhere.
pub fn bounded(connect_string: &str, client: i32) -> String {
    if connect_string.trim_start().starts_with('(') {
        descriptor(connect_string, client).unwrap_or_else(|| connect_string.to_owned())
    } else if is_easy_connect(connect_string) && client >= 19 {
        easy_connect(connect_string)
    } else {
        connect_string.to_owned()
    }
}

/// A host with a service, rather than an alias or a directory's or a provider's address.
fn is_easy_connect(connect_string: &str) -> bool {
    match connect_string.split_once("://") {
        Some((protocol, _)) => ["tcp", "tcps", "ws", "wss"].iter().any(|own| is(protocol, own)),
        None => connect_string.contains('/'),
    }
}

fn easy_connect(connect_string: &str) -> String {
    let given = connect_string.split_once('?').map_or("", |(_, parameters)| parameters);
    let mut bounded = connect_string.to_owned();
    for (name, value) in [("transport_connect_timeout", CONNECT_TIMEOUT), ("expire_time", EXPIRE_TIME)] {
        if !given.split('&').any(|parameter| parameter.split('=').next().is_some_and(|own| is(own, name))) {
            bounded.push(if bounded.contains('?') { '&' } else { '?' });
            bounded.push_str(&format!("{name}={value}"));
        }
    }
    bounded
}

/// A list in parentheses, `(NAME=…)`, that has been read up to somewhere within.
struct Open<'a> {
    name: &'a str,
    /// Where its content begins.
    content: usize,
    /// The names of the lists directly within.
    within: Vec<&'a str>,
}

/// Puts what is missing at the head of each DESCRIPTION. Nothing if the parentheses do not match.
fn descriptor(text: &str, client: i32) -> Option<String> {
    let (mut open, mut missing): (Vec<Open<'_>>, Vec<(usize, String)>) = Default::default();
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(quoted), _) => quote = (character != quoted).then_some(quoted),
            (None, '"' | '\'') => quote = Some(character),
            (None, '(') => {
                let (name, _) = text[at + 1..].split_once(['=', '(', ')'])?;
                let content = at + 1 + name.len() + 1;
                if let Some(outer) = open.last_mut() {
                    outer.within.push(name);
                }
                open.push(Open { name, content, within: Vec::new() });
            }
            (None, ')') => {
                let closed = open.pop()?;
                if is(closed.name, "DESCRIPTION") {
                    missing.push((closed.content, lacking(&closed.within, client)));
                }
            }
            _ => {}
        }
    }
    let whole = open.is_empty() && quote.is_none();
    let mut bounded = text.to_owned();
    missing.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    missing.iter().for_each(|(at, parameters)| bounded.insert_str(*at, parameters));
    whole.then_some(bounded)
}

/// The parameters that a DESCRIPTION with these ones lacks. Who limits the transport alone has
/// chosen: a limit of the whole would cut that short.
fn lacking(named: &[&str], client: i32) -> String {
    let has = |name| named.iter().any(|own| is(own, name));
    let mut lacking = String::new();
    for (needed, name, value) in [
        (!has("TRANSPORT_CONNECT_TIMEOUT"), "CONNECT_TIMEOUT", CONNECT_TIMEOUT),
        (true, "RETRY_COUNT", "0"),
        (client >= 19, "EXPIRE_TIME", EXPIRE_TIME),
    ] {
        if needed && !has(name) {
            lacking.push_str(&format!("({name}={value})"));
        }
    }
    lacking
}

fn is(name: &str, other: &str) -> bool {
    name.trim().eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_connect_is_given_what_it_does_not_say() {
        for (given, bounded_to) in [
            ("db:1521/XEPDB1", "db:1521/XEPDB1?transport_connect_timeout=5&expire_time=1"),
            ("//db/s", "//db/s?transport_connect_timeout=5&expire_time=1"),
            ("tcps://db:1521/s", "tcps://db:1521/s?transport_connect_timeout=5&expire_time=1"),
            (
                "TCPS://db/s?wallet_location=/w",
                "TCPS://db/s?wallet_location=/w&transport_connect_timeout=5&expire_time=1",
            ),
            ("db/s?Transport_Connect_Timeout=9", "db/s?Transport_Connect_Timeout=9&expire_time=1"),
            ("db/s?expire_time = 2", "db/s?expire_time = 2&transport_connect_timeout=5"),
            ("db/expire_time?sdu=8192", "db/expire_time?sdu=8192&transport_connect_timeout=5&expire_time=1"),
        ] {
            assert_eq!(bounded(given, 21), bounded_to);
            assert_eq!(bounded(given, 18), given, "which does not take parameters");
        }
    }

    #[test]
    fn an_alias_and_what_others_resolve_are_left_alone() {
        for given in ["mydb_tp", "mydb.example.com", "ldap://host/cn=db", "config-file:///etc/db.json?key=a"]
        {
            assert_eq!(bounded(given, 23), given);
        }
    }

    #[test]
    fn each_description_is_given_what_it_does_not_say() {
        const ALL: &str = "(CONNECT_TIMEOUT=5)(RETRY_COUNT=0)(EXPIRE_TIME=1)";
        for (given, bounded_to) in [
            (
                "(DESCRIPTION=(ADDRESS=(HOST=a/b)))".to_owned(),
                format!("(DESCRIPTION={ALL}(ADDRESS=(HOST=a/b)))"),
            ),
            (
                " ( description =\n (ADDRESS=(HOST=a)))".to_owned(),
                format!(" ( description ={ALL}\n (ADDRESS=(HOST=a)))"),
            ),
            (
                "(DESCRIPTION=( Connect_Timeout = 9 )(RETRY_COUNT=20)(ADDRESS=(HOST=a)))".to_owned(),
                "(DESCRIPTION=(EXPIRE_TIME=1)( Connect_Timeout = 9 )(RETRY_COUNT=20)(ADDRESS=(HOST=a)))"
                    .to_owned(),
            ),
            (
                "(DESCRIPTION=(TRANSPORT_CONNECT_TIMEOUT=9)(ADDRESS=(HOST=a)))".to_owned(),
                "(DESCRIPTION=(RETRY_COUNT=0)(EXPIRE_TIME=1)(TRANSPORT_CONNECT_TIMEOUT=9)(ADDRESS=(HOST=a)))"
                    .to_owned(),
            ),
            (
                "(DESCRIPTION_LIST=(DESCRIPTION=(ADDRESS=(HOST=a)))(DESCRIPTION=(EXPIRE_TIME=3)(A=b)))"
                    .to_owned(),
                format!(
                    "(DESCRIPTION_LIST=(DESCRIPTION={ALL}(ADDRESS=(HOST=a)))\
                     (DESCRIPTION=(CONNECT_TIMEOUT=5)(RETRY_COUNT=0)(EXPIRE_TIME=3)(A=b)))"
                ),
            ),
            (
                // A parameter of another list is none of the description's.
                "(DESCRIPTION=(X=(RETRY_COUNT=1))(SECURITY=(SSL_SERVER_CERT_DN=\"CN=é) (\")))".to_owned(),
                format!("(DESCRIPTION={ALL}(X=(RETRY_COUNT=1))(SECURITY=(SSL_SERVER_CERT_DN=\"CN=é) (\")))"),
            ),
        ] {
            assert_eq!(bounded(&given, 21), bounded_to);
            assert_eq!(bounded(&bounded_to, 21), bounded_to, "once is enough");
        }
        assert_eq!(
            bounded("(DESCRIPTION=(A=b))", 18),
            "(DESCRIPTION=(CONNECT_TIMEOUT=5)(RETRY_COUNT=0)(A=b))"
        );
    }

    #[test]
    fn what_is_no_descriptor_is_left_for_the_client_to_refuse() {
        for given in ["(", ")", "()", "(DESCRIPTION", "(DESCRIPTION=(A=b)", "(DESCRIPTION=(A=b)))", "(A=\"b)"]
        {
            assert_eq!(bounded(given, 21), given);
        }
    }
}
