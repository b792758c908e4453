//! The pages of the site in one language, each kind in a file.

mod bodies;
mod calendar;
mod decisions;
mod home;
mod meeting;
mod members;
mod statement;

use rayon::prelude::*;

use super::desk::Desk;
use crate::html::HtmlError;
use crate::write::Output;

/// Every page.
pub(super) fn all(desk: &Desk<'_>) -> Result<Vec<Output>, HtmlError> {
    let mut pages = vec![
        home::home(desk)?,
        home::forthcoming(desk)?,
        home::search(desk)?,
        statement::statement(desk)?,
    ];
    pages.extend(bodies::all(desk)?);
    pages.extend(members::all(desk)?);
    pages.extend(calendar::all(desk)?);
    pages.extend(decisions::all(desk)?);
    let meetings: Vec<Vec<Output>> = desk
        .record
        .meetings
        .par_iter()
        .map(|meeting| meeting::all(desk, meeting))
        .collect::<Result<_, _>>()?;
    pages.extend(meetings.into_iter().flatten());
    Ok(pages)
}
