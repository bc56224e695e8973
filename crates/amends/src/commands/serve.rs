//! `amends serve`: the desk over HTTP, and its runners.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use amends_api::{ApiOptions, router};
use amends_app::desk::Desk;
use amends_app::mails::folder::MailInbox;
use amends_app::notices::Couriers;
use amends_app::notices::catalogue::Catalogue;
use amends_app::notices::mail::mail_named;
use amends_app::notices::sms::SmsFolder;
use amends_app::runners::run_forever;
use amends_web::{built, pages};
use anyhow::Context as _;
use tokio::sync::Notify;

use crate::Ended;
use crate::cli::{Place, SmsWay, Ways};
use crate::open;
use crate::out::say;

/// How long requests in hand may take once the program is told to stop.
const STOP_WITHIN: Duration = Duration::from_secs(10);

pub(super) async fn serve(
    place: &Place,
    listen: SocketAddr,
    secure_cookies: bool,
    ways: &Ways,
) -> anyhow::Result<Ended> {
    let couriers = couriers(place, ways)?;
    let mut desk = open::desk(place).await?;
    desk.couriers = couriers;
    desk.inbox = ways.mail_in.clone().map(MailInbox::at);
    if desk.store.shops_list().await?.is_empty() {
        let token = format!("{:032x}", u128::from_be_bytes(desk.random.bytes()));
        say!(
            "还没有店铺。请在浏览器打开 http://{listen}/setup#token={token}，或运行：amends shop create 店名 --login 登录名"
        )?;
        say!("There is no shop yet. Open the address above, or run: amends shop create NAME --login LOGIN")?;
        desk.setup_token = Some(token);
    }
    serve_desk(
        Arc::new(desk),
        listen,
        ApiOptions {
            secure_cookies,
            ..ApiOptions::default()
        },
        true,
    )
    .await
}

/// What notices leave by. The texts are read here, so that a mistake in them shows at the start.
fn couriers(place: &Place, ways: &Ways) -> anyhow::Result<Couriers> {
    Catalogue::shipped().map_err(Clone::clone)?;
    let outbox = place.data.join("outbox");
    let mail = ways.mail.as_ref();
    Ok(Couriers {
        mail: mail.map(|way| mail_named(&way.0, &outbox)).transpose()?,
        sms: ways
            .sms
            .map(|SmsWay::Folder| Arc::new(SmsFolder::new(outbox.join("sms")))),
    })
}

/// Serves until the program is told to stop; `runners` says whether what is due runs by itself.
pub(super) async fn serve_desk(
    desk: Arc<Desk>,
    listen: SocketAddr,
    options: ApiOptions,
    runners: bool,
) -> anyhow::Result<Ended> {
    let listener = tokio::net::TcpListener::bind(listen).await.with_context(|| {
        format!("{listen} cannot be listened on: choose another address with --listen, or end what uses it")
    })?;
    say!("http://{}", listener.local_addr()?)?;
    let drawing = Arc::clone(&desk);
    let nonce = move || format!("{:032x}", u128::from_be_bytes(drawing.random.bytes()));
    let app = router(Arc::clone(&desk), options).fallback_service(pages::<()>(built, nonce));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let stopping = Arc::new(Notify::new());
    let (stop, leaving) = (Arc::clone(&stopping), Arc::clone(&desk));
    let served = axum::serve(listener, app).with_graceful_shutdown(async move {
        stop_signal().await;
        // First nobody new is sent here and streams end; then the requests in hand are finished.
        leaving.stop_begin();
        stop.notify_one();
    });
    let too_long = async {
        stopping.notified().await;
        tokio::time::sleep(STOP_WITHIN).await;
    };
    let runner = async {
        if runners {
            Box::pin(run_forever(&desk)).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        ended = served.into_future() => ended?,
        () = too_long => tracing::warn!("requests that took too long were ended"),
        () = runner => {}
    }
    desk.stop().await;
    Ok(Ended::Good)
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            interrupt.await.ok();
            return;
        };
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    interrupt.await.ok();
}
