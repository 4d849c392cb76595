//! Places in a list, found by words that are made of what stands there. One form for all lists: each other one would be
//! compiled, and sent, again.

use std::collections::HashMap;

/// Where in a list something of these words stands, in order.
#[derive(Debug, Default)]
pub struct Lookup(HashMap<String, Vec<usize>>);

impl Lookup {
    pub fn get(&self, words: &str) -> &[usize] {
        self.0.get(words).map_or(&[], Vec::as_slice)
    }

    /// Adds a place, unless so many are known already.
    pub fn add(&mut self, words: String, place: usize, most: usize) {
        let places = self.0.entry(words).or_default();
        if places.len() < most {
            places.push(place);
        }
    }
}
