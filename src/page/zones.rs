use std::sync::LazyLock;

use crate::time::ZoneName;

/// The zones that forms propose: those of places, by which people know them, and UTC. Any other name is taken, too.
pub static ZONES: LazyLock<Vec<ZoneName>> = LazyLock::new(|| {
    let is_place = |zone: &ZoneName| {
        let areas =
            ["Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/"];
        let areas = areas.into_iter().chain(["Indian/", "Pacific/"]);
        zone == &ZoneName::default() || areas.into_iter().any(|area| zone.as_str().starts_with(area))
    };
    ZoneName::all().into_iter().filter(is_place).collect()
});
