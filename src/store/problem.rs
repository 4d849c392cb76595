//! What an error of the api means for a load.

use crate::api::ApiError;
use crate::state::Problem;

pub fn problem(error: &ApiError) -> Problem {
    match error {
        ApiError::Offline => Problem::Offline,
        ApiError::Unreachable => Problem::Unreachable,
        ApiError::TimedOut(seconds) => Problem::TimedOut(*seconds),
        ApiError::SignedOut => Problem::SignedOut,
        ApiError::Withheld => Problem::Withheld,
        ApiError::Gone | ApiError::Absent(_) => Problem::Gone,
        ApiError::Conflict(words) => Problem::Changed(words.clone()),
        ApiError::Busy => Problem::Busy,
        ApiError::Failed(status) => Problem::SourceFailed(*status),
        ApiError::Unreadable(what) => Problem::Unreadable(what.clone()),
        ApiError::Refused(words) | ApiError::Invalid { words, .. } => {
            Problem::Refused(words.clone())
        }
        ApiError::WrongPerson => Problem::WrongPerson,
        ApiError::NotOffered => Problem::NotOffered,
    }
}
