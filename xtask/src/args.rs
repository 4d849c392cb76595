//! What was typed after `cargo xtask`.

use lexopt::{Arg, Parser, ValueExt as _};

use crate::{
    Flavour,
    demo::{self, Apis},
    lint::Fixing,
    problem::{Outcome, Problem},
};

pub const HELP: &str = "\
cargo xtask demo     Set up everything, start the record APIs with the cohort, serve the page
    --port P         The first port to try (8000)
    --api ID=URL,…   Use record APIs that are running, instead of starting some
    --dev            Serve a development build: quick to build, slow to load
cargo xtask build    Build the page into dist/
    --dev            A development build, into target/dist-dev/
cargo xtask lint     Formatting and clippy, natively and for wasm32
    --fix            Correct what can be corrected
";

pub enum Command {
    Help,
    Build(Flavour),
    Demo(demo::Options),
    Lint(Fixing),
}

pub fn read() -> Outcome<Command> {
    let mut parser = Parser::from_env();
    match parser.next()? {
        None | Some(Arg::Long("help") | Arg::Short('h')) => Ok(Command::Help),
        Some(Arg::Value(name)) => match name.to_string_lossy().as_ref() {
            "help" => Ok(Command::Help),
            "build" => build(&mut parser),
            "demo" => demo(&mut parser),
            "lint" => lint(&mut parser),
            other => Err(Problem::new(format!(
                "There is no command `{other}`.\n\n{HELP}"
            ))),
        },
        Some(other) => Err(other.unexpected().into()),
    }
}

fn build(parser: &mut Parser) -> Outcome<Command> {
    let mut flavour = Flavour::Release;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("dev") => flavour = Flavour::Development,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Build(flavour))
}

fn lint(parser: &mut Parser) -> Outcome<Command> {
    let mut fixing = Fixing::No;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("fix") => fixing = Fixing::Yes,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Lint(fixing))
}

fn demo(parser: &mut Parser) -> Outcome<Command> {
    let mut options = demo::Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("port") => options.port = parser.value()?.parse()?,
            Arg::Long("api") => options.apis = Apis::Given(apis(&parser.value()?.string()?)?),
            Arg::Long("dev") => options.flavour = Flavour::Development,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Demo(options))
}

/// `shared=http://…,rw3=https://…`
fn apis(text: &str) -> Outcome<Vec<(String, String)>> {
    text.split(',').map(api).collect()
}

fn api(part: &str) -> Outcome<(String, String)> {
    let wrong = || {
        Problem::new(format!(
            "`{part}` is not ID=URL, as in shared=http://localhost:8080/fhir"
        ))
    };
    let (id, url) = part.split_once('=').ok_or_else(wrong)?;
    let is_id = !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let is_url = (url.starts_with("http://") || url.starts_with("https://"))
        && !url
            .contains(|c: char| c.is_whitespace() || c.is_control() || ";{}\"'$\\?#".contains(c));
    if is_id && is_url {
        Ok((id.to_owned(), url.trim_end_matches('/').to_owned()))
    } else {
        Err(wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apis_are_pairs_of_an_id_and_an_address() {
        let given =
            apis("shared=http://localhost:8080/fhir/,rw3=https://a.example/r4").expect("two");
        assert_eq!(
            given[0],
            ("shared".into(), "http://localhost:8080/fhir".into())
        );
        assert_eq!(given[1].0, "rw3");
    }

    #[test]
    fn an_address_cannot_carry_configuration() {
        for bad in [
            "shared",
            "shared=localhost",
            "sh ared=http://x",
            "a=http://x; } server {",
            "a=http://x/$uri",
        ] {
            assert!(apis(bad).is_err(), "{bad}");
        }
    }
}
