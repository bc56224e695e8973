//! Files of reviews, CSV or JSON Lines: whole or not at all as far as their form goes. A review whose order is
//! not known is kept, and told with its line.
//!
//! Must not know: what becomes of a review. Tests: `amends/tests/it/imports.rs`, beside the code.

use amends_domain::actor::Role;
use amends_domain::ids::PersonId;
use amends_domain::time::Moment;
use amends_store::Scores;
use serde::Deserialize;

use super::draft::{ReviewDraft, ReviewMapping};
use super::take_in::{Received, Unknown, review_take_in};
use crate::ShopRow;
use crate::caller::Staff;
use crate::desk::Desk;
use crate::error::AppError;
use crate::orders::file::cells::{self, Reading};
use crate::orders::file::entries::located;
use crate::orders::file::faults::{Faults, Place, Wrong};
use crate::orders::file::rows::Sheet;
use crate::orders::file::{FileText, Form};
use crate::orders::limits::ORDER_LINES_MAX;

const RATINGS: &str = "good 好评, middling 中评, bad 差评";

/// What an import did, in numbers of reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct ReviewsImported {
    /// All of the file.
    pub reviews: usize,
    /// Not known before.
    pub new: usize,
    /// Known, and saying something else now.
    pub revised: usize,
    /// Known as they are.
    pub already_there: usize,
    /// Kept without an order: their lines, and the numbers of the orders they name.
    pub unmatched: Vec<Unmatched>,
}

/// A review whose order is not known.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unmatched {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The order it names.
    pub order: String,
}

/// A review as a line says it.
#[derive(Default, Deserialize)]
struct Said {
    id: String,
    order: String,
    #[serde(default)]
    sku: String,
    #[serde(default)]
    stars: Option<serde_json::Value>,
    #[serde(default)]
    rating: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    pictures: Vec<String>,
    at: String,
    #[serde(default)]
    description: Option<serde_json::Value>,
    #[serde(default)]
    service: Option<serde_json::Value>,
    #[serde(default)]
    logistics: Option<serde_json::Value>,
}

#[derive(Default)]
struct Read {
    drafts: Vec<(u64, ReviewDraft)>,
    faults: Faults,
}

/// Reads a file and takes its reviews in, in the name of the shop's owner; with faults of form, none.
pub async fn review_file_import(
    desk: &Desk,
    shop: &ShopRow,
    file: &FileText,
    reading: &Reading,
) -> Result<Result<ReviewsImported, Faults>, AppError> {
    let mapping = ReviewMapping::shipped()?;
    let mut read = Read::default();
    match file.form {
        Form::Csv => csv(&file.text, mapping, reading, &mut read),
        Form::Json | Form::Jsonl => jsonl(&file.text, mapping, reading, &mut read),
    }
    for (line, draft) in &read.drafts {
        if let Err(fault) = draft.checked(reading.now) {
            read.faults.add_app(&Place::Line(*line), fault)?;
        }
    }
    if read.faults.is_empty() && read.drafts.is_empty() {
        read.faults.add(Place::File, "", Wrong::Empty);
    }
    if !read.faults.is_empty() {
        return Ok(Err(read.faults));
    }
    let staff = Staff {
        shop: shop.id,
        person: owner(desk, shop).await?,
        role: Role::Admin,
        token: None,
    };
    let mut done = ReviewsImported::default();
    for (line, draft) in read.drafts {
        let (row, received) = review_take_in(desk, &staff, &draft, Unknown::Kept).await?;
        done.reviews += 1;
        match received {
            Received::New => done.new += 1,
            Received::Revised => done.revised += 1,
            Received::Known => done.already_there += 1,
        }
        if row.order.is_none() {
            let order = row.order_number;
            done.unmatched.push(Unmatched { line, order });
        }
    }
    Ok(Ok(done))
}

/// Whoever runs the program beside its data acts for the owner.
async fn owner(desk: &Desk, shop: &ShopRow) -> Result<PersonId, AppError> {
    let members = desk.store.members_of(shop.id).await?;
    let owner = members.into_iter().find(|member| member.role == Role::Admin);
    owner
        .map(|member| member.person)
        .ok_or_else(|| AppError::Inconsistent("a shop without an owner".to_owned()))
}

fn jsonl(text: &str, mapping: &ReviewMapping, reading: &Reading, read: &mut Read) {
    let lines = (1..).zip(text.lines());
    for (at, (line, text)) in lines.filter(|(_, line)| !line.trim().is_empty()).enumerate() {
        if at >= ORDER_LINES_MAX {
            read.faults = Faults::one(Place::File, "", Wrong::TooManyLines);
            return;
        }
        match located::<Said>(text) {
            Ok(said) => add(line, said, mapping, reading, read),
            Err((field, wrong)) => read.faults.add(Place::Line(line), field, wrong),
        }
    }
}

fn csv(text: &str, mapping: &ReviewMapping, reading: &Reading, read: &mut Read) {
    let Some(mut sheet) = Sheet::open(text, &mut read.faults) else {
        return;
    };
    let positions = |name: &str| {
        let names = mapping.columns.get(name).map_or(&[][..], Vec::as_slice);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        (sheet.positions(&names), names.join(", "))
    };
    let fields = [
        "id",
        "order",
        "sku",
        "stars",
        "rating",
        "text",
        "pictures",
        "at",
        "description",
        "service",
        "logistics",
    ];
    let columns = fields.map(positions);
    for (field, (at, names)) in fields.iter().zip(&columns) {
        if at.is_empty() && ["id", "order", "at"].contains(field) {
            read.faults
                .add(Place::Line(1), *field, Wrong::NoColumn(names.clone()));
        }
    }
    if !read.faults.is_empty() {
        return;
    }
    let mut lines = 0;
    while let Some(row) = sheet.next(&mut read.faults) {
        lines += 1;
        if lines > ORDER_LINES_MAX {
            read.faults = Faults::one(Place::File, "", Wrong::TooManyLines);
            return;
        }
        let cell = |field: &str| {
            let at = fields.iter().position(|known| *known == field);
            let at = at
                .and_then(|at| columns.get(at))
                .map_or(&[][..], |(at, _)| at.as_slice());
            row.first(at)
                .map_or_else(String::new, |(_, cell)| cells::bare(cell).to_owned())
        };
        let number = |field: &str| Some(cell(field)).filter(|cell| !cell.is_empty()).map(Into::into);
        let pictures = cell("pictures");
        let pictures = pictures
            .split([' ', ',', ';', '\n', '|'])
            .filter(|part| !part.is_empty());
        let said = Said {
            id: cell("id"),
            order: cell("order"),
            sku: cell("sku"),
            stars: number("stars"),
            rating: cell("rating"),
            text: cell("text"),
            pictures: pictures.map(str::to_owned).collect(),
            at: cell("at"),
            description: number("description"),
            service: number("service"),
            logistics: number("logistics"),
        };
        add(row.line, said, mapping, reading, read);
    }
}

/// A number from 1 to 5, as a spreadsheet or a program writes it.
fn score(value: Option<serde_json::Value>) -> Result<Option<u8>, Wrong> {
    let text = match value {
        None | Some(serde_json::Value::Null) => return Ok(None),
        Some(serde_json::Value::String(text)) => text,
        Some(other) => other.to_string(),
    };
    let bare = text.trim().trim_end_matches(['星', '分']).trim_end_matches(".0");
    let number = bare.parse().ok().filter(|number| (1..=5).contains(number));
    number
        .map(Some)
        .ok_or(Wrong::Count(text.chars().take(40).collect()))
}

fn add(line: u64, said: Said, mapping: &ReviewMapping, reading: &Reading, read: &mut Read) {
    let place = Place::Line(line);
    let mut faults = Vec::new();
    let mut scored = |field: &'static str, value| {
        score(value).unwrap_or_else(|wrong| {
            faults.push((field, wrong));
            None
        })
    };
    let stars = scored("stars", said.stars);
    let scores = Scores {
        description: scored("description", said.description),
        service: scored("service", said.service),
        logistics: scored("logistics", said.logistics),
    };
    let rating = match said.rating.trim() {
        "" => None,
        word => {
            let rating = mapping.rating(word);
            if rating.is_none() {
                let (word, known) = (word.chars().take(40).collect(), RATINGS);
                faults.push(("rating", Wrong::Word { word, known }));
            }
            rating
        }
    };
    let code = |field, text: &str, faults: &mut Vec<(&'static str, Wrong)>| {
        let code = if text.is_empty() {
            Err(Wrong::Missing)
        } else {
            cells::code(text)
        };
        code.map_err(|wrong| faults.push((field, wrong)))
            .unwrap_or_default()
    };
    let platform_id = code("id", said.id.trim(), &mut faults);
    let order_number = code("order", said.order.trim(), &mut faults);
    let written_at = cells::moment(said.at.trim(), reading).unwrap_or_else(|wrong| {
        faults.push(("at", wrong));
        Moment::from_millis(0)
    });
    if !faults.is_empty() {
        for (field, wrong) in faults {
            read.faults.add(place.clone(), field, wrong);
        }
        return;
    }
    let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let draft = ReviewDraft {
        platform_id,
        order_number,
        sku: some(said.sku),
        rating,
        stars,
        text: some(said.text),
        pictures: said.pictures,
        scores,
        written_at,
    };
    read.drafts.push((line, draft));
}
