//! A value axis with round steps.

/// From where to where, and the steps between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    step: f64,
    decimals: usize,
}

/// Steps of 1, 2, 2.5 or 5 and their tens; about four of them.
const STEPS: [f64; 5] = [1.0, 2.0, 2.5, 5.0, 10.0];

impl Scale {
    /// Around every value, with room above and below. A single value stands in the middle. Values that are no numbers
    /// are left out.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|it| it.is_finite() && it.abs() < 1e15) {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if high - low < high.abs().max(1e-9) * 1e-6 {
            let room = if high == 0.0 { 1.0 } else { high.abs() / 4.0 };
            (low, high) = (low - room, high + room);
        }
        let rough = (high - low) / 4.0;
        let power = 10_f64.powf(rough.log10().floor());
        let step = STEPS
            .iter()
            .map(|it| it * power)
            .find(|it| *it >= rough)
            .unwrap_or(10.0 * power);
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        Self {
            low,
            high,
            step,
            decimals: decimals(step),
        }
    }

    /// Where a value lies: 0 at the bottom, 1 at the top.
    pub fn part(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Every step with its words.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let mut ticks = Vec::new();
        let mut at = 0_u8;
        loop {
            let value = self.low + f64::from(at) * self.step;
            if value > self.high + self.step / 2.0 || at > 12 {
                return ticks;
            }
            // Zero has no sign.
            let value = if value.abs() < self.step / 1e6 {
                0.0
            } else {
                value
            };
            ticks.push((value, format!("{value:.*}", self.decimals)));
            at += 1;
        }
    }
}

/// As many digits as the step needs.
fn decimals(step: f64) -> usize {
    (0..9_u8)
        .find(|it| {
            let shifted = step * 10_f64.powi(i32::from(*it));
            (shifted - shifted.round()).abs() < 1e-6 * shifted
        })
        .map_or(9, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(values: &[f64]) -> Vec<String> {
        Scale::of(values.iter().copied())
            .ticks()
            .into_iter()
            .map(|(_, words)| words)
            .collect()
    }

    #[test]
    fn steps_are_round_and_hold_every_value() {
        assert_eq!(words(&[3.5, 6.1]), ["3", "4", "5", "6", "7"]);
        assert_eq!(words(&[0.02, 0.05]), ["0.02", "0.03", "0.04", "0.05"]);
        assert_eq!(words(&[112.0, 140.0]), ["110", "120", "130", "140"]);
        assert_eq!(
            words(&[0.0, 1_000_000.0]),
            ["0", "250000", "500000", "750000", "1000000"]
        );
    }

    #[test]
    fn one_value_none_and_nonsense_still_make_a_scale() {
        for values in [
            &[5.0][..],
            &[],
            &[0.0],
            &[f64::NAN],
            &[1e300, 4.0],
            &[-3.0, -3.0],
            &[1e-12],
        ] {
            let scale = Scale::of(values.iter().copied());
            let ticks = scale.ticks();
            assert!((2..=13).contains(&ticks.len()), "{values:?} {ticks:?}");
            assert!((0.0..=1.0).contains(&scale.part(5.0)));
        }
        let scale = Scale::of([5.0].into_iter());
        assert!(scale.part(5.0) > 0.3 && scale.part(5.0) < 0.7);
    }
}
