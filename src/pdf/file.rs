//! A PDF in memory, which is opened and surveyed only once.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;

use super::opening::{OpenError, Opened, open_light};
use super::reading::{self, Survey};

/// A PDF that is opened when its objects are first needed, and surveyed when its facts are first needed.
/// Clones share the same file.
#[derive(Clone, Default)]
pub struct PdfFile(Arc<Inner>);

#[derive(Default)]
struct Inner {
    bytes: Bytes,
    opened: Mutex<Option<Arc<Opened>>>,
    survey: OnceLock<Arc<Survey>>,
}

impl PdfFile {
    /// A file whose survey is known, and its objects if it has been opened.
    pub fn known(bytes: Bytes, opened: Option<Opened>, survey: Arc<Survey>) -> Self {
        Self(Arc::new(Inner {
            bytes,
            opened: Mutex::new(opened.map(Arc::new)),
            survey: OnceLock::from(survey),
        }))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }

    /// Its objects.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn opened(&self) -> Result<Arc<Opened>, OpenError> {
        let mut slot = self.0.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = &*slot {
            return Ok(Arc::clone(opened));
        }
        let opened = Arc::new(open_light(&self.0.bytes)?);
        *slot = Some(Arc::clone(&opened));
        Ok(opened)
    }

    /// Whether its objects are in memory.
    pub fn is_open(&self) -> bool {
        let slot = self.0.opened.lock();
        slot.unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Its survey.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn survey(&self) -> Result<Arc<Survey>, OpenError> {
        if let Some(survey) = self.0.survey.get() {
            return Ok(Arc::clone(survey));
        }
        // This is not done under a lock. Pages are read in parallel, and a thread that waits may be given
        // other work that needs the same lock.
        let survey = Arc::new(reading::survey(&*self.opened()?, &self.0.bytes));
        Ok(Arc::clone(self.0.survey.get_or_init(|| survey)))
    }

    /// Its objects, to be changed. They are a copy if there are other clones of the file.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn into_opened(self) -> Result<Opened, OpenError> {
        let opened = match Arc::try_unwrap(self.0) {
            Ok(own) => match own
                .opened
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner)
            {
                Some(opened) => opened,
                None => return open_light(&own.bytes),
            },
            Err(shared) => PdfFile(shared).opened()?,
        };
        Ok(Arc::unwrap_or_clone(opened))
    }

    /// The same file as the only owner of its objects. This file reads its objects again if they are needed.
    #[must_use]
    pub fn given_up(&self) -> PdfFile {
        let mut slot = self.0.opened.lock().unwrap_or_else(PoisonError::into_inner);
        Self(Arc::new(Inner {
            bytes: self.0.bytes.clone(),
            opened: Mutex::new(slot.take()),
            survey: self.0.survey.clone(),
        }))
    }
}

impl From<Bytes> for PdfFile {
    fn from(bytes: Bytes) -> Self {
        Self(Arc::new(Inner {
            bytes,
            ..Inner::default()
        }))
    }
}

impl From<Vec<u8>> for PdfFile {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl PartialEq for PdfFile {
    fn eq(&self, other: &Self) -> bool {
        self.0.bytes == other.0.bytes
    }
}

impl Eq for PdfFile {}

impl std::fmt::Debug for PdfFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PdfFile({} bytes)", self.0.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, dictionary};

    use super::*;

    fn file() -> PdfFile {
        let mut doc = Document::with_version("1.7");
        let page = doc.add_object(dictionary! { "Type" => "Page" });
        let tree = doc.add_object(dictionary! {
            "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::from(page)],
        });
        let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        doc.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        doc.save_to(&mut bytes).expect("a PDF");
        bytes.into()
    }

    #[test]
    fn a_file_is_opened_and_looked_into_once_for_all_who_have_it() {
        let file = file();
        let other = file.clone();
        let opened = file.opened().expect("a PDF");
        assert!(Arc::ptr_eq(&opened, &other.opened().expect("a PDF")));
        let survey = other.survey().expect("a PDF");
        assert!(Arc::ptr_eq(&survey, &file.survey().expect("a PDF")));
        assert_eq!(survey.facts.pages.len(), 1);
        drop(opened);
        assert_eq!(other.into_opened().expect("a PDF").pages, 1);
        assert_eq!(file.into_opened().expect("a PDF").pages, 1);
    }

    #[test]
    fn what_is_given_up_goes_to_one_alone() {
        let file = file();
        let opened = file.opened().expect("a PDF");
        let survey = file.survey().expect("a PDF");
        let alone = file.given_up();
        assert!(Arc::ptr_eq(&opened, &alone.opened().expect("a PDF")));
        assert!(!Arc::ptr_eq(&opened, &file.opened().expect("a PDF")));
        assert!(Arc::ptr_eq(&survey, &alone.survey().expect("a PDF")));
    }

    #[test]
    fn what_is_no_pdf_says_so_each_time() {
        let file = PdfFile::from(b"no PDF".to_vec());
        assert_eq!(file.survey().err(), Some(OpenError::NotPdf));
        assert_eq!(file.opened().err(), Some(OpenError::NotPdf));
        assert_eq!(file.into_opened().err(), Some(OpenError::NotPdf));
    }
}
