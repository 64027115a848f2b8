//! Which project a call is for.

use super::outgoing::{Call, Outgoing};
use super::{Client, Error, Project, send};
use crate::check::Supplied;
use std::sync::Arc;

/// The project that was found for a call of a client that was given none.
///
/// A path that names it needs it. Others do not, but services that are sent a signature want to be told the project too:
/// it is looked up for them as well, unless the client was told where the service is rather than in which region. Such a
/// service may be anywhere, and have no identity service beside it.
pub(super) async fn find(
    client: &Client,
    outgoing: &dyn Outgoing,
    call: &Call<'_>,
    base: &str,
) -> Result<Option<Arc<str>>, Error> {
    let (Some(credentials), None) = (send::credentials(client, call), &client.0.project_id) else { return Ok(None) };
    let has_region = client.0.endpoints.region.is_some();
    let context = send::context(client, call, None);
    let failed = |error: super::CredentialsError| Error::Credentials(error.during(call.name));
    let is_needed = match credentials.project(context).await.map_err(failed)? {
        Project::Id(id) => return Ok(Some(id)),
        // The caller may have given the project to the path.
        Project::Unknown => is_named(call) && send::prepare(client, outgoing, call, None, base).is_err(),
        Project::Wanted => is_named(call) || !client.0.endpoints.is_explicit(call.service),
    };
    // Projects are named like regions. Without one, the path lacks what it needs, and that is said.
    if !is_needed || !has_region {
        return Ok(None);
    }
    // What cannot be sent anyway needs no project.
    send::prepare(client, outgoing, call, Some("0"), base)?;
    client.0.projects.find(credentials, context).await.map(Some).map_err(failed)
}

/// Whether the path names the project.
fn is_named(call: &Call<'_>) -> bool {
    let name = Supplied::ProjectId.name();
    call.path.split('/').any(|step| step.strip_prefix('{').and_then(|step| step.strip_suffix('}')) == Some(name))
}
