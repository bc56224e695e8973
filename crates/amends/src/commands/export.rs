//! `amends export`: events and anchors as JSON lines.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use amends_app::export::{anchors_write, events_write};
use anyhow::Context as _;

use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::{Out, aside};

pub(super) async fn export(place: &Place, out: Option<&Path>) -> anyhow::Result<Ended> {
    let desk = open::desk(place).await?;
    let shop = open::shop(&desk, place).await?;
    let mut writer: BufWriter<Box<dyn Write>> = BufWriter::new(match out {
        Some(path) => {
            Box::new(File::create(path).with_context(|| format!("{} cannot be written", path.display()))?)
        }
        None => Box::new(Out),
    });
    let events = events_write(&desk, shop.id, &mut writer).await?;
    let anchors = anchors_write(&desk, shop.id, &mut writer).await?;
    writer.flush()?;
    aside!("{events} events, {anchors} anchors");
    desk.stop().await;
    Ok(Ended::Good)
}
