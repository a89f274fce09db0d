//! What pages load: one stylesheet, and modules of the browser. They are in the program itself.

use std::collections::BTreeMap;
use std::fmt;
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
];

/// Files by their names, and what they are called for browsers.
static NAMES: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let named = files().map(|(name, kind, content)| {
        let hash = Asset::new(kind, content).map_or_else(|_| String::new(), |asset| asset.hash().to_owned());
        (name, hashed(name, &hash))
    });
    named.collect()
});

fn files() -> impl Iterator<Item = (&'static str, ContentType, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    [
        ("style.css", ContentType::CSS, text(&STYLE.concat())),
        ("icon.svg", ContentType::SVG, text(include_str!("icon.svg"))),
    ]
    .into_iter()
}

/// `style.0a1b2c3d4e5f6071.css`: of another content it is another name.
fn hashed(name: &str, hash: &str) -> String {
    let (stem, suffix) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{}.{suffix}", hash.get(..16).unwrap_or(hash))
}

/// The address of a file, for a template.
pub fn address(name: &str) -> impl fmt::Display {
    format!("/assets/{}", NAMES.get(name).map_or(name, String::as_str))
}

/// All files that pages load, by the names that browsers know them by.
pub struct Assets(BTreeMap<String, Asset>);

impl Assets {
    /// Compresses them.
    ///
    /// # Errors
    /// None that writing to memory has.
    pub fn load() -> io::Result<Self> {
        let assets = files().map(|(name, kind, content)| {
            let asset = Asset::new(kind, content)?;
            Ok((hashed(name, asset.hash()), asset))
        });
        assets.collect::<io::Result<_>>().map(Self)
    }
}

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![get_asset]
}

#[get("/assets/<name>")]
fn get_asset<'s>(name: &str, assets: &'s State<Assets>) -> Result<Lasting<'s>, Error> {
    assets.0.get(name).map(Lasting).ok_or_else(Error::no_such_path)
}
