//! Figures for whoever watches the service, in the text form of Prometheus.
//!
//! Must not know: shops, buyers, ids; no label carries one. Tests: `tests/it/system.rs`.

use std::time::Duration;

use amends_app::health::Counts;
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

/// What is counted while serving, and the gauges filled in when somebody looks.
pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    gauges: [IntGauge; 4],
}

const GAUGES: [(&str, &str); 4] = [
    ("amends_shops", "Shops of this installation"),
    ("amends_open_cases", "Cases that are not closed"),
    (
        "amends_due_deadlines",
        "Deadlines that have passed and are not carried out",
    ),
    ("amends_open_outbox", "Effects that are not settled"),
];

impl Metrics {
    /// Fails only when a name were given twice.
    pub(crate) fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let requests = Opts::new("amends_http_requests_total", "Requests answered");
        let requests = IntCounterVec::new(requests, &["method", "path", "status"])?;
        let seconds = HistogramOpts::new("amends_http_request_seconds", "Time to answer");
        let seconds = HistogramVec::new(seconds, &["method", "path"])?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        let [shops, cases, deadlines, outbox] = GAUGES;
        let gauge = |(name, help): (&str, &str)| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone()))?;
            Ok::<_, prometheus::Error>(gauge)
        };
        let gauges = [gauge(shops)?, gauge(cases)?, gauge(deadlines)?, gauge(outbox)?];
        Ok(Self {
            registry,
            requests,
            seconds,
            gauges,
        })
    }

    /// Counts an answered request.
    pub(crate) fn answered(&self, method: &str, path: &str, status: u16, took: Duration) {
        self.requests
            .with_label_values(&[method, path, &status.to_string()])
            .inc();
        self.seconds
            .with_label_values(&[method, path])
            .observe(took.as_secs_f64());
    }

    /// Everything, as text.
    pub(crate) fn text(&self, counts: &Counts) -> Result<String, prometheus::Error> {
        let values = [
            counts.shops,
            counts.open_cases,
            counts.due_deadlines,
            counts.open_outbox,
        ];
        for (gauge, value) in self.gauges.iter().zip(values) {
            gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        }
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}
