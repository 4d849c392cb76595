//! A wrong `config.json`: what is wrong and where, for the person who put it there.

use leptos::prelude::*;

#[component]
pub fn ConfigProblem(place: String, what: String) -> impl IntoView {
    document().set_title("Configuration is not right – Alongside");
    view! {
        <main class="app-main" id="maincontent">
            <h1>"This page is not set up correctly"</h1>
            <p>
                "The file " <span class="app-code">"config.json"</span>
                " on the web server says which record APIs this page uses. It could not be used:"
            </p>
            <div class="nhsuk-inset-text" role="alert">
                <span class="nhsuk-u-visually-hidden">"Information: "</span>
                <p>
                    <strong class="app-code">{place}</strong>
                    ": "
                    {what}
                </p>
            </div>
            <p>"Please tell your IT service desk. When the file has been corrected, load the page again; nothing needs to be rebuilt."</p>
            <p>
                <a href="/config.json" rel="external">"Open config.json"</a>
                " · "
                <a href="/config.schema.json" rel="external">"What it may contain"</a>
            </p>
        </main>
    }
}
