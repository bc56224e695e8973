//! The committed description is what the handlers say. `AMENDS_BLESS=1` writes it.

use std::path::PathBuf;
use std::{env, fs};

use amends_api::openapi;
use serde_json::Value;

#[test]
fn openapi_json_is_what_the_handlers_say() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let generated = openapi();
    if env::var_os("AMENDS_BLESS").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated,
        "openapi.json differs from the handlers: look at the change, then AMENDS_BLESS=1"
    );
}

#[test]
fn every_operation_has_a_name_of_its_own_and_answers_problems() {
    let openapi: Value = serde_json::from_str(&openapi()).unwrap();
    let mut names = Vec::new();
    for (path, item) in openapi["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            names.push(operation["operationId"].as_str().unwrap().to_owned());
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert!(problem.is_object(), "{method} {path}");
            let described = |answer: &Value| {
                answer["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            };
            let mut answers = operation["responses"].as_object().unwrap().values();
            assert!(answers.all(described), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
        }
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn every_reference_of_the_description_is_there() {
    let openapi: Value = serde_json::from_str(&openapi()).unwrap();
    let text = openapi.to_string();
    let names = text
        .split("#/components/schemas/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    for name in names {
        assert!(
            openapi["components"]["schemas"][name].is_object(),
            "{name} is referred to and not described"
        );
    }
}
