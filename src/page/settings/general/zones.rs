use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::time::ZoneName;

/// A part of the world with its time zones.
pub struct Region {
    pub name: &'static str,
    /// Each by its name, and by what it is called within the region.
    pub zones: Vec<(String, String)>,
}

/// The regions of the tz database, in their order. What has none is there for programs, or kept for former times.
const REGIONS: [&str; 11] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
    "Other names",
];

/// The last of them.
const OTHERS: usize = REGIONS.len() - 1;

static ALL: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let mut found: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for zone in ZoneName::all() {
        let (place, label) = split(zone.as_str());
        found.entry(place).or_default().push((zone.as_str().to_owned(), label));
    }
    let region = |(place, mut zones): (usize, Vec<(String, String)>)| {
        zones.sort_by(|(_, one), (_, other)| one.cmp(other));
        Region { name: REGIONS[place], zones }
    };
    found.into_iter().map(region).collect()
});

/// All zones of the tz database.
pub fn regions() -> &'static [Region] {
    &ALL
}

/// Whether it is one of them, spelt as there.
pub fn is_listed(name: &str) -> bool {
    ALL.iter().any(|region| region.zones.iter().any(|(listed, _)| listed == name))
}

/// In which region a zone is, and what it is called there.
fn split(name: &str) -> (usize, String) {
    let within = name.split_once('/').and_then(|(region, rest)| {
        let place = REGIONS[..OTHERS].iter().position(|known| *known == region)?;
        Some((place, rest.replace('_', " ").replace('/', ", ")))
    });
    within.unwrap_or_else(|| (OTHERS, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_zone_is_in_one_region_under_a_name_of_its_own() {
        for zone in ZoneName::all() {
            assert!(is_listed(zone.as_str()), "{}", zone.as_str());
        }
        let all: usize = regions().iter().map(|region| region.zones.len()).sum();
        assert_eq!(all, ZoneName::all().len());
        assert_eq!(regions().iter().map(|region| region.name).collect::<Vec<_>>(), REGIONS);
        for region in regions() {
            let mut labels: Vec<_> = region.zones.iter().map(|(_, label)| label).collect();
            labels.dedup();
            assert_eq!(labels.len(), region.zones.len(), "{}", region.name);
        }
    }

    #[test]
    fn a_zone_is_called_as_people_write_it() {
        for (name, place, label) in [
            ("Europe/Berlin", 7, "Berlin"),
            ("America/Argentina/Buenos_Aires", 1, "Argentina, Buenos Aires"),
            ("UTC", OTHERS, "UTC"),
            ("Etc/GMT+5", OTHERS, "Etc/GMT+5"),
        ] {
            assert_eq!(split(name), (place, label.to_owned()), "{name}");
        }
    }
}
