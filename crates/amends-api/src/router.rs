//! Puts the routes together, with what they share, and describes them.
//!
//! Must not know: what a handler does. Tests: `tests/it/walk.rs`, `tests/it/description.rs`.

use std::sync::Arc;

use amends_app::desk::Desk;
use amends_app::health::Readiness;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, post};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::{
    audit, blocks, books, buyer, buyers, care, cases, clock, events, evidence, listing_checks, mails,
    notices, orders, parcels, people, reviews, search, sessions, setup, shop, system, tokens, trade,
    violations, visits, warranty,
};
use crate::frame::frame;
use crate::limiter::SignInLimiter;
use crate::metrics::Metrics;
use crate::options::ApiOptions;
use crate::problem::{Fault, Problem};
use crate::slots::Slots;
use crate::state::{Api, ApiState};

mod description;

/// The service. It asks for the peer's address, so serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn router(desk: Arc<Desk>, options: ApiOptions) -> Router {
    let metrics = Metrics::new().ok();
    let limiter = SignInLimiter::new(&options);
    let readiness = Readiness::default();
    let api: ApiState = Arc::new(Api {
        desk,
        options,
        readiness,
        limiter,
        streams: Slots::new(events::STREAMS_MAX, events::STREAMS_NODE_MAX),
        uploads: Slots::new(evidence::UPLOADS_MAX, evidence::UPLOADS_NODE_MAX),
        mails: Slots::new(mails::MAILS_AT_ONCE_MAX, mails::MAILS_NODE_MAX),
        metrics,
    });
    let mut router: Router<ApiState> = Router::from(described());
    if options.manual_clock {
        router = router.route("/_clock", post(clock::clock_move));
    }
    router
        // Whatever else the program serves, an address of the API is never one of its pages.
        .route(
            "/api/{*unknown}",
            any(async || Problem::from(Fault::UnknownRoute)),
        )
        .fallback(async || Problem::from(Fault::UnknownRoute))
        .method_not_allowed_fallback(async || Problem::from(Fault::WrongMethod))
        .layer(DefaultBodyLimit::max(options.body_limit_bytes))
        .layer(from_fn_with_state(Arc::clone(&api), frame))
        .with_state(api)
}

/// The description of the API: OpenAPI as pretty JSON, ending in a line feed.
pub fn openapi() -> String {
    let (_, mut openapi) = described().split_for_parts();
    description::complete(&mut openapi);
    let mut text = openapi.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

fn described() -> OpenApiRouter<ApiState> {
    let router = OpenApiRouter::with_openapi(description::Api::openapi());
    let router = care_routes(case_routes(trade_routes(review_routes(mail_routes(
        shop_routes(router),
    )))));
    buyer_routes(handling_routes(command_routes(warranty_routes(router))))
}

fn shop_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(system::healthz))
        .routes(routes!(system::readyz))
        .routes(routes!(system::metrics))
        .routes(routes!(system::openapi_json))
        .routes(routes!(sessions::session_start, sessions::sessions_end))
        .routes(routes!(sessions::session_end))
        .routes(routes!(sessions::me))
        .routes(routes!(setup::setup_get, setup::setup_post))
        .routes(routes!(people::people, people::person_add))
        .routes(routes!(people::person_disable))
        .routes(routes!(people::person_enable))
        .routes(routes!(people::person_password))
        .routes(routes!(people::membership_set, people::membership_remove))
        .routes(routes!(tokens::tokens, tokens::token_create))
        .routes(routes!(tokens::token_revoke))
        .routes(routes!(shop::shop))
        .routes(routes!(shop::shop_settings))
        .routes(routes!(shop::policy))
        .routes(routes!(shop::policy_sets))
        .routes(routes!(shop::policy_diff))
        .routes(routes!(shop::policy_by_hash))
        .routes(routes!(orders::orders, orders::orders_import))
        .routes(routes!(orders::order))
        .routes(routes!(orders::order_listing_put))
        .routes(routes!(orders::order_listings))
        .routes(routes!(parcels::order_parcels))
        .routes(routes!(parcels::tracking))
        .routes(routes!(orders::buyer_link))
        .routes(routes!(buyers::buyer, buyers::buyer_erase))
        .routes(routes!(blocks::blocks, blocks::block_add))
        .routes(routes!(blocks::block_lift))
        .routes(routes!(listing_checks::listing_checks))
        .routes(routes!(listing_checks::listing_check_done))
        .routes(routes!(audit::audit))
        .routes(routes!(violations::violations, violations::violation_add))
        .routes(routes!(events::events))
        .routes(routes!(events::events_stream))
        .routes(routes!(events::desk_stream))
}

fn mail_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(mails::mails, mails::mail_receive))
        .routes(routes!(mails::mail))
        .routes(routes!(mails::mail_attach))
        .routes(routes!(mails::mail_open))
        .routes(routes!(mails::mail_discard))
}

fn care_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(books::buyer_book, books::buyer_book_put))
        .routes(routes!(books::buyer_book_looks))
        .routes(routes!(books::buyer_history_get))
        .routes(routes!(books::buyer_opted_out))
        .routes(routes!(books::buyer_care))
        .routes(routes!(visits::visits))
        .routes(routes!(visits::visits_suggested))
        .routes(routes!(visits::buyer_visits, visits::buyer_visit_plan))
        .routes(routes!(visits::visit_done))
        .routes(routes!(visits::visit_remove))
        .routes(routes!(care::care_segments, care::care_segment_add))
        .routes(routes!(care::care_segment_put, care::care_segment_remove))
        .routes(routes!(care::care_segment_preview))
        .routes(routes!(care::care_mails, care::care_mail_add))
        .routes(routes!(care::care_mail, care::care_mail_write))
        .routes(routes!(care::care_preview))
        .routes(routes!(care::care_confirm))
        .routes(routes!(care::care_cancel))
        .routes(routes!(
            care::care_way_out,
            care::care_opt_out_post,
            care::care_opt_in_post
        ))
}

fn warranty_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(warranty::plans, warranty::plan_add))
        .routes(routes!(warranty::plan_put))
        .routes(routes!(warranty::plan_figures))
        .routes(routes!(warranty::order_covers))
        .routes(routes!(warranty::order_cover_give))
        .routes(routes!(
            warranty::guides,
            warranty::guide_put,
            warranty::guide_remove
        ))
        .routes(routes!(cases::warranty::case_claim_cover))
        .routes(routes!(cases::warranty::case_order_repair))
        .routes(routes!(cases::warranty::case_report_repair))
        .routes(routes!(cases::warranty::case_decline_cover))
        .routes(routes!(cases::warranty::case_settle_cover))
        .routes(routes!(cases::warranty::case_drop_cover))
        .routes(routes!(cases::warranty::case_book_visit))
        .routes(routes!(cases::warranty::case_end_visit))
}

fn review_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(reviews::reviews, reviews::review_receive))
        .routes(routes!(reviews::review))
        .routes(routes!(reviews::review_match))
        .routes(routes!(reviews::shop_scores))
        .routes(routes!(reviews::buyer_rating, reviews::buyer_rating_put))
        .routes(routes!(cases::reviews::case_judge_review))
        .routes(routes!(cases::reviews::case_end_review))
        .routes(routes!(cases::reviews::case_explain_review))
        .routes(routes!(cases::reviews::case_publish_explanation))
}

fn trade_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(trade::payments))
        .routes(routes!(trade::delay_plan_get))
        .routes(routes!(trade::orders_unsent_get))
        .routes(routes!(cases::trade::case_send_order_letter))
        .routes(routes!(cases::trade::case_remind_payment))
        .routes(routes!(cases::trade::case_record_payment))
        .routes(routes!(cases::trade::case_dispatch_order))
        .routes(routes!(cases::trade::case_report_non_payment))
}

fn case_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(cases::queue::cases, cases::open::case_open))
        .routes(routes!(cases::queue::cases_counts))
        .routes(routes!(cases::closures::cases_closures))
        .routes(routes!(cases::losses::cases_losses))
        .routes(routes!(cases::workload::cases_workload))
        .routes(routes!(search::search))
        .routes(routes!(cases::read::case))
        .routes(routes!(cases::read::timeline))
        .routes(routes!(evidence::evidence_of_case, evidence::evidence_add))
        .routes(routes!(evidence::evidence_alike_of_case))
        .routes(routes!(evidence::evidence))
        .routes(routes!(evidence::evidence_content))
        .routes(routes!(notices::case_notices))
        .routes(routes!(cases::talk::case_message))
        .routes(routes!(cases::talk::case_note))
        .routes(routes!(cases::talk::case_follow_up))
}

fn command_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(cases::decide::case_approve))
        .routes(routes!(cases::decide::case_refuse))
        .routes(routes!(cases::handling::case_ask_evidence))
        .routes(routes!(cases::talk::case_log_contact))
        .routes(routes!(cases::talk::case_presence))
        .routes(routes!(cases::goods::case_book_pickup))
        .routes(routes!(cases::goods::case_ship_return))
        .routes(routes!(cases::goods::case_inspect))
        .routes(routes!(cases::goods::case_send_back))
        .routes(routes!(cases::goods::case_ship_replacement))
        .routes(routes!(cases::goods::case_confirm_replacement))
        .routes(routes!(cases::goods::case_convert_to_refund))
        .routes(routes!(cases::goods::case_ship_repaired))
        .routes(routes!(cases::money::case_refund))
        .routes(routes!(cases::money::case_record_refund))
        .routes(routes!(cases::money::case_pay_difference))
        .routes(routes!(cases::talk::case_renew))
        .routes(routes!(cases::talk::case_withdraw))
}

fn handling_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(cases::bulk::cases_bulk))
        .routes(routes!(cases::dispute::case_intervention))
        .routes(routes!(cases::dispute::case_withdraw_intervention))
        .routes(routes!(cases::dispute::case_submit_statement))
        .routes(routes!(cases::dispute::case_rule))
        .routes(routes!(cases::dispute::case_appeal))
        .routes(routes!(cases::dispute::case_readiness_get))
        .routes(routes!(cases::recourse::case_note_exception))
        .routes(routes!(cases::recourse::case_file_recourse))
        .routes(routes!(cases::recourse::case_supplement_recourse))
        .routes(routes!(cases::recourse::case_answer_recourse))
        .routes(routes!(cases::recourse::case_receive_recourse))
        .routes(routes!(cases::recourse::case_drop_recourse))
        .routes(routes!(cases::dispute::case_bundle))
        .routes(routes!(cases::abuse::case_signals_get))
        .routes(routes!(cases::abuse::case_note_abuse))
        .routes(routes!(cases::abuse::case_settle_abuse))
        .routes(routes!(cases::remedies::case_remedies))
        .routes(routes!(cases::scripts::case_scripts_list))
        .routes(routes!(cases::remedies::case_offer))
        .routes(routes!(cases::remedies::case_choose))
        .routes(routes!(cases::remedies::case_decline_offer))
        .routes(routes!(cases::remedies::case_complete_step))
        .routes(routes!(cases::remedies::case_end_trial))
        .routes(routes!(cases::remedies::case_resolve))
        .routes(routes!(cases::remedies::case_reopen))
        .routes(routes!(cases::remedies::case_confirm_arrival))
        .routes(routes!(cases::handling::case_find))
        .routes(routes!(cases::handling::case_supply))
        .routes(routes!(cases::handling::case_assess))
        .routes(routes!(cases::handling::case_pass_up))
        .routes(routes!(cases::handling::case_answer_passed))
        .routes(routes!(cases::handling::case_assign))
        .routes(routes!(cases::handling::case_tag))
        .routes(routes!(cases::promises::case_make_promise))
        .routes(routes!(cases::promises::case_keep_promise))
        .routes(routes!(cases::promises::case_move_promise))
}

fn buyer_routes(router: OpenApiRouter<ApiState>) -> OpenApiRouter<ApiState> {
    router
        .routes(routes!(buyer::order::buyer_order))
        .routes(routes!(buyer::cases::buyer_cases, buyer::cases::buyer_case_open))
        .routes(routes!(buyer::cases::buyer_case))
        .routes(routes!(buyer::cases::buyer_timeline))
        .routes(routes!(events::buyer_case_stream))
        .routes(routes!(
            evidence::buyer_evidence_waiting,
            evidence::buyer_evidence_add
        ))
        .routes(routes!(
            evidence::buyer_evidence_of_case,
            evidence::buyer_case_evidence_add
        ))
        .routes(routes!(
            evidence::buyer_evidence,
            evidence::buyer_evidence_take_back
        ))
        .routes(routes!(evidence::buyer_evidence_content))
        .routes(routes!(buyer::codes::buyer_code_send))
        .routes(routes!(buyer::codes::buyer_code_redeem))
        .routes(routes!(buyer::commands::buyer_case_withdraw))
        .routes(routes!(buyer::commands::buyer_case_renew))
        .routes(routes!(buyer::commands::buyer_case_book_pickup))
        .routes(routes!(buyer::commands::buyer_case_ship_return))
        .routes(routes!(buyer::commands::buyer_case_confirm_replacement))
        .routes(routes!(buyer::dispute::buyer_case_intervention))
        .routes(routes!(buyer::dispute::buyer_case_withdraw_intervention))
        .routes(routes!(buyer::dispute::buyer_case_submit_statement))
        .routes(routes!(buyer::dispute::buyer_case_appeal))
        .routes(routes!(buyer::dispute::buyer_case_contest_abuse))
        .routes(routes!(buyer::commands::buyer_case_message))
        .routes(routes!(buyer::commands::buyer_case_follow_up))
        .routes(routes!(buyer::remedies::buyer_case_choose))
        .routes(routes!(buyer::remedies::buyer_case_decline_offer))
        .routes(routes!(buyer::remedies::buyer_case_end_trial))
        .routes(routes!(buyer::remedies::buyer_case_supply))
        .routes(routes!(buyer::remedies::buyer_case_confirm_arrival))
        .routes(routes!(buyer::remedies::buyer_case_pass_up))
}
