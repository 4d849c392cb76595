//! The symbol of each line, and which is which.

use leptos::prelude::*;

use super::GraphShape;

/// Which symbol is which, where there are several.
pub(super) fn legend(shape: &GraphShape) -> impl IntoView + use<> {
    let several = shape.series.len() > 1;
    let names = shape.series.iter().map(|it| it.name.clone()).enumerate();
    let lines: Vec<_> = names
        .filter(|_| several)
        .map(|(nth, name)| {
            view! {
                <li>
                    <svg class="app-graph__key" viewBox="0 0 24 14" aria-hidden="true">
                        <path class=format!("app-graph__line app-graph__line--{nth}") d="M0 7H24"></path>
                        <path class=format!("app-graph__mark app-graph__mark--{nth}") d=symbol(nth, 12.0, 7.0, 5.0)></path>
                    </svg>
                    {name}
                </li>
            }
        })
        .collect();
    several.then(|| view! { <ul class="app-graph__legend">{lines}</ul> })
}

/// Circle, square, triangle.
pub(super) fn symbol(nth: usize, x: f64, y: f64, size: f64) -> String {
    let across = 2.0 * size;
    match nth {
        0 => format!(
            "M{} {y}a{size} {size} 0 1 0 {across} 0a{size} {size} 0 1 0 -{across} 0Z",
            x - size
        ),
        1 => format!("M{} {}h{across}v{across}h-{across}Z", x - size, y - size),
        _ => format!("M{x} {}l{size} {across}h-{across}Z", y - size),
    }
}
