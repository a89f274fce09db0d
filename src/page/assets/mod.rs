//! What pages load: one stylesheet, and modules of the browser. They are in the program itself.

mod positions;

use std::collections::BTreeMap;
use std::io;
use std::sync::LazyLock;

use rocket::http::ContentType;
use rocket::{Route, State, get, routes};

use crate::http::{Asset, Error, Lasting};

/// What the stylesheet is made of, one after the other.
const STYLE: &[&str] = &[
    include_str!("style/tokens.css"),
    include_str!("style/base.css"),
    include_str!("style/frame.css"),
    include_str!("style/forms.css"),
    include_str!("style/swatch.css"),
    include_str!("style/settings.css"),
    include_str!("style/views.css"),
    include_str!("style/sharing.css"),
    include_str!("style/events.css"),
    include_str!("style/modules.css"),
    include_str!("style/print.css"),
];

/// Modules of the browser, each after those that it imports.
const MODULES: &[(&str, &str)] = &[
    ("page.js", include_str!("modules/page.js")),
    ("clock.js", include_str!("modules/clock.js")),
    ("offline.js", include_str!("modules/offline.js")),
    ("zone.js", include_str!("modules/zone.js")),
    ("keys.js", include_str!("modules/keys.js")),
    ("quick.js", include_str!("modules/quick.js")),
    ("fresh.js", include_str!("modules/fresh.js")),
    ("colors.js", include_str!("modules/colors.js")),
    ("choices.js", include_str!("modules/choices.js")),
    ("now.js", include_str!("modules/now.js")),
    ("preview.js", include_str!("modules/preview.js")),
    ("drag.js", include_str!("modules/drag.js")),
];

/// Files by their names, as browsers know them and as they are sent.
static FILES: LazyLock<io::Result<BTreeMap<&'static str, (String, Asset)>>> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    let mut add = |name: &'static str, kind, content: String| {
        let asset = Asset::new(kind, content.into_bytes())?;
        let hashed = hashed(name, asset.hash());
        files.insert(name, (hashed.clone(), asset));
        Ok::<_, io::Error>(hashed)
    };
    add("style.css", ContentType::CSS, [STYLE.concat(), positions::positions()].concat())?;
    add("icon.svg", ContentType::SVG, include_str!("icon.svg").to_owned())?;
    let mut imports: Vec<(String, String)> = Vec::new();
    for (name, text) in MODULES {
        let imported = |text: String, (from, to): &(String, String)| text.replace(from, to);
        let hashed = add(name, ContentType::JavaScript, imports.iter().fold((*text).to_owned(), imported))?;
        imports.push((format!("\"./{name}\""), format!("\"./{hashed}\"")));
    }
    Ok(files)
});

/// `style.0a1b2c3d4e5f6071.css`: of another content it is another name.
fn hashed(name: &str, hash: &str) -> String {
    let (stem, suffix) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{}.{suffix}", hash.get(..16).unwrap_or(hash))
}

/// The address of a file, for a template.
pub fn address(name: &str) -> String {
    let hashed = FILES.as_ref().ok().and_then(|files| files.get(name)).map_or(name, |(hashed, _)| hashed);
    format!("/assets/{hashed}")
}

/// All files that pages load, by the names that browsers know them by.
pub struct Assets(BTreeMap<&'static str, &'static Asset>);

impl Assets {
    /// Compresses them.
    ///
    /// # Errors
    /// None that writing to memory has.
    pub fn load() -> io::Result<Self> {
        let files = FILES.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
        Ok(Self(files.values().map(|(name, asset)| (name.as_str(), asset)).collect()))
    }
}

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![get_asset]
}

#[get("/assets/<name>")]
fn get_asset(name: &str, assets: &State<Assets>) -> Result<Lasting<'static>, Error> {
    assets.0.get(name).map(|asset| Lasting(asset)).ok_or_else(Error::no_such_path)
}
