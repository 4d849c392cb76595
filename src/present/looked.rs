//! Where it is kept whom the reader has looked at.

use crate::state::looked::KeptIn;

/// A sentence, or `None` while nobody has said. `shared` is the shared record's name.
pub fn kept(place: KeptIn, shared: &str) -> Option<String> {
    let here = "Which news you have seen is kept on this device";
    match place {
        KeptIn::Unknown => None,
        KeptIn::Record => {
            Some("Which news you have seen is known on your other devices.".to_owned())
        }
        KeptIn::DeviceForNow => Some(format!("{here} until {shared} can be reached.")),
        KeptIn::DeviceOnly => Some(format!("{here} only: {shared} does not keep it.")),
    }
}
