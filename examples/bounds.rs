//! What bounds the server from above, for benches/load.py: `bounds serve FILE` answers every GET of
//! `/` with the file's bytes, `bounds scrypt` prints the seconds that one password takes.

use std::time::Instant;

use persony::auth::PasswordHash;
use rocket::http::ContentType;
use rocket::{State, get, routes};

struct Bytes(Vec<u8>);

#[get("/")]
fn bytes(bytes: &State<Bytes>) -> (ContentType, Vec<u8>) {
    (ContentType::JSON, bytes.0.clone())
}

#[rocket::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[1..] {
        ["serve", file] => {
            let bytes = Bytes(std::fs::read(file)?);
            let config = rocket::Config {
                log_level: rocket::config::LogLevel::Off,
                ..rocket::Config::release_default()
            };
            let figment = rocket::Config::figment().join(config);
            rocket::custom(figment).manage(bytes).mount("/", routes![bytes]).launch().await?;
        }
        ["scrypt"] => {
            let hash = PasswordHash::generate("correct horse battery staple");
            let mut seconds: Vec<_> = (0..15)
                .map(|_| {
                    let start = Instant::now();
                    assert!(!hash.verify("wrong"));
                    start.elapsed().as_secs_f64()
                })
                .collect();
            seconds.sort_by(f64::total_cmp);
            println!("{}", seconds[seconds.len() / 2]);
        }
        _ => return Err("bounds serve FILE, or bounds scrypt".into()),
    }
    Ok(())
}
