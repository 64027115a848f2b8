//! Which project belongs to a region.

use super::iam::{self, Patience};
use super::single_flight::SingleFlight;
use super::{ProviderContext, error};
use crate::client::{CallContext, Credentials, CredentialsError, Rejection};
use crate::encode::percent_encode;
use crate::json::Json;
use crate::secret::Secret;
use bytes::Bytes;
use http::header::{ACCEPT, HeaderValue};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Asks the identity service for the id of the project that is named like the region; once for each region.
#[derive(Default)]
pub(in crate::client) struct Projects(Arc<Mutex<Vec<(String, LookUp)>>>);

#[derive(Default)]
struct LookUp {
    id: Option<Arc<str>>,
    asking: SingleFlight<Result<Arc<str>, CredentialsError>>,
}

impl Projects {
    /// The project's id.
    pub(in crate::client) async fn find(
        &self,
        credentials: &Arc<dyn Credentials>,
        context: CallContext<'_>,
    ) -> Result<Arc<str>, CredentialsError> {
        let Some(region) = context.region.map(str::to_owned) else {
            return Err(error(
                "the project is not known, and without a region it cannot be looked up; set `.project_id(..)` or `.region(..)` on the builder",
            ));
        };
        let flight = {
            let mut projects = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let project = of(&mut projects, &region);
            if let Some(id) = &project.id {
                return Ok(Arc::clone(id));
            }
            let time = &**context.time;
            let context = ProviderContext::new(context);
            let endpoint = iam::endpoint(None, None, &context)?;
            project.asking.current().unwrap_or_else(|| {
                let (projects, credentials) = (Arc::clone(&self.0), Arc::clone(credentials));
                let work = Box::pin(async move {
                    let found = ask(&*credentials, &endpoint, &region, &context).await;
                    let mut projects = projects.lock().unwrap_or_else(PoisonError::into_inner);
                    let project = of(&mut projects, &region);
                    project.asking.end();
                    project.id = found.as_ref().ok().cloned();
                    found
                });
                project.asking.begin(work, time)
            })
        };
        flight.await
    }
}

/// What is known of a region. A client has one, or a few.
fn of<'a>(projects: &'a mut Vec<(String, LookUp)>, region: &str) -> &'a mut LookUp {
    let known = projects.iter().position(|(known, _)| known == region);
    let at = known.unwrap_or_else(|| {
        projects.push((region.to_owned(), LookUp::default()));
        projects.len() - 1
    });
    &mut projects[at].1
}

const TIMEOUT: Duration = Duration::from_secs(30);

async fn ask(
    credentials: &dyn Credentials,
    endpoint: &str,
    region: &str,
    context: &ProviderContext,
) -> Result<Arc<str>, CredentialsError> {
    let mut url = format!("{endpoint}/v3/projects?name=");
    percent_encode(region, &mut url);
    let what = format!("looking up the project of region \"{}\": GET {url}", region.escape_debug());
    let (mut again, mut patience) = (true, Patience::default());
    loop {
        let mut request = http::Request::new(Bytes::new());
        *request.uri_mut() = url.parse().map_err(|_| error("the IAM endpoint makes no URL"))?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let (mut parts, body) = request.into_parts();
        credentials.authenticate(&mut parts, &body, context.call()).await?;
        let request = http::Request::from_parts(parts, body);
        let outcome = iam::exchange(context, request, TIMEOUT).await;
        if patience.again(context, &outcome).await {
            continue;
        }
        let answer = outcome.map_err(|silence| {
            let secrets = secrets(credentials, context);
            silence.hide(&secrets.iter().collect::<Vec<_>>()).of(&what)
        })?;
        if answer.status.is_success() {
            return the_only(answer.json().as_ref(), region, &what);
        }
        let (code, message) = answer.code_and_message();
        let rejection = Rejection {
            status: answer.status,
            headers: &answer.headers,
            code: code.as_deref(),
            message: message.as_deref(),
        };
        if !std::mem::take(&mut again) || !credentials.rejected(rejection, context.call()) {
            let secrets = secrets(credentials, context);
            return Err(answer.refusal(&what, &secrets.iter().collect::<Vec<_>>()));
        }
    }
}

fn secrets(credentials: &dyn Credentials, context: &ProviderContext) -> Vec<Secret> {
    let mut secrets = Vec::new();
    credentials.secrets(context.call(), &mut |secret| secrets.push(Secret::from(secret)));
    secrets
}

fn the_only(json: Option<&Json>, region: &str, what: &str) -> Result<Arc<str>, CredentialsError> {
    let projects = json.and_then(|json| json.get("projects")?.as_array());
    let projects = projects.ok_or_else(|| error(format!("{what} answered without a list of projects")))?;
    let mut ids = Vec::new();
    for id in projects.iter().filter_map(|project| project.get("id")?.as_str()) {
        if let Err(at) = ids.binary_search(&id) {
            ids.insert(at, id);
        }
    }
    let region = region.escape_debug();
    match ids[..] {
        [id] if !id.is_empty() => Ok(id.into()),
        [] | [_] => Err(error(format!(
            "{what} found none: no project named \"{region}\" is visible to these credentials; set `.project_id(..)` on the builder"
        ))),
        _ => Err(error(format!(
            "{what} found several: {}; choose one with `.project_id(..)` on the builder",
            ids.join(", ")
        ))),
    }
}
