//! What the description says beside the routes: credentials, and that every error is a problem.
//!
//! Must not know: single routes. Tests: `tests/it/description.rs`.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::ComponentsBuilder;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, OpenApi as Description, Ref, RefOr, ResponseBuilder};
use utoipa::{OpenApi, PartialSchema, ToSchema};

use crate::credential::SESSION_COOKIE;
use crate::dto::words::{Awaiting, CaseSort};
use crate::problem::ProblemBody;

/// The description's head.
#[derive(OpenApi)]
#[openapi(
    info(title = "Amends 圆满售后", description = "An open-source after-sales desk."),
    tags(
        (name = "accounts", description = "Sessions, people, tokens"),
        (name = "shop", description = "The shop, its figures, its policy"),
        (name = "orders", description = "Orders and their buyers"),
        (name = "cases", description = "Cases, by people of the shop"),
        (name = "care", description = "Segments of buyers, and the mails written to them"),
        (name = "abuse", description = "The block list, and listings to be checked"),
        (name = "warranty", description = "Plans, covers and claims on them, visits, guides"),
        (name = "mails", description = "Mails that came in, and whose they are"),
        (name = "reviews", description = "Reviews buyers wrote, their scores, and ratings of buyers"),
        (name = "buyer", description = "What a buyer reaches by his link"),
        (name = "events", description = "The shop's events, for systems that follow along"),
        (name = "system", description = "For whoever keeps the service running")
    )
)]
pub(super) struct Api;

/// Adds what is the same for every route.
pub(super) fn complete(description: &mut Description) {
    let components = description
        .components
        .get_or_insert_with(|| ComponentsBuilder::new().build());
    components
        .schemas
        .insert("Problem".to_owned(), ProblemBody::schema());
    // What only parameters refer to; what bodies refer to is collected by itself.
    let mut nested = vec![
        (Awaiting::name().into_owned(), Awaiting::schema()),
        (CaseSort::name().into_owned(), CaseSort::schema()),
    ];
    ProblemBody::schemas(&mut nested);
    components.schemas.extend(nested);
    let bearer = |description: &str| {
        let mut http = Http::new(HttpAuthScheme::Bearer);
        http.description = Some(description.to_owned());
        SecurityScheme::Http(http)
    };
    let cookie = ApiKeyValue::with_description(SESSION_COOKIE, "Of somebody who signed in");
    let link = ApiKeyValue::with_description("link", "A buyer's link; or `Authorization: AmendsLink …`");
    for (name, scheme) in [
        ("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        ("token", bearer("Of a program")),
        ("buyer_link", SecurityScheme::ApiKey(ApiKey::Query(link))),
    ] {
        components.add_security_scheme(name, scheme);
    }
    for (path, item) in &mut description.paths.paths {
        operations(item).for_each(|operation| complete_operation(path, operation));
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.delete]
        .into_iter()
        .filter_map(Option::as_mut)
}

fn complete_operation(path: &str, operation: &mut Operation) {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let problem = ResponseBuilder::new()
        .description("What went wrong")
        .content("application/problem+json", content);
    operation
        .responses
        .responses
        .insert("default".to_owned(), problem.build().into());
    let summary = operation.summary.clone().unwrap_or_default();
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            // OpenAPI wants a description of every answer.
            response.description.clone_from(&summary);
        }
    }
    let none: [&str; 0] = [];
    let open = !path.starts_with("/api/v1/")
        || path == "/api/v1/openapi.json"
        || operation.operation_id.as_deref() == Some("session_start");
    operation.security = (!open).then(|| {
        let names: &[&str] = if path.starts_with("/api/v1/buyer/") {
            &["buyer_link"]
        } else {
            &["session", "token"]
        };
        names
            .iter()
            .map(|name| SecurityRequirement::new(*name, none))
            .collect()
    });
}
