use std::fmt::Write as _;

/// The most quarters of an hour that a day has: 26 hours, where clocks are put back by two.
const QUARTERS: usize = 104;

/// The most events beside one another.
const BESIDE: usize = 8;

/// The most lanes of a week.
const LANES: usize = 24;

/// Rules for where things are: no page needs a style of its own. A class for each quarter of an hour (`t`), each length (`h`,
/// `q`), each place beside others (`p`), each lane (`l`) and each number of days (`s`).
pub fn positions() -> String {
    let mut rules = String::new();
    // Writing to a text does not fail.
    for quarter in 0..=QUARTERS {
        let _ = write!(rules, ".t{quarter}{{--t:{quarter}}}.h{quarter}{{--h:{quarter}}}");
    }
    for quarters in (84..=QUARTERS).step_by(2) {
        let _ = write!(rules, ".q{quarters}{{--q:{quarters}}}");
    }
    for of in 1..=BESIDE {
        for index in 0..of {
            let _ = write!(rules, ".p{index}-{of}{{--p:{index};--of:{of}}}");
        }
    }
    for lane in 0..LANES {
        let _ = write!(rules, ".l{lane}{{grid-row:{}}}", lane + 1);
    }
    for span in 2..=7 {
        let _ = write!(rules, ".s{span}{{--s:{span}}}");
    }
    rules
}
