//! Colours, roughly as a screen shows them.
//!
//! ICC profiles are read as the device space with the same number of components, and only simple tint
//! functions are evaluated. All that matters here is whether two colours can be told apart, not how they
//! print.

use lopdf::{Dictionary, Document, Object};

use crate::pdf::object::{as_dict, decoded, get, get_array, get_int, get_number, number, resolve};

/// Red, green and blue from 0 to 1.
pub type Rgb = [f32; 3];

/// How deep colour spaces may refer to others. No real one goes deeper.
const DEEPEST: usize = 6;
/// The largest table or sampled function that is read, in bytes.
const LARGEST_TABLE: usize = 1 << 20;

/// A colour space.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Space {
    Gray,
    Rgb,
    Cmyk,
    Lab,
    Indexed(Box<Space>, Vec<u8>),
    Tint {
        components: usize,
        /// Whether it is the colorant `None`, which has no ink at all.
        none: bool,
        alternate: Box<Space>,
        function: Option<Function>,
    },
    Pattern,
}

impl Space {
    /// Whether samples of eight bits are shades of grey, or red, green and blue, without conversion.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self, Space::Gray | Space::Rgb)
    }

    /// How many numbers a colour has.
    pub(crate) fn components(&self) -> usize {
        match self {
            Space::Gray | Space::Indexed(..) => 1,
            Space::Rgb | Space::Lab => 3,
            Space::Cmyk => 4,
            Space::Tint { components, .. } => *components,
            Space::Pattern => 0,
        }
    }

    /// The first colour of this space in a content stream. `None` for patterns.
    pub(crate) fn initial(&self) -> Option<Rgb> {
        match self {
            Space::Tint { components, .. } => self.rgb(&vec![1.0; *components]),
            Space::Cmyk => self.rgb(&[0.0, 0.0, 0.0, 1.0]),
            other => self.rgb(&vec![0.0; other.components()]),
        }
    }

    /// A colour of this space. `None` if it is not known.
    pub(crate) fn rgb(&self, values: &[f64]) -> Option<Rgb> {
        let at = |index: usize| values.get(index).copied().unwrap_or(0.0);
        let unit = |value: f64| value.clamp(0.0, 1.0) as f32;
        match self {
            Space::Gray => Some([unit(at(0)); 3]),
            Space::Rgb => Some([unit(at(0)), unit(at(1)), unit(at(2))]),
            Space::Cmyk => {
                let light = 1.0 - at(3).clamp(0.0, 1.0);
                let ink = |value: f64| unit((1.0 - value.clamp(0.0, 1.0)) * light);
                Some([ink(at(0)), ink(at(1)), ink(at(2))])
            }
            Space::Lab => Some(lab(at(0), at(1), at(2))),
            Space::Indexed(base, table) => {
                let width = base.components();
                let index = at(0).clamp(0.0, 255.0) as usize;
                let entry = table.get(index * width..(index + 1) * width)?;
                let values: Vec<f64> = entry.iter().map(|&b| f64::from(b) / 255.0).collect();
                base.rgb(&base.of_samples(&values))
            }
            Space::Tint {
                none,
                alternate,
                function,
                components,
            } => {
                if *none {
                    return None;
                }
                match function
                    .as_ref()
                    .and_then(|function| function.evaluate(values))
                {
                    Some(values) => alternate.rgb(&values),
                    None => {
                        let most = (0..*components).map(at).fold(0.0, f64::max);
                        Some([unit(1.0 - most); 3])
                    }
                }
            }
            Space::Pattern => None,
        }
    }

    /// Image samples from 0 to 1 as colour values of this space.
    pub(crate) fn of_samples(&self, values: &[f64]) -> Vec<f64> {
        match self {
            Space::Lab => values
                .iter()
                .enumerate()
                .map(|(index, value)| {
                    if index == 0 {
                        value * 100.0
                    } else {
                        value * 255.0 - 128.0
                    }
                })
                .collect(),
            _ => values.to_vec(),
        }
    }

    /// The space that an object names or describes. `resources` is where names are looked up.
    pub(crate) fn read(doc: &Document, object: &Object, resources: Option<&Dictionary>) -> Space {
        read(doc, object, resources, 0).unwrap_or(Space::Gray)
    }
}

fn read(
    doc: &Document,
    object: &Object,
    resources: Option<&Dictionary>,
    depth: usize,
) -> Option<Space> {
    if depth > DEEPEST {
        return None;
    }
    match resolve(doc, object) {
        Object::Name(name) => match name.as_slice() {
            b"DeviceGray" | b"G" | b"CalGray" => Some(Space::Gray),
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Space::Rgb),
            b"DeviceCMYK" | b"CMYK" | b"CalCMYK" => Some(Space::Cmyk),
            b"Pattern" => Some(Space::Pattern),
            other => {
                let spaces = get(doc, resources?, b"ColorSpace").and_then(as_dict)?;
                read(doc, spaces.get(other).ok()?, None, depth + 1)
            }
        },
        Object::Array(array) => array_space(doc, array, resources, depth),
        _ => None,
    }
}

fn array_space(
    doc: &Document,
    array: &[Object],
    resources: Option<&Dictionary>,
    depth: usize,
) -> Option<Space> {
    let Object::Name(family) = resolve(doc, array.first()?) else {
        return None;
    };
    match family.as_slice() {
        b"ICCBased" => {
            let profile = as_dict(resolve(doc, array.get(1)?))?;
            match get_int(doc, profile, b"N") {
                Some(1) => Some(Space::Gray),
                Some(4) => Some(Space::Cmyk),
                Some(3) => match profile.get(b"Alternate") {
                    Ok(alternate) => match read(doc, alternate, resources, depth + 1) {
                        Some(Space::Lab) => Some(Space::Lab),
                        _ => Some(Space::Rgb),
                    },
                    Err(_) => Some(Space::Rgb),
                },
                _ => read(doc, profile.get(b"Alternate").ok()?, resources, depth + 1),
            }
        }
        b"Lab" => Some(Space::Lab),
        b"Indexed" | b"I" => {
            let base = read(doc, array.get(1)?, resources, depth + 1)?;
            if matches!(base, Space::Indexed(..) | Space::Pattern) {
                return None;
            }
            let table = match resolve(doc, array.get(3)?) {
                Object::String(bytes, _) => bytes.clone(),
                Object::Stream(stream) => decoded(stream, LARGEST_TABLE)?,
                _ => return None,
            };
            Some(Space::Indexed(Box::new(base), table))
        }
        b"Separation" | b"DeviceN" => {
            let (components, none) = match resolve(doc, array.get(1)?) {
                Object::Name(name) => (1, name == b"None"),
                Object::Array(names) => (names.len().min(32), false),
                _ => (1, false),
            };
            let alternate = read(doc, array.get(2)?, resources, depth + 1)?;
            let function = array
                .get(3)
                .and_then(|object| Function::read(doc, object, 0));
            Some(Space::Tint {
                components,
                none,
                alternate: Box::new(alternate),
                function,
            })
        }
        b"Pattern" => Some(Space::Pattern),
        _ => read(doc, array.first()?, resources, depth + 1),
    }
}

fn lab(l: f64, a: f64, b: f64) -> Rgb {
    let m = (l + 16.0) / 116.0;
    let curve = |t: f64| {
        if t > 6.0 / 29.0 {
            t.powi(3)
        } else {
            (t - 4.0 / 29.0) * 108.0 / 841.0
        }
    };
    let x = 0.9505 * curve(m + a / 500.0);
    let y = curve(m);
    let z = 1.089 * curve(m - b / 200.0);
    let gamma = |value: f64| {
        let value = value.clamp(0.0, 1.0);
        (if value <= 0.003_130_8 {
            12.92 * value
        } else {
            1.055 * value.powf(1.0 / 2.4) - 0.055
        }) as f32
    };
    [
        gamma(3.2406 * x - 1.5372 * y - 0.4986 * z),
        gamma(-0.9689 * x + 1.8758 * y + 0.0415 * z),
        gamma(0.0557 * x - 0.204 * y + 1.057 * z),
    ]
}

/// A simple function from tints to colours.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Function {
    /// Between two colours.
    Exponential {
        from: Vec<f64>,
        to: Vec<f64>,
        power: f64,
    },
    /// A table over one tint.
    Sampled { outputs: Vec<Vec<f64>> },
    /// Several functions, each for a part of the range.
    Stitched {
        bounds: Vec<f64>,
        parts: Vec<Function>,
        encode: Vec<f64>,
    },
}

impl Function {
    fn read(doc: &Document, object: &Object, depth: usize) -> Option<Function> {
        if depth > 4 {
            return None;
        }
        let object = resolve(doc, object);
        let dict = as_dict(object)?;
        let list = |key: &[u8]| -> Option<Vec<f64>> {
            Some(
                get_array(doc, dict, key)?
                    .iter()
                    .take(4096)
                    .filter_map(|value| number(resolve(doc, value)))
                    .collect(),
            )
        };
        match get_int(doc, dict, b"FunctionType")? {
            2 => Some(Function::Exponential {
                from: list(b"C0").unwrap_or_else(|| vec![0.0]),
                to: list(b"C1").unwrap_or_else(|| vec![1.0]),
                power: get_number(doc, dict, b"N").unwrap_or(1.0),
            }),
            0 => {
                let Object::Stream(stream) = object else {
                    return None;
                };
                let size = list(b"Size")?;
                let range = list(b"Range")?;
                let decode = list(b"Decode").unwrap_or_else(|| range.clone());
                if size.len() != 1 || get_int(doc, dict, b"BitsPerSample") != Some(8) {
                    return None;
                }
                let samples = decoded(stream, LARGEST_TABLE)?;
                let width = range.len() / 2;
                if width == 0 {
                    return None;
                }
                let outputs = samples
                    .chunks_exact(width)
                    .map(|chunk| {
                        chunk
                            .iter()
                            .enumerate()
                            .map(|(index, &byte)| {
                                let low = decode.get(index * 2).copied().unwrap_or(0.0);
                                let high = decode.get(index * 2 + 1).copied().unwrap_or(1.0);
                                low + (high - low) * f64::from(byte) / 255.0
                            })
                            .collect()
                    })
                    .collect();
                Some(Function::Sampled { outputs })
            }
            3 => {
                let parts: Option<Vec<Function>> = get_array(doc, dict, b"Functions")?
                    .iter()
                    .take(64)
                    .map(|part| Function::read(doc, part, depth + 1))
                    .collect();
                Some(Function::Stitched {
                    bounds: list(b"Bounds").unwrap_or_default(),
                    parts: parts?,
                    encode: list(b"Encode").unwrap_or_default(),
                })
            }
            _ => None,
        }
    }

    fn evaluate(&self, values: &[f64]) -> Option<Vec<f64>> {
        let x = values.first()?.clamp(0.0, 1.0);
        match self {
            Function::Exponential { from, to, power } => {
                let share = if *power == 1.0 { x } else { x.powf(*power) };
                Some(
                    from.iter()
                        .zip(to)
                        .map(|(from, to)| from + share * (to - from))
                        .collect(),
                )
            }
            Function::Sampled { outputs } => {
                let last = outputs.len().checked_sub(1)?;
                outputs.get((x * last as f64).round() as usize).cloned()
            }
            Function::Stitched {
                bounds,
                parts,
                encode,
            } => {
                let index = bounds
                    .iter()
                    .take_while(|&&bound| x >= bound)
                    .count()
                    .min(parts.len().checked_sub(1)?);
                let low = if index == 0 { 0.0 } else { bounds[index - 1] };
                let high = bounds.get(index).copied().unwrap_or(1.0);
                let share = if high > low {
                    (x - low) / (high - low)
                } else {
                    0.0
                };
                let from = encode.get(index * 2).copied().unwrap_or(0.0);
                let to = encode.get(index * 2 + 1).copied().unwrap_or(1.0);
                parts[index].evaluate(&[from + share * (to - from)])
            }
        }
    }
}

/// How different two colours look: 0 if they are the same, 1 for black and white.
pub fn difference(a: Rgb, b: Rgb) -> f32 {
    let square = |index: usize| (a[index] - b[index]).powi(2);
    ((square(0) * 2.0 + square(1) * 4.0 + square(2)) / 7.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn black_is_black_in_every_space() {
        let doc = Document::new();
        let separation = Object::Array(vec![
            "Separation".into(),
            "Black".into(),
            "DeviceCMYK".into(),
            Object::Dictionary(dictionary! {
                "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
                "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
                "C1" => vec![0.into(), 0.into(), 0.into(), 1.into()],
            }),
        ]);
        let space = Space::read(&doc, &separation, None);
        assert_eq!(space.rgb(&[1.0]), Some([0.0; 3]));
        assert_eq!(space.rgb(&[0.0]), Some([1.0; 3]));
        assert_eq!(Space::Cmyk.rgb(&[0.0, 0.0, 0.0, 1.0]), Some([0.0; 3]));
        assert_eq!(
            Space::Lab.rgb(&[0.0, 0.0, 0.0]).map(|c| c[0] < 0.01),
            Some(true)
        );
        let indexed = Space::Indexed(Box::new(Space::Rgb), vec![255, 255, 255, 0, 0, 0]);
        assert_eq!(indexed.rgb(&[1.0]), Some([0.0; 3]));
        assert_eq!(indexed.rgb(&[7.0]), None);
    }

    #[test]
    fn a_space_that_contains_itself_ends() {
        let mut doc = Document::new();
        let id = doc.new_object_id();
        doc.objects.insert(
            id,
            Object::Array(vec![
                "Indexed".into(),
                Object::Reference(id),
                1.into(),
                Object::string_literal("ab"),
            ]),
        );
        assert_eq!(Space::read(&doc, &Object::Reference(id), None), Space::Gray);
    }
}
