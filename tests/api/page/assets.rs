use super::browser::Person;
use crate::api::support::{App, Reply};

fn addresses(page: &Reply) -> Vec<String> {
    let of = |mark: &str| -> Vec<String> {
        let rest = page.body.split(mark).skip(1);
        rest.map(|rest| rest.split('"').next().unwrap().to_owned())
            .filter(|address| address.starts_with("/assets/"))
            .collect()
    };
    [of(r#"href=""#), of(r#"src=""#)].concat()
}

#[test]
fn what_a_page_loads_lasts_a_year_under_a_name_of_its_content() {
    let app = App::start();
    let page = Person::new(&app, "a@example.com").get("/calendar/month/2026-11");
    let mut seen = 0;
    let mut left = addresses(&page);
    while let Some(address) = left.pop() {
        let file = app.get(&address);
        assert_eq!(file.status, 200, "{address}");
        assert_eq!(
            file.header("cache-control").as_deref(),
            Some("public, max-age=31536000, immutable"),
            "{address}"
        );
        // Modules import one another by such names, too.
        let imports = file.body.split("from \"./").skip(1).map(|rest| rest.split('"').next().unwrap());
        left.extend(imports.map(|name| format!("/assets/{name}")));
        seen += 1;
    }
    assert!(seen >= 10, "{seen}");
    assert_eq!(app.get("/assets/style.css").status, 404);
}

#[test]
fn a_page_is_sent_compressed_to_who_takes_it() {
    let app = App::start();
    let plain = app.get("/register");
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(plain.header("vary").as_deref(), Some("Accept-Encoding"));
    let packed = app.send("HEAD", "/register", &[("Accept-Encoding", "gzip")], b"");
    assert_eq!(packed.header("content-encoding").as_deref(), Some("gzip"));
    let length = |reply: &Reply| reply.header("content-length").unwrap().parse::<usize>().unwrap();
    assert!(length(&packed) < length(&plain) / 2 + 300, "{} of {}", length(&packed), length(&plain));
}
