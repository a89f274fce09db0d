use rocket::Request;

/// Whether the client would rather have an answer compressed by gzip: RFC 9110, section 12.5.3. One that
/// says nothing of encodings gets none.
pub fn prefers_gzip(request: &Request<'_>) -> bool {
    preferred(request.headers().get("Accept-Encoding"))
}

fn preferred<'h>(lines: impl Iterator<Item = &'h str>) -> bool {
    let (mut gzip, mut identity, mut any) = (None, None, None);
    for item in lines.flat_map(|line| line.split(',')) {
        let (coding, parameters) = item.split_once(';').unwrap_or((item, ""));
        let coding = coding.trim().to_ascii_lowercase();
        let quality = Some(quality(parameters));
        match coding.as_str() {
            "gzip" | "x-gzip" => gzip = gzip.max(quality),
            "identity" => identity = identity.max(quality),
            "*" => any = any.max(quality),
            _ => {}
        }
    }
    let gzip = gzip.or(any).unwrap_or(0);
    gzip > 0 && gzip >= identity.unwrap_or(0)
}

/// In thousandths. What is no quality is none.
fn quality(parameters: &str) -> u16 {
    let Some((name, value)) = parameters.split_once('=') else {
        return if parameters.trim().is_empty() { 1000 } else { 0 };
    };
    match value.trim().parse::<f32>() {
        Ok(value) if name.trim().eq_ignore_ascii_case("q") && (0.0..=1.0).contains(&value) => {
            (value * 1000.0).round() as u16
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::preferred;

    #[test]
    fn gzip_goes_to_those_who_ask_for_it_and_want_nothing_better() {
        for lines in [
            &["gzip"][..],
            &["gzip, deflate, br, zstd"],
            &["br;q=1.0, gzip;q=0.8, *;q=0.1"],
            &["deflate", "GZIP ; Q=0.5"],
            &["x-gzip"],
            &["*"],
            &["identity;q=0.5, gzip;q=0.5"],
            &["identity;q=0, *"],
            &["gzip;q=0.001"],
        ] {
            assert!(preferred(lines.iter().copied()), "{lines:?}");
        }
    }

    #[test]
    fn nobody_else_gets_it() {
        for lines in [
            &[][..],
            &[""],
            &["identity"],
            &["br"],
            &["gzip;q=0"],
            &["gzip;q=0.000, *"],
            &["*;q=0"],
            &["identity, gzip;q=0.9"],
            &["gzip;q=2"],
            &["gzip;q=-1"],
            &["gzip;q=NaN"],
            &["gzip;q=high"],
            &["gzip;level=9"],
            &["gzipped"],
        ] {
            assert!(!preferred(lines.iter().copied()), "{lines:?}");
        }
    }
}
