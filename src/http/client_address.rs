use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use rocket::request::{FromRequest, Outcome};
use rocket::{Request, async_trait};

use super::Settings;

/// Where a request comes from, as far as limits care: an IPv4 address, or the /64 of an IPv6 one,
/// which is the least that a customer gets (RFC 6177), so that one has 2^64 addresses to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The group of this address. An IPv4 address in IPv6's clothes is the IPv4 address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
            address => address,
        })
    }
}

/// The connection's other end; or, behind a proxy, whom CLIENT_IP_HEADER names. Rocket's
/// `client_ip()` is of no use here: it believes a header unless it is told not to.
#[async_trait]
impl<'r> FromRequest<'r> for ClientAddress {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(address(request)))
    }
}

/// The whole address. An IPv4 one in IPv6's clothes is the IPv4 one.
pub fn address(request: &Request<'_>) -> IpAddr {
    let settings = request.rocket().state::<Settings>().expect("settings are managed at the start");
    let told = settings.client_ip_header.as_ref().and_then(|name| nearest(request.headers().get(name)));
    let remote = request.remote().map(|remote| remote.ip());
    told.or(remote).unwrap_or(Ipv4Addr::UNSPECIFIED.into()).to_canonical()
}

/// The right-most address. A proxy appends the address that it sees to what a request has brought
/// along: all that stands further left is the client's own claim.
fn nearest<'h>(lines: impl Iterator<Item = &'h str>) -> Option<IpAddr> {
    let text = lines.last()?.rsplit(',').next()?.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_right_most_address_of_the_last_line_counts() {
        for (lines, address) in [
            (&["192.0.2.1"][..], Some("192.0.2.1")),
            (&["10.9.9.9, 192.0.2.1"], Some("192.0.2.1")),
            (&["10.9.9.9", "10.8.8.8,192.0.2.1 "], Some("192.0.2.1")),
            (&["192.0.2.1:4711"], Some("192.0.2.1")),
            (&["2001:db8::1"], Some("2001:db8::1")),
            (&["[2001:db8::1]"], Some("2001:db8::1")),
            (&["[2001:db8::1]:4711"], Some("2001:db8::1")),
            (&["192.0.2.1, unknown"], None),
            (&[""], None),
            (&[], None),
        ] {
            assert_eq!(nearest(lines.iter().copied()), address.map(ip), "{lines:?}");
        }
    }

    #[test]
    fn ipv6_addresses_of_one_64_are_one_client() {
        let of = |text| ClientAddress::of(ip(text));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
