//! The entries of a JSON list or object, each kept as raw text: one that is wrong does not hide the
//! others, and a key that stands twice is seen.
//!
//! Must not know: what entries mean. Tests: beside the code.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::super::limits::ORDER_LINES_MAX;
use super::faults::{Faults, Place, Wrong};

/// Entries with their keys; those of a list have `[0]`, `[1]` and so on.
pub(crate) struct Entries<'a> {
    pub(crate) entries: Vec<(String, &'a RawValue)>,
    /// There were more than a file may have.
    pub(crate) cut: bool,
}

impl<'a> Entries<'a> {
    /// Reads a list or an object.
    pub(crate) fn read(text: &'a str) -> Result<Self, Wrong> {
        let mut json = serde_json::Deserializer::from_str(text);
        let entries = json.deserialize_any(ListOrObject);
        let entries = entries.and_then(|entries| json.end().map(|()| entries));
        entries.map_err(|fault| Wrong::NotJson(fault.to_string()))
    }
}

struct ListOrObject;

impl<'de> Visitor<'de> for ListOrObject {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of orders, or an object of orders by number")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = seq.next_element()? {
            if entries.len() == ORDER_LINES_MAX {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Entries { entries, cut: true });
            }
            entries.push((format!("[{}]", entries.len()), entry));
        }
        Ok(Entries { entries, cut: false })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, entry)) = map.next_entry()? {
            if entries.len() == ORDER_LINES_MAX {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                return Ok(Entries { entries, cut: true });
            }
            entries.push((key, entry));
        }
        Ok(Entries { entries, cut: false })
    }

    fn visit_unit<E: Error>(self) -> Result<Entries<'de>, E> {
        Err(E::invalid_type(serde::de::Unexpected::Unit, &self))
    }
}

/// Reads a JSON value; a fault names the field it is in.
pub(crate) fn located<T: DeserializeOwned>(text: &str) -> Result<T, (String, Wrong)> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|fault| {
        let path = fault.path().to_string();
        let field = if path == "." { String::new() } else { path };
        (field, Wrong::NotJson(fault.into_inner().to_string()))
    })?;
    json.end()
        .map_err(|fault| (String::new(), Wrong::NotJson(fault.to_string())))?;
    Ok(value)
}

/// Reads the values that stand this many objects deep, with the faults of each; a file beside the
/// orders is named in its faults.
pub(crate) fn leaves<T: DeserializeOwned>(
    text: &str,
    depth: usize,
    file: &str,
    faults: &mut Faults,
) -> Vec<(String, T)> {
    let mut good = Vec::new();
    gather(Place::File, text, depth, file, faults, &mut good);
    good
}

fn gather<T: DeserializeOwned>(
    place: Place,
    text: &str,
    depth: usize,
    file: &str,
    faults: &mut Faults,
    good: &mut Vec<(String, T)>,
) {
    let read = match Entries::read(text) {
        Ok(read) if !read.cut => read,
        Ok(_) => return faults.add(Place::File, file, Wrong::TooManyLines),
        Err(wrong) => return faults.add(place, file, wrong),
    };
    for (key, entry) in read.entries {
        let place = Place::Entry(key.clone());
        if depth > 0 {
            gather(place, entry.get(), depth - 1, file, faults, good);
            continue;
        }
        match located(entry.get()) {
            Ok(value) => good.push((key, value)),
            Err((field, wrong)) => {
                let parts = [file, field.as_str()];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                faults.add(place, parts.join(": "), wrong);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Result<Vec<String>, &'static str> {
        let read = Entries::read(text).map_err(|wrong| wrong.code())?;
        assert!(!read.cut);
        Ok(read.entries.into_iter().map(|(key, _)| key).collect())
    }

    #[test]
    fn entries_keep_their_keys_even_twice() {
        assert_eq!(keys(r#"[1, {"a": 2}]"#).unwrap(), ["[0]", "[1]"]);
        assert_eq!(keys(r##"{"#W1": 1, "#W1": 2}"##).unwrap(), ["#W1", "#W1"]);
        for text in ["", "null", "7", "[1", "[1] 2"] {
            assert_eq!(keys(text), Err("not_json"), "{text}");
        }
    }

    #[test]
    fn a_list_of_a_million_entries_is_cut() {
        let text = format!("[{}0]", "0,".repeat(1_000_000));
        let read = Entries::read(&text).ok().unwrap();
        assert!(read.cut && read.entries.len() == ORDER_LINES_MAX);
    }
}
