//! The graphics state of a content stream.

use std::ops::Range;
use std::sync::Arc;

use super::Font;
use super::color::{Rgb, Space};
use super::mark::Ink;
use crate::pdf::geometry::{Matrix, Rect};

/// A colour with its space.
#[derive(Debug, Clone)]
pub(super) struct Paint {
    pub(super) space: Arc<Space>,
    pub(super) color: Option<Rgb>,
    pub(super) alpha: f32,
}

impl Default for Paint {
    fn default() -> Self {
        Self {
            space: Arc::new(Space::Gray),
            color: Some([0.0; 3]),
            alpha: 1.0,
        }
    }
}

/// Everything that `q` saves and `Q` restores.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) ctm: Matrix,
    pub(super) clip: Rect,
    /// Whether the clip is that whole rectangle.
    pub(super) clip_whole: bool,
    /// The marks among which are the letters of the last text object that clips.
    pub(super) clip_letters: Option<Range<usize>>,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    /// Whether the blend mode is Normal and no soft mask is set.
    pub(super) normal_blend: bool,
    pub(super) soft_mask: bool,
    /// The alpha of the transparency groups around this stream.
    pub(super) group_alpha: f32,
    pub(super) group_normal: bool,
    pub(super) line_width: f64,
    pub(super) text: Text,
}

/// The text state.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) font: Option<Arc<Font>>,
    pub(super) size: f64,
    pub(super) char_space: f64,
    pub(super) word_space: f64,
    /// 1 for 100 %.
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: u8,
}

impl State {
    pub(super) fn new(ctm: Matrix, clip: Rect) -> Self {
        Self {
            ctm,
            clip,
            clip_whole: true,
            clip_letters: None,
            fill: Paint::default(),
            stroke: Paint::default(),
            normal_blend: true,
            soft_mask: false,
            group_alpha: 1.0,
            group_normal: true,
            line_width: 1.0,
            text: Text {
                font: None,
                size: 0.0,
                char_space: 0.0,
                word_space: 0.0,
                scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
        }
    }

    fn ink(&self, paint: &Paint) -> Ink {
        Ink {
            color: paint.color,
            alpha: paint.alpha * self.group_alpha,
            normal: self.normal_blend && !self.soft_mask && self.group_normal,
        }
    }

    pub(super) fn fill_ink(&self) -> Ink {
        self.ink(&self.fill)
    }

    pub(super) fn stroke_ink(&self) -> Ink {
        self.ink(&self.stroke)
    }
}
